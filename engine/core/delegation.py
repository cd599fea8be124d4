"""Delegation: dated words beside the chart by which one person may act for another. It never changes who holds a task.

Whether somebody may act for another in a case is `engine.core.delegating`; here is only what was said, and until when.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

__all__ = ["MOST_LINKS", "Delegation", "first_launched_as", "longest_chain", "ways_to"]

#: a taker may pass on what they were given, and there it ends
MOST_LINKS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegation:
    """Who may act for whom from the first day to the end of the last; an empty scope means everything.

    People are keys. A cycle counts whichever launch of its period it is: one that was launched wrongly, cancelled and
    launched again keeps its delegations. `waiting` includes tasks that were open already when it was given. `ended_at`
    is the instant it was ended early, 0 if it was not.
    """

    id: str
    giver: str
    taker: str
    first: date
    last: date
    given_at: int
    waiting: bool = True
    cycles: tuple[str, ...] = ()
    workflows: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    ended_at: int = 0

    def runs(self, now: int, day: date) -> bool:
        """Whether it is in force at this instant, which falls on that day where the case lives."""
        ended = self.ended_at and self.ended_at <= now
        return self.given_at <= now and not ended and self.first <= day <= self.last

    def meets(self, other: Delegation) -> bool:
        """Whether there can be a task and a day that both of them cover."""
        if self.ended_at or other.ended_at or self.last < other.first or other.last < self.first:
            return False
        pairs = zip(self._meant, other._meant, strict=True)
        return all(not mine or not theirs or not set(mine).isdisjoint(theirs) for mine, theirs in pairs)

    def covers(self, *, cycle: str, workflow: str, role: str, unit: str, subject: str) -> bool:
        """Whether it is for such a case and role."""
        asked = (first_launched_as(cycle), workflow, role, unit, subject)
        return all(not scope or one in scope for scope, one in zip(self._meant, asked, strict=True))

    @property
    def scope(self) -> tuple[tuple[str, ...], ...]:
        """Cycles, workflows, roles, units and subjects it is for; an empty one means all."""
        return self.cycles, self.workflows, self.roles, self.units, self.subjects

    @property
    def _meant(self) -> tuple[tuple[str, ...], ...]:
        """The scope with each cycle by its first launch."""
        return tuple(map(first_launched_as, self.cycles)), *self.scope[1:]


def first_launched_as(cycle: str) -> str:
    """What the first launch of a cycle's period is called, whichever launch of it this is."""
    name, _, turn = cycle.rpartition(".")
    return name if name and turn.isdigit() else cycle


def ways_to(
    taker: str, running: Iterable[Delegation], *, links: int = MOST_LINKS
) -> Iterator[tuple[Delegation, ...]]:
    """Every way by which a person stands for somebody, shortest first; the first link is the giver's own.

    Nobody stands for themselves, and nobody occurs twice in a way.
    """
    known = tuple(running)
    ways: list[tuple[Delegation, ...]] = [(one,) for one in known if one.taker == taker != one.giver]
    for _ in range(links):
        yield from ways
        ways = [
            (one, *way)
            for way in ways
            for one in known
            if one.taker == way[0].giver and one.giver not in {taker, *(link.giver for link in way)}
        ]


def longest_chain(new: Delegation, known: Iterable[Delegation]) -> tuple[Delegation, ...]:
    """The longest chain this delegation would be a link of; one that comes back to where it began is a loop."""
    others = tuple(one for one in known if one.id != new.id and one.meets(new))
    before = _longest(new, others, forward=False)
    after = _longest(new, others, forward=True)
    return (*reversed(before), new, *after)


def _longest(start: Delegation, known: tuple[Delegation, ...], *, forward: bool) -> tuple[Delegation, ...]:
    """The longest chain on one side, as far as it matters: one link more than a chain may have."""
    best: tuple[Delegation, ...] = ()
    ways: list[tuple[Delegation, ...]] = [()]
    for _ in range(MOST_LINKS):
        grown = []
        for way in ways:
            end = way[-1] if way else start
            for one in known:
                joined = one.giver == end.taker if forward else one.taker == end.giver
                if joined and one not in way and all(one.meets(link) for link in way):
                    grown.append((*way, one))
        if not grown:
            break
        ways, best = grown, grown[0]
    return best
