"""After a standstill of the engine itself: which of the rungs that came due meanwhile ring, and which speak for others.

A move is never left out, nor is a rung that opens a task or gives one to somebody else; only what is said may be
taken together. What happens follows from the alarms' own instants, so whoever looks first, a beat or an act, comes to
the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from engine.core.case import Alarm, Case, Deadline
from engine.core.command import TIMER
from engine.core.definition import CatchUp, Definition, Rung
from engine.core.draft import Draft
from engine.core.effects import Step
from engine.core.interruptions import OUTAGE
from engine.core.machine import Machine
from engine.core.outages import give_back, given_back, stopped
from engine.core.scene import Scene
from engine.errors import CaseClosed, Refused

__all__ = [
    "Speaking",
    "caught_up",
    "extends",
    "make_up",
    "policy_of",
    "returned",
    "speaking_for",
    "taken_together",
]


class Speaking(NamedTuple):
    """Which roles are reminded and told for several rungs, and which of those rungs say nothing themselves."""

    remind: tuple[str, ...]
    notify: tuple[str, ...]
    silent: Mapping[str, list[int]]


def make_up(machine: Machine, case: Case, scene: Scene) -> Step:
    """The case with the time of the latest standstill given back. Raises: CaseClosed, Refused if no clock takes it."""
    if case.ended:
        raise CaseClosed(f"case {case.id} is closed ({case.ended}); it has no clock", case=case.id)
    draft = Draft(machine, case, scene, TIMER)
    if not returned(draft):
        raise Refused(f"no clock of case {case.id} is given the time of a standstill", case=case.id)
    return draft.close("given_back")


def policy_of(definition: Definition, deadline: Deadline, scene: Scene) -> CatchUp:
    """What a clock does about what it missed; unsaid by its ladder, what the installation says."""
    ladder = definition.ladders.get(deadline.ladder)
    if ladder is not None and ladder.catch_up is not None:
        return ladder.catch_up
    return scene.standstill.policy if scene.standstill is not None else "fire_all"


def extends(definition: Definition, case: Case, deadline: Deadline, alarm: Alarm, scene: Scene) -> bool:
    """Whether this alarm came in a standstill whose time its clock is still to be given back."""
    still = scene.standstill
    return (
        still is not None
        and still.missed(alarm.at)
        and not given_back(deadline, still.id)
        and deadline in _extended(definition, case, scene)
    )


def returned(draft: Draft) -> bool:
    """Give the clocks of a case that say `extend` the time of the standstill; whether any took some."""
    still = draft.scene.standstill
    if still is None:
        return False
    case, calendar = draft.case, draft.scene.calendar
    draft.facts["cause"] = {
        "standstill": still.id,
        "first": calendar.date_of(still.from_at, case.zone).isoformat(),
        "last": calendar.date_of(still.to_at, case.zone).isoformat(),
    }
    clocks = _extended(draft.machine.definition, case, draft.scene)
    return bool(give_back(draft, OUTAGE, still.id, (still.from_at, still.to_at), clocks))


def taken_together(definition: Definition, case: Case, deadline: Deadline, scene: Scene) -> tuple[Alarm, ...]:
    """The rungs of a clock that came due in a standstill and ring as one: those before anything that moves the case."""
    still = scene.standstill
    if still is None or policy_of(definition, deadline, scene) == "fire_all":
        return ()
    until = min(
        (
            alarm.at
            for one in case.deadlines
            if one.paused_at is None
            for alarm in one.alarms
            if alarm.kind != "rung"
        ),
        default=still.to_at + 1,
    )
    found: list[Alarm] = []
    for alarm in deadline.alarms:
        if alarm.kind != "rung" or alarm.at >= until or not still.missed(alarm.at):
            break
        found.append(alarm)
    return tuple(found)


def speaking_for(policy: CatchUp, rungs: Mapping[int, Rung]) -> Speaking:
    """Who is told at once for all these rungs: everybody they name, or whom the last to speak names."""
    reminding = [number for number, rung in rungs.items() if rung.remind]
    noticing = [number for number, rung in rungs.items() if rung.notify]
    if policy == "skip_superseded":
        silent = {"remind": reminding[:-1], "notify": noticing[:-1]}
        reminding, noticing = reminding[-1:], noticing[-1:]
    else:
        silent = {}
    return Speaking(
        remind=_roles(rungs[number].remind for number in reminding),
        notify=_roles(rungs[number].notify for number in noticing),
        silent={kind: numbers for kind, numbers in silent.items() if numbers},
    )


def caught_up(scene: Scene, policy: CatchUp, rungs: Iterable[int], speaking: Speaking) -> dict[str, Any]:
    """What an entry says of rungs that rang together: by which policy, and which of them said nothing for it."""
    assert scene.standstill is not None
    return {
        "because": scene.standstill.id,
        "policy": policy,
        "rungs": list(rungs),
        "skipped": dict(speaking.silent),
    }


def _roles(named: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """Every role that is named, each once."""
    return tuple(dict.fromkeys(role for roles in named for role in roles))


def _extended(definition: Definition, case: Case, scene: Scene) -> list[Deadline]:
    """The clocks of a case that are given the time of a standstill."""
    return [clock for clock in stopped(definition, case) if policy_of(definition, clock, scene) == "extend"]
