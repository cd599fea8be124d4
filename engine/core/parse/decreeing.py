"""The file that gives a cycle dates of its own: which decree says so, and the windows it sets anew.

    decree: KEP-12/2026
    windows:
      propose: {from: 2026-04-01, to: 2026-04-08}

A window is replaced whole; a staggered one for every group. All others stay as the definition says.
"""

from __future__ import annotations

from datetime import date

from engine.core.calendar import Calendar
from engine.core.complaints import Said, Sayable, say
from engine.core.definition import Definition, Opening, Window
from engine.core.moments import Moment, day_of
from engine.core.parse.nodes import Node
from engine.core.parse.reading import Reading
from engine.core.parse.timetable import covers_all, read_opening
from engine.core.places import Document, nearest, quoted
from engine.core.source import read_yaml
from engine.core.timetable import Decreed, Span
from engine.errors import DefinitionInvalid

__all__ = ["read_decree"]

_LONGEST = 200


def read_decree(
    text: str | bytes,
    definition: Definition,
    *,
    name: str,
    calendar: Calendar,
    period_from: date,
    period_to: date,
) -> Decreed:
    """The windows a decree sets for the cycle of this period, as days.

    Raises:
        DefinitionInvalid: with all problems at once, at their places in the decree's file.

    """
    document = read_yaml(text, name)
    reading = Reading(document, Document(name="", values={}))
    reading.settings.update({one.name: one.value for one in definition.settings.values()})
    reader = _Reader(definition, calendar, period_from, period_to)
    decreed = None if document.broken else reader.read(Node(reading, document, (), document.values))
    problems = reading.problems()
    if decreed is None or problems:
        raise DefinitionInvalid(name, problems)
    return decreed


class _Reader:
    """Reads one decree against the timetable it changes."""

    def __init__(
        self, definition: Definition, calendar: Calendar, period_from: date, period_to: date
    ) -> None:
        self._timetable = definition.timetable
        self._name = definition.name
        self._calendar, self._from, self._to = calendar, period_from, period_to

    def read(self, top: Node) -> Decreed | None:
        fields = top.fields(say("a_decree"), ("decree", "windows"), ("decree", "windows"))
        decree = fields["decree"].text(say("the_decree_name")) if "decree" in fields else None
        if decree is not None and len(decree) > _LONGEST:
            fields["decree"].error(
                "bad_value", say("decree_name_too_long", most=_LONGEST), say("write_its_number")
            )
        entries = fields["windows"].entries("`windows`") if "windows" in fields else {}
        spans: dict[str, dict[str, Span]] = {}
        for name, node in entries.items():
            window = self._timetable.get(name)
            if window is None:
                hint = nearest(name, self._timetable) or self._known()
                node.error(
                    "unknown_name",
                    say("cycle_has_no_window", cycle=self._name, name=quoted(name)),
                    hint,
                    on_key=True,
                )
                continue
            spans[name] = self._read_window(window, node)
        return None if decree is None else Decreed(decree=decree, windows=spans)

    def _known(self) -> Said:
        known = ", ".join(self._timetable)
        return say("known", known=known) if known else say("no_timetable")

    def _read_window(self, window: Window, node: Node) -> dict[str, Span]:
        if not window.by:
            return self._read_spans({"": node}, window.name)
        entries = node.entries(say("the_window", window=window.name))
        if not covers_all(say("the_window", window=window.name), node, entries, window.by):
            return {}
        return self._read_spans(entries, window.name)

    def _read_spans(self, entries: dict[str, Node], name: str) -> dict[str, Span]:
        spans: dict[str, Span] = {}
        for group, node in entries.items():
            what = (
                say("the_window_of_group", name=name, group=group)
                if group
                else say("the_window", window=name)
            )
            opening = read_opening(what, node, None)
            if opening is not None and (span := self._span(what, opening, node)) is not None:
                spans[group] = span
        return spans

    def _span(self, what: Sayable, opening: Opening, node: Node) -> Span | None:
        last = self._day(opening.to)
        first = None if opening.from_ is None else self._day(opening.from_)
        if first is not None and last < first:
            message = say("closes_before_opening", what=what, last=str(last), first=str(first))
            node.entries(what)["to"].error("bad_value", message, say("earlier_day_after_from"))
            return None
        return Span(first=first, last=last)

    def _day(self, moment: Moment) -> date:
        return day_of(moment, calendar=self._calendar, period_from=self._from, period_to=self._to)
