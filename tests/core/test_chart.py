"""The dated chart: who held which post on which day, and when that changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from engine.core.chart import Chart
from tests.charts import ACTS, AWAY, BASE, DAY, GONE, chart


def test_the_chart_knows_each_day_by_its_segments() -> None:
    """Moves, vacancies and reports are read per day."""
    moved = (*BASE[:-1], replace(BASE[-1], valid_to=date(2025, 6, 30)),
             replace(BASE[-1], unit="Elsewhere", superior="agency", valid_from=date(2025, 7, 1)))  # fmt: skip
    on = Chart(segments=moved, version="1")
    before, after = date(2025, 6, 30), date(2025, 7, 1)

    assert ["Dinas", "Elsewhere"] == [one.unit for day in (before, after) if (one := on.at("p-siti", day))]
    assert on.at("siti", date(2019, 12, 31)) is None
    assert "Elsewhere" == on.person("p-siti").unit == on.by_id("siti").unit
    assert [["siti"], []] == [
        [one.person_id for one in on.direct_reports("p-section", day)] for day in (before, after)
    ]
    assert ("Dinas", "Elsewhere", "Secretariat") == on.units(after)
    assert 7 == len(on.people(after))
    assert "agency" == getattr(on.superior("siti", after), "person_id", None)


def test_a_vacant_post_has_no_head_but_is_remembered() -> None:
    """Subordinates still point there."""
    on = chart(head=GONE)

    assert on.head_of_unit("Dinas", DAY) is None
    assert "head" == getattr(on.head_post("Dinas", DAY), "person_id", None)
    assert "head" == getattr(on.head_of_unit("Dinas", date(2025, 12, 31)), "person_id", None)


def test_the_chart_names_the_days_on_which_it_reads_differently() -> None:
    """First days, and the days after last days; (after, until]."""
    on = chart(head=GONE, section=AWAY, other={"acting_for": "head", **ACTS})

    assert (date(2026, 1, 1), date(2026, 3, 1), date(2026, 5, 1), date(2026, 7, 1)) == on.change_days(
        date(2025, 12, 31), date(2026, 7, 1)
    )
    assert (date(2026, 7, 1),) == on.change_days(date(2026, 5, 1), date(2027, 1, 1))
