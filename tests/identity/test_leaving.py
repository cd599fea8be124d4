"""Accounts of people who left are disabled on the day the chart says, and given back when it is corrected."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from engine.core.chart import Chart
from engine.core.identity.leaving import left_by
from engine.core.zones import midnight
from engine.errors import Refused
from tests.charts import person
from tests.signing_in.conftest import DAY, DESK, STAFF, House, copied, founded, house, told

__all__ = ["copied", "founded", "house"]


def leaves(house: House, name: str, last: date | None) -> Chart:
    """The chart in which somebody's last day is this one."""
    chart = house.engine.chart
    key = house.key_of(name)
    changed = tuple(replace(one, valid_to=last) if one.key == key else one for one in chart.segments)
    return replace(chart, segments=changed, version=f"chart:{last}")


def test_an_account_ends_the_day_after_its_owner_does_and_comes_back_with_a_correction(house: House) -> None:
    account, other = house.account("fadli", person=STAFF), house.account("zul", person=DESK)
    client, leaving = house.signed_in(account), house.engine.accounts.leaving
    day = date(2026, 2, 27)
    chart = leaves(house, STAFF, day)
    zone = house.engine.chart.person(account.person).zone
    gone = midnight((day + timedelta(days=1)).toordinal(), zone)
    assert (0, 0) == (leaving.follow(chart, gone - 1), leaving.follow(chart, gone - 1))
    assert 200 == client.get("/").status_code
    assert (1, 0) == (leaving.follow(chart, gone), leaving.follow(chart, gone))
    assert 303 == client.get("/").status_code
    assert house.engine.accounts.check_password("fadli", "x", address="").account is None
    assert house.engine.accounts.find(other.id).active

    admin, *_ = house.administrator()
    assert "disabled: left, by the chart" in told(admin.get("/accounts").text)
    assert "correct the chart" in admin.get(f"/accounts/{account.id}").text
    with pytest.raises(Refused, match="has left"):
        house.engine.accounts.enable(account.id, by="operator")
    corrected = leaves(house, STAFF, None)
    assert 1 == leaving.follow(corrected, gone + DAY)
    assert 200 == house.signed_in(house.engine.accounts.find(account.id)).get("/").status_code
    kinds = [one.entry.kind for one in house.engine.accounts.history(account.id)]
    assert ["signed_in", "came_back", "refused", "left"] == kinds[:4]


def test_who_was_disabled_by_hand_stays_so(house: House) -> None:
    """A correction gives back what the chart took, and nothing else."""
    account, leaving = house.account("fadli", person=STAFF), house.engine.accounts.leaving
    now = house.clock.now()
    house.engine.accounts.disable(account.id, by="operator")
    assert 0 == leaving.follow(leaves(house, STAFF, date(2020, 1, 1)), now)
    assert 0 == leaving.follow(leaves(house, STAFF, None), now)
    assert "disabled" == house.engine.accounts.find(account.id).state


def test_the_last_administrator_stays(house: House) -> None:
    """Nobody would be there to correct the chart."""
    account, leaving = house.account("fadli", "administrator", person=STAFF), house.engine.accounts.leaving
    assert 0 == leaving.follow(leaves(house, STAFF, date(2020, 1, 1)), house.clock.now())
    assert house.engine.accounts.find(account.id).active


def test_the_last_post_decides_and_the_day_where_it_is() -> None:
    """Somebody who moved has not left; a day ends first in the east."""
    end = date(2026, 2, 27)
    moved = (person("a", None, valid_to=date(2026, 1, 31)), person("a", None, valid_from=date(2026, 2, 1)))
    west, east = (
        person(key, None, zone=zone, valid_to=end)
        for key, zone in (("w", "Asia/Jakarta"), ("e", "Asia/Jayapura"))
    )
    chart = Chart(segments=(*moved, west, east), version="x")
    over = midnight((end + timedelta(days=1)).toordinal(), "Asia/Jayapura")
    assert frozenset({"p-e"}) == left_by(chart, over)
    assert frozenset() == left_by(chart, over - 1)
