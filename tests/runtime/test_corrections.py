"""Corrections of closed cases: who opens them, what counts from then on, what stays as it was, and where it is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from engine.core.case import Case
from engine.core.codec import decode
from engine.core.command import Actor, Fire
from engine.core.telling import say_entry
from engine.errors import CaseClosed, GuardRefused, ReasonMissing, Refused, WrongPerson
from engine.runtime import Engine
from engine.runtime.reports import CaseView
from engine.store import Database
from tests.furnished import furnish
from tests.runtime.conftest import NOBODY, Agency, HandClock, set_up
from tests.runtime.test_linked import act, cases_of, kinds, own, person, publish, view_of

FIRST = date(2026, 1, 5)
POOR = {"points": 30}
BEST = {"points": 95, "why": "dihitung ulang"}
WHY = "Capaian triwulan empat belum dihitung"


@pytest.fixture
def year(place: str) -> Iterator[Agency]:
    """An agency in which somebody was rated poor, and an allowance waits that rests on it."""
    clock = HandClock()
    clock.put(FIRST)

    def fill(to: str) -> None:
        new = set_up(to, clock, definition="tests/definitions/linked/rated")
        publish(new, "correction", "allowance")
        new.launch("rated", opens=FIRST, actor=NOBODY)
        new.launch("allowance", opens=FIRST, actor=NOBODY)
        new.database.close()

    furnish(place, "a year to be corrected", fill)
    engine = Engine(Database(place), clock)
    agency = Agency(url=place, clock=clock, engine=engine)
    act(agency, own(agency, "rated"), "rate", rating=POOR)
    yield agency
    engine.database.close()


def asked(agency: Agency, day: date = date(2026, 2, 2)) -> Case:
    """The correction that the employee asked for on a day."""
    agency.clock.put(day)
    act(agency, own(agency, "rated"), "correction", by=person(agency), reason=WHY)
    return own(agency, "correction")


def corrected(agency: Agency, day: date = date(2026, 2, 3)) -> Case:
    """The closed correction, which found the rating best."""
    case = asked(agency)
    agency.clock.put(day)
    return act(agency, case, "correct", rating=BEST)


def read_by_allowance(agency: Agency) -> dict[str, Any]:
    """What the allowance reads of the rated year."""
    case = own(agency, "allowance")
    seen: CaseView = view_of(agency, case, case.task.holder if case.task else person(agency))
    return dict(seen.known.reads["year"])


def last(agency: Agency, case: Case) -> dict[str, Any]:
    return dict(decode(agency.engine.history(case.id)[-1].body))


def test_a_closed_case_opens_its_correction_and_stays_closed(year: Agency) -> None:
    """Linked both ways, about the same person and period, waiting for whom the correction names."""
    before = own(year, "rated")
    case = asked(year)
    after = own(year, "rated")

    assert (before.id, "correction") == (case.parent, case.link)
    assert (before.subject, before.period_from, before.period_to) == (
        case.subject,
        case.period_from,
        case.period_to,
    )
    assert case.task is not None
    assert (before.state, before.ended, before.visit) == (after.state, after.ended, after.visit)
    assert [("correction", case.id)] == [
        (one.link, one.case.id) for one in view_of(year, after, after.subject).linked if one.case
    ]
    assert ["parent"] == [one.link for one in view_of(year, case, case.subject).linked]


def test_only_those_the_definition_lets_open_one_and_with_a_reason(year: Agency) -> None:
    """The rater may not; nobody may without saying why; nothing else can be done to a closed case."""
    case = own(year, "rated")
    rater = year.engine.chart.superior(person(year), FIRST)
    assert rater is not None
    with pytest.raises(WrongPerson):
        act(year, case, "correction", by=rater.key, reason=WHY)
    with pytest.raises(ReasonMissing):
        act(year, case, "correction", by=person(year))
    with pytest.raises(CaseClosed) as closed:
        act(year, case, "rate", by=person(year), rating=BEST)
    assert ("correction",) == closed.value.allowed
    assert [] == cases_of(year, "correction")


def test_a_case_that_is_open_or_closed_elsewhere_offers_no_correction(year: Agency) -> None:
    """The link corrects `disclosed` alone."""
    other = next(one for one in year.engine.cases(cycle="rated-2026", limit=1_000) if not one.ended)
    with pytest.raises(Refused):
        act(year, other, "correction", by=other.subject, reason=WHY)
    year.hop_to(date(2026, 3, 2))
    unrated = next(one for one in year.engine.cases(cycle="rated-2026", limit=1_000) if one.id == other.id)
    assert "unrated" == unrated.state
    with pytest.raises(CaseClosed):
        act(year, unrated, "correction", by=other.subject, reason=WHY)


def test_one_correction_of_a_case_is_open_at_a_time_and_another_may_follow(year: Agency) -> None:
    """The second one, once the first is closed, is a case of its own, and its result counts last."""
    asked(year)
    with pytest.raises(GuardRefused, match="1 open already"):
        act(year, own(year, "rated"), "correction", by=person(year), reason=WHY)
    act(year, own(year, "correction"), "correct", rating=BEST)
    act(year, own(year, "rated"), "correction", by=person(year), reason=WHY)
    first, second = cases_of(year, "correction")
    assert first.id != second.id
    act(year, second, "correct", rating={"points": 60})

    assert "6.0" == read_by_allowance(year)["score"]
    assert [first.id, second.id] == [one.case for one in own(year, "rated").corrected]
    assert [] == year.engine.verify()


def test_what_others_read_of_a_closed_case_is_the_corrections_from_then_on(year: Agency) -> None:
    """Not while it is open; then form and figure both, and an act that rests on it is decided by it."""
    assert "3.0" == read_by_allowance(year)["score"]
    asked(year)
    assert "3.0" == read_by_allowance(year)["score"]
    act(year, own(year, "correction"), "correct", rating=BEST)

    assert {"rating": BEST, "score": "9.5"} == read_by_allowance(year)
    done = act(year, own(year, "allowance"), "grant", grant={"says": "diberikan"})
    assert "granted" == done.state
    assert own(year, "rated").id in str(last(year, done)["read"])


def test_what_was_decided_before_stays_decided(year: Agency) -> None:
    """The allowance was refused on the poor rating; its closed case goes on saying what it rested on."""
    refused = act(year, own(year, "allowance"), "refuse", grant={"says": "tidak"})
    entry = last(year, refused)
    corrected(year)

    assert "refused" == own(year, "allowance").state
    assert entry == last(year, own(year, "allowance"))
    assert "3.0" == read_by_allowance(year)["score"]
    assert "correction" not in kinds(year, own(year, "allowance"))


def test_both_results_can_be_read_and_both_logs_tell_of_it(year: Agency) -> None:
    """The closed case keeps its own words, and says since when, by what and for which entry's reason not."""
    case = corrected(year)
    old = own(year, "rated")
    subject = person(year)

    assert POOR == view_of(year, old, subject).contents["rating"]
    assert BEST == view_of(year, case, subject).contents["rating"]
    assert ["stayed", "corrected"] == kinds(year, old)[-2:]
    told = last(year, old)
    assert (case.id, ["rating", "score"]) == (told["cause"]["corrected_by"], told["superseded"])
    asking = year.engine.history(old.id)[told["cause"]["asked"] - 1]
    assert "reason" in decode(asking.body)["content"]
    assert old.id == last(year, case)["supersedes"]
    assert [(subject, "corrected")] == [tuple(one) for one in told["told"]]
    assert [] == year.engine.verify()


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [
        (
            "en",
            "the result of this case is superseded by that of correction of the rating",
            "supersedes that of",
        ),
        (
            "id",
            "hasil kasus ini digantikan oleh hasil koreksi penilaian",
            "menggantikan hasil kasus yang dikoreksi",
        ),
    ],
)
def test_the_histories_of_both_say_so_in_words(year: Agency, language: str, old: str, new: str) -> None:
    """In both languages."""
    case = corrected(year)
    for one, words in ((own(year, "rated"), old), (case, new)):
        seen = view_of(year, one, person(year))
        assert words in say_entry(seen.definition, seen.history[-1], seen.scene.chart, language)  # type: ignore[arg-type]


