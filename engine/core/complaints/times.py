"""What is said of due times, moments, windows, decrees and pauses."""

from __future__ import annotations

from collections.abc import Mapping

#: key: (English, Indonesian)
SENTENCES: Mapping[str, tuple[str, str]] = {
    "a_decree": ("a decree", "keputusan"),
    "the_decree_name": ("the decree's name", "nama keputusan"),
    "decree_name_too_long": (
        "the decree's name is longer than {most} characters",
        "nama keputusan lebih panjang dari {most} karakter",
    ),
    "write_its_number": ("write its number", "tulis nomornya"),
    "cycle_has_no_window": ("{cycle} has no window {name}", "{cycle} tidak memiliki jendela {name}"),
    "known": ("known: {known}", "yang dikenal: {known}"),
    "no_timetable": (
        "it has no timetable; launch it without one",
        "definisi itu tidak memiliki jadwal; luncurkan tanpa jadwal",
    ),
    "the_window": ("the window '{window}'", "jendela '{window}'"),
    "the_window_of_group": ("the window '{name}.{group}'", "jendela '{name}.{group}'"),
    "closes_before_opening": (
        "{what} closes on {last}, before it opens on {first}",
        "{what} ditutup pada {last}, sebelum dibuka pada {first}",
    ),
    "earlier_day_after_from": (
        "write the earlier day after `from`",
        "tulis hari yang lebih awal sesudah `from`",
    ),
    "a_due_time": ("a due time", "tenggat"),
    "write_a_due": (
        "write `within: 5 working days`, `date: 31 January` or `window: name`",
        "tulis `within: 5 working days`, `date: 31 January`, atau `window: name`",
    ),
    "due_counts_one_way": (
        "a due time counts `within` a duration, to a `date`, or to the end of a `window`",
        ("tenggat menyebut satu saja: `within` suatu lama waktu, suatu `date`, atau akhir suatu `window`"),
    ),
    "the_ladder": ("the ladder", "tangga"),
    "within_counts_from_entry": (
        "remove it; `within` already counts from entry",
        "hapus kunci ini, karena `within` memang dihitung sejak masuk",
    ),
    "at_least_needs_date": ("`at_least` belongs to a `date`", "`at_least` hanya untuk `date`"),
    "pause_stops_a_state": (
        "a pause stops the clock of one state; those of a phase and of the whole case run on",
        "jeda menghentikan waktu satu keadaan; waktu fase dan waktu seluruh kasus berjalan terus",
    ),
    "write_beside_within": (
        "write it beside the `within` of a task or a gathering",
        "tulis di samping `within` suatu tugas atau pengumpulan",
    ),
    "remove_or_count_within": (
        "remove it, or count the time with `within`",
        "hapus, atau hitung waktunya dengan `within`",
    ),
    "fixed_date_not_paused": (
        "no pause stops a fixed date",
        "tanggal tetap tidak dapat dihentikan oleh jeda",
    ),
    "a_named_window": ("the window", "jendela"),
    "due_counts_from_itself": (
        "a due time cannot count from itself",
        "tenggat tidak dapat dihitung dari dirinya sendiri",
    ),
    "write_a_day": ("write a day or a duration", "tulis suatu hari atau lama waktu"),
    "this_counts_from_entry": ("this counts from entry", "yang ini dihitung sejak masuk"),
    "write_within": ("write `within: 5 working days`", "tulis `within: 5 working days`"),
    "the_ladder_called": ("the ladder '{name}'", "tangga '{name}'"),
    "rungs_in_order": (
        "write the rungs in order of time: before due, at due, after due",
        "tulis anak tangga menurut urutan waktu: sebelum tenggat, pada tenggat, sesudah tenggat",
    ),
    "rung_out_of_order": (
        "a rung of '{name}' comes before the one above it, or at the same time",
        "sebuah anak tangga '{name}' mendahului anak tangga di atasnya, atau bersamaan dengannya",
    ),
    "a_rung": ("a rung", "anak tangga"),
    "when_a_rung_rings": ("when a rung rings", "waktu bunyi anak tangga"),
    "write_a_rung_moment": (
        "write `due`, `2 working days before due` or `2 working days after due`",
        "tulis `due`, `2 working days before due`, atau `2 working days after due`",
    ),
    "rung_counts_from_due": ("a rung counts from the due time", "anak tangga dihitung dari tenggat"),
    "this_rung_does_nothing": ("this rung does nothing", "anak tangga ini tidak melakukan apa pun"),
    "add_to_rung": (
        "add remind, notify, task or reassign",
        "tambahkan `remind`, `notify`, `task`, atau `reassign`",
    ),
    "who_gets_the_task": ("who gets the task", "penerima tugas"),
    "who_takes_over": ("who takes over", "pihak yang mengambil alih"),
    "who_is_reminded": ("who is reminded", "pihak yang diingatkan"),
    "opening_counts_from_step": (
        "what opens a step cannot count from that step",
        "yang membuka suatu langkah tidak dapat dihitung dari langkah itu sendiri",
    ),
    "write_a_day_of_year": ("write a day such as 1 December", "tulis suatu hari seperti `1 December`"),
    "notified_of_one_state": (
        "'{transition}' counts from `notified`, which belongs to one state",
        "'{transition}' dihitung sejak `notified`, yang hanya berlaku bagi satu keadaan",
    ),
    "write_among_ways": (
        "write it among the ways out of that state",
        "tulis di antara jalan keluar keadaan itu",
    ),
    "not_every_way_tells": (
        "'{transition}' counts from `notified`, but not every way into '{state}' tells one role",
        (
            "'{transition}' dihitung sejak `notified`, padahal tidak setiap jalan menuju '{state}' "
            "memberi tahu peran yang sama"
        ),
    ),
    "add_notify": (
        "add `notify: role` to every transition to '{state}', or count from entry",
        "tambahkan `notify: role` pada setiap transisi menuju '{state}', atau hitung sejak masuk",
    ),
    "the_pause": ("the pause '{name}'", "jeda '{name}'"),
    "write_pause_reason": (
        "write `until: fact`, `while: fact` or `by: role`",
        "tulis `until: fact`, `while: fact`, atau `by: role`",
    ),
    "pause_reasons": (
        "the pause '{name}' gives {count} reasons, not one",
        "jeda '{name}' menyebut {count} sebab, seharusnya satu",
    ),
    "who_may_pause": ("who may pause", "pihak yang boleh menghentikan waktu"),
    "wait_for_gathered": (
        "wait for it with `upon: gathered` in its state",
        "tunggu dengan `upon: gathered` pada keadaannya",
    ),
    "gathered_of_one_state": (
        "`gathered` belongs to one state, and a pause to the whole definition",
        "`gathered` hanya berlaku bagi satu keadaan, sedangkan jeda bagi seluruh definisi",
    ),
    "a_pause": ("a pause", "jeda"),
    "stops_anyway": (
        "{names} stops every clock that counts `within` anyway",
        "{names} memang selalu menghentikan setiap waktu yang dihitung `within`",
    ),
    "name_own_pauses": (
        "name the definition's own pauses only",
        "sebutkan hanya jeda milik definisi ini sendiri",
    ),
    "what_stops_it": ("what stops it", "yang menghentikan waktunya"),
    "pauses_need_moment": ("`pauses` belongs to a moment", "`pauses` hanya untuk suatu saat"),
    "remove_or_write_at": ("remove it, or write `at:`", "hapus, atau tulis `at:`"),
    "write_among_state_ways": (
        "write the move among the ways out of a state",
        "tulis perpindahan itu di antara jalan keluar suatu keadaan",
    ),
    "pause_stops_one_state": ("a pause stops a clock of one state", "jeda menghentikan waktu satu keadaan"),
    "count_from_entry": (
        ("count it from entry: `at: 6 months after entry`; what counts from due stands still with the task"),
        (
            "hitung sejak masuk: `at: 6 months after entry`; yang dihitung dari tenggat ikut berhenti "
            "bersama tugasnya"
        ),
    ),
    "fixed_moment_not_paused": (
        "no pause stops a fixed moment",
        "saat yang tetap tidak dapat dihentikan oleh jeda",
    ),
    "not_staggered_by_kind": (
        "a window cannot be staggered by employee.kind: people files may use kinds of their own",
        (
            "jendela tidak dapat dibedakan menurut employee.kind: berkas pegawai boleh memakai "
            "jenisnya sendiri"
        ),
    ),
    "use_one_of": ("use one of: {names}", "pakai salah satu dari: {names}"),
    "staggered_by": ("what a window is staggered by", "dasar pembedaan jendela"),
    "group_never": ("{by} is never {key}", "{by} tidak pernah bernilai {key}"),
    "add_group": ("add `{missing}: {to: ...}`", "tambahkan `{missing}: {to: ...}`"),
    "says_nothing_for": (
        "{what} says nothing for {said} of {by}",
        "{what} tidak menyebut apa pun untuk {said} dari {by}",
    ),
    "window_runs_backwards": ("{what} closes before it opens", "{what} ditutup sebelum dibuka"),
    "the_edge_of_a_window": ("the edge of a window", "tepi jendela"),
    "write_window_day": (
        "write a day, or one such as `day 7 of month 1 after period.to`",
        "tulis suatu hari, atau seperti `day 7 of month 1 after period.to`",
    ),
    "window_hangs_wrong": (
        "a window does not hang on {value}",
        "jendela tidak dapat bergantung pada {value}",
    ),
    "how_long_from_when": (
        "it says how long, but not from when",
        "lamanya disebut, tetapi tidak sejak kapan",
    ),
    "write_after_entry": ("write `{text} after entry`", "tulis `{text} after entry`"),
    "did_you_mean_word": ("did you mean {near}?", "apakah maksudnya {near}?"),
    "write_a_moment": ("write a moment such as {examples}", "tulis saat seperti {examples}"),
    "no_moment_at_all": (
        "it is neither a date, a moment of the case, nor a setting",
        "ini bukan tanggal, bukan saat dalam kasus, dan bukan pengaturan",
    ),
    "there_is_no_such_day": ("there is no such day", "hari itu tidak ada"),
    "write_year_month_day": (
        "write year, month and day, as in 2026-01-31",
        "tulis tahun, bulan, dan hari, seperti 2026-01-31",
    ),
    "no_such_day_of_month": ("no month has a day {day}", "tidak ada bulan yang memiliki hari ke-{day}"),
    "write_day_or_last": (
        "write day 1 to 31, or `last day`",
        "tulis hari ke-1 sampai ke-31 dengan `day`, atau `last day`",
    ),
    "months_are_counted_from": ("months are counted from 1", "bulan dihitung mulai dari 1"),
    "month_after": (
        "month 1 is the month after that of period.{edge}",
        "bulan ke-1 ialah bulan sesudah bulan period.{edge}",
    ),
    "did_you_mean_edge": ("did you mean {near}.{edge}?", "apakah maksudnya {near}.{edge}?"),
    "declare_window": ("declare it under `timetable`", "nyatakan di bawah `timetable`"),
    "there_is_no_window": ("there is no window {name}", "tidak ada jendela {name}"),
    "setting_no_duration": (
        "the setting {amount} is {value}, which is not a duration",
        "pengaturan {amount} bernilai {value}, yang bukan lama waktu",
    ),
    "name_one_such": ("name one such as 5 days", "sebutkan pengaturan seperti `5 days`"),
    "write_number_and_days": (
        "write a number and days, working days, weeks, months or years",
        "tulis bilangan dan `days`, `working days`, `weeks`, `months`, atau `years`",
    ),
    "no_duration": ("{amount} is not a duration", "{amount} bukan lama waktu"),
    "not_a_month": ("{name} is not a month", "{name} bukan bulan"),
    "month_has_no_day": ("{name} has no day {day}", "{name} tidak memiliki hari ke-{day}"),
    "write_day_of_month": ("write 1 to {longest} {name}", "tulis 1 sampai {longest} {name}"),
    "write_month": ("write {month}", "tulis {month}"),
    "unit_working_days": ("working days", "hari kerja"),
    "unit_days": ("days", "hari"),
    "unit_weeks": ("weeks", "minggu"),
    "unit_months": ("months", "bulan"),
    "unit_years": ("years", "tahun"),
}
