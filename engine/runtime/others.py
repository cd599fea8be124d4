"""Other cases, seen from one: which ones it reads, what they publish, and which facts about them are true.

A case sees of others only what their own definition publishes. What can never exist counts as reached: the period
before the first, a role nobody fills, an official outside the agency, somebody the workflow does not cover. A case that
may still be launched is waited for, and so is an empty set.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from engine.core.case import NEVER, Case
from engine.core.codec import decode
from engine.core.command import Contents
from engine.core.covering import not_covered
from engine.core.definition import Closed, Definition, Reached, Read
from engine.core.linking import still_to_come, waited_of_set, whose
from engine.core.published import disclosed_by, published_values, values_as_disclosed
from engine.core.scene import Scene
from engine.core.segments import days_of
from engine.core.undoable import standing
from engine.runtime.library import Library
from engine.runtime.seeing import around_of, record_for
from engine.store import kin, queries
from engine.store.view import View

_DAY = timedelta(days=1)


class Others:
    """The cases around one case, as one snapshot knows them."""

    def __init__(
        self, view: View, library: Library, definition: Definition, case: Case, scene: Scene
    ) -> None:
        self._view, self._library = view, library
        self._definition, self._case, self._scene = definition, case, scene
        #: the cases of each read, frozen or as they are
        self._cases: dict[tuple[str, bool], tuple[Case, ...]] = {}
        #: what was written in cases that were read together
        self._written: dict[str, Contents] = {}

    def holds(self, fact: Closed | Reached) -> bool:
        """Whether a fact about other cases is true now."""
        if isinstance(fact, Closed):
            return self._closed(fact.link)
        read = self._definition.reads[fact.read]
        found = self.cases(read)
        if read.of == "parts":
            return all(one.ended or self._reached(one, fact.state) for one in found)
        if read.many:
            # Who has ended will never get there any more, and holds up nobody.
            return bool(found) and all(one.ended or self._reached(one, fact.state) for one in found)
        if not found:
            return self._never(read)
        return self._reached(found[-1], fact.state) and self._concerns(found[-1], fact.state)

    def cases(self, read: Read, *, frozen: bool = True) -> tuple[Case, ...]:
        """The cases a read looks at now; of a frozen set those on its list. Of one case only the latest segment."""
        asked = (read.name, frozen)
        if asked not in self._cases:
            self._cases[asked] = self._looked_up(read, frozen=frozen)
        return self._cases[asked]

    def _looked_up(self, read: Read, *, frozen: bool) -> tuple[Case, ...]:
        case = self._case
        listed = case.lists.get(read.name) if frozen else None
        if listed is not None:
            return kin.peek_many(self._view, listed.cases)
        if read.of == "parent":
            parent = kin.peek(self._view, case.parent) if case.parent else None
            return () if parent is None else (parent,)
        found = tuple(self._found(read))
        return found if read.many else found[-1:]

    def read(self, name: str) -> Mapping[str, object] | None:
        """What a read's cases publish, by path; of a set a list for each path. None if there is no case."""
        read = self._definition.reads[name]
        self._fetch(self.cases(read))
        found = [self.published(one) for one in self.cases(read)]
        if not read.many:
            return found[0] if found else None
        paths = dict.fromkeys(path for one in found for path in one)
        if read.of == "parts":
            return {path: [one.get(path) for one in found] for path in paths}
        return {path: [one[path] for one in found if path in one] for path in paths}

    def _fetch(self, cases: tuple[Case, ...]) -> None:
        """Read at once what was written in several cases; those with tracks are read one by one."""
        whole = [one.id for one in cases if "#" not in one.definition and not self._definition_of(one).tracks]
        if len(whole) > 1:
            nothing = dict.fromkeys(whole, Contents())
            self._written |= {**nothing, **queries.contents_in_many(self._view, whole)}

    def days(self, name: str) -> tuple[int, ...] | None:
        """How many days each part of the period has, this case's own last; None of another read."""
        read = self._definition.reads[name]
        if read.of != "parts":
            return None
        return tuple(days for _, days in days_of((*self.cases(read), self._case)))

    def read_of(self, name: str) -> tuple[tuple[str, int], ...]:
        """The cases behind a read, each with the number of its latest entry."""
        return tuple((one.id, one.seq) for one in self.cases(self._definition.reads[name]))

    def still_open(self, name: str) -> int:
        """How many cases of what a link opens are open for this case's subject, or about to be."""
        link = self._definition.linked[name]
        workflow = link.workflow
        if link.corrects:
            openings = (one for one in kin.openings_of(self._view, self._case.id) if one.asked.link == name)
            found = kin.children(self._view, self._case.id, name)
            return sum(not one.outcome for one in openings) + sum(not one.ended for one in found)
        about = kin.cases_about(self._view, workflow, self._case.subject) if workflow else ()
        asked = kin.openings_of(self._view, self._case.id)
        coming = sum(one.asked.workflow == workflow and not one.outcome for one in asked)
        return coming + sum(not one.case.ended for one in about)

    def members(self, name: str) -> tuple[str, ...]:
        """Whom a set would list if it were frozen now: those that have reached what was waited for of it so far."""
        wanted = waited_of_set(self._definition, self._case, name)
        found = self.cases(self._definition.reads[name], frozen=False)
        return tuple(one.id for one in found if all(self._reached(one, state) for state in wanted))

    def published(self, other: Case) -> dict[str, object]:
        """The forms, fields and figures of a case that its own definition publishes, as far as they are known.

        Those of a closed case that was corrected are the correcting case's. A case that has ended itself is told what
        was so when it ended: what others decided before the correction stays decided.
        """
        definition = self._definition_of(other)
        found = self._as_closed(other)
        until = self._case.entered_at if self._case.ended and other.id != self._case.id else NEVER
        for correction in other.corrected:
            by = kin.peek(self._view, correction.case) if correction.at <= until else None
            if by is not None:
                values = self.published(by)
                found |= {path: value for path, value in values.items() if path in definition.publishes}
        return found

    def _as_closed(self, other: Case) -> dict[str, object]:
        """What a case publishes of its own, whatever was corrected since."""
        machine = self._library.machine(self._view, other.definition)
        definition = machine.definition
        its = Others(self._view, self._library, definition, other, self._scene)
        own = self._written.get(other.id) or written_in(self._view, definition, other)
        written = replace(own, reads=Each(definition.reads, its.read))
        around = around_of(self._view, machine, other)
        beside = frozenset(state for one in around for state in one.reached)
        disclosed = disclosed_by(definition, other, beside)
        record = record_for(self._view, self._library, other, around, disclosed) if disclosed else None
        if record is None:
            return published_values(definition, written)
        return values_as_disclosed(definition, other, written, disclosed, record)

    def _closed(self, link: str) -> bool:
        if still_to_come(self._definition, self._case, link):
            return False
        pending = any(
            one.asked.link == link and not one.outcome for one in kin.openings_of(self._view, self._case.id)
        )
        return not pending and all(one.ended for one in kin.children(self._view, self._case.id, link))

    def _found(self, read: Read) -> Iterator[Case]:
        if read.of == "parts":
            yield from parts_before(self._view, self._definition.workflow, self._case)
            return
        whom = whose(self._definition, self._case, read, self._scene)
        if read.of == "unit" and read.many:
            around = kin.cases_in(self._view, read.workflow, self._case.unit)
        else:
            around = kin.cases_about(self._view, read.workflow, whom) if whom else ()
        first, last = self._period
        for one in around:
            if one.case.id == self._case.id:
                continue
            if read.of == "previous" and one.period_to != first - _DAY:
                continue
            if read.same_period and not _same((first, last), (one.period_from, one.period_to)):
                continue
            if read.since and one.case.ended and one.case.entered_at < self._since(read.since):
                continue
            yield one.case

    @cached_property
    def _period(self) -> tuple[date, date]:
        """The period of the whole cycle: a later segment of a case has begun within it."""
        cycle = self._view.cycle(self._case.cycle)
        assert cycle is not None, "a case has a cycle"
        return cycle.period_from, cycle.period_to

    def _since(self, state: str) -> int:
        """When the case first entered a state; now, if it has not."""
        for line in standing(queries.history(self._view, self._case.stream)):
            if decode(line.body).get("to") == state:
                return line.at
        return self._scene.now

    def _reached(self, other: Case, state: str) -> bool:
        definition = self._definition_of(other)
        if state not in definition.publishes:
            return False
        if state in definition.states:
            return state in other.reached
        return any(
            state in one.reached for one in kin.children(self._view, other.id) if "#" in one.definition
        )

    def _concerns(self, other: Case, state: str) -> bool:
        """Whether this case is on the list of members the other one froze before it reached that state."""
        reads = self._definition_of(other).reads
        for name, listed in other.lists.items():
            mine = reads[name].workflow == self._definition.workflow
            before = other.reached[: other.reached.index(listed.state)]
            if mine and state != listed.state and state not in before and self._case.id not in listed.cases:
                return False
        return True

    def _never(self, read: Read) -> bool:
        """Whether the case a read looks at can never exist; one that may still be launched can."""
        if read.of in {"parent", "previous"}:
            return True
        if read.of == "unit":
            return False
        key = whose(self._definition, self._case, read, self._scene)
        chart = self._scene.chart
        person = chart.near(key, self._scene.today(self._case.zone)) if key else None
        if person is None or person.external:
            return True
        versions = [one for one in self._view.definitions() if one.workflow == read.workflow]
        if not versions:
            return False
        newest = max(versions, key=lambda one: one.version)
        return bool(not_covered(self._library.machine(self._view, newest.digest).definition)(person))

    def _definition_of(self, other: Case) -> Definition:
        return self._library.machine(self._view, other.definition).definition


