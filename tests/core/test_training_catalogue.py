"""Who has which training on a day: by the people file, by a record, or by both."""

from __future__ import annotations

from datetime import date

from engine.core.chart import Chart
from engine.core.person import Person
from engine.core.training_catalogue import Held, held_trainings, offered_trainings
from engine.core.trainings import Training
from tests.workflows.families import shipped
from tests.workflows.touched import shipped_definition

DAY = date(2026, 3, 2)


def person(key: str, *duties: str) -> Person:
    return Person(
        key=key, person_id=key, name=f"Name {key}", unit="Unit", position="", superior=None, zone="WIB", kind="PNS",
        valid_from=date(2020, 1, 1), duties=duties,
    )  # fmt: skip


def record(key: str, at: int, last: date | None, *, over: bool = False) -> Training:
    return Training(
        id=f"{key}/{at}", person=key, name="rater", first=date(2026, 1, 5), last=last, at=at, over=over
    )


def held(*people: Person, trainings: tuple[Training, ...] = ()) -> tuple[Held, ...]:
    return held_trainings(Chart(segments=people, version="1", trainings=trainings), DAY)


def test_by_the_file_and_by_a_record_the_longer_one_counts() -> None:
    told = held(
        person("a", "trained:rater:2026-12-31"),
        person("b"),
        trainings=(record("a", 1, None), record("b", 1, DAY)),
    )

    assert [("a", None), ("b", DAY)] == [(one.person, one.last) for one in told]


def test_what_lapsed_was_ended_or_is_somebody_elses_who_left_is_nobodys() -> None:
    ended = (record("b", 1, None), record("b", 2, None, over=True))

    assert () == held(
        person("a", "trained:rater:2026-03-01"), person("b"), trainings=(*ended, record("gone", 1, None))
    )


def test_the_shipped_rules_offer_the_training_that_their_raters_need() -> None:
    """What gives it, and every role that asks for it."""
    offered = {one.name: one for one in offered_trainings(shipped_definition(name) for name in shipped())}

    assert ["bukitintan-penilaian"] == [one.definition.workflow for one in offered["penilai"].sources]
    assert ["rater", "trained_reviewer"] == [one.role for one in offered["penilai"].uses]
