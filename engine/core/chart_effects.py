"""What a chart means for a case: which fact becomes true, and which tasks pass to whom. Told before, done alike.

Importing people fires the commands these functions name; the preview takes the same steps on a chart that is not
stored yet.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from engine.core.case import Case, Task
from engine.core.chart import Chart, Person
from engine.core.command import TIMER, Contents, Follow, Notice
from engine.core.definition import MOVES
from engine.core.effects import OpenCase
from engine.core.following import must_follow
from engine.core.machine import Machine
from engine.core.scene import Scene
from engine.core.step import act_and_settle, settle, step, written

__all__ = ["LEAVES", "MOVES", "CaseEffect", "Passing", "Remark", "chart_fact", "effect_of", "remarks_of"]

LEAVES = "employee leaves"


@dataclass(frozen=True, slots=True, kw_only=True)
class Passing:
    """A task that passes from one person to another; `to` is None where nobody is asked any more."""

    task: Task
    before: str
    to: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseEffect:
    """What following a chart does to one case: the fact it notes ("" if none), where it then stands, who has what.

    `opens` are the links by which other cases begin with it (the part of the period that is still to come).
    """

    case: Case
    fact: str
    after: Case
    passing: tuple[Passing, ...]
    opens: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Something about a chart that is sound and still worth a look: "vacant" or "both_act", since when, about whom."""

    kind: str
    person: str
    other: str
    on: date


def chart_fact(case: Case, chart: Chart, today: date) -> str:
    """The fact of the chart that is true of a case's subject and not noted yet; "" if there is none."""
    if case.ended:
        return ""  # nothing of it moves any more
    held = chart.history(case.subject)
    left = bool(held) and all(one.valid_to is not None and one.valid_to < today for one in held)
    own = chart.at(case.subject, today)
    if left and LEAVES not in case.facts:
        return LEAVES
    return MOVES if own is not None and own.unit != case.unit and MOVES not in case.facts else ""


def effect_of(machine: Machine, case: Case, contents: Contents, scene: Scene) -> CaseEffect | None:
    """What following the scene's chart does to a case, by the steps that will be taken; None if nothing."""
    stand = case
    for done in settle(machine, case, contents, scene, until=scene.now - 1):
        stand, contents = done.case, written(contents, done)
    overdue = stand
    fact = chart_fact(stand, scene.chart, scene.today(case.zone))
    opens: tuple[str, ...] = ()
    if fact:
        steps = act_and_settle(machine, stand, Notice(fact=fact, actor=TIMER), contents, scene)
        stand = steps[-1].case
        opens = tuple(one.link for done in steps for one in done.effects if isinstance(one, OpenCase))
    following = must_follow(machine, stand, scene)
    if not fact and not following:
        return None
    if following:
        stand = step(machine, stand, Follow(), scene).case
    return CaseEffect(case=case, fact=fact, after=stand, passing=tuple(_passed(overdue, stand)), opens=opens)


def _passed(before: Case, after: Case) -> Iterator[Passing]:
    """The tasks of the same visit that others have now, or nobody; with them checks, and looks of the desk."""
    beside = {task.id: task.holder for task in (*after.checks, *after.looks)}
    for task in (*before.checks, *before.looks):
        if beside.get(task.id, task.holder) != task.holder:
            yield Passing(task=task, before=task.holder, to=beside[task.id])
    if after.ended:
        return
    now = {task.id: task.holder for task in after.waiting}
    for task in before.waiting:
        if task.visit == after.visit and now.get(task.id) != task.holder:
            yield Passing(task=task, before=task.holder, to=now.get(task.id))


def remarks_of(chart: Chart, today: date) -> tuple[Remark, ...]:
    """Posts nobody holds or acts for today though people report to them, and two who act for one post at a time."""
    reporting = sorted({one.superior for one in chart.people(today) if one.superior})
    posts = [chart.near(name, today) for name in reporting]
    vacant = [
        Remark(kind="vacant", person=one.key, other="", on=one.valid_to or today)
        for one in posts
        if one is not None and not one.holds_on(today) and not chart.acting_for(one.person_id, today)
    ]
    return (*vacant, *_acting_together(chart, today))


def _acting_together(chart: Chart, today: date) -> Iterator[Remark]:
    acting: dict[str, list[Person]] = {}
    for one in chart.segments:
        if one.acting_for and (one.acting_to is None or one.acting_to >= today):
            acting.setdefault(one.acting_for, []).append(one)
    for post in sorted(acting):
        for one, other in combinations(sorted(acting[post], key=lambda held: held.person_id), 2):
            first = max(one.acting_from or one.valid_from, other.acting_from or other.valid_from)
            if one.key != other.key and one.acts_on(first) and other.acts_on(first):
                yield Remark(kind="both_act", person=one.key, other=other.key, on=first)
