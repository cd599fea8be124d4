"""An instant as a visitor's own clock shows it."""

from __future__ import annotations

from api.pages.words import Words
from api.visiting import Visitor
from engine.core.telling_days import say_date
from engine.core.zones import local_date, local_time, zone_label

__all__ = ["until_told", "zoned"]


def until_told(instant: int, visitor: Visitor, word: Words) -> str:
    """The day and the time, in the zone and the language of the visitor."""
    zone = visitor.person.zone
    hour, minute = local_time(instant, zone)
    point = "." if word.language == "id" else ":"
    return f"{say_date(local_date(instant, zone), word.language)} {hour:02d}{point}{minute:02d}"


def zoned(instant: int, visitor: Visitor, word: Words) -> str:
    """The same, with the zone by the name people call it."""
    zone = visitor.person.zone
    return f"{until_told(instant, visitor, word)} {zone_label(zone, local_date(instant, zone))}"
