"""The values that leave the store and are not values of the core: what is filed, and what waits to be told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from engine.core.case import Task
from engine.core.chart import Person
from engine.core.timetable import NO_DECREE, Decreed


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDefinition:
    """A published definition: `source` is the canonical JSON its digest is taken of."""

    digest: str
    workflow: str
    version: int
    source: bytes
    published_at: int
    #: a cycle may be launched with it from this instant on
    effective_at: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """A link by which people from outside reach a journal of a case; of its token only the hash is kept."""

    case_id: str
    journal: str
    hash: str
    made_at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A definition that waits for approval by another person than its author (a person key)."""

    digest: str
    workflow: str
    version: int
    source: bytes
    author: str
    proposed_at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredCalendar:
    """One version of a calendar: `known_on` is the day of the last decree it knows."""

    name: str
    version: str
    known_on: date
    source: bytes
    added_at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Replaced:
    """What an import replaced: the segments of all whom it changed as they were, and the keys of whom it added."""

    version: str
    before: str
    at: int
    segments: tuple[Person, ...]
    added: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parked:
    """A case that time could not move: how often since `since`, until when it is left alone, and what was wrong.

    `due_at` is when it was to move, or is by now.
    """

    case_id: str
    times: int
    since: int
    until: int
    why: str
    due_at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cycle:
    """An appraisal period launched for a cohort, on one definition."""

    id: str
    definition: str
    period_from: date
    period_to: date
    opens_at: int
    launched_at: int
    #: the windows a decree set for this cycle
    decreed: Decreed = NO_DECREE


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """An open task and the case it belongs to."""

    case_id: str
    task: Task


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """One thing that was written in a case: content of a form, or a reason (form ""), by the entry `seq`."""

    form: str
    seq: int
    value: bytes
    salt: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """Something to tell a person, with how far the telling has come.

    `fence` is the token of the claim this letter was handed out under; only that claim may settle it.
    """

    id: int
    key: str
    to: str
    kind: str
    case_id: str
    task_id: str | None
    data: Mapping[str, object]
    created_at: int
    read_at: int | None
    attempts: int
    fence: str
    settled_at: int | None
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Beat:
    """When a worker last said that it is alive."""

    worker: str
    at: int
