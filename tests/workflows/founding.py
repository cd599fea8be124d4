"""An invented agency begins: its people, the definitions of a family in force, and what happens to it on which day."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from engine.core.source import read_yaml
from engine.runtime import Engine
from engine.store import Database
from tests.practices.living import Life, as_file
from tests.runtime.conftest import NOBODY, HandClock, import_people
from tests.workflows.agency import Row, agency
from tests.workflows.cohort import Cohort
from tests.workflows.families import FOLDER, Family, Launch
from tests.worlds import ROOT


def founded(path: Path, family: Family, *, size: int, seed: int) -> Cohort:
    """An agency of this size with the family's definitions in force, its launches still to come."""
    clock = HandClock()
    clock.put(family.begins)
    people = agency(size, seed=seed)
    for one in people:
        if family.kind and one["jabatan"] == "Pelaksana":
            one["jenis"] = family.kind
    engine = Engine(Database.create(str(path / "siklus.db"), "demo"), clock)
    days = Path(ROOT) / "workflows/calendars/id-asn.yaml"
    engine.add_calendar(read_yaml(days.read_text(encoding="utf-8"), days.name).values)
    for name in (*family.opens, *family.members):
        rules, texts = (FOLDER / f"{name}{end}" for end in (".yaml", ".texts.yaml"))
        engine.publish(
            rules.read_text(encoding="utf-8"), texts.read_text(encoding="utf-8"),
            name=rules.name, texts_name=texts.name, actor=NOBODY,
        )  # fmt: skip
    import_people(engine, as_file(people))
    cohort = Cohort(engine=engine, clock=clock, dice=random.Random(seed), people=people, family=family)
    cohort.events = [(one.on, lambda life, one=one: _launch(life, one)) for one in family.launches]
    cohort.events += changes(people, family, cohort.dice)
    if family.away is not None:
        state, first, last = family.away
        cohort.events += [(first, lambda life: life.go_away(state)), (last, lambda life: life.come_back())]
    if family.leaving is not None:
        workflow, day = family.leaving
        cohort.events.append((day, lambda life: life.see_off(workflow)))
    cohort.events.sort(key=lambda one: one[0])
    return cohort


def _launch(life: Life, one: Launch) -> None:
    life.engine.launch(one.workflow, opens=one.on, year=one.year, part=one.part, actor=NOBODY)


def changes(people: Sequence[Row], family: Family, dice: random.Random) -> list[Any]:
    """On four days of the year some move, some leave, and a head of a section leaves."""
    staff = [one["nip"] for one in people if one["jabatan"] == "Pelaksana" and one["status"] == "aktif"]
    heads = [one for one in people if one["jabatan"].startswith("Kepala Bidang")]
    if len(heads) < 2:
        return []
    year = family.launches[0].year
    few = max(len(staff) // 100, 1)
    found: list[Any] = []
    for month in (1, 3, 6, 11):
        day = date(year, month, 16)
        moving = {one: dice.choice(heads) for one in dice.sample(staff, min(few, len(staff)))}
        leaving = dice.sample([one for one in staff if one not in moving], min(few, len(staff) - len(moving)))
        told: dict[str, Mapping[str, str]] = {
            one: {"unit": head["unit"], "atasan": head["nip"]} for one, head in moving.items()
        }
        told |= {one: {"selesai": (day + timedelta(days=10)).isoformat()} for one in leaving}
        if month == 6:
            told[heads[-1]["nip"]] = {"selesai": (day + timedelta(days=10)).isoformat()}
        staff = [one for one in staff if one not in leaving]
        found.append((day, lambda life, told=told: life.bring_all(told)))
    return found
