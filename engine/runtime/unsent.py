"""Saves what people have typed and not sent, so that no closed tab and no dropped line takes it from them.

Whoever types on two devices is never overwritten: the text that was saved elsewhere meanwhile is handed back instead,
and the person chooses.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.core.unsent import Unsent
from engine.runtime.library import Library
from engine.store import unsent as filed
from engine.store.database import Database

__all__ = ["Saved", "UnsentTexts"]

#: what nobody has touched for half a year is not gone on with
_KEPT = 183 * 86_400_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What the database holds now; `beside` says that it is another text than the one that came."""

    text: Unsent
    beside: bool = False


class UnsentTexts:
    """The texts that people have not sent, by case, writer and form."""

    def __init__(self, database: Database, library: Library) -> None:
        self._database = database
        self._library = library

    def of(self, case_id: str, person: str) -> Mapping[str, Unsent]:
        """What somebody has not sent in a case, by form."""
        with self._database.read() as view:
            return filed.of_case(view.driver, case_id, person)

    def save(
        self, case_id: str, person: str, form: str, values: Mapping[str, Any], reason: str, *, begun_with: int
    ) -> Saved:
        """Keep a text that goes on from version `begun_with`, unless another one was saved since."""
        now = self._library.now()
        with self._database.write() as unit:
            before = filed.of_case(unit.driver, case_id, person).get(form)
            if before is not None and before.stands_beside(begun_with, values, reason):
                return Saved(text=before, beside=True)
            if before is not None and before.values == values and before.reason == reason:
                return Saved(text=before)
            version = max(begun_with, before.version if before else 0) + 1
            text = Unsent(version=version, at=now, values=values, reason=reason)
            filed.drop_older(unit.driver, now - _KEPT)
            filed.put(unit.driver, case_id, person, form, text)
        return Saved(text=text)

    def drop(self, case_id: str, person: str, form: str) -> None:
        """Let a text go: it was sent, or its writer does not want it."""
        with self._database.write() as unit:
            filed.drop(unit.driver, case_id, person, form)
