"""Where a unit stands, worked out from its cases: how many in which phase, who is waited for, how late."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from engine.core.case import Case
from engine.core.definition import Definition
from engine.core.lateness import is_overdue

__all__ = ["Holdup", "Standing", "holdups", "standings"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How the cases of one cycle stand: how many in each phase of its rules, in their order, and how many are late."""

    cycle: str
    definition: Definition
    phases: Mapping[str, int]
    late: Mapping[str, int]

    @property
    def whole(self) -> int:
        """All its cases."""
        return sum(self.phases.values())


@dataclass(slots=True, kw_only=True)
class Holdup:
    """Somebody whom cases wait for: which, and on what day the first was due."""

    person: str
    cases: list[Case] = field(default_factory=list)
    late: int = 0
    since: int = 0


def standings(cases: Iterable[Case], rules: Mapping[str, Definition], today: date) -> tuple[Standing, ...]:
    """How the cases of each cycle stand, in the order in which cycles were opened; tracks stand in their case."""
    found: dict[str, list[Case]] = {}
    for one in cases:
        if "#" not in one.definition:
            found.setdefault(one.cycle, []).append(one)
    return tuple(
        _standing(cycle, rules[ones[0].definition], ones, today) for cycle, ones in sorted(found.items())
    )


def _standing(cycle: str, definition: Definition, cases: list[Case], today: date) -> Standing:
    phases, late = dict.fromkeys(definition.phases, 0), dict.fromkeys(definition.phases, 0)
    for one in cases:
        phases[one.phase] = phases.get(one.phase, 0) + 1
        late[one.phase] = late.get(one.phase, 0) + is_late(one, today)
    return Standing(cycle=cycle, definition=definition, phases=phases, late=late)


def is_late(case: Case, today: date) -> bool:
    """Whether work that the case waits for should have been done before today."""
    return any(is_overdue(case, task, today) for task in case.waiting)


def holdups(cases: Iterable[Case], today: date, first: str) -> tuple[Holdup, ...]:
    """Whom cases wait for, whoever looks (`first`) on top, then those who are late for most, then those with most."""
    found: dict[str, Holdup] = {}
    for one in cases:
        for task in one.waiting:
            held = found.setdefault(task.holder, Holdup(person=task.holder, since=task.opened_at))
            held.since = min(held.since, task.opened_at)
            held.late += is_overdue(one, task, today)
            if all(other.id != one.id for other in held.cases):
                held.cases.append(one)
    return tuple(
        sorted(found.values(), key=lambda one: (one.person != first, -one.late, -len(one.cases), one.since))
    )
