"""Whether what was reckoned to be the latest run can be lived: the same ways, gone once more, one stay at a time.

The latest instants are a bound. Each place is taken as late as anything can bring a case there, so two of them need
not belong to one case; only a run that was gone is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from engine.core.horizon import Latest, Taken
from engine.core.stays import Clocks, Stay
from engine.errors import CalendarInvalid

__all__ = ["Passage", "gone"]


class Passage(NamedTuple):
    """A way a case went: by which rule, to which state, when."""

    rule: str
    to: str
    at: int


def gone(
    clocks: Clocks, found: Latest, trail: Sequence[Taken], start: str, at: int, *, before: int = 1
) -> tuple[Passage, ...]:
    """The ways with the instants at which a case that began at `at` goes them; () if none can go all of them.

    Acts are put off as long as the run allows: until so many microseconds `before` the moment that would come. With
    none left, somebody acts at midnight sharp, which is the next day, before the moment is noticed.
    """
    try:
        return tuple(_passages(clocks, found, trail, (start, at), before))
    except CalendarInvalid:  # beyond the last year of the calendar
        return ()


def _passages(
    clocks: Clocks, found: Latest, trail: Sequence[Taken], begun: tuple[str, int], before: int
) -> list[Passage]:
    start, at = begun
    opened = phase = clocks.stay(start, at, at, at).began
    name, entered, by_moment = start, at, False
    passages: list[Passage] = []
    for taken, wanted in zip(trail, _in_time(trail), strict=True):
        stay = clocks.stay(name, entered, phase, opened)
        left = _left(stay, taken, wanted, (entered, by_moment), before)
        if left is None:
            return []
        within = stay.began if phase >= entered else phase
        phase = within if taken.way.same_phase else left
        name, entered, by_moment = found.state(taken), left, taken.way.by_itself
        passages.append(Passage(taken.way.rule, name, left))
    return passages


def _in_time(trail: Sequence[Taken]) -> list[int]:
    """When each way is to be gone, none after the one that follows it."""
    wanted = [taken.at for taken in trail]
    for number in range(len(wanted) - 2, -1, -1):
        wanted[number] = min(wanted[number], wanted[number + 1])
    return wanted


def _left(stay: Stay, taken: Taken, wanted: int, came: tuple[int, bool], before: int) -> int | None:
    """When a stay is left by this way; None if it cannot be. `came` says when it began, and whether by a moment."""
    if stay.until is None:
        return None
    if taken.way.by_itself:
        return stay.until if taken.way.rule in stay.rules else None
    entered, by_moment = came
    last = (min(stay.until, stay.acts) if taken.way.by_person else stay.until) - before
    # Who comes by a moment at the very instant of the next one has no time to act.
    first = entered + by_moment
    return max(min(wanted, last), first) if last >= first else None
