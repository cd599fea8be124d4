"""Delegations on a real database: given, worked with, told of, and over by themselves."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from engine.core import chart_version
from engine.core.codec import decode
from engine.core.command import Actor
from engine.errors import NotFound, NotYours, ReasonMissing, Refused, WrongPerson
from engine.runtime.delegating import Wish
from engine.store import queries
from engine.store.view import View
from tests.runtime.conftest import Agency, import_people
from tests.runtime.people_files import people_with
from tests.runtime.test_following import holder, with_the_rater

WHY = "cuti tahunan"


def wish(agency: Agency, giver: str, taker: str, **more: Any) -> Wish:
    """A fortnight in December, changed as asked."""
    values: dict[str, Any] = {"first": date(2025, 12, 1), "last": date(2025, 12, 14)}
    return Wish(giver=giver, taker=taker, **{**values, **more})


def another(agency: Agency, *taken: str) -> str:
    """A colleague without duties who serves today and is none of these."""
    day = date(2025, 12, 1)
    return next(
        one.key for one in agency.engine.chart.people(day)
        if one.key not in taken and one.serves_on(day) and not one.external and not one.duties
    )  # fmt: skip


def desk(agency: Agency) -> str:
    day = date(2025, 12, 1)
    return next(
        one.key for one in agency.engine.chart.people(day)
        if "desk:personnel" in one.duties and one.serves_on(day)
    )  # fmt: skip


def test_a_delegate_finds_the_waiting_task_does_it_and_the_entry_names_both(agency: Agency) -> None:
    """The task stays its holder's; the taker's inbox shows it, and the act is the taker's in the holder's name."""
    subject, case_id = with_the_rater(agency)
    giver = holder(agency, case_id)
    taker = another(agency, subject, giver)
    agency.engine.delegating.give(wish(agency, giver, taker), actor=Actor(person=giver), reason=WHY)
    mine = [one for one in agency.engine.tasks(taker) if one.case.id == case_id]
    done = agency.engine.fire(case_id, "agree", actor=Actor(person=taker))

    assert [giver] == [one.behalf for one in mine]
    assert [giver] == [one.task.holder for one in mine]
    assert {"person": taker, "behalf": giver} == decode(done.entries[-1].body)["actor"]
    assert [] == agency.engine.verify()


def test_it_is_told_to_the_taker_the_superior_and_the_personnel_desk(agency: Agency) -> None:
    """With an entry that commits to the reason, whose words can be erased."""
    subject, case_id = with_the_rater(agency)
    giver = holder(agency, case_id)
    taker = another(agency, subject, giver)
    made = agency.engine.delegating.give(wish(agency, giver, taker), actor=Actor(person=giver), reason=WHY)
    superior = agency.engine.chart.superior(giver, date(2025, 12, 1))
    assert superior is not None
    with agency.engine.database.read() as view:
        facts = decode(queries.history(view, "people")[-1].body)

    assert {taker, superior.key} <= set(facts["told"])
    assert giver not in facts["told"]
    assert all("delegated" == agency.engine.messages(one)[0].kind for one in facts["told"])
    assert any("desk:personnel" in agency.engine.chart.person(one).duties for one in facts["told"])
    assert WHY == agency.engine.delegating.reasons()[made.id]
    assert (made.id, giver, taker, "2025-12-14") == (
        facts["delegation"], facts["giver"], facts["taker"], facts["to"],
    )  # fmt: skip


def test_it_ends_by_itself_after_its_last_day(agency: Agency) -> None:
    """On the day after it the task is the holder's alone again."""
    subject, case_id = with_the_rater(agency)
    giver = holder(agency, case_id)
    taker = another(agency, subject, giver)
    agency.engine.delegating.give(
        wish(agency, giver, taker, last=date(2025, 12, 2)), actor=Actor(person=giver), reason=WHY
    )
    agency.clock.put(date(2025, 12, 2), hour=23)
    on_the_last = [one.case.id for one in agency.engine.tasks(taker)]
    agency.clock.put(date(2025, 12, 3), hour=0)
    after = [one.case.id for one in agency.engine.tasks(taker)]

    assert case_id in on_the_last
    assert case_id not in after
    with pytest.raises(WrongPerson):
        agency.engine.fire(case_id, "agree", actor=Actor(person=taker))


def test_it_is_ended_early_and_what_was_done_stands(agency: Agency) -> None:
    """By giver, taker or desk, with a reason; twice it cannot be ended."""
    subject, case_id = with_the_rater(agency)
    giver = holder(agency, case_id)
    taker = another(agency, subject, giver)
    made = agency.engine.delegating.give(wish(agency, giver, taker), actor=Actor(person=giver), reason=WHY)
    with pytest.raises(NotYours):
        agency.engine.delegating.end(made.id, actor=Actor(person=subject), reason="x")
    with pytest.raises(ReasonMissing):
        agency.engine.delegating.end(made.id, actor=Actor(person=taker), reason=" ")
    agency.engine.delegating.end(made.id, actor=Actor(person=taker), reason="sudah kembali")

    assert [] == [one.case.id for one in agency.engine.tasks(taker) if one.case.id == case_id]
    with pytest.raises(Refused, match="ended already"):
        agency.engine.delegating.end(made.id, actor=Actor(person=giver), reason="lagi")
    with pytest.raises(NotFound):
        agency.engine.delegating.end("d-none", actor=Actor(person=giver), reason="x")