def parts_of_period(view: View, workflow: str, case: Case) -> tuple[Case, ...]:
    """All parts of a case's period in their order, its own among them; a case that corrects has no other."""
    if case.corrects or "#" in case.definition:
        return (case,)
    about = (one.case for one in kin.cases_about(view, workflow, case.subject))
    return tuple(one for one in about if one.cycle == case.cycle and not one.corrects) or (case,)


def parts_before(view: View, workflow: str, case: Case) -> Iterator[Case]:
    """The parts of a case's period that came before it, in their order; a case that corrects has none."""
    yield from (one for one in parts_of_period(view, workflow, case) if one.segment < case.segment)


def written_in(view: View, definition: Definition, case: Case) -> Contents:
    """What was written in a case; with it what its tracks wrote, and in a track what its case wrote."""
    own = view.contents(case.id)
    if "#" in case.definition and case.parent:
        return _joined(view.contents(case.parent), own)
    if definition.tracks:
        for one in kin.children(view, case.id):
            if "#" in one.definition:
                own = _joined(view.contents(one.id), own)
    return own


def _joined(beside: Contents, own: Contents) -> Contents:
    """What was written in two cases that fill no form both; answers of single people stay each case's own."""
    return replace(own, forms={**beside.forms, **own.forms}, gathered={**beside.gathered, **own.gathered})


def _same(own: tuple[date, date], other: tuple[date, date]) -> bool:
    """Whether one period is the other, contains it, or lies within it."""
    return (own[0] <= other[0] and other[1] <= own[1]) or (other[0] <= own[0] and own[1] <= other[1])


class Each(Mapping[str, Any]):
    """Values by name, each read when it is asked for; a name without a value is not there."""

    __slots__ = ("_found", "_names", "_read")

    def __init__(self, names: Iterable[str], read: Callable[[str], Any]) -> None:
        self._names = tuple(names)
        self._read = read
        self._found: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._found:
            if name not in self._names:
                raise KeyError(name)
            self._found[name] = self._read(name)
        if self._found[name] is None:
            raise KeyError(name)
        return self._found[name]

    def __iter__(self) -> Iterator[str]:
        return (name for name in self._names if name in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)
