"""Who asks something about personal data, and who may: the person themselves, the personnel desk, the officer.

Whoever decides is another than whoever asked, and never the one it is about: by person, and by account as well.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from engine.core.assigning import PERSONNEL
from engine.core.chart import Chart
from engine.errors import NotYours

__all__ = ["Official", "demand_another", "demand_office", "demand_own_or_office", "in_office", "official_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Official:
    """Somebody who asks: a person of the chart, an account, or a person by their account."""

    person: str = ""
    account: str = ""
    #: system roles of the account: "privacy", "administrator", "auditor"
    roles: frozenset[str] = frozenset()

    def facts(self) -> dict[str, str]:
        """Who it is, as an entry tells it."""
        told = {"person": self.person, "account": self.account}
        return {name: value for name, value in told.items() if value}

    @property
    def key(self) -> str:
        """By what looks and letters know them: the person's key, or the account's id."""
        return self.person or self.account

    def same(self, other: Official) -> bool:
        """Whether this is the same human being, as far as can be known."""
        by_person = bool(self.person) and self.person == other.person
        return by_person or (bool(self.account) and self.account == other.account)


def official_of(facts: object) -> Official:
    """Whom an entry names."""
    assert isinstance(facts, dict)
    return Official(person=str(facts.get("person", "")), account=str(facts.get("account", "")))


def in_office(chart: Chart, who: Official, today: date) -> bool:
    """Whether somebody serves on the personnel desk today, or is the data protection officer."""
    person = chart.at(who.person, today) if who.person else None
    on_desk = person is not None and PERSONNEL in person.duties and person.serves_on(today)
    return on_desk or "privacy" in who.roles


def demand_office(chart: Chart, who: Official, today: date) -> None:
    """Raises: NotYours, unless they are on the personnel desk or the data protection officer."""
    if not who.key or not in_office(chart, who, today):
        raise NotYours(
            "this is for somebody in service on the personnel desk, or for the data protection officer, by name"
        )


def demand_own_or_office(chart: Chart, who: Official, about: str, today: date) -> None:
    """Raises: NotYours, unless it is about themselves, or they hold the office."""
    if not who.person or who.person != about:
        demand_office(chart, who, today)


def demand_another(
    chart: Chart, who: Official, asker: Official, subjects: Collection[str], today: date
) -> None:
    """Raises: NotYours, unless somebody of the office decides who neither asked nor is concerned."""
    demand_office(chart, who, today)
    if who.same(asker):
        raise NotYours("this was asked for by the same person; another one of the office decides")
    if who.person in subjects:
        raise NotYours("this is about your own data; another one of the office decides")
