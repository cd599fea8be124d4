"""What a setting's value is, and what an agency may make of it."""

from __future__ import annotations

import re

from engine.core.definition import Setting
from engine.core.moments import (
    CivilDate,
    DueItself,
    Duration,
    Entry,
    MomentUnknown,
    Offset,
    parse_duration,
    parse_moment,
)

__all__ = ["NUMBER", "allowed_values", "decimals_of", "measure", "sort_of", "within"]

#: a number as it is typed: whole, or with a point and decimals
NUMBER = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,6})?")

Measure = tuple[str, tuple[int, ...]]


def sort_of(text: str) -> str:
    """What a value is used as: a number, a duration, a word, or a moment by what it counts from.

    None can take another's place: where a day of the year may stand, what counts from the due time may not.
    """
    if NUMBER.fullmatch(text):
        return "a number"
    if parse_duration(text, {}) is not None:
        return "a duration"
    try:
        moment = parse_moment(text, {})
    except MomentUnknown:
        return "a word"
    anchor = moment.anchor if isinstance(moment, Offset) else ""
    if isinstance(moment, DueItself) or anchor == "due":
        return "a moment counted from the due time"
    if isinstance(moment, Entry) or anchor == "entry":
        return "a moment counted from entry"
    return "a moment"


def measure(text: str) -> Measure | None:
    """Something two values can be compared by: numbers, durations of one unit, days of the year."""
    if NUMBER.fullmatch(text):
        whole, _, fraction = text.partition(".")
        return "number", (int(whole + fraction.ljust(6, "0")),)
    duration = parse_duration(text, {})
    if isinstance(duration, Duration):
        return duration.unit, (duration.amount,)
    try:
        moment = parse_moment(text, {})
    except MomentUnknown:
        return None
    if isinstance(moment, CivilDate):
        return "day", (moment.year_offset, moment.month, moment.day)
    return None


def within(allow: str | tuple[str, ...], value: str) -> bool:
    """Whether a value is one that a setting allows: among those listed, or between the ends of a range."""
    if isinstance(allow, tuple):
        return value in allow
    first, _, last = allow.partition("..")
    low, middle, high = (measure(part.strip()) for part in (first, value, last))
    if low is None or middle is None or high is None:
        return False
    return low[0] == middle[0] == high[0] and low <= middle <= high


def allowed_values(setting: Setting) -> tuple[str, ...]:
    """Every value of a list, or both ends of a range."""
    if isinstance(setting.allow, tuple):
        return setting.allow
    return tuple(part.strip() for part in setting.allow.split(".."))


def decimals_of(setting: Setting) -> int:
    """The most decimals a number setting is written with, whatever an agency makes of it."""
    return max(len(text.partition(".")[2]) for text in (setting.value, *allowed_values(setting)))
