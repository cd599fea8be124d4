"""An act taken back: the case stands as it stood before, with what has happened beside it since."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from tests.model.asked import Act
from tests.model.clocks import Clock
from tests.model.journals import Journalled
from tests.model.refusals import No
from tests.model.rules import UNDONE_WITHIN

#: what taking back leaves as it is by now
_STAYS = frozenset({"lines", "books", "visits", "unsent", "undoable"})


@dataclass
class Undoable:
    """An act that may be taken back: by whom, until when, how the case stood; whether anybody has acted on it."""

    line: int
    by: str
    phase: str
    until: int
    before: dict[str, Any]
    spent: bool = False


@dataclass
class Undone(Journalled):
    """A case in which acts are taken back."""

    undoable: Undoable | None = None
    #: lines of which nobody was told, for they were taken back before
    unsent: set[int] = field(default_factory=set)

    def _standing(self) -> dict[str, Any]:
        """The case as it stands now."""
        raise NotImplementedError

    def _let_undo(self, act: Act) -> None:
        moves = [
            alarm.at
            for one in self.clocks
            if one.stopped is None
            for alarm in one.alarms
            if alarm.kind != "rung"
        ]
        until = min([self.world.now + UNDONE_WITHIN, *moves])
        if until > self.world.now:
            phase, line = self.here.phase, len(self.lines)
            self.undoable = Undoable(line, act.by, phase, until, self._standing())

    def _undo(self, act: Act) -> None:
        one = self.undoable
        if one is None or self.world.now >= one.until:
            raise No("nothing_to_undo")
        if act.by != one.by:
            raise No("wrong_person")
        if one.spent:
            raise No("acted_since")
        clocks, self.visits = self.clocks, max(self.visit, self.visits)
        for name, value in one.before.items():
            if name not in _STAYS:
                setattr(self, name, value)
        self._let_rungs_be(clocks)
        self.unsent.add(one.line)
        self.undoable = None
        self._close("undone")

    def _let_rungs_be(self, since: list[Clock]) -> None:
        """What has rung meanwhile does not ring again; clocks of the visit that is left were others."""
        rung = {(one.name, one.generation): one.fired for one in since if one.scope != "visit"}
        self.clocks = [
            replace(
                one,
                fired=[*rung.get((one.name, one.generation), one.fired)],
                alarms=[
                    alarm
                    for alarm in one.alarms
                    if alarm.kind != "rung" or int(alarm.what) not in rung.get((one.name, one.generation), [])
                ],
            )
            for one in self.clocks
        ]

    def _write(self, kind: str, journal: str) -> None:
        self._close(kind, journal=journal)

    def _close(self, kind: str, due_at: int | None = None, *, journal: str = "") -> None:
        one, told = self.undoable, {who for who, *_ in self._told}
        if one is not None and one.line != len(self.lines):
            beside = journal != "" and self.rules.journals[journal].phase in {"", one.phase}
            reached = not (kind == "rung" and told <= {one.by})
            if self.world.now >= one.until:
                self.undoable = None
            elif reached and not beside:
                one.spent = True
        super()._close(kind, due_at)
