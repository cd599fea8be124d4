"""How a case stands in the model: its state, whom it waits for, and the parts of which every act is made."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from tests.model.clocks import Alarm, Clock, armed, day_of
from tests.model.office import NAMES, Loan, role_of
from tests.model.rules import LEAST_REST, LEAVES, MOVES, State, in_year
from tests.model.ticking import Ticking, busy
from tests.model.world import Line

#: messages that ask for something
_ASKING = frozenset({"task", "reminder", "escalation", "escalated", "extended", "check"})


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
class Standing(Ticking):
    """One case."""

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
    lines: list[Line] = field(default_factory=list)
    #: who is told what, each thing of a kind once; nothing is said of what it is about where there is but one
    _told: list[tuple[str, ...]] = field(default_factory=list)
    _lateness: tuple[object, ...] = ()

    @property
    def ended(self) -> bool:
        """Whether it is over."""
        return self.cancelled or bool(self.here.final)

    @property
    def here(self) -> State:
        """The state it is in."""
        return self.rules.states[self.state]

    @property
    def waiting(self) -> list[str]:
        """Everybody whose work is waited for."""
        return [self.holder] if self.holder else [one.holder for one in self.asked if one.open]

    def _enter(self, state: str, actor: str) -> None:
        here, now = self.rules.states[state], self.world.now
        if self.state and self.here.phase != here.phase:
            self.clocks = busy(one for one in self.clocks if one.scope != "phase")
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
            self.holder = self._who(here.role)
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
            self._arm_move()
        if LEAVES in self.facts and not here.final:
            self._arm_leaving()
        self._stand_still()

    def _arm_leaving(self) -> None:
        """Whoever has left is out at once, from whatever state they are in."""
        now = self.world.now
        alarm = Alarm(now, "move", "anytime.leaves")
        self._put(Clock("move:anytime.leaves", "visit", None, day_of(now), day_of(now), [alarm]))

    def _arm_move(self) -> None:
        """Whoever has moved begins another part, if enough is left of the year."""
        now = self.world.now
        rest = (date(self.world.year, 12, 31) - self._next_begins()).days + 1
        if self.here.phase == self.rules.moves_from and rest >= LEAST_REST:
            alarm = Alarm(now, "move", "anytime.moves")
            self._put(Clock("move:anytime.moves", "visit", None, day_of(now), day_of(now), [alarm]))

    def _next_begins(self) -> date:
        """The first day in the other unit; today, if they are in this one by the chart."""
        today = day_of(self.world.now)
        post = self.office.post(today)
        return max(post.since if post.unit != self.unit else today, self.begins)

    def _who(self, role: str) -> str:
        today = day_of(self.world.now)
        if role == "last_rater":
            assert self.parted_on is not None
            return self.office.last_rater(min(self.parted_on - timedelta(days=1), today), today)
        return role_of(self.office, role, today)

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
        self.clocks = busy(one for one in self.clocks if one.scope != "visit")

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

    def _follower(self) -> str | None:
        """Who has the task by the chart, if not its holder."""
        today = day_of(self.world.now)
        if not self.holder or self.holder == "e":
            return None
        stays = self.since == "reassigned" or self.here.role == "last_rater"
        if stays and self.office.holds(self.holder, today):
            return None
        found = self._who(self.here.role)
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

    def _close(self, kind: str, due_at: int | None = None) -> None:
        told = tuple(sorted((who, kind) for who, kind, *_ in set(self._told)))
        self.lines.append(Line(kind, told, due_at, self._lateness))
        self._told, self._lateness = [], ()
