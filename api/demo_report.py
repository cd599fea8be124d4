"""What came of the demo's year, in numbers taken from the audit log, and whether it ended as it must."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from api.demo_agency import members
from api.demo_behaviours import BEHAVIOURS, behaviour_of
from api.demo_clock import BEGINNING, ZONE, Travel
from api.demo_year import Year
from api.wiring import Installation
from engine.core.case import Case
from engine.core.codec import decode
from engine.core.zones import local_date
from engine.runtime import Engine

_ALL = 1_000
#: acts by which an objection is decided, and by which an improvement is judged
_DECIDES = ("reviewer_rules.rule",)
_JUDGES = ("rater_judges.judged",)
#: the link of the year to its quarters, which are told of by their year
_QUARTERS = "quarters"
_AWARDS = "head_recognises.award"
#: messages asked for per person; nobody of the demo is told more than this
_MOST_MESSAGES = 100_000

_LEAST_CLOSED, _LEAST_ESCALATED = 55, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class BehaviourRow:
    """How those of one behaviour fared: their own cases of the year; `ends` are those of the improvements as well."""

    name: str
    says: str
    people: int
    closed: int
    escalated: int
    ends: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class YearReport:
    """The year in numbers. `met` says whether it ended as it must."""

    cases: int
    closed: int
    escalated: int
    objections_decided: int
    improvements_finished: int
    recognised: int
    open: int
    #: cases that were open, or are, after the latest day their definition allows
    open_past_latest_end: int
    messages: int
    entries: int
    acts: int
    reminders: int
    begun_on: date
    ended_on: date
    refused: tuple[str, ...]
    behaviours: tuple[BehaviourRow, ...]
    audit_problems: tuple[str, ...]

    @property
    def days(self) -> int:
        """How many days of the demo went by."""
        return (self.ended_on - self.begun_on).days

    @property
    def met(self) -> bool:
        """Whether everything is as it must be."""
        return not self.missed()

    def missed(self) -> list[str]:
        """What is not as it must be."""
        demands = (
            (self.closed >= _LEAST_CLOSED, f"at least {_LEAST_CLOSED} cases closed, not {self.closed}"),
            (
                self.escalated >= _LEAST_ESCALATED,
                f"at least {_LEAST_ESCALATED} escalated, not {self.escalated}",
            ),
            (self.objections_decided >= 1, "at least one objection decided"),
            (self.improvements_finished >= 1, "at least one improvement finished"),
            (self.recognised >= 1, "at least one recognised"),
            (
                self.open_past_latest_end == 0,
                f"no case open past its latest day, not {self.open_past_latest_end}",
            ),
            (not self.refused, f"no act refused, not {len(self.refused)}"),
            (not self.audit_problems, "an audit log that verifies"),
        )
        return [f"there should be {what}" for held, what in demands if not held]

    def sentences(self) -> list[str]:
        """The report for people."""
        past = f"{self.open_past_latest_end} past the latest day their definition allows"
        decided = f"{self.objections_decided} objections decided"
        finished = f"{self.improvements_finished} improvements finished, {self.recognised} recognised"
        done = f"{self.acts} acts and {self.reminders} reminders by people"
        written = f"{self.entries} entries and {self.messages} messages"
        told = [
            f"{self.closed} of {self.cases} cases closed, {self.open} open, {past}.",
            f"{self.escalated} escalated, {decided}, {finished}.",
            f"{done}; {written} in {self.days} days, {self.begun_on} to {self.ended_on}.",
            "The audit log verifies." if not self.audit_problems else "The audit log does not verify.",
        ]
        return [
            *told,
            *self.audit_problems,
            *self.refused,
            *(f"Not as it must be: {what}." for what in self.missed()),
        ]

    def as_json(self) -> dict[str, Any]:
        """The report for programs."""
        return {
            "cases": self.cases,
            "closed": self.closed,
            "escalated": self.escalated,
            "objections_decided": self.objections_decided,
            "improvements_finished": self.improvements_finished,
            "recognised": self.recognised,
            "open": self.open,
            "open_past_latest_end": self.open_past_latest_end,
            "messages": self.messages,
            "entries": self.entries,
            "acts": self.acts,
            "reminders": self.reminders,
            "days": self.days,
            "begun_on": self.begun_on.isoformat(),
            "ended_on": self.ended_on.isoformat(),
            "refused": list(self.refused),
            "behaviours": {
                one.name: {
                    "says": one.says,
                    "people": one.people,
                    "closed": one.closed,
                    "escalated": one.escalated,
                    "ends": dict(one.ends),
                }
                for one in self.behaviours
            },
            "audit": {"verified": not self.audit_problems, "problems": list(self.audit_problems)},
            "met": self.met,
            "missed": self.missed(),
        }


def drive_to_end(house: Installation, progress: Callable[[int, int, str], object]) -> YearReport:
    """Drive the demo's people through the year and report; `progress` hears closed cases, all cases, and the day."""
    engine, travel = house.engine, house.travel
    assert travel is not None, "only a demo can be driven"
    people = members(engine)
    cases = engine.cases(limit=_ALL)
    latest = _latest_ends(engine, cases)
    calendar = engine.calendar(engine.definition(cases[0].definition).calendar.use)
    year = Year(engine, travel, people, calendar)
    run = year.drive(lambda closed, of: progress(closed, of, travel.today(ZONE).isoformat()))
    return _report(engine, travel, latest, acts=run.acts, reminders=run.reminders, refused=run.refused)


