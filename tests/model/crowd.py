"""What is done to a crowd of cases: chosen at random from a fixed seed, mostly what makes sense, sometimes not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal

from tests.model.asked import Cancelled, Decree, Down, Event, Jump, Lend, People, Policy, Restart, Value
from tests.model.choosing import Choosing, is_brisk
from tests.model.clocks import HOURS
from tests.model.life import Life
from tests.model.office import NAMES
from tests.model.world import World

_ROUNDS = 9
#: how far time goes at once, in days: hours, a day, over a rung, over many, months
_HOPS = (0, 0, 1, 1, 1, 2, 2, 3, 4, 5, 7, 9, 14, 21, 35, 70)
#: what rings after a standstill, and how many days one lasts
_POLICIES: tuple[Policy, ...] = ("", "", "", "", "fire_all", "collapse", "skip_superseded", "extend")
#: what becomes of running clocks under a decree
_APPLIED: tuple[Literal["", "keep", "move"], ...] = ("", "keep", "keep", "move")
_STILL = (3, 4, 5, 6, 7, 9)
_HOURS = (0, 0, 1, 8, 8, 12, 17, 22)


class Crowd(Choosing):
    """Chooses event after event, looking at the model to know what makes sense."""

    def __init__(self, seed: str, world: World) -> None:
        super().__init__(seed, world)
        self._offices = len(self._lives)

    def events(self) -> Iterator[Event]:
        """All events of a run, each chosen when the one before has been done."""
        cancelled = self._chance(0.12)
        for number_of_round in range(_ROUNDS):
            yield from self._around()
            if cancelled and number_of_round == _ROUNDS - 2:
                yield Cancelled()
            for number in range(self._offices):
                for _ in range(self._random.choice(self._how_often(number))):
                    life = self._one_of(number)
                    if not life.ended and self._chance(0.08):
                        yield from self._lent(number, life)
                    if self._chance(0.1 if life.office.down is None else 0.3):
                        yield self._down(number, life)
                    if not life.ended or self._chance(0.7 if self._is_of_use(life) else 0.04):
                        yield self._act(life)
                        if self._may_be_corrected(life) and self._chance(0.5):
                            yield self._act(life)

    def _how_often(self, number: int) -> tuple[int, ...]:
        if any(one.case == number and one.link == "next_part" and not one.ended for one in self._lives):
            return (4, 5, 6)
        return (1, 1, 2, 2) if is_brisk(number) else (0, 1, 1, 2)

    def _one_of(self, number: int) -> Life:
        """One of the cases of an office, rather one that is open."""
        lives = [one for one in self._lives if one.case == number]
        return self._random.choice([one for one in lives if not one.ended or self._is_of_use(one)] or lives)

    def _is_of_use(self, life: Life) -> bool:
        """Whether anything may still be done where all is over."""
        held = "remarks" in life.books and life.books["remarks"].held
        return self._may_be_corrected(life) or bool(life.looks or life.question or held)

    def _around(self) -> Iterator[Event]:
        if self._chance(0.25):
            yield Restart()
        if self._chance(0.4):
            yield self._people()
        if self._chance(0.55):
            yield self._decree()
            self._decreed = True
        yield self._jump()

    def _jump(self) -> Jump:
        now, policy = self._world.now, self._random.choice(_POLICIES)
        day = now // HOURS + self._random.choice(_STILL if policy else _HOPS)
        to = max(now, day * HOURS + self._random.choice(_HOURS))
        dies = self._chance(0.2)
        return Jump(to=to, beat=dies or self._chance(0.7), dies=dies, policy=policy)

    def _people(self) -> People:
        today = date.fromordinal(self._world.now // HOURS)

        def span() -> tuple[date, date]:
            first = today + timedelta(days=self._random.randint(-2, 8))
            return first, first + timedelta(days=self._random.randint(0, 20))

        changes: list[tuple[int, str, Value]] = []
        for number in range(self._offices):
            if self._chance(0.3):
                continue
            telling = self._telling_change(number, today)
            if telling is not None and self._chance(0.6):
                changes.append(telling)
                continue
            what = self._random.choice(
                ("superior", "stand_in", "r_last", "r_away", "r_away", "s_away", "moves", "moves", "moves")
            )
            value: Value
            if what == "superior":
                value = self._random.choice(("r", "q"))
            elif what == "moves":
                value = today + timedelta(days=self._random.randint(-6, 4)), self._random.choice(("r", "q"))
            elif what == "stand_in":
                value = self._random.choice(("s", "q", ""))
            elif what == "r_last":
                value = self._random.choice((None, today + timedelta(days=self._random.randint(-1, 6))))
            else:
                value = self._random.choice((None, span(), span()))
            changes.append((number, what, value))
        return People(changes=tuple(changes) or ((0, "superior", "r"),))

    def _telling_change(self, number: int, today: date) -> tuple[int, str, Value] | None:
        """What would say something of an office where several are asked, or somebody helps or is to check."""
        lives = [one for one in self._lives if one.case == number and not one.ended]
        if any(one.asked for one in lives):
            return number, "r_last", today - timedelta(days=1)
        if any(one.helper or any(book.check for book in one.books.values()) for one in lives):
            superior = lives[0].office.post(today).superior
            return number, "superior", "q" if superior == "r" else "r"
        return None

    def _decree(self) -> Decree:
        days = self._world.days
        today = date.fromordinal(self._world.now // HOURS)
        near = [today + timedelta(days=n) for n in range(-12, 25)]
        worked = [day for day in near if days.works(day)]
        off = [day for day in near if day in days.off]
        applied = self._random.choice(_APPLIED)
        if off and self._chance(0.5):
            return Decree(added=(), removed=tuple(off), applied=applied)
        added = self._random.sample(worked, min(len(worked), self._random.randint(1, 4)))
        removed = self._random.sample(off, self._random.randint(0, len(off)))
        return Decree(added=tuple(sorted(added)), removed=tuple(sorted(removed)), applied=applied)

    def _down(self, number: int, life: Life) -> Down:
        today = date.fromordinal(self._world.now // HOURS)
        first = today - timedelta(days=self._random.choice((0, 0, 1, 2, 5, 12)))
        if life.office.down is not None and self._chance(0.8):
            return Down(case=number, first=life.office.down, ends=True)
        last = first + timedelta(days=self._random.randint(0, (today - first).days))
        return Down(case=number, first=first, last=None if self._chance(0.6) else last)

    def _lent(self, number: int, life: Life) -> Iterator[Event]:
        """Something is delegated, sometimes passed on, and then something is done."""
        if self._chance(0.4) and life.holder not in {"", "e"}:
            today = date.fromordinal(self._world.now // HOURS)
            last = today + timedelta(days=self._random.choice((5, 50)))
            first, second = self._random.sample([name for name in NAMES[1:] if name != life.holder], 2)
            yield Lend(case=number, giver=life.holder, taker=first, first=today, last=last)
            yield Lend(case=number, giver=first, taker=second, first=today, last=last)
            yield self._act(life)
        else:
            yield self._lend(number, life)
        yield self._act(life)

    def _lend(self, number: int, life: Life) -> Lend:
        today = date.fromordinal(self._world.now // HOURS)
        first = today + timedelta(days=self._random.choice((-2, 0, 0, 1)))
        last = first + timedelta(days=self._random.choice((0, 10, 40, 90)))
        if life.office.loans and self._chance(0.5):
            one = self._random.choice(life.office.loans)
            return Lend(case=number, giver=one.giver, taker=one.taker, first=first, last=last, ends=True)
        holder = life.holder if life.holder not in {"", "e"} else life.helper or "r"
        takers = [one.taker for one in life.office.loans if one.giver == holder and one.runs(self._world.now)]
        giver = self._random.choice((holder, holder, holder, *takers * 3, "h", "d", self._anybody()))
        return Lend(
            case=number, giver="h" if giver == "boss" else giver, taker=self._random.choice(NAMES[1:]),
            first=first, last=last, waiting=self._chance(0.8),
            roles=self._random.choice(((), (), ("rater",), ("head", "hr"))),
        )  # fmt: skip
