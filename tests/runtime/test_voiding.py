"""Voiding an adjustment on real databases: what counts again is read from its row, and every auditor agrees."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.core.command import Actor
from engine.errors import NothingToUndo
from engine.runtime.replaying import replayed
from tests.definitions_varied import VOIDING, VOIDING_TEXTS, varied
from tests.runtime.conftest import NOBODY, OPENING, Agency, HandClock, set_up
from tests.worlds import on_desk, ordinary

GOALS = {"plan": {"goals": [{"title": "Melayani", "weight": 100}]}}


@pytest.fixture(name="house")
def _house(place: str, tmp_path: Path) -> Iterator[Agency]:
    clock = HandClock()
    engine = set_up(place, clock, definition=varied(tmp_path, VOIDING, VOIDING_TEXTS))
    engine.launch("small", opens=OPENING, actor=NOBODY)
    yield Agency(url=place, clock=clock, engine=engine)
    engine.database.close()


def test_a_voided_adjustment_gives_back_the_rating_and_replay_and_the_log_agree(house: Agency) -> None:
    """The text is read from its row again, with its salt: words, entries and rows are held against one another."""
    engine = house.engine
    subject = ordinary(engine.chart).key
    case = engine.cases(subject=subject)[0].id
    moved = engine.fire(case, "submit", actor=Actor(person=subject), forms=GOALS)
    assert moved.case.task is not None
    rater, hr = Actor(person=moved.case.task.holder), Actor(person=on_desk("personnel"))
    engine.fire(case, "agree", actor=rater, forms={"verdict": {"points": 5}})
    engine.fire(case, "adjust", actor=hr, forms={"verdict": {"points": 9}}, reason="setara unit lain")

    engine.fire(case, "void", actor=hr, reason="keliru")

    assert {"points": 5} == engine.case(case, hr.person).contents["verdict"]
    assert [] == engine.verify()
    assert () == tuple(replayed(engine.database, (case,)).differences)
    with pytest.raises(NothingToUndo):
        engine.fire(case, "void", actor=hr, reason="sekali lagi")
