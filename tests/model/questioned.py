"""Whose superior is right: the one appraised asks, the personnel desk answers, and the case goes on meanwhile."""

from __future__ import annotations

from dataclasses import dataclass

from tests.model.asked import Act
from tests.model.clocks import day_of
from tests.model.office import DESK
from tests.model.refusals import No
from tests.model.watched import Watched


@dataclass
class Questioned(Watched):
    """A case in which the superior on record may be questioned."""

    #: whom the chart named when it was asked, and who of the desk is to answer
    question: tuple[str, str] | None = None

    def _superior(self) -> str:
        return self.office.post(day_of(self.world.now)).superior

    def _question(self, act: Act) -> None:
        self._must_be_open()
        if self.question is not None:
            raise No("refused")
        if act.by != "e" or act.behalf:
            raise No("wrong_person")
        if act.mute:
            raise No("reason_missing")
        named = self._superior()
        holder = next(one for one in DESK if one != named)
        self.question = (named, holder)
        self._told.append((holder, "superior"))
        self._close("superior_questioned")

    def _reply(self, act: Act) -> None:
        if self.question is None:
            raise No("refused")
        named, holder = self.question
        if act.by != holder and (act.by not in DESK or act.by == named):
            raise No("wrong_person")
        if act.what == "corrected" and self._superior() == named:
            raise No("refused")
        if act.mute:
            raise No("reason_missing")
        self.question = None
        self.world.seen["a superior corrected"] += act.what == "corrected"
        self.world.seen["a question answered after the end"] += self.ended
        self._told.append(("e", "superior_answered"))
        self._close("superior_answered")
