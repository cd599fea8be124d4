"""Who can do the work of a case: the people the chart offers for each role, asked once for persons it treats alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import islice

from engine.core.chain import UNIT_KEY
from engine.core.chart import Chart
from engine.core.course import targets
from engine.core.covering import not_covered, unit_not_covered
from engine.core.definition import HOLDER, By, Definition, NeverSame, State
from engine.core.people import line_of, next_level, resolve, resolve_all, substitute_of
from engine.core.promise_words import machines_of
from engine.core.proof.moves import closure
from engine.core.roles import Found, NamedIn, Outside, Subject
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
    #: how many persons there are for roles of several people
    several: Mapping[str, int] = field(default_factory=dict)


class Roster:
    """A definition over a chart on a day."""

    def __init__(self, definition: Definition, chart: Chart, day: date) -> None:
        self.definition, self.chart, self.day = definition, chart, day

    @cached_property
    def working(self) -> tuple[str, ...]:
        """The roles that do work: hold tasks, answer, sign, act, or are given a task by a rung."""
        used: dict[str, None] = {}
        for one in (self.definition, *self.definition.tracks.values()):
            for state in one.states.values():
                used.update(dict.fromkeys(_roles_of(state)))
        return tuple(name for name in used if not isinstance(self.definition.roles[name].query, Outside))

    @cached_property
    def apart(self) -> tuple[tuple[str, str], ...]:
        """Roles of one path that must not be one person."""
        pairs = {
            tuple(sorted((role.name, other)))
            for role in self.definition.roles.values()
            for other in role.exclude
            if role.name in self.working and other in self.working
        }
        pairs |= {tuple(sorted(pair)) for pair in _never_same(self.definition)}
        roles = self.definition.roles
        return tuple(
            (one, other)
            for one, other in sorted(pairs)
            if not (roles[one].several or roles[other].several) and self._meet(one, other)
        )

    def _meet(self, one: str, other: str) -> bool:
        """Whether both act on some path."""
        own, others = self._states[one], self._states[other]
        return any(
            there in self._ahead[here] or here in self._ahead[there] for here in own for there in others
        )

    @cached_property
    def _states(self) -> Mapping[str, set[str]]:
        found: dict[str, set[str]] = {name: set() for name in self.definition.roles}
        for state in self.definition.states.values():
            for name in _roles_of(state):
                found[name].add(state.name)
        return found

    @cached_property
    def _ahead(self) -> Mapping[str, set[str]]:
        states = self.definition.states
        edges = {
            name: {
                to for way in state.transitions for text in (way.to, way.then) for to in self._targets(text)
            }
            for name, state in states.items()
        }
        return {name: closure({name}, edges) for name in states}

    def _targets(self, text: str | None) -> tuple[str, ...]:
        return targets(self.definition, text)

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
            sign = (one.person_id,) if one.person_id in marked else (one.superior, one.unit)
            alike.setdefault(sign, []).append(one.key)
        return tuple(Group(keys=tuple(keys)) for keys in alike.values())

    def crew(self, group: Group) -> Crew:
        """Who may do what in the cases of a group."""
        candidates: dict[str, tuple[str, ...]] = {}
        missing: dict[str, tuple[str, ...]] = {}
        several: dict[str, int] = {}
        firsts: dict[str, Found] = {}
        for name in self.working:
            role = self.definition.roles[name]
            if isinstance(role.query, NamedIn):
                several[name] = self._colleagues(group.one)
            elif role.several:
                found = resolve_all(name, self.definition.roles, self.chart, group.one, {}, self.day)
                several[name] = len(found)
            else:
                candidates[name], missing[name] = self._candidates(name, group.one, firsts)
        lost = {name: tried for name, tried in missing.items() if not candidates[name]}
        return Crew(group=group, candidates=candidates, missing=lost, several=several)

    def _candidates(
        self, role: str, subject: str, firsts: dict[str, Found]
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The nearest people for a role, as many as could be away or do the duties kept apart from it, and one."""
        if isinstance(self.definition.roles[role].query, Subject):
            return (subject,), ()
        found: list[str] = []
        enough = AWAY + sum(role in pair for pair in self.apart) + 1
        line = line_of(role, self.definition.roles, self.chart, subject, self.day, fixed=firsts)
        try:
            for one in islice(line, enough):
                if not found:
                    firsts[role] = one
                found.append(one.person)
        except NobodyFound as nobody:
            return tuple(found), nobody.tried
        except NotFound:
            return tuple(found), ()
        return tuple(found), ()

    def _colleagues(self, subject: str) -> int:
        own = self.chart.near(subject, self.day)
        if own is None:
            return 0
        return sum(
            1
            for one in self.chart.people(self.day)
            if one.unit == own.unit and one.key != subject and one.serves_on(self.day) and not one.external
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


def _roles_of(state: State) -> Iterable[str]:
    if state.task is not None:
        yield state.task.who
    if state.gather is not None:
        yield from state.gather.who
    for way in state.transitions:
        if isinstance(way.trigger, By):
            yield from (name for name in way.trigger.roles if name != HOLDER)


def _never_same(definition: Definition) -> Iterator[tuple[str, str]]:
    """The roles of acts that a promise keeps apart."""
    for promise in definition.promises:
        if isinstance(promise, NeverSame) and machines_of(definition, promise)[0] is definition:
            roles = [next(iter(_acting(definition, act)), "") for act in promise.acts]
            for number, one in enumerate(roles):
                yield from ((one, other) for other in roles[number + 1 :] if one and other and one != other)


def _acting(definition: Definition, act: str) -> Iterator[str]:
    for state in definition.states.values():
        for way in state.transitions:
            if act in {way.rule, way.name} and isinstance(way.trigger, By):
                yield from way.trigger.roles or ((state.task.who,) if state.task is not None else ())
