"""The message about a clock in doubt, in words: since when, by how much it is ahead, and what is to be done."""

from __future__ import annotations

from engine.core.chart import Chart
from engine.core.clock_words import say_ahead, say_since
from engine.core.definition import Language
from engine.store.values import Letter

__all__ = ["CLOCK_KINDS", "clock_lead", "clock_line"]

CLOCK_KINDS = frozenset({"clock_doubted"})
_LINE = {
    "id": "Jam peladen diragukan: tiba-tiba maju {ahead}",
    "en": "The server's clock is in doubt: it suddenly ran ahead by {ahead}",
}
_LEAD = {
    "id": "{line}. Waktu terakhir yang dapat dipercaya: {since}. Sejak itu tidak ada pengingat, eskalasi, atau"
    " perpindahan yang terjadi dengan sendirinya; semua orang tetap dapat bekerja. Perbaiki jam peladen itu, maka"
    " Siklus berjalan lagi dengan sendirinya; atau, bila jam itu benar, nyatakan di halaman Jam.",
    "en": "{line}. The last instant that can be trusted: {since}. Since then no reminder, escalation or move happens by"
    " itself; everybody can go on working. Set the server's clock right, and Siklus goes on by itself; or, if the"
    " clock is right, say so on the page Clock.",
}


def clock_line(letter: Letter, language: Language) -> str:
    """The one line of such a message."""
    return _LINE[language].format(ahead=say_ahead(_number(letter, "ahead_us"), language))


def clock_lead(letter: Letter, chart: Chart, language: Language) -> str:
    """What the mail says."""
    known = chart.history(letter.to)
    since = say_since(_number(letter, "since"), known[-1].zone if known else "UTC", language)
    return _LEAD[language].format(line=clock_line(letter, language), since=since)


def _number(letter: Letter, name: str) -> int:
    value = letter.data[name]
    assert isinstance(value, int)
    return value
