"""Whoever decides has before them, beside the form: the plan, the progress with its evidence, and the period before."""

from __future__ import annotations

from datetime import date

import pytest

from engine.core.command import Actor, Reassign
from tests.api.conftest import MANAGER, RATER, STAFF, Office
from tests.api.test_journals import people, writing
from tests.api.test_pages import read
from tests.runtime.conftest import NOBODY
from tests.worlds import plan

__all__ = ["writing"]

DAYS = ("dua", "tiga", "empat", "lima", "enam", "tujuh")


def reading(page: str) -> str:
    """What stands beside the form."""
    return page.partition('<section class="card reading">')[2].partition('<div class="doing"')[0]


@pytest.fixture
def second_year(office: Office) -> tuple[Office, str, str]:
    """Somebody's plan of the second year is with their superior; the first year's is agreed to."""
    office.planned()
    for trigger, by in (("pass", MANAGER), ("agree", RATER), ("sign", STAFF)):
        office.fire(trigger, by)
    office.fire("set_plan", RATER)
    first = office.case_of()
    opens = date(2026, 12, 1)
    office.hop_to(opens)
    office.engine.launch("asn-tahunan", opens=opens, actor=NOBODY)
    second = next(
        one.id for one in office.engine.cases(subject=office.key_of(STAFF)) if one.period_from.year == 2027
    )
    office.fire("submit", STAFF, second, plan=plan(70, 30))
    office.fire("pass", MANAGER, second)
    return office, first, second


def test_the_period_before_stands_beside_the_plan(second_year: tuple[Office, str, str]) -> None:
    office, first, second = second_year
    beside = reading(office.browser(RATER).get(f"/cases/{second}").text)
    before = beside.partition('<section aria-labelledby="before">')[2]

    assert "70" in beside.partition('<section aria-labelledby="before">')[0]
    assert "The period before" in before
    assert f'href="/cases/{first}"' in before
    assert "2026" in before.partition("</a>")[0]
    assert "60" in read(before)


def test_who_may_not_read_the_period_before_is_not_shown_it_and_denied_nothing(
    second_year: tuple[Office, str, str],
) -> None:
    """A superior who came later reads this year's plan alone."""
    office, first, second = second_year
    new = next(
        one
        for one in office.engine.chart.people(date(2026, 12, 1))
        if "trained:penilai" in one.duties
        and not one.name.startswith(RATER)
        and one.key not in office.engine.case(first, None).case.seated.get("reviewer", ())
        and one.key != office.key_of(MANAGER)
        and not office.program(one.name).get(f"/api/v1/cases/{first}").is_success
    )
    before = len(office.engine.access.denials())
    desk = next(one for one in office.engine.chart.segments if "desk:personnel" in one.duties)
    office.engine.obey(second, Reassign(to=new.key, actor=Actor(person=desk.key), reason="Pejabat baru"))
    page = office.browser(new.name).get(f"/cases/{second}").text

    assert 'class="card reading"' in page
    assert "The period before" not in page
    assert before == len(office.engine.access.denials())


def test_the_first_year_has_no_period_before(office: Office) -> None:
    office.planned()
    page = office.browser(MANAGER).get(f"/cases/{office.case_of()}").text

    assert 'class="card reading"' in page
    assert "The period before" not in page


def test_the_latest_entries_of_the_log_stand_beside_the_rating(writing: Office) -> None:
    """The newest first, five of them, and a way to all."""
    own, rater, _, case = people(writing)
    for number, what in enumerate(DAYS):
        writing.clock.put(date(2026, 3, 2 + number + 2 * (number > 4)))
        sent = {"op": "write", "work.what": f"kunjungan {what}", "key": f"k{number}"}
        assert 303 == writing.browser(own).post(f"/cases/{case}/journals/daily", data=sent).status_code
    writing.fire("stop", rater, case)
    beside = reading(writing.browser(rater).get(f"/cases/{case}").text)
    found = [what for what in reversed(DAYS) if f"kunjungan {what}" in beside]

    assert ["tujuh", "enam", "lima", "empat", "tiga"] == found
    assert beside.index("kunjungan tujuh") < beside.index("kunjungan enam")
    assert f'href="/cases/{case}/journals/daily">All 6 entries' in beside
