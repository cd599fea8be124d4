"""Walks with the real step contradict no proof; and they catch what is wrong."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from engine.core.chart import Person
from engine.core.command import TIMER
from engine.core.definition import Definition
from engine.core.machine import compile_machine
from engine.core.parse import read
from engine.core.proof.endings import ends_of, prove_never_stuck
from engine.core.proof.entries import Year, year_of
from engine.core.proof.graph import prove_sound
from engine.core.proof.walking import Walk, contradiction, walk
from engine.core.scene import Scene
from engine.core.step import Beginning
from tests.proof.grounds import NO_SILENCE, SMALL, USED_UP, changed, ground
from tests.worlds import HOUR, OPENING, ROOT, calendar, chart

SHIPPED = sorted(
    one.name.removesuffix(".yaml")
    for one in (Path(ROOT) / "workflows").glob("*.yaml")
    if one.name.count(".") == 1
)
#: so many walks for each shipped definition, in so many tests
WALKS, PARTS = 10_000, 4


def shipped(name: str) -> Definition:
    """A definition as it is shipped."""
    rules, texts = (
        (Path(ROOT) / f"workflows/{name}{end}").read_text(encoding="utf-8")
        for end in (".yaml", ".texts.yaml")
    )
    return read(rules, texts)


def people() -> list[Person]:
    """Those of the demo who get a case."""
    return [one for one in chart().people(OPENING) if one.status == "active" and not one.external]


class Walker:
    """A definition whose cases are lived through, one seed after the other."""

    def __init__(self, definition: Definition, claimed: Definition | None = None) -> None:
        self.machine = compile_machine(definition)
        self.year: Year = year_of(ground(definition))
        self.ends = ends_of(year_of(ground(claimed or definition)))
        self.people = people()

    def go(self, seed: int) -> tuple[Walk, str]:
        """One walk, and what it contradicts."""
        entry = self.year.entries[seed * 7919 % len(self.year.entries)]
        who = self.people[seed % len(self.people)]
        scene = Scene(
            now=calendar().start_of(entry.day, who.zone) + 8 * HOUR,
            calendar=calendar(),
            chart=chart(),
            seed=bytes(32),
        )
        beginning = Beginning(
            case_id="c-1", cycle="walks", subject=who.key, segment=1,
            period_from=entry.period[0], period_to=entry.period[1], actor=TIMER,
        )  # fmt: skip
        told = walk(self.machine, beginning, scene, seed=seed, eager=((1, 4), (1, 2), (4, 5))[seed % 3])
        return told, contradiction(told, self.ends, scene, who.zone)

    def contradictions(self, seeds: range) -> list[str]:
        """What the walks of these seeds contradict."""
        return [said for seed in seeds if (said := self.go(seed)[1])]


@pytest.mark.parametrize("name", ["asn-tahunan"])
def test_walks_contradict_no_proof(name):
    """A first hundred lives of cases, on a hundred entry days: over in time, never stuck."""
    assert [] == Walker(shipped(name)).contradictions(range(100))


def test_a_walk_is_known_by_its_seed():
    """The same seed is the same life."""
    walker = Walker(changed(SMALL))

    assert walker.go(7)[0] == walker.go(7)[0]


def test_walks_come_everywhere():
    """Every state of the national cycle is entered by some of the first 400 walks, and every kind of end is met."""
    walker = Walker(shipped("asn-tahunan"))
    walks = [walker.go(seed)[0] for seed in range(400)]
    entered = {state for one in walks for state, _ in one.trail}

    assert set() == set(walker.machine.definition.states) - entered
    assert {"complete", "incomplete", "ended"} == {one.ended for one in walks}


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
@pytest.mark.parametrize("name", SHIPPED)
def test_ten_thousand_walks_contradict_no_proof(name, part):
    """Each definition that is shipped for people: no walk is stuck, or over after its latest day."""
    definition = shipped(name)
    if definition.subject == "unit":
        pytest.skip("a case of a unit waits for its members' cases; it does not walk alone")
    size = WALKS // PARTS

    assert [] == Walker(definition).contradictions(range(part * size, (part + 1) * size))
