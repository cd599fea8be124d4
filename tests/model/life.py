"""The model of one case: what every act and every hour makes of it, with plain lists and days counted one by one."""

from __future__ import annotations

from collections import Counter
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from tests.model.asked import Act
from tests.model.clocks import JUST_BEFORE, Alarm, Clock, Granted, armed, day_of, over, start, until
from tests.model.days import Days
from tests.model.office import BOSS, NAMES, Loan, Office
from tests.model.rules import (
    CASE,
    GIVEN,
    LADDERS,
    LEADS,
    LEAVES,
    LONGEST,
    MOST_RETURNS,
    MOVES,
    PLANNING,
    STATES,
    in_year,
)

#: messages that ask for something
_ASKING = frozenset({"task", "reminder", "escalation", "escalated", "extended"})
_SCOPES = {"visit": 0, "phase": 1, "case": 2}


class No(Exception):
    """The case refuses, with this code."""


@dataclass
class World:
    """What all cases of an installation share."""

    now: int
    days: Days
    year: int
    #: what came to pass, counted: commands, and pairs of circumstances
    seen: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class Line:
    """One entry, as far as the model knows it."""

    kind: str
    told: tuple[tuple[str, str], ...]
    #: the hour at which it should have been
    due_at: int | None = None
    lateness: tuple[object, ...] = ()


