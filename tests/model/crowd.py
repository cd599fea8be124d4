"""What is done to a crowd of cases: chosen at random from a fixed seed, mostly what makes sense, sometimes not."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

from tests.model.asked import Act, Decree, Down, Event, Jump, Lend, People, Policy, Restart
from tests.model.clocks import HOURS
from tests.model.life import Life
from tests.model.office import NAMES
from tests.model.rules import LEAVES, MOVES
from tests.model.standing import World

_ROUNDS = 9
_ACTS = ("submit", "agree", "return", "close", "finish", "correction", "nonsense")
Journalling = Literal["add", "check", "show", "invite", "visit"]
_UNITS = ("working days", "days", "weeks")
#: how far time goes at once, in days: hours, a day, over a rung, over many, months
_HOPS = (0, 0, 1, 1, 1, 2, 2, 3, 4, 5, 7, 9, 14, 21, 35, 70)
#: what rings after a standstill, and how many days one lasts
_POLICIES: tuple[Policy, ...] = ("", "", "", "", "fire_all", "collapse", "skip_superseded", "extend")
#: what becomes of running clocks under a decree
_APPLIED: tuple[Literal["", "keep", "move"], ...] = ("", "", "keep", "move")
_STILL = (3, 4, 5, 6, 7, 9)
_HOURS = (0, 0, 1, 8, 8, 12, 17, 22)


class Crowd:
    """Chooses event after event, looking at the model to know what makes sense."""

    def __init__(self, seed: str, world: World) -> None:
        self._random = random.Random(seed)
        self._world, self._lives = world, world.kin.lives
        self._offices = len(self._lives)
        self._decreed = False
        #: whether people mostly do what they are asked, so that cases come to their ends
        self._brisk = self._chance(0.4)

    def events(self) -> Iterator[Event]:
        """All events of a run, each chosen when the one before has been done."""
        for _ in range(_ROUNDS):
            yield from self._around()
            for number in range(self._offices):
                for _ in range(self._random.choice((0, 1, 1, 2))):
                    life = self._one_of(number)
                    if not life.ended and self._chance(0.06):
                        yield from self._lent(number, life)
                    if self._chance(0.1 if life.office.down is None else 0.3):
                        yield self._down(number, life)
                    if not life.ended or self._chance(
                        0.6 if life.state == life.rules.corrected or life.looks else 0.04
                    ):
                        yield self._act(number, life)

    def _one_of(self, number: int) -> Life:
        """One of the cases of an office, rather one that is open."""
        lives = [one for one in self._lives if one.case == number]
        return self._random.choice([one for one in lives if not one.ended or self._chance(0.2)] or lives)

    def _around(self) -> Iterator[Event]:
        if self._chance(0.25):
            yield Restart()
        if self._chance(0.35):
            yield self._people()
        if self._chance(0.45):
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

        changes: list[tuple[int, str, str | tuple[date, date] | date | None]] = []
        for number in range(self._offices):
            if self._chance(0.3):
                continue
            what = self._random.choice(("superior", "stand_in", "r_last", "r_away", "r_away", "s_away"))
            value: str | tuple[date, date] | date | None
            if what == "superior":
                value = self._random.choice(("r", "q"))
            elif what == "stand_in":
                value = self._random.choice(("s", "q", ""))
            elif what == "r_last":
                value = self._random.choice((None, today + timedelta(days=self._random.randint(-1, 6))))
            else:
                value = self._random.choice((None, span(), span()))
            changes.append((number, what, value))
        return People(changes=tuple(changes) or ((0, "superior", "r"),))

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
            yield self._act(number, life)
        else:
            yield self._lend(number, life)
        yield self._act(number, life)

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

    def _for_another(self, life: Life, by: str) -> tuple[str, str]:
        """Sometimes whoever it was delegated to does it, and sometimes says for whom."""
        ways = [(name, life.office.ways(name, self._world.now)) for name in NAMES]
        takers = [name for name, found in ways for way in found if way[0].giver == by for _ in way]
        if not takers or self._chance(0.25):
            return by, ""
        behalf = by if self._chance(0.4) else self._anybody() if self._chance(0.1) else ""
        return self._random.choice(takers), behalf

    def _act(self, number: int, life: Life) -> Act:
        return replace(self._drawn(number, life), part=life.part)

    def _drawn(self, number: int, life: Life) -> Act:
        own = "d" if self._chance(0.75) else life.helper or "d" if self._chance(0.7) else self._anybody()
        by, behalf = self._for_another(life, own)
        weights = {
            "fire": (30.0 if self._brisk else 4.0)
            if life.holder or life.state == life.rules.corrected
            else 0.3,
            "extend": 4.0 if life.holder else 0.3,
            "pause": 4.0 if not life.pauses else 1.5,
            "resume": 4.0 if life.pauses else 0.3,
            "reassign": 3.0 if life.holder not in {"", "e"} else 0.3,
            "remind": 1.0,
            "notice": 0.6,
            "acknowledge": 4.0 if life.looks else 0.1 if life.rules.promises else 0.0,
            **self._journal_weights(life),
            "recount": 3.0 if self._decreed else 0.2,
        }
        kind = self._random.choices(list(weights), list(weights.values()))[0]
        mute = self._chance(0.03)
        if kind == "fire":
            acts = [name for name, _ in life.here.acts]
            if life.state == life.rules.corrected:
                acts = ["correction"]
            known = acts if acts and self._chance(0.9) else [*_ACTS]
            usual = life.holder or (self._random.choice("ed") if life.ended else "")
            who = usual if usual and self._chance(0.9) else self._anybody()
            by, behalf = self._for_another(life, who)
            what = self._random.choice(known)
            return Act(case=number, by=by, behalf=behalf, kind="fire", what=what, mute=mute)
        if kind == "acknowledge":
            numbers = [*life.looks] if life.looks and self._chance(0.9) else [*range(len(life.stands))]
            what = str(self._random.choice(numbers))
            return Act(case=number, by=by, behalf=behalf, kind="acknowledge", what=what, mute=mute)
        if kind in {"add", "check", "show", "invite", "visit"}:
            return self._journalled(number, life, kind, mute=mute)
        if kind == "notice":
            fact = self._random.choices((MOVES, LEAVES, "it rains"), (8, 2, 1))[0]
            return Act(case=number, by=by, kind="notice", what=fact)
        if kind == "extend":
            return Act(
                case=number, by=by, behalf=behalf, kind="extend", mute=mute, amount=self._random.randint(0, 8),
                unit=self._random.choice(_UNITS), restarted=self._chance(0.3),
            )  # fmt: skip
        if kind == "pause":
            reasons = ("outage", "outage", "leave", "flood", "dispute", "superior_plan", "elsewhere")
            what = self._random.choice(reasons)
            return Act(case=number, by=by, behalf=behalf, kind="pause", what=what, mute=mute)
        if kind == "reassign":
            to = self._anybody()
            return Act(case=number, by=by, behalf=behalf, kind="reassign", what=to, mute=mute)
        if kind == "recount":
            return Act(case=number, by="d", kind="recount", past="keep" if self._chance(0.6) else "move")
        if kind == "remind":
            return Act(case=number, by=by, behalf=behalf, kind="remind", mute=mute)
        return Act(case=number, by=by, behalf=behalf, kind="resume", mute=mute)

    def _journal_weights(self, life: Life) -> dict[str, float]:
        if not life.rules.journals:
            return {}
        daily, remarks, voices = (life.book(name) for name in life.rules.journals)
        inside = life.is_within(life.rules.journals["voices"])
        return {
            "add": 3.0,
            "check": 3.0 if daily.unchecked else 0.1,
            "show": 3.0 if remarks.held else 0.1,
            "invite": 6.0 if inside and not voices.link else 0.2,
            "visit": 5.0 if voices.link else 0.1,
        }

    def _journalled(self, number: int, life: Life, kind: Journalling, *, mute: bool) -> Act:
        rater = life.office.rater(date.fromordinal(self._world.now // HOURS))
        names = {"check": "daily", "show": "remarks", "invite": "voices", "visit": "voices"}
        what = names.get(kind, "") or self._random.choice(("daily", "daily", "remarks"))
        if what != "voices" and self._chance(0.05):
            what = self._random.choice(("daily", "remarks", "voices"))
        usual = {"add": ("e", "h") if what == "daily" else (rater, "d"), "check": (rater,)}.get(
            kind, ("d", "x")
        )
        by, behalf = self._for_another(
            life, self._random.choice(usual) if self._chance(0.9) else self._anybody()
        )
        numbers: list[int] = []
        if kind in {"check", "show"}:
            book = life.book(what)
            waiting = [*book.unchecked] if kind == "check" else sorted(book.held)
            some = waiting if waiting and self._chance(0.9) else range(1, book.count + 2)
            numbers = self._random.sample(
                some, self._random.randint(0 if self._chance(0.1) else 1, len(some))
            )
        ago = self._random.choice((0, 0, 0, 0, 1, 2, 3, 4, -1)) if kind == "add" else 0
        if what == "remarks" and self._chance(0.9):
            ago = 0
        return Act(
            case=number, by=by, behalf=behalf, kind=kind, what=what, mute=mute, amount=ago,
            numbers=tuple(numbers), again=self._chance(0.3 if kind != "visit" else 0.1),
        )  # fmt: skip

    def _anybody(self) -> str:
        return self._random.choice(NAMES)

    def _chance(self, share: float) -> bool:
        return self._random.random() < share
