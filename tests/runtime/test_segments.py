"""A move in mid-year: the old part ends on the eve of the first day elsewhere, and the next one begins there."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from engine.core.case import Case
from engine.core.codec import decode
from engine.core.command import OPERATOR, Actor
from engine.core.figures import figure_values
from engine.core.pausing import in_force
from engine.core.roster import Roster
from engine.core.segments import days_of
from engine.errors import PeopleInvalid
from engine.runtime import Engine
from engine.store import Database, queries
from tests.furnished import furnish
from tests.runtime.conftest import NOBODY, Agency, HandClock, import_people, set_up
from tests.runtime.people_files import Row, another_post, rows
from tests.worlds import chart, ordinary

DAY = timedelta(days=1)
OPENS = date(2025, 12, 1)
PLAN = {"goals": [{"title": "Pelayanan", "weight": 100}]}


@pytest.fixture
def year(place: str) -> Iterator[Agency]:
    """An agency on 1 December 2025 with the year 2026 launched."""
    clock = HandClock()

    def fill(to: str) -> None:
        new = set_up(to, clock, definition="tests/definitions/segments/parts")
        new.launch("parts", opens=OPENS, year=2026, actor=NOBODY)
        new.database.close()

    furnish(place, "the year in parts", fill)
    engine = Engine(Database(place), clock)
    yield Agency(url=place, clock=clock, engine=engine)
    engine.database.close()


def person() -> str:
    """Whoever moves in these tests."""
    return ordinary(chart()).key


def parts(agency: Agency) -> list[Case]:
    """The cases about the one who moves, in their order."""
    found = agency.engine.cases(subject=person(), limit=100)
    return sorted(found, key=lambda one: one.segment)


def posts(agency: Agency, *held: tuple[str, Row]) -> None:
    """Import people with the one who moves in these posts, each since a day; () stands for the post they had."""
    number = chart().person(person()).person_id
    own = next(row for row in rows() if row["nip"] == number)
    dated = [{**own, **cells, **({"mulai": day} if day else {})} for day, cells in held]
    for before, after in itertools.pairwise(dated):
        before["selesai"] = (date.fromisoformat(after["mulai"]) - DAY).isoformat()
    told = io.StringIO()
    writer = csv.DictWriter(told, own.keys())
    writer.writeheader()
    writer.writerows([row for row in rows() if row["nip"] != number] + dated)
    import_people(agency.engine, told.getvalue().encode())


def elsewhere() -> Row:
    """A post in another unit."""
    return another_post(chart(), person())


def third_unit() -> Row:
    """A post neither here nor in the unit of `elsewhere`."""
    known = {elsewhere()["unit"], chart().person(person()).unit}
    there = next(row for row in rows() if row["unit"] not in known and row["atasan"])
    return {"unit": there["unit"], "atasan": there["atasan"]}


def act(agency: Agency, case: Case, trigger: str, **forms: object) -> Case:
    """Whoever has the task does it."""
    assert case.task is not None
    actor = Actor(person=case.task.holder)
    return agency.engine.fire(case.id, trigger, actor=actor, forms=forms).case  # type: ignore[arg-type]


def planned(agency: Agency) -> Case:
    """The case after its plan was set in the first days of the year."""
    agency.hop_to(date(2026, 1, 5))
    return act(agency, parts(agency)[-1], "submit", plan=PLAN)


def spans(agency: Agency) -> list[tuple[str, str, int]]:
    """First day, last day and days of each part."""
    cases = parts(agency)
    return [
        (one.period_from.isoformat(), last.isoformat(), days)
        for one, (last, days) in zip(cases, days_of(cases), strict=True)
    ]


def superior(agency: Agency, day: date) -> str:
    found = agency.engine.chart.superior(person(), day)
    assert found is not None
    return found.key


def test_on_the_first_day_elsewhere_the_old_part_asks_its_superior_and_the_next_begins(year: Agency) -> None:
    """Told in advance: nothing happens before 15 May, and then the superior of 14 May has to give an opinion."""
    planned(year)
    before = parts(year)[0]
    posts(year, ("", {}), ("2026-05-15", elsewhere()))
    assert [before.version] == [one.version for one in parts(year)]
    year.clock.put(date(2026, 5, 15), hour=1)
    year.engine.follow_chart()
    old, new = parts(year)

    assert [("2026-01-01", "2026-05-14", 134), ("2026-05-15", "2026-12-31", 231)] == spans(year)
    assert ("opining", superior(year, date(2026, 5, 14))) == (old.state, old.task.holder if old.task else "")
    assert ("drafting", elsewhere()["unit"]) == (new.state, new.unit)
    assert (old.cycle, 2, old.id) == (new.cycle, new.segment, new.parent)
    assert [] == year.engine.verify()


def test_a_part_that_opens_in_an_outage_is_under_it_from_its_first_entry(year: Agency) -> None:
    """The office is down when somebody moves: the new case waits with all others, and runs on with them."""
    planned(year)
    posts(year, ("", {}), ("2026-05-15", elsewhere()))
    year.clock.put(date(2026, 5, 13))
    declared = year.engine.outages.begin("", date(2026, 5, 13), last=None, actor=OPERATOR, reason="Banjir.")
    year.clock.put(date(2026, 5, 15))
    year.engine.follow_chart()
    opened = parts(year)[-1]
    launched = decode(year.engine.history(opened.id)[0].body)
    year.clock.put(date(2026, 5, 18))
    year.engine.outages.end(declared.outage.id, actor=OPERATOR, reason="Surut.")
    (task,) = parts(year)[-1].waiting

    assert (2, ("outage",), declared.outage.id) == (opened.segment, in_force(opened), launched["outage"])
    assert ["outage"] == [kind for kind, _ in launched["pauses"]]
    assert () == in_force(parts(year)[-1])
    assert year.engine.calendars.of(opened).add(date(2026, 5, 18), 5, "working days") == task.due_on
    assert [] == year.engine.verify()


def test_the_next_part_begins_with_the_plan_of_the_one_before_and_says_whose_entry_it_is(
    year: Agency,
) -> None:
    old = planned(year)
    year.clock.put(date(2026, 5, 15))
    posts(year, ("", {}), ("2026-05-15", elsewhere()))
    new = parts(year)[-1]
    launched = decode(year.engine.history(new.id)[0].body)

    assert PLAN == year.engine.case(new.id, person()).contents["plan"]
    assert {"from": old.id, "entries": {"plan": old.filled["plan"]}} == launched["carried"]
    assert {"plan": 1} == new.filled


def test_the_years_result_weighs_each_part_by_its_days(year: Agency) -> None:
    """(134 x 1 + 231 x 3) / 365 = 2.27: as expected, though the last part alone was above."""
    planned(year)
    year.clock.put(date(2026, 5, 15))
    posts(year, ("", {}), ("2026-05-15", elsewhere()))
    old, new = parts(year)
    assert "handed_over" == act(year, old, "opine", rating={"result": "below"}).state
    act(year, new, "submit", plan=PLAN)
    year.hop_to(date(2027, 1, 4))
    new = act(year, parts(year)[1], "rate", rating={"result": "above"})
    view = year.engine.case(new.id, person())

    assert "rated" == new.state
    assert "2.27" == figure_values(view.definition, view.known)["year_points"]
    assert [] == year.engine.verify()


def test_a_part_nobody_rated_weighs_nothing(year: Agency) -> None:
    planned(year)
    year.clock.put(date(2026, 5, 15))
    posts(year, ("", {}), ("2026-05-15", elsewhere()))
    act(year, parts(year)[1], "submit", plan=PLAN)
    year.hop_to(date(2027, 1, 4))
    old, new = parts(year)

    assert ("handed_over", "continued") == (old.state, old.ended)
    assert "praised" == act(year, new, "rate", rating={"result": "above"}).state


def test_a_move_in_the_last_week_leaves_the_year_whole(year: Agency) -> None:
    """Four days are no part of their own: the case goes on, and whoever leads on 31 December rates."""
    planned(year)
    year.clock.put(date(2026, 12, 28))
    posts(year, ("", {}), ("2026-12-28", elsewhere()))

    assert [("2026-01-01", "2026-12-31", 365)] == spans(year)
    assert ("running", ("employee moves",)) == (parts(year)[0].state, parts(year)[0].facts)
    year.hop_to(date(2027, 1, 4))
    (case,) = parts(year)
    assert superior(year, date(2026, 12, 31)) == (case.task.holder if case.task else "")


def test_a_move_recorded_late_begins_the_next_part_on_the_day_it_took_effect(year: Agency) -> None:
    planned(year)
    year.hop_to(date(2026, 7, 1))
    posts(year, ("", {}), ("2026-05-15", elsewhere()))
    old, _ = parts(year)

    assert [("2026-01-01", "2026-05-14", 134), ("2026-05-15", "2026-12-31", 231)] == spans(year)
    assert superior(year, date(2026, 5, 14)) == (old.task.holder if old.task else "")


def test_two_moves_told_at_once_leave_three_parts(year: Agency) -> None:
    """The part in between was over when it was told: nobody has to plan or rate it, and it keeps its days."""
    planned(year)
    year.hop_to(date(2026, 7, 1))
    third = third_unit()
    posts(year, ("", {}), ("2026-05-15", elsewhere()), ("2026-06-10", third))

    assert [134, 26, 205] == [days for _, _, days in spans(year)]
    assert [elsewhere()["unit"], third["unit"]] == [one.unit for one in parts(year)[1:]]
    assert ["opining", "handed_over", "drafting"] == [one.state for one in parts(year)]


def test_who_moves_back_has_a_third_part_in_the_old_unit(year: Agency) -> None:
    planned(year)
    year.clock.put(date(2026, 5, 15))
    posts(year, ("", {}), ("2026-05-15", elsewhere()))
    act(year, parts(year)[1], "submit", plan=PLAN)
    year.hop_to(date(2026, 9, 1))
    posts(year, ("", {}), ("2026-05-15", elsewhere()), ("2026-09-01", {}))

    first, second, third = parts(year)
    assert (134, 109, 122) == tuple(days for _, _, days in spans(year))
    assert first.unit == third.unit
    assert ("opining", superior(year, date(2026, 8, 31))) == (
        second.state, second.task.holder if second.task else "",
    )  # fmt: skip


def test_a_move_taken_back_leaves_a_part_without_a_day(year: Agency) -> None:
    """Nothing is unwritten: the part in the unit they never went to stays, and weighs nothing."""
    planned(year)
    year.clock.put(date(2026, 5, 18))
    posts(year, ("", {}), ("2026-05-15", elsewhere()))
    year.clock.put(date(2026, 5, 20))
    posts(year, ("", {}))

    assert [134, 0, 231] == [days for _, _, days in spans(year)]
    first, second, third = parts(year)
    assert ("handed_over", "drafting") == (second.state, third.state)
    assert (first.unit, PLAN) == (third.unit, year.engine.case(third.id, person()).contents["plan"])
    assert [] == year.engine.verify()


def test_a_corrected_day_of_a_move_is_refused_once_it_has_divided_the_year(year: Agency) -> None:
    """Neither shown as if it would shift the parts nor half taken over; everybody in the file is named at once."""
    planned(year)
    year.clock.put(date(2026, 5, 18))
    posts(year, ("", {}), ("2026-05-15", elsewhere()))
    before, chart = spans(year), year.engine.chart.version

    with pytest.raises(PeopleInvalid) as refused:
        posts(year, ("", {}), ("2026-05-10", elsewhere()))
    (problem,) = refused.value.problems
    assert "divided at the move of 15 May 2026 already, and the file says 10 May 2026" in problem.told("en")
    assert "terbagi pada hari pindah 15 Mei 2026, sedangkan berkas menyebut 10 Mei 2026" in problem.told("id")
    assert (before, chart) == (spans(year), year.engine.chart.version)
    assert [] == year.engine.verify()


def test_everybody_else_of_a_file_comes_in_though_one_day_of_it_is_refused(year: Agency) -> None:
    """Shown with its reason beside what changes; whoever it is about stays as they are, and the log names them."""
    planned(year)
    year.clock.put(date(2026, 5, 18))
    posts(year, ("", {}), ("2026-05-15", elsewhere()))
    before, held = spans(year), year.engine.chart.history(person())
    new = [
        replace(one, valid_from=date(2026, 5, 10)) if one.valid_from > date(2026, 1, 1) else one
        for one in held
    ]
    new[0] = replace(new[0], valid_to=date(2026, 5, 9))
    other = next(one for one in year.engine.chart.segments if one.key != person() and not one.duties)
    roster = Roster(people=(*new, replace(other, name="Nama Baru")))
    shown = year.engine.preview_people(roster)
    report = year.engine.import_people(roster, actor=NOBODY, leave=True)

    assert [True] == ["the file says 10 May 2026" in one.message["en"] for one in shown.left_alone]
    assert ((person(),), (other.key,)) == (report.left_alone, report.changed)
    assert (before, held) == (spans(year), year.engine.chart.history(person()))
    assert "Nama Baru" == year.engine.chart.person(other.key).name
    with year.engine.database.read() as view:
        told = [decode(one.body) for one in queries.history(view, "people")][-1]
    assert [person()] == told["left_alone"]


def test_a_move_whose_day_was_wrong_is_taken_back_and_then_told_anew(year: Agency) -> None:
    """What the refusal says works: each part keeps what was written in it, and the days are those of the posts."""
    planned(year)
    year.clock.put(date(2026, 5, 18))
    posts(year, ("", {}), ("2026-05-15", elsewhere()))
    year.clock.put(date(2026, 6, 12))
    posts(year, ("", {}))
    posts(year, ("", {}), ("2026-06-10", elsewhere()))

    assert [134, 0, 26, 205] == [days for _, _, days in spans(year)]
    assert [elsewhere()["unit"], elsewhere()["unit"]] == [parts(year)[number].unit for number in (1, 3)]


def test_the_day_of_a_move_to_come_and_of_a_year_that_is_over_may_be_corrected(year: Agency) -> None:
    planned(year)
    posts(year, ("", {}), ("2026-05-15", elsewhere()))
    posts(year, ("", {}), ("2026-05-20", elsewhere()))
    year.clock.put(date(2026, 5, 20))
    year.engine.follow_chart()
    assert [139, 226] == [days for _, _, days in spans(year)]
    year.hop_to(date(2027, 12, 31))
    assert all(one.ended for one in parts(year))
    posts(year, ("", {}), ("2026-05-22", elsewhere()))

    assert [139, 226] == [days for _, _, days in spans(year)]


def test_a_move_taken_back_before_its_day_has_never_been(year: Agency) -> None:
    planned(year)
    posts(year, ("", {}), ("2026-05-15", elsewhere()))
    posts(year, ("", {}))
    year.hop_to(date(2026, 5, 18))
    year.engine.follow_chart()

    assert [("2026-01-01", "2026-12-31", 365)] == spans(year)
    assert () == parts(year)[0].facts


def test_a_move_after_the_year_is_over_changes_nothing_of_it(year: Agency) -> None:
    planned(year)
    year.hop_to(date(2027, 1, 4))
    holder = parts(year)[0].task
    posts(year, ("", {}), ("2027-01-04", elsewhere()))

    (case,) = parts(year)
    assert ("rating_due", holder) == (case.state, case.task)


def test_a_move_before_the_year_begins_gives_the_whole_of_it_to_the_new_unit(year: Agency) -> None:
    """Asleep until January, the case is handed on: the first part has no day, the second all of them."""
    year.clock.put(date(2025, 12, 15))
    posts(year, ("", {}), ("2025-12-15", elsewhere()))

    assert [0, 365] == [days for _, _, days in spans(year)]
    assert elsewhere()["unit"] == parts(year)[1].unit


def test_whoever_is_launched_with_a_move_to_come_begins_in_the_unit_of_that_day(place: str) -> None:
    clock = HandClock()
    engine = set_up(place, clock, definition="tests/definitions/segments/parts")
    agency = Agency(url=place, clock=clock, engine=engine)
    here = chart().near(person(), OPENS)
    posts(agency, ("", {}), ("2026-05-15", elsewhere()))
    engine.launch("parts", opens=OPENS, year=2026, actor=NOBODY)
    engine.follow_chart()

    assert here is not None
    assert [(here.unit, ())] == [(one.unit, one.facts) for one in parts(agency)]
    engine.database.close()


def test_who_leaves_after_a_move_ends_both_parts(year: Agency) -> None:
    planned(year)
    year.clock.put(date(2026, 5, 15))
    posts(year, ("", {}), ("2026-05-15", elsewhere()))
    posts(year, ("", {}), ("2026-05-15", {**elsewhere(), "selesai": "2026-05-31"}))
    year.clock.put(date(2026, 6, 1))
    year.engine.follow_chart()

    assert [("left", "ended"), ("left", "ended")] == [(one.state, one.ended) for one in parts(year)]
    assert [] == year.engine.verify()