def test_a_correction_that_finds_nothing_wrong_changes_nothing(year: Agency) -> None:
    """It ends `incomplete`: the rating stands, and no entry claims otherwise."""
    case = asked(year)
    assert case.task is not None
    done = act(year, case, "keep", by=case.task.holder, reason="Penilaian sudah benar")

    assert "incomplete" == done.ended
    assert "3.0" == read_by_allowance(year)["score"]
    assert () == own(year, "rated").corrected
    assert "supersedes" not in last(year, done)


def test_nothing_is_lost_if_the_process_dies_before_the_closed_case_learns_of_it(year: Agency) -> None:
    """The next beat of any process tells it, once."""
    case = asked(year)
    assert case.task is not None
    command = Fire(trigger="correct", actor=Actor(person=case.task.holder), forms={"rating": BEST})
    assert year.engine._firing.fire(case.id, command).stirs
    assert () == own(year, "rated").corrected
    other = year.another()
    for _ in range(3):
        assert () == other.fire_due().failed
    other.database.close()

    assert 1 == kinds(year, own(year, "rated")).count("corrected")
    assert "9.5" == read_by_allowance(year)["score"]


def test_a_correction_of_a_later_year_is_asked_for_in_that_year_and_is_about_the_closed_one(
    year: Agency,
) -> None:
    """Its period is the closed case's, whenever it is opened."""
    year.hop_to(date(2027, 2, 1))
    act(year, own(year, "rated"), "correction", by=person(year), reason=WHY)

    assert (date(2026, 1, 1), date(2026, 12, 31)) == (
        own(year, "correction").period_from,
        own(year, "correction").period_to,
    )
