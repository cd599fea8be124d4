"""Answers without names: no entry and no case says who answered what, and few answers are never shown."""

from __future__ import annotations

import pytest

from engine.core.codec import canonical, decode, encode
from engine.core.command import TIMER
from engine.core.draft import Draft
from engine.core.effects import WriteContent
from engine.core.entering import enter, leave
from engine.core.visibility import own_answer, readable
from engine.errors import FormInvalid
from tests.gatherings import answering, asked, view
from tests.worlds import World

REASON = "tidak cukup mengenal"


def four_views() -> tuple[World, list[str]]:
    """A case in which each of four peers gave a view with words of their own."""
    world = answering()
    peers = list(asked(world))
    for number, peer in enumerate(peers, 1):
        world.fire("answer", by=peer, view=view(number, f"kata {number}"))
    return world, peers


def test_an_answer_is_told_without_its_name_and_commits_to_nothing() -> None:
    """The entry of an answer says that one of those asked answered, and no more."""
    world, peers = four_views()

    for facts in world.facts("answered"):
        assert {"unnamed": True} == facts["actor"]
        assert "content" not in facts
        assert not any(peer in str(facts) for peer in peers)


def test_all_answers_are_written_as_one_when_the_gathering_is_over() -> None:
    """One batch, committed to by the entry of the move, and nothing left of what was held."""
    world, _ = four_views()
    moved = [one for one in world.steps if one.entry.kind == "moved"][-1]
    names = {one.form for one in moved.effects if isinstance(one, WriteContent) and not one.held}

    assert {"@views"} == names
    assert ["@views"] == list(decode(moved.entry.body)["content"])
    assert 4 == len(world.written.gathered["views"])
    assert {None} == {value for name, value in world.written.answers.items() if name.startswith("views")}


def test_the_order_of_the_batch_is_not_the_order_of_the_answers() -> None:
    """The order comes from the step's seed; here, from a seed of noughts, it is another one than that of time."""
    world, _ = four_views()
    marks = [answer["marks"] for answer in world.written.gathered["views"]]

    assert [1, 2, 3, 4] == sorted(marks)
    assert [1, 2, 3, 4] != marks


def test_what_is_held_is_rewritten_as_one_at_each_answer() -> None:
    """There are no rows of single answers whose places could tell when each came."""
    world, _ = four_views()
    written = [
        one for step in world.steps for one in step.effects if isinstance(one, WriteContent) and one.held
    ]

    assert 1 == len({one.form for one in written})
    assert [1, 2, 3, 4, None] == [
        len(told) if isinstance(told := decode(one.value), list) else told for one in written
    ]


def test_a_case_remembers_that_somebody_answered_and_never_what() -> None:
    """Nothing a peer wrote stands in the case or in its entries."""
    world, _ = four_views()

    for one in world.steps:
        assert b"kata " not in encode(one.case)
        assert b"kata " not in one.entry.body
    assert () == world.case.gathered["views"].by


def test_an_answerer_cannot_be_shown_their_own_answer_again() -> None:
    """Held apart from persons, it is no longer known whose it is."""
    world = answering()
    peer = next(iter(asked(world)))
    world.fire("answer", by=peer, view=view(2))

    assert own_answer(world.case, world.written, peer) is None


def test_fewer_answers_than_promised_are_never_kept() -> None:
    """Two of four answered, and three were promised: what they wrote is gone for everybody."""
    world = answering()
    for peer in list(asked(world))[:2]:
        world.fire("answer", by=peer, view=view(1, "kata saya"))
    world.wait(15)

    assert not world.case.gathered["views"].enough
    assert b"kata saya" not in canonical(dict(world.contents))
    assert {} == world.written.gathered


def test_nobody_reads_the_answers_before_the_gathering_is_over() -> None:
    """Not even those to whom they are granted: the grant opens a name under which there is nothing yet."""
    world = answering()
    for peer in list(asked(world))[:3]:
        world.fire("answer", by=peer, view=view(1))

    assert {} == world.written.gathered
    world.fire("answer", by=list(asked(world))[3], view=view(1))
    assert 4 == len(world.written.gathered["views"])
    assert "views" in readable(world.machine.definition, world.case, "somebody", ("rater",))
    assert "views" not in readable(world.machine.definition, world.case, "somebody", ("reviewer",))


def test_a_reason_is_not_taken_where_nobody_is_to_be_named() -> None:
    """A reason would be words with a time and a person beside them."""
    world = answering()
    peer = next(iter(asked(world)))

    with pytest.raises(FormInvalid, match="takes no reason"):
        world.fire("decline", by=peer, reason=REASON)
    world.fire("decline", by=peer)
    assert "declined" == asked(world)[peer]
    assert {"unnamed": True} == world.facts("declined")[0]["actor"]


def test_a_later_gathering_that_has_too_few_leaves_the_earlier_one_standing() -> None:
    """Four answered the first time; asked again, one does: the four stand, and nothing is mixed."""
    world, _ = four_views()
    before = world.written.gathered["views"]
    again = gathered_again(world)
    again.fire("answer", by=next(iter(asked(again))), view=view(4, "sekali lagi"))
    again.wait(15)

    assert "peers_answer" != again.case.state
    assert before == again.written.gathered["views"]
    assert 4 == again.case.gathered["views"].answered
    assert b"sekali lagi" not in canonical(dict(again.contents))


def gathered_again(world: World) -> World:
    """The same case, brought back to its peers as a definition with a return would bring it."""
    draft = Draft(world.machine, world.case, world.scene, TIMER, world.written)
    leave(draft, by_holder=False)
    enter(draft, "peers_answer")
    world.keep(draft.close("moved"))
    return world


def test_a_case_does_not_remember_in_which_order_they_answered() -> None:
    """Beside the entries, which have instants and no names, an order of names would tell who answered when."""
    remembered = []
    for turned in (False, True):
        world = answering()
        peers = list(asked(world))
        for number, peer in enumerate(reversed(peers) if turned else peers, 1):
            world.fire("answer", by=peer, view=view(number, "kata"))
        remembered.append(world.case.acted)

    assert remembered[0] == remembered[1]
