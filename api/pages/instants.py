"""An instant as a visitor's own clock shows it, or the world's."""

from __future__ import annotations

from api.pages.words import Words
from api.visiting import Visitor
from engine.core.telling_days import say_date
from engine.core.zones import local_date, local_time, zone_label

__all__ = ["in_utc", "zoned"]

_WORLD = "UTC"
_SECOND, _MINUTE = 1_000_000, 60_000_000


def zoned(instant: int, visitor: Visitor, word: Words) -> str:
    """The day and the time in the language of the visitor, and the zone by the name people call it."""
    zone = visitor.person.zone
    day, (hour, minute) = local_date(instant, zone), local_time(instant, zone)
    point = "." if word.language == "id" else ":"
    return f"{say_date(day, word.language)} {hour:02d}{point}{minute:02d} {zone_label(zone, day)}"


def in_utc(instant: int, word: Words, *, seconds: bool = False) -> str:
    """The day and the time in no place's time but the world's: whoever asks may be anywhere."""
    day, (hour, minute) = local_date(instant, _WORLD), local_time(instant, _WORLD)
    point = "." if word.language == "id" else ":"
    exact = f"{point}{instant % _MINUTE // _SECOND:02d}" if seconds else ""
    return f"{say_date(day, word.language)} {hour:02d}{point}{minute:02d}{exact} UTC"
