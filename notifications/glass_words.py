"""Messages about break-glass, in words: to whom which cases were opened, until when, and that it is over."""

from __future__ import annotations

from collections.abc import Iterable

from engine.core.chart import Chart
from engine.core.definition import Language
from engine.core.telling import say_date, say_list, say_name
from engine.core.zones import local_date, local_time
from engine.store.values import Letter

__all__ = ["GLASS_KINDS", "glass_lead", "glass_line"]

GLASS_KINDS = frozenset({"glass_given", "glass_ended"})
_LINES = {
    "id": {
        "glass_given": "Akses darurat {glass}: {count} kasus dibuka bagi {who} sampai {until}",
        "glass_ended": "Akses darurat {glass} bagi {who} sudah berakhir",
    },
    "en": {
        "glass_given": "Break-glass {glass}: {who} was given {count} case(s) until {until}",
        "glass_ended": "Break-glass {glass} of {who} is over",
    },
}
_LEADS = {
    "id": {
        "glass_given": "{line}. Yang dibolehkan: {rights}. Kasus: {cases}. Dua orang memutuskannya, setiap pembacaan"
        " dicatat satu per satu, dan akses berakhir dengan sendirinya. Bila ini tidak semestinya, hubungi pejabat"
        " pelindungan data.",
        "glass_ended": "{line}. Kasus: {cases}. Siapa membuka apa dapat dilihat di Siklus.",
    },
    "en": {
        "glass_given": "{line}. What is allowed: {rights}. Cases: {cases}. Two people decided it, every look is"
        " recorded one by one, and it ends by itself. If this is not right, tell the data protection officer.",
        "glass_ended": "{line}. Cases: {cases}. Siklus shows who looked at what.",
    },
}
_RIGHTS = {
    "id": {"read": "membaca", "steer": "turun tangan"},
    "en": {"read": "reading", "steer": "stepping in"},
}


def glass_line(letter: Letter, chart: Chart, language: Language) -> str:
    """The one line of such a message."""
    data = letter.data
    return _LINES[language][letter.kind].format(
        glass=data["glass"],
        who=_name(chart, str(data["to"]), language),
        count=len(_texts(data["cases"])),
        until=_until(letter, chart, language),
    )


def glass_lead(letter: Letter, chart: Chart, language: Language) -> str:
    """What the mail says."""
    rights = [_RIGHTS[language][one] for one in _texts(letter.data["rights"])]
    return _LEADS[language][letter.kind].format(
        line=glass_line(letter, chart, language),
        rights=say_list(rights, language),
        cases=", ".join(_texts(letter.data["cases"])),
    )


def _name(chart: Chart, who: str, language: Language) -> str:
    return say_name(chart, who, language) if chart.history(who) else who


def _until(letter: Letter, chart: Chart, language: Language) -> str:
    known = chart.history(letter.to)
    zone, until = known[-1].zone if known else "UTC", letter.data["until_at"]
    assert isinstance(until, int)
    hour, minute = local_time(until, zone)
    return f"{say_date(local_date(until, zone), language)} {hour:02d}.{minute:02d}"


def _texts(value: object) -> list[str]:
    assert isinstance(value, Iterable)
    return [str(one) for one in value]
