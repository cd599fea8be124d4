"""The reasons somebody gave before for the same acts, to be chosen from and edited: their own, and nobody else's."""

from __future__ import annotations

from collections.abc import Iterable

from engine.core.access import Asker
from engine.store.database import Database
from engine.store.mentions import ReasonGiven, reasons_of

__all__ = ["Reasons"]


class Reasons:
    """Looks up what somebody wrote; changes nothing."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def earlier(
        self, asker: Asker, *, workflow: str, acts: Iterable[str], most: int
    ) -> tuple[ReasonGiven, ...]:
        """The latest reasons this person gave for these acts, each text once, in any version of the workflow."""
        with self._database.read_as(asker) as view:
            given = reasons_of(view.driver, asker, workflow=workflow, acts=acts)
        texts: dict[str, ReasonGiven] = {}
        for one in given:
            texts.setdefault(" ".join(one.text.split()), one)
        return tuple(texts.values())[:most]
