"""A quiet line on the page of a case: until when one's own act may be taken back, with one button."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from engine.core.definition import Language
from engine.core.telling_undo import say_undo
from engine.core.undoing import open_to
from engine.runtime import CaseView

__all__ = ["UndoPart", "undo_part"]


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoPart:
    """The sentence, and the key under which the button is pressed once."""

    sentence: str
    key: str


def undo_part(view: CaseView, viewer: str, language: Language) -> UndoPart | None:
    """What this visitor may take back now; None if it is nothing."""
    if open_to(view.case, viewer, view.scene.now) is None:
        return None
    return UndoPart(sentence=say_undo(view.standing, language, viewer), key=secrets.token_urlsafe(16))
