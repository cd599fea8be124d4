"""Delegations are given and ended: each is one transaction with its entry, its reason, and whom it is told to.

What a delegation is worth is decided case by case when somebody acts (`engine.core.delegating`). What can be known
beforehand is known here: who could take it, and which of the tasks that wait now would stay with the giver.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from engine.core.audit import commitment
from engine.core.case import Case, Task
from engine.core.chart import Chart, Person
from engine.core.chart_version import version_beside
from engine.core.codec import canonical, decode
from engine.core.command import Actor
from engine.core.definition import Definition, Label
from engine.core.delegating import hindrance, hindrance_label
from engine.core.delegation import Delegation
from engine.core.delegation_terms import around, may_end, may_give, told_of, unfit
from engine.core.permitting import demand_reason
from engine.core.scene import Scene
from engine.core.zones import local_date
from engine.errors import NotFound, NotYours, Refused
from engine.runtime.library import Library, in_unit
from engine.store import queries
from engine.store.database import Database
from engine.store.unit import Unit
from engine.store.view import View

__all__ = ["Candidate", "Delegating", "Left", "Offer", "Wish"]

_STREAM = "people"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody wants to delegate: keys of giver and taker, the first and the last day, and the scope."""

    giver: str
    taker: str
    first: date
    last: date
    waiting: bool = True
    cycles: tuple[str, ...] = ()
    workflows: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """A task that waits now and would stay with the giver, and why."""

    task: Task
    case: Case
    definition: Definition
    why: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What a delegation comes to at this moment: the waiting tasks it covers, and those it cannot."""

    covered: int
    left: tuple[Left, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody who might take a delegation; `why` not is told in words, None if they can."""

    person: Person
    why: Label | None
    covered: int


