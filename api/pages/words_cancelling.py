"""What the page for cancelling a cycle says, in Indonesian and English."""

from __future__ import annotations

from collections.abc import Mapping

from engine.core.definition import Label

CANCELLING_WORDS: Mapping[str, Label] = {
    "cancel.title": Label(id="Membatalkan siklus", en="Cancelling a cycle"),
    "cancel.finding": Label(id="Membatalkan {cycle}", en="Cancelling {cycle}"),
    "cancel.lead": Label(
        id="Untuk siklus yang tidak semestinya dimulai. Setiap kasus ditutup sebagai dibatalkan; tidak ada yang"
        " dihapus, dan siklus dapat dimulai lagi dengan benar.",
        en="For a cycle that should not have been launched. Each case is closed as cancelled; nothing is deleted, and"
        " the cycle can be launched again as it should be.",
    ),
    "cancel.stay": Label(id="Tetap seperti adanya ({count})", en="Stay as they are ({count})"),
    "cancel.stay_none": Label(
        id="Belum ada kasus yang ditutup di siklus ini.", en="No case of this cycle is closed yet."
    ),
    "cancel.acted": Label(id="Sudah ada tindakan ({count})", en="People have acted ({count})"),
    "cancel.acted_why": Label(
        id="Yang ditulis di kasus-kasus ini tetap tersimpan dan terbaca, tetapi tidak menghasilkan apa pun.",
        en="What is written in these cases is kept and can be read, but comes to no result.",
    ),
    "cancel.what": Label(id="Yang akan terjadi", en="What will happen"),
    "cancel.counts": Label(
        id="{open} kasus dan {linked} kasus yang dibuka olehnya ditutup; tugas dan tenggatnya hilang. {told} orang"
        " diberi tahu, masing-masing dengan satu pesan.",
        en="Closed: {open} cases, and {linked} that were opened from them; their tasks and due days are gone."
        " {told} people are told, with one message each.",
    ),
    "cancel.ask": Label(id="Batalkan siklus ini", en="Cancel this cycle"),
    "cancel.second": Label(
        id="Karena sudah ada tindakan, orang kedua di unit kepegawaian harus menyetujuinya.",
        en="As people have acted already, a second person on the personnel desk has to agree.",
    ),
    "cancel.button": Label(id="Batalkan seluruh siklus", en="Cancel the whole cycle"),
    "cancel.asked": Label(id="Pembatalan diminta oleh {name}", en="{name} asked to cancel it"),
    "cancel.own": Label(
        id="Anda yang memintanya; orang lain harus menyetujuinya.",
        en="You asked for it; somebody else has to agree.",
    ),
    "cancel.agree": Label(id="Setuju dan batalkan", en="Agree, and cancel it"),
    "cancel.refuse": Label(id="Jangan dibatalkan", en="Do not cancel it"),
    "cancel.operator": Label(id="Pengelola sistem", en="The system's operator"),
    "cancel.is_done": Label(
        id="Siklus ini dibatalkan: {cases} kasus ditutup, {stayed} tetap seperti adanya.",
        en="This cycle is cancelled. Cases closed: {cases}; left as they were: {stayed}.",
    ),
    "cancel.is_going": Label(
        id="Siklus ini sedang dibatalkan; sisanya diteruskan sendiri.",
        en="This cycle is being cancelled; the rest goes on by itself.",
    ),
    "case.cancelled": Label(
        id="Siklus ini dibatalkan seluruhnya; kasus ditutup tanpa hasil pada tahap {state}.",
        en="The whole cycle was cancelled; the case is closed without a result, in the state {state}.",
    ),
    "cancel.link": Label(id="Batalkan siklus ini …", en="Cancel this cycle …"),
    "cancel.marked": Label(id="dibatalkan", en="cancelled"),
    "cancel.back": Label(id="Kembali ke siklus", en="Back to the cycles"),
    "cancel.done_asked": Label(
        id="Permintaan dicatat dan menunggu orang kedua.",
        en="The request is recorded and waits for a second person.",
    ),
    "cancel.done_going": Label(id="Pembatalan sedang berjalan.", en="The cancelling is under way."),
    "cancel.done_done": Label(id="Siklus dibatalkan.", en="The cycle is cancelled."),
    "cancel.done_refused": Label(id="Siklus tidak jadi dibatalkan.", en="The cycle is not cancelled."),
}
