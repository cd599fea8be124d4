"""What pages say about delegating work, in Indonesian and English."""

from __future__ import annotations

from collections.abc import Mapping

from engine.core.definition import Label

DELEGATION_WORDS: Mapping[str, Label] = {
    "delegation.title": Label(id="Pelimpahan tugas", en="Delegation"),
    "nav.delegations": Label(id="Pelimpahan", en="Delegation"),
    "delegation.lead": Label(
        id="Pemegang tugas tidak berubah. Yang menerima pelimpahan bertindak atas nama pemberinya selama waktu itu,"
        " dan setiap tindakan mencatat keduanya. Pelimpahan berakhir dengan sendirinya.",
        en="The tasks stay where they are. Whoever takes the delegation acts on the giver's behalf for that time, and"
        " every act is recorded with both names. It ends by itself.",
    ),
    "delegation.giver": Label(id="Atas nama", en="On behalf of"),
    "delegation.to": Label(id="Kepada", en="To"),
    "delegation.from": Label(id="Sejak", en="From"),
    "delegation.until": Label(id="Sampai dan termasuk", en="Until and including"),
    "delegation.cycle": Label(id="Untuk siklus", en="For the cycle"),
    "delegation.unit": Label(id="Untuk unit", en="For the unit"),
    "delegation.all": Label(id="semuanya", en="all of them"),
    "delegation.waiting": Label(
        id="Termasuk {count} tugas yang menunggu sekarang", en="With the {count} tasks that wait now"
    ),
    "delegation.waiting_one": Label(
        id="Termasuk 1 tugas yang menunggu sekarang",
        en="With the task that waits now",
    ),
    "delegation.waiting_none": Label(
        id="Termasuk tugas yang sudah menunggu saat itu (sekarang tidak ada)",
        en="With whatever waits by then (nothing does now)",
    ),
    "delegation.reason": Label(id="Alasan", en="Reason"),
    "delegation.give": Label(id="Limpahkan", en="Delegate"),
    "delegation.covers": Label(
        id="{name} – {position} (dapat mengerjakan {count} dari {all})",
        en="{name} – {position} (can do {count} of {all})",
    ),
    "delegation.others": Label(id="Siapa yang tidak dapat, dan mengapa", en="Who cannot, and why"),
    "delegation.stays": Label(id="Tetap pada pemegangnya", en="What stays where it is"),
    "delegation.given": Label(id="Yang dilimpahkan", en="Delegated"),
    "delegation.taken": Label(id="Yang diterima", en="Delegated to this person"),
    "delegation.all_of": Label(id="Semua pelimpahan", en="All delegations"),
    "delegation.none": Label(id="Belum ada.", en="Nothing yet."),
    "delegation.row": Label(
        id="{giver} → {taker}, {first} sampai {last}", en="{giver} → {taker}, {first} to {last}"
    ),
    "delegation.ended": Label(id="berakhir", en="ended"),
    "delegation.runs": Label(id="berlaku", en="in force"),
    "delegation.coming": Label(id="akan datang", en="still to come"),
    "delegation.end": Label(id="Akhiri sekarang", en="End it now"),
    "delegation.done_given": Label(
        id="Pekerjaan dilimpahkan. Penerimanya, atasan, dan pengelola kepegawaian diberi tahu.",
        en="The work is delegated. The taker, the superior and the personnel desk are told.",
    ),
    "delegation.done_ended": Label(id="Pelimpahan diakhiri.", en="The delegation is ended."),
    "delegation.no_day": Label(
        id="Isi tanggal pertama dan terakhir.",
        en="Fill in the first and the last day.",
    ),
    "delegation.no_one": Label(id="Pilih seorang penerima.", en="Choose who takes it."),
    "inbox.behalf": Label(id="untuk {name}", en="for {name}"),
    "case.turn_behalf": Label(
        id="Giliran {name} sejak {since}; Anda dapat bertindak atas namanya",
        en="Waiting for {name} since {since}; you may act on their behalf",
    ),
    "case.stand_ins": Label(id="Dapat bertindak atas namanya", en="May act on their behalf"),
}
