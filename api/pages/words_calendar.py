"""What pages say about calendars, in Indonesian and English."""

from __future__ import annotations

from collections.abc import Mapping

from engine.core.definition import Label

CALENDAR_WORDS: Mapping[str, Label] = {
    "calendar.title": Label(id="Kalender kerja", en="Working calendars"),
    "calendar.lead": Label(
        id="Hari kerja dihitung menurut kalender unit masing-masing. Kalender baru tidak menggeser tenggat yang sedang"
        " berjalan dengan sendirinya: lihat dahulu apa yang bergeser, lalu berlakukan.",
        en="Working days are counted by each unit's own calendar. A new calendar never moves a running deadline by"
        " itself: see first what would move, then apply it.",
    ),
    "calendar.of_days": Label(id="Kalender kerja {name}", en="Working calendar {name}"),
    "calendar.empty": Label(id="Belum ada kalender.", en="There is no calendar yet."),
    "calendar.version": Label(id="Versi", en="Version"),
    "calendar.based": Label(id="Berdasarkan", en="Based on"),
    "calendar.week": Label(id="Hari kerja", en="Working days"),
    "calendar.units": Label(id="Dipakai oleh", en="Used by"),
    "calendar.all_units": Label(
        id="semua unit tanpa kalender sendiri", en="all units without a calendar of their own"
    ),
    "calendar.since": Label(id="sejak {day}", en="since {day}"),
    "calendar.until": Label(id="sampai {day}", en="until {day}"),
    "calendar.days_off": Label(id="Hari libur {year}", en="Days off in {year}"),
    "calendar.computed": Label(
        id="Belum ada keputusan untuk tahun ini: hari liburnya dihitung dan dapat berubah.",
        en="No decree settles this year: its days off are computed and may change.",
    ),
    "calendar.day": Label(id="Hari", en="Day"),
    "calendar.why": Label(id="Hari libur", en="Day off"),
    "calendar.kind": Label(id="Jenis", en="Kind"),
    "calendar.holiday": Label(id="libur", en="holiday"),
    "calendar.collective_leave": Label(id="cuti bersama", en="collective leave"),
    "calendar.year_before": Label(id="Tahun sebelumnya", en="The year before"),
    "calendar.year_after": Label(id="Tahun berikutnya", en="The year after"),
    "calendar.new": Label(id="Kalender atau keputusan baru", en="A new calendar or decree"),
    "calendar.file": Label(id="Berkas kalender (YAML)", en="Calendar file (YAML)"),
    "calendar.look": Label(id="Lihat apa yang bergeser", en="See what would move"),
    "calendar.no_file": Label(id="Pilih dahulu berkas kalender.", en="Choose a calendar file first."),
    "calendar.wrong": Label(
        id="Berkas kalender ini belum dapat dipakai. Perbaiki yang berikut, lalu kirim lagi:",
        en="This calendar file cannot be used yet. Correct the following and send it again:",
    ),
    "calendar.preview": Label(id="Yang akan bergeser", en="What would move"),
    "calendar.finding": Label(
        id="{clocks} tenggat pada {cases} kasus bergeser, dari {looked} kasus yang sedang berjalan.",
        en="Deadlines that move: {clocks}, in {cases} of the {looked} open cases.",
    ),
    "calendar.finding_none": Label(
        id="Tidak ada tenggat yang bergeser, dari {looked} kasus yang sedang berjalan.",
        en="No deadline moves, out of {looked} open cases.",
    ),
    "calendar.into_past": Label(
        id="{count} di antaranya akan jatuh pada hari yang sudah lewat.",
        en="{count} of them would fall on a day that has passed.",
    ),
    "calendar.into_past_one": Label(
        id="1 di antaranya akan jatuh pada hari yang sudah lewat.",
        en="One of them would fall on a day that has passed.",
    ),
    "calendar.days": Label(id="Hari yang berubah", en="Days that change"),
    "calendar.becomes_off": Label(id="menjadi libur: {why}", en="becomes a day off: {why}"),
    "calendar.becomes_worked": Label(
        id="menjadi hari kerja, semula: {why}", en="becomes a working day, was: {why}"
    ),
    "calendar.by_unit": Label(id="Menurut unit", en="By unit"),
    "calendar.by_workflow": Label(id="Menurut aturan", en="By rules"),
    "calendar.count": Label(id="Tenggat", en="Deadlines"),
    "calendar.clock": Label(id="Tenggat", en="Deadline"),
    "calendar.from": Label(id="Semula", en="Was"),
    "calendar.to": Label(id="Menjadi", en="Becomes"),
    "calendar.difference": Label(id="Hari kerja", en="Working days"),
    "calendar.passed": Label(id="sudah lewat", en="has passed"),
    "calendar.more": Label(
        id="dan {count} lagi; daftar lengkapnya ada pada API dan perintah siklus calendar preview",
        en="and {count} more; the API and siklus calendar preview have the whole list",
    ),
    "calendar.failed": Label(id="Kasus yang tidak dapat dihitung", en="Cases that could not be counted"),
    "calendar.apply": Label(id="Berlakukan", en="Apply"),
    "calendar.past": Label(
        id="Tenggat yang akan jatuh pada hari yang sudah lewat",
        en="Deadlines that would fall on a day that has passed",
    ),
    "calendar.keep": Label(id="tetap seperti semula", en="stay as they are"),
    "calendar.move": Label(id="ikut bergeser", en="move as well"),
    "calendar.reason": Label(
        id="Alasan, misalnya nomor keputusannya", en="Reason, such as the decree's number"
    ),
    "calendar.no_reason": Label(id="Alasan wajib diisi.", en="A reason is needed."),
    "calendar.done": Label(
        id="Kalender diberlakukan: {clocks} tenggat pada {cases} kasus dihitung ulang.",
        en="The calendar is applied. Deadlines counted again: {clocks}; cases: {cases}.",
    ),
    "calendar.done_failed": Label(
        id="{count} kasus tidak dapat dihitung ulang; lihat catatan kalender.",
        en="{count} cases could not be counted again; the log of calendars names them.",
    ),
    "calendar.done_failed_one": Label(
        id="1 kasus tidak dapat dihitung ulang; lihat catatan kalender.",
        en="One case could not be counted again; the log of calendars names it.",
    ),
}
