"""The atoms of the rules: how an asker stands to a resource. `engine.store.reach` says the same in SQL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from engine.core.access.asking import Asker, Lent
from engine.core.access.resources import AccountOf, CaseOf, DelegationOf, PersonOf, Resource, UnitOf
from engine.core.party import Party as Row

__all__ = [
    "Administrator",
    "Anyone",
    "Auditor",
    "BrokenGlass",
    "DelegateOf",
    "Desk",
    "ExternalOfficial",
    "Holder",
    "JournalWriter",
    "NotOwn",
    "Official",
    "Party",
    "PersonOfChart",
    "Privacy",
    "Self",
    "SignedIn",
    "Subject",
    "Who",
    "holds",
    "is_own",
]


@dataclass(frozen=True, slots=True)
class Anyone:
    """Whoever reaches the installation."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Whoever is known: a person of the chart, or an account."""


@dataclass(frozen=True, slots=True)
class PersonOfChart:
    """A person of the chart."""


@dataclass(frozen=True, slots=True)
class Subject:
    """The one a case is about."""


@dataclass(frozen=True, slots=True)
class Party:
    """Who fills, or filled within the appraised period, a role of the case; also whoever a task of it came to."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has an open task of the case."""


@dataclass(frozen=True, slots=True)
class DelegateOf:
    """Who may stand in now, by a delegation that is for it, for somebody who fills a role of the case."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Who serves on a personnel desk today."""


@dataclass(frozen=True, slots=True)
class Official:
    """Who serves on a personnel desk today, or heads the agency."""


@dataclass(frozen=True, slots=True)
class ExternalOfficial:
    """An official from outside the agency, in office today."""


@dataclass(frozen=True, slots=True)
class Auditor:
    """An account that may read, and nothing else."""


@dataclass(frozen=True, slots=True)
class Administrator:
    """An account that looks after accounts and settings."""


@dataclass(frozen=True, slots=True)
class Privacy:
    """An account that looks after personal data."""


@dataclass(frozen=True, slots=True)
class Self:
    """The very person, giver, taker or account that is asked about."""


@dataclass(frozen=True, slots=True)
class BrokenGlass:
    """To whom two people have opened this case for a time; to steer it only where they have said so."""

    steers: bool = False


@dataclass(frozen=True, slots=True)
class JournalWriter:
    """Who may write in a journal of the case, whatever else they are to it."""


Who = (
    Anyone
    | SignedIn
    | PersonOfChart
    | Subject
    | Party
    | Holder
    | DelegateOf
    | Desk
    | ExternalOfficial
    | Official
    | Auditor
    | Administrator
    | Privacy
    | Self
    | BrokenGlass
    | JournalWriter
)


@dataclass(frozen=True, slots=True)
class NotOwn:
    """A condition: what is asked for is not the asker's own record."""


def holds(who: Who, asker: Asker, resource: Resource) -> bool:  # noqa: C901, PLR0911, PLR0912 - one line an atom
    """Whether this asker stands so to this resource."""
    match who:
        case Anyone():
            return True
        case SignedIn():
            return bool(asker.person or asker.account)
        case PersonOfChart():
            return bool(asker.person)
        case Subject():
            return isinstance(resource, CaseOf) and bool(asker.person) and resource.subject == asker.person
        case Party():
            return isinstance(resource, CaseOf) and any(_is(one, asker) for one in resource.parties)
        case Holder():
            return isinstance(resource, CaseOf) and asker.person in resource.holders
        case DelegateOf():
            return isinstance(resource, CaseOf) and any(_lends(one, asker, resource) for one in asker.lent)
        case Desk():
            return asker.personnel
        case Official():
            return asker.official
        case ExternalOfficial():
            return asker.external
        case Auditor():
            return "auditor" in asker.roles
        case Administrator():
            return "administrator" in asker.roles
        case Privacy():
            return "privacy" in asker.roles
        case Self():
            return is_own(asker, resource)
        case BrokenGlass(steers=steers):
            return isinstance(resource, CaseOf) and resource.id in (asker.steered if steers else asker.glass)
        case JournalWriter():
            return isinstance(resource, CaseOf) and asker.person in resource.writers
        case _:
            assert_never(who)


def is_own(asker: Asker, resource: Resource) -> bool:
    """Whether what is asked for is the asker's own: their case, their person, their account."""
    match resource:
        case CaseOf(subject=subject):
            return bool(asker.person) and subject == asker.person
        case PersonOf(key=key):
            return bool(asker.person) and key == asker.person
        case DelegationOf(giver=giver, taker=taker):
            return bool(asker.person) and asker.person in {giver, taker}
        case UnitOf(touches=touches):
            return asker.person in touches
        case AccountOf(id=name):
            return bool(asker.account) and name == asker.account
        case _:
            return False


def _is(one: Row, asker: Asker) -> bool:
    """Whether a row says of this asker that they are a party; of a desk only while the desk is."""
    return one.person in asker.names and one.was and (one.person == asker.person or one.last is None)


def _lends(lent: Lent, asker: Asker, case: CaseOf) -> bool:
    """Whether by this way the asker may stand in for somebody who fills a role of the case now."""
    if case.subject in {asker.person, lent.giver}:
        return False
    return any(
        one.lent
        and one.last is None
        and one.person in lent.names
        and lent.covers(
            cycle=case.cycle, workflow=case.workflow, role=one.role, unit=case.unit, subject=case.subject
        )
        for one in case.parties
    )
