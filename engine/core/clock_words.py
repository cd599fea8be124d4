"""A clock in doubt in words: by how much it is ahead, since when, and what was done about it, entry by entry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.core.definition import Language
from engine.core.telling_days import say_date, say_delay
from engine.core.zones import local_date, local_time, zone_label

__all__ = ["say_ahead", "say_clock_entry", "say_since"]

_ENTRIES = {
    "id": {
        "clock_doubted": "Jam {worker} maju {ahead} sejak {since}; yang terjadi dengan sendirinya ditahan",
        "clock_accepted": "Jam itu dinyatakan benar, maju {ahead}; yang ditahan berjalan lagi",
        "clock_returned": "Jam {worker} kembali benar; yang ditahan berjalan lagi",
        "clock_set_back": "Jam {worker} mundur {back}; tidak ada yang terjadi dua kali",
    },
    "en": {
        "clock_doubted": "The clock of {worker} ran ahead by {ahead} since {since}; what happens by itself is held",
        "clock_accepted": "That the clock is right, {ahead} ahead, was accepted; what was held goes on",
        "clock_returned": "The clock of {worker} is right again; what was held goes on",
        "clock_set_back": "The clock of {worker} went back by {back}; nothing happens twice",
    },
}


def say_ahead(microseconds: int, language: Language) -> str:
    """By how much a clock is ahead, in its largest whole unit."""
    return (
        say_delay(microseconds, language)
        or {"id": "kurang dari semenit", "en": "less than a minute"}[language]
    )


def say_since(instant: int, zone: str, language: Language) -> str:
    """An instant with its zone, as people read it."""
    day, (hour, minute) = local_date(instant, zone), local_time(instant, zone)
    point = "." if language == "id" else ":"
    return f"{say_date(day, language)} {hour:02d}{point}{minute:02d} {zone_label(zone, day)}"


def say_clock_entry(kind: str, facts: Mapping[str, Any], zone: str, language: Language) -> str:
    """What an entry of the clock's stream says."""
    return _ENTRIES[language][kind].format(
        worker=facts.get("worker", ""),
        ahead=say_ahead(facts.get("ahead_us", 0), language),
        since=say_since(facts.get("since", 0), zone, language),
        back=say_ahead(facts.get("from", 0) - facts.get("to", 0), language),
    )
