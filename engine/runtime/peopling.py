"""People change: a new chart is stored with its entry, and every open case hears what concerns it.

Who left is told to their case as a fact; tasks of roles read as of now move to whoever holds them now. The same
happens on each day the chart itself names (an acting head begins, somebody's last day has passed).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from engine.core.case import Case
from engine.core.chart import Chart, Person
from engine.core.chart_effects import CaseEffect, chart_fact, effect_of, remarks_of
from engine.core.chart_version import version_of
from engine.core.command import TIMER, Actor, Follow, Notice
from engine.core.definition import MOVES
from engine.core.following import must_follow
from engine.core.roster import Roster, RowProblem, compare
from engine.core.zones import local_date
from engine.errors import Conflict, PeopleInvalid, SiklusError
from engine.runtime.admitting import demand_known_keys, told_anew
from engine.runtime.firing import Firing
from engine.runtime.joining import Joining
from engine.runtime.library import PEOPLE_VERSION, Library
from engine.runtime.on_demand import contents_of
from engine.runtime.reports import PeoplePreview, PeopleReport
from engine.runtime.seating import Seating
from engine.runtime.training import SEEN
from engine.store import queries
from engine.store.database import Database
from engine.store.values import Replaced
from engine.store.view import View

_PAGE = 500


class _Followed(NamedTuple):
    """What following the chart meant for a case: how many of its tasks moved, and whether it was told of a move."""

    tasks: int
    moved: bool


class _Import(NamedTuple):
    """A chart that is to come, what it changes in the one in force, and whom it leaves as they are, and why."""

    old: Chart
    chart: Chart
    changes: dict[str, list[str]]
    left: Mapping[str, tuple[RowProblem, ...]]


class Peopling:
    """Imports people and lets open cases follow the chart."""

    def __init__(self, database: Database, library: Library, firing: Firing, joining: Joining) -> None:
        self._database = database
        self._library = library
        self._firing = firing
        self._joining = joining
        self._seating = Seating(database, library)

    def keys(self) -> dict[str, str]:
        """The key of each known person by person_id."""
        with self._database.read() as unit:
            return {one.person_id: one.key for one in self._library.chart(unit).segments}

    def replace_chart(
        self, roster: Roster, *, actor: Actor, before: str | None = None, leave: bool = False
    ) -> PeopleReport:
        """Store a new chart (people absent from it stay as they were), then let open cases follow.

        Whose move has divided a period and is told with another day is left as they are, or refused with all others.
        Raises: PeopleInvalid; Conflict, also if the chart is no longer the one that is named as `before`.
        """
        new = self._worked_out(roster, before, leave=leave)
        while new.chart.version != new.old.version and not self._stored(new, actor):
            new = self._worked_out(roster, before, leave=leave)  # somebody else was quicker
        return PeopleReport(
            version=new.chart.version,
            joined=tuple(new.changes["joined"]),
            changed=tuple(new.changes["changed"]),
            left=tuple(new.changes["left"]),
            followed=self.follow_chart_when_it_turns(),
            left_alone=tuple(new.left),
        )

    def _worked_out(self, roster: Roster, before: str | None, *, leave: bool) -> _Import:
        """What a roster makes of the chart; before anything is locked, for it looks at everybody.

        Raises: Conflict, PeopleInvalid.
        """
        with self._database.read() as view:
            old = self._library.chart(view)
            if before is not None and old.version != before:
                raise Conflict("the chart has changed since this file was previewed; look at it again")
            demand_known_keys(old, roster.people)
            new = _merged(old, roster.people)
            left = told_anew(view, old, new, _changes(old, new.segments)["changed"])
        if left and not leave:
            raise PeopleInvalid("the people", [problem for told in left.values() for problem in told])
        if left:
            new = _merged(old, tuple(one for one in roster.people if one.key not in left))
        return _Import(old, new, _changes(old, new.segments), left)

    def _stored(self, new: _Import, actor: Actor) -> bool:
        """Store a chart with its entry; False if the one it was worked out from is in force no more."""
        with self._database.write() as unit:
            if (unit.meta(PEOPLE_VERSION) or "") != new.old.version:
                return False
            now, changes = self._library.now(), new.changes
            unit.put_people(new.chart.segments, new.chart.version, before=new.old.version)
            unit.put_replaced(_replaced(new.old, new.chart, now, changes["joined"]))
            unit.put_meta(SEEN, "")  # whoever comes first follows it, should this process not live to
            facts = {"actor": actor.facts(), "chart": new.chart.version, "before": new.old.version, **changes}
            facts |= {"left_alone": list(new.left)} if new.left else {}
            unit.append("people", "imported", now, _bounded(facts))
        return True

    def preview(self, roster: Roster) -> PeoplePreview:
        """What importing this roster would change and whom it would concern, but for whom it leaves as they are.

        Nothing is kept. Raises: Conflict.
        """
        new = self._worked_out(roster, None, leave=True)
        with self._database.read() as view:
            affected = tuple(self._affected(view, new.chart))
        today = local_date(self._library.now(), "UTC")
        return PeoplePreview(
            version=new.chart.version,
            before=new.old.version,
            changes=compare(new.old, roster, today),
            chart=new.chart,
            affected=affected,
            remarks=remarks_of(new.chart, today),
            left_alone=tuple(problem for told in new.left.values() for problem in told),
        )

    def _affected(self, view: View, chart: Chart) -> Iterator[CaseEffect]:
        """What following this chart would do to each open case, by the very steps that would be taken."""
        for case in self._following_cases(view):
            machine = self._library.machine(view, case.definition)
            scene = replace(self._library.scene(view, machine, case), chart=chart)
            if not chart_fact(case, chart, scene.today(case.zone)) and not must_follow(machine, case, scene):
                continue
            contents = contents_of(view, self._library, machine, case, scene)
            found = effect_of(machine, case, contents, scene)
            if found is not None:
                yield found

    def follow_chart_when_it_turns(self) -> int:
        """Follow the chart if a day it names has begun since it was last followed; how many tasks moved.

        While the clock is in doubt no day begins; what an import changed is followed all the same.
        """
        with self._database.read() as unit:
            chart = self._library.chart(unit)
            seen = unit.meta(SEEN)
        if seen and self._library.in_doubt:
            return 0
        today = _everywhere(chart, self._library.now())
        if seen and not chart.change_days(date.fromisoformat(seen), today):
            return 0
        return self.follow_chart()

    def follow_chart(self) -> int:
        """Tell open cases who has left or moved, and move tasks along; how many tasks moved.

        A case that fails does not stop the others; the walk then counts as not done, and the next beat repeats it.
        """
        with self._database.read() as view:
            # Noted before the walk: a day that begins meanwhile is walked again.
            seen = _everywhere(self._library.chart(view), self._library.now())
        followed, whole = self._follow_all(self._following_cases())
        self._seating.follow()
        if whole:
            with self._database.write() as unit:
                unit.put_meta(SEEN, seen.isoformat())
        return followed

    def _follow_all(self, cases: Iterable[Case]) -> tuple[int, bool]:
        """How many tasks moved, and whether every case followed.

        Whoever moved twice before it was told has the part in between as well: what a move opened follows in turn.
        """
        followed, whole = 0, True
        while True:
            moved: dict[str, None] = {}
            for case in cases:
                try:
                    after = self._follow(case)
                except SiklusError:
                    whole = False
                    continue
                followed += after.tasks
                if after.moved:
                    moved[case.subject] = None
            self._joining.pass_on()
            if not moved:
                return followed, whole
            cases = self._cases_of(moved)

    def _follow(self, case: Case) -> _Followed:
        with self._database.read() as view:
            machine = self._library.machine(view, case.definition)
            scene = self._library.scene(view, machine, case)
        fact = chart_fact(case, scene.chart, scene.today(case.zone))
        if fact:
            case = self._firing.fire(case.id, Notice(fact=fact, actor=TIMER)).case
        if machine.definition.reads and not case.ended:
            self._joining.rearm(case, machine)
        following = must_follow(machine, case, scene)
        if following:
            self._firing.fire(case.id, Follow())
        return _Followed(len(following), fact == MOVES)

    def _cases_of(self, subjects: Iterable[str]) -> tuple[Case, ...]:
        """The open cases about these people, as they are by now."""
        with self._database.read() as view:
            pages = [queries.cases(view, subject=one, ended="", limit=_PAGE) for one in subjects]
        return tuple(case for page in pages for case in page)

    def _following_cases(self, view: View | None = None) -> Iterable[Case]:
        """The cases that follow the chart: the open ones, then the ended ones that ask somebody for a look."""
        yield from self._open_cases(view)
        after = ""
        while True:
            with nullcontext(view) if view is not None else self._database.read() as snapshot:
                page = queries.ended_with_tasks(snapshot, after=after, limit=_PAGE)
            yield from page
            if len(page) < _PAGE:
                return
            after = page[-1].id

    def _open_cases(self, view: View | None = None) -> Iterable[Case]:
        """Every open case, each page from a snapshot of its own unless one is given."""
        after = ""
        while True:
            with nullcontext(view) if view is not None else self._database.read() as snapshot:
                page = queries.cases(snapshot, ended="", after=after, limit=_PAGE)
            yield from page
            if len(page) < _PAGE:
                return
            after = page[-1].id


def _merged(old: Chart, people: tuple[Person, ...]) -> Chart:
    named = {one.person_id for one in people}
    kept = tuple(one for one in old.segments if one.person_id not in named)
    segments = (*kept, *people)
    version = version_of(segments, old.delegations, old.trainings)
    return Chart(segments=segments, version=version, delegations=old.delegations, trainings=old.trainings)


def _replaced(old: Chart, chart: Chart, now: int, joined: list[str]) -> Replaced:
    """What is needed to take this import back: everybody whom it changed, as they were."""
    new = {one for one in chart.segments if old.history(one.key)}
    changed = {one.key for one in new ^ set(old.segments)}
    before = tuple(one for one in old.segments if one.key in changed)
    return Replaced(version=chart.version, before=old.version, at=now, segments=before, added=tuple(joined))


def _changes(old: Chart, segments: tuple[Person, ...]) -> dict[str, list[str]]:
    """Keys of who joined, changed, or left (a last day was set)."""
    changes: dict[str, list[str]] = {"joined": [], "changed": [], "left": []}
    by_key: dict[str, list[Person]] = {}
    for one in segments:
        by_key.setdefault(one.key, []).append(one)
    for key, held in sorted(by_key.items()):
        before = old.history(key)
        now = tuple(sorted(held, key=lambda one: one.valid_from))
        if not before:
            changes["joined"].append(key)
        elif before != now:
            changes["changed"].append(key)
            if now[-1].valid_to is not None and before[-1].valid_to is None:
                changes["left"].append(key)
    return changes


def _bounded(facts: Mapping[str, object]) -> dict[str, object]:
    """Lists of keys are counted, not listed, once an entry would outgrow its limit; the chart's digest binds them."""
    most = 800
    return {
        name: {"count": len(value)} if isinstance(value, list) and len(value) > most else value
        for name, value in facts.items()
    }


def _everywhere(chart: Chart, now: int) -> date:
    """The day that has begun in every zone of the chart: a turn counts as seen only when the last zone has seen it."""
    zones = {one.zone for one in chart.segments}
    return min((local_date(now, zone) for zone in zones), default=local_date(now, "UTC"))