@dataclass
class Life:
    """One case."""

    world: World
    office: Office
    state: str = ""
    visit: int = 0
    holder: str = ""
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

    def __post_init__(self) -> None:
        self._enter("drafting", actor="")
        self._close("launched")

    # --- questions -----------------------------------------------------------------------------------------

    @property
    def ended(self) -> bool:
        """Whether it is over."""
        return bool(STATES[self.state].final)

    @property
    def task(self) -> Clock | None:
        """The clock of the task, if there is one."""
        return next((one for one in self.clocks if one.name == "task"), None)

    @property
    def pauses(self) -> list[str]:
        """The reasons for which clocks stand still."""
        return [one.alarms[0].what for one in self.clocks if one.name.startswith("resume:")]

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

    # --- what is done to it --------------------------------------------------------------------------------

    def act(self, act: Act) -> str:
        """What was overdue happens, then the act, then what follows at once. The code of a refusal, or ""."""
        if self.pass_time(self.world.now - 1):
            self.world.seen["an act before the beat"] += 1
        try:
            getattr(self, f"_{act.kind}")(act)
        except No as no:
            self._told, self._lateness = [], ()
            self.world.seen[f"refused: {no}"] += 1
            return str(no)
        self.world.seen[act.kind] += 1
        self.pass_time(self.world.now)
        return ""

    def pass_time(self, to: int) -> int:
        """Everything that was due by then; how much it was."""
        done = 0
        while (found := self.next_alarm()) is not None and found[1].at <= to:
            self._elapse(*found)
            done += 1
        if done > 2:
            self.world.seen["over many rungs at once"] += 1
        return done

    def follow(self) -> None:
        """The chart may read differently: the task goes to whoever has it now."""
        if self._follower() is None:
            return
        self.pass_time(self.world.now - 1)
        found = self._follower()
        if found is None:
            return
        if self.late:
            self.world.seen["a chart change while late"] += 1
        if self.helper:
            self.world.seen["a chart change while escalated"] += 1
        self._hand(found, "followed")
        self._close("followed")
        self.world.seen["follow"] += 1
        self.pass_time(self.world.now)

    def go_down(self, first: date, last: date | None) -> None:
        """The unit cannot work from a day on, or could not until the end of another."""
        if self.ended:
            return
        before = self._kept()
        now, days = self.world.now, self.world.days
        self.pass_time(min(start(first), now) - 1)
        until_day = last or date.fromordinal(day_of(now).toordinal() - 1)
        given = False
        for one in [] if self.ended else self._stopped_by("outage"):
            lost = one.lost(start(first) - JUST_BEFORE, over(until_day) - JUST_BEFORE)
            if lost:
                one.give_back(lost, days, now)
                self._put(one)
                given = True
        held = last is None and self._stand_still()
        if not held and not given:
            self._restore(before)
            return
        self.world.seen["an outage of a unit" if held else "days given back after an outage"] += 1
        self._told += [(self.holder, "outage")] if self.holder else []
        self._close("paused" if held else "given_back")
        self.pass_time(now)

    def come_up(self, first: date) -> None:
        """The outage of the unit is over."""
        if self.ended:
            return
        before = self._kept()
        self.pass_time(min(start(first), self.world.now) - 1)
        if "outage" not in self.pauses:
            self._restore(before)
            return
        self.world.seen["the end of an outage of a unit"] += 1
        self._release(["outage"])
        self._told += [(self.holder, "outage_over")] if self.holder else []
        self._close("resumed")
        self.pass_time(self.world.now)

    def _kept(self) -> dict[str, Any]:
        return deepcopy(
            {name: value for name, value in vars(self).items() if name not in {"world", "office"}}
        )

    def _restore(self, kept: dict[str, Any]) -> None:
        """What would have been overdue is left as it was, too."""
        for name, value in kept.items():
            setattr(self, name, value)

    # --- acts ----------------------------------------------------------------------------------------------

    def _fire(self, act: Act) -> None:
        self._must_be_open()
        ways = dict(STATES[self.state].acts)
        if act.what not in ways:
            raise No("unknown_trigger")
        if not self._acts(act, self.holder, STATES[self.state].role, self.opened_at):
            raise No("wrong_person")
        to = ways[act.what]
        if act.what == "return":
            if act.mute:
                raise No("reason_missing")
            to = "waiting" if self.returns >= MOST_RETURNS else to
            self.returns += 1
        if self.since != "opened":
            self.world.seen["a move by whom it was given to"] += 1
        self._leave()
        self._enter(to, actor=act.by)
        if act.what == "agree":
            self._tell("e", "moved")
        self._close("moved")

    def _notice(self, act: Act) -> None:
        self._must_be_open()
        if act.what not in {MOVES, LEAVES}:
            raise No("refused")
        if act.by != "d":
            raise No("wrong_person")
        if act.what == LEAVES and LEAVES not in self.facts:
            now = self.world.now
            self.facts.add(act.what)
            alarm = Alarm(now, "move", "anytime.leaves")
            self._put(Clock("move:anytime.leaves", "visit", None, day_of(now), day_of(now), [alarm]))
        if act.what == MOVES:
            self.facts.add(act.what)
            self._hold("elsewhere")
        self._close("noticed")

    def _extend(self, act: Act) -> None:
        self._may_steer(act)
        clock, days, now = self.task, self.world.days, self.world.now
        assert clock is not None
        before, was_late = clock.due, clock.is_late(now)
        kept = replace(clock, happened=[*clock.happened], missed=[*clock.missed])
        kept.fired, kept.skipped = [*clock.fired], [*clock.skipped]
        kept.settle(days)
        kept.happened.append(Granted(act.amount, act.unit, day_of(now), clock.ran_until(now)))
        if was_late:
            kept.missed.append(before)
        kept.count_again(days, now, restarted=act.restarted)
        if act.amount <= 0 or kept.due <= before:
            raise No("refused")
        self._put(kept)
        if act.restarted:
            if self.helper:
                self.world.seen["a ladder restarted while escalated"] += 1
            self.helper = ""
        self._see("extend", clock, late=was_late)
        self._tell(self.holder, "extended")
        self._close("extended")

    def _pause(self, act: Act) -> None:
        self._must_be_open()
        if act.what not in GIVEN:
            raise No("refused")
        self._may_steer(act, own=act.what == "flood", waits=False)
        if act.what in self.pauses:
            raise No("refused")
        late, already = self.late, bool(self.pauses)
        if not self._hold(act.what):
            raise No("refused")
        if already:
            self.world.seen["two pauses at once"] += 1
        if late:
            self.world.seen["pause while late"] += 1
        if self.since != "opened":
            self.world.seen["pause while with somebody else"] += 1
        self._close("paused")

    def _resume(self, act: Act) -> None:
        self._must_be_open()
        self._may_steer(act, own=self.pauses == ["flood"], waits=False)
        if all(one.stopped is None for one in self.clocks):
            raise No("refused")
        self._release(self.pauses)
        self._close("resumed")

    def _reassign(self, act: Act) -> None:
        self._may_steer(act)
        today = day_of(self.world.now)
        fit = act.what != "e" and self.office.serves(act.what, today)
        if not fit or self.holder in {"e", act.what}:
            raise No("refused")
        clock = self.task
        assert clock is not None
        self._see("reassign", clock, late=self.late)
        self._hand(act.what, "reassigned")
        self._close("reassigned")

    def _remind(self, act: Act) -> None:
        self._may_steer(act)
        self._tell(self.holder, "reminder")
        self._close("reminded")

    def _recount(self, act: Act) -> None:
        self._must_be_open()
        days, now = self.world.days, self.world.now
        found = [moved for one in self.clocks if (moved := _recounted(one, days, now, act.past)) is not None]
        if not found:
            raise No("refused")
        for before, after, kept in found:
            self._put(after)
            if after.name == "task":
                self.world.seen["a calendar change over a running deadline"] += 1
            if kept:
                self.world.seen["a day kept that would be past"] += 1
            if before.stopped is not None:
                self.world.seen["a calendar change while paused"] += 1
            if after.name == "task" and after.due != before.due:
                self._tell(self.holder, "extended")
        self._close("recounted")

    def _may_steer(self, act: Act, *, own: bool = False, waits: bool = True) -> None:
        self._must_be_open()
        if act.by == "e":
            raise No("wrong_person")
        desk = act.by == "d" and not act.behalf
        if own:
            desk = self._acts(act, "d", "hr", self.entered_at)
        if not desk and (own or not self._acts(act, self.helper, "head", self.asked_at)):
            raise No("wrong_person")
        if waits and not self.holder:
            raise No("refused")
        if act.mute:
            raise No("reason_missing")

    def _acts(self, act: Act, holder: str, role: str, opened_at: int) -> bool:
        """Whether this person may do what a holder may, in their own right or for them."""
        if not holder:
            return False
        if act.by == holder and not act.behalf:
            return True
        way = self._way(act.by, holder, role, opened_at) if act.behalf in {"", holder} else None
        if way is None:
            return False
        self.world.seen["an act for another"] += 1
        self.world.seen["an act passed on twice"] += len(way) > 1
        return True

    def _way(self, by: str, holder: str, role: str, opened_at: int) -> tuple[Loan, ...] | None:
        """By which delegations somebody may do what a holder may; nobody helps with their own delay."""
        late = self.holder if role == "head" else ""
        for way in self.office.ways(by, self.world.now):
            lent = way[0].giver == holder and late not in {one.taker for one in way}
            if lent and self.office.lends(way, role, opened_at, self.world.now):
                return way
        return None

    def _see_a_move(self) -> None:
        lent = any(one.giver == self.holder and one.runs(self.world.now) for one in self.office.loans)
        self.world.seen["move while delegated"] += lent

    def _must_be_open(self) -> None:
        if self.ended:
            raise No("case_closed")

    # --- time ----------------------------------------------------------------------------------------------

    def _elapse(self, clock: Clock, alarm: Alarm) -> None:
        rest = replace(clock, alarms=clock.alarms[1:])
        self.world.seen[alarm.kind] += 1
        if alarm.kind == "resume":
            self._release([alarm.what])
            self._close("resumed", alarm.at)
        elif alarm.kind == "rung":
            rest.fired = [*clock.fired, int(alarm.what)]
            self._put(rest)
            assert clock.rule is not None
            self._ring(LADDERS[clock.rule.ladder][int(alarm.what)].does)
            self._close("rung", alarm.at)
        else:
            self._put(rest)
            to = LEADS[alarm.what]
            if to == "stay":
                self._tell(self.holder, "moved")
                self._close("stayed", alarm.at)
                return
            self._leave()
            self._enter(to, actor="")
            self._close("moved", alarm.at)

    def _ring(self, does: str) -> None:
        today = day_of(self.world.now)
        if does.startswith("remind"):
            self._tell(self.holder, "reminder")
        if does in {"remind and tell", "tell hr"}:
            self._tell("d", "notice")
        if does == "tell head":
            self._tell("h", "notice")
        if does == "escalate":
            self.helper = "h" if self.holder != "h" else BOSS
            self.asked_at = self.world.now
            self._tell(self.helper, "escalation")
            self._tell(self.holder, "escalated")
        if does == "reassign" and self.holder != "e":
            found = self.office.substitute(self.holder, today)
            if found and found not in {*self.held, self.holder}:
                self._hand(found, "reassigned")

    # --- parts ---------------------------------------------------------------------------------------------

    def _enter(self, state: str, actor: str) -> None:
        here, now, days = STATES[state], self.world.now, self.world.days
        if self.state and STATES[self.state].phase != here.phase:
            self.clocks = [one for one in self.clocks if one.scope != "phase"]
        self.state, self.visit = state, self.visit + 1
        self.holder, self.since, self.held = "", "opened", []
        self.opened_at = self.entered_at = now
        if here.final:
            self.clocks = []
            self._tell("e", "ended")
            return
        if not any(one.name == "case" for one in self.clocks):
            self._put(armed("case", "case", CASE, now, days, now))
        if here.phase == "planning" and here.phase not in self.phases:
            self._put(armed("phase:planning", "phase", PLANNING, now, days, now))
        self.phases.add(here.phase)
        if here.task is not None:
            self._put(armed("task", "visit", in_year(here.task, self.world.year), now, days, now))
        if here.move is not None:
            self._put(armed(f"move:{here.move[0]}", "visit", here.move[1], now, days, now))
        if MOVES in self.facts:
            self._hold("elsewhere")
        self._stand_still()
        if here.role:
            self.holder = "e" if here.role == "employee" else self.office.rater(day_of(now))
            if self.holder != actor:
                self._tell(self.holder, "task")

    def _leave(self) -> None:
        self._see_a_move()
        clock = self.task
        if clock is not None:
            late, now = clock.is_late(self.world.now), self.world.now
            if late or clock.missed:
                ended = clock.ran_until(now)
                by = (clock.due, self.world.days.between(clock.due, ended), (ended - clock.due).days)
                self._lateness = (tuple(clock.missed), by if late else None)
        self.helper = ""
        self.clocks = [one for one in self.clocks if one.scope != "visit"]

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
            if one.rule is not None and kind in one.rule.pauses and one.scope == "visit"
        ]

    def _release(self, kinds: list[str]) -> None:
        self.clocks = [one for one in self.clocks if one.name not in {f"resume:{kind}" for kind in kinds}]
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
        held = [one for one in self._stopped_by("outage") if "outage" not in one.reasons]
        for one in held:
            ends = [stop.to for stop in one.stops if stop.to is not None]
            since = max(start(day_of(now)) - JUST_BEFORE, one.since, *ends, 0)
            one.hold("outage", min(since, now))
            self._put(one)
        if held:
            self._put(until("outage", start(first), days))
        return bool(held)

    def _see_what_stood(self, one: Clock, kinds: list[str]) -> None:
        now, seen = self.world.now, self.world.seen
        missed = [alarm for alarm in one.alarms if alarm.kind == "rung" and alarm.at <= now]
        if missed:
            seen["a pause over a rung"] += 1
        if missed and "outage" in kinds:
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

    def _put(self, clock: Clock) -> None:
        self.clocks = [*(one for one in self.clocks if one.name != clock.name), clock]

    def _tell(self, who: str, kind: str) -> None:
        """Tell somebody; what asks for something is told to those as well who may do it for them."""
        self._told.append((who, kind))
        if kind not in _ASKING:
            return
        helping = kind == "escalation"
        role = "head" if helping else STATES[self.state].role
        opened_at = self.asked_at if helping else self.opened_at
        for name in NAMES:
            if self._way(name, who, role, opened_at) is not None:
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


def _recounted(one: Clock, days: Days, now: int, past: str) -> tuple[Clock, Clock, bool] | None:
    """A clock, and what the calendar of today makes of it from its beginning; whether it was kept as it is."""
    if one.name.startswith("resume:"):
        again = until(one.alarms[0].what, one.since, days)
    elif one.rule is None:
        return None
    else:
        again = replace(one, carried=None, fired=[*one.fired], skipped=[*one.skipped])
        again.count_again(days, now)
    if (again.due, again.alarms) == (one.due, one.alarms):
        return None
    here = now if one.stopped is None else one.stopped
    kept = past == "keep" and _falls_into_past(one, again, here)
    if not kept:
        return one, again, False
    if one.carried is not None and one.carried[0] == one.due:
        return None
    again = replace(one)
    again.carry()
    return one, again, True


def _falls_into_past(before: Clock, after: Clock, here: int) -> bool:
    """Whether a due day or a move that was to come would now lie behind."""
    end = (before.due.toordinal() + 1) * 24
    if (after.due.toordinal() + 1) * 24 <= here < end:
        return True
    was = {one.what: one.at for one in before.alarms if one.kind != "rung"}
    return any(one.at <= here < was.get(one.what, here) for one in after.alarms if one.kind != "rung")
