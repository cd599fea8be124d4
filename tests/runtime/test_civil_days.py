"""Sixty civil days are sixty civil days, whatever clocks do meanwhile; Indonesia's never change, others' do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from engine.core.codec import decode
from engine.core.roster import Roster
from engine.core.source import read_yaml
from engine.runtime import Engine
from engine.store import Database
from tests.charts import BASE
from tests.definitions_varied import varied
from tests.runtime.conftest import NOBODY, HandClock
from tests.worlds import HOUR, ROOT, calendar

SIXTY = {"form: plan, due: drafting_time}": "form: plan, due: {within: 60 days, day_off: stays}}"}


def _office(folder: Path, clock: HandClock, zone: str) -> Engine:
    """A small agency whose wall clocks are those of a zone."""
    engine = Engine(Database.create(str(folder / "siklus.db"), "demo"), clock)
    path = ROOT / "workflows/calendars/id-asn.yaml"
    engine.add_calendar(read_yaml(path.read_text(encoding="utf-8"), path.name).values)
    rules, texts = (Path(f"{varied(folder, SIXTY)}{end}") for end in (".yaml", ".texts.yaml"))
    engine.publish(
        rules.read_text(encoding="utf-8"), texts.read_text(encoding="utf-8"),
        name=rules.name, texts_name=texts.name, actor=NOBODY,
    )  # fmt: skip
    engine.import_people(Roster(people=tuple(replace(one, zone=zone) for one in BASE)), actor=NOBODY)
    return engine


@pytest.mark.parametrize(
    ("zone", "begins", "hours"),
    [
        ("Asia/Jayapura", date(2026, 3, 2), 0),
        ("Europe/Berlin", date(2026, 3, 2), -1),
        ("Europe/Berlin", date(2026, 9, 14), 1),
        # Half an hour; and a zone whose clocks change at midnight, back in April and ahead in September.
        ("Australia/Lord_Howe", date(2026, 3, 2), 0.5),
        ("America/Santiago", date(2026, 3, 2), 1),
        ("America/Santiago", date(2026, 8, 3), -1),
    ],
)
def test_sixty_civil_days_end_with_the_sixtieth_day_on_the_wall(
    zone: str, begins: date, hours: float, tmp_path: Path
) -> None:
    """Not a microsecond before that midnight rings what is to ring at the due time, and at midnight it does."""
    clock = HandClock()
    clock.instant = calendar().start_of(begins, zone) + 8 * HOUR
    engine = _office(tmp_path, clock, zone)
    engine.launch("small", opens=begins, year=2026, actor=NOBODY)
    case = engine.cases(subject="p-siti")[0]
    assert case.task is not None
    due_at = case.task.due_at
    assert due_at is not None

    def rung_at_due() -> list[tuple[int, int]]:
        told = [(one.at, decode(one.body)) for one in engine.history(case.id) if one.kind == "rung"]
        return [(at, facts["late_us"]) for at, facts in told if facts["cause"]["rung"] == 1]

    assert begins + timedelta(60) == case.task.due_on
    assert (61 * 24 - 8 + hours) * HOUR == due_at - clock.instant
    clock.instant = due_at - 1
    engine.fire_due()
    assert [] == rung_at_due()
    clock.instant = due_at
    engine.fire_due()
    assert [(due_at, 0)] == rung_at_due()
    engine.database.close()