def test_nobody_gives_what_is_anothers_or_takes_what_is_not_offered(agency: Agency) -> None:
    """The personnel desk may give for somebody who cannot, but never to itself."""
    subject, case_id = with_the_rater(agency)
    giver = holder(agency, case_id)
    taker, hr = another(agency, subject, giver), desk(agency)
    give = agency.engine.delegating.give
    with pytest.raises(NotYours):
        give(wish(agency, giver, taker), actor=Actor(person=taker), reason=WHY)
    with pytest.raises(NotYours):
        give(wish(agency, giver, hr), actor=Actor(person=hr), reason=WHY)
    made = give(wish(agency, giver, taker), actor=Actor(person=hr), reason="sakit")

    assert "delegated" == agency.engine.messages(giver)[0].kind
    assert giver == made.giver


def test_what_cannot_be_given_is_refused_with_the_reason(agency: Agency) -> None:
    """Loops, a third link, days that make no sense, people who do not serve, names nobody knows."""
    subject, case_id = with_the_rater(agency)
    one = holder(agency, case_id)
    two = another(agency, subject, one)
    three = another(agency, subject, one, two)
    four = another(agency, subject, one, two, three)

    def give(giver: str, taker: str, **more: Any) -> None:
        agency.engine.delegating.give(
            wish(agency, giver, taker, **more), actor=Actor(person=giver), reason=WHY
        )

    give(one, two)
    give(two, three)
    with pytest.raises(Refused, match="passed on once"):
        give(three, four)
    with pytest.raises(Refused, match="back to where it began"):
        give(three, one)
    with pytest.raises(Refused, match="there already"):
        give(one, two)
    with pytest.raises(Refused, match="before the first"):
        give(one, four, last=date(2025, 11, 1))
    with pytest.raises(Refused, match="does not reach back"):
        give(one, four, first=date(2025, 11, 1), last=date(2025, 11, 20))
    with pytest.raises(Refused, match="other than the giver"):
        give(one, one)
    with pytest.raises(NotFound, match="rater"):
        give(one, four, roles=("ratr",))
    give(three, four, first=date(2026, 1, 1), last=date(2026, 1, 9))


def test_the_offer_says_what_stays_and_why_as_the_act_would(agency: Agency) -> None:
    """Everything that waits is counted; whoever a case is about cannot be lent it."""
    subject, case_id = with_the_rater(agency)
    giver = holder(agency, case_id)
    offer = agency.engine.delegating.offer(wish(agency, giver, subject))
    around = agency.engine.delegating.candidates(wish(agency, giver, ""))
    left = {one.case.id: one.why.en for one in offer.left}

    assert "own case" in left[case_id]
    assert len(agency.engine.tasks(giver)) == offer.covered + len(offer.left)
    assert giver not in [one.person.key for one in around]
    assert all((one.why is None) or (one.covered == 0) for one in around)


def test_before_anybody_is_chosen_only_what_nobody_could_take_stays(agency: Agency) -> None:
    """The page asks what would be covered before it knows for whom."""
    _, case_id = with_the_rater(agency)
    giver = holder(agency, case_id)
    offer = agency.engine.delegating.offer(wish(agency, giver, ""))

    assert case_id not in [one.case.id for one in offer.left]
    assert 1 <= offer.covered


def test_an_import_of_people_keeps_what_was_delegated(agency: Agency) -> None:
    """Delegations stand beside the chart: its version names both, and a new file leaves them."""
    subject, case_id = with_the_rater(agency)
    giver = holder(agency, case_id)
    taker = another(agency, subject, giver)
    before = agency.engine.chart.version
    agency.engine.delegating.give(wish(agency, giver, taker), actor=Actor(person=giver), reason=WHY)
    between = agency.engine.chart.version
    import_people(agency.engine, people_with(agency.engine.chart, {subject: {"jabatan": "Analis"}}))
    after, other = agency.engine.chart, agency.another()
    elsewhere = [one.case.id for one in other.tasks(taker)]
    other.database.close()

    assert 3 == len({before, between, after.version})
    assert [giver] == [one.giver for one in after.delegations]
    assert case_id in elsewhere


def test_a_delegate_reads_what_the_task_shows_for_as_long_as_it_lasts(agency: Agency) -> None:
    """Afterwards the case is closed to them again."""
    subject, case_id = with_the_rater(agency)
    giver = holder(agency, case_id)
    taker = another(agency, subject, giver)
    before = agency.engine.case(case_id, taker)
    agency.engine.delegating.give(wish(agency, giver, taker), actor=Actor(person=giver), reason=WHY)
    during = agency.engine.case(case_id, taker)

    assert "plan" not in before.readable
    assert "plan" in during.readable
    assert "agree" in [one.transition.name for one in during.options if one.role and one.behalf == giver]


def test_giving_a_delegation_looks_at_nobody_else(agency: Agency, monkeypatch: pytest.MonkeyPatch) -> None:
    """The chart is named anew by what is delegated alone, and its people are not read again."""
    subject, case_id = with_the_rater(agency)
    giver = holder(agency, case_id)
    told: list[object] = []
    real = chart_version._told
    monkeypatch.setattr(chart_version, "_told", lambda one: told.append(one) or real(one))
    monkeypatch.setattr(View, "people", lambda _: pytest.fail("everybody was read again"))
    given = agency.engine.delegating.give(
        wish(agency, giver, another(agency, subject, giver)), actor=Actor(person=giver), reason=WHY
    )
    chart = agency.engine.chart

    assert [given] == told
    assert (given,) == chart.delegations
    assert chart.version == chart_version.version_of(chart.segments, chart.delegations)
