"""What people see of cases: read in one snapshot, decided by the same pure functions that decide acts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

from engine.core.audit import Entry
from engine.core.bulk import in_bulk
from engine.core.case import NEVER, Case, Task
from engine.core.codec import decode
from engine.core.command import Actor, Contents
from engine.core.definition import Transition
from engine.core.delegating import held
from engine.core.glass import opening
from engine.core.horizon import latest_end
from engine.core.journal_pages import Page, is_line, pages
from engine.core.journal_sight import journals_of
from engine.core.machine import Machine
from engine.core.permitting import options, role_of
from engine.core.scene import Scene
from engine.core.sight import Sight
from engine.core.signing import signed_digest
from engine.core.steering import steers
from engine.core.stepping_in import offers
from engine.core.visibility import own_answer
from engine.core.zones import local_date
from engine.errors import NotFound
from engine.runtime.library import Library, in_unit
from engine.runtime.on_demand import at_hand, contents_of
from engine.runtime.opening import Opener
from engine.runtime.reports import CaseView, LinkedCase, TaskView
from engine.runtime.seeing import Seeing
from engine.runtime.showing import Showing, parts_shown
from engine.store import kin, queries
from engine.store.database import Database
from engine.store.unit import View
from engine.store.values import Waiting


def journal_lines(view: View, case_id: str) -> dict[str, tuple[Page, ...]]:
    """The entries of every journal of a case, as they are kept."""
    rows = queries.written(view, case_id)
    return pages((one.form, one.seq, decode(one.value)) for one in rows if is_line(one.form))


def _is_over(task: Task, now: int) -> bool:
    """Whether the time of a check is over: what was not looked at by then stays unchecked."""
    return task.kind == "check" and task.due_at is not None and task.due_at <= now


def _urgency(view: TaskView) -> tuple[date, int, str, str]:
    """By what happens first to others; then by due time, and by whom it is about."""
    known = view.scene.chart.history(view.case.subject)
    name = known[-1].name if known else view.case.subject
    return view.matters_on or date.max, view.task.due_at or NEVER, name, view.task.id


def _in_bulk(machine: Machine, case: Case, task: Task, person: str, scene: Scene) -> tuple[Transition, ...]:
    """The acts of a task that its holder may do here and elsewhere at once; none while the case sleeps."""
    if task.kind != "act" or case.sleeps_until is not None:
        return ()
    actor = Actor(person=person)
    return tuple(
        one
        for one in in_bulk(machine, case)
        if not one.anytime and role_of(machine.definition, case, one, actor, scene) is not None
    )


def _sight(seeing: Seeing, person: str, contents: Contents) -> Sight:
    return seeing.by(person, contents).sight


class Reading:
    """Answers questions; changes nothing."""

    def __init__(self, database: Database, library: Library, opener: Opener) -> None:
        self._database = database
        self._library = library
        self._opener = opener

    def case(self, case_id: str, viewer: str | None, *, auditor: bool = False) -> CaseView:
        """A case as one viewer may see it; None sees no contents and may do nothing. Raises: NotFound."""
        with self._database.read() as view:
            case = view.load(case_id)
            if case is None:
                raise NotFound("case", case_id)
            machine = self._library.machine(view, case.definition)
            scene = self._library.scene(view, machine, case)
            contents = contents_of(view, self._library, machine, case, scene)
            linked = self._linked_to(view, case)
            history = queries.history(view, case.stream)
            lines = journal_lines(view, case_id) if machine.definition.journals else {}
            contents = at_hand(contents)
            seeing = Seeing(view, self._library, machine, case, scene)
            roles, mine, sight = seeing.by(viewer, contents, history, auditor=auditor)
            coming = seeing.foreseen(contents, lambda: sight)
            who = sight.person
            glass = opening(scene.glass, "read", who=who, case=case.id)
            showing = Showing(view, self._library, machine.definition, case, scene)
            beside = showing.of(sight.names, contents)
            parts = parts_shown(view, machine.definition, case)
        return CaseView(
            case=case,
            definition=machine.definition,
            machine=machine,
            scene=scene,
            contents=sight.forms(),
            drafts={name: contents.drafts[name] for name, by in case.drafts.items() if by == viewer},
            known=contents,
            sight=sight,
            figures=sight.figures(),
            options=options(machine, case, who, scene, contents),
            consequences=coming,
            roles=roles,
            may_steer=bool(case.waiting)
            and steers(machine.definition, case, Actor(person=viewer), scene) is not None,
            held=mine,
            history=history,
            offers=offers(machine, case, viewer, scene) if viewer is not None else (),
            journals=journals_of(machine.definition, case, lines, who, sight, scene),
            gathered=sight.gathered(),
            outcomes=sight.outcomes(),
            own_answer=own_answer(case, contents, who),
            digest=signed_digest(machine.definition, case, contents, sight.names),
            linked=linked,
            beside=beside,
            parts=parts,
            glass=glass or opening(scene.glass, "steer", who=who, case=case.id),
        )

    def _linked_to(self, view: View, case: Case) -> tuple[LinkedCase, ...]:
        """The cases that hang together with this one."""
        linked: list[LinkedCase] = []
        parent = view.load(case.parent) if case.parent else None
        if parent is not None:
            linked.append(self._linked(view, "parent", parent))
        for one in kin.openings_of(view, case.id):
            child = view.load(one.child) if one.child else None
            hindered = None if one.outcome else self._opener.trouble(view, case, one)
            told = self._linked(view, one.asked.link, child, one.outcome)
            linked.append(replace(told, trouble=hindered))
        return tuple(linked)

    def _linked(self, view: View, link: str, case: Case | None, outcome: str = "opened") -> LinkedCase:
        definition = None if case is None else self._library.machine(view, case.definition).definition
        return LinkedCase(link=link, case=case, definition=definition, outcome=outcome)

    def tasks(self, person: str, reader: str | None = None) -> tuple[TaskView, ...]:
        """A person's open tasks and those they may do for others, by what happens first to others if nobody acts.

        Whatever is told of them is told as their `reader` may know it, if that is somebody else.
        """
        views = []
        eyes = reader or person
        scenes: dict[str, Scene] = {}
        with self._database.read() as view:
            calendars = self._library.calendars(view)
            waits = self._waiting(view, person)
            lived = queries.histories(view, {case.stream for _, case in waits})
            for waiting, case in waits:
                machine = self._library.machine(view, case.definition)
                if case.definition not in scenes:
                    scenes[case.definition] = self._library.scene(view, machine)
                scene = in_unit(calendars, machine, scenes[case.definition], case.unit, case.zone)
                mine = held(machine.definition, case, person, scene)
                seat = next((one for one in mine if one.task.id == waiting.task.id), None)
                if seat is None or _is_over(waiting.task, scene.now):
                    continue
                asked = contents_of(view, self._library, machine, case, scene)
                task = waiting.task
                seeing = Seeing(view, self._library, machine, case, scene)
                views.append(
                    TaskView(
                        task=task,
                        case=case,
                        definition=machine.definition,
                        scene=scene,
                        consequences=seeing.foreseen(asked, partial(_sight, seeing, eyes, asked)),
                        offers=offers(machine, case, person, scene) if task.kind == "escalation" else (),
                        behalf=seat.behalf,
                        history=lived[case.stream],
                        in_bulk=_in_bulk(machine, case, task, person, scene),
                    )
                )
        return tuple(sorted(views, key=_urgency))

    def _waiting(self, view: View, person: str) -> tuple[tuple[Waiting, Case], ...]:
        """What waits for a person and for all whom they may stand for somewhere, each with its case."""
        chart, now = self._library.chart(view), self._library.now()
        ways = (
            chart.stands_for(person, now, local_date(now, chart.person(person).zone))
            if chart.history(person)
            else ()
        )
        holders = dict.fromkeys((person, *(way[0].giver for way in ways)))
        found = [waiting for holder in holders for waiting in queries.tasks_of(view, holder)]
        ids = {one.case_id for one in found}
        cases = {one.id: one for one in queries.cases(view, ids=ids, limit=len(ids))} if ids else {}
        return tuple((waiting, cases[waiting.case_id]) for waiting in found)

    def latest_end(self, case: Case) -> date | None:
        """The latest day on which the definition lets this case be open; None if it sets no end."""
        with self._database.read() as view:
            machine = self._library.machine(view, case.definition)
            scene = self._library.scene(view, machine, case)
        return latest_end(machine, case, scene)

    def history(self, case_id: str) -> tuple[Entry, ...]:
        """Every entry of a case, oldest first. Raises: NotFound."""
        with self._database.read() as view:
            case = view.load(case_id)
            if case is None:
                raise NotFound("case", case_id)
            return queries.history(view, case.stream)
