"""Relations are those of the appraised period: who led then opens the case, whoever leads now."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date

import pytest

from engine.core.access import asker_of, decide
from engine.core.chart import Person
from engine.core.command import Actor, Remind
from engine.runtime import Engine
from engine.store import Database
from tests.runtime.conftest import Agency
from tests.worlds import ordinary

MARCH = date(2026, 3, 2)
LAST_OF_FEBRUARY = date(2026, 2, 28)


def put(engine: Engine, version: str, *segments: Person) -> None:
    """Let these segments stand for the people they are of, and the open cases follow."""
    about = {one.person_id for one in segments}
    kept = tuple(one for one in engine.chart.segments if one.person_id not in about)
    with engine.database.write() as unit:
        unit.put_people((*kept, *segments), f"chart:{version}")
        unit.put_meta("chart_seen_on", "")
    engine.follow_chart()


def moved(one: Person, superior: Person, day: date) -> tuple[Person, Person]:
    """Under another superior from a day on."""
    return (
        replace(one, valid_to=date.fromordinal(day.toordinal() - 1)),
        replace(one, valid_from=day, superior=superior.person_id),
    )


def opens(engine: Engine, person: Person, case_id: str) -> bool:
    """Whether a person may read a case now."""
    case = engine.access.case(engine.case(case_id, None).case)
    return decide(asker_of(engine.chart, person.key, engine.now()), "case.read", case).allowed


def pair(engine: Engine) -> tuple[Person, Person, Person]:
    """Somebody, their superior, and a head of elsewhere who has nothing to do with them."""
    chart, day = engine.chart, date(2026, 1, 5)
    one = ordinary(chart)
    own = chart.superior(one.key, day)
    line = {above.key for above in chart.line_above(one.key, day)}
    assert own is not None
    other = next(
        head
        for head in chart.people(day)
        if head.key not in line | {one.key}
        and "head" in head.duties
        and not [duty for duty in head.duties if duty.startswith("desk:")]
        and not head.external
        and head.status == "active"
    )
    return one, own, other


def test_who_led_within_the_period_opens_its_case_when_others_lead(launched: Agency) -> None:
    """Both superiors of a year read it; who never led reads nothing."""
    engine = launched.engine
    one, own, other = pair(engine)
    case = engine.cases(subject=one.key)[0].id
    launched.hop_to(date(2026, 1, 5))
    assert [True, False] == [opens(engine, own, case), opens(engine, other, case)]

    launched.hop_to(MARCH)
    put(engine, "moved", *moved(one, other, MARCH))

    assert [True, True] == [opens(engine, own, case), opens(engine, other, case)]
    listed, _ = engine.access.visible(asker_of(engine.chart, own.key, engine.now()), subject=one.key)
    assert [case] == [found.id for found in listed]


def test_a_superior_of_last_year_does_not_open_this_years_case(launched: Agency) -> None:
    """Launched in December under the old superior, the case of the new year is the new superior's."""
    engine = launched.engine
    one, own, other = pair(engine)
    case = engine.cases(subject=one.key)[0].id
    put(engine, "told", *moved(one, other, date(2026, 1, 1)))
    assert opens(engine, own, case), "they still lead while the period has not begun"

    launched.clock.put(date(2026, 1, 2))  # and no task of December has come to anybody
    engine.follow_chart()

    assert [False, True] == [opens(engine, own, case), opens(engine, other, case)]


def test_a_new_superior_does_not_open_what_was_over_before_them(launched: Agency) -> None:
    """A case that has ended stays with those who took part while it was open."""
    engine = launched.engine
    one, own, other = pair(engine)
    case = engine.cases(subject=one.key)[0].id
    launched.hop_to(date(2026, 2, 2))
    put(engine, "left", replace(one, valid_to=LAST_OF_FEBRUARY))
    launched.hop_to(MARCH)
    engine.follow_chart()
    ended = engine.case(case, None).case
    if not ended.ended:
        pytest.fail(f"the case of somebody who left is over: {ended.state}")

    put(
        engine,
        "back",
        replace(one, valid_to=LAST_OF_FEBRUARY),
        replace(one, valid_from=MARCH, superior=other.person_id),
    )

    assert [True, False] == [opens(engine, own, case), opens(engine, other, case)]


