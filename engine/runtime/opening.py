"""Opening the case that another one asked for: of a workflow in force, of a track, or the next segment of a cycle."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from engine.core.audit import stamp
from engine.core.cancelling import CANCELLED
from engine.core.case import Case, case_id
from engine.core.command import TIMER
from engine.core.definition import Definition
from engine.core.machine import Machine
from engine.core.outage_log import STREAM as OUTAGES
from engine.core.periods import cycle_name, period_of, turn_of
from engine.core.scene import Scene
from engine.core.step import Beginning, start
from engine.errors import SiklusError
from engine.runtime.launching import Launching
from engine.runtime.library import Library
from engine.store import kin
from engine.store.database import Database
from engine.store.kin import Opening
from engine.store.unit import Unit
from engine.store.values import Cycle
from engine.store.view import View


class Opener:
    """Opens cases for others, one transaction each."""

    def __init__(self, database: Database, library: Library, launching: Launching) -> None:
        self._database = database
        self._library = library
        self._launching = launching

    def open(self, one: Opening) -> None:
        """Open the case, or record why it is not opened: "dropped", "full", "existing".

        Raises: NotFound (no such workflow), LaunchInvalid (none in force), NobodyFound; it is then still to be opened.
        """
        asked = one.asked
        with self._database.write() as unit:
            # Before the parent: an outage holds its stream, then cases. One that begins meanwhile finds this case.
            unit.hold(OUTAGES, shared=True)
            parent = unit.load(one.parent)
            assert parent is not None, "a case is never removed"
            if parent.ended and (parent.ended == CANCELLED or not asked.outlives):
                kin.settle_opening(unit, one, "dropped")
                return
            machine = self._machine(unit, parent, one)
            scene = self._library.beginning(unit, machine, parent, _unit_on(one))
            cycle = self._cycle(unit, parent, machine.definition, one, scene)
            self._file(unit, cycle, parent, scene)
            # The cycle is held until the end: of two that would open one too many, the second sees the first.
            about = kin.cases_about(unit, asked.workflow, parent.subject) if asked.workflow else ()
            own = kin.children(unit, parent.id, asked.link)
            counted = own if asked.corrects else tuple(other.case for other in about)
            still_open = sum(not other.ended for other in counted)
            if asked.open_at_most and still_open >= asked.open_at_most:
                kin.settle_opening(unit, one, "full")
                return
            if asked.corrects:
                # One person may have several corrections in a cycle, each of another case or after another.
                taken = (other.case.segment for other in about if other.case.cycle == cycle.id)
                one = replace(one, asked=replace(asked, segment=max(taken, default=0) + 1))
            beginning = _beginning(parent, cycle, machine.definition, one)
            if asked.carries:
                beginning = _carrying(unit, parent, one, beginning)
            step = start(machine, beginning, scene)
            there = unit.insert_cases([step])
            kin.settle_opening(unit, one, "existing" if there else "opened", step.case.id)

    def trouble(self, view: View, parent: Case, one: Opening) -> SiklusError | None:
        """Why a case could not be opened now; None if nothing stands in its way."""
        try:
            machine = self._machine(view, parent, one)
            scene = self._library.beginning(view, machine, parent, _unit_on(one))
            cycle = self._cycle(view, parent, machine.definition, one, scene)
            start(machine, _beginning(parent, cycle, machine.definition, one), scene)
        except SiklusError as error:
            return error
        return None

    def _machine(self, view: View, parent: Case, one: Opening) -> Machine:
        if one.asked.track:
            base = parent.definition.partition("#")[0]
            return self._library.machine(view, f"{base}#{one.asked.track}")
        if one.asked.rest:
            return self._library.machine(view, parent.definition)
        return self._library.machine(view, self._launching.in_force(view, one.asked.workflow).digest)

    def _cycle(self, view: View, parent: Case, definition: Definition, one: Opening, scene: Scene) -> Cycle:
        """The cycle the case belongs to, as it is filed, or as it is to be if this is the first case of it."""
        if one.asked.rest:
            own = view.cycle(parent.cycle)
            assert own is not None, "a case has a cycle"
            return own
        if one.asked.track:
            name, (first, last) = f"{parent.cycle}#{one.asked.track}", _period(definition, parent, one, scene)
        else:
            first, last = _period(definition, parent, one, scene)
            name = cycle_name(definition.workflow, definition.period, first, turn_of(parent.cycle))
        return view.cycle(name) or Cycle(
            id=name,
            definition=definition.digest.partition("#")[0],
            period_from=first,
            period_to=last,
            opens_at=scene.now,
            launched_at=scene.now,
        )

    def _file(self, unit: Unit, cycle: Cycle, parent: Case, scene: Scene) -> None:
        """Keep a cycle of which this is the first case."""
        if unit.cycle(cycle.id) is not None:
            return
        unit.put_cycle(cycle)
        facts = {
            "actor": TIMER.facts(),
            "cycle": cycle.id,
            "definition": cycle.definition,
            "period": [cycle.period_from.isoformat(), cycle.period_to.isoformat()],
            "opens": stamp(scene.now),
            "parent": parent.cycle,
        }
        unit.append(f"cycle/{cycle.id}", "opened", scene.now, facts)


def _beginning(parent: Case, cycle: Cycle, definition: Definition, one: Opening) -> Beginning:
    asked = one.asked
    first, last = asked.period or (cycle.period_from, cycle.period_to)
    if asked.corrects and definition.period.every != "none":
        first, last = parent.period_from, parent.period_to
    return Beginning(
        case_id=case_id(cycle.id, parent.subject, asked.segment),
        cycle=cycle.id,
        subject=parent.subject,
        segment=asked.segment,
        period_from=first,
        period_to=last,
        actor=TIMER,
        parent=parent.id,
        link=asked.link,
        corrects=asked.corrects,
        unit_on=_unit_on(one),
        decreed=cycle.decreed,
        windows=parent.windows if asked.track else None,
    )


def _unit_on(one: Opening) -> date | None:
    """The day whose unit a next part of the period has; None where that is today."""
    return one.asked.period[0] if one.asked.rest and one.asked.period is not None else None


def _carrying(unit: Unit, parent: Case, one: Opening, beginning: Beginning) -> Beginning:
    """The same beginning, with what the next part takes over as the part before it stood when it was left."""
    forms = unit.contents(parent.id).forms
    carried = {name: forms[name] for name in one.asked.carries if name in forms}
    written = {name: parent.filled[name] for name in carried}
    return replace(beginning, carried=carried, written=written)


def _period(definition: Definition, parent: Case, one: Opening, scene: Scene) -> tuple[date, date]:
    """What the case appraises: the part it is opened for, or the period of its own rule within its parent's."""
    if one.asked.period is not None:
        return one.asked.period
    today = scene.today(parent.zone)
    if definition.period.every == "none":
        return today, today
    return period_of(definition.period, min(max(today, parent.period_from), parent.period_to))
