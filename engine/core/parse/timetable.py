"""The timetable: named windows that a launch may replace, and which may be staggered by a field of the employee."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from engine.core.complaints import Sayable, say
from engine.core.definition import Opening, PeriodRule, Window
from engine.core.moments import CivilDate, DayAfterPeriod, FixedDate, Moment, Offset, PeriodEdge, civil_day
from engine.core.parse.nodes import Node
from engine.core.periods import period_of
from engine.core.places import nearest, quoted
from engine.core.timetable import STAGGERED_BY

#: A window may not be called what the edges of the period are called by.
RESERVED_WINDOWS = ("period",)
#: A plain year and a leap year.
_YEARS = (2026, 2028)


def read_timetable(nodes: Mapping[str, Node], period: PeriodRule | None) -> dict[str, Window]:
    """Every window that could be read."""
    return {name: one for name, node in nodes.items() if (one := _read_window(name, node, period))}


def edges(timetable: Mapping[str, Window]) -> Iterator[str]:
    """The edges a moment may hang on: a window opens on a day of its own only if it does so for every group."""
    for name, window in timetable.items():
        yield f"{name}.to"
        if all(opening.from_ is not None for opening in window.openings.values()):
            yield f"{name}.from"


def _read_window(name: str, node: Node, period: PeriodRule | None) -> Window | None:
    if not isinstance(node.value, dict) or "by" not in node.value:
        opening = read_opening(say("the_window", window=name), node, period)
        return None if opening is None else Window(name=name, openings={"": opening})
    entries = node.entries(say("the_window", window=name))
    by = _read_field(entries.pop("by"))
    if by is None:
        return None
    if not covers_all(say("the_window", window=name), node, entries, by):
        return None
    openings = {
        group: opening
        for group in STAGGERED_BY[by]
        if (
            opening := read_opening(
                say("the_window_of_group", name=name, group=group), entries[group], period
            )
        )
    }
    complete = len(openings) == len(STAGGERED_BY[by])
    return Window(name=name, openings=openings, by=by) if complete else None


def _read_field(node: Node) -> str | None:
    if node.value == "employee.kind":
        message = say("not_staggered_by_kind")
        node.error("bad_value", message, say("use_one_of", names=", ".join(STAGGERED_BY)))
        return None
    return node.one_of(say("staggered_by"), STAGGERED_BY)


def covers_all(what: Sayable, node: Node, entries: Mapping[str, Node], by: str) -> bool:
    """Whether a staggered window says something for every group and for nothing else; complains if not."""
    groups = STAGGERED_BY[by]
    for key, one in entries.items():
        if key not in groups:
            hint = nearest(key, groups) or say("known_here", names=", ".join(groups))
            one.error("unknown_key", say("group_never", by=by, key=quoted(key)), hint, on_key=True)
    missing = [group for group in groups if group not in entries]
    if missing:
        said = ", ".join(missing)
        hint = say("add_group", missing=missing[0])
        node.error("gap", say("says_nothing_for", what=what, said=said, by=by), hint, on_key=True)
    return not missing and len(entries) == len(groups)


def read_opening(what: Sayable, node: Node, period: PeriodRule | None) -> Opening | None:
    """First and last day of one window: days that hang on the period, so that they are known when a case starts."""
    fields = node.fields(what, ("from", "to"), ("to",))
    first = _read_edge(fields["from"]) if "from" in fields else None
    last = _read_edge(fields["to"]) if "to" in fields else None
    if last is None or ("from" in fields and first is None):
        return None
    if first is not None and _backwards(first, last, period):
        fields["to"].error(
            "bad_value", say("window_runs_backwards", what=what), say("earlier_day_after_from")
        )
        return None
    return Opening(from_=first, to=last)


def _read_edge(node: Node) -> Moment | None:
    moment = node.moment(say("the_edge_of_a_window"))
    hangs_on_period = isinstance(moment, CivilDate | FixedDate | PeriodEdge | DayAfterPeriod) or (
        isinstance(moment, Offset) and moment.anchor.startswith("period.")
    )
    if moment is not None and not hangs_on_period:
        hint = say("write_window_day")
        node.error("bad_value", say("window_hangs_wrong", value=quoted(str(node.value))), hint)
        return None
    return moment


def _backwards(first: Moment, last: Moment, period: PeriodRule | None) -> bool:
    """Whether a window is sure to close before it opens, in some period; counts of days wait for the calendar."""
    if period is None or isinstance(first, Offset) or isinstance(last, Offset):
        return False
    plain = CivilDate | FixedDate | PeriodEdge | DayAfterPeriod
    assert isinstance(first, plain)
    assert isinstance(last, plain)
    return any(civil_day(last, *one) < civil_day(first, *one) for one in sample_periods(period))


def sample_periods(period: PeriodRule) -> list[tuple[date, date]]:
    """The periods of a plain year and of a leap year, whatever length they have."""
    firsts = [date(year, month, 1) for year in _YEARS for month in range(1, 13)]
    return list(dict.fromkeys(period_of(period, first) for first in firsts))
