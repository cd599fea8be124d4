"""The load: one small definition, a chart of employees under one head, one launched case each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from engine.core.chart import Person
from engine.core.command import Actor
from engine.core.roster import Roster
from engine.core.source import read_yaml
from engine.runtime import Engine
from engine.store.database import Database

ROOT = Path(__file__).parents[1]
#: 5 January 2026, 08:00 WIB
OPENING = 1_767_574_800_000_000
DAY = 86_400_000_000

PLAN: dict[str, Any] = {
    "results": [
        {
            "title": f"Hasil kerja {number}",
            "kind": "main",
            "weight": weight,
            "indicators": [{"aspect": "time", "target": "selesai tepat waktu"}],
        }
        for number, weight in ((1, 60), (2, 40))
    ],
    "behaviour": "berorientasi pelayanan",
    "resources": "anggaran dan rekan kerja",
    "consequences": "tunjangan kinerja",
}


class HandClock:
    """A clock that stands where it was put."""

    def __init__(self, instant: int) -> None:
        self.instant = instant

    def now(self) -> int:
        """The instant it was put to."""
        return self.instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Cohort:
    """An engine on a fresh database, one case for each employee in the first state of a cycle that stands alone."""

    engine: Engine
    clock: HandClock
    subjects: dict[str, str]  # case id -> person key

    @property
    def ids(self) -> list[str]:
        """Case ids, in order."""
        return sorted(self.subjects)


def launched(url: str, size: int) -> Cohort:
    """A cohort of this size in a new database at this place."""
    clock = HandClock(OPENING)
    engine = Engine(Database.create(url, "demo"), clock)
    nobody = Actor(person=None)
    calendar = ROOT / "workflows/calendars/id-asn.yaml"
    engine.add_calendar(read_yaml(calendar.read_text(encoding="utf-8"), calendar.name).values)
    rules, texts = (ROOT / f"tests/definitions/alone/asn-tahunan{end}" for end in (".yaml", ".texts.yaml"))
    engine.publish(
        rules.read_text(encoding="utf-8"),
        texts.read_text(encoding="utf-8"),
        name=rules.name,
        texts_name=texts.name,
        actor=nobody,
    )
    engine.import_people(Roster(people=tuple(_people(size))), actor=nobody)
    engine.launch("asn-tahunan", opens=date(2026, 1, 5), year=2026, actor=nobody)
    subjects = {}
    after = ""
    while page := engine.cases(after=after, limit=1000):
        subjects.update({case.id: case.subject for case in page if case.subject.startswith("p-e")})
        after = page[-1].id
    return Cohort(engine=engine, clock=clock, subjects=subjects)


def _people(size: int) -> Iterator[Person]:
    def one(key: str, superior: str | None, kind: str = "PNS", duties: tuple[str, ...] = ()) -> Person:
        return Person(
            key=key,
            person_id=key,
            scheme="local",
            name=f"Pegawai {key}",
            unit="Dinas Uji",
            position="Pelaksana",
            superior=superior,
            zone="Asia/Jakarta",
            kind=kind,
            duties=duties,
            email=f"{key}@dinas.example",
            valid_from=date(2020, 1, 1),
        )

    yield one("p-top", None, "external", ("external",))
    yield one("p-head", "p-top", "other", ("head",))
    yield one("p-sub", "p-head", "other")
    yield one("p-hr", "p-head", "other", ("desk:personnel", "desk:performance", "desk:competence"))
    for number in range(size):
        yield one(f"p-e{number:06d}", "p-sub")
