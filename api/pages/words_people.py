"""What pages say about bringing in people, in Indonesian and English."""

from __future__ import annotations

from collections.abc import Mapping

from engine.core.definition import Label

PEOPLE_WORDS: Mapping[str, Label] = {
    "import.title": Label(id="Impor pegawai", en="Import people"),
    "import.link": Label(id="Impor berkas pegawai", en="Import a people file"),
    "import.lead": Label(
        id="Berkas diperlihatkan dahulu: siapa berubah, kasus mana yang terkena, tugas siapa beralih kepada siapa."
        " Belum ada yang disimpan sampai Anda mengimpornya.",
        en="The file is shown first: who changes, which cases it concerns, whose tasks go to whom. Nothing is kept"
        " until you import it.",
    ),
    "import.file": Label(id="Berkas (CSV atau XLSX)", en="File (CSV or XLSX)"),
    "import.look": Label(id="Perlihatkan dahulu", en="Show it first"),
    "import.do": Label(id="Impor sekarang", en="Import it now"),
    "import.no_file": Label(id="Pilih sebuah berkas.", en="Choose a file."),
    "import.wrong": Label(
        id="Berkas ini tidak dapat diimpor; tidak ada yang berubah.",
        en="This file cannot be imported; nothing has changed.",
    ),
    "import.row": Label(id="Baris {row}, {column}: {message}", en="Row {row}, {column}: {message}"),
    "import.left_alone": Label(
        id="Dibiarkan seperti adanya; selebihnya dapat diimpor",
        en="Left as they are; everybody else can be imported",
    ),
    "import.changes": Label(id="Yang berubah", en="What changes"),
    "import.nothing": Label(id="Tidak ada yang berubah.", en="Nothing changes."),
    "import.joiners": Label(id="{name} masuk: {after}", en="{name} joins: {after}"),
    "import.leavers": Label(id="{name} berhenti dari {before}", en="{name} leaves {before}"),
    "import.status_changes": Label(
        id="{name}: status {before} menjadi {after}", en="{name}: status {before} becomes {after}"
    ),
    "import.unit_moves": Label(
        id="{name} pindah dari {before} ke {after}", en="{name} moves from {before} to {after}"
    ),
    "import.superior_changes": Label(
        id="{name}: atasan {before} menjadi {after}", en="{name}: superior {before} becomes {after}"
    ),
    "import.new_heads": Label(id="{name} menjadi kepala {after}", en="{name} becomes head of {after}"),
    "import.acting": Label(id="{name} menjadi pelaksana tugas {after}", en="{name} acts for {after}"),
    "import.not_in_file": Label(
        id="{name} tidak ada dalam berkas dan tetap di {before}",
        en="{name} is not in the file and stays in {before}",
    ),
    "import.since": Label(id="sejak {day}", en="from {day}"),
    "import.affected": Label(id="{count} kasus terbuka terkena", en="{count} open cases are concerned"),
    "import.affected_none": Label(id="Tidak ada kasus terbuka yang terkena", en="No open case is concerned"),
    "import.affected_one": Label(
        id="1 kasus terbuka terkena",
        en="One open case is concerned",
    ),
    "import.fact_leaves": Label(id="dicatat: pegawai berhenti", en="noted: the employee leaves"),
    "import.fact_moves": Label(id="dicatat: pegawai pindah", en="noted: the employee moves"),
    "import.to_state": Label(id="menjadi “{state}”", en="goes on to “{state}”"),
    "import.opens": Label(id="membuka: {link}", en="opens: {link}"),
    "import.passes": Label(
        id="tugas {before} beralih kepada {after}", en="the task of {before} goes to {after}"
    ),
    "import.drops": Label(id="{before} tidak lagi diminta", en="{before} is no longer asked"),
    "import.remarks": Label(id="Perlu diperhatikan", en="Worth a look"),
    "import.vacant": Label(
        id="Jabatan {name} kosong sejak {day}, dan ada yang melapor kepadanya",
        en="Nobody holds the post of {name} since {day}, and people report to it",
    ),
    "import.both_act": Label(
        id="{name} dan {other} sama-sama pelaksana tugas satu jabatan sejak {day}",
        en="{name} and {other} act for one post from {day} on",
    ),
    "import.undo": Label(id="Batalkan impor terakhir", en="Take the last import back"),
    "import.undo_lead": Label(
        id="Selama belum ada yang bertindak atas apa yang dipindahkannya; tugas kembali kepada pemegang semula.",
        en="As long as nobody acted on what it moved; tasks go back to whom they came from.",
    ),
    "import.reason": Label(id="Alasan", en="Reason"),
    "import.undone": Label(id="Impor terakhir dibatalkan.", en="The last import is taken back."),
    "nav.handover": Label(id="Serah terima", en="Handover"),
    "handover.title": Label(id="Serah terima kepada {name}", en="Handover to {name}"),
    "handover.lead": Label(
        id="Keadaan pada {day}: siapa saja, sampai di mana setiap kasus, apa yang menunggu keputusan, dan apa yang"
        " tetap pada orang lain.",
        en="As of {day}: who there is, where each case stands, what waits for a decision, and what stays with others.",
    ),
    "handover.people": Label(id="Yang dipimpin: {count}", en="People led: {count}"),
    "handover.nobody": Label(id="Tidak ada.", en="Nobody."),
    "handover.cases": Label(id="Kasus terbuka: {count}", en="Open cases: {count}"),
    "handover.stands": Label(id="Sampai di mana", en="Where it stands"),
    "handover.decide": Label(id="Untuk diputuskan", en="To be decided"),
    "handover.by": Label(id="sampai {day} ({left})", en="by {day} ({left})"),
    "handover.open": Label(id="tanpa tenggat", en="no due time"),
    "handover.stays": Label(id="Ada pada", en="With"),
    "handover.written": Label(id="Yang ditulis pendahulu", en="Written by predecessors"),
    "handover.wrote": Label(id="{form}: {name}, {day}", en="{form}: {name}, {day}"),
    "import.done": Label(id="Pegawai diimpor.", en="People are imported."),
}
