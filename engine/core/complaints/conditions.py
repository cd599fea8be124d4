"""What is said of conditions."""

from __future__ import annotations

from collections.abc import Mapping

#: key: (English, Indonesian)
SENTENCES: Mapping[str, tuple[str, str]] = {
    "a_whole_number": ("a whole number", "bilangan bulat"),
    "true_or_false": ("true or false", "benar atau salah"),
    "something_else": ("something else", "sesuatu yang lain"),
    "condition_is_truth": (
        "a condition is true or false, this is {what}",
        "syarat bernilai benar atau salah, sedangkan ini {what}",
    ),
    "compare_it": ("compare it", "bandingkan dengan sesuatu"),
    "nested_too_deeply": (
        "the condition is nested too deeply",
        "lapisan kurung dalam syarat ini terlalu banyak",
    ),
    "take_brackets_or_figure": (
        "take brackets away or make it a figure",
        "kurangi tanda kurungnya, atau jadikan hitungan",
    ),
    "does_not_fit": ("'{sign}' does not fit {kinds}", "'{sign}' tidak cocok untuk {kinds}"),
    "compare_one_type": (
        "compare values of one type; texts stand in single quotes",
        "bandingkan nilai yang sejenis; teks ditulis di antara tanda petik tunggal",
    ),
    "condition_breaks_off": (
        "the condition breaks off or is not well formed here",
        "syarat terputus atau tidak tersusun benar di sini",
    ),
    "look_for_missing_value": (
        "look for a missing value, sign or bracket",
        "periksa apakah ada nilai, tanda, atau kurung yang kurang",
    ),
    "reserved_word": ("{word} is a reserved word", "{word} adalah kata yang sudah dipakai bahasa syarat"),
    "give_it_another_name": ("give it another name", "beri nama lain"),
    "see_conditions": (
        "see the language reference, `Conditions`",
        'lihat "Syarat dan pilihan" dalam rujukan bahasa',
    ),
    "condition_too_long": (
        "a condition has at most {most} characters, not {count}",
        "syarat paling banyak {most} karakter, bukan {count}",
    ),
    "make_it_a_figure": ("make it a figure", "jadikan hitungan"),
    "condition_reads_nothing": (
        "the condition reads nothing and so decides nothing",
        "syarat ini tidak membaca apa pun, sehingga tidak menentukan apa pun",
    ),
    "name_figure_or_field": ("name a figure or a field", "sebutkan suatu hitungan atau isian"),
    "condition_reads_too_much": (
        "the condition reads {count} values, at most {most}",
        "syarat ini membaca {count} nilai, paling banyak {most}",
    ),
    "cannot_be_compared": (
        "'{word}' is {unfit}, and a condition compares numbers and texts",
        "'{word}' ialah {unfit}, sedangkan syarat membandingkan bilangan dan teks",
    ),
    "wait_with_at": ("let a transition with `at` wait for it", "tunggu dengan transisi `at`"),
    "write_formula_figure": (
        'write a figure, `name: {formula: "{left} {word} {right}"}`, and compare that',
        'tulis hitungan `name: {formula: "{left} {word} {right}"}`, lalu bandingkan itu',
    ),
    "condition_only_compares": (
        "'{word}' works something out; a condition only compares",
        "'{word}' menghitung sesuatu, padahal syarat hanya membandingkan",
    ),
    "text_does_not_end": (
        "a text begins here and does not end, or holds a backslash",
        "di sini dimulai teks yang tidak diakhiri, atau yang memuat garis miring terbalik",
    ),
    "put_it_in_single_quotes": ("put it in single quotes", "tulis di antara tanda petik tunggal"),
    "no_comparison": ("'=' is not a comparison", "'=' bukan tanda perbandingan"),
    "write_equals": ("write ==", "tulis =="),
    "no_meaning_in_condition": (
        "'{word}' has no meaning in a condition",
        "'{word}' tidak memiliki arti dalam syarat",
    ),
    "signs_of_conditions": (
        "use == != < <= > >= in && || ! and brackets",
        "pakai == != < <= > >= in && || ! dan tanda kurung",
    ),
    "write_count_where": (
        'write a figure, `name: {count: {path}, where: "..."}`, and compare that',
        'tulis hitungan `name: {count: {path}, where: "..."}`, lalu bandingkan itu',
    ),
    "write_count": (
        "write a figure, `name: {count: {path}}`, and compare that",
        "tulis hitungan `name: {count: {path}}`, lalu bandingkan itu",
    ),
    "write_total_figure": (
        "write a figure, `name: {total: {path}.number}`, and compare that",
        "tulis hitungan `name: {total: {path}.number}`, lalu bandingkan itu",
    ),
    "missing_refuses": (
        "leave it out: a condition that misses a value refuses by itself",
        "hapus: syarat yang nilainya tidak ada dengan sendirinya menolak",
    ),
    "make_it_some_figure": (
        "make it a figure: a total, a count, a table or a formula",
        "jadikan hitungan: jumlah, banyaknya, tabel, atau rumus",
    ),
    "calls_a_function": (
        "'{word}(...)' calls a function; a condition only compares",
        "'{word}(...)' memanggil fungsi, padahal syarat hanya membandingkan",
    ),
    "no_day_in_condition": (
        "a condition does not know what day it is",
        "syarat tidak mengetahui hari ini tanggal berapa",
    ),
    "use_a_moment": ("use a moment: a transition with `at`", "pakai suatu saat: transisi dengan `at`"),
    "never_null": (
        "nothing is ever null: a condition that misses a value refuses by itself",
        "tidak ada nilai null: syarat yang nilainya tidak ada dengan sendirinya menolak",
    ),
    "leave_it_out": ("leave it out", "jangan tulis itu"),
    "say_which_field": ("say which field: {names}", "sebutkan isiannya: {names}"),
    "nothing_called_so": (
        "there is no figure, field or setting '{word}'",
        "tidak ada hitungan, isian, atau pengaturan '{word}'",
    ),
    "values_have_no_order": ("the values of '{name}' have no order", "nilai '{name}' tidak berurutan"),
    "use_equals_or_in": ("use == or in [...]", "pakai == atau in [...]"),
    "never_a_text": (
        "'{name}' is {number_words} and never a text",
        "'{name}' ialah {number_words}, tidak pernah teks",
    ),
    "write_the_number_without_quotes": (
        "write the number without quotes",
        "tulis bilangannya tanpa tanda petik",
    ),
    "date_and_never": (
        "'{name}' is a date and never '{value}'",
        "'{name}' adalah tanggal, tidak pernah '{value}'",
    ),
    "write_a_date": ("write a date as in '2026-01-31'", "tulis tanggal seperti '2026-01-31'"),
    "never_this_value": ("'{name}' is never '{value}'", "'{name}' tidak pernah bernilai '{value}'"),
    "number_with_decimals": ("a number with {decimals}", "bilangan dengan {decimals}"),
    "compares_with_constant": (
        "'{sign}' compares a name with a constant, not a bracket",
        "'{sign}' membandingkan nama dengan suatu nilai tetap, bukan dengan tanda kurung",
    ),
    "take_it_away": ("take it away", "hapus tanda kurungnya"),
    "both_are_settings": (
        "'{before}' and '{after}' are both settings, so this decides nothing",
        "'{before}' dan '{after}' sama-sama pengaturan, sehingga tidak menentukan apa pun",
    ),
    "compare_with_setting": (
        "compare a figure or a field with a setting",
        "bandingkan hitungan atau isian dengan pengaturan",
    ),
    "write_difference": (
        'write a figure, `name: {formula: "{before} - {after}"}`, and compare that with 0',
        'tulis hitungan `name: {formula: "{before} - {after}"}`, lalu bandingkan dengan 0',
    ),
    "compares_two_names": (
        "'{sign}' compares two names, '{before}' and '{after}'",
        "'{sign}' membandingkan dua nama, '{before}' dan '{after}'",
    ),
    "setting_never_fits": (
        "'{setting}' may be '{value}', and '{other}' is never that",
        "'{setting}' boleh bernilai '{value}', padahal '{other}' tidak pernah demikian",
    ),
    "allow_only": ("allow only: {names}", "izinkan hanya: {names}"),
    "no_whole_number": ("{word} is not a whole number", "{word} bukan bilangan bulat"),
    "compare_with_decimals": (
        "compare it with a name that has decimals",
        "bandingkan dengan nama yang berdesimal",
    ),
    "compare_whole_or_text": (
        "compare it with a whole number or a text",
        "bandingkan dengan bilangan bulat atau teks",
    ),
    "decimals_unknown": (
        "how many decimals '{partner}' has is not known here",
        "jumlah desimal '{partner}' tidak diketahui di sini",
    ),
    "text_and_number": (
        "'{partner}' is a text and '{word}' a number",
        "'{partner}' adalah teks, sedangkan '{word}' bilangan",
    ),
    "compare_same_type": ("compare values of one type", "bandingkan nilai yang sejenis"),
    "number_too_large": ("{word} is too large to be compared", "{word} terlalu besar untuk dibandingkan"),
    "write_15_digits": ("write at most 15 digits", "tulis paling banyak 15 angka"),
    "write_whole": (
        "'{name}' is a whole number: write 75, not 75.0",
        "'{name}' adalah bilangan bulat: tulis 75, bukan 75.0",
    ),
    "write_at_most_decimals": ("write at most {decimals}", "tulis paling banyak {decimals}"),
    "too_many_decimals": (
        "'{name}' is {number_words}, and {word} has more",
        "'{name}' ialah {number_words}, sedangkan desimal {word} lebih banyak",
    ),
    "one_decimal": ("1 decimal", "1 desimal"),
    "decimals": ("{count} decimals", "{count} desimal"),
    "one_and_other": ("{one} and {other}", "{one} dan {other}"),
    "another_type": ("a {kind}", "{kind}"),
}
