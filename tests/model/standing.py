"""How a case stands in the model: its state, its holder and its clocks, and the parts of which everything is made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from tests.model.clocks import (
    DOWN,
    JUST_BEFORE,
    UNIT,
    Alarm,
    Clock,
    armed,
    day_of,
    over,
    start,
    until,
    until_up,
)
from tests.model.office import NAMES, Loan, Office
from tests.model.rules import (
    LONGEST,
    MOVES,
    Rule,
    Rules,
    State,
    in_year,
)
from tests.model.world import Line, World

#: messages that ask for something
_ASKING = frozenset({"task", "reminder", "escalation", "escalated", "extended", "check"})
#: after all that comes by itself at an hour: what happens on the last day still keeps a promise
_SCOPES = {"visit": 0, "phase": 1, "case": 2, "promise": 3}


@dataclass
class Asked:
    """One of those who are asked together: in which role, and what became of it."""

    role: str
    holder: str
    since: str = "opened"
    state: str = "waiting"

    @property
    def open(self) -> bool:
        """Whether an answer is still waited for."""
        return self.state == "waiting"


@dataclass
class Standing:
    """One case."""

    world: World
    office: Office
    rules: Rules
    state: str = ""
    visit: int = 0
    #: the number of the latest visit that was taken back
    visits: int = 0
    holder: str = ""
    asked: list[Asked] = field(default_factory=list)
    since: str = "opened"
    held: list[str] = field(default_factory=list)
    helper: str = ""
    #: when the state was entered, its task opened, help asked for
    entered_at: int = 0
    opened_at: int = 0
    asked_at: int = 0
    returns: int = 0
    facts: set[str] = field(default_factory=set)
    phases: set[str] = field(default_factory=set)
    clocks: list[Clock] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    _told: list[tuple[str, str]] = field(default_factory=list)
    _lateness: tuple[object, ...] = ()

    @property
    def ended(self) -> bool:
        """Whether it is over."""
        return bool(self.here.final)

    @property
    def here(self) -> State:
        """The state it is in."""
        return self.rules.states[self.state]

    @property
    def waiting(self) -> list[str]:
        """Everybody whose work is waited for."""
        return [self.holder] if self.holder else [one.holder for one in self.asked if one.open]

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

    def _enter(self, state: str, actor: str) -> None:
        here, now = self.rules.states[state], self.world.now
        if self.state and self.here.phase != here.phase:
            self.clocks = _busy(one for one in self.clocks if one.scope != "phase")
        self.state, self.visit = state, max(self.visit, self.visits) + 1
        self.holder, self.since, self.held = "", "opened", []
        self.opened_at = self.entered_at = now
        if here.final:
            self.clocks = []
            self._tell("e", "ended")
            self._is_over()
            return
        self._arm(here)
        if here.starts:
            self._opens(here.starts)
        if here.role:
            self.holder = "e" if here.role == "employee" else self.office.rater(day_of(now))
            if self.holder != actor:
                self._tell(self.holder, "task")
        self._ask(here.gather, actor)

    def _ask(self, roles: tuple[str, ...], actor: str) -> None:
        """Several people are asked."""
        raise NotImplementedError

    def _gathered(self) -> None:
        """What several people were asked for is over."""
        raise NotImplementedError

    def _arm(self, here: State) -> None:
        now, days = self.world.now, self.world.days
        if self.rules.case is not None and not any(one.name == "case" for one in self.clocks):
            self._put(armed("case", "case", self.rules.case, now, days, now))
        if here.phase in self.rules.phases and here.phase not in self.phases:
            self._put(armed(f"phase:{here.phase}", "phase", self.rules.phases[here.phase], now, days, now))
        self.phases.add(here.phase)
        if here.task is not None:
            self._put(armed("task", "visit", in_year(here.task, self.world.year), now, days, now))
        if here.move is not None:
            self._put(armed(f"move:{here.move[0]}", "visit", here.move[1], now, days, now))
        if MOVES in self.facts:
            self._hold("elsewhere")
        self._stand_still()

    def _is_over(self) -> None:
        """What its end means for other cases."""
        raise NotImplementedError

    def _opens(self, link: str) -> None:
        """It is to open another case."""
        raise NotImplementedError

    def _leave(self) -> None:
        self._see_a_move()
        if self.waiting:
            self._note_lateness()
        self._gathered()
        self.helper = ""
        self.clocks = _busy(one for one in self.clocks if one.scope != "visit")

    def _note_lateness(self) -> None:
        """Work that ends says how late it is."""
        clock, now = self.task, self.world.now
        if clock is None:
            return
        late = clock.is_late(now)
        if late or clock.missed:
            ended = clock.ran_until(now)
            by = (clock.due, self.world.days.between(clock.due, ended), (ended - clock.due).days)
            self._lateness = (tuple(clock.missed), by if late else None)

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

    def _follower(self) -> str | None:
        """Who has the task by the chart, if not its holder."""
        today = day_of(self.world.now)
        if not self.holder or self.holder == "e":
            return None
        if self.since == "reassigned" and self.office.holds(self.holder, today):
            return None
        found = self.office.rater(today)
        return None if found == self.holder else found

    def _hand(self, to: str, since: str) -> None:
        before = self.holder
        if since == "reassigned":
            self.held.append(before)
        self.holder, self.since = to, since
        self._tell(to, "task")
        self._tell(before, "handed_over")
        if self.helper == to:  # nobody is asked to step in for themselves
            self.helper = ""

    def _way(
        self, by: str, holder: str, role: str, opened_at: int, *, helping: bool = False
    ) -> tuple[Loan, ...] | None:
        """By which delegations somebody may do what a holder may; nobody helps with their own delay."""
        if not self.here.delegable:
            return None
        late = self.holder if helping else ""
        for way in self.office.ways(by, self.world.now):
            lent = way[0].giver == holder and late not in {one.taker for one in way}
            if lent and self.office.lends(way, role, opened_at, self.world.now):
                return way
        return None

    def _see_a_move(self) -> None:
        lent = any(one.giver in self.waiting and one.runs(self.world.now) for one in self.office.loans)
        self.world.seen["move while delegated"] += lent

    def _put(self, clock: Clock) -> None:
        self.clocks = [*(one for one in self.clocks if one.name != clock.name), clock]

    def _tell(self, who: str, kind: str) -> None:
        """Tell somebody; what asks for something is told to those as well who may do it for them."""
        self._told.append((who, kind))
        if kind not in _ASKING:
            return
        helping = kind == "escalation"
        role = "head" if helping else "rater" if kind == "check" else self.here.role
        opened_at = self.asked_at if helping else self.world.now if kind == "check" else self.opened_at
        for name in NAMES:
            if self._way(name, who, role, opened_at, helping=helping) is not None:
                self._told.append((name, kind))

    def _see(self, what: str, clock: Clock, *, late: bool) -> None:
        if clock.stopped is not None:
            self.world.seen[f"{what} while paused"] += 1
        if late:
            self.world.seen[f"{what} while late"] += 1

    def _close(self, kind: str, due_at: int | None = None) -> None:
        told = tuple(sorted(set(self._told)))
        self.lines.append(Line(kind, told, due_at, self._lateness))
        self._told, self._lateness = [], ()


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


def _busy(clocks: Iterable[Clock]) -> list[Clock]:
    """Without those that would end what nothing stands still for."""
    kept = [*clocks]
    needed = {_end(why) for one in kept for why in one.reasons}
    return [one for one in kept if not _ends(one) or one.name in needed]
