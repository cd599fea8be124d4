"""Who is a party to a case: who fills which of its roles on which days, and to whom its tasks came.

Relations are those of the appraised period: who led in March is a party to the case about March, whoever leads now.
After the period's last day a role counts only where the present state gives it something to do. Of a desk its whole
staff is meant, so the desk itself is the party. The subject is none: the case is theirs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from engine.core.assigning import find, find_all
from engine.core.case import Case, Task
from engine.core.chart import Chart, Person
from engine.core.definition import By, Definition
from engine.core.moments import Offset
from engine.core.roles import Desk, NamedIn, Outside, Role, Subject
from engine.core.scene import Scene
from engine.core.segments import last_day_of
from engine.errors import NobodyFound, NotFound

__all__ = [
    "NEVER_WAS",
    "Party",
    "came_to",
    "desk_name",
    "entered_by",
    "named_now",
    "parties_of",
    "reconciled",
]

_DAY = timedelta(days=1)
#: the last day of what turned out never to have been
NEVER_WAS = date.min

How = Literal["role", "task"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A person (a key, or a desk by `desk_name`) who filled a role from the first day to the end of the last.

    `how`: they fill it by the chart, or a task of it came to them. `lent`: others may fill it for them.
    """

    person: str
    role: str
    how: How
    first: date
    last: date | None = None
    lent: bool = False

    @property
    def was(self) -> bool:
        """Whether there was a single day of it."""
        return self.last is None or self.last >= self.first


def desk_name(name: str, unit: str) -> str:
    """The staff of a desk in a unit, as a party."""
    return f"desk:{name}@{unit}"


def parties_of(definition: Definition, case: Case, scene: Scene) -> tuple[Party, ...]:
    """Who filled which role, by the chart as it is known now, on each day of the case up to today."""
    today, closes = scene.today(case.zone), last_day_of(case)
    begins = min(case.period_from, today)
    found: list[Party] = []
    day, until = begins, min(today, closes)
    while day <= until:
        turn = _next_turn(scene.chart, case, day, until)
        last = None if turn is None else turn - _DAY
        then = replace(scene, now=scene.calendar.start_of(day, case.zone)) if day != today else scene
        found.extend(_on(definition, case, then, definition.roles, day, last))
        if turn is None:
            break
        day = turn
    if today > closes:
        named = {name: definition.roles[name] for name in _at_work(definition, case)}
        found.extend(_on(definition, case, scene, named, closes + _DAY, None))
    standing = [
        _named(rule, key, case, scene, None)
        for rule in definition.roles.values()
        if isinstance(rule.query, NamedIn)
        for key in case.named.get(rule.query.path, ())
        if key != case.subject
    ]
    return (*_joined(found), *standing)


def entered_by(definition: Definition, case: Case, scene: Scene) -> tuple[Party, ...]:
    """Those who have something to do in the state just entered by a role that only this entry fills."""
    today = scene.today(case.zone)
    late = today > last_day_of(case)
    asked = {name: definition.roles[name] for name in _at_work(definition, case)}
    fresh = {name: rule for name, rule in asked.items() if late or _by_entry(rule)}
    return tuple(_on(definition, case, scene, fresh, today, None))


def named_now(
    definition: Definition, case: Case, path: str, keys: tuple[str, ...], scene: Scene
) -> tuple[Party, ...]:
    """What naming these people in a field changes: those who are named now, and those who no longer are."""
    gone = set(case.named.get(path, ())) - set(keys)
    roles = [
        rule
        for rule in definition.roles.values()
        if isinstance(rule.query, NamedIn) and rule.query.path == path
    ]
    return tuple(
        _named(rule, key, case, scene, last)
        for rule in roles
        for last, people in ((NEVER_WAS, gone), (None, keys))
        for key in sorted(people)
        if key != case.subject
    )


def came_to(definition: Definition, task: Task, day: date) -> Party:
    """The party whom a task makes."""
    rule = definition.roles.get(task.role)
    return Party(
        person=task.holder,
        role=task.role,
        how="task",
        first=day,
        lent=rule is not None and lends(rule),
    )


def lends(rule: Role) -> bool:
    """Whether whoever fills this role may have it filled by others for a time."""
    return rule.delegable and not rule.several and not isinstance(rule.query, Outside | Subject)


