"""A move is taken back: the case goes on as if it had never been made, and nothing that was said is lost."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from engine.core.case import Case
from engine.core.codec import decode, replace
from engine.core.command import Actor, AddEntry, Extend, Undo
from engine.core.effects import Admit, CloseTask, DropHeld, Notify, OpenTask
from engine.core.moments import Duration
from engine.core.step import act_and_settle
from engine.core.undoable import standing, taken_back
from engine.core.undoing import open_to
from engine.errors import ActedSince, FormInvalid, NothingToUndo, StaleVisit, WrongPerson
from tests.core.test_delegation import gives, lend
from tests.definitions_varied import UNDO, varied
from tests.worlds import OPENING, World, colleague, on_desk, without

MINUTE = 60_000_000
GOALS = {"goals": [{"title": "Melayani", "weight": 100}]}
OTHER = {"goals": [{"title": "Mencatat", "weight": 60}, {"title": "Menghitung", "weight": 40}]}


@pytest.fixture(scope="module", name="rules")
def _rules(tmp_path_factory: pytest.TempPathFactory) -> str:
    return varied(tmp_path_factory.mktemp("undo"), UNDO)


def world_of(rules: str) -> World:
    return World(definition=rules)


def essence(case: Case) -> Case:
    """A case without what counts its entries, and without what it remembers of a move that was taken back."""
    return replace(case, version=0, seq=0, head="", last_at=0, visits=0, undoable=None, drafts={})


def test_a_plan_sent_too_early_comes_back_to_whoever_sent_it(rules: str) -> None:
    """State, holder, visit, clocks, parties and all else are what they were."""
    world = world_of(rules)
    before = world.case
    world.fire("submit", plan=GOALS)
    moved = world.case
    world.now += 29 * MINUTE

    done = world.undo(before.subject)

    assert "undone" == done.entry.kind
    assert essence(before) == essence(world.case)
    assert before.task == world.case.task
    assert [before.task] == [one.task for one in done.effects if isinstance(one, OpenTask)]
    assert [moved.task.id] == [one.task_id for one in done.effects if isinstance(one, CloseTask)]


def test_the_entry_says_which_move_it_takes_back_and_why(rules: str) -> None:
    """It compensates: both entries stay, chained; whoever reads on leaves both out."""
    world = world_of(rules)
    sent = world.fire("submit", plan=GOALS)

    done = world.undo(world.case.subject, reason="salah berkas")

    facts = decode(done.entry.body)
    assert {"undoes": sent.entry.seq, "act": "drafting.submit"} == facts["cause"]
    assert {"plan", "reason"} == facts["content"].keys()
    assert ("checking", "drafting") == (facts["from"], facts["to"])
    assert sent.entry.hash == done.entry.prev
    entries = [one.entry for one in world.steps]
    assert {sent.entry.seq, done.entry.seq} == taken_back(entries)
    assert [1] == [one.seq for one in standing(entries)]


def test_what_was_written_waits_for_its_writer_and_counts_for_nobody(rules: str) -> None:
    """A form that came with the move is not filled any more; its text is held until it is written again."""
    world = world_of(rules)
    world.fire("submit", plan=GOALS)

    world.undo(world.case.subject)

    assert {} == world.written.forms
    assert GOALS["goals"] == world.written.drafts["plan"]["goals"]
    assert {"plan": world.case.subject} == world.case.drafts
    world.fire("submit", plan=OTHER)
    assert {} == world.written.drafts
    assert {} == world.case.drafts
    assert OTHER["goals"] == world.written.forms["plan"]["goals"]


def test_a_second_version_taken_back_leaves_the_first(rules: str) -> None:
    """What others read is what stood there before the move."""
    world = world_of(rules)
    world.fire("submit", plan=GOALS)
    world.now += 60 * MINUTE
    world.fire("return", reason="kurang rinci")
    world.now += 60 * MINUTE
    world.fire("submit", plan=OTHER)

    world.undo(world.case.subject)

    assert GOALS["goals"] == world.written.forms["plan"]["goals"]
    assert OTHER["goals"] == world.written.drafts["plan"]["goals"]
    assert "drafting" == world.case.state


def test_a_return_taken_back_was_not_used(rules: str) -> None:
    """The cap counts it not, and the rater has not acted."""
    world = world_of(rules)
    world.fire("submit", plan=GOALS)
    rater = world.case.task.holder
    world.fire("return", reason="terlalu cepat")
    assert {"checking.return": 1} == world.case.uses

    world.undo(rater)

    assert {} == world.case.uses
    assert {"employee"} == world.case.acted.keys()
    assert rater == world.case.task.holder


def test_a_visit_that_was_taken_back_is_never_given_again(rules: str) -> None:
    """Whoever opened the form in it must not act on what is there by then."""
    world = world_of(rules)
    world.fire("submit", plan=GOALS)
    seen = world.case.visit
    world.undo(world.case.subject)
    assert 1 == world.case.visit

    world.fire("submit", plan=OTHER)

    assert seen + 1 == world.case.visit


def test_messages_of_the_move_wait_and_are_dropped(rules: str) -> None:
    """Nobody is told of what was taken back; of anything else nothing waits."""
    world = world_of(rules)
    sent = world.fire("submit", plan=GOALS)
    until = world.now + 30 * MINUTE
    notes = [one for one in sent.effects if isinstance(one, Notify)]
    assert [until] == [one.held_until for one in notes]

    done = world.undo(world.case.subject)

    assert [tuple(one.key for one in notes)] == [
        one.keys for one in done.effects if isinstance(one, DropHeld)
    ]
    assert [] == [one for one in done.effects if isinstance(one, Notify)]


def test_whoever_became_a_party_by_the_move_is_none_any_more(rules: str) -> None:
    """The rows that let them see the case end before they begin."""
    world = world_of(rules)
    sent = world.fire("submit", plan=GOALS)
    rater = world.case.task.holder
    came = [row for one in sent.effects if isinstance(one, Admit) for row in one.parties]
    assert {rater} == {row.person for row in came}

    done = world.undo(world.case.subject)

    gone = [row for one in done.effects if isinstance(one, Admit) for row in one.parties]
    assert {(row.person, row.role, row.how, row.first) for row in came if row.how == "task"} == {
        (row.person, row.role, row.how, row.first) for row in gone
    }
    assert not any(row.was for row in gone)


def test_the_time_is_over_to_the_microsecond(rules: str) -> None:
    """At the instant that was named nothing can be taken back, an instant before it can."""
    for late in (0, -1):
        world = world_of(rules)
        world.fire("submit", plan=GOALS)
        world.now = world.case.undoable.until + late
        if late == 0:
            with pytest.raises(NothingToUndo):
                world.undo(world.case.subject)
        else:
            world.undo(world.case.subject)
            assert "drafting" == world.case.state


def test_only_whoever_made_the_move_takes_it_back(rules: str) -> None:
    """Not their superior, not the personnel desk, not a colleague."""
    world = world_of(rules)
    world.fire("submit", plan=GOALS)
    subject = world.case.subject

    for other in (world.case.task.holder, on_desk("personnel"), colleague(subject)):
        with pytest.raises(WrongPerson):
            world.undo(other)
        assert open_to(world.case, other, world.now) is None
    assert "drafting.submit" == open_to(world.case, subject, world.now).act


def test_an_act_of_somebody_else_ends_it_and_is_named(rules: str) -> None:
    """Who, and when: the rater returned it a minute later."""
    world = world_of(rules)
    world.fire("submit", plan=GOALS)
    subject, rater = world.case.subject, world.case.task.holder
    world.now += MINUTE
    acted = world.now
    given = Extend(by=Duration(1, "working days"), actor=Actor(person=on_desk("personnel")), reason="cuti")
    world.obey(given)
    world.now += MINUTE

    with pytest.raises(ActedSince) as refused:
        world.undo(subject)

    assert (on_desk("personnel"), acted) == (refused.value.data["by"], refused.value.data["at"])
    assert open_to(world.case, subject, world.now) is None
    assert b"" == world.case.undoable.before
    assert rater == world.case.task.holder


def test_a_second_taking_back_finds_nothing(rules: str) -> None:
    """What was taken back is over; the move before it is not offered either."""
    world = world_of(rules)
    world.fire("submit", plan=GOALS)
    world.undo(world.case.subject)

    with pytest.raises(NothingToUndo):
        world.undo(world.case.subject)


def test_a_page_of_another_visit_and_an_unfit_reason_take_nothing_back(rules: str) -> None:
    """As with every act."""
    world = world_of(rules)
    world.fire("submit", plan=GOALS)
    actor = Actor(person=world.case.subject)

    with pytest.raises(StaleVisit):
        world.obey(Undo(actor=actor, visit=1, contents=world.written))
    with pytest.raises(FormInvalid):
        world.obey(Undo(actor=actor, reason="\x00", contents=world.written))
    assert "checking" == world.case.state


def test_it_ends_where_the_case_would_have_gone_on_by_itself(rules: str) -> None:
    """Nobody is brought back behind a moment that has passed meanwhile."""
    world = world_of(rules)
    late = next(alarm.at for one in world.case.deadlines for alarm in one.alarms if alarm.kind == "move")
    world.wait_until(date(2025, 12, 22))
    world.now = late - 10 * MINUTE
    world.rest()
    world.fire("submit", plan=GOALS)

    assert late == world.case.undoable.until


def test_a_rung_that_came_due_meanwhile_rings_at_once_and_only_once(rules: str) -> None:
    """Late is never lost: the clock goes on as if the move had not been made."""
    world = world_of(rules)
    rung = next(alarm for one in world.case.deadlines for alarm in one.alarms if alarm.kind == "rung")
    world.now = rung.at - 5 * MINUTE
    world.fire("submit", plan=GOALS)
    world.now = rung.at + 5 * MINUTE

    world.undo(world.case.subject)

    rung_entries = [one for one in world.steps if one.entry.kind == "rung"]
    assert 1 == len(rung_entries)
    assert rung_entries[0].entry.seq == world.case.seq
    clock = world.case.deadlines[0]
    assert all(one.at > world.now for one in clock.alarms)


def test_definitions_without_undo_offer_nothing() -> None:
    """Nothing is kept of their moves."""
    world = World(definition="tests/definitions/small")
    world.fire("submit", plan=GOALS)

    assert world.case.undoable is None
    with pytest.raises(NothingToUndo):
        world.undo(world.case.subject)


@pytest.mark.parametrize(("within", "spent"), [("in: [working, rating]", False), ("in: [rating]", True)])
def test_a_line_of_a_journal_counts_only_where_the_move_opened_it(
    tmp_path: Path, within: str, spent: bool
) -> None:
    """What could have been written as well before it hinders nobody, and stays written."""
    rules = varied(
        tmp_path,
        {
            "stop: {by: rater, to: rating}": "stop: {by: rater, to: rating, undo: 1 hour}",
            "in: [working, rating]": within,
        },
        of="journal",
    )
    world = World(definition=rules)
    rater = world.chart.superior(world.case.subject, OPENING).key
    world.fire("stop", by=rater)
    line = AddEntry(
        journal="remarks",
        values={"says": "teliti"},
        actor=Actor(person=rater),
        contents=world.written,
    )

    world.obey(line)

    if spent:
        with pytest.raises(ActedSince):
            world.undo(rater)
        return
    world.undo(rater)
    assert "working" == world.case.state
    assert 1 == world.case.journals["remarks"].count


def test_a_delegate_takes_back_what_they_did_and_its_giver_does_not(rules: str) -> None:
    """Delegates act for themselves: whose task it was has it again."""
    world = world_of(rules)
    world.fire("submit", plan=GOALS)
    giver = world.case.task.holder
    taker = colleague(world.case.subject, giver)
    lend(world, gives(giver, taker))
    world.fire("agree", by=taker)

    with pytest.raises(WrongPerson):
        world.undo(giver)
    world.undo(taker)

    assert giver == world.case.task.holder
    assert {"employee"} == world.case.acted.keys()


def test_a_task_whose_holder_has_left_meanwhile_goes_on_to_who_follows(rules: str) -> None:
    """The chart changed without touching the case as it stood: what comes back follows it at once."""
    world = world_of(rules)
    world.fire("submit", plan=GOALS)
    rater = world.case.task.holder
    world.fire("agree")
    world.chart = without(world.chart, rater, world.today - timedelta(days=1))

    steps = act_and_settle(
        world.machine,
        world.case,
        Undo(actor=Actor(person=rater)),
        world.written,
        world.scene,
    )

    assert ["undone", "followed"] == [one.entry.kind for one in steps]
    assert rater != steps[-1].case.task.holder
