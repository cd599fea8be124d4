"""Nets from the literature get the published verdict; a search over sets of tokens agrees on random ones."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.core.proof import nets
from engine.core.proof.graph import prove_sound
from engine.core.proof.moves import moves_of
from engine.core.proof.nets import Net, NetAnswer, Step, decide_net, net_of
from tests.proof.grounds import NATIONAL, SMALL, changed, found, shipped
from tests.proof.textbook_nets import TEXTBOOK, net

TRACKED = "tests/definitions/linked/tracked"


@pytest.mark.parametrize("name", TEXTBOOK)
def test_a_net_of_the_literature_gets_its_verdict(name):
    """Sound, unsound, or not safe, as published."""
    _, verdict, known = TEXTBOOK[name]

    assert verdict == decide_net(known).verdict


def test_each_demand_is_broken_by_itself():
    """What is wrong is said: no end, an end with tokens left, a step without use."""
    end, proper, dead = (
        decide_net(TEXTBOOK[name][2])
        for name in ("no_option_to_complete", "improper_completion", "dead_step")
    )

    assert (False, True) == (end.can_always_end, end.ends_properly)
    assert not proper.ends_properly
    assert ("c",) == dead.dead


def test_the_way_leads_to_what_is_wrong():
    """It names the steps, one after another."""
    assert ("y",) == decide_net(TEXTBOOK["or_split_and_join"][2]).way


def test_too_many_markings_decide_nothing(monkeypatch):
    """The answer is "not decided", never "sound"."""
    monkeypatch.setattr(nets, "MOST_MARKINGS", 3)

    assert "not_decided" == decide_net(TEXTBOOK["complaints"][2]).verdict


@pytest.mark.parametrize("name", [NATIONAL, SMALL, TRACKED, "tests/definitions/gathering"])
def test_definitions_are_sound_nets(name):
    """With their tracks and gatherings walked through beside them."""
    definition = changed(name)
    answer = decide_net(net_of(definition, moves_of(definition)))

    assert answer.can_always_end
    assert answer.ends_properly


def test_tracks_multiply_the_markings():
    """A case with two tracks is more than the states it has."""
    definition = changed(TRACKED)

    assert decide_net(net_of(definition, moves_of(definition))).markings > len(definition.states)


def test_a_track_that_never_ends_is_found():
    """The case waits for a track that goes in a circle; nothing else leads on."""
    endless = Net(
        begins="i",
        ends=frozenset({"o"}),
        steps=(
            Step(name="open", takes=("i",), gives=("wait", "t:a")),
            Step(name="on", takes=("t:a",), gives=("t:b",)),
            Step(name="back", takes=("t:b",), gives=("t:a",)),
            Step(name="end", takes=("t:b",), gives=("t:end",), counted=True),
            Step(name="closed", takes=("wait", "t:end"), gives=("o",)),
        ),
    )

    assert not decide_net(endless).can_always_end


def naive(known: Net) -> str:
    """The verdict by sets of places, each demand checked as it is written."""
    start = frozenset({known.begins})
    onward: dict[frozenset[str], set[frozenset[str]]] = {}
    used: set[str] = set()
    waiting = [start]
    while waiting:
        marking = waiting.pop()
        if marking in onward:
            continue
        onward[marking] = set()
        for step in known.steps:
            if set(step.takes) <= marking:
                left = marking - set(step.takes)
                if left & set(step.gives):
                    return "unsafe"
                used.add(step.name)
                onward[marking].add(left | set(step.gives))
                waiting.append(left | set(step.gives))
    over = {marking for marking in onward if marking & known.ends}
    if any(len(marking) > 1 for marking in over) or used != {step.name for step in known.steps}:
        return "unsound"
    return "sound" if all(_reaches(onward, one, over) for one in onward) else "unsound"


def _reaches(
    onward: dict[frozenset[str], set[frozenset[str]]], start: frozenset[str], over: set[frozenset[str]]
) -> bool:
    seen, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        if here in over:
            return True
        waiting += onward[here] - seen
        seen |= onward[here]
    return False


places = st.sampled_from(["p", "q", "r", "s"])
steps = st.tuples(
    st.sets(st.one_of(st.just("i"), places), min_size=1, max_size=2),
    st.sets(st.one_of(st.just("o"), places), min_size=1, max_size=2),
)


@settings(deadline=None, max_examples=300)
@given(drawn=st.lists(steps, min_size=1, max_size=7))
def test_random_nets_are_decided_as_they_are_defined(drawn):
    """Walking bit by bit gives what walking set by set gives."""
    known = net(
        *(
            f"t{number}: {' '.join(sorted(takes))} -> {' '.join(sorted(gives))}"
            for number, (takes, gives) in enumerate(drawn)
        )
    )

    assert naive(known) == decide_net(known).verdict


def test_the_proof_and_the_net_agree_on_the_shipped_cycle():
    """Both say that every case can finish."""
    answer: NetAnswer = decide_net(net_of(shipped(), moves_of(shipped())))

    assert "sound" == answer.verdict
    assert [] == found(prove_sound, shipped())
