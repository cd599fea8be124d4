"""What is asked for: a case, a person's things, a delegation, a unit, an account, or nothing in particular."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import assert_never

from engine.core.case import Case
from engine.core.definition import Definition
from engine.core.party import Party

__all__ = [
    "NOTHING",
    "AccountOf",
    "CaseOf",
    "DelegationOf",
    "Nothing",
    "PersonOf",
    "Resource",
    "UnitOf",
    "case_of",
    "name_of",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseOf:
    """A case, as far as the rules look at it; `parties` are those of everybody."""

    id: str
    subject: str
    unit: str
    cycle: str
    workflow: str
    holders: frozenset[str] = frozenset()
    parties: tuple[Party, ...] = ()
    #: who may write in a journal of it, whatever else they are to it; at least whoever asks
    writers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonOf:
    """What is a person's: their tasks, messages, handover sheet, what they delegate."""

    key: str
    external: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegationOf:
    """A delegation: who gave it to whom."""

    giver: str
    taker: str
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitOf:
    """What concerns a unit and the people of it; `touches` are those whose own case or own line it would change."""

    name: str = ""
    touches: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountOf:
    """An account, by its id."""

    id: str


@dataclass(frozen=True, slots=True)
class Nothing:
    """The agency as a whole: nothing that belongs to one person."""


NOTHING = Nothing()

Resource = CaseOf | PersonOf | DelegationOf | UnitOf | AccountOf | Nothing


def case_of(definition: Definition, case: Case, parties: Iterable[Party] = ()) -> CaseOf:
    """A case as the rules look at it."""
    return CaseOf(
        id=case.id,
        subject=case.subject,
        unit=case.unit,
        cycle=case.cycle,
        workflow=definition.workflow.partition("#")[0],
        holders=frozenset(task.holder for task in (*case.tasks, *case.checks)),
        parties=tuple(parties),
    )


def name_of(resource: Resource) -> str:
    """The pseudonym of what is asked for, as logs name it; "" for nothing in particular."""
    match resource:
        case CaseOf(id=name) | AccountOf(id=name) | PersonOf(key=name) | UnitOf(name=name):
            return name
        case DelegationOf(id=name, giver=giver):
            return name or giver
        case Nothing():
            return ""
        case _:
            assert_never(resource)
