"""What is said of forms and their fields."""

from __future__ import annotations

from collections.abc import Mapping

#: key: (English, Indonesian)
SENTENCES: Mapping[str, tuple[str, str]] = {
    "the_form": ("the form '{name}'", "formulir '{name}'"),
    "has_no_field": ("{what} has no field", "{what} tidak memiliki isian"),
    "write_a_field": (
        "write at least one, such as `text: {text: 2000}`",
        "tulis sekurang-kurangnya satu, seperti `text: {text: 2000}`",
    ),
    "write_what_it_holds": (
        "write what it holds: `{text: 300}`, `{number: 0..100}`, `{choice: [yes, no]}`",
        "tulis isinya: `{text: 300}`, `{number: 0..100}`, `{choice: [yes, no]}`",
    ),
    "field_holds_nothing": (
        "the field '{name}' does not say what it holds",
        "isian '{name}' tidak menyebut isinya",
    ),
    "the_field": ("the field '{name}'", "isian '{name}'"),
    "field_kinds": (
        "the field '{name}' is of {count} kinds, not one",
        "isian '{name}' memiliki {count} jenis, seharusnya satu",
    ),
    "keep_needed": (
        "keep `needed`: without it being true the field may be left empty",
        "pertahankan `needed`: selama syaratnya tidak benar, isian itu boleh kosong",
    ),
    "optional_and_needed": (
        "'{name}' says `optional` and `needed`",
        "'{name}' menyebut `optional` sekaligus `needed`",
    ),
    "list_picked_from": ("the list that is picked from", "daftar yang dipilih"),
    "list_without_count": (
        "the list '{name}' does not say how many items",
        "daftar '{name}' tidak menyebut jumlah butirnya",
    ),
    "add_count": ("add `count: 1..12`", "tambahkan `count: 1..12`"),
    "how_many_items": ("how many items", "jumlah butir"),
    "an_item_of": ("an item of '{name}'", "butir dari '{name}'"),
    "what_the_list_holds": ("what the list holds", "isi daftar"),
    "form_holds_itself": (
        "the form '{form}' holds a list of itself",
        "formulir '{form}' memuat daftar berisi formulir itu sendiri",
    ),
    "list_of_another_form": ("let the list hold another form", "isi daftar itu dengan formulir lain"),
    "pick_from_earlier_form": (
        "pick from a form that is filled before",
        "pilih dari formulir yang diisi lebih dahulu",
    ),
    "picks_from_itself": (
        "a field of the form '{form}' picks from '{form}' itself",
        "isian pada formulir '{form}' memilih dari '{form}' itu sendiri",
    ),
    "set_of_cases": (
        "'{path}' is a set of other cases, and nobody is singled out of it",
        "'{path}' adalah kumpulan kasus lain, dan tidak seorang pun disebut satu per satu darinya",
    ),
    "pick_from_one_case": (
        "pick from one case: a read with `case_of`",
        "pilih dari satu kasus: bacaan dengan `case_of`",
    ),
    "pick_from_list": (
        "pick from a field with `list_of`: form.list",
        "pilih dari isian berjenis `list_of`: formulir.daftar",
    ),
    "the_longest_text": ("the longest text", "panjang teks"),
    "a_number": ("a number", "bilangan"),
    "how_many_links": ("how many links", "jumlah tautan"),
    "how_many_files": ("how many files", "jumlah berkas"),
    "range_within": ("write a range within 0..{most}", "tulis rentang di dalam 0..{most}"),
    "not_so_many_files": (
        "a field cannot hold that few or many files",
        "sebuah isian tidak dapat memuat berkas sesedikit atau sebanyak itu",
    ),
    "a_choice_field": ("a choice", "pilihan"),
    "a_date_field": ("a date field", "isian tanggal"),
    "a_scale": ("a scale", "skala"),
    "write_a_scale": (
        "write two whole numbers from 0 on, such as 1..4, at most {most} steps",
        "tulis dua bilangan bulat mulai dari 0, seperti 1..4, paling banyak {most} tingkat",
    ),
    "scale_too_short": ("a scale has at least two steps", "skala memiliki sekurang-kurangnya dua tingkat"),
    "whence_people": ("whence people are named", "asal orang yang disebut"),
    "how_many_people": ("how many people", "jumlah orang"),
    "a_checklist": ("a checklist", "daftar periksa"),
    "add_answers": ("add `answers: [seen, not_seen]`", "tambahkan `answers: [seen, not_seen]`"),
    "checklist_without_answers": (
        "the checklist '{name}' does not say its answers",
        "daftar periksa '{name}' tidak menyebut jawabannya",
    ),
    "the_answers": ("the answers", "jawaban"),
    "line_and_answer": (
        "'{line}' is a line and an answer of '{name}'",
        "'{line}' adalah baris sekaligus jawaban dari '{name}'",
    ),
    "rename_one_each_has_text": (
        "rename one of them: each has a text",
        "ganti nama salah satunya: keduanya memiliki teks sendiri",
    ),
    "not_a_range_but": ("{what} must be a range, not {text}", "{what} harus berupa rentang, bukan {text}"),
    "write_a_range": ("write two whole numbers: 1..12", "tulis dua bilangan bulat: 1..12"),
    "the_range_runs_backwards": ("the range {text} runs backwards", "rentang {text} terbalik"),
    "write_range": ("write {most}..{least}", "tulis {most}..{least}"),
    "list_size_impossible": (
        "a list cannot be that short or long",
        "daftar tidak dapat sependek atau sepanjang itu",
    ),
    "the_values_of": ("the values of {owner}", "nilai-nilai {owner}"),
    "a_value_of": ("a value of {owner}", "nilai dari {owner}"),
    "not_a_value_name": ("{text} is not a value's name", "{text} bukan nama nilai"),
    "one_word_text_elsewhere": (
        "one word; how it reads stands in the texts",
        "tulis satu kata; bunyinya ditulis dalam berkas teks",
    ),
    "value_twice": ("the value '{text}' stands there twice", "nilai '{text}' tertulis dua kali"),
    "remove_one": ("remove one", "hapus salah satunya"),
}
