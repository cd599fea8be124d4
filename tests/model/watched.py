"""The promises about a case: each read from what happened, with a day where one is named, and who looks at a breach."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.model.asked import Act
from tests.model.clocks import Alarm, Clock, day_of, over
from tests.model.office import DESK
from tests.model.promises import Happened, Verdict, verdict
from tests.model.refusals import No
from tests.model.rules import WORKED, Rule
from tests.model.standing import Standing

_OPEN = Verdict("open")


@dataclass
class Watched(Standing):
    """A case with promises."""

    story: list[Happened] = field(default_factory=list)
    stands: dict[int, Verdict] = field(default_factory=dict)
    #: by number: who is to look at a breach, and whose look is over
    looks: dict[int, str] = field(default_factory=dict)
    looked: set[int] = field(default_factory=set)

    def _begin_watch(self) -> None:
        for number, promise in enumerate(self.rules.promises):
            self.stands[number] = _OPEN
            if promise.on is not None:
                self._promise_until(number, Rule(on=promise.on.replace(year=self.world.year), ladder=""))
        self._happen(frozenset(), self.state, ())

    def _happen(
        self,
        way: frozenset[str],
        state: str,
        blamed: tuple[str, ...],
        persons: tuple[str, ...] = (),
        *,
        outside: bool = False,
    ) -> None:
        """Something happened: by these persons, or while these had the task."""
        self.story.append(Happened(len(self.lines) + 1, way, state, persons, outside))
        self._weigh(blamed)

    def _promise_over(self, clock: Clock, alarm: Alarm) -> None:
        """The day of a promise is over."""
        self.clocks = [one for one in self.clocks if one.name != clock.name]
        self.story.append(Happened(len(self.lines) + 1, frozenset(), "", day_over=int(alarm.what)))
        self._weigh(tuple(self.waiting))
        self._close("promise", alarm.at)

    def _released_from_promises(self) -> None:
        """What ends it from outside keeps what asks for nothing more; what was owed is owed no more."""
        for number, one in self.stands.items():
            if one.standing == "open":
                self.stands[number] = Verdict("lost" if one.owed else "kept", one.owed, outside=True)

    def _weigh(self, blamed: tuple[str, ...]) -> None:
        for number, promise in enumerate(self.rules.promises):
            before = self.stands[number]
            if before.standing in {"kept", "broken"}:
                continue
            after = verdict(number, promise, self.story, self.state, ended=self.ended)
            self.stands[number] = after
            owed_before, owed = (0 if one.outside else one.owed for one in (before, after))
            if owed_before != owed:
                self.clocks = [one for one in self.clocks if one.name != f"promise:{number}"]
                if owed and promise.within:
                    self._promise_until(number, Rule(within=(promise.within, WORKED), ladder=""))
            if after.standing != before.standing and after.standing in {"broken", "lost"}:
                self.world.seen[f"a promise {after.standing}"] += 1
                if not (after.standing == "lost" and after.outside):
                    self._ask_to_look(number, blamed)

    def _promise_until(self, number: int, rule: Rule) -> None:
        today = day_of(self.world.now)
        if rule.on is not None:
            due, counted = rule.on, None
        else:
            assert rule.within is not None
            due, counted = self.world.days.after(today, *rule.within), rule
        alarm = Alarm(over(due), "promise", str(number))
        name = f"promise:{number}"
        self._put(Clock(name, "promise", counted, today, due, [alarm], since=self.world.now))

    def _ask_to_look(self, number: int, blamed: tuple[str, ...]) -> None:
        if number in self.looks or number in self.looked:
            return
        fit = [one for one in DESK if one not in blamed]
        self.looks[number] = (fit or [*DESK])[0]
        self._told.append((self.looks[number], "breach"))
        self.world.seen["a breach for another of the desk"] += self.looks[number] != DESK[0]

    def _acknowledge(self, act: Act) -> None:
        number = int(act.what)
        if number not in self.looks:
            raise No("refused")
        if act.by not in DESK:
            raise No("wrong_person")
        if act.mute:
            raise No("reason_missing")
        del self.looks[number]
        self.looked.add(number)
        self.world.seen["a breach looked at after the end"] += self.ended
        self._close("acknowledged")
