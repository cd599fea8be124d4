"""Whatever people and time do in a gathering, in whatever order: each once, the present text, and no names told."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.core.case import Gathering
from engine.core.codec import decode, encode
from engine.core.command import Follow
from engine.core.effects import WriteContent
from engine.core.following import must_follow
from engine.core.kept import held_name
from engine.core.signing import digest_of
from engine.errors import Refused
from tests.gatherings import answering, asked, both, signing, view
from tests.worlds import World, without

_WHO = st.integers(min_value=0, max_value=5)
_PEERS = st.lists(
    st.tuples(st.sampled_from(("answer", "answer", "decline", "leave", "wait", "again")), _WHO), max_size=14
)
_SIGNERS = st.lists(
    st.tuples(st.sampled_from(("sign", "sign", "edit", "same", "leave", "wait", "refuse")), _WHO), max_size=14
)


def leave(world: World, person: str) -> None:
    """Somebody's last day is today, and tomorrow the chart is followed."""
    if world.chart.at(person, world.today) is None:
        return
    world.chart = without(world.chart, person, world.today)
    world.wait(1)
    if must_follow(world.machine, world.case, world.scene):
        world.obey(Follow())


def under_way(world: World) -> Gathering:
    """The gathering that must be there."""
    assert world.case.gathering is not None
    return world.case.gathering


def check_each_once(world: World) -> None:
    """Nobody is asked twice, and exactly those who are waited for have a task."""
    gathering = under_way(world)
    people = [one.person for one in gathering.asked]
    assert len(people) == len(set(people))
    assert {task.id for task in world.case.waiting} == {
        one.task.id for one in gathering.asked if one.state == "waiting"
    }
    assert world.case.subject not in people or gathering.name != "views"


@settings(max_examples=60, deadline=None)
@given(_PEERS)
def test_answers_without_names_stay_without_names(acts: list[tuple[str, int]]) -> None:
    """Answers, refusals, leavers and time in any order: one answer each, and nothing tells whose it is."""
    world = answering()
    peers = list(asked(world))
    given_by: dict[str, str] = {}
    for number, (act, who) in enumerate(acts):
        if world.case.state != "peers_answer":
            break
        peer = peers[who % len(peers)]
        before = asked(world)[peer]
        if act in {"answer", "again", "decline"}:
            forms = {} if act == "decline" else {"view": view(1 + number % 4, f"kata-{number}-")}
            if before != "waiting":
                with pytest.raises(Refused):
                    world.fire("decline" if act == "decline" else "answer", by=peer, **forms)
            else:
                world.fire("decline" if act == "decline" else "answer", by=peer, **forms)
                if act != "decline":
                    given_by[peer] = f"kata-{number}-"
        elif act == "leave":
            leave(world, peer)
        else:
            world.wait(1)
        if world.case.state == "peers_answer":
            check_each_once(world)
            held = world.contents.get(held_name("views", world.case.visit)) or []
            assert sorted(given_by.values()) == sorted(one["comment"] for one in held)
    check_unlinkable(world, given_by)


def check_unlinkable(world: World, given_by: dict[str, str]) -> None:
    """No entry and no case holds a word of an answer; no kept row beside a person's key does."""
    words = [text.encode() for text in given_by.values()]
    for one in world.steps:
        assert not any(word in one.entry.body or word in encode(one.case) for word in words)
        if one.entry.kind in {"answered", "declined"} and one.case.state == "peers_answer":
            assert {"unnamed": True} == decode(one.entry.body)["actor"]
    kept = [
        (effect.form, effect.value)
        for one in world.steps
        for effect in one.effects
        if isinstance(effect, WriteContent) and any(word in effect.value for word in words)
    ]
    assert {name for name, _ in kept} <= {"@views", held_name("views", world.steps[0].case.visit + 2)}
    outcome = world.case.gathered.get("views")
    if outcome is not None:
        told = world.written.gathered.get("views")
        assert outcome.answered == len(given_by)
        assert outcome.enough == (len(given_by) >= 3) == (told is not None)
        assert told is None or sorted(given_by.values()) == sorted(str(one["comment"]) for one in told)


@settings(max_examples=60, deadline=None)
@given(_SIGNERS)
def test_a_signature_always_stands_under_the_present_text(acts: list[tuple[str, int]]) -> None:
    """Signatures, edits, leavers and time in any order: whoever counts as signed has signed this very text."""
    world = signing()
    for number, (act, who) in enumerate(acts):
        if world.case.state != "both_sign":
            break
        signers = both(world)
        signer = signers[who % len(signers)]
        text = {"goals": [{"title": f"Sasaran {number}", "weight": 100}]}
        if act == "sign" and asked(world)[signer] != "waiting":
            with pytest.raises(Refused):
                world.fire("sign", by=signer)
        elif act == "sign":
            world.fire("sign", by=signer)
        elif act == "edit":
            world.fire("edit", by=world.case.subject, plan=text)
            assert "both_sign" != world.case.state or "answered" not in asked(world).values()
        elif act == "same":
            before = asked(world)
            world.fire("edit", by=world.case.subject, plan=world.written.forms["plan"])
            assert before == asked(world)
        elif act == "refuse":
            if world.case.uses.get("both_sign.refuse", 0) < 2 and asked(world)[signer] == "waiting":
                world.fire("refuse", by=signer, reason="belum tepat")
        elif act == "leave" and signer != world.case.subject:
            leave(world, signer)
        else:
            world.wait(1)
        check_signatures(world)


def check_signatures(world: World) -> None:
    """Every signature binds the text as it is; and nobody moved on signed but with all of them."""
    if world.case.state == "both_sign":
        check_each_once(world)
        now = digest_of(world.machine.definition, world.written, "plan")
        assert {one.bound for one in under_way(world).asked if one.state == "answered"} <= {now}
    moved = [one for one in world.facts("moved") if one["cause"].get("moment") == "both_sign.signed"]
    for one in moved:
        told = one["gathered"]
        assert told["answered"] == told["asked"] - told["dropped"] >= 1
