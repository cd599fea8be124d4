"""An honest life to be forged: a case of the model's definition that goes through nearly everything a case can."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

from engine.core.case import Case
from engine.core.codec import decode
from engine.core.command import Actor, Extend, Pause, Remind, Resume
from engine.core.moments import Duration
from engine.lawful.report import LawReport, judge
from tests.worlds import HOUR, World, calendar, on_desk

Told = dict[str, Any]
Forge = Callable[[list[Told]], int]


@cache
def _lived() -> tuple[tuple[bytes, ...], bytes, Case]:
    world = World(definition="tests/model/steered")
    hr, employee = Actor(person=on_desk("personnel")), world.case.subject
    world.fire("submit")
    world.now += HOUR
    world.undo(employee)
    world.obey(Pause(kind="leave", actor=hr, reason="cuti"))
    world.wait(2)
    world.obey(Resume(actor=hr, reason="kembali"))
    world.obey(Extend(by=Duration(3, "working days"), ladder="kept", actor=hr, reason="banjir"))
    world.wait_until(world.case.deadlines[-1].due_on)
    while "rung" not in {one.entry.kind for one in world.steps}:
        world.wait(1)
    world.fire("submit")
    for _ in range(2):
        world.now += HOUR
        world.fire("return", reason="kurang")
        world.fire("submit")
    world.obey(Remind(actor=hr, note="mohon segera"))
    world.fire("agree")
    for one in world.case.waiting:
        world.fire("answer", by=one.holder, view={"mark": 3})
    world.wait(3, "weeks")
    world.wait(1)
    world.fire("close", rating={"points": 80})
    assert world.case.ended
    return tuple(one.entry.body for one in world.steps), world.machine.definition.source, world.case


def honest() -> list[Told]:
    """Its entries, each time new."""
    return [decode(one) for one in _lived()[0]]


def engine_says() -> list[tuple[int, str, tuple[int, ...]]]:
    """How its promises stand by the engine: number, standing, the entries that show it."""
    return [(one.number, one.standing, one.evidence) for one in _lived()[2].promises]


def rules() -> dict[str, Any]:
    """Its definition as a pack carries it."""
    told: dict[str, Any] = json.loads(_lived()[1])
    return told


def judged(entries: list[Told], changed: dict[str, Any] | None = None) -> LawReport:
    """The report on these entries, under the definition or a changed one."""
    source = json.dumps(changed or rules()).encode()
    known = {_lived()[2].definition: source}
    days = calendar().days_told()
    ends = {calendar().version.rpartition(":")[2]: days}
    return judge(enumerate(copy.deepcopy(entries)), known.get, ends.get)


def nth(entries: list[Told], kind: str, number: int = 0, **cause: object) -> Told:
    """An entry of a kind, by its number among those of this cause."""
    found = [
        one
        for one in entries
        if one["kind"] == kind and all(one.get("cause", {}).get(key) == value for key, value in cause.items())
    ]
    return found[number]


def renumbered(entries: list[Told]) -> list[Told]:
    """The entries with the numbers they would have, put in properly."""
    for number, one in enumerate(entries, 1):
        one["seq"] = number
    return entries


def later(day: str, days: int) -> str:
    """An ISO day so many days later."""
    return date.fromordinal(date.fromisoformat(day).toordinal() + days).isoformat()
