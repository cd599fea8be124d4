"""Cases that hang together: what one step asked to be opened is opened, and whoever waits is told when a fact is true.

Signals and openings are rows written with the step they came of, so nothing is lost if a process dies in between; each
is worked off in transactions of its own, through the same door as every other command, and may safely be worked off
twice: a case is opened once for each link and part, and a fact that a case knows already is refused.
"""

from __future__ import annotations

from dataclasses import replace

from engine.core.case import Case
from engine.core.command import TIMER, End, Notice, Supersede
from engine.core.definition import Closed, Reached, Upon
from engine.core.linking import awaited, heard_by
from engine.core.machine import Machine
from engine.errors import CaseClosed, Refused, SiklusError
from engine.runtime.firing import Firing
from engine.runtime.library import Library
from engine.runtime.opening import Opener
from engine.runtime.others import Others
from engine.runtime.reports import Fired
from engine.store import kin
from engine.store.database import Database
from engine.store.view import View

#: signals and openings looked at in one go
_PAGE = 200

_Failures = dict[str, str]


class Joining:
    """Works off what cases durably told one another."""

    def __init__(self, database: Database, library: Library, firing: Firing, opener: Opener) -> None:
        self._database = database
        self._library = library
        self._firing = firing
        self._opener = opener

    def after(self, fired: Fired) -> Fired:
        """The same answer, once all that it meant for other cases has been passed on."""
        if not fired.stirs:
            return fired
        self.pass_on()
        with self._database.read() as view:
            case = view.load(fired.case.id)
        assert case is not None, "a case is never removed"
        return replace(fired, case=case)

    def pass_on(self) -> tuple[tuple[str, str], ...]:
        """Open what is to be opened and tell whoever waits, until nothing is left; the cases that failed, and why.

        What failed stays to be done, and is tried again by the next beat.
        """
        failed: _Failures = {}
        after = 0
        while True:
            opened = self._open(failed)
            last = self._tell(after, failed)
            if not opened and last == after:
                return tuple(failed.items())
            after = last

    def rearm(self, case: Case, machine: Machine) -> None:
        """Let a case wait for those the chart names now, if they are others than before."""
        with self._database.read() as view:
            scene = self._library.scene(view, machine, case)
            wanted = awaited(machine.definition, case, scene)
            before = kin.waits_of(view, case.id)
        if sorted(wanted) == sorted(before):
            return
        with self._database.write() as unit:
            now = unit.load(case.id)
            if now is not None and now.version == case.version:
                kin.put_waits(unit, case.id, wanted, scene.now)

    def _open(self, failed: _Failures) -> int:
        """How many of the openings on the first page came to an end, whichever way."""
        with self._database.read() as view:
            waiting = kin.to_open(view, _PAGE)
        done = 0
        for one in waiting:
            if one.parent in failed:
                continue
            try:
                self._opener.open(one)
                done += 1
            except SiklusError as error:
                failed[one.parent] = str(error)
        return done

    def _tell(self, after: int, failed: _Failures) -> int:
        """The number of the last signal looked at; a signal goes when everybody it concerns has been told."""
        with self._database.read() as view:
            signals = kin.signals(view, after, _PAGE)
        told: list[int] = []
        for number, case_id in signals:
            if self._pass_on(case_id, failed):
                told.append(number)
        if told:
            with self._database.write() as unit:
                kin.passed_on(unit, told)
        return signals[-1][0] if signals else after

    def _pass_on(self, case_id: str, failed: _Failures) -> bool:
        """Whether everything a case's last steps mean for others, and others for it, has been told."""
        with self._database.read() as view:
            case = view.load(case_id)
            assert case is not None, "a case is never removed"
            machine = self._library.machine(view, case.definition)
            ending = [one for one in kin.children(view, case.id) if not one.ended] if case.ended else []
            waits = kin.waiting_for(view, heard_by(machine.definition, case))
            waits += tuple((case.id, fact) for fact, _ in kin.waits_of(view, case.id))
            correction = self._correction(view, machine, case)
        well = True
        if correction is not None:
            well &= self._fire(case.parent, correction, failed)
        for child in ending:
            if not machine.definition.linked[child.link].outlives:
                well &= self._fire(child.id, End(parent=case.id), failed)
        for waiter, fact in dict.fromkeys(waits):
            if self._true(waiter, fact):
                well &= self._fire(waiter, Notice(fact=fact, actor=TIMER), failed)
        return well

    def _correction(self, view: View, machine: Machine, case: Case) -> Supersede | None:
        """What the closed case that this one was opened to correct is still to learn; None if it is nothing."""
        parent = kin.peek(view, case.parent) if case.corrects and case.ended == "complete" else None
        if parent is None or any(one.case == case.id for one in parent.corrected):
            return None
        asked = next(one.asked for one in kin.openings_of(view, parent.id) if one.child == case.id)
        corrected = self._library.machine(view, parent.definition).definition
        scene = self._library.scene(view, machine, case)
        values = Others(view, self._library, machine.definition, case, scene).published(case)
        paths = tuple(path for path in corrected.publishes if path in values)
        if not paths:
            return None
        return Supersede(by=case.id, link=asked.link, asked=int(asked.part), paths=paths)

    def _true(self, case_id: str, text: str) -> bool:
        """Whether a case still waits for this fact, and it is true."""
        with self._database.read() as view:
            case = view.load(case_id)
            assert case is not None, "a case is never removed"
            machine = self._library.machine(view, case.definition)
            fact = _fact(machine, case, text)
            if fact is None or text in case.facts or case.ended:
                return False
            scene = self._library.scene(view, machine, case)
            return Others(view, self._library, machine.definition, case, scene).holds(fact)

    def _fire(self, case_id: str, command: End | Notice | Supersede, failed: _Failures) -> bool:
        try:
            self._firing.fire(case_id, command)
        except CaseClosed:
            return True  # it ended by itself in the meantime
        except Refused as refused:
            if isinstance(command, Notice):
                return True  # it went on by itself in the meantime and does not wait any longer
            failed[case_id] = str(refused)
            return False
        except SiklusError as error:
            failed[case_id] = str(error)
            return False
        return True


def _fact(machine: Machine, case: Case, text: str) -> Closed | Reached | None:
    """A fact about other cases by its wording, if the definition knows it."""
    facts = [
        fact
        for way in machine.definition.states[case.state].transitions
        if isinstance(way.trigger, Upon)
        for fact in way.trigger.facts
    ]
    facts += [one for rule in machine.definition.pauses.values() for one in (rule.until, rule.while_) if one]
    return next((one for one in facts if isinstance(one, Closed | Reached) and one.text == text), None)
