"""Somebody else's tasks and handover sheet are read with one's own eyes, and looked at in the open."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.canaries.looking import plain
from tests.canaries.test_withheld import asking_the_desk, program
from tests.sighted import DESK, RATER, SUBJECT, Sighted

PLACES = ("tasks", "handover")


@pytest.fixture
def worlds(tmp_path: Path):
    """Two years that differ only in how good somebody was, which decides where they end; the desk reads neither."""
    made = []
    for points, level in (("61.00", "as"), ("94.00", "above")):
        (tmp_path / points).mkdir()
        case = asking_the_desk(tmp_path / points)
        case.rating()
        case.fire("rate", RATER, rating=case.rated(points, level=level, reasons="kata"))
        case.fire("seen", "Wirda Lasena")
        made.append(case)
    yield made
    for one in made:
        one.engine.database.close()


def told(case: Sighted, reader: str, holder: str, what: str) -> str:
    """What a reader is told of somebody's list."""
    number = next(one.person_id for one in case.engine.chart.segments if one.name.startswith(holder))
    return plain(program(case, reader).get(f"/api/v1/people/{number}/{what}").text)


def test_others_lists_tell_no_more_than_their_reader_may_know(worlds: list[Sighted]) -> None:
    """What the holder may read decides what the rules will do; the desk is told that they decide, and not how."""
    one, other = worlds
    assert told(one, SUBJECT, SUBJECT, "tasks") != told(other, SUBJECT, SUBJECT, "tasks")
    for holder in (SUBJECT, RATER):
        for what in PLACES:
            assert told(one, DESK, holder, what) == told(other, DESK, holder, what)


def test_a_look_at_others_lists_is_a_look_at_each_case(worlds: list[Sighted]) -> None:
    case = worlds[0]
    reads = case.engine.privacy.reads
    told(case, SUBJECT, SUBJECT, "tasks")
    reads.flush()
    assert () == reads.of(case.case_id)
    told(case, DESK, SUBJECT, "tasks")
    reads.flush()
    assert [(case.key(DESK), "log")] == [(one.actor, one.data) for one in reads.of(case.case_id)]
    case.clock.instant += 3_600_000_000
    told(case, DESK, RATER, "handover")
    reads.flush()

    assert 2 == len(reads.of(case.case_id))