def reconciled(
    definition: Definition, case: Case, stored: Iterable[Party], wanted: Iterable[Party], today: date
) -> tuple[Party, ...]:
    """The rows to write so that what is stored of roles agrees with the chart; to whom a task came stays.

    Nothing is forgotten but what the chart now says never was.
    """
    rows = [one for one in stored if one.how == "role"]
    known = {(one.role, one.person, one.first): one for one in rows}
    now = {(one.role, one.person, one.first): one for one in wanted}
    changed: list[Party] = []
    for key, one in now.items():
        there = known.get(key)
        if there != one and (there is not None or not any(_covers(other, one) for other in rows)):
            changed.append(one)
    for key, one in known.items():
        if key not in now and one.was:
            ended = _ended(definition.roles.get(one.role), one, now.values(), today, last_day_of(case))
            if ended is not None:
                changed.append(ended)
    return tuple(changed)


def _ended(rule: Role | None, one: Party, wanted: Iterable[Party], today: date, closes: date) -> Party | None:
    """A row that is not wanted as it stands: over, or, by a chart told anew, never begun; None if it may stay."""
    same = [other.last for other in wanted if (other.role, other.person) == (one.role, one.person)]
    if None in same:
        return None
    if same:
        last = max(day for day in same if day is not None)
        return replace(one, last=last) if one.last is None or one.last > last else None
    told_anew = rule is not None and not _by_entry(rule) and one.first <= closes
    if told_anew:
        return replace(one, last=NEVER_WAS)
    return replace(one, last=today - _DAY) if one.last is None else None


def _covers(one: Party, other: Party) -> bool:
    """Whether a row says of the same person and role at least the days of the other."""
    if (one.role, one.person, one.lent) != (other.role, other.person, other.lent) or one.first > other.first:
        return False
    return one.last is None or (other.last is not None and other.last <= one.last)


def _named(rule: Role, key: str, case: Case, scene: Scene, last: date | None) -> Party:
    """Somebody a field names: since the case began, so that the row is always the same one."""
    first = scene.calendar.date_of(case.opened_at, case.zone)
    return Party(person=key, role=rule.name, how="role", first=first, last=last, lent=lends(rule))


def _at_work(definition: Definition, case: Case) -> tuple[str, ...]:
    """The roles that may do something in the present state."""
    triggers = (way.trigger for way in definition.states[case.state].transitions)
    named = [role for trigger in triggers if isinstance(trigger, By) for role in trigger.roles]
    return tuple(dict.fromkeys(role for role in named if role in definition.roles))


def _by_entry(rule: Role) -> bool:
    return rule.as_of == "entry" or isinstance(rule.as_of, Offset)


def _on(
    definition: Definition, case: Case, scene: Scene, roles: Iterable[str], first: date, last: date | None
) -> Iterator[Party]:
    for name in roles:
        rule = definition.roles[name]
        if isinstance(rule.query, Subject | NamedIn):
            continue
        for person in _fillers(definition, case, rule, scene):
            if person != case.subject:
                yield Party(person=person, role=name, how="role", first=first, last=last, lent=lends(rule))


def _fillers(definition: Definition, case: Case, rule: Role, scene: Scene) -> tuple[str, ...]:
    try:
        if rule.several:
            several = tuple(one.person for one in find_all(definition, case, rule.name, scene))
            if several:
                return several
        found = find(definition, case, rule.name, scene)
    except (NobodyFound, NotFound):
        return ()
    if isinstance(rule.query, Desk) and found.via == "desk":
        holder = scene.chart.near(found.person, scene.today(case.zone))
        if holder is not None:
            return (desk_name(rule.query.name, holder.unit),)
    return (found.person,)


def _next_turn(chart: Chart, case: Case, day: date, until: date) -> date | None:
    """The next day on which the posts around the subject are held otherwise; None if there is none by then."""
    around = {case.subject, *(one.key for one in chart.line_above(case.subject, day))}
    own = chart.near(case.subject, day)
    head = chart.head_post(own.unit if own is not None else case.unit, day)
    if head is not None:
        around.add(head.key)
    segments: list[Person] = []
    for key in around:
        held = chart.history(key)
        segments.extend(held)
        segments.extend(chart.appointed_for(held[-1].person_id) if held else ())
    days = (turn for one in segments for turn in one.turning_days())
    return min((turn for turn in days if day < turn <= until), default=None)


def _joined(found: Iterable[Party]) -> Iterator[Party]:
    """The same rows, where one person's days in a role follow one another without a break as one."""
    whole: dict[tuple[str, str], Party] = {}
    for one in found:
        key = one.role, one.person
        before = whole.get(key)
        if before is not None and before.last is not None and before.last + _DAY == one.first:
            whole[key] = replace(before, last=one.last)
            continue
        if before is not None:
            yield before
        whole[key] = one
    yield from whole.values()