class Delegating:
    """Gives and ends delegations, and tells beforehand what they would come to."""

    def __init__(self, database: Database, library: Library) -> None:
        self._database = database
        self._library = library

    def give(self, wish: Wish, *, actor: Actor, reason: str) -> Delegation:
        """Let one person act for another for a time.

        Raises: NotFound, NotYours, ReasonMissing, Refused (with what would work), Conflict.
        """
        told = demand_reason(reason)
        with self._database.write() as unit:
            chart, now = self._library.chart(unit), self._library.now()
            if not may_give(chart, wish.giver, wish.taker, actor.person, now):
                raise NotYours(
                    "work is delegated by whoever holds it, or for them by the personnel desk, never to oneself"
                )
            self._demand_known(unit, chart, wish)
            new = _made(wish, now, f"d-{self._library.salt()[:8].hex()}")
            refused = unfit(new, chart, now)
            if refused is not None:
                raise _refusal(refused)
            self._keep(unit, chart, new, "delegated", actor, told)
        return new

    def end(self, name: str, *, actor: Actor, reason: str) -> Delegation:
        """End a delegation early; what was done by it stands. Raises: NotFound, NotYours, ReasonMissing, Refused."""
        told = demand_reason(reason)
        with self._database.write() as unit:
            chart, now = self._library.chart(unit), self._library.now()
            found = next((one for one in chart.delegations if one.id == name), None)
            if found is None:
                raise NotFound("delegation", name, [one.id for one in chart.delegations if not one.ended_at])
            if not may_end(chart, found, actor.person, now):
                raise NotYours(
                    "a delegation is ended by whoever gave it or took it, or by the personnel desk"
                )
            zone = chart.person(found.giver).zone
            if found.ended_at or found.last < local_date(now, zone):
                raise _refusal(
                    Label(id="Pelimpahan itu sudah berakhir.", en="That delegation has ended already.")
                )
            over = replace(found, ended_at=now)
            self._keep(unit, chart, over, "undelegated", actor, told)
        return over

    def known(self) -> tuple[Delegation, ...]:
        """Every delegation there has been, the latest first."""
        with self._database.read() as view:
            return tuple(sorted(view.delegations(), key=lambda one: (-one.given_at, one.id)))

    def reasons(self) -> dict[str, str]:
        """Why each delegation was given, by its id, as far as the words are not erased."""
        with self._database.read() as view:
            words = view.statements(_STREAM)
            return {
                str(decode(line.body)["delegation"]): words[line.seq]
                for line in queries.history(view, _STREAM)
                if line.kind == "delegated" and line.seq in words
            }

    def offer(self, wish: Wish) -> Offer:
        """Which of the tasks that wait for the giver now this would cover, and why not the others. Raises: NotFound."""
        with self._database.read() as view:
            return _offer(self._tasks(view, wish.giver), _made(wish, self._library.now()))

    def candidates(self, wish: Wish) -> tuple[Candidate, ...]:
        """People around the giver who might take it, those who can first; why the others cannot."""
        with self._database.read() as view:
            chart, now = self._library.chart(view), self._library.now()
            tasks = self._tasks(view, wish.giver)
            day = max(wish.first, local_date(now, chart.person(wish.giver).zone))
            found = []
            for person in around(chart, wish.giver, day):
                new = _made(replace(wish, taker=person.key), now)
                why = unfit(new, chart, now)
                covered = 0 if why is not None else _offer(tasks, new).covered
                found.append(Candidate(person=person, why=why, covered=covered))
        return tuple(sorted(found, key=lambda one: (one.why is not None, -one.covered, one.person.name)))

    def _tasks(self, view: View, giver: str) -> tuple[tuple[Task, Case, Scene, Definition], ...]:
        """What waits for the giver, each with its world; what tasks share is asked of the database once."""
        waits = queries.tasks_of(view, giver)
        ids = {one.case_id for one in waits}
        cases = {one.id: one for one in queries.cases(view, ids=ids, limit=len(ids))} if ids else {}
        calendars, scenes, found = self._library.calendars(view), dict[str, Scene](), []
        for waiting in waits:
            case = cases[waiting.case_id]
            machine = self._library.machine(view, case.definition)
            if case.definition not in scenes:
                scenes[case.definition] = self._library.scene(view, machine)
            scene = in_unit(calendars, machine, scenes[case.definition], case.unit, case.zone)
            found.append((waiting.task, case, scene, machine.definition))
        return tuple(found)

    def _demand_known(self, view: View, chart: Chart, wish: Wish) -> None:
        """Raises: NotFound, for a name in the scope that nothing is called."""
        definitions = [self._library.machine(view, one.digest).definition for one in view.definitions()]
        known = {
            "cycle": (wish.cycles, {one.id for one in view.cycles()}),
            "workflow": (wish.workflows, {one.workflow for one in definitions}),
            "role": (wish.roles, {role for one in definitions for role in one.roles}),
            "unit": (wish.units, {one.unit for one in chart.segments}),
        }
        for kind, (asked, names) in known.items():
            for name in asked:
                if name not in names:
                    raise NotFound(kind, name, sorted(names))

    def _keep(self, unit: Unit, chart: Chart, one: Delegation, kind: str, actor: Actor, reason: str) -> None:
        now, salt = self._library.now(), self._library.salt()
        others = tuple(other for other in chart.delegations if other.id != one.id)
        version = version_beside(chart.version, (*others, one), chart.trainings)
        unit.put_delegation(one, version, before=chart.version)
        told = told_of(chart, one, actor.person, local_date(now, chart.person(one.giver).zone))
        facts = {
            "actor": actor.facts(),
            "delegation": one.id,
            "giver": one.giver,
            "taker": one.taker,
            "from": one.first.isoformat(),
            "to": one.last.isoformat(),
            "waiting": one.waiting,
            "scope": {name: list(scope) for name, scope in zip(_SCOPES, one.scope, strict=True) if scope},
            "chart": version,
            "before": chart.version,
            "told": list(told),
            "content": {"reason": commitment("reason", canonical(reason), salt)},
        }
        entry = unit.append(_STREAM, kind, now, facts)
        unit.put_statement(_STREAM, entry.seq, reason, salt)
        data = {"giver": one.giver, "taker": one.taker, "delegation": one.id}
        data |= {"from": one.first.isoformat(), "to": one.last.isoformat()}
        for person in told:
            unit.tell(person, kind, f"people/{one.id}/{kind}/{person}", data, now)


_SCOPES = ("cycles", "workflows", "roles", "units", "subjects")


def _offer(tasks: Sequence[tuple[Task, Case, Scene, Definition]], new: Delegation) -> Offer:
    """Weighed by the very function that decides at each act, on the day the delegation begins."""
    covered, left = 0, []
    for task, case, scene, definition in tasks:
        code = hindrance(definition, case, task, (new,), scene)
        if not code:
            covered += 1
        else:
            why = hindrance_label(definition, case, code, task.role)
            left.append(Left(task=task, case=case, definition=definition, why=why))
    return Offer(covered=covered, left=tuple(left))


def _made(wish: Wish, now: int, name: str = "") -> Delegation:
    return Delegation(
        id=name,
        giver=wish.giver,
        taker=wish.taker,
        first=wish.first,
        last=wish.last,
        given_at=now,
        waiting=wish.waiting,
        cycles=wish.cycles,
        workflows=wish.workflows,
        roles=wish.roles,
        units=wish.units,
        subjects=wish.subjects,
    )


def _refusal(why: Label) -> Refused:
    return Refused(f"this cannot be delegated: {why.en}", label=why)
