"""Walks with the real step contradict no proof; and they catch what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from _pytest.mark.structures import ParameterSet

from engine.core.command import TIMER
from engine.core.definition import Definition
from engine.core.machine import compile_machine
from engine.core.proof.endings import ends_of, prove_never_stuck
from engine.core.proof.entries import Year, year_of
from engine.core.proof.graph import prove_sound
from engine.core.proof.walking import Walk, contradiction, walk
from engine.core.scene import Scene
from engine.core.source import read_yaml
from engine.core.step import Beginning
from tests.proof.grounds import NATIONAL, NO_SILENCE, SMALL, USED_UP, changed, ground
from tests.worlds import HOUR, OPENING, ROOT, calendar, chart

#: so many walks for each shipped definition, in so many tests
WALKS, PARTS = 10_000, 4


def machines(folder: str) -> Iterator[ParameterSet]:
    """Every definition in a folder, and each track of it as its own."""
    for path in sorted((Path(ROOT) / folder).glob("*.yaml")):
        if path.name.count(".") == 1:
            name = f"{folder}/{path.stem}"
            tracks = read_yaml(path.read_text(encoding="utf-8"), path.name).values.get("tracks", {})
            yield from (pytest.param(name, one, id=f"{folder}/{path.stem}#{one}") for one in ("", *tracks))


SHIPPED = (*machines("workflows"), *machines("workflows/templates"))


def machine_of(name: str, track: str) -> Definition:
    """The definition, or the track of it."""
    whole = changed(name)
    return whole.tracks[track] if track else whole


def subjects(definition: Definition) -> list[tuple[str, str]]:
    """Those of the demo who get a case, or its units, each with their zone."""
    if definition.subject == "unit":
        return [(f"unit:{one}", "Asia/Jakarta") for one in chart().units(OPENING)]
    people = [one for one in chart().people(OPENING) if one.status == "active" and not one.external]
    return [(one.key, one.zone) for one in people]


class Walker:
    """A definition whose cases are lived through, one seed after the other."""

    def __init__(self, definition: Definition, claimed: Definition | None = None) -> None:
        self.machine = compile_machine(definition)
        self.year: Year = year_of(ground(definition))
        self.ends = ends_of(year_of(ground(claimed or definition)))
        self.subjects = subjects(definition)

    def go(self, seed: int) -> tuple[Walk, str]:
        """One walk, and what it contradicts."""
        entry = self.year.entries[seed * 7919 % len(self.year.entries)]
        who, zone = self.subjects[seed % len(self.subjects)]
        scene = Scene(
            now=calendar().start_of(entry.day, zone) + 8 * HOUR,
            calendar=calendar(),
            chart=chart(),
            seed=bytes(32),
        )
        beginning = Beginning(
            case_id="c-1", cycle="walks", subject=who, segment=1,
            period_from=entry.period[0], period_to=entry.period[1], actor=TIMER,
        )  # fmt: skip
        told = walk(self.machine, beginning, scene, seed=seed, eager=((1, 4), (1, 2), (4, 5))[seed % 3])
        return told, contradiction(told, self.ends, scene, zone)

    def contradictions(self, seeds: range) -> list[str]:
        """What the walks of these seeds contradict."""
        return [said for seed in seeds if (said := self.go(seed)[1])]


@pytest.mark.heavy
@pytest.mark.parametrize(("name", "track"), SHIPPED)
def test_walks_contradict_no_proof(name, track):
    """Three hundred lives of cases of every definition and track, on as many entry days: in time, never stuck."""
    assert [] == Walker(machine_of(name, track)).contradictions(range(300))


@pytest.mark.parametrize(
    ("track", "missed"),
    [
        ("", {"signed"}),
        ("behaviour", set()),
    ],  # what is signed is made of what tracks wrote, which no walk reads
)
def test_walks_hear_of_other_cases_and_are_asked_in_gatherings(track, missed):
    """Facts of other cases come at some time or never, committees answer: only what is read of others is missed."""
    walker = Walker(machine_of("workflows/kemenkeu-triwulan", track))
    entered = {state for seed in range(90) for state, _ in walker.go(seed)[0].trail}

    assert missed == set(walker.machine.definition.states) - entered - {"stopped"}


def test_a_walk_is_known_by_its_seed():
    """The same seed is the same life."""
    walker = Walker(changed(SMALL))

    assert walker.go(7)[0] == walker.go(7)[0]


def test_walks_come_everywhere():
    """Every state of the national cycle is entered by some of the first 500 walks, and every kind of end is met."""
    walker = Walker(changed(NATIONAL))
    walks = [walker.go(seed)[0] for seed in range(500)]
    entered = {state for one in walks for state, _ in one.trail}

    assert set() == set(walker.machine.definition.states) - entered
    assert {"complete", "incomplete", "continued", "ended"} == {one.ended for one in walks}


def test_walks_catch_a_definition_that_is_not_sound():
    """Planted: every way out is used up. The proof says so, and a walk is stuck there."""
    planted = changed(SMALL, USED_UP, NO_SILENCE)

    assert "refuted" == prove_sound(ground(planted)).answer
    assert any(
        "nobody can do anything in checking" in said for said in Walker(planted).contradictions(range(60))
    )


def test_walks_catch_a_state_that_is_never_left():
    """Planted: the only moment is capped away. The proof says so, and a walk finds the moment refused."""
    small = changed(SMALL)
    checking = small.states["checking"]
    ways = tuple(
        replace(one, to="drafting", at_most=1) if one.name == "silent" else one
        for one in checking.transitions
    )
    planted = replace(small, states={**small.states, "checking": replace(checking, transitions=ways)})
    codes = [one.code for one in prove_never_stuck(ground(planted)).findings if one.severity == "error"]

    assert ["timer_worn_out"] == codes
    assert any("the moment cannot come" in said for said in Walker(planted).contradictions(range(200)))


def test_walks_catch_a_latest_day_that_is_too_early():
    """Planted: the days claimed are those of a definition with shorter waits."""
    slow = changed(
        SMALL, {"silent: {at: 20 working days after due,": "silent: {at: 300 working days after due,"}
    )
    said = Walker(slow, claimed=changed(SMALL)).contradictions(range(120))

    assert said
    assert all("after 202" in one for one in said)


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize(("name", "track"), SHIPPED)
def test_ten_thousand_walks_contradict_no_proof(name, track, part):
    """Each definition that is shipped: no walk is stuck, or over after its latest day."""
    size = WALKS // PARTS

    assert [] == Walker(machine_of(name, track)).contradictions(range(part * size, (part + 1) * size))
