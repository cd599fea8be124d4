"""What is said of figures, tables, formulas and the paths they read."""

from __future__ import annotations

from collections.abc import Mapping

#: key: (English, Indonesian)
SENTENCES: Mapping[str, tuple[str, str]] = {
    "what_a_mean_weighs_by": ("what a mean weighs by", "bobot suatu rata-rata"),
    "days_of_parts": (
        "'{path}' is not read of the parts of this period, so it has no days to weigh by",
        "'{path}' tidak dibaca dari bagian-bagian periode ini, maka tidak ada hari sebagai bobotnya",
    ),
    "write_parts_path": (
        "read the earlier parts with `parts: {cases_of: parts}`, and write `mean: parts.points`",
        "baca bagian sebelumnya dengan `parts: {cases_of: parts}`, lalu tulis `mean: parts.points`",
    ),
    "figures_in_a_circle": (
        "these figures are worked out from each other: {circle}",
        "hitungan-hitungan ini saling menunggu: {circle}",
    ),
    "figure_on_forms_alone": (
        "let one of them stand on forms alone",
        "buat salah satunya hanya bersumber dari formulir",
    ),
    "the_figure": ("the figure '{name}'", "hitungan '{name}'"),
    "figure_kinds": (
        "the figure '{name}' is of {count} kinds, not one",
        "hitungan '{name}' memiliki {count} jenis, seharusnya satu",
    ),
    "write_one_of": ("write one of: {names}", "tulis salah satu dari: {names}"),
    "belongs_to": (
        "`{key}` belongs to {names}, not to `{kind}`",
        "`{key}` milik {names}, bukan milik `{kind}`",
    ),
    "remove_it": ("remove it", "hapus bagian ini"),
    "what_is_counted": ("what is counted", "yang dihitung"),
    "lead_to_numbers": (
        "write form.list.number, or a gathering or journal with numbers",
        "tulis formulir.daftar.bilangan, atau pengumpulan atau jurnal yang berisi bilangan",
    ),
    "not_several_numbers": (
        "'{path}' does not lead to several numbers",
        "'{path}' tidak menuju ke beberapa bilangan",
    ),
    "not_a_number_in_list": ("'{path}' is not a number in a list", "'{path}' bukan bilangan dalam daftar"),
    "write_form_list_number": ("write form.list.number", "tulis formulir.daftar.bilangan"),
    "total_has_own_decimals": (
        "remove it: a total has the {own} decimals of what it adds up",
        "hapus: jumlah memiliki {own} desimal seperti yang dijumlahkannya",
    ),
    "total_is_exact": (
        "a total is exact and not cut to {decimals} decimals",
        "jumlah selalu tepat dan tidak dipotong menjadi {decimals} desimal",
    ),
    "count_what": (
        "count a field with `list_of` or `link`, a journal, or a gathering",
        "hitung isian berjenis `list_of` atau `link`, jurnal, atau pengumpulan",
    ),
    "is_not_a_list": ("'{path}' is not a list", "'{path}' bukan daftar"),
    "share_of_what": (
        "take a share of a list, a journal, or a gathering",
        "ambil bagian dari daftar, jurnal, atau pengumpulan",
    ),
    "add_where": (
        'add `where: "..."`: the part it is true for',
        'tambahkan `where: "..."`, yaitu syarat bagian yang dihitung',
    ),
    "share_without_where": (
        "the share '{name}' does not say `where`",
        "hitungan '{name}' berjenis `share` tetapi tidak menyebut `where`",
    ),
    "nothing_to_ask": (
        "what stands in '{path}' has no fields to ask",
        "isi '{path}' tidak memiliki isian yang dapat ditanyakan",
    ),
    "leave_where_out": ("leave `where` out", "jangan tulis `where`"),
    "the_formula": ("the formula", "rumus"),
    "names_no_list": ("`{kind}(...)` names no list", "`{kind}(...)` tidak menyebut daftar"),
    "write_list_in_it": ("write form.list.number in it", "tulis formulir.daftar.bilangan di dalamnya"),
    "not_a_number": ("'{path}' is not a number", "'{path}' bukan bilangan"),
    "formula_takes_numbers": ("a formula works with numbers only", "rumus hanya mengolah bilangan"),
    "is_many_numbers": ("'{path}' is many numbers", "'{path}' berisi banyak bilangan"),
    "write_total": ("write total({path})", "tulis total({path})"),
    "cannot_stand_in_brackets": (
        "'{path}' cannot stand inside brackets",
        "'{path}' tidak dapat ditulis di dalam tanda kurung",
    ),
    "own_figure": ("make it a figure of its own", "jadikan hitungan tersendiri"),
    "different_lists": (
        "'{path}' and '{lists}' are different lists",
        "'{path}' dan '{lists}' adalah daftar yang berbeda",
    ),
    "own_brackets": (
        "work each out in brackets of its own",
        "hitung masing-masing dalam tanda kurungnya sendiri",
    ),
    "a_grid": ("a grid", "`grid`"),
    "grid_side": ("a side of a grid", "sisi `grid`"),
    "grid_side_is": (
        "a side of a grid is a field with `choice`, or a figure that gives words",
        "sisi `grid` ialah isian berjenis `choice`, atau hitungan yang memberikan kata",
    ),
    "not_a_plain_choice": ("'{path}' is not a plain choice", "'{path}' bukan pilihan sederhana"),
    "add_grid_row": ("add `{value}: {...}`", "tambahkan `{value}: {...}`"),
    "grid_without_row": (
        "the grid '{name}' has no row '{value}'",
        "`grid` '{name}' tidak memiliki baris '{value}'",
    ),
    "rows_are": ("rows: {names}", "baris: {names}"),
    "grid_has_no_row": ("the grid '{name}' has no row {key}", "`grid` '{name}' tidak memiliki baris {key}"),
    "the_row": ("the row '{key}'", "baris '{key}'"),
    "a_cell": ("a cell", "sel"),
    "one_word_is_a_text": (
        "one word; how it reads is a text",
        "tulis satu kata; bunyinya ditulis sebagai teks",
    ),
    "the_inputs_of_a_table": ("the inputs of a table", "masukan tabel"),
    "table_input": ("an input of a table", "sebuah masukan tabel"),
    "table_input_is": (
        "an input is one number, one choice, or a figure",
        "masukan ialah satu bilangan, satu pilihan, atau satu hitungan",
    ),
    "not_looked_up": ("'{path}' is nothing a table can look up", "'{path}' tidak dapat dicari dalam tabel"),
    "table_inputs": (
        "the table '{name}' has {count} inputs, at most {most}",
        "tabel '{name}' memiliki {count} masukan, paling banyak {most}",
    ),
    "own_table": (
        "work some of them out in a table of their own",
        "hitung sebagian di antaranya dalam tabel tersendiri",
    ),
    "add_rows": (
        "add `rows:`, one `- {input: ..., gives: ...}` a line, and `- {otherwise: ...}`",
        "tambahkan `rows:`, satu `- {input: ..., gives: ...}` per baris, dan `- {otherwise: ...}`",
    ),
    "table_without_rows": ("the table '{name}' has no rows", "tabel '{name}' tidak memiliki baris"),
    "the_rows_of": ("the rows of '{name}'", "baris-baris '{name}'"),
    "table_row": ("the row of a table", "baris tabel"),
    "row_asks_nothing": ("a row asks nothing", "baris ini tidak meminta apa pun"),
    "name_an_input": (
        "name an input in it, or write `otherwise`",
        "sebutkan suatu masukan di dalamnya, atau tulis `otherwise`",
    ),
    "end_table_with_otherwise": ("end it with `- {otherwise: ...}`", "akhiri dengan `- {otherwise: ...}`"),
    "table_otherwise": (
        "the table '{name}' has {count} `otherwise`, not one",
        "tabel '{name}' memiliki {count} `otherwise`, seharusnya satu",
    ),
    "what_a_row_gives": ("what a row gives", "yang diberikan suatu baris"),
    "what_a_row_asks_for": ("what a row asks for", "yang diminta suatu baris"),
    "its_values": ("its values: {names}", "nilainya: {names}"),
    "never_value": ("'{path}' is never {value}", "'{path}' tidak pernah bernilai {value}"),
    "write_a_comparison": (
        "write a number, or `over`, `at least`, `under`, `at most` and a number",
        "tulis bilangan, atau `over`, `at least`, `under`, `at most` dan bilangan",
    ),
    "write_decimals_of": (
        "write it with at most {decimals}, as '{path}' has",
        "tulis dengan paling banyak {decimals}, seperti '{path}'",
    ),
    "not_asked_of_number": (
        "{text} is nothing to ask of a number",
        "{text} tidak dapat diminta dari suatu bilangan",
    ),
    "formula_too_long": (
        "a formula has at most {most} characters, not {count}",
        "rumus paling banyak {most} karakter, bukan {count}",
    ),
    "own_figures_for_parts": (
        "work parts of it out in figures of their own",
        "hitung sebagian dalam hitungan tersendiri",
    ),
    "has_no_meaning_here": ("has no meaning here", "tidak memiliki arti di sini"),
    "signs_of_formulas": ("a formula knows + - * / and brackets", "rumus mengenal + - * / dan tanda kurung"),
    "formula_names_nothing": ("the formula names nothing", "rumus ini tidak menyebut apa pun"),
    "name_for_formula": (
        "name a figure, a field or a setting",
        "sebutkan suatu hitungan, isian, atau pengaturan",
    ),
    "formula_names_too_much": (
        "the formula names {count} values, at most {most}",
        "rumus ini menyebut {count} nilai, paling banyak {most}",
    ),
    "is_nested_too_deeply": ("is nested too deeply", "bertumpuk terlalu dalam"),
    "take_brackets_away": ("take brackets away", "kurangi tanda kurungnya"),
    "write_formula_part": (
        "write a name, a number, or `total(form.list.number)`",
        "tulis nama, bilangan, atau `total(form.list.number)`",
    ),
    "not_worked_out": ("is nothing that can be worked out", "tidak dapat dihitung"),
    "it_knows": ("it knows {names}", "yang dikenal: {names}"),
    "inside_another": ("stands inside another one", "berada di dalam yang lain"),
    "own_figure_for_it": ("work it out in a figure of its own", "hitung dalam hitungan tersendiri"),
    "where_bracket_should": ("stands where `)` should", "berada di tempat yang seharusnya `)`"),
    "close_the_bracket": ("close the bracket", "tutup tanda kurungnya"),
    "the_formula_breaks_off": ("the formula breaks off", "rumus ini terputus"),
    "read_says_nothing": (
        "{path} does not say what is read of the other case",
        "{path} tidak menyebut apa yang dibaca dari kasus lain",
    ),
    "write_published_name": (
        "write {head}.name, where it publishes that name",
        "tulis {head}.name, dengan nama yang diterbitkan kasus itu",
    ),
    "write_form_field": ("write form.field", "tulis formulir.isian"),
    "figure_journal_or_gathering": ("figure, journal or gathering", "hitungan, jurnal, atau pengumpulan"),
    "there_is_no_form": ("there is no form {form}", "tidak ada formulir {form}"),
    "declare_it": ("declare it", "nyatakan"),
    "leads_nowhere": (
        "{path} leads nowhere: there is no field {step}",
        "{path} tidak menuju ke mana pun: tidak ada isian {step}",
    ),
    "word_in_formula": ("'{word}' {why}", "'{word}' {why}"),
}
