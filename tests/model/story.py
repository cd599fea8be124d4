"""A run that went wrong, told short: the one case, and no event that could be left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from tests.model.asked import Act, Down, Event, Lend, People

#: plays events on one case alone; what was unlike, "" if nothing was
Play = Callable[[Sequence[Event]], str]


def of_one(events: Sequence[Event], case: int) -> list[Event]:
    """The events that concern one case, as if it were the only one."""
    found: list[Event] = []
    for event in events:
        if isinstance(event, Act | Lend | Down):
            if event.case == case:
                found.append(replace(event, case=0))
        elif isinstance(event, People):
            own = tuple((0, what, value) for number, what, value in event.changes if number == case)
            if own:
                found.append(People(changes=own))
        else:
            found.append(event)
    return found


def shortest(events: Sequence[Event], play: Play) -> tuple[list[Event], str]:
    """Events without which nothing goes wrong, and what does go wrong with them."""
    left, told = list(events), play(events)
    size = max(1, len(left) // 2)
    while told and size:
        start = 0
        while start < len(left):
            tried = left[:start] + left[start + size :]
            said = play(tried)
            if said:
                left, told = tried, said
            else:
                start += size
        size = size // 2
    return left, told


def told(events: Sequence[Event], why: str) -> str:
    """The story, a line for each event."""
    lines = [f"  {number}. {event}" for number, event in enumerate(events, 1)]
    return "\n".join([*lines, why])
