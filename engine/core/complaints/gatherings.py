"""What is said of gatherings, journals and who sees what."""

from __future__ import annotations

from collections.abc import Mapping

#: key: (English, Indonesian)
SENTENCES: Mapping[str, tuple[str, str]] = {
    "signed_keeps_name": (
        "what is signed keeps its own name",
        "yang ditandatangani tetap memakai namanya sendiri",
    ),
    "say_need": (
        "say how many must sign with `need`",
        "sebutkan dengan `need` berapa orang yang harus menandatangani",
    ),
    "signature_has_name": ("a signature has a name", "tanda tangan selalu disertai nama"),
    "write_a_refusal": (
        "write a way out such as `refuse: {by: employee, to: drafting, reason: required}`",
        "tulis jalan keluar seperti `refuse: {by: employee, to: drafting, reason: required}`",
    ),
    "which_trainings_it_gives": ("which trainings it gives", "pelatihan yang diberikannya"),
    "a_given_training": ("a training it gives", "pelatihan yang diberikan"),
    "a_gathering": ("a gathering", "pengumpulan"),
    "a_named_form": ("the form", "formulir"),
    "what_is_signed": ("what is signed", "yang ditandatangani"),
    "form_or_sign": (
        "write `form:` for answers, or `sign:` for signatures under a form or figure",
        "tulis `form:` untuk jawaban, atau `sign:` untuk tanda tangan di bawah formulir atau hitungan",
    ),
    "both_form_and_sign": ("both `form` and `sign`", "`form` sekaligus `sign`"),
    "neither_form_nor_sign": ("neither `form` nor `sign`", "bukan `form` dan bukan `sign`"),
    "gathering_asks_one": (
        "a gathering asks for answers or for signatures, and this says {many}",
        "pengumpulan meminta jawaban atau tanda tangan, sedangkan yang tertulis {many}",
    ),
    "who_is_asked": ("who is asked", "pihak yang diminta"),
    "what_is_shown": ("what is shown", "yang ditampilkan"),
    "belongs_to_answers": (
        "`{key}` belongs to answers, not to signatures",
        "`{key}` hanya untuk jawaban, bukan untuk tanda tangan",
    ),
    "edit_only_signed": (
        "remove it: only a text that is being signed can be edited meanwhile",
        "hapus: hanya naskah yang sedang ditandatangani dapat diubah selama itu",
    ),
    "edit_belongs_to_signatures": (
        "`edit` belongs to signatures, not to answers",
        "`edit` hanya untuk tanda tangan, bukan untuk jawaban",
    ),
    "the_name_of_the_answers": ("the name of the answers", "nama jawaban"),
    "name_letters": (
        "use lower-case letters, digits and _, beginning with a letter",
        "pakai huruf kecil, angka, dan _, diawali huruf",
    ),
    "is_not_a_name": ("{name} is not a name", "{name} tidak dapat dipakai sebagai nama"),
    "need_or_all": ("`need` (or `all`)", "`need` (atau `all`)"),
    "more_than_need": (
        "`{key}: {number}` is more than `need: {need}`, so what is gathered would never be enough",
        "`{key}: {number}` melebihi `need: {need}`, sehingga yang terkumpul tidak akan pernah cukup",
    ),
    "write_more_need": (
        "write `need: {number}` or more, or a smaller `{key}`",
        "tulis `need: {number}` atau lebih, atau perkecil `{key}`",
    ),
    "who_may_edit_the_text": ("who may edit the text", "pihak yang boleh mengubah naskah"),
    "sign_the_form": (
        "remove it, or sign the form it is worked out from",
        "hapus, atau tanda tangani formulir yang menjadi asal hitungannya",
    ),
    "worked_out_not_edited": (
        "'{signed}' is worked out, so nobody can edit it",
        "'{signed}' adalah hasil hitungan, sehingga tidak ada yang dapat mengubahnya",
    ),
    "wait_for_another_fact": (
        "wait for another fact, or let the state `gather`",
        "tunggu fakta lain, atau tambahkan `gather` pada keadaan itu",
    ),
    "waits_for_no_gathering": (
        "'{transition}' waits for what is gathered, and '{state}' gathers nothing",
        "'{transition}' menunggu hasil pengumpulan, padahal '{state}' tidak mengumpulkan apa pun",
    ),
    "add_enough": (
        "add a transition `enough: {upon: gathered, to: ...}`",
        "tambahkan transisi `enough: {upon: gathered, to: ...}`",
    ),
    "nothing_once_gathered": (
        "nothing happens once everybody asked in '{state}' has answered",
        "setelah semua yang diminta pada '{state}' menjawab, tidak terjadi apa pun",
    ),
    "add_due_that_reaches": (
        "add `due:` with a ladder that reaches somebody, or an `at` transition",
        "tambahkan `due:` dengan tangga yang sampai kepada seseorang, atau transisi dengan `at`",
    ),
    "waits_for_answers": (
        "'{state}' would wait for ever for those who do not answer",
        "'{state}' akan selamanya menunggu mereka yang tidak menjawab",
    ),
    "act_of_gathering": (
        "'{transition}' is what people do in the gathering of '{state}'",
        "'{transition}' adalah nama tindakan dalam pengumpulan pada '{state}'",
    ),
    "rename_way": ("rename this way out", "ganti nama jalan keluar ini"),
    "asks_too_many": (
        "`{key}: {number}` asks for more people than there can be: {possible}",
        "`{key}: {number}` meminta lebih banyak orang daripada yang mungkin ada: {possible}",
    ),
    "write_fewer": (
        "write {possible} or fewer, or ask more roles",
        "tulis {possible} atau kurang, atau minta peran lain juga",
    ),
    "files_tell_names": (
        "'{form}' takes files, and a file may tell who attached it",
        "'{form}' menerima berkas, dan berkas dapat mengungkapkan siapa yang melampirkannya",
    ),
    "anonymous_texts_only": (
        "ask without names for texts and choices only, or drop `anonymous`",
        "tanpa nama, minta teks dan pilihan saja; atau hapus `anonymous`",
    ),
    "gathered_with_another_form": (
        "'{gather}' is gathered in '{name}' already, with another form",
        "'{gather}' sudah dikumpulkan pada '{name}' dengan formulir lain",
    ),
    "name_answers_with_as": (
        "give these answers another name with `as:`",
        "beri jawaban ini nama lain dengan `as:`",
    ),
    "gathered_with_other_number": (
        "'{gather}' is gathered in '{name}' without names up to another number than here",
        ("'{gather}' dikumpulkan tanpa nama pada '{name}' dengan bilangan yang berbeda dari yang di sini"),
    ),
    "write_anonymous_here": (
        "write `anonymous: {anonymous}` here too",
        "tulis `anonymous: {anonymous}` di sini juga",
    ),
    "write_anonymous_in_both": ("write `anonymous` in both", "tulis `anonymous` pada keduanya"),
    "the_journal": ("the journal '{name}'", "jurnal '{name}'"),
    "who_writes_in_it": ("who writes in it", "penulis jurnal"),
    "where_it_is_open": ("where it is open", "tempat jurnal terbuka"),
    "why_entries_are_held": ("why entries are held", "alasan entri ditahan"),
    "a_check": ("a check", "pemeriksaan"),
    "who_checks": ("who checks", "pemeriksa"),
    "when_a_check_is_due": ("when a check is due", "tenggat pemeriksaan"),
    "anonymous_without_owner": (
        "'{name}' is anonymous, so nobody knows whose entry it is: `{key}` means nothing",
        ("'{name}' tanpa nama, sehingga tidak ada yang tahu itu entri siapa: `{key}` tidak berarti apa-apa"),
    ),
    "remove_one_of_two": ("remove one of the two", "hapus salah satu"),
    "open_where_closed": (
        "'{name}' is open in '{place}', where a case is closed",
        "'{name}' dibuka pada '{place}', padahal di sana kasus sudah ditutup",
    ),
    "name_open_states": ("name open states", "sebutkan keadaan yang terbuka"),
    "outsiders_have_no_name": (
        "people from outside ('{strangers}') have no name, so '{journal}' is anonymous",
        "orang luar ('{strangers}') tidak disebut namanya, sehingga '{journal}' harus tanpa nama",
    ),
    "add_anonymous": (
        "add `anonymous: 5`, below which nothing of it is shown",
        "tambahkan `anonymous: 5`; di bawah jumlah itu isinya tidak ditampilkan",
    ),
    "told_apart": (
        "entries of '{journal}' by people of the chart could be told apart",
        "entri '{journal}' dari orang dalam bagan dapat dikenali penulisnya",
    ),
    "only_outside_writes": (
        "let only a role from `outside` write in it, or use an anonymous `gather`",
        "biarkan hanya peran `outside` yang menulis di dalamnya, atau pakai `gather` yang anonim",
    ),
    "two_roles_from_outside": (
        "'{journal}' has two roles from outside",
        "'{journal}' memiliki dua peran dari luar",
    ),
    "keep_one": ("keep one", "pertahankan satu saja"),
    "asks_fewer_than_shown": (
        "'{journal}' asks for {least} entries and shows none below {anonymous}",
        "'{journal}' meminta {least} entri, padahal yang kurang dari {anonymous} tidak ditampilkan",
    ),
    "ask_as_many_as_shown": (
        "ask for at least as many as may be shown",
        "minta sekurang-kurangnya sebanyak yang boleh ditampilkan",
    ),
    "adds_without_form": (
        "'{transition}' adds to '{journal}', whose entries are of the form '{form}'",
        "'{transition}' menambah '{journal}', yang entrinya berbentuk formulir '{form}'",
    ),
    "add_form": ("add `form: {form}`", "tambahkan `form: {form}`"),
    "tells_who_wrote": (
        "'{transition}' would tell who wrote in the anonymous journal '{journal}'",
        "'{transition}' akan mengungkapkan siapa yang menulis dalam jurnal tanpa nama '{journal}'",
    ),
    "remove_adds": ("remove `adds`", "hapus `adds`"),
    "outsiders_cannot_fill": (
        "people from outside cannot fill '{form}.{field}': it is a {kind}",
        "orang luar tidak dapat mengisi '{form}.{field}' yang berjenis {kind}",
    ),
    "ask_texts_numbers": (
        "ask for texts, numbers, scales or choices",
        "minta teks, bilangan, skala, atau pilihan",
    ),
    "name_a_role": (
        "name at least one role, or leave the line out: what is not granted is not seen",
        ("sebutkan sekurang-kurangnya satu peran, atau hapus barisnya: yang tidak diberikan tidak terlihat"),
    ),
    "nobody_sees": ("nobody is named who sees '{what}'", "tidak disebut siapa yang melihat '{what}'"),
    "who_sees": ("who sees '{what}'", "pembaca '{what}'"),
}
