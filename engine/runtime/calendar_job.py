"""How far an applied calendar has come through the open cases: a fact of the database, so that it can be finished."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.core.codec import canonical, decode
from engine.core.command import Actor, Recount
from engine.store import queries
from engine.store.view import View

__all__ = ["JOB", "STREAM", "Job", "asked_of"]

STREAM = "calendars"
#: before the name of a calendar whose cases are being counted again: how far that has come
JOB = "recount:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Cases on the way to being counted again: by whose word, and how far it has come."""

    #: the number of the entry that says who applied which version, and why
    applied: int
    before: str
    after: str = ""
    cases: int = 0
    clocks: int = 0
    kept: int = 0
    failed: tuple[tuple[str, str], ...] = ()

    def text(self) -> str:
        """How it is kept; read back by `of`."""
        return canonical({name: getattr(self, name) for name in self.__slots__}).decode()

    @classmethod
    def of(cls, text: str) -> Job:
        """What `text` wrote."""
        told: dict[str, Any] = decode(text)
        told["failed"] = tuple((case, why) for case, why in told["failed"])
        return cls(**told)


def asked_of(view: View, job: Job) -> Recount:
    """What every case is asked, by the entry that says who applied the calendar and why."""
    facts = decode(queries.history(view, STREAM, after=job.applied - 1, limit=1)[0].body)
    actor: Mapping[str, Any] = facts["actor"]
    return Recount(
        actor=Actor(person=actor.get("person"), behalf=actor.get("behalf")),
        reason=view.statements(STREAM).get(job.applied, ""),
        past=facts["past"],
    )
