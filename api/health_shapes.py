"""What the API tells of time: whether it keeps up, and a clock that is in doubt."""

from __future__ import annotations

from typing import Literal

from api.schemas import Out
from engine.core.audit import stamp
from engine.core.clock_doubt import Doubt
from engine.sealer import WitnessStanding

__all__ = ["ClockOut", "Health", "SetBackOut", "StandstillOut", "WitnessOut", "clock_out", "witness_out"]


class StandstillOut(Out):
    """From when to when no worker beat, and by which policy was made up for it."""

    since: str
    to: str
    policy: str


class ClockOut(Out):
    """A clock that ran ahead: `open` while nothing happens by itself, `accepted` by somebody, or `returned`.

    `since` is the last instant that was trusted, `says` what the clock said last, `counted` what was counted instead.
    """

    state: Literal["open", "accepted", "returned"]
    worker: str
    since: str
    says: str
    counted: str
    ahead_us: int


class SetBackOut(Out):
    """A clock that went back, from when to when."""

    worker: str
    was: str
    to: str


class WitnessOut(Out):
    """A witness of the log: the largest size it signed, and for how long it has not signed what came after.

    `state` is "refuses" where it knows another history of the log than this one.
    """

    name: str
    signed: int
    lag_us: int
    state: Literal["ok", "waiting", "refuses"]


class Health(Out):
    """Whether this process can answer, and whether time keeps up.

    `overdue_us` is how long the next thing to happen by itself has been due. Of the cases, `armed` have an alarm, `due`
    one that is due now, `stuck` one that has been due for more than ten minutes, `parked` one that failed, and is tried
    again less and less often.
    `standstill` is the latest time in which no worker beat. While the clock is in doubt nothing happens by itself, and
    `status` says so; `clock` is the latest doubt, `set_back` when the clock last went back.
    `witness_lag_us` is how long the slowest witness has not signed the log as it is; None where none is set.
    """

    status: Literal["ok", "clock_in_doubt"]
    kind: Literal["demo", "real"]
    now: str
    next_at: str | None
    overdue_us: int
    armed: int
    due: int
    stuck: int
    parked: int
    standstill: StandstillOut | None
    clock: ClockOut | None
    set_back: SetBackOut | None
    witnesses: list[WitnessOut]
    witness_lag_us: int | None


def witness_out(one: WitnessStanding) -> WitnessOut:
    """A witness as the API tells it."""
    state: Literal["ok", "waiting", "refuses"] = "ok"
    if one.grave:
        state = "refuses"
    elif one.problem or one.lag_us:
        state = "waiting"
    return WitnessOut(name=one.name, signed=one.signed, lag_us=one.lag_us, state=state)


def clock_out(doubt: Doubt | None) -> ClockOut | None:
    """A doubt about the clock as the API tells it."""
    if doubt is None:
        return None
    return ClockOut(
        state=doubt.state,
        worker=doubt.worker,
        since=stamp(doubt.since_at),
        says=stamp(doubt.told_at),
        counted=stamp(doubt.believed_at),
        ahead_us=doubt.ahead_us,
    )