def test_a_mistaken_superior_is_none_once_the_chart_says_so(launched: Agency) -> None:
    """What was imported by mistake and taken back never was; a task that came to them stays theirs."""
    engine = launched.engine
    one, own, other = pair(engine)
    case = engine.cases(subject=one.key)[0].id
    launched.hop_to(date(2026, 1, 12))
    before = one
    put(engine, "mistaken", *moved(one, other, date(2026, 1, 5)))
    assert opens(engine, other, case)

    launched.clock.put(date(2026, 1, 13))
    put(engine, "mended", before)

    assert [True, False] == [opens(engine, own, case), opens(engine, other, case)]


def test_a_superior_told_of_late_is_a_party_for_the_days_before(launched: Agency) -> None:
    """Who led for a month nobody had recorded opens the case all the same."""
    engine = launched.engine
    one, own, other = pair(engine)
    case = engine.cases(subject=one.key)[0].id
    launched.hop_to(date(2026, 4, 1))
    put(
        engine, "late",
        replace(one, valid_to=date(2026, 1, 31)),
        replace(one, valid_from=date(2026, 2, 1), valid_to=LAST_OF_FEBRUARY, superior=other.person_id),
        replace(one, valid_from=date(2026, 3, 1)),
    )  # fmt: skip

    with engine.database.read() as view:
        rows = [row for row in view.parties([case])[case] if row.person == other.key and row.role == "leader"]
    assert [(date(2026, 2, 1), LAST_OF_FEBRUARY)] == [(row.first, row.last) for row in rows]
    assert [True, True] == [opens(engine, own, case), opens(engine, other, case)]


class Statements(list[str]):
    """What was sent to the database, in order."""

    def __call__(self, text: str) -> None:
        self.append(" ".join(text.split()))


@contextmanager
def counted(agency: Agency) -> Iterator[tuple[Engine, Statements]]:
    """Another process's engine on the same database, with its statements written down."""
    sent = Statements()
    with closing(Database(agency.url, failpoint=sent)) as database:
        yield Engine(database, agency.clock, agency.clock), sent


def test_a_list_is_one_statement_however_many_cases_there_are(launched: Agency) -> None:
    """Also for those who may list few of them."""
    with counted(launched) as (engine, sent):
        asker = asker_of(engine.chart, ordinary(engine.chart).key, engine.now())
        sent.clear()
        engine.access.visible(asker)
    asked = [text for text in sent if text.startswith("SELECT") and "set_config" not in text]
    assert 1 == len(asked), sent


def test_following_the_chart_costs_three_statements_for_the_parties_of_a_page(launched: Agency) -> None:
    """Read the cases, read their parties, write what changed."""
    one, _, other = pair(launched.engine)
    launched.hop_to(MARCH)
    with counted(launched) as (engine, sent):
        put(engine, "moved", *moved(one, other, MARCH))
    rows = [text for text in sent if "party" in text]
    reads = [text for text in rows if text.startswith("SELECT")]
    assert 1 == len(reads)
    assert len(rows) <= 3


def test_a_step_whose_holders_are_known_writes_no_party(launched: Agency) -> None:
    """The hot path pays only when somebody new has a task."""
    launched.hop_to(MARCH)
    one = ordinary(launched.engine.chart)
    case = launched.engine.cases(subject=one.key)[0].id
    with counted(launched) as (engine, sent):
        desk = next(
            key.key
            for key in engine.chart.people(MARCH)
            if "desk:personnel" in key.duties and key.key != one.key and engine.case(case, key.key).may_steer
        )
        sent.clear()
        engine.obey(case, Remind(actor=Actor(person=desk), note="mohon"))
    assert not [text for text in sent if "party" in text]
