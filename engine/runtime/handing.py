"""The handover sheet of whoever takes over: who, where each case stands, what waits for them, what stays with others.

It is read from the cases as its reader may see them, so it shows nothing they could not open.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from engine.core.audit import Entry
from engine.core.case import Case, Task
from engine.core.chart import Person
from engine.core.codec import decode
from engine.core.definition import Definition
from engine.core.glass import opening
from engine.core.kept import is_form
from engine.core.scene import Scene
from engine.core.telling_gathering import hides_names
from engine.core.visibility import with_figures
from engine.runtime.access import Access
from engine.runtime.library import Library, in_unit
from engine.runtime.owing import is_over, people_of
from engine.runtime.privacy.looking import Looking
from engine.runtime.seeing import around_many, rights_in
from engine.store import queries, reach
from engine.store.database import Database
from engine.store.view import View

__all__ = ["Handing", "Handover", "HandoverLine", "WrittenBefore"]


#: open cases on one sheet
_MOST = 2_000


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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """A case as the reader of the sheet may see it: what they may read, and what the sheet's person fills in it."""

    case: Case
    definition: Definition
    roles: frozenset[str]
    readable: frozenset[str]
    history: tuple[Entry, ...]
    glass: str
    fills: frozenset[str]


class Handing:
    """Makes sheets, in as many questions for a long one as for a short one."""

    def __init__(self, database: Database, library: Library, access: Access, looks: Looking) -> None:
        self._database, self._library = database, library
        self._access, self._looks = access, looks

    def sheet(self, key: str, day: date, *, reader: str = "") -> Handover:
        """The handover sheet of a person: what is due first comes first. Raises: NotFound.

        A `reader` who is somebody else is shown what they may read themselves, never their own case, and has looked at
        it.
        """
        eyes, asker = reader or key, self._access.asker(key)
        with self._database.read_as(asker) as view:
            chart = self._library.chart(view)
            person = chart.near(key, day) or chart.person(key)
            people = {one.key: one for one in people_of(chart, key, day)}
            theirs = reach.open_cases_of(view, asker, people, limit=_MOST) if people else ()
        with self._database.read() as view:
            read = tuple(self._read(view, {one.id for one in theirs}, key, eyes))
        for one in read:
            self._looks.listed(one, eyes)
        return Handover(
            person=person,
            day=day,
            people=tuple(sorted(people.values(), key=lambda one: one.name)),
            lines=tuple(sorted((_line(one, key) for one in read), key=_urgency)),
        )

    def _read(self, view: View, ids: set[str], key: str, eyes: str) -> Iterator[_Read]:
        """The cases of these ids, and those in which the person has a task that is not about them."""
        held = queries.tasks_of(view, key)
        wanted = ids | {one.case_id for one in held}
        cases = queries.cases(view, ids=wanted, limit=len(wanted)) if wanted else ()
        lived = queries.histories(view, [one.stream for one in cases])
        around = around_many(view, self._library, cases)
        calendars, scenes = self._library.calendars(view), dict[str, Scene]()
        for case in cases:
            machine = self._library.machine(view, case.definition)
            if case.definition not in scenes:
                scenes[case.definition] = self._library.scene(view, machine)
            scene = in_unit(calendars, machine, scenes[case.definition], case.unit, case.zone)
            own = [one.task for one in held if one.case_id == case.id and not is_over(one.task, scene.now)]
            if case.subject == eyes or (case.id not in ids and (case.subject == key or not own)):
                continue
            near = around.get(case.id, ())
            roles, _, found = rights_in(machine, case, eyes, scene, near)
            yield _Read(
                case=case,
                definition=machine.definition,
                roles=roles,
                readable=with_figures(machine.definition, found),
                history=lived[case.stream],
                glass=opening(scene.glass, "read", who=eyes, case=case.id)
                or opening(scene.glass, "steer", who=eyes, case=case.id),
                fills=roles if eyes == key else rights_in(machine, case, key, scene, near)[0],
            )


def _line(read: _Read, key: str) -> HandoverLine:
    """A line as its reader sees the case."""
    case = read.case
    former = tuple(
        dict.fromkeys(
            one
            for role in sorted(read.fills)
            for one in case.acted.get(role, ())
            if one not in {key, case.subject}
        )
    )
    return HandoverLine(
        case=case,
        definition=read.definition,
        mine=tuple(task for task in case.tasks if task.holder == key),
        others=()
        if hides_names(read.definition, case.state)
        else tuple(task for task in case.waiting if task.holder != key),
        former=former,
        written=tuple(_written(read, frozenset(former))),
    )


def _written(read: _Read, former: frozenset[str]) -> Iterator[WrittenBefore]:
    """What the former holders of this person's roles wrote, the latest of each form, as far as it is open to them."""
    latest: dict[str, WrittenBefore] = {}
    for line in read.history:
        facts = decode(line.body)
        actor = facts.get("actor", {})
        by = actor.get("behalf") or actor.get("person")
        for form in facts.get("content", ()):
            if is_form(form) and form in read.definition.forms:
                latest[form] = WrittenBefore(form=form, by=by or "", at=line.at)
    for form, told in latest.items():
        if told.by in former and form in read.readable:
            yield told


def _urgency(line: HandoverLine) -> tuple[bool, int, str]:
    due = [task.due_at for task in line.mine if task.due_at is not None]
    return not line.mine, min(due, default=2**60), line.case.id
