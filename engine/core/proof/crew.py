"""Who can do the work of a case: the people the chart offers for each role, asked once for persons it treats alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import islice

from engine.core.chain import UNIT_KEY
from engine.core.chart import Chart, Person
from engine.core.covering import not_covered, unit_not_covered
from engine.core.definition import HOLDER, Definition, Field
from engine.core.filling import colleagues_of
from engine.core.people import line_of, next_level, resolve, resolve_all, substitute_of
from engine.core.proof.duties import Board
from engine.core.proof.meeting import Meeting
from engine.core.roles import Found, NamedIn, Query, Subject
from engine.errors import NobodyFound, NotFound

__all__ = ["Crew", "Group", "crews"]

#: how many may be away at a time
AWAY = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Persons whom the chart treats alike, one of them asked about: the first."""

    keys: tuple[str, ...]

    @property
    def one(self) -> str:
        """Who stands for them."""
        return self.keys[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Crew:
    """The candidates for every role of one group's cases, nearest first; why nobody was found for a role."""

    group: Group
    candidates: Mapping[str, tuple[str, ...]]
    missing: Mapping[str, tuple[str, ...]]
    #: whom gatherings ask that ask roles of several people, as the meeting names them
    members: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    #: how many colleagues there are whom a form may name
    colleagues: int = 0


class Roster:
    """A definition over a chart on a day."""

    def __init__(self, definition: Definition, chart: Chart, day: date) -> None:
        self.definition, self.chart, self.day = definition, chart, day
        self.meeting = Meeting(definition)

    @cached_property
    def working(self) -> tuple[str, ...]:
        """The roles of which one person does work: holds tasks, signs, acts, answers for nobody else."""
        return self.meeting.alone

    @property
    def apart(self) -> tuple[tuple[str, str], ...]:
        """Roles, and gatherings of several, that must not share a person."""
        return self.meeting.apart

    @cached_property
    def _close_knit(self) -> int:
        """How large a unit may be for whom it names to depend on who asks: its people are looked at one by one."""
        needs = [
            self.meeting.need(name) + self.meeting.weight.get(name, 0)
            for name, one in self.meeting.boards.items()
            if any(isinstance(self.definition.roles[role].query, NamedIn) for role in one.gather.who)
        ]
        needs += [
            1 + self.meeting.weight.get(role, 0)
            for role in self.working
            if isinstance(self.definition.roles[role].query, NamedIn)
        ]
        return max(needs) + AWAY + len(self.definition.roles) if needs else 0

    def groups(self) -> tuple[Group, ...]:
        """Everybody who gets a case; those with the same superior and unit, and no duties, together."""
        if self.definition.subject == "unit":
            why_no_unit = unit_not_covered(self.definition, self.chart, self.day)
            return tuple(
                Group(keys=(f"{UNIT_KEY}{unit}",))
                for unit in self.chart.units(self.day)
                if not why_no_unit(unit)
            )
        people = self.chart.people(self.day)
        # Whoever could do work in other cases is looked at alone. A superior is none of them: never above themselves.
        marked = {one.substitute for one in people}
        marked |= {one.person_id for one in people if one.duties or one.acting_for}
        alike: dict[tuple[str | None, ...], list[str]] = {}
        why_not = not_covered(self.definition)
        for one in people:
            if one.external or why_not(one):
                continue
            single = one.person_id in marked or self._knit(one.unit)
            sign = (one.person_id,) if single else (one.superior, one.unit)
            alike.setdefault(sign, []).append(one.key)
        return tuple(Group(keys=tuple(keys)) for keys in alike.values())

    @cached_property
    def _names(self) -> bool:
        """Whether people are named at all: else nobody's colleagues are looked up."""
        named = any(isinstance(role.query, NamedIn) for role in self.definition.roles.values())
        return named or any(_asks_whom(form.fields) for form in self.definition.forms.values())

    def _knit(self, unit: str) -> bool:
        """Whether a unit is small enough for its people to be looked at one by one."""
        most = self._close_knit
        return most > 0 and sum(1 for _ in islice(self.chart.members(unit, self.day), most + 1)) <= most

    def crew(self, group: Group) -> Crew:
        """Who may do what in the cases of a group."""
        candidates: dict[str, tuple[str, ...]] = {}
        missing: dict[str, tuple[str, ...]] = {}
        firsts: dict[str, Found] = {}
        near = colleagues_of(self.chart, group.one, self.day) if self._names else ()
        for name in self.working:
            candidates[name], missing[name] = self._candidates(name, group.one, firsts, near)
        lost = {name: tried for name, tried in missing.items() if not candidates[name]}
        boards = {name: self._members(name, group.one, firsts, near) for name in self.meeting.boards}
        return Crew(group=group, candidates=candidates, missing=lost, members=boards, colleagues=len(near))

    def _candidates(
        self, role: str, subject: str, firsts: dict[str, Found], near: Sequence[Person]
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The nearest people for a role, as many as could be away or do the duties kept apart from it, and one."""
        rule = self.definition.roles[role]
        if isinstance(rule.query, Subject):
            return (subject,), ()
        found: list[str] = []
        enough = AWAY + self.meeting.weight.get(role, 0) + 1
        line = line_of(
            role,
            self.definition.roles,
            self.chart,
            subject,
            self.day,
            fixed=firsts,
            named=_anybody(rule.query, near),
        )
        try:
            for one in islice(line, enough):
                # Of several people none is the first: each of them is passed over where they are kept apart.
                if not found and not rule.several:
                    firsts[role] = one
                found.append(one.person)
        except NobodyFound as nobody:
            return tuple(found), nobody.tried
        except NotFound:
            return tuple(found), ()
        return tuple(found), ()

    def _members(
        self, board: str, subject: str, firsts: Mapping[str, Found], near: Sequence[Person]
    ) -> tuple[str, ...]:
        """Everybody whom the roles of several of a gathering ask, those who may yet be named included."""
        roles = self.definition.roles
        found: dict[str, None] = {}
        for name in self.meeting.boards[board].gather.who:
            if roles[name].several:
                named = _anybody(roles[name].query, near)
                asked = resolve_all(name, roles, self.chart, subject, {}, self.day, fixed=firsts, named=named)
                found.update(dict.fromkeys(one.person for one in asked))
        return tuple(found)

    def boards(self, crew: Crew) -> tuple[Board, ...]:
        """The gatherings of a case that have people enough, each with what it needs of them."""
        needs = {name: self.meeting.need(name) for name in self.meeting.boards}
        return tuple(
            Board(name=name, people=people, need=needs[name])
            for name, people in crew.members.items()
            if len(people) >= needs[name]
        )

    def reached(self, subject: str, holder: str, to: str) -> bool:
        """Whether a rung that hands over to, or asks, this role reaches somebody besides the silent holder."""
        try:
            if to == "substitute":
                return substitute_of(self.chart, holder, self.day, exclude=frozenset({subject})) is not None
            if to == "next_level":
                return next_level(self.chart, holder, self.day, frozenset({subject})).person != holder
            if to == HOLDER:
                return False
            found = resolve(to, self.definition.roles, self.chart, subject, {}, self.day).person
            return (
                found != holder
                or next_level(self.chart, holder, self.day, frozenset({subject})).person != holder
            )
        except (NobodyFound, NotFound):
            return False


def crews(roster: Roster) -> Iterator[Crew]:
    """The crew of every group."""
    return (roster.crew(group) for group in roster.groups())


def _asks_whom(fields: Sequence[Field]) -> bool:
    return any(one.kind == "person" or _asks_whom(one.item) for one in fields)


def _anybody(query: Query, near: Sequence[Person]) -> dict[str, tuple[str, ...]]:
    """Everybody whom a form may still name for a role: whoever fills it in names those who can do it."""
    return {query.path: tuple(one.key for one in near)} if isinstance(query, NamedIn) else {}
