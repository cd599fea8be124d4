"""What pages say about whose superior is right, in Indonesian and English."""

from __future__ import annotations

from collections.abc import Mapping

from engine.core.definition import Label

SUPERIOR_WORDS: Mapping[str, Label] = {
    "superior.title": Label(id="Siapa atasannya", en="Who the superior is"),
    "superior.not_mine": Label(id="Ini bukan atasan saya", en="This is not my superior"),
    "superior.none_yet": Label(id="Atasan saya belum tercatat", en="No superior of mine is recorded"),
    "superior.nobody": Label(id="tidak ada", en="nobody"),
    "superior.named": Label(
        id="Yang tercatat sebagai atasan Anda: {name}.", en="On record as your superior: {name}."
    ),
    "superior.lead": Label(
        id="Bila keliru, nyatakan di sini. Unit kepegawaian memeriksanya dan menjawab Anda; "
        "kasus ini berjalan terus.",
        en="If that is wrong, say so here. The personnel desk looks at it and answers you; this case goes on.",
    ),
    "superior.whom": Label(id="Atasan Anda yang benar", en="Who your superior is"),
    "superior.elsewhere": Label(
        id="Tidak ada dalam daftar ini (sebutkan di bawah)", en="Not in this list (say who below)"
    ),
    "superior.why": Label(id="Mengapa, dan sejak kapan", en="Why, and since when"),
    "superior.send": Label(id="Kirim ke unit kepegawaian", en="Send to the personnel desk"),
    "superior.sent": Label(
        id="Terkirim ke unit kepegawaian. Anda akan diberi tahu jawabannya.",
        en="Sent to the personnel desk. You will be told the answer.",
    ),
    "superior.asked": Label(
        id="{subject} menyatakan yang tercatat ({named}) bukan atasannya.",
        en="{subject} says that the one on record ({named}) is not their superior.",
    ),
    "superior.means": Label(id="Menurutnya: {name}.", en="They say it is {name}."),
    "superior.waits": Label(id="Dijawab oleh {name}, {due}.", en="To be answered by {name}, {due}."),
    "superior.unchanged": Label(
        id="Data pegawai masih menyebut atasan yang sama. Bila keliru, betulkan dahulu:",
        en="The people on record still name the same superior. If that is wrong, correct them first:",
    ),
    "superior.import": Label(id="masukkan data pegawai", en="bring in the people"),
    "superior.changed": Label(
        id="Data pegawai sudah berubah sejak ditanyakan; kini atasannya {name}.",
        en="The people on record have changed since it was asked; the superior is now {name}.",
    ),
    "superior.answer": Label(id="Jawaban", en="Answer"),
    "superior.corrected": Label(id="Data sudah dibetulkan", en="The record was corrected"),
    "superior.right": Label(id="Data sudah benar", en="The record is right"),
    "superior.answer_why": Label(
        id="Alasan, yang akan dibaca pegawai", en="The reason, which the employee will read"
    ),
    "superior.say": Label(id="Kirim jawaban kepada pegawai", en="Send the answer to the employee"),
    "superior.told": Label(id="Jawaban terkirim kepada pegawai.", en="The answer was sent to the employee."),
}
