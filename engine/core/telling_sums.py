"""A due day as a sum: each line of a clock's ledger in words, in Indonesian and English, the last line the due day.

Pages, the API and the command line show the same lines.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from engine.core.calendar import Calendar
from engine.core.case import Case, Deadline
from engine.core.clock_rules import TASK, rule_of
from engine.core.definition import Definition, Language
from engine.core.ledger import Line, arithmetic
from engine.core.moments import describe
from engine.core.telling_days import say_day, say_short
from engine.core.telling_names import say_list, say_pause
from engine.core.zones import zone_label

__all__ = ["say_sum", "say_task_sum"]

#: free days of the week are listed one by one up to so many, else counted
_FEW = 4

_LINES = {
    "id": {
        "basis": "{day} adalah hari ke-0",
        "counted": "+ {span}{skipped}: {day}",
        "named": "{moment}: {day}",
        "least": "sekurang-kurangnya {span} sejak hari ke-0{skipped}: {day}",
        "rolled": "digeser dari hari libur ({off}) ke {day}",
        "granted": "+ {span} tambahan pada {on} (entri {entry}), dihitung dari {start}{skipped}: {day}",
        "stood": "+ {span} berhenti, {on} sampai {until} ({why}){skipped}: {day}",
        "rest": "sisa hari {on} dikembalikan: {day}",
        "carried": "tetap seperti dihitung dengan kalender {why}: {day}",
        "stands": "berhenti sejak {on} ({why})",
        "due": "= {day} pukul 24.00 {zone}, kalender {calendar}",
    },
    "en": {
        "basis": "{day} is day 0",
        "counted": "+ {span}{skipped}: {day}",
        "named": "{moment}: {day}",
        "least": "at least {span} from day 0{skipped}: {day}",
        "rolled": "moved off a day off ({off}) to {day}",
        "granted": "+ {span} granted on {on} (entry {entry}), counted from {start}{skipped}: {day}",
        "stood": "+ {span} stood still, {on} to {until} ({why}){skipped}: {day}",
        "rest": "what was left of {on} is given back: {day}",
        "carried": "stays as counted with the calendar {why}: {day}",
        "stands": "stands still since {on} ({why})",
        "due": "= {day}, 24:00 {zone}, calendar {calendar}",
    },
}
_SKIPPED = {"id": ", tanpa {days}", "en": ", skipping {days}"}
_FREE = {"id": "{count} hari libur mingguan", "en": "{count} free days of the week"}


def say_sum(
    definition: Definition, case: Case, clock: Deadline, calendar: Calendar, language: Language
) -> tuple[str, ...]:
    """How a clock came to its due day, a sentence for each line; nothing for one that counts nothing."""
    rule = rule_of(definition, case, clock.name)
    if rule is None:
        return ()
    words = _Words(definition, case, clock, calendar, language)
    return tuple(words.say(line) for line in arithmetic(rule, case, clock, calendar))


def say_task_sum(
    definition: Definition, case: Case, calendar: Calendar, language: Language
) -> tuple[str, ...]:
    """How the due day of the work a case waits for was counted; nothing where it has none."""
    for clock in case.deadlines:
        if clock.name == TASK:
            return say_sum(definition, case, clock, calendar, language)
    return ()


class _Words:
    """The lines of one clock in one language."""

    __slots__ = ("calendar", "case", "clock", "definition", "language")

    def __init__(
        self, definition: Definition, case: Case, clock: Deadline, calendar: Calendar, language: Language
    ) -> None:
        self.definition, self.case, self.clock = definition, case, clock
        self.calendar, self.language = calendar, language

    def say(self, line: Line) -> str:
        """One line of the sum."""
        return _LINES[self.language][line.kind].format(
            day=say_day(line.day, self.language),
            start=self._short(line.counted_from),
            on=self._short(line.on),
            until=self._short(line.until),
            span=describe(line.span, self.language) if line.span else "",
            moment=self._moment(line),
            off=self._off(line.counted_from) if line.kind == "rolled" else "",
            skipped=self._skipped(line),
            why=self._reasons(line),
            entry=line.entry,
            zone=zone_label(self.case.zone, line.day),
            calendar=self.clock.calendar,
        )

    def _short(self, day: date | None) -> str:
        return say_short(day, self.language) if day else ""

    def _moment(self, line: Line) -> str:
        if line.moment is None:
            return ""
        labels = self.definition.texts.labels.get("windows", {})
        windows = {name: label[self.language] for name, label in labels.items()}
        told = describe(line.moment, self.language, windows)
        return told[:1].upper() + told[1:]

    def _reasons(self, line: Line) -> str:
        """Pauses by their names; a calendar's version stands for itself."""
        if line.kind == "carried":
            return "".join(line.why)
        return say_list((say_pause(self.definition, one, self.language) for one in line.why), self.language)

    def _off(self, day: date | None) -> str:
        name = self.calendar.name_of(day) if day else None
        return f"{name[self.language]} {self._short(day)}" if name else self._short(day)

    def _skipped(self, line: Line) -> str:
        """The days off that a count of working days passed over: named ones by name, weekends if they are few."""
        if line.span is None or line.span.unit != "working days" or line.counted_from is None:
            return ""
        passed = list(self._passed(line.counted_from, line.day))
        named = {off.date for year in {day.year for day in passed} for off in self.calendar.days_off(year)}
        weekly = [day for day in passed if day not in named]
        told = [self._off(day) for day in passed if day in named or len(weekly) <= _FEW]
        if len(weekly) > _FEW:
            told.append(_FREE[self.language].format(count=len(weekly)))
        return _SKIPPED[self.language].format(days=say_list(told, self.language)) if told else ""

    def _passed(self, first: date, last: date) -> Iterator[date]:
        for number in range(1, (last - first).days):
            day = first + timedelta(number)
            if not self.calendar.is_working(day):
                yield day
