"""What is said of the head of a definition, an agency's own numbers, and other cases."""

from __future__ import annotations

from collections.abc import Mapping

#: key: (English, Indonesian)
SENTENCES: Mapping[str, tuple[str, str]] = {
    "the_basis": ("the basis", "dasar hukum"),
    "the_agency_name": ("the agency's name", "nama instansi"),
    "the_workflow_name": ("the workflow's name", "nama alur kerja"),
    "workflow_letters": ("use lower-case letters, digits and -", "pakai huruf kecil, angka, dan -"),
    "the_version": ("the version", "versi"),
    "the_subject": ("the subject", "subjek"),
    "the_period": ("the period", "periode"),
    "part_of_calendar_year": (
        "a {part} is one of the calendar year and has no `{key}`",
        "{part} ialah bagian dari tahun kalender dan tidak memiliki `{key}`",
    ),
    "edge_of_period": ("`{key}` of the period", "`{key}` pada periode"),
    "write_28_february": ("write 28 February or 1 March", "tulis `28 February` atau `1 March`"),
    "no_29_february": (
        "a period cannot hang on 29 February: most years have none",
        "periode tidak dapat bergantung pada 29 Februari: kebanyakan tahun tidak memilikinya",
    ),
    "period_edge_is_a_day": (
        "a period begins and ends on a day of the year",
        "periode dimulai dan berakhir pada suatu hari dalam tahun",
    ),
    "write_1_january": ("write 1 January", "tulis `1 January`"),
    "period_of_one_day": (
        "a period begins and ends on different days",
        "hari pertama dan hari terakhir periode harus berbeda",
    ),
    "write_whole_year": ("write 1 January, 31 December", "tulis `1 January`, `31 December`"),
    "an_exempt_status": ("an exempt status", "status yang dikecualikan"),
    "is_not_a_status": ("{status} is not a status", "{status} bukan status"),
    "one_word_per_status": ("write one word per status", "tulis satu kata untuk setiap status"),
    "a_condition": ("a condition", "syarat"),
    "the_calendar": ("the calendar", "kalender"),
    "the_calendar_name": ("the calendar's name", "nama kalender"),
    "whose_calendar_it_is": ("whose calendar it is", "pemilik hari kerja pada kalender"),
    "unit_lives_by_its_days": (
        "a case about a unit lives by the unit's days, not by those of '{of}'",
        "kasus tentang unit mengikuti hari kerja unit itu, bukan hari kerja '{of}'",
    ),
    "write_of_unit": ("write `of: unit`", "tulis `of: unit`"),
    "person_lives_by_their_days": (
        "a case about a person lives by that person's days",
        "kasus tentang orang mengikuti hari kerja orang itu",
    ),
    "write_of_employee": ("write `of: employee`", "tulis `of: employee`"),
    "write_of": ("write `of: {own}`", "tulis `of: {own}`"),
    "the_setting": ("the setting '{name}'", "pengaturan '{name}'"),
    "add_basis_or_note": (
        "add `basis:` (the rule) or `note:` (why this number)",
        "tambahkan `basis:` (ketentuannya) atau `note:` (alasan bilangan ini)",
    ),
    "setting_without_basis": (
        "the setting '{name}' has neither basis nor note",
        "pengaturan '{name}' tidak menyebut `basis` ataupun `note`",
    ),
    "the_setting_value": ("the setting's value", "nilai pengaturan"),
    "the_note": ("the note", "catatan"),
    "what_is_allowed": ("what is allowed", "nilai yang diizinkan"),
    "not_what_is_allowed": ("{value} is not what is allowed", "{value} bukan nilai yang diizinkan"),
    "allowed_is": ("allowed: {text}", "yang diizinkan: {text}"),
    "write_allowed_range": (
        "write two durations of one unit, two days of the year, or two numbers: `5 days .. 10 days`",
        (
            "tulis dua lama waktu dengan satuan yang sama, dua hari dalam tahun, atau dua bilangan: "
            "`5 days .. 10 days`"
        ),
    ),
    "is_not_a_range": ("{text} is not a range", "{text} bukan rentang"),
    "write_allowed": ("write {last} .. {first}", "tulis {last} .. {first}"),
    "not_comparable_with_allowed": (
        "{value} cannot be compared with what is allowed, {text}",
        "{value} tidak dapat dibandingkan dengan yang diizinkan, {text}",
    ),
    "write_as": ("write it as {first} is written", "tulis dengan cara yang sama seperti {first}"),
    "not_within": ("{value} does not lie within {text}", "{value} tidak berada di dalam {text}"),
    "change_is_or_allow": ("change `is` or `allow`", "ubah `is` atau `allow`"),
    "an_allowed_value": ("an allowed value", "nilai yang diizinkan"),
    "allowed_twice": ("{text} is allowed twice", "{text} diizinkan dua kali"),
    "two_sorts": (
        "{text} is {sort}, and {value} is {other}",
        "{text} ialah {sort}, sedangkan {value} ialah {other}",
    ),
    "allow_values_of_one_sort": ("allow values of one sort", "izinkan nilai dari satu jenis saja"),
    "not_among_allowed": ("{value} is not among what is allowed", "{value} tidak termasuk yang diizinkan"),
    "the_read": ("the read '{name}'", "bacaan '{name}'"),
    "case_of_or_cases_of": (
        "write `case_of: rater` for one case, `cases_of: unit` for a set",
        "tulis `case_of: rater` untuk satu kasus, `cases_of: unit` untuk beberapa kasus",
    ),
    "read_of_neither_or_both": (
        "the read '{name}' says neither or both of `case_of` and `cases_of`",
        "bacaan '{name}' harus menyebut salah satu saja dari `case_of` dan `cases_of`",
    ),
    "whose_case_it_is": ("whose case it is", "pemilik kasus"),
    "read_without_workflow": (
        "the read '{name}' does not say `workflow`",
        "bacaan '{name}' tidak menyebut `workflow`",
    ),
    "add_workflow": ("add `workflow:`", "tambahkan `workflow:`"),
    "before_is_own_workflow": (
        "the case before is of this workflow, '{workflow}', not of '{other}'",
        "kasus sebelumnya berasal dari alur kerja ini, '{workflow}', bukan dari '{other}'",
    ),
    "write_workflow": ("write `workflow: {workflow}`", "tulis `workflow: {workflow}`"),
    "since_needs_set": (
        "`since` belongs to a set of cases (`cases_of`)",
        "`since` hanya untuk beberapa kasus (`cases_of`)",
    ),
    "least_needs_set": (
        "`least` belongs to a set of cases (`cases_of`)",
        "`least` hanya untuk beberapa kasus (`cases_of`)",
    ),
    "since_when": ("since when", "awal berlakunya"),
    "the_period_of_a_read": ("the period of a read", "periode bacaan"),
    "the_link": ("the link '{name}'", "kaitan '{name}'"),
    "workflow_or_track": (
        "write `workflow: name`, or `track: name`",
        "tulis `workflow: name`, atau `track: name`",
    ),
    "link_of_neither_or_both": (
        "the link '{name}' leads to neither or both of a workflow and a track",
        "kaitan '{name}' harus menuju salah satu saja: alur kerja atau jalur",
    ),
    "belongs_to_workflow": (
        "`{key}` belongs to a workflow: a track lives within its case",
        "`{key}` hanya untuk alur kerja: jalur hidup di dalam kasusnya",
    ),
    "a_named_track": ("the track", "jalur"),
    "the_period_of_a_link": ("the period of a link", "periode kaitan"),
    "rest_is_own_workflow": (
        "the rest of this period is a segment of this workflow, '{workflow}', not of '{other}'",
        "sisa periode ini ialah bagian dari alur kerja ini, '{workflow}', bukan dari '{other}'",
    ),
    "parts_are_its_own": (
        "the parts of a period are of this workflow and this period, so `{key}` says nothing",
        "bagian-bagian periode selalu dari alur kerja dan periode ini, maka `{key}` tidak berarti apa-apa",
    ),
    "belongs_to_rest": (
        "`{key}` belongs to a link with `period: rest`",
        "`{key}` hanya untuk kaitan dengan `period: rest`",
    ),
    "form_carried": ("a form that the next part begins with", "formulir yang dibawa ke bagian berikutnya"),
    "the_shortest_rest": ("the shortest rest of a period", "sisa periode yang terpendek"),
    "rest_in_days": ("the rest of a period is counted in days", "sisa periode dihitung dalam hari"),
    "write_days": ("write `30 days`", "tulis `30 days`"),
    "every_and_period": (
        "a link opens a case for each part, or one for the rest of the period",
        "kaitan membuka satu kasus untuk setiap bagian, atau satu kasus untuk sisa periode",
    ),
    "keep_every_or_period": (
        "keep either `every` or `period`",
        "pertahankan `every` atau `period`, salah satu saja",
    ),
    "not_a_workflow_name": (
        "{text} is not a workflow's name",
        "{text} tidak dapat dipakai sebagai nama alur kerja",
    ),
    "this_case_has_no_period": ("this case has no period", "kasus ini tidak berperiode"),
    "period_is_one": ("the period of this case is one {own}", "periode kasus ini satu {own}"),
    "no_part_for_every": (
        "{what}, so it has no part for every {every}",
        "{what}, sehingga tidak ada bagian untuk setiap {every}",
    ),
    "leave_every_out": ("leave `every` out", "jangan tulis `every`"),
    "what_is_published": ("what is published", "yang diterbitkan"),
    "fields_there": ("fields there: {fields}", "isian di sana: {fields}"),
    "form_has_no_field": (
        "the form '{form}' has no field {field}",
        "formulir '{form}' tidak memiliki isian {field}",
    ),
    "published_twice": ("'{name}' is published twice", "'{name}' diterbitkan dua kali"),
    "state_and_form": (
        "'{name}' is a state and a form or figure, so nobody could tell which is published",
        (
            "'{name}' adalah nama keadaan sekaligus formulir atau hitungan, sehingga tidak jelas mana "
            "yang diterbitkan"
        ),
    ),
    "shown_twice": ("what is shown names '{text}' twice", "yang ditampilkan menyebut '{text}' dua kali"),
    "an_override": ("an override", "berkas instansi"),
    "what_is_overridden": ("what is overridden", "definisi yang diubah"),
    "overrides_another": (
        "this file overrides {told}, and the definition is {base}",
        "berkas ini mengubah {told}, sedangkan definisinya {base}",
    ),
    "write_overrides": (
        "write `overrides: {base}`, after reading what that version changed",
        "tulis `overrides: {base}`, setelah membaca perubahan pada versi itu",
    ),
    "agency_name_too_long": (
        "the agency's name is longer than {most} characters",
        "nama instansi lebih panjang dari {most} karakter",
    ),
    "it_has_no_settings": ("it has no settings", "definisi itu tidak memiliki pengaturan"),
    "has_no_setting": ("{base} has no setting {name}", "{base} tidak memiliki pengaturan {name}"),
    "the_override_of": ("the override of '{setting}'", "perubahan atas '{setting}'"),
    "the_key_of_override": ("the {key}", "`{key}`"),
    "not_for_agency": (
        "{value} is not what an agency may make of '{setting}'",
        "{value} bukan nilai '{setting}' yang boleh dipilih instansi",
    ),
    "with_this": ("with this, {mark}: {message}", "akibat bilangan ini, {mark}: {message}"),
    "year": ("year", "tahun"),
    "quarter": ("quarter", "triwulan"),
    "month": ("month", "bulan"),
    "none_there": ("none", "tidak ada"),
    "correction_without": (
        "the link '{name}' has `{beside}` and no `{key}`",
        "kaitan '{name}' memiliki `{beside}` tetapi tidak memiliki `{key}`",
    ),
    "write_corrects_and_by": (
        "write `corrects:` with the final states it corrects, and `by:` with who may open it",
        (
            "tulis `corrects:` dengan keadaan akhir yang dikoreksi, dan `by:` dengan peran yang boleh "
            "membukanya"
        ),
    ),
    "not_of_a_correction": (
        "`{key}` does not belong to a correction: a closed case opens one, and one at a time",
        ("`{key}` tidak berlaku bagi koreksi: koreksi dibuka dari kasus yang sudah ditutup, satu demi satu"),
    ),
    "correction_is_own_workflow": (
        "a correction is a workflow of its own, not '{workflow}' again",
        "koreksi adalah alur kerja tersendiri, bukan '{workflow}' sekali lagi",
    ),
    "name_correcting_workflow": (
        "name the workflow that corrects this one",
        "sebutkan alur kerja yang mengoreksi alur kerja ini",
    ),
    "final_state_corrected": ("the final state it corrects", "keadaan akhir yang dikoreksi"),
    "who_opens_a_correction": ("who opens a correction", "pembuka koreksi"),
    "nothing_to_correct_yet": (
        "'{name}' is no final state, so there is nothing to correct yet",
        "'{name}' bukan keadaan akhir, sehingga belum ada yang dapat dikoreksi",
    ),
    "name_final_states": ("name final states: {finals}", "sebutkan keadaan akhir: {finals}"),
    "corrects_closed_case": (
        "'{name}' corrects a closed case, and this case is still open here",
        "'{name}' mengoreksi kasus yang sudah ditutup, padahal di sini kasus masih terbuka",
    ),
    "by_opens_once_closed": (
        "remove it: those in its `by` open it once the case is closed",
        "hapus: pihak dalam `by` membukanya setelah kasus ditutup",
    ),
    "parts_opened_at_once": (
        "'{name}' has a case for each {every}, and a way out happens once, so it could open only one of them",
        "'{name}' punya satu kasus untuk setiap {every}, padahal jalan ke luar terjadi sekali dan hanya membuka satu",
    ),
    "start_parts_in_state": (
        "write `starts` in the state they belong to, which opens each on its first day, or leave `every` out",
        "tulis `starts` pada keadaan tempatnya, yang membuka masing-masing pada hari pertamanya, atau hapus `every`",
    ),
}
