"""A cycle that was launched wrongly, cancelled as a whole, by two people where somebody has acted in it already.

Each batch is one transaction: cases with all that hangs together with them, and whom it must be told. What a process
that dies leaves undone is done by the next beat. Cases that were closed before stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.core.audit import commitment
from engine.core.cancelling import CANCELLED, STREAM, Cancelling, acted_in, cancellings_told
from engine.core.case import Case
from engine.core.chain import is_unit
from engine.core.codec import canonical
from engine.core.command import OPERATOR, Actor, Cancel
from engine.core.delegating import with_checks
from engine.core.effects import Step
from engine.core.permitting import demand_reason
from engine.core.publication import REASON, entitled
from engine.core.step import step
from engine.core.zones import local_date
from engine.errors import Conflict, NotFound, NotYours, Refused
from engine.runtime.library import Library
from engine.runtime.on_demand import contents_of
from engine.store import kin, queries
from engine.store.database import Database
from engine.store.unit import Unit
from engine.store.view import View

__all__ = ["CancelPreview", "CancelReport", "Cancellations", "Lost"]

#: cases per transaction, each with what hangs together with it
BATCH = 40
_PAGE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """A case in which people have acted already: what is written there stays, and counts no longer."""

    case: Case
    linked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelPreview:
    """What cancelling a cycle would come to; nothing is kept.

    `open` cases would be closed, with `linked` ones that hang together with them; `stay` are closed already; in `acted`
    people have done something. `people` would be told, once each. `second`: a second person has to agree.
    """

    cycle: str
    open: int
    linked: int
    stay: tuple[Case, ...]
    acted: tuple[Lost, ...]
    people: frozenset[str]
    second: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelReport:
    """What came of it so far; `failed` are cases that could not be closed, tried again by the next beat."""

    cancelling: Cancelling
    failed: tuple[tuple[str, str], ...] = ()


class Cancellations:
    """Cancels cycles."""

    def __init__(self, database: Database, library: Library) -> None:
        self._database = database
        self._library = library

    def preview(self, cycle: str, *, waiting: bool = False) -> CancelPreview:
        """What it would come to; also of one that is asked for already, if it is `waiting`.

        Raises: NotFound, Refused (it was not launched), Conflict (cancelled, or asked for already).
        """
        with self._database.read() as view:
            self._demand_launched(view, cycle)
            if not waiting:
                self._demand_free(view, cycle)
            return self._preview(view, cycle)

    def ask(self, cycle: str, *, actor: Actor, reason: str) -> CancelReport:
        """Cancel it, or let it wait for a second person if people have acted in it (not in a demo).

        Raises: NotFound, Refused, NotYours, ReasonMissing, Conflict (it is asked for already).
        """
        told = demand_reason(reason)
        with self._database.write() as held:
            held.hold(STREAM)
            self._demand_entitled(held, actor)
            self._demand_launched(held, cycle)
            self._demand_free(held, cycle)
            found = self._preview(held, cycle)
            facts = {"cycle": cycle, "second": found.second, "open": found.open, "linked": found.linked}
            number = self._say(held, "cancel_asked", facts, actor, told)
        return self._carried(f"cancelling-{number}")

    def agree(self, name: str, *, actor: Actor, reason: str) -> CancelReport:
        """The second person agrees, and it is done.

        Raises: NotFound, Refused, NotYours (also for who asked), ReasonMissing.
        """
        told = demand_reason(reason)
        with self._database.write() as held:
            held.hold(STREAM)
            one = self._waiting(held, name)
            self._demand_entitled(held, actor)
            if actor.person is not None and actor.person == one.asked_by:
                raise NotYours("who asked for it cannot agree to it as well; somebody else on the desk may")
            self._say(held, "cancel_agreed", {"cancelling": name}, actor, told)
        return self._carried(name)

    def refuse(self, name: str, *, actor: Actor, reason: str) -> CancelReport:
        """It is not done; whoever asked may take it back so. Raises: NotFound, Refused, NotYours, ReasonMissing."""
        told = demand_reason(reason)
        with self._database.write() as held:
            held.hold(STREAM)
            self._waiting(held, name)
            self._demand_entitled(held, actor)
            self._say(held, "cancel_refused", {"cancelling": name}, actor, told)
        return CancelReport(cancelling=self.named(name))

    def known(self) -> tuple[Cancelling, ...]:
        """Every cancelling, the latest first."""
        with self._database.read() as view:
            return tuple(reversed(self._told(view)))

    def named(self, name: str) -> Cancelling:
        """The cancelling of this name. Raises: NotFound."""
        with self._database.read() as view:
            return self._named(view, name)

    def tend(self) -> tuple[CancelReport, ...]:
        """Carry to the cases what was left undone."""
        return tuple(self._carry(one) for one in self.known() if one.state == "going")

    def _carried(self, name: str) -> CancelReport:
        done = [one for one in self.tend() if one.cancelling.id == name]
        return done[0] if done else CancelReport(cancelling=self.named(name))

    def _carry(self, one: Cancelling) -> CancelReport:
        actor = Actor(person=one.asked_by) if one.asked_by else OPERATOR
        failed: list[tuple[str, str]] = []
        after, more = "", True
        while more:
            with self._database.write() as held:
                held.hold(STREAM)
                if self._named(held, one.id).state != "going":
                    break
                page = queries.cases(held, cycle=one.cycle, ended="", after=after, limit=BATCH)
                more = len(page) == BATCH
                after = page[-1].id if page else after
                for case in page:
                    self._close(held, case, one, actor, failed)
                if not more and not failed:
                    self._finish(held, one, actor)
        return CancelReport(cancelling=self.named(one.id), failed=tuple(failed))

    def _close(
        self, held: Unit, root: Case, one: Cancelling, actor: Actor, failed: list[tuple[str, str]]
    ) -> None:
        """Close a case and all that hangs together with it, and tell whom it concerns; each person once for all cases.

        What it was asked to open is dropped when its turn comes.
        """
        if root.parent and root.link and not self._of_launch(held, root):
            return
        try:
            steps: list[Step] = []
            people: set[str] = set()
            for case in self._family(held, root):
                locked = held.load(case.id)
                if locked is None or locked.ended:
                    continue
                machine = self._library.machine(held, locked.definition)
                scene = self._library.scene(held, machine, locked)
                contents = contents_of(held, self._library, machine, locked, scene)
                command = Cancel(cancelling=one.id, actor=actor, contents=contents)
                steps.append(step(machine, locked, command, scene))
                people |= _concerned(locked)
        except Exception as error:  # noqa: BLE001 - whatever is wrong with one case must not stop the others
            failed.append((root.id, f"{type(error).__name__}: {error}"))
            return
        if steps:
            held.save(steps)
        for person in sorted(people):
            data = {"cycle": one.cycle, "cancelling": one.id}
            held.tell(person, "cycle_cancelled", f"{one.id}/{person}", data, self._library.now())

    def _finish(self, held: Unit, one: Cancelling, actor: Actor) -> None:
        cases = [case for case in self._all(held, one.cycle) if self._of_launch(held, case)]
        closed = sum(case.ended == CANCELLED for case in cases)
        facts = {"cancelling": one.id, "cases": closed, "stayed": len(cases) - closed, "actor": actor.facts()}
        held.append(STREAM, "cancelled", self._library.now(), facts)

    def _preview(self, view: View, cycle: str) -> CancelPreview:
        stay: list[Case] = []
        acted: list[Lost] = []
        people: set[str] = set()
        roots = linked = 0
        for root in self._all(view, cycle):
            if not self._of_launch(view, root):
                continue
            if root.ended:
                stay.append(root)
                continue
            for case in self._family(view, root):
                roots += case.id == root.id
                linked += case.id != root.id
                people |= _concerned(case)
                if acted_in(case):
                    acted.append(Lost(case=case, linked=case.id != root.id))
        return CancelPreview(
            cycle=cycle,
            open=roots,
            linked=linked,
            stay=tuple(stay),
            acted=tuple(acted),
            people=frozenset(people),
            second=bool(acted) and self._in_earnest(),
        )

    def _in_earnest(self) -> bool:
        """Whether it takes two: in a demo one plays everybody."""
        return self._database.kind != "demo"

    def _family(self, view: View, root: Case) -> Iterator[Case]:
        """An open case, and every open one that it and those opened, the deepest last."""
        yield root
        for child in kin.children(view, root.id) if root.opened else ():
            if not child.ended:
                yield from self._family(view, child)

    def _of_launch(self, view: View, case: Case) -> bool:
        """Whether a case came of the launch: it was not opened by a case of another cycle."""
        parent = kin.peek(view, case.parent) if case.parent else None
        return parent is None or parent.cycle == case.cycle

    def _all(self, view: View, cycle: str) -> Iterator[Case]:
        after = ""
        while page := queries.cases(view, cycle=cycle, after=after, limit=_PAGE):
            yield from page
            after = page[-1].id

    def _told(self, view: View) -> tuple[Cancelling, ...]:
        entries = queries.history(view, STREAM)
        return cancellings_told(entries, view.statements(STREAM)) if entries else ()

    def _named(self, view: View, name: str) -> Cancelling:
        known = {one.id: one for one in self._told(view)}
        if name not in known:
            raise NotFound("cancelling", name, list(known))
        return known[name]

    def _waiting(self, view: View, name: str) -> Cancelling:
        one = self._named(view, name)
        if one.state != "asked":
            raise Refused(f"{name} does not wait for anybody: it is {one.state}")
        return one

    def _demand_launched(self, view: View, cycle: str) -> None:
        """Raises: NotFound; Refused, if cases of another cycle opened this one."""
        if view.cycle(cycle) is None:
            raise NotFound("cycle", cycle, [one.id for one in view.cycles()])
        first = queries.history(view, f"cycle/{cycle}", limit=1)
        if first and first[0].kind != "launched":
            raise Refused(
                f"{cycle} was not launched: its cases were opened by those of another cycle, and end with them;"
                " cancel that one"
            )

    def _demand_free(self, view: View, cycle: str) -> None:
        """Raises: Conflict, if it is cancelled already, or waits to be."""
        for one in self._told(view):
            if one.cycle == cycle and one.state != "refused":
                raise Conflict(f"{one.id} is about {cycle} already: it is {one.state}", cancelling=one.id)

    def _demand_entitled(self, held: Unit, actor: Actor) -> None:
        if actor.operator:
            return
        chart = self._library.chart(held)
        person = chart.history(actor.person)[-1] if actor.person and chart.history(actor.person) else None
        if person is None or not entitled(chart, person.key, local_date(self._library.now(), person.zone)):
            raise NotYours(
                "a cycle is cancelled by somebody in service on the personnel desk, by the head of the agency, or by"
                " whoever runs the installation"
            )

    def _say(self, held: Unit, kind: str, facts: dict[str, object], actor: Actor, reason: str) -> int:
        """The number of the entry of an act; the words behind it stand where they can be erased."""
        salt = self._library.salt()
        content = {REASON: commitment(REASON, canonical(reason), salt)}
        told = {"actor": actor.facts(), **facts, "content": content}
        entry = held.append(STREAM, kind, self._library.now(), told)
        held.put_statement(STREAM, entry.seq, reason, salt)
        return entry.seq


def _concerned(case: Case) -> set[str]:
    """Who must hear that a case is gone: whoever has a task in it, and whom it is about once it was awake."""
    if case.sleeps_until is not None:
        return set()
    held = {task.holder for task in with_checks(case)}
    return held if is_unit(case.subject) else held | {case.subject}
