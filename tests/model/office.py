"""The people around one case, as the model has them: six names, and who is there on which day.

`e` is appraised, `r` is the superior, `q` another who may become it, `s` stands in for `r`, `h` heads the unit,
`d` and `x` are its personnel desk, `d` before `x`; `boss` is outside and above. `e` may move to an annex and back,
which is headed by `k`, who is below `h`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

NAMES = ("e", "r", "q", "s", "h", "d", "x", "k")
DESK = ("d", "x")
BOSS = "boss"
HOME, ANNEX = "Unit", "Annex"


class Post(NamedTuple):
    """Since when `e` is where, and below whom."""

    since: date
    superior: str = "r"
    unit: str = HOME


@dataclass
class Loan:
    """Somebody may do for another what waits for them, from the first to the last day, in some roles or in all."""

    giver: str
    taker: str
    first: date
    last: date
    given_at: int
    waiting: bool
    roles: tuple[str, ...] = ()
    ended_at: int | None = None

    def runs(self, now: int) -> bool:
        """Whether it is in force."""
        ended = self.ended_at is not None and self.ended_at <= now
        return not ended and self.first <= date.fromordinal(now // 24) <= self.last

    def meets(self, other: Loan) -> bool:
        """Whether a task and a day could fall under both."""
        if self.ended_at is not None or other.ended_at is not None:
            return False
        apart = self.last < other.first or other.last < self.first
        return not apart and (not self.roles or not other.roles or bool(set(self.roles) & set(other.roles)))


def role_of(office: Office, role: str, day: date) -> str:
    """Who fills a role that one person fills, on a day."""
    return {"employee": "e", "head": office.head(day)}.get(role) or office.rater(day)


@dataclass
class Office:
    """Who is whose superior, who has left, who is away, who stands in for whom."""

    posts: list[Post] = field(default_factory=lambda: [Post(date.min)])
    stand_in: str = "s"
    r_last: date | None = None
    r_away: tuple[date, date] | None = None
    s_away: tuple[date, date] | None = None
    #: the first day of an outage that lasts, and every outage there was
    down: date | None = None
    outages: set[tuple[date, date | None]] = field(default_factory=set)
    #: how many outages were declared, and who was told what of which, in one letter for all of their cases
    declared: int = 0
    heard: set[tuple[int, str, str]] = field(default_factory=set)
    loans: list[Loan] = field(default_factory=list)

    def holds(self, name: str, day: date) -> bool:
        """Whether this person still has a post."""
        return name != "r" or self.r_last is None or day <= self.r_last

    def serves(self, name: str, day: date) -> bool:
        """Whether this person can be given work."""
        away = {"r": self.r_away, "s": self.s_away}.get(name)
        return self.holds(name, day) and (away is None or not away[0] <= day <= away[1])

    def substitute(self, name: str, day: date) -> str:
        """Who stands in for this person, if anybody can."""
        found = self.stand_in if name == "r" and self.holds("r", day) else ""
        return found if found and self.serves(found, day) else ""

    def change(self, what: str, value: Any) -> None:
        """Something of it is otherwise from now on."""
        if what == "superior":
            self.posts[-1] = self.posts[-1]._replace(superior=value)
        elif what == "moves":
            self.move(*value)
        else:
            setattr(self, what, value)

    def move(self, since: date, superior: str) -> None:
        """From a day on `e` is in the other unit; never before a move that is known."""
        if since > self.posts[-1].since:
            self.posts.append(Post(since, superior, ANNEX if self.posts[-1].unit == HOME else HOME))

    def post(self, day: date) -> Post:
        """Where `e` is on a day."""
        return [one for one in self.posts if one.since <= day][-1]

    def head(self, day: date) -> str:
        """Who heads the unit `e` is in."""
        return "h" if self.post(day).unit == HOME else "k"

    def above_head(self, day: date) -> str:
        """Who is above them."""
        return BOSS if self.post(day).unit == HOME else "h"

    def rater(self, day: date) -> str:
        """The superior, else who stands in, else the head above them."""
        superior = self.post(day).superior
        if self.serves(superior, day):
            return superior
        return self.substitute(superior, day) or "h"

    def last_rater(self, day: date, today: date) -> str:
        """Who was the superior on a day that is over, and still can be given work; else as of today's superior."""
        superior = self.post(day).superior
        stand_ins = [self.stand_in for on in (day, today) if superior == "r" and self.holds("r", on)]
        for name in (superior, *stand_ins):
            if name and self.serves(name, day) and self.serves(name, today):
                return name
        return "h"

    def ways(self, taker: str, now: int) -> list[tuple[Loan, ...]]:
        """Every way by which this person may act for somebody: given to them, or passed on once."""
        running = [one for one in self.loans if one.runs(now)]
        straight = [(one,) for one in running if one.taker == taker]
        passed_on = [
            (first, second)
            for (second,) in straight
            for first in running
            if first.taker == second.giver and first.giver != taker
        ]
        return [*straight, *passed_on]

    def lends(self, way: tuple[Loan, ...], role: str, opened_at: int, now: int) -> bool:
        """Whether work in a role, open since then, may be done this way: everybody serves, nobody on their own case."""
        today = date.fromordinal(now // 24)
        takers = [one.taker for one in way]
        return (
            role != "employee"
            and "e" not in takers
            and way[0].giver != "e"
            and all(not one.roles or role in one.roles for one in way)
            and all(one.waiting or opened_at > one.given_at for one in way)
            and all(self.serves(one, today) for one in takers)
        )

    def refuses(self, new: Loan, now: int) -> bool:
        """Whether this cannot be given: who takes it is not there, it is there already, or it would pass on too far."""
        today = date.fromordinal(now // 24)
        begins = max(new.first, today)
        if new.giver == new.taker or new.last < new.first or new.last < today:
            return True
        if not self.serves(new.taker, begins) or not self.holds(new.giver, begins):
            return True
        others = [one for one in self.loans if one.meets(new)]
        if any((one.giver, one.taker, one.roles) == (new.giver, new.taker, new.roles) for one in others):
            return True
        before = [one for one in others if one.taker == new.giver]
        after = [one for one in others if one.giver == new.taker]
        return bool(before and after) or any(
            further.meets(one)
            for one, further in [
                *((one, two) for one in before for two in others if two.taker == one.giver and two != one),
                *((one, two) for one in after for two in others if two.giver == one.taker and two != one),
            ]
        )
