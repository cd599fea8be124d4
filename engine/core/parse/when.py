"""Durations and moments as a file writes them, themselves or by the settings and windows they name."""

from __future__ import annotations

import re

from engine.core.calendar import FIRST_YEAR, LAST_YEAR
from engine.core.complaints import Sayable, say
from engine.core.moments import (
    Duration,
    FixedDate,
    Moment,
    MomentUnknown,
    Offset,
    WindowEdge,
    parse_duration,
    parse_moment,
)
from engine.core.parse.allowing import check_allowed
from engine.core.parse.noted import Noted
from engine.core.parse.words import LONGEST
from engine.core.places import nearest, quoted

_UNITS = {
    "working days": say("unit_working_days"),
    "days": say("unit_days"),
    "weeks": say("unit_weeks"),
    "months": say("unit_months"),
    "years": say("unit_years"),
}
_SETTING_WORD = re.compile(r"[a-z][a-z0-9_]*")


def read_duration(node: Noted, what: Sayable, text: str) -> Duration | None:
    """The duration a text says, itself or by a setting; None and a complaint if there is none."""
    _uses_settings(node, text)
    found = parse_duration(text, node.reading.settings)
    if found is None and _sure(node, text):
        hint = nearest(text, node.reading.settings) or say("write_a_duration")
        node.error("bad_value", say("is_not_a_duration", what=what, text=quoted(text)), hint)
    if found is None or _too_long(node, what, found):
        return None
    check_allowed(node.reading, node, what, text, lambda settings: parse_duration(text, settings))
    return found


def read_moment(node: Noted, what: Sayable, text: str) -> Moment | None:
    """The moment a text says, itself or by a setting; None and a complaint if there is none."""
    _uses_settings(node, text)
    windows = node.reading.names("window")
    try:
        found = parse_moment(text, node.reading.settings, windows)
    except MomentUnknown as unknown:
        if _sure(node, text):
            node.error(
                "bad_value",
                say("is_no_moment", what=what, text=quoted(text), why=unknown.why),
                unknown.suggestion,
            )
        return None
    if _out_of_reach(node, what, found) or _edgeless(node, what, found):
        return None
    check_allowed(node.reading, node, what, text, lambda settings: parse_moment(text, settings, windows))
    return found


def _too_long(node: Noted, what: Sayable, duration: Duration) -> bool:
    """Whether a duration leads further than calendars do; complains of it."""
    if duration.amount <= LONGEST[duration.unit]:
        return False
    hint = say("at_most", most=LONGEST[duration.unit], unit=_UNITS[duration.unit])
    node.error(
        "bad_value", say("is_too_long", what=what, amount=duration.amount, unit=_UNITS[duration.unit]), hint
    )
    return True


def _out_of_reach(node: Noted, what: Sayable, moment: Moment) -> bool:
    if isinstance(moment, Offset):
        return _too_long(node, what, moment.duration)
    if isinstance(moment, FixedDate) and not FIRST_YEAR <= moment.date.year <= LAST_YEAR:
        message = say("lies_out_of_reach", what=what, year=moment.date.year)
        node.error("bad_value", message, say("write_a_year", first=FIRST_YEAR, last=LAST_YEAR))
        return True
    return False


def _edgeless(node: Noted, what: Sayable, moment: Moment) -> bool:
    """Whether a moment hangs on the edge of a window that has none; the window counts as used."""
    edge = (
        str(moment) if isinstance(moment, WindowEdge) else moment.anchor if isinstance(moment, Offset) else ""
    )
    window = edge.partition(".")[0]
    if window not in node.reading.names("window"):
        return False
    node.reading.use(window, ("window",), node)
    if edge in node.reading.edges or f"{window}.to" not in node.reading.edges:
        return False  # what could not be read was complained of
    hint = say("add_from_to_window", window=window)
    node.error("bad_value", say("window_without_edge", what=what, edge=edge), hint)
    return True


def _sure(node: Noted, text: str) -> bool:
    """Whether a complaint about a text is fair: it names no setting that could not be read."""
    words = _SETTING_WORD.findall(text)
    if "window" in node.reading.unreadable and "." in text:
        return False
    broken = node.reading.names("setting").keys() - node.reading.settings.keys()
    return not any(word in broken for word in words)


def _uses_settings(node: Noted, text: str) -> None:
    for word in _SETTING_WORD.findall(text):
        if word in node.reading.names("setting"):
            node.reading.use(word, ("setting",), node)
