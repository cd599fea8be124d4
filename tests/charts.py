"""A small agency with a believable chart, and questions to it; shared by tests about people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path

from engine.core.people import (
    Chart,
    Desk,
    HeadOf,
    Person,
    Query,
    Resolution,
    Role,
    Subject,
    SuperiorOf,
    resolve,
)
from engine.core.roster import read_roster

DAY = date(2026, 3, 31)
START = date(2020, 1, 1)
DEMO = Path(__file__).parents[1] / "workflows" / "examples" / "people-demo.csv"


def role(name: str, query: Query, *, exclude: tuple[str, ...] = (), otherwise: tuple[str, ...] = ()) -> Role:
    """A role asked for "now"."""
    return Role(name=name, query=query, exclude=exclude, otherwise=otherwise)


def named(*roles: Role) -> dict[str, Role]:
    """Roles by name."""
    return {one.name: one for one in roles}


ROLES = named(
    role("employee", Subject()),
    role("rater", SuperiorOf(role="employee")),
    role("reviewer", SuperiorOf(role="rater"), exclude=("employee", "rater")),
    role("manager", Desk(name="performance", of="employee"), exclude=("employee",)),
    role("hr", Desk(name="personnel", of="employee"), exclude=("employee",)),
    role("unit_head", HeadOf(of="employee")),
    role("ppk", HeadOf(of="agency")),
)


def person(name: str, superior: str | None, **more: object) -> Person:
    """Somebody of the base agency, changed as asked."""
    values: dict[str, object] = {
        "key": f"p-{name}", "person_id": name, "name": name.title(), "unit": "Dinas", "position": f"Post of {name}",
        "superior": superior, "zone": "Asia/Makassar", "kind": "PNS", "valid_from": START,
    }  # fmt: skip
    return Person(**{**values, **more})


BASE = (
    person("regent", None, kind="external", unit="Outside"),
    person("agency", "regent", unit="Secretariat", duties=("head",), substitute="deputy"),
    person("deputy", "agency", unit="Secretariat", duties=("desk:personnel",)),
    person("head", "agency", duties=("head",)),
    person("section", "head"),
    person("other", "head", duties=("desk:performance",)),
    person("siti", "section"),
)


def chart(**changes: Mapping[str, object]) -> Chart:
    """The base chart with some people changed."""
    return Chart(
        segments=tuple(replace(one, **changes.get(one.person_id, {})) for one in BASE),  # type: ignore[arg-type]
        version="v1",
    )


def find(
    name: str, on: Chart, subject: str = "siti", *, roles: Mapping[str, Role] = ROLES, day: date = DAY
) -> Resolution:
    """The resolution of a role on a chart, all days being one day."""
    return resolve(name, roles, on, f"p-{subject}", {}, day)


def who(
    name: str, on: Chart, subject: str = "siti", *, roles: Mapping[str, Role] = ROLES, day: date = DAY
) -> tuple[str, str]:
    """Whom a role falls to (person_id of the base chart) and by which way."""
    found = find(name, on, subject, roles=roles, day=day)
    return found.person.removeprefix("p-"), found.via


GONE = {"valid_to": date(2025, 12, 31)}
AWAY = {"away_from": date(2026, 3, 1), "away_to": date(2026, 4, 30)}
ACTS = {"acting_from": date(2026, 1, 1), "acting_to": date(2026, 6, 30), "acting_decree": "800/12/2026"}


def demo() -> Chart:
    """The demo agency as a chart."""
    numbers = count(1)
    roster = read_roster(DEMO.read_bytes(), "demo", keys={}, new_key=lambda: f"p-{next(numbers):04d}")
    return Chart(segments=roster.people, version="demo")
