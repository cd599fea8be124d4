"""The handover sheet of whoever takes over: who, where each case stands, what waits for them, what stays with others.

It is read from the cases as its reader may see them, so it shows nothing they could not open.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from engine.core.case import Case, Task
from engine.core.chart import Person
from engine.core.codec import decode
from engine.core.definition import Definition
from engine.core.kept import is_form
from engine.core.telling_gathering import hides_names
from engine.runtime.engine import Engine
from engine.runtime.owing import people_of
from engine.runtime.reports import CaseView

__all__ = ["Handover", "HandoverLine", "WrittenBefore", "handover"]


#: open cases of one person
_MOST = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenBefore:
    """A form somebody else wrote in a role this person has now, which they may read."""

    form: str
    by: str
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverLine:
    """One case: the tasks that wait for this person, those that wait for others, and what was written before.

    Of answers without names nobody is told for whom they wait.
    """

    case: Case
    definition: Definition
    mine: tuple[Task, ...]
    others: tuple[Task, ...]
    former: tuple[str, ...]
    written: tuple[WrittenBefore, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """The sheet of one person on a day: their people, and the open cases they have to do with."""

    person: Person
    day: date
    people: tuple[Person, ...]
    lines: tuple[HandoverLine, ...]


def handover(engine: Engine, key: str, day: date, *, reader: str = "") -> Handover:
    """The handover sheet of a person: what is due first comes first. Raises: NotFound.

    A `reader` who is somebody else is shown what they may read themselves, never their own case, and has looked at it.
    """
    chart = engine.chart
    person = chart.near(key, day) or chart.person(key)
    people = {one.key: one for one in people_of(chart, key, day)}
    found = {one.case.id for one in engine.tasks(key) if one.behalf is None and one.case.subject != key}
    asker = engine.access.asker(key)
    for subject in people:
        readable, _ = engine.access.visible(asker, subject=subject, open_only=True, limit=_MOST)
        found.update(case.id for case in readable)
    eyes = reader or key
    lines = []
    for name in sorted(found):
        theirs = engine.case(name, key)
        view = theirs if eyes == key else engine.case(name, eyes)
        if view.case.subject != eyes:
            lines.append(_line(view, key, theirs.roles))
            engine.privacy.reads.listed(view, eyes)
    return Handover(
        person=person,
        day=day,
        people=tuple(sorted(people.values(), key=lambda one: one.name)),
        lines=tuple(sorted(lines, key=_urgency)),
    )


def _line(view: CaseView, key: str, roles: frozenset[str]) -> HandoverLine:
    """A line as its reader sees the case; `roles` are what the person whose sheet it is fills in it."""
    case = view.case
    former = tuple(
        dict.fromkeys(
            one for role in sorted(roles) for one in case.acted.get(role, ()) if one not in {key, case.subject}
        )
    )  # fmt: skip
    return HandoverLine(
        case=case,
        definition=view.definition,
        mine=tuple(task for task in case.tasks if task.holder == key),
        others=()
        if hides_names(view.definition, case.state)
        else tuple(task for task in case.waiting if task.holder != key),
        former=former,
        written=tuple(_written(view, frozenset(former))),
    )


def _written(view: CaseView, former: frozenset[str]) -> Iterator[WrittenBefore]:
    """What the former holders of this person's roles wrote, the latest of each form, as far as it is open to them."""
    latest: dict[str, WrittenBefore] = {}
    for line in view.history:
        facts = decode(line.body)
        actor = facts.get("actor", {})
        by = actor.get("behalf") or actor.get("person")
        for form in facts.get("content", ()):
            if is_form(form) and form in view.definition.forms:
                latest[form] = WrittenBefore(form=form, by=by or "", at=line.at)
    for form, told in latest.items():
        if told.by in former and form in view.readable:
            yield told


def _urgency(line: HandoverLine) -> tuple[bool, int, str]:
    due = [task.due_at for task in line.mine if task.due_at is not None]
    return not line.mine, min(due, default=2**60), line.case.id
