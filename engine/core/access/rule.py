"""A rule of the table, and the reasons that several of them give."""

from __future__ import annotations

from dataclasses import dataclass

from engine.core.access.actions import Action
from engine.core.access.who import NotOwn, Who
from engine.core.definition import Label

__all__ = ["OF_DESK", "OUTSIDE", "OWN", "Rule"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Who may do these things, under which condition, and why, in words."""

    id: str
    actions: tuple[Action, ...]
    who: Who
    when: NotOwn | None = None
    why: Label


OWN = NotOwn()

OF_DESK = Label(id="Anda bertugas di unit kepegawaian", en="you serve on the personnel desk")
OUTSIDE = Label(id="Anda pejabat dari luar instansi", en="you are an official from outside the agency")
