"""The premises of a run: a database with calendar and definition to be copied, and the people of each office."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from engine.core.chart import Person
from engine.core.command import (
    Actor,
)
from engine.runtime import Engine
from engine.store import Database
from tests.model.office import ANNEX, BOSS, HOME, NAMES, Office

_HERE = Path(__file__).parent
_NOBODY = Actor(person=None)
_LONG_AGO = date(2020, 1, 1)
_DAY = timedelta(days=1)
YEARS = range(2023, 2035)


class StageClock:
    """A clock that stands where it was put."""

    def __init__(self, instant: int = 0) -> None:
        self.instant = instant

    def now(self) -> int:
        return self.instant


def first_days_off() -> list[date]:
    """Days off of every year: a few alone, a few in a row each month, one on a Saturday."""
    feasts = ((1, 1), (2, 17), (3, 24), (5, 1), (6, 1), (6, 19), (8, 17), (12, 25), (12, 26))
    leave = [(month, day) for month in range(1, 13) for day in (10, 11, 12)]
    return [date(year, *day) for year in YEARS for day in (*feasts, *leave)]


def first_decrees() -> list[dict[str, object]]:
    """The decrees every run begins with."""
    off = first_days_off()
    return [
        decree_of(year, date(2022, 1, 1), [day for day in off if day.year == year], (), "whole")
        for year in YEARS
    ]


def calendar_of(decrees: list[dict[str, object]]) -> dict[str, object]:
    """A calendar file's values."""
    week = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]
    return {"name": "model", "week": week, "decrees": decrees}


def decree_of(
    year: int, issued: date, added: Iterable[date], removed: Iterable[date], kind: str
) -> dict[str, object]:
    return {
        "kind": kind,
        "title": f"an invented decree of {issued}",
        "issued": issued.isoformat(),
        "year": str(year),
        "holidays": [{"date": day.isoformat(), "id": "libur", "en": "off"} for day in sorted(added)],
        "removes": [day.isoformat() for day in sorted(removed)],
    }


def furnish(url: str) -> None:
    """Make a database with calendar and definition, to be copied for each run."""
    with Database.create(url, "demo") as database:
        engine = Engine(database, StageClock(1_640_995_200_000_000))
        engine.add_calendar(calendar_of(first_decrees()))
        for name in ("steered", "aside"):
            rules, texts = (_HERE / f"{name}{end}" for end in (".yaml", ".texts.yaml"))
            engine.publish(
                rules.read_text(encoding="utf-8"), texts.read_text(encoding="utf-8"),
                name=rules.name, texts_name=texts.name, actor=_NOBODY,
            )  # fmt: skip


def copied(furnished: Path, to: Path) -> str:
    """A file like the furnished one."""
    shutil.copyfile(furnished, to)
    return str(to)


def unit_of(number: int, unit: str = HOME) -> str:
    return f"{unit} {number}"


def key_of(number: int, name: str) -> str:
    return BOSS if name == BOSS else f"{number}-{name}"


def away_of(days: tuple[date, date] | None) -> dict[str, Any]:
    first, last = days or (None, None)
    return {"away_from": first, "away_to": last}


def person_of(name: str, superior: str | None, unit: str, zone: str, **more: Any) -> Person:
    values: dict[str, Any] = {"kind": "staff", **more}
    return Person(
        key=name, person_id=name, name=name, unit=unit, position=f"Post of {name}", superior=superior,
        zone=zone, valid_from=_LONG_AGO, **values,
    )  # fmt: skip


def persons_of(number: int, zone: str) -> list[Person]:
    above = {"e": f"{number}-r", "h": BOSS}
    more: dict[str, dict[str, Any]] = {
        "e": {"kind": "PNS"},
        "h": {"duties": ("head",)},
        "k": {"duties": ("head",)},
        "d": {"duties": ("desk:personnel",)},
        "x": {"duties": ("desk:personnel",)},
        "r": {"substitute": f"{number}-s"},
    }
    units = {"k": unit_of(number, ANNEX)}
    return [
        person_of(
            f"{number}-{name}",
            above.get(name, f"{number}-h"),
            units.get(name, unit_of(number)),
            zone,
            **more.get(name, {}),
        )
        for name in NAMES
    ]


def posts_of(number: int, office: Office, one: Person) -> list[Person]:
    """Where somebody is since when, as a people file tells it."""
    held = [
        replace(
            one,
            superior=f"{number}-{post.superior}",
            unit=unit_of(number, post.unit),
            valid_from=max(post.since, _LONG_AGO),
        )
        for post in office.posts
    ]
    lasts = [*(after.valid_from - _DAY for after in held[1:]), None]
    return [replace(post, valid_to=last) for post, last in zip(held, lasts, strict=True)]
