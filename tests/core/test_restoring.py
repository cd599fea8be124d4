"""An adjustment is voided: what was written counts again as it stood before, and nothing is deleted."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.codec import decode
from engine.core.permitting import options
from engine.core.replay_differences import differences
from engine.core.replaying import Rebuilt
from engine.core.telling_past import say_entry
from engine.errors import FormInvalid, NothingToUndo, ReasonMissing, WrongPerson
from engine.lawful.report import LawReport, judge
from tests.definitions_varied import VOIDING, VOIDING_TEXTS, varied
from tests.worlds import World, calendar, on_desk

GOALS = {"goals": [{"title": "Melayani", "weight": 100}]}


@cache
def rules() -> str:
    return varied(Path(mkdtemp()), VOIDING, VOIDING_TEXTS)


def rated(points: int = 5) -> World:
    """A case whose rater has found so many points, and which waits for the end of the year."""
    world = World(definition=rules())
    world.fire("submit", plan=GOALS)
    world.fire("agree", verdict={"points": points})
    return world


def desk() -> str:
    return on_desk("personnel")


def adjust(world: World, points: int) -> None:
    world.fire("adjust", by=desk(), reason="setara unit lain", verdict={"points": points})


def void(world: World) -> None:
    world.fire("void", by=desk(), reason="keliru")


def points(world: World) -> object:
    return world.written.forms["verdict"]["points"]


def acts(world: World) -> list[str]:
    found = options(world.machine, world.case, desk(), world.scene, world.written)
    return [one.transition.name for one in found]


def test_a_voided_adjustment_gives_back_the_rating_as_it_was():
    """The rating, not the one who voids, says what counts again: nothing is typed a second time."""
    world = rated(5)
    adjust(world, 9)

    void(world)

    assert 5 == points(world)
    assert "waiting" == world.case.state


def test_the_entry_names_what_it_puts_back_and_commits_to_the_very_same_words():
    """Who has only the entries sees that nothing else was put in its place: the commitments are equal."""
    world = rated(5)
    first = world.steps[-1]
    adjust(world, 9)
    adjusted = world.steps[-1].entry.seq

    void(world)

    told = decode(world.steps[-1].entry.body)
    assert {"form": "verdict", "instead_of": adjusted, "as_in": first.entry.seq} == told["restored"]
    assert decode(first.entry.body)["content"]["verdict"] == told["content"]["verdict"]
    assert ["launched", "moved", "moved", "stayed", "stayed"] == [one.entry.kind for one in world.steps]


def test_it_is_told_in_words_which_entry_no_longer_counts():
    world = rated()
    adjust(world, 9)
    void(world)

    told = [
        say_entry(world.machine.definition, world.steps[-1].entry, world.chart, language)
        for language in ("id", "en")
    ]

    assert "“Temuan” berlaku lagi seperti sebelum entri 4" in told[0]
    assert "“Findings” counts again as it stood before entry 4" in told[1]


def test_nothing_to_void_is_not_offered_and_is_refused():
    """Neither before an adjustment nor after it was voided; a voiding is not voided itself."""
    world = rated()
    assert ["adjust", "exempt"] == acts(world)
    with pytest.raises(NothingToUndo, match="nothing in case c-1 to put back"):
        void(world)

    adjust(world, 9)
    assert ["adjust", "void", "exempt"] == acts(world)

    void(world)
    assert ["adjust", "exempt"] == acts(world)
    with pytest.raises(NothingToUndo):
        void(world)


def test_who_voids_says_why_writes_nothing_and_is_entitled():
    world = rated()
    adjust(world, 9)

    with pytest.raises(ReasonMissing):
        world.fire("void", by=desk())
    with pytest.raises(FormInvalid):
        world.fire("void", by=desk(), reason="keliru", verdict={"points": 1})
    with pytest.raises(WrongPerson):
        world.fire("void", by=world.case.subject, reason="keliru")
    assert 9 == points(world)


def test_what_was_erased_meanwhile_cannot_count_again():
    """It is said so; the adjustment stays."""
    world = rated()
    adjust(world, 9)
    steps = world.steps
    world.steps = [steps[-1]]  # what was written before is not to be found any more

    with pytest.raises(NothingToUndo, match="has been erased"):
        void(world)


def test_the_next_visit_begins_with_nothing_to_void():
    world = rated()
    adjust(world, 9)

    world.wait_until(world.beginning.period_to + timedelta(days=2))

    assert world.case.ended
    assert () == world.case.shelved


def replayed(world: World) -> list[Any]:
    rebuilt = Rebuilt(world.machine.definition)
    for one in world.steps:
        rebuilt.take(decode(one.entry.body), one.entry.hash)
    return list(differences(world.case, rebuilt))


def judged(entries: list[dict[str, Any]]) -> LawReport:
    source = World(definition=rules()).machine.definition
    days = calendar().days_told()
    ends = {calendar().version.rpartition(":")[2]: days}
    return judge(enumerate(entries), {source.digest: source.source}.get, ends.get)


def entries_of(world: World) -> list[dict[str, Any]]:
    return [decode(one.entry.body) for one in world.steps]


@given(st.lists(st.one_of(st.integers(0, 10), st.none()), max_size=8))
def test_whatever_is_adjusted_and_voided_counts_as_a_stack(deeds: list[int | None]):
    """Each voiding takes the latest adjustment back; replay and the second reading of the law agree with every one."""
    world = rated(5)
    stack = [5]
    for one in deeds:
        if one is not None:
            adjust(world, one)
            stack.append(one)
        elif len(stack) > 1:
            void(world)
            stack.pop()

    assert stack[-1] == points(world)
    assert [] == replayed(world)
    assert [] == judged(entries_of(world)).breaches


def voided() -> list[dict[str, Any]]:
    world = rated(5)
    adjust(world, 9)
    void(world)
    return entries_of(world)


def test_a_voiding_that_puts_back_something_else_is_found():
    """By the entries alone: another text, another entry, or one that voids nothing."""
    other, named, twice, none = voided(), voided(), voided(), voided()
    other[-1]["content"]["verdict"] = "0" * 64
    named[-1]["restored"]["as_in"] = 1
    none[-1].pop("restored")
    twice.append({**twice[-1], "seq": 6})

    assert ["void"] == [one.rule for one in judged(other).breaches]
    assert ["void"] == [one.rule for one in judged(named).breaches]
    assert ["void"] == [one.rule for one in judged(none).breaches]
    assert "void" in {one.rule for one in judged(twice).breaches}


def test_an_adjustment_that_claims_to_put_back_is_found():
    entries = voided()
    entries[3]["restored"] = {"form": "verdict", "instead_of": 3, "as_in": 3}

    assert "void" in {one.rule for one in judged(entries).breaches}