def _latest_ends(engine: Engine, cases: tuple[Case, ...]) -> dict[str, date | None]:
    """The latest day each case may be open, asked before anything happens; the same for cases that stand alike."""
    asked: dict[tuple[object, ...], date | None] = {}
    ends: dict[str, date | None] = {}
    for case in cases:
        alike = (case.definition, case.zone, case.state, case.opened_at, case.period_from, case.next_at)
        if alike not in asked:
            asked[alike] = engine.latest_end(case)
        ends[case.id] = asked[alike]
    return ends


def _report(
    engine: Engine,
    travel: Travel,
    latest: Mapping[str, date | None],
    *,
    acts: int,
    reminders: int,
    refused: tuple[str, ...],
) -> YearReport:
    cases = engine.cases(limit=_ALL)
    today = travel.today(ZONE)
    years = [case for case in cases if not case.parent]
    past = sum(_is_past(case, latest.get(case.id), today) for case in years)
    history = {case.id: tuple(_told(engine, case)) for case in cases}
    acted = Counter(
        one["cause"]["act"] for told in history.values() for one in told if "act" in one.get("cause", {})
    )
    escalated = frozenset(case_id for case_id, told in history.items() if any(map(_escalates, told)))
    return YearReport(
        cases=len(years),
        closed=sum(bool(case.ended) for case in years),
        escalated=len(escalated),
        objections_decided=sum(acted[rule] for rule in _DECIDES),
        improvements_finished=sum(acted[rule] for rule in _JUDGES),
        recognised=acted[_AWARDS],
        open=sum(not case.ended for case in years),
        open_past_latest_end=past,
        messages=sum(len(engine.messages(one.key, limit=_MOST_MESSAGES)) for one in members(engine)),
        entries=sum(map(len, history.values())),
        acts=acts,
        reminders=reminders,
        begun_on=local_date(BEGINNING, ZONE),
        ended_on=today,
        refused=refused,
        behaviours=_rows(engine, cases, escalated),
        audit_problems=tuple(engine.verify()),
    )


def _rows(engine: Engine, cases: tuple[Case, ...], escalated: frozenset[str]) -> tuple[BehaviourRow, ...]:
    row = {one.key: one.row for one in members(engine)}
    rows = []
    for behaviour in BEHAVIOURS:
        own = [case for case in cases if behaviour_of(row.get(case.subject, 0)) is behaviour]
        years = [case for case in own if not case.parent]
        rows.append(
            BehaviourRow(
                name=behaviour.name,
                says=behaviour.says,
                people=len(years),
                closed=sum(bool(case.ended) for case in years),
                escalated=sum(case.id in escalated for case in years),
                ends=dict(sorted(Counter(case.state for case in own if case.link != _QUARTERS).items())),
            )
        )
    return tuple(rows)


def _is_past(case: Case, latest: date | None, today: date) -> bool:
    """Whether a case is, or was, open after its latest day; without a latest day, as long as it is open."""
    if latest is None:
        return not case.ended
    last_open = local_date(case.entered_at - 1, case.zone) if case.ended else today
    return last_open > latest


def _told(engine: Engine, case: Case) -> Iterator[dict[str, Any]]:
    """The facts of every entry of a case."""
    for entry in engine.history(case.id):
        yield decode(entry.body)


def _escalates(facts: Mapping[str, Any]) -> bool:
    """Whether an entry says that somebody was given a task about a delay."""
    return any(kind == "escalation" for _, kind in facts.get("told", ()))
