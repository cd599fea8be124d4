"""The parts of a year as people and programs meet them: on the page, in the API, on the command line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from api.app import create_app
from api.settings import Settings
from tests.api.conftest import Office, Travel
from tests.runtime.conftest import NOBODY, Agency, HandClock, set_up
from tests.runtime.test_segments import OPENS, PLAN, act, elsewhere, parts, person, planned, posts
from tests.typed import typed


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """Somebody moved on 15 May: below until then, above since, and 2.27 in the year."""
    clock = HandClock()
    engine = set_up(str(tmp_path / "siklus.db"), clock, definition="tests/definitions/segments/parts")
    engine.launch("parts", opens=OPENS, year=2026, actor=NOBODY)
    travel = Travel(engine, clock)
    year = Agency(url=str(tmp_path / "siklus.db"), clock=clock, engine=engine)
    planned(year)
    clock.put(date(2026, 5, 15))
    posts(year, ("", {}), ("2026-05-15", elsewhere()))
    old, new = parts(year)
    act(year, old, "opine", rating={"result": "below"})
    act(year, new, "submit", plan=PLAN)
    year.hop_to(date(2027, 1, 4))
    act(year, parts(year)[1], "rate", rating={"result": "above"})
    yield Office(
        engine=engine, clock=clock, travel=travel, app=create_app(engine, demo=travel, settings=Settings())
    )
    engine.database.close()


def name(office: Office) -> str:
    return office.engine.chart.person(person()).name


def ids(office: Office) -> list[str]:
    found = sorted(office.engine.cases(subject=person()), key=lambda one: one.segment)
    return [one.id for one in found]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            (
                "Parts of the period",
                "1 January 2026 to 14 May 2026: 134 of 365 days",
                "15 May 2026 to 31 December 2026: 231 of 365 days",
                "Points of the year: (134 × 1 + 231 × 3) ÷ 365 = 2.27",
                "carried over from the part before: Plan",
            ),
        ),
        (
            "id",
            (
                "Bagian periode",
                "1 Januari 2026 sampai 14 Mei 2026: 134 dari 365 hari",
                "15 Mei 2026 sampai 31 Desember 2026: 231 dari 365 hari",
                "Angka setahun: (134 × 1 + 231 × 3) ÷ 365 = 2,27",
                "dibawa dari bagian sebelumnya: Rencana",
            ),
        ),
    ],
)
def test_the_page_shows_each_part_with_its_days_and_how_they_weighed(
    office: Office, language: str, words: tuple[str, ...]
) -> None:
    page = office.browser(name(office), language).get(f"/cases/{ids(office)[1]}").text

    assert [] == [one for one in words if one not in page]
    assert f'href="/cases/{ids(office)[0]}"' in page


def test_the_history_of_the_old_part_tells_since_when_and_from_when_the_next_one_counts(
    office: Office,
) -> None:
    page = office.browser(name(office)).get(f"/cases/{ids(office)[0]}").text

    assert "is in another unit since 15 May 2026" in page
    assert "the next part begins on 15 May 2026" in page


def test_programs_are_told_the_same_days_and_the_same_sum(office: Office) -> None:
    told = office.program(name(office)).get(f"/api/v1/cases/{ids(office)[1]}").json()

    assert [("2026-05-14", 134, 365), ("2026-12-31", 231, 365)] == [
        (one["last"], one["days"], one["whole"]) for one in told["parts"]
    ]
    assert ["Points of the year: (134 × 1 + 231 × 3) ÷ 365 = 2.27"] == [one["en"] for one in told["weighing"]]


def test_whoever_may_not_read_the_figure_is_not_told_the_sum(office: Office) -> None:
    """The former superior sees how the year was divided, and nothing of what the other part was worth."""
    former = office.engine.chart.superior(person(), date(2026, 5, 14))
    assert former is not None
    answer = office.program(former.name).get(f"/api/v1/cases/{ids(office)[0]}").json()

    assert [134, 231] == [one["days"] for one in answer["parts"]]
    assert [] == answer["weighing"]


def test_the_command_line_names_the_parts(office: Office, tmp_path: Path) -> None:
    words = ["case", ids(office)[1], "--database", str(tmp_path / "siklus.db")]
    done = typed(words)

    assert "231 of 365 days" in done.output
