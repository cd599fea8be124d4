"""What comes over all cases of a unit or of the installation: outages, standstills, calendars that are applied."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tests.model.clocks import DOWN, JUST_BEFORE, UNIT, day_of, over, start
from tests.model.promises import Happened
from tests.model.undone import Undoable, Undone
from tests.model.world import Line

#: what no case has for itself
Kept = tuple[dict[str, Any], tuple[Any, ...]]
_SHARED = frozenset({"world", "office", "rules", "parent"})


@dataclass
class Interrupted(Undone):
    """A case to which something happens without anybody asking for it there."""

    def pass_time(self, to: int) -> int:
        """Everything that was due by then; how much it was."""
        raise NotImplementedError

    def go_down(self, first: date, last: date | None) -> None:
        """The unit cannot work from a day on, or could not until the end of another."""
        if self.ended:
            return
        before = self._kept()
        now = self.world.now
        self.pass_time(min(start(first), now) - 1)
        until_day = last or date.fromordinal(day_of(now).toordinal() - 1)
        given = self._give_back(start(first) - JUST_BEFORE, over(until_day) - JUST_BEFORE)
        held = last is None and self._stand_still()
        if not held and not given:
            self._restore(before)
            return
        self.world.seen["an outage of a unit" if held else "days given back after an outage"] += 1
        self._hear("outage")
        self._close("paused" if held else "given_back")
        self.pass_time(now)

    def come_up(self, first: date) -> None:
        """The outage of the unit is over."""
        if self.ended:
            return
        before = self._kept()
        self.pass_time(min(start(first), self.world.now) - 1)
        if all(one.name != DOWN for one in self.clocks):
            self._restore(before)
            return
        self.world.seen["the end of an outage of a unit"] += 1
        self._release([UNIT])
        self._hear("outage_over")
        self._close("resumed")
        self.pass_time(self.world.now)

    def make_up(self, first: date, since: int, to: int) -> None:
        """The engine stood still between these hours, and gives clocks that count a duration the time back."""
        if self.ended:
            return
        before, now = self._kept(), self.world.now
        self.pass_time(min(start(first), now) - 1)
        if not self._give_back(since, to):
            self._restore(before)
            return
        self.world.seen["time of a standstill made up"] += 1
        self._close("given_back")
        self.pass_time(now)

    def count_again(self, past: str) -> None:
        """A calendar that is applied counts the clocks of every case again; of none of them, nothing happens."""
        before = self._kept()
        self.pass_time(self.world.now - 1)
        if self.ended or not self._recounted(past):
            self._restore(before)
            return
        self.world.seen["recount by applying"] += 1
        self.pass_time(self.world.now)

    def cancel(self) -> set[str]:
        """It should not have been opened: it is closed where it stands; who must hear of it."""
        checks = {book.check for book in self.books.values() if book.check}
        checks |= {self.question[1]} if self.question else set()
        heard = {"e", *self.waiting, *self.looks.values(), *checks} | (
            {self.helper} if self.helper else set()
        )
        self._gathered()
        self.holder = self.helper = ""
        self.cancelled, self.clocks, self.looks, self.question = True, [], {}, None
        self.visit = max(self.visit, self.visits) + 1
        self._released_from_promises()
        self._is_over()
        self._close("cancelled")
        self.world.seen["cancel"] += 1
        return heard

    def _give_back(self, first: float, last: float) -> bool:
        """Whether any clock lost something of that time; it has it again."""
        given = False
        for one in self._stopped_by(UNIT):
            lost = one.lost(first, last)
            if lost:
                one.give_back(lost, self.world.days, self.world.now)
                self._put(one)
                given = True
        return given

    def _hear(self, kind: str) -> None:
        """The holder hears of an outage: in the entries of each case, but in one letter for all of them."""
        for who in self.waiting:
            self._told.append((who, kind))
            self.office.heard.add((self.office.declared, who, kind))

    def _kept(self) -> Kept:
        return self._standing(), self.world.kin.untold()

    def _standing(self) -> dict[str, Any]:
        return {name: _copied(value) for name, value in vars(self).items() if name not in _SHARED}

    def _restore(self, kept: Kept) -> None:
        """What would have been overdue is left as it was, too."""
        own, untold = kept
        for name, value in own.items():
            setattr(self, name, value)
        self.world.kin.put_back(untold)


def _copied(value: Any) -> Any:
    """What is changed in place, as it is now; lines and what happened never change."""
    if isinstance(value, list) and value and isinstance(value[0], Line | Happened):
        return [*value]
    if isinstance(value, Undoable):
        return replace(value)
    return deepcopy(value) if isinstance(value, list | dict | set) else value
