"""What is said of calendar files: their keys and days, their decrees, what they are based on, lists of days."""

from __future__ import annotations

from collections.abc import Mapping

#: key: (English, Indonesian)
SENTENCES: Mapping[str, tuple[str, str]] = {
    "calendar_at": ("{where}: {what}", "{where}: {what}"),
    "calendar_has_problems": (
        "calendar {name} has {count} problem(s):",
        "kalender {name} memiliki {count} masalah:",
    ),
    "calendar_makes_no_sense": ("calendar {name} makes no sense:", "kalender {name} tidak masuk akal:"),
    "without_a_name": ("(no name)", "(tanpa nama)"),
    "no_such_base": (
        "there is no calendar '{name}' here; add that one first",
        "tidak ada kalender '{name}' di sini; tambahkan itu dahulu",
    ),
    "no_calendar_name": (
        "'{name}' is no name; write small letters, digits and hyphens, as in id-asn",
        "'{name}' bukan nama; tulis huruf kecil, angka, dan tanda hubung, seperti id-asn",
    ),
    "unit_stops_before": (
        "{name} would stop working by this calendar on {last}, before it begins",
        "{name} akan berhenti memakai kalender ini pada {last}, sebelum mulai",
    ),
    "unit_named_twice": (
        "{unit} is named twice for the same days",
        "{unit} disebut dua kali untuk hari yang sama",
    ),
    "regional_only": (
        (
            "a calendar based on another has regional decrees only; what settles or amends a year belongs to the "
            "calendar it is based on"
        ),
        (
            "kalender yang berdasar pada kalender lain hanya memuat keputusan daerah; yang menetapkan atau mengubah "
            "suatu tahun ditulis di kalender dasarnya"
        ),
    ),
    "regional_needs_base": (
        "only a calendar with `based_on` has regional decrees; write `kind: amendment`",
        "hanya kalender dengan `based_on` yang memuat keputusan daerah; tulis `kind: amendment`",
    ),
    "no_kind_of_decree": (
        "'{kind}' is no kind of decree; write {kinds}",
        "'{kind}' bukan jenis keputusan; tulis {kinds}",
    ),
    "kind_or_kind": ("{one} or {other}", "{one} atau {other}"),
    "changes_no_day": (
        "it changes no day; list `holidays`, `collective_leave` or `removes`",
        "keputusan ini tidak mengubah hari apa pun; isi `holidays`, `collective_leave`, atau `removes`",
    ),
    "no_date": (
        "{value} is not a date; write it as 2026-01-31",
        "{value} bukan tanggal; tulis seperti 2026-01-31",
    ),
    "outside_its_year": (
        "{day} does not lie in {year}; put it into the decree on {own}",
        "{day} tidak terletak pada tahun {year}; tulis di keputusan tahun {own}",
    ),
    "too_early_a_day": (
        "{day} is too early to be meant; write the year with four digits",
        "{day} terlalu dini; tulis tahunnya dengan empat angka",
    ),
    "no_calendar_year": (
        "{value} is not a year; write it as 2026",
        "{value} bukan tahun; tulis seperti 2026",
    ),
    "no_weekday": ("{value} is not a day of the week{near}", "{value} bukan nama hari{near}"),
    "no_working_day": (
        "nobody would ever work; list the working days of the week",
        "tidak akan ada hari kerja; sebutkan hari kerja dalam seminggu",
    ),
    "week_is_none": (
        "the week {week} is none; name its working days by 0 (Monday) to 6 (Sunday)",
        "minggu {week} tidak berlaku; sebutkan hari kerjanya dari 0 (Senin) sampai 6 (Minggu)",
    ),
    "no_text_here": ("a text is missing here", "teks di sini belum diisi"),
    "keys_with_values": (
        "{value} should be keys with values, such as `date: 2026-01-31`",
        "{value} seharusnya kunci dengan nilai, misalnya `date: 2026-01-31`",
    ),
    "not_a_list": ("{value} should be a list", "{value} seharusnya daftar"),
    "no_key_here": ("there is no such key here{near}", "tidak ada kunci seperti itu di sini{near}"),
    "near_one": ("; did you mean {name}?", "; mungkin maksudnya {name}?"),
    "near_known": ("; known: {names}", "; yang dikenal: {names}"),
    "nothing_there": ("nothing", "nilai kosong"),
    "the_decree_of": ("the decree of {issued} on {year}", "keputusan {issued} tentang tahun {year}"),
    "the_decree_in": (
        "calendar {name}: the decree of {issued} on {year}",
        "kalender {name}: keputusan {issued} tentang tahun {year}",
    ),
    "settled_already": (
        "that year is already settled by an earlier decree; write `kind: amendment`",
        "tahun itu sudah ditetapkan keputusan sebelumnya; tulis `kind: amendment`",
    ),
    "amends_nothing": (
        "it amends a year that no earlier decree settles; add the decree it amends",
        "yang diubahnya belum ditetapkan keputusan sebelumnya; tambahkan keputusan yang diubah",
    ),
    "was_no_day_off": (
        "{day} is removed but was not a day off; leave it out",
        "{day} dihapus padahal bukan hari libur; jangan ditulis",
    ),
    "day_off_twice": ("{day} is a day off twice; keep one of them", "{day} libur dua kali; sisakan satu"),
    "day_off_already": (
        "{day} is a day off already; leave it out",
        "{day} sudah hari libur; jangan ditulis",
    ),
    "based_on_itself": ("it comes back to itself", "rangkaiannya kembali ke dirinya sendiri"),
    "too_many_layers": (
        "at most {most} may stand on one another",
        "paling banyak {most} kalender boleh bertumpuk",
    ),
    "cannot_be_based_so": (
        "calendar {name} cannot be based so ({line}): {why}",
        "kalender {name} tidak dapat didasarkan demikian ({line}): {why}",
    ),
    "base_not_known": (
        "calendar {name} is based on {base}, which is not known; add that calendar first",
        "kalender {name} berdasar pada {base}, yang tidak dikenal; tambahkan kalender itu dahulu",
    ),
    "calendar_tears": (
        "calendar {name} does not fit the others:",
        "kalender {name} tidak cocok dengan yang lain:",
    ),
    "works_by_two": (
        "{unit} would work by {one} and by {other} on the same days",
        "{unit} akan memakai {one} dan {other} pada hari yang sama",
    ),
    "list_cannot_be_read": ("this list of days cannot be read:", "daftar hari ini tidak dapat dibaca:"),
    "no_day_in_it": ("there is no day in it", "tidak ada satu hari pun di dalamnya"),
    "the_event": ("event {number}", "acara {number}"),
    "the_named_event": ("event {number} ({name})", "acara {number} ({name})"),
    "row_of_list": ("row {number}", "baris {number}"),
    "day_without_name": ("the day {day} has no name", "hari {day} tidak bernama"),
    "day_off_as_two": (
        "{day} is a day off twice, as {one} and as {other}; keep one",
        "{day} libur dua kali, sebagai {one} dan sebagai {other}; sisakan satu",
    ),
    "no_ics": ("it is no ICS file that can be read: {error}", "berkas ICS ini tidak dapat dibaca: {error}"),
    "event_unreadable": ("its days cannot be read: {error}", "harinya tidak dapat dibaca: {error}"),
    "event_repeats": (
        "it repeats; list each of its days as an event of its own",
        "acara ini berulang; tulis tiap harinya sebagai acara sendiri",
    ),
    "event_has_hour": (
        "it has an hour; only whole days are days off",
        "acara ini memakai jam; hanya hari penuh yang menjadi hari libur",
    ),
    "event_too_long": ("it does not last 1 to {most} days", "lamanya bukan 1 sampai {most} hari"),
    "columns_unnamed": (
        (
            "it must name its columns: `date` (or tanggal) and `id` (or nama), and may name `en` and `kind` (libur "
            "nasional or cuti bersama)"
        ),
        (
            "baris ini harus menamai kolomnya: `date` (atau tanggal) dan `id` (atau nama), dan boleh menamai `en` dan "
            "`kind` (libur nasional atau cuti bersama)"
        ),
    ),
    "no_listed_day": (
        "{value} is no day; write it as 2026-01-31 or 31/01/2026",
        "{value} bukan tanggal; tulis seperti 2026-01-31 atau 31/01/2026",
    ),
}
