"""Reasons beside no case as the database keeps them: all of them, those about somebody, those an erasure takes."""

from __future__ import annotations

from engine.core.privacy.beside import BESIDE, Said, said_told
from engine.core.privacy.erasing import Scope
from engine.store import queries
from engine.store.view import View

__all__ = ["beside", "reasons_of"]


def beside(view: View) -> tuple[tuple[Said, str], ...]:
    """Every reason beside no case that is not erased, with its words."""
    found: list[tuple[Said, str]] = []
    for stream in BESIDE:
        words = view.statements(stream)
        if words:
            told = said_told(stream, queries.history(view, stream))
            found += [(one, words[one.seq]) for one in told if one.seq in words]
    return tuple(found)


def reasons_of(view: View, scope: Scope) -> tuple[Said, ...]:
    """The reasons beside no case that an erasure takes: those named, and those about its person or its cases.

    What is about them and is not over keeps its reason; of what is named, whoever decides is told so instead.
    """
    if "reasons" not in scope.classes:
        return ()
    objects = {scope.person, *scope.cases} - {""}
    return tuple(
        one for one, _ in beside(view)
        if one.name in scope.said or (one.settled and not objects.isdisjoint(one.about))
    )  # fmt: skip
