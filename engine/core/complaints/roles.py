"""What is said of roles and promises."""

from __future__ import annotations

from collections.abc import Mapping

#: key: (English, Indonesian)
SENTENCES: Mapping[str, tuple[str, str]] = {
    "promises_known": (
        (
            "write {never: A, before: B}, {after: A, always: B, within: D}, {after: A, never: B}, "
            "{at_most: n, of: A}, {ends_by: date} or {never_same: [acts]}"
        ),
        (
            "tulis {never: A, before: B}, {after: A, always: B, within: D}, {after: A, never: B}, "
            "{at_most: n, of: A}, {ends_by: date}, atau {never_same: [acts]}"
        ),
    ),
    "the_case_itself": ("the case itself", "kasus itu sendiri"),
    "the_track_called": ("the track '{name}'", "jalur '{name}'"),
    "state_or_way": ("state or way out", "keadaan atau jalan keluar"),
    "what_a_promise_names": ("what a promise names", "yang disebut sebuah janji"),
    "write_way_with_state": (
        "write the way with its state, such as `drafting.submit`, or rename one of them",
        (
            "tulis jalan keluar itu beserta keadaannya, seperti `drafting.submit`, atau ganti nama "
            "salah satunya"
        ),
    ),
    "name_of_state_and_way": (
        "'{name}' is the name of a state and of a way out",
        "'{name}' adalah nama keadaan sekaligus nama jalan keluar",
    ),
    "promise_of_one": (
        "promise of one of them what it can keep alone",
        "janjikan dari salah satunya apa yang dapat ditepatinya sendiri",
    ),
    "promise_of_two": (
        "'{name}' belongs to {elsewhere}, and what else is promised here does not",
        "'{name}' milik {elsewhere}, sedangkan hal lain yang dijanjikan di sini bukan",
    ),
    "a_promise": ("a promise", "janji"),
    "no_such_promise": ("no promise is made of {keys}", "tidak ada janji yang terdiri atas {keys}"),
    "keep_two_apart": (
        "`never_same` keeps at least two acts apart",
        "`never_same` memisahkan sekurang-kurangnya dua tindakan",
    ),
    "name_two_acts": ("name two acts", "sebutkan dua tindakan"),
    "promise_ends_by_day": (
        "a promise ends by a day of the calendar",
        "janji berakhir pada suatu hari menurut kalender",
    ),
    "write_a_day_next_year": (
        "write a day such as 31 July next year",
        "tulis suatu hari seperti `31 July next year`",
    ),
    "the_role": ("the role '{name}'", "peran '{name}'"),
    "subject_or_one_of": (
        "write `subject`, or one of: {names}",
        "tulis `subject`, atau salah satu dari: {names}",
    ),
    "role_questions": (
        "the role '{name}' asks {count} questions of the chart, not one",
        "peran '{name}' mengajukan {count} pertanyaan kepada bagan organisasi, seharusnya satu",
    ),
    "who_may_not_be_chosen": ("who may not be chosen", "pihak yang tidak boleh dipilih"),
    "who_else_is_asked": ("who else is asked", "peran berikutnya"),
    "reason_against_delegation": ("reason not to delegate", "alasan tidak dapat dilimpahkan"),
    "a_training": ("a training", "pelatihan"),
    "role_starts_from": ("whom the role starts from", "peran asalnya"),
    "a_query": ("a {kind}", "`{kind}`"),
    "query_without_of": (
        "a {kind} does not say `of` whom it is",
        "`{kind}` tidak menyebut milik siapa dengan `of`",
    ),
    "add_of_employee": ("add `of: employee`", "tambahkan `of: employee`"),
    "whose_query": ("whose {kind} it is", "`{kind}` milik siapa"),
    "named_without_from": (
        "a role of people who are named does not say `from` whom",
        "peran untuk orang yang ditunjuk tidak menyebut asal mereka (`from`)",
    ),
    "add_from": ("add `from: {word}`", "tambahkan `from: {word}`"),
    "from_whom_they_are_named": ("from whom they are named", "asal orang yang ditunjuk"),
    "where_they_are_named": ("where they are named", "tempat mereka ditunjuk"),
    "write_form_and_field": (
        "write the form and its field, such as `nomination.peers`",
        "tulis formulir dan isiannya, seperti `nomination.peers`",
    ),
    "no_field_of_form": ("{path} is no field of a form", "{path} bukan isian suatu formulir"),
    "how_outsiders_come_in": ("how outsiders come in", "cara orang luar masuk"),
    "write_outside": (
        "write `{outside: token, per: employee, once: true, cap: 500}`",
        "tulis `{outside: token, per: employee, once: true, cap: 500}`",
    ),
    "outside_says_per": (
        "a role from outside says `per` whom and how many at most (`cap`)",
        "peran dari luar harus menyebut untuk siapa (`per`) dan paling banyak berapa (`cap`)",
    ),
    "link_for_whom": ("for whom there is a link", "pihak yang diberi tautan"),
    "the_cap": ("the cap", "`cap`"),
    "is_not": ("{text} is not {what}", "{text} tidak dapat dipakai sebagai nama {what}"),
    "word_letters": ("use lower-case letters, digits and _", "pakai huruf kecil, angka, dan _"),
    "day_role_asked": ("the day a role is asked for", "hari peran ditanyakan"),
    "write_role_day": (
        "write one of: {names}, `1 day before entry`",
        "tulis salah satu dari: {names}, `1 day before entry`",
    ),
    "role_not_asked_then": (
        "a role cannot be asked as of {value}",
        "peran tidak dapat ditanyakan menurut keadaan pada {value}",
    ),
    "roles_start_from_subject": (
        "let one of them start from the subject, or take it out of `not`",
        "buat salah satunya berawal dari pegawai yang dinilai, atau keluarkan dari `not`",
    ),
    "roles_in_a_circle": (
        "these roles wait for each other: {names}",
        "peran-peran ini saling menunggu: {names}",
    ),
    "a_role": ("a role", "peran"),
    "there_is_no_field": ("there is no field {path}", "tidak ada isian {path}"),
    "names_nobody": (
        "{path} names nobody: it is a {kind}",
        "{path} tidak menyebut orang: isian itu berjenis {kind}",
    ),
    "outsider_given_work": (
        "'{name}' is nobody of the chart and cannot be given work",
        "'{name}' bukan orang dalam bagan dan tidak dapat diberi pekerjaan",
    ),
    "let_outsider_write": (
        "let them write in a journal: `by: {name}`",
        "biarkan mereka menulis dalam jurnal: `by: {name}`",
    ),
    "fields_that_name_people": ("fields that name people: {names}", "isian yang menyebut orang: {names}"),
    "add_person_field": ("add a field `{person: colleagues}`", "tambahkan isian `{person: colleagues}`"),
    "nothing": ("nothing", "nol kunci"),
    "act": ("act", "tindakan"),
}
