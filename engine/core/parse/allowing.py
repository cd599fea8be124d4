"""Settings where they are used: whatever an agency may make of one must fit there as its own value does."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from engine.core.calendar import FIRST_YEAR, LAST_YEAR
from engine.core.moments import Duration, FixedDate, Moment, MomentUnknown, Offset
from engine.core.parse.reading import Placed, Reading
from engine.core.parse.words import LONGEST
from engine.core.settings import allowed_values, sort_of

_WORD = re.compile(r"[a-z][a-z0-9_]*")

Parsed = Duration | Moment | None


def check_allowed(
    reading: Reading, node: Placed, what: str, text: str, parse: Callable[[Mapping[str, str]], Parsed]
) -> None:
    """Complains of values that settings allow and that would not fit where `text` stands."""
    for name, value in _others(reading, text):
        reason = _why_not(parse, {**reading.settings, name: value})
        if reason:
            message = f"'{name}' may be '{value}', and {what} would then {reason}"
            hint = f"allow less in `settings: {name}`"
            node.error("allowed_value", message, hint)


def _others(reading: Reading, text: str) -> Iterator[tuple[str, str]]:
    """The settings a text names, each with every value it may have besides its own."""
    for name in dict.fromkeys(_WORD.findall(text)):
        setting = reading.allowed.get(name)
        if setting is not None:
            for value in dict.fromkeys(allowed_values(setting)):
                # What is of another sort was complained of where it is allowed.
                if value != setting.value and sort_of(value) == sort_of(setting.value):
                    yield name, value


def _why_not(parse: Callable[[Mapping[str, str]], Parsed], settings: Mapping[str, str]) -> str:
    try:
        found = parse(settings)
    except MomentUnknown:
        return "be no moment"
    if found is None:
        return "be no duration"
    span = found.duration if isinstance(found, Offset) else found
    if isinstance(span, Duration) and span.amount > LONGEST[span.unit]:
        return "be longer than ten years"
    if isinstance(found, FixedDate) and not FIRST_YEAR <= found.date.year <= LAST_YEAR:
        return f"lie in {found.date.year}, where no calendar counts days"
    return ""
