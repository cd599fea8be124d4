"""What several people are asked for at once: each answers or declines, the chart goes on, and then it is over."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from tests.model.asked import Act
from tests.model.clocks import Alarm, Clock, day_of
from tests.model.office import role_of
from tests.model.questioned import Questioned
from tests.model.refusals import No
from tests.model.rules import FORMS
from tests.model.standing import Asked


@dataclass
class Gathered(Questioned):
    """A case in which things are gathered."""

    #: of the gathering that is over: how many were asked, answered, declined, dropped out; whether it was enough
    outcome: tuple[int, int, int, int, bool] | None = None

    def _ask(self, roles: tuple[str, ...], actor: str) -> None:
        today = day_of(self.world.now)
        for role in roles:
            who = role_of(self.office, role, today)
            if who not in {one.holder for one in self.asked}:
                self.asked.append(Asked(role, who))
        for one in self.asked:
            if one.holder != actor:
                self._tell(one.holder, "task")

    def _answer(self, act: Act) -> None:
        one = next((one for one in self.asked if one.open and one.holder == act.by), None)
        if one is None or act.behalf:
            raise No("wrong_person")
        if act.what in FORMS and act.mute:
            raise No("form_invalid")
        one.state = "answered" if act.what == "answer" else "declined"
        self._note_lateness()
        self._settle()
        self.world.seen[one.state] += 1
        self._close(one.state)

    def _settle(self) -> None:
        """Nobody is left to wait for: it is over at this very hour."""
        if self.waiting or not self.asked:
            return
        now, name = self.world.now, f"{self.state}.enough"
        today = day_of(now)
        self._put(Clock(f"move:{name}", "visit", None, today, today, [Alarm(now, "move", name)], since=now))

    def _gathered(self) -> None:
        """It is over, whoever has answered."""
        if self.asked:
            told = Counter(one.state for one in self.asked)
            answered = told["answered"]
            counts = len(self.asked), answered, told["declined"], told["dropped"]
            self.outcome = (*counts, answered > 0)
            self.world.seen["gathered" if not self.waiting else "gathered in part"] += 1
            self.asked = []

    def _follow_asked(self) -> None:
        """Whoever has left or has other duties is followed by whom the chart names, unless they were asked as well."""
        today = day_of(self.world.now)
        for one in self._astray():
            found = role_of(self.office, one.role, today)
            if found in {other.holder for other in self.asked}:
                one.state = "dropped"
                self.world.seen["one of those asked drops out"] += 1
                continue
            self.world.seen["another is asked instead"] += 1
            before, one.holder, one.since = one.holder, found, "followed"
            self._tell(found, "task")
            self._tell(before, "handed_over")
        self._settle()

    def _astray(self) -> list[Asked]:
        """Those who are asked and no longer have the role they were asked in."""
        today = day_of(self.world.now)
        return [
            one
            for one in self.asked
            if one.open
            and role_of(self.office, one.role, today) != one.holder
            and not (one.since == "reassigned" and self.office.holds(one.holder, today))
        ]
