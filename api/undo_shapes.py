"""An act that may be taken back, as JSON."""

from __future__ import annotations

from api.part_schemas import UndoOut
from api.schemas import Text
from engine.core.audit import stamp
from engine.core.telling_undo import say_undo
from engine.core.undoing import open_to
from engine.runtime import CaseView

__all__ = ["undo_out"]


def undo_out(view: CaseView, viewer: str) -> UndoOut | None:
    """What this viewer may take back in a case now; None if it is nothing."""
    offer = open_to(view.case, viewer, view.scene.now)
    if offer is None:
        return None
    indonesian, english = (say_undo(view.standing, language, viewer) for language in ("id", "en"))
    return UndoOut(
        act=offer.act, until=stamp(offer.until), visit=view.case.visit, text=Text(id=indonesian, en=english)
    )
