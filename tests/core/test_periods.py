"""Periods: the year, quarter or month a day lies in, and the parts a longer one is made of."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.definition import Every, PeriodRule
from engine.core.periods import parts_of, period_name, period_of

DAYS = st.dates(min_value=date(1950, 1, 1), max_value=date(2150, 12, 31))
PARTS: tuple[Every, ...] = ("quarter", "month")


@given(day=DAYS, every=st.sampled_from(["quarter", "month", "none"]))
def test_every_day_lies_in_its_period_and_the_next_day_after_it_begins_another(day: date, every: str) -> None:
    rule = PeriodRule(every=every)  # type: ignore[arg-type]
    first, last = period_of(rule, day)
    assert first <= day <= last
    assert (first, last) == period_of(rule, first) == period_of(rule, last)
    assert last + timedelta(days=1) == period_of(rule, last + timedelta(days=1))[0]


@given(first=DAYS, length=st.integers(min_value=0, max_value=800), every=st.sampled_from(PARTS))
def test_the_parts_of_a_period_follow_one_another_and_cover_it(
    first: date, length: int, every: Every
) -> None:
    last = first + timedelta(days=length)
    parts = list(parts_of(every, first, last))
    assert parts[0][0] <= first <= parts[0][1]
    assert parts[-1][0] <= last <= parts[-1][1]
    assert all(one[1] + timedelta(days=1) == other[0] for one, other in itertools.pairwise(parts))


@pytest.mark.parametrize(
    ("rule", "day", "period", "name"),
    [
        (PeriodRule(), date(2026, 5, 1), (date(2026, 1, 1), date(2026, 12, 31)), "2026"),
        (
            PeriodRule(from_month=7, to_month=6, to_day=30),
            date(2026, 5, 1),
            (date(2026, 7, 1), date(2027, 6, 30)),
            "2026",
        ),
        (PeriodRule(every="quarter"), date(2028, 2, 29), (date(2028, 1, 1), date(2028, 3, 31)), "2028-q1"),
        (PeriodRule(every="month"), date(2028, 2, 29), (date(2028, 2, 1), date(2028, 2, 29)), "2028-02"),
        (PeriodRule(every="none"), date(2026, 5, 1), (date(2026, 5, 1), date(2026, 5, 1)), "2026-05-01"),
    ],
)
def test_a_period_is_called_by_its_year_quarter_month_or_day(
    rule: PeriodRule, day: date, period: tuple[date, date], name: str
) -> None:
    assert period == period_of(rule, day)
    assert name == period_name(rule, period[0])
