"""The acts of people at a case, as the model has them: who may, what comes of it, and when it is refused."""

from __future__ import annotations

from dataclasses import replace

from tests.model.asked import Act
from tests.model.clocks import Granted, day_of
from tests.model.gathered import Gathered
from tests.model.office import DESK
from tests.model.recounted import recounted
from tests.model.refusals import No
from tests.model.rules import (
    FORMS,
    GIVEN,
    LEAVES,
    MOST_RETURNS,
    MOVES,
    POINTS,
    UNDOABLE,
)


class Steered(Gathered):
    """A case that people act on."""

    #: what this part was rated with
    points: int | None = None
    #: who acted last, and for whom
    _seat: tuple[str, ...] = ()
    #: the same, and everybody it was passed on by
    _parties: frozenset[str] = frozenset()

    def _fire(self, act: Act) -> None:
        if act.what == "correction" and self.state == self.rules.corrected:
            self._ask_correction(act)
            return
        self._must_be_open()
        ways = dict(self.here.acts)
        if act.what not in ways:
            raise No("unknown_trigger")
        if self.asked:
            self._answer(act)
            return
        if not self._acts(act, self.holder, self.here.role, self.opened_at):
            raise No("wrong_person")
        if act.what in FORMS and act.mute:
            raise No("form_invalid")
        if act.what == "return" and act.mute:
            raise No("reason_missing")
        if act.what in UNDOABLE:
            self._let_undo(act)
        self.points = POINTS.get(act.what, self.points)
        self._move(act, ways[act.what])

    def _move(self, act: Act, to: str) -> None:
        if act.what == "return":
            to = "waiting" if self.returns >= MOST_RETURNS else to
            self.returns += 1
        if self.since != "opened":
            self.world.seen["a move by whom it was given to"] += 1
        way, persons = frozenset({act.what, f"{self.state}.{act.what}"}), self._seat
        self._leave()
        self._enter(to, actor=act.by)
        self._happen(way, to, persons, persons)
        if act.what == "agree":
            self._tell("e", "moved")
        self._close("moved")

    def _let_undo(self, act: Act) -> None:
        """An act may be taken back for a time."""
        raise NotImplementedError

    def _ask_correction(self, act: Act) -> None:
        if not self._acts(act, "e", "employee", 0) and not self._acts_as_desk(act):
            raise No("wrong_person")
        if act.mute:
            raise No("reason_missing")
        if self._is_open("correction"):
            raise No("guard_refused")
        self._opens("correction")
        self._close("stayed")

    def _is_open(self, link: str) -> bool:
        """Whether a case that a link opens is open, or about to be."""
        raise NotImplementedError

    def _notice(self, act: Act) -> None:
        self._must_be_open()
        if act.what not in {MOVES, LEAVES}:
            raise No("refused")
        if act.by not in DESK:
            raise No("wrong_person")
        if act.what == LEAVES and LEAVES not in self.facts:
            self.facts.add(act.what)
            self._arm_leaving()
        if act.what == MOVES:
            self._learn_of_move()
        self._close("noticed")

    def _learn_of_move(self) -> None:
        self.facts.add(MOVES)
        self._hold("elsewhere")
        self._arm_move()

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
        self._tell_all("extended")
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
        own = self.own_pauses
        self._may_steer(act, own=own == ["flood"], waits=False)
        if not own:
            raise No("refused")
        self.world.seen["a pause ended in an outage"] += own != self.pauses
        self._release(own)
        self._close("resumed")

    def _reassign(self, act: Act) -> None:
        self._may_steer(act)
        today = day_of(self.world.now)
        fit = act.what != "e" and self.office.serves(act.what, today)
        waiting = [one for one in self.asked if one.open]
        others = {one.holder for one in self.asked}
        if not fit or (self.asked and (len(waiting) != 1 or act.what in others)):
            raise No("refused")
        if not self.asked and self.holder in {"e", act.what}:
            raise No("refused")
        clock = self.task
        assert clock is not None
        self._see("reassign", clock, late=self.late)
        if waiting:
            before, waiting[0].holder, waiting[0].since = waiting[0].holder, act.what, "reassigned"
            self._tell(act.what, "task")
            self._tell(before, "handed_over")
            self.world.seen["an answer asked of another"] += 1
        else:
            self._hand(act.what, "reassigned")
        self._close("reassigned")

    def _tell_all(self, kind: str) -> None:
        for who in self.waiting:
            self._tell(who, kind)

    def _remind(self, act: Act) -> None:
        self._may_steer(act)
        self._tell_all("reminder")
        self._close("reminded")

    def _recount(self, act: Act) -> None:
        self._must_be_open()
        if not self._recounted(act.past):
            raise No("refused")

    def _recounted(self, past: str) -> bool:
        """Whether the calendar of today moves any clock; then it is counted again."""
        days, now = self.world.days, self.world.now
        found = [moved for one in self.clocks if (moved := recounted(one, days, now, past)) is not None]
        for before, after, kept in found:
            self._put(after)
            if after.name == "task":
                self.world.seen["a calendar change over a running deadline"] += 1
            if kept:
                self.world.seen["a day kept that would be past"] += 1
            if before.stopped is not None:
                self.world.seen["a calendar change while paused"] += 1
            if after.name == "task" and after.due != before.due:
                self._tell_all("extended")
        if found:
            self._close("recounted")
        return bool(found)

    def _may_steer(self, act: Act, *, own: bool = False, waits: bool = True) -> None:
        self._must_be_open()
        if act.by == "e":
            raise No("wrong_person")
        desk = act.by in DESK and not act.behalf
        if own:
            desk = self._acts_as_desk(act)
        if not desk and (own or not self._acts(act, self.helper, "head", self.asked_at, helping=True)):
            raise No("wrong_person")
        if waits and not self.waiting:
            raise No("refused")
        if act.mute:
            raise No("reason_missing")

    def _acts(self, act: Act, holder: str, role: str, opened_at: int, *, helping: bool = False) -> bool:
        """Whether this person may do what a holder may, in their own right or for them."""
        if not holder:
            return False
        if act.by == holder and not act.behalf:
            self._seat, self._parties = (act.by,), frozenset({act.by})
            return True
        if act.behalf not in {"", holder}:
            return False
        way = self._way(act.by, holder, role, opened_at, helping=helping)
        if way is None:
            return False
        self.world.seen["an act for another"] += 1
        self.world.seen["an act passed on twice"] += len(way) > 1
        self._seat, self._parties = (act.by, holder), frozenset({act.by, *(one.giver for one in way)})
        return True

    def _acts_as_desk(self, act: Act) -> bool:
        """Whether this person may do what the personnel desk may, being of it or for one of it."""
        return any(self._acts(act, one, "hr", self.entered_at) for one in DESK)

    def _must_be_open(self) -> None:
        if self.ended:
            raise No("case_closed")
