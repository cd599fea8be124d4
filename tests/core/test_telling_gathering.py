"""Gatherings told in sentences, in both languages: who is asked, how far it is, what came of it; no name too many."""

from __future__ import annotations

import pytest

from engine.core.definition import Language
from engine.core.outlook import if_nobody_acts
from engine.core.telling import say_consequences, say_entry, tell_task
from tests.gatherings import answering, asked, both, signing, view
from tests.telling import seen
from tests.telling import standing as facing
from tests.worlds import World

OTHER = {"goals": [{"title": "Lain", "weight": 100}]}


def sentences(world: World, kind: str, language: Language = "en") -> list[str]:
    """What the history says of the entries of a kind."""
    told = [one.entry for one in world.steps if one.entry.kind == kind]
    return [say_entry(world.machine.definition, one, world.chart, language) for one in told]


def name(world: World, key: str) -> str:
    return world.chart.person(key).name


def coming(world: World, language: Language) -> str:
    """What will happen if nobody acts, as one text."""
    found = if_nobody_acts(world.machine, world.case, world.written, world.scene)
    return "\n".join(say_consequences(world.machine.definition, world.case, found, world.chart, language))


def standing(world: World, language: Language) -> str:
    """What somebody who is not asked is told of the case."""
    return seen(world, language, "somebody").due


def test_a_move_into_signatures_says_who_is_asked() -> None:
    """Both are named with their roles."""
    world = signing()
    employee, rater = both(world)
    (told,) = sentences(world, "moved")

    assert f"{name(world, employee)} (Employee)" in told
    assert f"{name(world, rater)} (Rater)" in told


def test_signing_and_editing_are_told_with_the_text_and_what_lapsed() -> None:
    """Who signed what; who changed it; whose signature is gone."""
    world = signing()
    employee, rater = both(world)
    world.fire("sign", by=rater)
    world.fire("edit", by=employee, plan=OTHER)

    assert [f"{name(world, rater)} signed “Plan”."] == sentences(world, "signed")
    (edited,) = sentences(world, "edited", "id")
    assert f"{name(world, employee)} mengubah “Rencana” yang sedang ditandatangani" in edited
    assert edited.endswith(f"; tanda tangan {name(world, rater)} gugur.")


def test_an_answer_without_a_name_is_told_without_one() -> None:
    """One of those asked answered; another declined; the move says how many."""
    world = answering()
    first, *others = asked(world)
    world.fire("decline", by=first)
    for number, peer in enumerate(others, 1):
        world.fire("answer", by=peer, view=view(number))

    assert ["One of those asked answered."] * 3 == sentences(world, "answered")
    assert ["Salah seorang yang diminta tidak bersedia menjawab."] == sentences(world, "declined", "id")
    assert "3 of 4 have answered, 1 declined" in sentences(world, "moved")[-1]
    told = "".join(
        sentences(world, kind, "en") and sentences(world, kind)[-1] for kind in ("moved", "answered")
    )
    assert [] == [peer for peer in (first, *others) if name(world, peer) in told]


@pytest.mark.parametrize(
    ("language", "progress", "waiting", "move"),
    [
        ("id", "1 dari 4 sudah menjawab", "mereka yang belum menjawab", "4 orang diminta menjawab"),
        ("en", "1 of 4 have answered", "those who have not answered", "4 people are asked"),
    ],
)
def test_nobody_is_named_while_answers_without_names_are_waited_for(
    language: Language, progress: str, waiting: str, move: str
) -> None:
    """Progress, what is coming and the move into the state count people and name none."""
    world = answering()
    peers = list(asked(world))
    world.fire("answer", by=peers[0], view=view(1))
    told = "\n".join(
        (standing(world, language), coming(world, language), *sentences(world, "moved", language))
    )

    assert progress in told
    assert waiting in told
    assert move in told
    assert [] == [peer for peer in peers if name(world, peer) in told]


def test_a_task_says_whether_an_answer_or_a_signature_is_asked_for() -> None:
    """The title of the task of each who is asked."""
    titles = []
    for world in (signing(), answering()):
        task = world.case.waiting[0]
        told = tell_task(facing(world), task, "en")
        titles.append(told.title.partition(":")[0])

    assert ["Your signature is asked for", "Your answer is asked for"] == titles


def test_too_few_answers_are_told_as_not_enough() -> None:
    """The move at the end of the time says how many there were, and that it is not enough."""
    world = answering()
    world.fire("answer", by=next(iter(asked(world))), view=view(1))
    world.wait(12)

    assert "1 of 4 have answered: not enough answers" in sentences(world, "moved")[-1]
    assert "1 dari 4 sudah menjawab: jawaban tidak cukup" in sentences(world, "moved", "id")[-1]


def test_the_rung_of_a_gathering_tells_of_everybody_it_reached() -> None:
    """Both signers are reminded, and the one who can be stood in for is."""
    world = signing()
    employee, rater = both(world)
    world.wait(16)
    told = "\n".join(sentences(world, "rung"))

    assert f"{name(world, employee)} and {name(world, rater)}" in told
    assert "the task passes to" in told
