"""The clocks of a case in the model: which run, which stand still and why, which rings first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from tests.model.clocks import DOWN, JUST_BEFORE, UNIT, Alarm, Clock, day_of, over, start, until, until_up
from tests.model.office import HOME, Office
from tests.model.rules import LONGEST, Rule, Rules
from tests.model.world import World

#: after all that comes by itself at an hour: what happens on the last day still keeps a promise
_SCOPES = {"visit": 0, "phase": 1, "case": 2, "promise": 3}


@dataclass
class Ticking:
    """A case with its clocks."""

    world: World
    office: Office
    rules: Rules
    #: the unit it belongs to, and the time it appraises: to the end of the year, or to the eve of the next part
    unit: str = HOME
    begins: date = date.min
    parted_on: date | None = None
    #: its cycle was cancelled, wherever it stood
    cancelled: bool = False
    clocks: list[Clock] = field(default_factory=list)

    @property
    def task(self) -> Clock | None:
        """The clock of the task, if there is one."""
        return next((one for one in self.clocks if one.name == "task"), None)

    @property
    def pauses(self) -> list[str]:
        """The reasons for which clocks stand still."""
        return list(dict.fromkeys(one.alarms[0].what for one in self.clocks if _ends(one)))

    @property
    def own_pauses(self) -> list[str]:
        """The same without an outage of the unit, which is ended for all its cases at once."""
        return [one.alarms[0].what for one in self.clocks if _ends(one) and one.name != DOWN]

    @property
    def late(self) -> bool:
        """Whether the task had run out of time."""
        return self.task is not None and self.task.is_late(self.world.now)

    def next_alarm(self) -> tuple[Clock, Alarm] | None:
        """What happens next by itself."""
        found = [
            ((one.alarms[0].at, _SCOPES[one.scope], one.alarms[0].kind == "rung", number), one)
            for number, one in enumerate(self.clocks)
            if one.alarms and one.stopped is None
        ]
        if not found:
            return None
        clock = min(found, key=lambda one: one[0])[1]
        return clock, clock.alarms[0]

    def _hold(self, kind: str) -> bool:
        now = self.world.now
        held = [one for one in self._stopped_by(kind) if kind not in one.reasons]
        for one in held:
            one.hold(kind, now)
            self._put(one)
        if held:
            self._put(until(kind, now, self.world.days))
        return bool(held)

    def _stopped_by(self, kind: str) -> list[Clock]:
        """Copies of the clocks that stand still for this reason."""
        return [
            replace(one, stops=[*one.stops], fired=[*one.fired], skipped=[*one.skipped])
            for one in self.clocks
            if one.rule is not None and _stands_for(kind, one, one.rule)
        ]

    def _release(self, kinds: list[str]) -> None:
        self.clocks = [one for one in self.clocks if one.name not in set(map(_end, kinds))]
        for one in self.clocks:
            if set(kinds) & set(one.reasons):
                if set(one.reasons) <= set(kinds):
                    self._see_what_stood(one, kinds)
                one.let_go(kinds, self.world.now, self.world.days)

    def _stand_still(self) -> bool:
        """An outage of the unit that lasts holds the clocks; whether it holds any more than before."""
        first, now, days = self.office.down, self.world.now, self.world.days
        if self.unit != HOME:
            return False
        if first is None or over(days.after(first, *LONGEST["outage"])) <= now:
            return False
        held = [one for one in self._stopped_by(UNIT) if UNIT not in one.reasons]
        for one in held:
            ends = [stop.to for stop in one.stops if stop.to is not None]
            since = max(start(day_of(now)) - JUST_BEFORE, one.since, *ends, 0)
            one.hold(UNIT, min(since, now))
            self._put(one)
        if held:
            self._put(until_up(start(first), days))
        return bool(held)

    def _see_what_stood(self, one: Clock, kinds: list[str]) -> None:
        now, seen = self.world.now, self.world.seen
        missed = [alarm for alarm in one.alarms if alarm.kind == "rung" and alarm.at <= now]
        if missed:
            seen["a pause over a rung"] += 1
        if missed and {UNIT, "outage"} & set(kinds):
            seen["an outage over a rung"] += 1

    def _put(self, clock: Clock) -> None:
        self.clocks = [*(one for one in self.clocks if one.name != clock.name), clock]

    def _see(self, what: str, clock: Clock, *, late: bool) -> None:
        if clock.stopped is not None:
            self.world.seen[f"{what} while paused"] += 1
        if late:
            self.world.seen[f"{what} while late"] += 1


def _stands_for(kind: str, clock: Clock, rule: Rule) -> bool:
    """Whether a clock stands still for a reason: a pause stops those of the state, an outage every duration."""
    if clock.scope == "visit":
        return ("outage" if kind == UNIT else kind) in rule.pauses
    return kind == UNIT and clock.scope != "promise" and rule.within is not None


def _end(kind: str) -> str:
    """What the clock is called that ends a pause."""
    return DOWN if kind == UNIT else f"resume:{kind}"


def _ends(clock: Clock) -> bool:
    return bool(clock.alarms) and clock.alarms[0].kind == "resume"


def busy(clocks: Iterable[Clock]) -> list[Clock]:
    """Without those that would end what nothing stands still for."""
    kept = [*clocks]
    needed = {_end(why) for one in kept for why in one.reasons}
    return [one for one in kept if not _ends(one) or one.name in needed]
