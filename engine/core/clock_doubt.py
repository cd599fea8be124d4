"""When a clock is not believed: it jumped ahead of what a steady one counts. Told by values alone.

Each beat looks at two clocks: the wall's, which everybody lives by and anybody may set, and a steady one, which only
counts. Where the wall ran ahead by more than a limit, time is in doubt: nothing happens by itself, and whatever people
do meanwhile is at the time that was counted on from the last instant that could be trusted. So nothing comes early,
and no entry bears a day that has not been. A wall that goes back arms nothing anew: what has rung is rung.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from engine.core.codec import Struct, replace

__all__ = ["STREAM", "Doubt", "Seen", "SetBack", "Tick", "Verdict", "Watch", "believed", "judge"]

#: the stream in which doubts are told
STREAM = "clock"

Seen = Literal["fine", "back", "doubted", "lasts", "returned", "accepted", "obeyed"]


class Tick(NamedTuple):
    """What two clocks say at one moment, in microseconds; `steady` counts from anywhere and stops with the machine."""

    wall: int
    steady: int


class Doubt(Struct, frozen=True, kw_only=True):
    """A wall clock that ran ahead: noticed by whom, what it said instead of what, and what became of it.

    `since_at` is the last instant that was trusted, `told_at` what the clock says now, `believed_at` how far time was
    counted on since then: it moves while the doubt is open.
    """

    id: str
    worker: str
    since_at: int
    told_at: int
    believed_at: int
    state: Literal["open", "accepted", "returned"] = "open"

    @property
    def is_open(self) -> bool:
        """Whether nothing may happen by itself."""
        return self.state == "open"

    @property
    def ahead_us(self) -> int:
        """By how much the clock is ahead of what was counted."""
        return self.told_at - self.believed_at


class SetBack(Struct, frozen=True, kw_only=True):
    """A wall clock that went back: what it had come to, and what it said then."""

    worker: str
    from_at: int
    to_at: int


class Watch(NamedTuple):
    """What one process goes by: two clocks when they last agreed, and the doubt it counts through ("" as a rule).

    It is fresh until its first beat: what was before it no steady clock can tell.
    """

    base: Tick
    doubt: str = ""
    fresh: bool = False


class Verdict(NamedTuple):
    """What a beat saw, what the process goes by from then on, and the doubt as it now is, if that has changed."""

    seen: Seen
    watch: Watch
    doubt: Doubt | None = None


def believed(base: Tick, now: Tick, limit: int) -> int:
    """The instant it is: what the wall says, unless it ran ahead by more than the limit; then what was counted."""
    return _counted(base, now) if _ahead(base, now) > limit else now.wall


def judge(watch: Watch, now: Tick, kept: Doubt | None, *, worker: str, limit: int) -> Verdict:
    """What a beat of a worker makes of its clocks and of the latest doubt that is kept, if there is one."""
    if kept is not None and kept.is_open:
        return _in_doubt(watch, now, kept, worker, limit)
    if watch.doubt and kept is not None and kept.id == watch.doubt and kept.state == "accepted":
        return Verdict("fine", Watch(now))
    ahead = _ahead(watch.base, now)
    if ahead < -limit:
        return Verdict("back", Watch(now))
    if ahead <= limit:
        return Verdict("fine", Watch(now))
    if kept is not None and _was_accepted(watch.base, ahead, kept, limit):
        return Verdict("fine", Watch(now))
    since, counted = watch.base.wall, _counted(watch.base, now)
    made = Doubt(id=f"clock-{since}", worker=worker, since_at=since, told_at=now.wall, believed_at=counted)
    return Verdict("doubted", Watch(watch.base, made.id), made)


def _in_doubt(watch: Watch, now: Tick, kept: Doubt, worker: str, limit: int) -> Verdict:
    """A doubt is open: only who counts through it, on the machine whose clock it is, says that it is over."""
    base = watch.base
    if watch.doubt != kept.id:
        here = _machine(kept.worker) == _machine(worker)
        if _ahead(base, now) <= limit and not (here and watch.fresh):
            return Verdict("obeyed", Watch(now))
        if _ahead(base, now) <= limit:  # begun in the midst of it: counts on from where others have come to
            base = Tick(kept.believed_at, now.steady)
    counted = _counted(base, now)
    if _ahead(base, now) <= limit:
        over = replace(kept, told_at=now.wall, believed_at=max(kept.believed_at, now.wall), state="returned")
        return Verdict("returned", Watch(now), over)
    lasts = replace(kept, told_at=now.wall, believed_at=max(kept.believed_at, counted))
    return Verdict("lasts", Watch(base, kept.id), lasts)


def _was_accepted(base: Tick, ahead: int, kept: Doubt, limit: int) -> bool:
    """Whether this is the jump that somebody accepted before this process looked at its clocks again."""
    same = abs(ahead - kept.ahead_us) <= limit
    return kept.state == "accepted" and same and base.wall < kept.told_at - limit


def _ahead(base: Tick, now: Tick) -> int:
    return (now.wall - base.wall) - (now.steady - base.steady)


def _counted(base: Tick, now: Tick) -> int:
    return base.wall + now.steady - base.steady


def _machine(worker: str) -> str:
    return worker.rpartition("@")[2]
