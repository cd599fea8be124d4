"""Entries as events of other programs, and nets of the rules: every way a case goes, its net has."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from engine.core.audit import entry
from engine.core.effects import Step
from engine.core.mining import designed, mined, nets, xes
from tests.definitions_varied import UNDO, varied
from tests.worlds import World, machine

GOALS = {"goals": [{"title": "Melayani", "weight": 100}]}
_PNML = "{http://www.pnml.org/version-2009/grammar/pnml}"


def played(net: str, ways: Iterable[str]) -> tuple[list[str], set[str]]:
    """Ways that the token cannot go, and where it stands after the others."""
    found = ET.fromstring(net)  # noqa: S314 - our own
    (marked,) = [one for one in found.iter(f"{_PNML}place") if one.find(f"{_PNML}initialMarking") is not None]
    at, arcs = (
        {marked.get("id")},
        [(one.get("source"), one.get("target")) for one in found.iter(f"{_PNML}arc")],
    )
    names = {
        one.get("id"): one.findtext(f"{_PNML}name/{_PNML}text") for one in found.iter(f"{_PNML}transition")
    }
    lost = []
    for way in ways:
        enabled = [to for source, to in arcs if source in at and names.get(to) == way]
        lost += [way] if len(enabled) != 1 else []
        at = {target for source, target in arcs if source in enabled} if enabled else at
    return lost, {str(one) for one in at}


def ways(steps: Iterable[Step]) -> list[str]:
    told = [mined(at, one.entry.body) for at, one in enumerate(steps)]
    return [one.way for one in told if one.way]


def test_a_silent_case_is_played_to_the_end_of_its_net() -> None:
    """From the launch to a final state, by moments alone; only the end is left."""
    world = World()
    world.wait_until(world.today + timedelta(days=900))
    lost, at = played(nets(world.machine.definition)[world.machine.definition.digest], ways(world.steps))

    assert world.case.ended
    assert ([], {f"p-{world.case.state}"}) == (lost, at)


def test_a_move_that_is_taken_back_is_a_way_of_the_net(tmp_path: Path) -> None:
    """Where the rules let an act be taken back, the net leads back as well."""
    world = World(definition=varied(tmp_path, UNDO))
    world.fire("submit", plan=GOALS)
    world.undo(world.case.subject)
    net = nets(world.machine.definition)[world.machine.definition.digest]

    assert ([], {f"p-{world.machine.definition.initial}"}) == played(net, ways(world.steps))


@pytest.mark.parametrize("name", ["workflows/asn-tahunan", "tests/definitions/whole"])
def test_a_net_is_sound_to_look_at(name: str) -> None:
    """No id twice, every arc between a place and a transition that are there, tracks with a net of their own."""
    definition = machine(name).definition
    found = nets(definition)
    for net in found.values():
        read = ET.fromstring(net)  # noqa: S314 - our own
        places = [one.get("id") for one in read.iter(f"{_PNML}place") if one.get("id")]
        transitions = [one.get("id") for one in read.iter(f"{_PNML}transition")]
        arcs = [(one.get("source"), one.get("target")) for one in read.iter(f"{_PNML}arc")]
        assert len({*places, *transitions}) == len(places) + len(transitions)
        assert all((one in places) != (other in places) for one, other in arcs)
        assert {*places, *transitions} == {one for arc in arcs for one in arc}

    assert {definition.digest, *(one.digest for one in definition.tracks.values())} == set(found)
    assert f"/launched/{definition.initial}" in designed(definition)


def test_what_xml_cannot_write_and_what_it_would_read_is_told_otherwise() -> None:
    """Whatever an account is called: one attribute, well formed."""
    body = entry("case/c-1", 1, "0" * 64, "moved", 0, {"actor": {"account": 'a"<&>\x01\n'}}).body
    read = ET.fromstring("\n".join(xes("log", 1, "root", [mined(0, body)])))  # noqa: S314 - our own

    assert ['a"<&>\ufffd\n'] == [one.get("value") for one in read.iter() if one.get("key") == "org:resource"]
