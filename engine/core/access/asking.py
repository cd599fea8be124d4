"""Who asks, with all that the rules look at: the account's roles, the person, and where the chart has them today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from engine.core.assigning import PERSONNEL
from engine.core.chart import Chart, Person
from engine.core.delegation import Delegation
from engine.core.identity.account import SystemRole
from engine.core.identity.scopes import Scope
from engine.core.party import desk_name
from engine.core.publication import entitled
from engine.core.zones import local_date

__all__ = ["Asker", "Lent", "asker_of"]

_DESK = "desk:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lent:
    """A way by which somebody stands in for another: whose right it is, and what each link of it is for."""

    giver: str
    #: the giver, and the desks they serve on
    names: frozenset[str]
    links: tuple[Delegation, ...]

    def covers(self, *, cycle: str, workflow: str, role: str, unit: str, subject: str) -> bool:
        """Whether every link is for such a case and role; an empty scope is for all."""
        return all(
            link.covers(cycle=cycle, workflow=workflow, role=role, unit=unit, subject=subject)
            for link in self.links
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Who asks. `account` is "" in a demo, `person` (a key) "" for an account that is nobody on the chart.

    `scopes` bounds a token; None is a session, which may ask for everything. `glass` is what two have opened to them.
    """

    account: str = ""
    person: str = ""
    roles: frozenset[SystemRole] = frozenset()
    scopes: frozenset[Scope] | None = None
    #: in service on a personnel desk, or an official from outside in office
    personnel: bool = False
    external: bool = False
    #: one of those, or the head of the agency: who brings rules, calendars and outages about
    official: bool = False
    #: somebody reports to them, or they see all units: what a unit's page tells is theirs to ask
    leads: bool = False
    desks: frozenset[str] = frozenset()
    lent: tuple[Lent, ...] = ()
    glass: frozenset[str] = frozenset()
    #: those of them that they may steer as well
    steered: frozenset[str] = frozenset()

    @property
    def names(self) -> frozenset[str]:
        """Under which names they may be a party to a case: their own, and the desks they serve on."""
        return self.desks | {self.person} if self.person else self.desks

    @property
    def known_as(self) -> str:
        """The pseudonym that stands in logs: the account's, else the person's."""
        return self.account or self.person


def asker_of(
    chart: Chart,
    person: str,
    now: int,
    *,
    account: str = "",
    roles: frozenset[SystemRole] = frozenset(),
    scopes: frozenset[Scope] | None = None,
    glass: frozenset[str] = frozenset(),
    steered: frozenset[str] = frozenset(),
) -> Asker:
    """Who asks at an instant, as the chart has them on that day. A person the chart does not know is nobody there."""
    held = chart.history(person) if person else ()
    audits = "auditor" in roles
    if not held:
        return Asker(account=account, roles=roles, scopes=scopes, glass=glass, steered=steered, leads=audits)
    newest = held[-1]
    today = local_date(now, newest.zone)
    own = chart.near(newest.key, today) or newest
    ways = chart.stands_for(newest.key, now, today) if own.serves_on(today) else ()
    return Asker(
        account=account,
        person=newest.key,
        roles=roles,
        scopes=scopes,
        personnel=PERSONNEL in own.duties and own.serves_on(today),
        external=own.external and own.holds_on(today),
        official=entitled(chart, newest.key, today),
        leads=audits or PERSONNEL in own.duties or own.external or _heads(chart, own, today),
        desks=_desks(own, today),
        lent=tuple(_lent(chart, way, today) for way in ways),
        glass=glass,
        steered=steered,
    )


def _heads(chart: Chart, own: Person, today: date) -> bool:
    """Whether somebody heads their unit, or acts for another today."""
    head = chart.head_post(own.unit, today)
    return (head is not None and head.key == own.key) or own.acts_on(today)


def _lent(chart: Chart, way: tuple[Delegation, ...], today: date) -> Lent:
    giver = way[0].giver
    own = chart.at(giver, today)
    desks = _desks(own, today) if own is not None else frozenset()
    return Lent(giver=giver, names=desks | {giver}, links=way)


def _desks(one: Person, today: date) -> frozenset[str]:
    """The desks this person serves on today, as parties to cases."""
    if not one.serves_on(today):
        return frozenset()
    return frozenset(
        desk_name(duty.removeprefix(_DESK), one.unit) for duty in one.duties if duty.startswith(_DESK)
    )
