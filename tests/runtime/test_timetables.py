"""Windows by decree: launched with a cycle, kept by its cases, never changed behind their back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from engine.core.codec import decode
from engine.errors import DefinitionInvalid, LaunchInvalid
from engine.runtime import Engine, TimetableText
from engine.store import queries
from tests.core.test_timetable import RULES, TEXTS
from tests.definitions_varied import varied
from tests.runtime.conftest import NOBODY, OPENING, HandClock, set_up

DATES = TimetableText(text="decree: KEP-12/2026\nwindows:\n  sign: {from: 2026-05-04, to: 2026-05-29}\n")


@pytest.fixture
def engine(place: str, tmp_path: Path) -> Iterator[Engine]:
    made = set_up(place, HandClock(), definition=varied(tmp_path, RULES, TEXTS))
    yield made
    made.database.close()


def test_cases_have_the_windows_of_the_decree_and_the_log_says_which(engine: Engine) -> None:
    engine.launch("small", opens=OPENING, year=2026, actor=NOBODY, timetable=DATES)
    case, *_ = engine.cases()
    with engine.database.read() as view:
        told = [decode(one.body) for one in queries.history(view, "cycle/small-2026")]

    assert ("2026-05-04", "2026-05-29", "2027-02-28") == tuple(
        case.windows[edge] for edge in ("sign.from", "sign.to", "calibrate.to")
    )
    assert [{"decree": "KEP-12/2026", "windows": {"sign": {"": ["2026-05-04", "2026-05-29"]}}}] == [
        one["timetable"] for one in told
    ]
    assert ["KEP-12/2026"] == [one.decreed.decree for one in engine.cycles()]
    assert [] == engine.verify()


def test_who_is_missing_is_added_in_the_windows_of_the_decree(engine: Engine) -> None:
    engine.launch("small", opens=OPENING, year=2026, actor=NOBODY, timetable=DATES)
    again = engine.launch("small", opens=OPENING, year=2026, actor=NOBODY)
    same = engine.launch("small", opens=OPENING, year=2026, actor=NOBODY, timetable=DATES)

    assert (0, 0) == (again.launched, same.launched)


def test_a_launched_cycle_gets_no_other_dates(engine: Engine) -> None:
    engine.launch("small", opens=OPENING, year=2026, actor=NOBODY)
    with pytest.raises(LaunchInvalid, match=r"launched with other dates, and its cases keep them"):
        engine.launch("small", opens=OPENING, year=2026, actor=NOBODY, timetable=DATES)


def test_a_decree_with_problems_launches_nothing(engine: Engine) -> None:
    wrong = TimetableText(text="decree: KEP-1\nwindows: {sing: {to: 2026-05-01}}\n", name="dates.yaml")
    with pytest.raises(DefinitionInvalid, match=r"dates.yaml:2:11: error unknown_name"):
        engine.launch("small", opens=OPENING, year=2026, actor=NOBODY, timetable=wrong)
    assert () == engine.cycles()


def test_a_cycle_beyond_the_calendar_is_refused_with_a_sentence(engine: Engine) -> None:
    with pytest.raises(LaunchInvalid, match=r"runs out of the calendar id-asn.*launch one from 2021 to 2044"):
        engine.launch("small", opens=date(2045, 12, 1), year=2045, actor=NOBODY)
    assert () == engine.cycles()
