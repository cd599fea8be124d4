"""What is past its years is listed and proposed; nothing goes before somebody else decides."""

from __future__ import annotations

from datetime import date

import pytest

from engine.core.identity.account import OPERATOR, NewAccount
from engine.core.privacy.classes import CLASSES, ERASABLE, class_of, past
from engine.core.privacy.official import Official
from engine.errors import NotFound, NotYours, Refused
from tests.privacy.conftest import Bureau, years_later
from tests.privacy.test_erasing import leave


def test_nothing_is_over_before_its_years_and_each_class_when_they_are(bureau: Bureau) -> None:
    """Two years: letters; five: what was written, and why. The case that runs is never over."""
    room, case = bureau.engine.privacy.retention, bureau.case_of(bureau.person)
    assert () == room.over()
    years_later(bureau, 2)
    assert () == room.over()
    bureau.clock.instant += 24 * 3_600_000_000
    assert [(case, ("letters",))] == [(one.case, one.classes) for one in room.over()]
    years_later(bureau, 6)
    assert [(case, ("forms", "reasons", "letters"))] == [(one.case, one.classes) for one in room.over()]


def test_what_is_over_is_proposed_once_and_erased_only_by_another(bureau: Bureau) -> None:
    room = bureau.engine.privacy.retention
    years_later(bureau, 6)
    with pytest.raises(NotYours):
        room.propose(who=Official(person=bureau.running), reason="Masa simpan lewat")
    (asked,) = room.propose(who=bureau.desk, reason="Masa simpan lewat")
    assert () == room.propose(who=bureau.desk, reason="Masa simpan lewat")
    assert 1 == len(room.over())
    with pytest.raises(NotYours):
        bureau.erasures.approve(asked.id, who=bureau.desk, reason="Ya")
    done = bureau.erasures.approve(asked.id, who=bureau.second, reason="Ya")

    assert "retention" == done.ground
    assert () == room.over()
    assert [] == bureau.engine.verify()


def test_who_left_loses_the_account_first_and_the_name_when_its_years_are_over(bureau: Bureau) -> None:
    """One year, then ten; what is proposed for a person is asked for once."""
    leave(bureau, date(2025, 11, 30))
    room = bureau.engine.privacy.retention
    new = NewAccount(login="siti", name="Siti", person=bureau.person)
    account = bureau.engine.accounts.create(new, by=OPERATOR)
    assert () == room.over()
    years_later(bureau, 1)
    assert [(bureau.person, ("accounts",))] == [(one.person, one.classes) for one in room.over()]
    bureau.engine.accounts.disable(account.id, by=OPERATOR)
    (asked,) = room.propose(who=bureau.desk, reason="Masa simpan lewat")
    done = bureau.erasures.approve(asked.id, who=bureau.second, reason="Ya")
    assert {"accounts": 1} == dict(done.counts)
    assert () == room.over()
    years_later(bureau, 10)
    people = [one for one in room.over() if one.person]
    assert [("letters", "requests", "chart")] == [
        one.classes for one in people if one.person == bureau.person
    ]


def test_an_agency_sets_its_own_years_and_the_log_says_so(bureau: Bureau) -> None:
    room = bureau.engine.privacy.retention
    room.keep("forms", 1, who=bureau.desk, reason="Jadwal retensi arsip")
    assert 1 == room.years()["forms"]
    assert CLASSES["reasons"].years == room.years()["reasons"]
    years_later(bureau, 2)
    bureau.clock.instant += 24 * 3_600_000_000
    assert [("forms", "letters")] == [one.classes for one in room.over()]
    with pytest.raises(NotFound):
        room.keep("gossip", 1, who=bureau.desk, reason="Jadwal")
    for name, years in (("log", 1), ("forms", 0), ("forms", 101)):
        with pytest.raises(Refused):
            room.keep(name, years, who=bureau.desk, reason="Jadwal")
    with pytest.raises(NotYours):
        room.keep("forms", 9, who=Official(person=bureau.running), reason="Jadwal")


def test_everything_that_is_kept_of_a_case_has_a_class_that_can_be_erased() -> None:
    names = ("plan", "", "@views", "views#7", "views#7.p-12", "+daily", "<superior.plan.results")
    assert ["forms", "reasons", "answers", "answers", "answers", "journals", "evidence"] == [
        class_of(one) for one in names
    ]
    assert {class_of(one) for one in names} <= set(ERASABLE)
    for one in CLASSES.values():
        for label in (one.label, one.purpose, one.ground, one.readers):
            assert label.id.strip()
            assert label.en.strip()
        assert (one.years > 0) == (one.since != "ever")


def test_years_are_over_on_the_day_after_and_a_leap_day_counts() -> None:
    assert not past(date(2024, 2, 29), 1, date(2025, 3, 1))
    assert past(date(2024, 2, 29), 1, date(2025, 3, 2))
    assert not past(date(2024, 5, 1), 2, date(2026, 5, 1))
    assert past(date(2024, 5, 1), 2, date(2026, 5, 2))
    assert not past(date(1990, 1, 1), 0, date(2026, 1, 1))
