"""What the page of looked-up entries says, in Indonesian and English."""

from __future__ import annotations

from collections.abc import Mapping

from engine.core.definition import Label

AUDIT_WORDS: Mapping[str, Label] = {
    "nav.audit": Label(id="Log audit", en="Audit log"),
    "audit.title": Label(id="Mencari dalam log audit", en="Search the audit log"),
    "audit.lead": Label(
        id="Semua entri yang sudah disegel, yang terbaru di atas, kecuali tentang diri Anda sendiri. Bahwa Anda mencari"
        " di sini ikut dicatat. Waktu dalam UTC.",
        en="All sealed entries, the newest first, except those about yourself. That you search here is recorded as"
        " well. Times are in UTC.",
    ),
    "audit.person": Label(id="Pelaku, atau yang diwakili", en="Who acted, or for whom"),
    "audit.subject": Label(id="Pegawai yang dinilai", en="Whom the case is about"),
    "audit.person_hint": Label(id="Nama masuk atau nomor pegawai", en="Login, or number of the person"),
    "audit.case": Label(id="Kasus", en="Case"),
    "audit.unit": Label(id="Unit", en="Unit"),
    "audit.kind": Label(id="Jenis entri", en="Kind of entry"),
    "audit.transition": Label(id="Aturan perpindahan", en="Rule of the move"),
    "audit.version": Label(id="Versi aturan", en="Version of the rules"),
    "audit.reason": Label(id="Kata dalam alasan", en="Words of the reason"),
    "audit.first": Label(id="Sejak", en="From"),
    "audit.last": Label(id="Sampai", en="To"),
    "audit.gap": Label(id="Setelah hening, paling sedikit (hari)", en="After silence, at least (days)"),
    "audit.by": Label(id="Terjadi", en="It was done"),
    "audit.by_any": Label(id="oleh orang atau sistem", en="by people or by itself"),
    "audit.by_people": Label(id="oleh orang", en="by people"),
    "audit.by_itself": Label(id="dengan sendirinya", en="by itself"),
    "audit.override": Label(
        id="Hanya campur tangan dari luar alur kasus", en="Only what was done from outside a case's ways"
    ),
    "audit.sample": Label(id="Ambil contoh acak (banyaknya)", en="Draw by lot (how many)"),
    "audit.seed": Label(id="Benih undian", en="Seed of the lot"),
    "audit.by_unit": Label(id="Sebanyak itu dari setiap unit", en="So many of each unit"),
    "audit.show": Label(id="Cari", en="Search"),
    "audit.more": Label(id="Saringan lain", en="More filters"),
    "audit.none": Label(id="Tidak ada entri yang cocok.", en="No entry fits."),
    "audit.nobody": Label(
        id="Tidak ada orang atau aturan dengan nama itu.",
        en="There is no person, and no rules, of that name.",
    ),
    "audit.wrong": Label(
        id="Isi tanggal dengan lengkap, dan jumlah dengan angka.",
        en="Fill in a whole date, and how many in digits.",
    ),
    "audit.leaves": Label(
        id="{count} entri tersegel dapat dicari.", en="{count} sealed entries can be searched."
    ),
    "audit.leaves_one": Label(
        id="1 entri tersegel dapat dicari.",
        en="One sealed entry can be searched.",
    ),
    "audit.drawn": Label(
        id="Contoh acak: {count} entri, benih {seed}, dari entri sebelum nomor {before}. Benih dan batas yang sama"
        " memberi contoh yang sama.",
        en="Drawn by lot, with the seed {seed}: {count} of the entries before number {before}. The same seed and limit"
        " draw the same.",
    ),
    "audit.leaf": Label(id="Nomor", en="Number"),
    "audit.when": Label(id="Waktu", en="When"),
    "audit.what": Label(id="Yang terjadi", en="What happened"),
    "audit.rules": Label(id="Aturan yang berlaku", en="Rules in force"),
    "audit.checked": Label(id="Diperiksa", en="Checked"),
    "audit.next": Label(id="Yang lebih lama", en="Earlier ones"),
    "audit.itself": Label(id="dengan sendirinya", en="by itself"),
    "audit.outside": Label(id="campur tangan", en="from outside"),
    "audit.silent": Label(id="setelah {count} hari hening", en="after {count} days of silence"),
    "audit.silent_one": Label(
        id="setelah 1 hari hening",
        en="after 1 day of silence",
    ),
    "timeline.title": Label(id="Garis waktu", en="Timeline"),
    "timeline.lead": Label(
        id="Setiap tanda adalah satu entri, dari kiri ke kanan menurut urutan; setiap baris adalah satu peran. Tabel di"
        " bawahnya memuat hal yang sama.",
        en="Each mark is one entry, from left to right in their order; each row is one part. The table below says the"
        " same.",
    ),
    "timeline.back": Label(id="Kembali ke kasus", en="Back to the case"),
    "timeline.picture": Label(
        id="{count} entri dalam {lanes} baris; tabel di bawah memuat hal yang sama.",
        en="Entries: {count}, in {lanes} rows; the table below says the same.",
    ),
    "timeline.lane_subject": Label(id="Pegawai yang dinilai", en="Whom it is about"),
    "timeline.lane_timer": Label(id="Dengan sendirinya", en="By itself"),
    "timeline.lane_operator": Label(id="Pengelola sistem", en="The system's operator"),
    "timeline.lane_others": Label(id="Yang lain", en="Others"),
    "timeline.shape_act": Label(id="oleh orang", en="by people"),
    "timeline.shape_itself": Label(id="dengan sendirinya", en="by itself"),
    "timeline.shape_outside": Label(id="campur tangan dari luar alur", en="from outside the case's ways"),
    "timeline.behalf": Label(id="garis putus-putus: atas nama orang lain", en="dashed: for another"),
    "timeline.filled": Label(id="terisi: kasus berpindah", en="filled: the case moved"),
    "timeline.deviations": Label(id="Yang dirancang dan yang terjadi", en="As designed, and as it happened"),
    "timeline.as_designed": Label(
        id="Setiap perpindahan adalah jalur yang dirancang; tidak ada yang menyimpang.",
        en="Every move is a way that was designed, and nothing stands out.",
    ),
    "timeline.deviation_undesigned": Label(
        id="jalur yang tidak ada dalam rancangan", en="a way that was not designed"
    ),
    "timeline.deviation_refused": Label(id="ditolak", en="refused"),
    "timeline.deviation_override": Label(id="campur tangan", en="from outside"),
    "timeline.deviation_deemed": Label(id="berpindah karena waktu habis", en="moved because time ran out"),
    "timeline.deviation_late": Label(id="terlambat", en="late"),
    "timeline.deviation_undone": Label(id="ditarik kembali", en="taken back"),
    "timeline.entries": Label(id="Semua entri", en="All entries"),
    "timeline.number": Label(id="Nomor", en="Number"),
    "timeline.lane": Label(id="Peran", en="Part"),
    "timeline.state": Label(id="Langkah", en="State"),
    "timeline.round": Label(id="putaran {count}", en="round {count}"),
    "timeline.rule": Label(id="Bunyi aturannya", en="The rule as it stands"),
    "timeline.in_rules": Label(id="dalam aturan dan gambarnya", en="in the rules and their picture"),
}
