"""What the page of the server's clock says, in Indonesian and English."""

from __future__ import annotations

from collections.abc import Mapping

from engine.core.definition import Label

CLOCK_WORDS: Mapping[str, Label] = {
    "nav.clock": Label(id="Jam", en="Clock"),
    "clock.title": Label(id="Jam peladen", en="The server's clock"),
    "clock.banner": Label(
        id="Jam peladen diragukan: tidak ada yang terjadi dengan sendirinya.",
        en="The server's clock is in doubt: nothing happens by itself.",
    ),
    "clock.fine": Label(
        id="Jam dapat dipercaya; yang jatuh tempo terjadi dengan sendirinya.",
        en="The clock can be trusted; what is due happens by itself.",
    ),
    "clock.lead": Label(
        id="Jam tiba-tiba maju. Pengingat, eskalasi, dan perpindahan ditahan; semua orang tetap dapat bekerja, dan"
        " tindakan mereka dicatat pada waktu yang dihitung sejak jam itu terakhir dapat dipercaya.",
        en="The clock suddenly ran ahead. Reminders, escalations and moves are held; everybody can go on working, and"
        " what they do is recorded at the time counted since the clock could last be trusted.",
    ),
    "clock.ahead": Label(id="Maju", en="Ahead by"),
    "clock.worker": Label(id="Proses", en="Process"),
    "clock.since": Label(id="Terakhir dapat dipercaya", en="Last trusted"),
    "clock.says": Label(id="Kata jam", en="The clock says"),
    "clock.counted": Label(id="Waktu yang dihitung", en="Time as counted"),
    "clock.what": Label(
        id="Bila jam itu salah, perbaiki; Siklus berjalan lagi dengan sendirinya. Bila jam itu benar, nyatakan di sini:"
        " waktu di antaranya dianggap sebagai saat Siklus tidak berjalan, dan yang jatuh tempo terjadi sekarang.",
        en="If the clock is wrong, set it right; Siklus goes on by itself. If it is right, say so here: the time in"
        " between counts as one in which Siklus stood still, and what is due happens now.",
    ),
    "clock.accept": Label(id="Jam ini benar", en="This clock is right"),
    "clock.done": Label(id="Jam dinyatakan benar.", en="The clock is accepted."),
    "clock.history": Label(id="Yang pernah terjadi", en="What was seen of it"),
    "clock.none": Label(id="Belum pernah ada yang aneh.", en="Nothing strange so far."),
}
