"""The model of one case: what every act and every hour makes of it, with plain lists and days counted one by one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from tests.model.asked import Act
from tests.model.clocks import DOWN, UNIT, Alarm, Clock, day_of
from tests.model.interrupted import Interrupted
from tests.model.refusals import No
from tests.model.rules import (
    LADDERS,
    LINKED,
    MOVES,
)


@dataclass
class Life(Interrupted):
    """One case, from its launch on."""

    #: the number of its office, and which of the office's cases it is
    case: int = 0
    part: int = 0
    #: the case that opened it, and by which link
    parent: Life | None = None
    link: str = ""

    def __post_init__(self) -> None:
        today = day_of(self.world.now)
        self.begins = date(self.world.year, 1, 1)
        if self.link == "next_part":
            assert self.parent is not None
            assert self.parent.parted_on is not None
            self.begins = self.parent.parted_on
        self.unit = self.office.post(self.begins if self.link == "next_part" else today).unit
        self._enter(self.rules.first, actor="")
        self._begin_watch()
        self._close("launched")

    def open(self, link: str) -> Life:
        """The case that one of its links opens."""
        part = sum(one.case == self.case for one in self.world.kin.lives)
        rules, _ = LINKED[link]
        self.world.seen[f"opened: {link}"] += 1
        return Life(self.world, self.office, rules, case=self.case, part=part, parent=self, link=link)

    def children(self, link: str = "") -> list[Life]:
        """The cases it opened."""
        return [one for one in self.world.kin.lives if one.parent is self and link in {"", one.link}]

    @property
    def parted(self) -> bool:
        """Whether its year is in parts."""
        return self.link == "next_part" or self.parted_on is not None

    def outlived_by(self, link: str) -> bool:
        """Whether what a link opens goes on when this case ends."""
        return LINKED[link][1]

    def end(self) -> None:
        """The case that opened it has ended, and it ends with it."""
        self.pass_time(self.world.now - 1)
        if self.ended:
            return
        blamed = tuple(self.waiting)
        self._leave()
        self._enter(self.rules.off, actor="")
        self._happen(frozenset(), self.state, blamed, outside=True)
        self._close("ended")
        self.world.seen["end"] += 1

    def correct(self) -> None:
        """What it came to takes the place of what the closed case came to that opened it for this."""
        if self.link != "correction" or self.here.final != "complete":
            return
        assert self.parent is not None
        self.parent._tell("e", "corrected")
        self.parent._close("corrected")
        self.world.seen["supersede"] += 1

    def _is_over(self) -> None:
        self._close_books()
        self.world.kin.ended(self)

    def _is_open(self, link: str) -> bool:
        return self.world.kin.is_open(self, link)

    def _opens(self, link: str) -> None:
        self.world.kin.opens(self, link)

    def act(self, act: Act) -> str:
        """What was overdue happens, then the act, then what follows at once. The code of a refusal, or ""."""
        if act.kind != "visit" and self.pass_time(self.world.now - 1):
            self.world.seen["an act before the beat"] += 1
        try:
            getattr(self, f"_{act.kind}")(act)
        except No as no:
            self._told, self._lateness = [], ()
            self.world.seen[f"refused: {no}"] += 1
            return str(no)
        self.world.seen[act.kind] += 1
        if act.kind == "undo":
            self._follow()
        if act.kind != "visit":
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

    def follow(self) -> bool:
        """The chart may read differently: the task goes to whoever has it now; whether it heard of a move."""
        moved = self._hear_of_move()
        if self._reads_otherwise():
            self.pass_time(self.world.now - 1)
            self._follow()
        return moved

    def _hear_of_move(self) -> bool:
        """The chart says that who it is about is in another unit than when it began."""
        if self.ended or MOVES in self.facts or self.office.post(day_of(self.world.now)).unit == self.unit:
            return False
        self.pass_time(self.world.now - 1)
        heard = not self.ended
        if heard:
            self._learn_of_move()
            self._close("noticed")
            self.world.seen["notice of a move by the chart"] += 1
            self.pass_time(self.world.now)
        return heard

    def _reads_otherwise(self) -> bool:
        return bool(self._astray() or self._strayed()) or self._follower() is not None

    def _follow(self) -> None:
        if not self._reads_otherwise():
            return
        found = self._follower()
        self._follow_asked()
        if self.late:
            self.world.seen["a chart change while late"] += 1
        if self.helper:
            self.world.seen["a chart change while escalated"] += 1
        if found is not None:
            self._hand(found, "followed")
        self._follow_checks()
        self._close("followed")
        self.world.seen["follow"] += 1
        self.pass_time(self.world.now)

    def _elapse(self, clock: Clock, alarm: Alarm) -> None:
        rest = replace(clock, alarms=clock.alarms[1:])
        self.world.seen[alarm.kind] += 1
        if alarm.kind == "resume":
            self._release([UNIT if clock.name == DOWN else alarm.what])
            self._close("resumed", alarm.at)
        elif alarm.kind == "promise":
            self._promise_over(clock, alarm)
        elif alarm.kind == "rung" and len(together := self._together(clock)) > 1:
            self._ring_together(clock, together)
            self._close("rung", alarm.at)
        elif alarm.kind == "rung":
            rest.fired = [*clock.fired, int(alarm.what)]
            self._put(rest)
            assert clock.rule is not None
            self._ring(LADDERS[clock.rule.ladder][int(alarm.what)].does)
            self._close("rung", alarm.at)
        else:
            self._put(rest)
            to = self.rules.leads[alarm.what]
            way, blamed = (
                frozenset({alarm.what, alarm.what.partition(".")[2]}),
                tuple(self.waiting),
            )
            if to == "stay":
                self._happen(way, "", blamed)
                self._tell(self.holder, "moved")
                self._close("stayed", alarm.at)
                return
            if alarm.what == "anytime.moves":
                self.parted_on = self._next_begins()
                self._opens("next_part")
                told_late = (day_of(self.world.now) - self.parted_on).days
                self.world.seen["a move that was told late"] += told_late > 0
            self._leave()
            self._enter(to, actor="")
            self._happen(way, to, blamed, outside=alarm.what.startswith("anytime."))
            self._close("moved", alarm.at)

    def _ring(self, does: str) -> None:
        today = day_of(self.world.now)
        if does.startswith("remind"):
            self._tell(self.holder, "reminder")
        if does in {"remind and tell", "tell hr"}:
            self._tell("d", "notice")
        if does == "tell head":
            self._tell(self.office.head(today), "notice")
        if does == "escalate":
            head = self.office.head(today)
            self.helper = head if self.holder != head else self.office.above_head(today)
            self.asked_at = self.world.now
            self._tell(self.helper, "escalation")
            self._tell(self.holder, "escalated")
        if does == "reassign" and self.holder != "e":
            found = self.office.substitute(self.holder, today)
            if found and found not in {*self.held, self.holder}:
                self._hand(found, "reassigned")

    def _together(self, clock: Clock) -> list[Alarm]:
        """The rungs missed in a standstill that ring as one: before anything moves the case."""
        if self.world.still is None or self.world.still[2] == "fire_all":
            return []
        since, to, _ = self.world.still
        moves = [
            alarm.at
            for one in self.clocks
            if one.stopped is None
            for alarm in one.alarms
            if alarm.kind != "rung"
        ]
        until = min(moves, default=to + 1)
        found: list[Alarm] = []
        for alarm in clock.alarms:
            if alarm.kind != "rung" or alarm.at >= until or not since < alarm.at <= to:
                break
            found.append(alarm)
        return found

    def _ring_together(self, clock: Clock, alarms: list[Alarm]) -> None:
        """Everybody is told once, or by the last rung that tells alone; what opens or moves a task is not left out."""
        assert clock.rule is not None
        assert self.world.still is not None
        self.world.seen["rungs taken together after a standstill"] += 1
        numbers = [int(one.what) for one in alarms]
        does = [LADDERS[clock.rule.ladder][number].does for number in numbers]
        rest = replace(clock, alarms=clock.alarms[len(alarms) :], fired=[*clock.fired, *numbers])
        self._put(rest)
        reminding = [one for one in does if one.startswith("remind")]
        noticing = [one for one in does if "tell" in one]
        if self.world.still[2] == "skip_superseded":
            reminding, noticing = reminding[-1:], noticing[-1:]
        if reminding:
            self._tell(self.holder, "reminder")
        for one in noticing:
            head = self.office.head(day_of(self.world.now))
            self._tell(head if one == "tell head" else "d", "notice")
        for one in dict.fromkeys(does):
            if one in {"escalate", "reassign"}:
                self._ring(one)
