"""Open cases follow the chart: who left, who moved, on which day, and whatever happens on the way."""

from __future__ import annotations

from datetime import date

import pytest

from engine.core.command import Actor
from engine.errors import Conflict
from engine.runtime import peopling
from tests.runtime.conftest import NOBODY, Agency, HandClock, import_people, set_up
from tests.runtime.people_files import another_post, people_with
from tests.worlds import HOUR, ordinary, plan


def somebody(agency: Agency) -> tuple[str, str]:
    """An ordinary employee's key and case."""
    key = ordinary(agency.engine.chart).key
    return key, agency.engine.cases(subject=key)[0].id


def with_the_rater(agency: Agency) -> tuple[str, str]:
    """The same, after the plan was submitted and passed on."""
    key, case_id = somebody(agency)
    agency.engine.fire(case_id, "submit", actor=Actor(person=key), forms={"plan": plan(100)})
    agency.engine.fire(case_id, "pass", actor=Actor(person=holder(agency, case_id)))
    return key, case_id


def holder(agency: Agency, case_id: str) -> str:
    return agency.engine.case(case_id, None).case.task.holder


def bring(agency: Agency, **changes: dict[str, str]) -> None:
    """Import the people file with these changes; keys are written with an underscore here."""
    named = {key.replace("_", "-"): cells for key, cells in changes.items()}
    import_people(agency.engine, people_with(agency.engine.chart, named))


def moves(key: str, agency: Agency) -> dict[str, dict[str, str]]:
    return {key.replace("-", "_"): another_post(agency.engine.chart, key)}


def leaves(key: str, last_day: str) -> dict[str, dict[str, str]]:
    return {key.replace("-", "_"): {"selesai": last_day}}


def test_who_left_is_noticed_though_the_heart_beat_before_midnight(agency: Agency) -> None:
    """A beat at 23:30 of the last day sees nobody leave; the next day's beat looks again."""
    key, case_id = somebody(agency)
    agency.clock.put(date(2025, 12, 8))
    bring(agency, **leaves(key, "2025-12-09"))
    agency.clock.put(date(2025, 12, 9), hour=23)
    agency.clock.instant += HOUR // 2
    agency.engine.follow_chart()
    assert "" == agency.engine.case(case_id, None).case.ended
    agency.clock.put(date(2025, 12, 10))
    agency.engine.follow_chart()

    assert "left" == agency.engine.case(case_id, None).case.state


def test_who_is_still_to_come_has_not_left(place: str) -> None:
    """Their post begins in January; following the chart in December leaves their case open."""
    engine = set_up(place, clock := HandClock())
    agency = Agency(url=place, clock=clock, engine=engine)
    key = ordinary(engine.chart).key
    later = {key.replace("-", "_"): {"mulai": "2026-01-05"}}
    bring(agency, **later)
    engine.launch("asn-tahunan", opens=date(2026, 1, 5), year=2026, actor=NOBODY)
    case_id = engine.cases(subject=key)[0].id
    bring(agency, **later)

    assert date(2026, 1, 5) == engine.chart.person(key).valid_from
    assert "" == engine.case(case_id, None).case.ended
    assert () == engine.case(case_id, None).case.facts
    engine.database.close()


def test_another_superior_takes_the_open_task_along(agency: Agency) -> None:
    """Their unit stays the same: the plan waits on the new superior's table from the day of the change."""
    key, case_id = with_the_rater(agency)
    before = holder(agency, case_id)
    agency.clock.put(date(2025, 12, 2))
    above = {"atasan": another_post(agency.engine.chart, key)["atasan"]}
    bring(agency, **{key.replace("-", "_"): above})
    agency.clock.put(date(2025, 12, 3))
    agency.engine.follow_chart()
    superior = agency.engine.chart.superior(key, date(2025, 12, 2)).key

    assert before != superior
    assert superior == holder(agency, case_id)
    assert () == agency.engine.case(case_id, None).case.facts


def test_following_survives_a_case_that_time_moves_first(agency: Agency) -> None:
    """The holder left, and meanwhile the plan was due by default: time comes first, and nothing is torn."""
    _, case_id = with_the_rater(agency)
    rater = holder(agency, case_id)
    agency.clock.put(date(2025, 12, 2))
    bring(agency, **leaves(rater, "2026-01-20"))
    agency.clock.put(date(2026, 1, 21), hour=12)
    agency.engine.follow_chart()
    agency.engine.fire_due()
    case = agency.engine.case(case_id, None).case

    assert "manager_sets" == case.state
    assert rater != case.task.holder
    assert [] == agency.engine.verify()


def test_following_survives_a_case_that_time_ends_first(agency: Agency) -> None:
    """Everybody was silent for a year and the heart stood still; following then finds cases that are over."""
    first, last = (agency.engine.cases(limit=200)[number].subject for number in (0, -1))
    agency.hop_to(date(2026, 1, 20))
    bring(agency, **leaves(first, "2027-02-05"), **leaves(last, "2027-02-05"))
    agency.clock.put(date(2027, 2, 8))
    agency.engine.follow_chart()
    agency.engine.fire_due()

    assert all(case.ended for case in agency.engine.cases(limit=200))
    assert [] == agency.engine.verify()


def test_a_move_whose_import_died_is_noticed_by_the_next_beat(
    agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The chart was stored, the process ended before cases followed: another process's beat makes up for it."""
    key, case_id = somebody(agency)

    def die(self) -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr(peopling.Peopling, "follow_chart", die)
        with pytest.raises(KeyboardInterrupt):
            bring(agency, **moves(key, agency))
    assert () == agency.engine.case(case_id, None).case.facts
    other = agency.another()
    other.follow_chart()
    other.database.close()

    assert ("employee moves",) == agency.engine.case(case_id, None).case.facts


def test_a_case_that_cannot_follow_stops_nobody_and_is_tried_again(
    agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One case cannot be written: the others follow, and the next beat of the same day brings it along."""
    ids = [case.id for case in agency.engine.cases(limit=200)]
    subjects = [agency.engine.case(case_id, None).case.subject for case_id in (ids[0], ids[-1])]
    real = peopling.Peopling._follow

    def follow(self, case) -> int:
        if case.id == ids[0]:
            raise Conflict("spoilt")
        return real(self, case)

    with monkeypatch.context() as spoilt:
        spoilt.setattr(peopling.Peopling, "_follow", follow)
        agency.clock.put(date(2025, 12, 2))
        bring(agency, **leaves(subjects[0], "2025-12-01"), **leaves(subjects[1], "2025-12-01"))
        states = [agency.engine.case(case_id, None).case.ended for case_id in (ids[0], ids[-1])]
        assert ["", "ended"] == states
    agency.engine.follow_chart()

    assert "ended" == agency.engine.case(ids[0], None).case.ended


def test_a_chart_that_was_followed_is_not_walked_again(
    agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the days it names, a beat asks one question and looks at no case."""
    agency.clock.put(date(2025, 12, 2))
    agency.engine.follow_chart()
    walked: list[str] = []
    monkeypatch.setattr(peopling.Peopling, "_follow", lambda self, case: walked.append(case.id) or 0)
    agency.clock.put(date(2025, 12, 3))

    assert 0 == agency.engine.follow_chart()
    assert [] == walked
