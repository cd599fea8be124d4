"""An outage of a unit: declared and ended in one act each, then carried to every open case, in batches.

The act is an entry with what is still to be done, in one transaction; a process that dies meanwhile leaves the rest
to the next beat, or to whoever asks for the same again. A case that has it already is passed over.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal

from engine.core.audit import commitment
from engine.core.calendar import add_months
from engine.core.case import Case
from engine.core.codec import Struct, canonical, decoder, encode
from engine.core.command import OPERATOR, Actor, BeginOutage, Contents, EndOutage, MakeUp
from engine.core.content import storable
from engine.core.effects import Step
from engine.core.interruptions import OUTAGE, Outage
from engine.core.machine import Machine
from engine.core.outage_log import STREAM, Declared, name_of, outages_told
from engine.core.pausing import PAUSES
from engine.core.permitting import LONGEST_REASON
from engine.core.publication import REASON, entitled
from engine.core.scene import Scene
from engine.core.step import act_and_settle, settle, written
from engine.core.zones import local_date
from engine.errors import Conflict, NotFound, NotYours, ReasonMissing, Refused
from engine.runtime.joining import Joining
from engine.runtime.library import OUTAGES, Library
from engine.runtime.on_demand import contents_of
from engine.runtime.reports import OutageReport
from engine.store import queries
from engine.store.database import Database
from engine.store.unit import Unit
from engine.store.view import View

#: the fact of the database that says what is still to be carried to cases
_WORK = "outage_work"
#: cases per transaction: each is loaded and locked by itself
_BATCH = 200


class _Work(Struct, frozen=True, kw_only=True):
    """An edge of an outage on its way to the cases, and on whose authority."""

    outage: Outage
    edge: Literal["begin", "end", "standstill"]
    reason: str
    person: str = ""


_works = decoder(tuple[_Work, ...])


class Outages:
    """Declares outages and ends them."""

    def __init__(self, database: Database, library: Library, joining: Joining) -> None:
        self._database = database
        self._library = library
        self._joining = joining

    def begin(self, unit: str, first: date, *, last: date | None, actor: Actor, reason: str) -> OutageReport:
        """Let the clocks of a unit's open cases stand still from a day on, or give them the days until a last one.

        Unit "" is the whole agency. The same again goes on where it was. Raises: NotFound, NotYours, ReasonMissing,
        Refused (days that do not fit), Conflict (it lasts already).
        """
        told = _demand_reason(reason)
        with self._database.write() as held:
            held.hold(STREAM)  # of two who declare the same, the second finds what the first declared
            self._demand(held, unit, first, last, actor)
            before = self._told(held)
            same = next((one for one in before if _same(one, unit, first, last)), None)
            if same is None:
                _demand_none_lasts(before, unit, last)
                facts = {"unit": unit, "first": first.isoformat()}
                if last is not None:
                    facts["last"] = last.isoformat()
                number = self._say(held, "declared", facts, actor, told)
                outage = Outage(id=name_of(number), unit=unit, from_on=first, to_on=last)
                if last is None:
                    self._put_lasting(held, (*self._library.outages(held), outage))
                work = _Work(outage=outage, edge="begin", reason=told, person=actor.person or "")
                _put_work(held, (*_work(held), work))
            else:
                outage = same.outage
        return self._carried(outage)

    def end(self, name: str, *, actor: Actor, reason: str) -> OutageReport:
        """Let clocks run on. Raises: NotFound, NotYours, ReasonMissing, Conflict (over already)."""
        told = _demand_reason(reason)
        with self._database.write() as held:
            held.hold(STREAM)
            known = {one.outage.id: one for one in self._told(held)}
            if name not in known:
                raise NotFound("outage", name, [one for one, it in known.items() if it.lasts])
            self._demand_entitled(held, actor)
            outage = known[name].outage
            if outage.to_on is not None:
                raise Conflict(f"{name} was over when it was declared; it has nothing to end")
            if known[name].lasts:
                self._say(held, "ended", {"outage": name}, actor, told)
                self._put_lasting(held, tuple(one for one in self._library.outages(held) if one.id != name))
                work = _Work(outage=outage, edge="end", reason=told, person=actor.person or "")
                _put_work(held, (*_work(held), work))
        return self._carried(outage)

    def known(self) -> tuple[Declared, ...]:
        """Every outage that was ever declared, the latest first."""
        with self._database.read() as view:
            return tuple(reversed(self._told(view)))

    def named(self, name: str) -> Declared:
        """The outage of this name. Raises: NotFound."""
        known = {one.outage.id: one for one in self.known()}
        if name not in known:
            raise NotFound("outage", name, list(known))
        return known[name]

    def tend(self) -> tuple[OutageReport, ...]:
        """Carry to the cases what was left undone."""
        with self._database.read() as view:
            works = _work(view)
        return tuple(self._carry(one) for one in works)

    def make_up(self, held: Unit, name: str, first: date, last: date) -> None:
        """Let every open case be given the time of a standstill where its clocks say so, when it is tended to."""
        days = Outage(id=name, unit="", from_on=first, to_on=last)
        held.append(STREAM, "stood_still", self._library.now(), {"standstill": name})
        _put_work(held, (*_work(held), _Work(outage=days, edge="standstill", reason="")))

    def _carried(self, outage: Outage) -> OutageReport:
        """What this process has just carried to the cases, after what was left undone before it.

        What was overdue has happened first, and may concern other cases.
        """
        done = [one for one in self.tend() if one.outage == outage]
        self._joining.pass_on()
        return done[-1] if done else OutageReport(outage=outage)

    def _carry(self, work: _Work) -> OutageReport:
        changed = 0
        failed: list[tuple[str, str]] = []
        for ids in self._cases(work.outage.unit):
            with self._database.write() as held:
                held.hold(STREAM)
                if work not in _work(held):
                    return OutageReport(outage=work.outage, cases=changed, failed=tuple(failed))
                steps = list(self._steps(held, ids, work, failed))
                changed += len({one.case.id for one in steps})
                if steps:
                    held.save(steps)
        with self._database.write() as held:
            held.hold(STREAM)
            left = _work(held)
            if work in left:
                facts = {"outage": work.outage.id, "edge": work.edge, "cases": changed, "failed": len(failed)}
                held.append(STREAM, "applied", self._library.now(), facts)
                _put_work(held, tuple(one for one in left if one != work))
        return OutageReport(outage=work.outage, cases=changed, failed=tuple(failed))

    def _steps(
        self, held: Unit, ids: Sequence[str], work: _Work, failed: list[tuple[str, str]]
    ) -> Iterator[Step]:
        for name in ids:
            case = held.load(name)
            if case is None or case.ended:
                continue
            try:
                yield from self._stepped(held, case, work)
            except Refused:
                continue  # it has it already, or has no clock that could stand still
            except Exception as error:  # noqa: BLE001 - whatever is wrong with one case must not stop the others
                failed.append((name, f"{type(error).__name__}: {error}"))

    def _stepped(self, held: Unit, case: Case, work: _Work) -> tuple[Step, ...]:
        """What was due before the outage, then the outage, then what follows at once."""
        machine = self._library.machine(held, case.definition)
        scene = self._library.scene(held, machine, case)
        actor = Actor(person=work.person) if work.person else OPERATOR
        command: BeginOutage | EndOutage | MakeUp
        if work.edge == "standstill":
            command = MakeUp()
        else:
            kind = BeginOutage if work.edge == "begin" else EndOutage
            command = kind(outage=work.outage, actor=actor, reason=work.reason)
        before = min(scene.calendar.start_of(work.outage.from_on, case.zone), scene.now) - 1
        contents = contents_of(held, self._library, machine, case, scene)
        steps = _overdue(machine, case, contents, scene, before)
        for done in steps:
            contents = written(contents, done)
        stand = steps[-1].case if steps else case
        return (*steps, *act_and_settle(machine, stand, command, contents, scene))

    def _cases(self, unit: str) -> Iterator[list[str]]:
        """The open cases of a unit, as many as go into one transaction at a time."""
        after = ""
        while True:
            with self._database.read() as view:
                page = queries.case_ids(view, unit=unit or None, after=after, limit=_BATCH)
            if page:
                yield page
            if len(page) < _BATCH:
                return
            after = page[-1]

    def _told(self, view: View) -> tuple[Declared, ...]:
        return outages_told(queries.history(view, STREAM), view.statements(STREAM))

    def _say(self, held: Unit, kind: str, facts: dict[str, str], actor: Actor, reason: str) -> int:
        """The number of the entry of an act; the words behind it stand where they can be erased."""
        salt = self._library.salt()
        content = {REASON: commitment(REASON, canonical(reason), salt)}
        told = {"actor": actor.facts(), **facts, "content": content}
        entry = held.append(STREAM, kind, self._library.now(), told)
        held.put_statement(STREAM, entry.seq, reason, salt)
        return entry.seq

    def _put_lasting(self, held: Unit, outages: tuple[Outage, ...]) -> None:
        held.put_meta(OUTAGES, encode(outages).decode())

    def _demand(self, held: Unit, unit: str, first: date, last: date | None, actor: Actor) -> None:
        """Raises: NotYours, NotFound, Refused."""
        self._demand_entitled(held, actor)
        chart = self._library.chart(held)
        units = sorted({one.unit for one in chart.segments if one.unit})
        if unit and unit not in units:
            raise NotFound("unit", unit, units)
        zones = {one.zone for one in chart.segments} or {"UTC"}
        today = max(local_date(self._library.now(), zone) for zone in zones)
        if first > today or (last is not None and last > today):
            raise Refused(
                "an outage is declared when it has begun: name days up to today, and leave its last day away while it"
                " lasts",
                allowed=[today.isoformat()],
            )
        if last is not None and last < first:
            raise Refused(f"the outage ends on {last}, before it begins on {first}")
        most = PAUSES[OUTAGE]
        until = add_months(first, most.amount)
        if until < (last or today):
            raise Refused(
                f"an outage stops clocks for {most.amount} {most.unit} at most: from {first} until {until}"
                " at the latest; declare what came after it as another one"
            )

    def _demand_entitled(self, held: Unit, actor: Actor) -> None:
        if actor.operator:
            return
        chart = self._library.chart(held)
        person = chart.history(actor.person)[-1] if actor.person and chart.history(actor.person) else None
        if person is None or not entitled(chart, person.key, local_date(self._library.now(), person.zone)):
            raise NotYours(
                "an outage is declared and ended by somebody in service on the personnel desk, by the head of the"
                " agency, or by whoever runs the installation"
            )


def _overdue(machine: Machine, case: Case, contents: Contents, scene: Scene, before: int) -> tuple[Step, ...]:
    """What should have happened before an outage; nothing if a timer cannot choose its way."""
    try:
        return settle(machine, case, contents, scene, until=before)
    except Refused:
        return ()


def _same(one: Declared, unit: str, first: date, last: date | None) -> bool:
    """Whether this very outage was asked for before: one that is over by its days, or lasts."""
    asked = (one.outage.unit, one.outage.from_on, one.outage.to_on)
    return asked == (unit, first, last) and (last is not None or one.lasts)


def _demand_none_lasts(before: tuple[Declared, ...], unit: str, last: date | None) -> None:
    """Raises: Conflict, if the clocks of this unit stand still already."""
    lasting = next((one.outage for one in before if one.lasts and one.outage.unit == unit), None)
    if lasting is not None and last is None:
        raise Conflict(
            f"{lasting.id} lasts since {lasting.from_on}; end it first (siklus outage end {lasting.id})",
            outage=lasting.id,
        )


def _demand_reason(reason: str) -> str:
    told = reason.strip()
    if not told:
        raise ReasonMissing("an outage needs a reason: everybody whose clock stands still reads it")
    if not storable(told) or len(told) > LONGEST_REASON:
        raise Refused(f"a reason is plain text of at most {LONGEST_REASON} characters")
    return told


def _work(view: View) -> tuple[_Work, ...]:
    told = view.meta(_WORK)
    return _works.decode(told) if told else ()


def _put_work(held: Unit, works: tuple[_Work, ...]) -> None:
    held.put_meta(_WORK, encode(works).decode())
