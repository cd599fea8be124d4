"""What a unit's page and its calibration board say, in Indonesian and English."""

from __future__ import annotations

from collections.abc import Mapping

from engine.core.definition import Label

UNIT_WORDS: Mapping[str, Label] = {
    "nav.unit": Label(id="Unit", en="Unit"),
    "unit.title": Label(
        id="{unit}: {open} dari {all} kasus masih terbuka, {late} terlambat",
        en="{unit}: {open} of {all} cases are open, {late} late",
    ),
    "unit.none_title": Label(id="Halaman unit", en="A unit's page"),
    "unit.none": Label(
        id="Anda tidak memimpin unit. Kasus yang dapat Anda buka ada pada halaman Kasus.",
        en="You head no unit. The cases you may open are on the page Cases.",
    ),
    "unit.empty": Label(
        id="Tidak ada kasus unit ini yang terbuka bagi Anda.", en="No case of this unit is open to you."
    ),
    "unit.as_of": Label(
        id="Keadaan {when}. Hanya kasus yang boleh Anda buka yang dihitung.",
        en="As of {when}. Only cases that you may open are counted.",
    ),
    "unit.cut": Label(
        id="Unit ini besar: hanya 500 kasus pertama yang dihitung di sini.",
        en="This unit is large: only its first 500 cases are counted here.",
    ),
    "unit.which": Label(id="Unit", en="Unit"),
    "unit.show": Label(id="Tampilkan", en="Show"),
    "unit.stand": Label(id="Sampai di mana", en="Where we stand"),
    "unit.cases": Label(id="{count} kasus", en="{count} cases"),
    "unit.cases_one": Label(id="1 kasus", en="1 case"),
    "unit.people": Label(id="{count} orang", en="{count} people"),
    "unit.people_one": Label(id="1 orang", en="1 person"),
    "unit.count": Label(id="Kasus", en="Cases"),
    "unit.late": Label(id="Terlambat", en="Late"),
    "unit.waits": Label(id="Siapa menunggu siapa", en="Who waits for whom"),
    "unit.waits_lead": Label(id="{cases} menunggu {people}.", en="{cases} waiting for {people}."),
    "unit.waits_for": Label(id="Menunggu", en="Waits for"),
    "unit.you_first": Label(
        id="Anda sendiri ditunggu oleh {cases}, {late} di antaranya terlambat.",
        en="{cases} waiting for you yourself, {late} of them late.",
    ),
    "unit.whose": Label(id="Kasus siapa", en="Whose cases"),
    "unit.since": Label(id="Paling lama sejak", en="Longest since"),
    "unit.more": Label(id="dan {count} lagi", en="and {count} more"),
    "unit.nobody_waits": Label(id="Tidak ada yang ditunggu.", en="Nobody is waited for."),
    "unit.unnamed": Label(
        id="{cases} menunggu orang yang tidak disebut namanya.",
        en="{cases} waiting for people who are not named.",
    ),
    "unit.next": Label(
        id="Tujuh hari ke depan, bila tidak ada yang bertindak", en="The next seven days, if nobody acts"
    ),
    "unit.quiet": Label(
        id="Tidak ada yang terjadi dengan sendirinya sampai {day}.",
        en="Nothing happens by itself until {day}.",
    ),
    "unit.what": Label(id="Yang terjadi", en="What happens"),
    "unit.unit_cases": Label(id="Kasus unit ini sendiri", en="The unit's own cases"),
    "unit.pattern": Label(id="Predikat dan panduan", en="Predicates and guidance"),
    "unit.pattern_lead": Label(
        id="{count} anggota, menurut daftar yang dibekukan untuk sidang.",
        en="{count} members, by the list that was frozen for the session.",
    ),
    "unit.pattern_lead_one": Label(
        id="1 anggota, menurut daftar yang dibekukan untuk sidang.",
        en="One member, by the list that was frozen for the session.",
    ),
    "unit.hidden": Label(id="disembunyikan", en="hidden"),
    "unit.hidden_why": Label(
        id="Sel dengan kurang dari {least} orang disembunyikan, bersama sel lain yang akan membukanya lewat jumlah.",
        en="Cells of fewer than {least} people are hidden, and with them others by which the total would tell them.",
    ),
    "unit.result": Label(id="Hasil", en="Result"),
    "unit.members": Label(id="Anggota", en="Members"),
    "unit.guided": Label(id="Menurut panduan", en="By the guidance"),
    "unit.board": Label(id="Papan kalibrasi", en="Calibration board"),
    "board.title": Label(
        id="Papan kalibrasi: {count} pegawai pada sembilan bidang",
        en="Calibration board: {count} employees in nine cells",
    ),
    "board.title_one": Label(
        id="Papan kalibrasi: 1 pegawai pada sembilan bidang",
        en="Calibration board: one employee in nine cells",
    ),
    "board.session": Label(id="Kasus sidang ini", en="The case of this session"),
    "board.none": Label(
        id="Tidak ada hasil yang dapat ditempatkan dan boleh Anda baca.",
        en="There is no result to place that you may read.",
    ),
    "board.nobody": Label(id="tidak ada", en="nobody"),
    "board.as_rated": Label(id="seperti dinilai", en="as rated"),
    "board.as_moved": Label(id="dipindahkan dalam sidang", en="moved in the session"),
    "board.as_back": Label(id="dipindahkan lalu dikembalikan", en="moved and put back"),
    "board.how_moved": Label(id="dipindahkan", en="moved"),
    "board.how_back": Label(id="dikembalikan", en="put back"),
    "board.choose": Label(id="Pindahkan atau batalkan", en="Move or void"),
    "board.person": Label(id="Pegawai", en="Employee"),
    "board.open": Label(id="Buka", en="Open"),
    "board.move": Label(id="{act}: {person}", en="{act}: {person}"),
    "board.now_in": Label(id="Sekarang: {cell}.", en="Now: {cell}."),
    "board.not_yours": Label(
        id="Tidak ada yang dapat Anda lakukan dari papan ini bagi {person}.",
        en="There is nothing you can do from this board about {person}.",
    ),
    "board.reason": Label(id="Alasan", en="Reason"),
    "board.reason_move": Label(id="Alasan memindahkan", en="Reason for moving"),
    "board.reason_void": Label(id="Alasan membatalkan", en="Reason for voiding"),
    "board.reason_needed": Label(id="Alasan wajib diisi.", en="A reason is needed."),
    "board.refused": Label(id="Belum tercatat", en="Not recorded"),
    "board.changes": Label(id="Yang dipindahkan, sebelum dan sesudah", en="What was moved, before and after"),
    "board.before": Label(id="Sebelum", en="Before"),
    "board.after": Label(id="Sesudah", en="After"),
    "board.by": Label(id="Oleh", en="By"),
    "board.when": Label(id="Kapan", en="When"),
    "board.counts": Label(id="Berlaku", en="Counts"),
    "board.standing_counts": Label(id="berlaku", en="counts"),
    "board.standing_void": Label(id="dibatalkan, tetap tercatat", en="voided, still on record"),
    "board.standing_back": Label(id="pembatalan: berlaku lagi", en="voiding: counts again"),
    "board.no_changes": Label(id="Belum ada yang dipindahkan.", en="Nothing has been moved yet."),
    "board.done_moved": Label(id="Dipindahkan.", en="Moved."),
    "board.done_voided": Label(
        id="Dibatalkan: nilai berlaku lagi seperti semula.", en="Voided: the rating counts again as it was."
    ),
}
