"""Gatherings: each answers once, enough is enough, and what comes of it is whole or nothing."""

from __future__ import annotations

import pytest

from engine.core.command import Actor, Cancel, End, Extend, Follow, Pause, Reassign, Remind, Resume
from engine.core.following import must_follow
from engine.core.moments import Duration
from engine.core.outlook import if_nobody_acts
from engine.core.step import act_and_settle
from engine.core.visibility import readable
from engine.errors import FormInvalid, Refused, UnknownTrigger, WrongPerson
from tests.gatherings import answering, asked, both, members, signing, staffed, view
from tests.worlds import World, on_desk, without

BUSY = "sedang dinas luar"


def explaining() -> World:
    """A case in which employee and rater explain."""
    world = answering()
    for number, peer in enumerate(asked(world), 1):
        world.fire("answer", by=peer, view=view(number))
    return world


def board_meets() -> World:
    """A case that waits for two of three results of the board."""
    world = explaining()
    for person in both(world):
        world.fire("answer", by=person, note={"says": "begini"})
    return world


def test_everybody_asked_has_a_task_of_their_own() -> None:
    """Employee and rater are asked, each with the same due day, and the one who did not bring it here is told."""
    world = signing()
    employee, rater = both(world)

    assert world.case.task is None
    assert [employee, rater] == [task.holder for task in world.case.waiting]
    assert ["employee", "rater"] == [task.role for task in world.case.waiting]
    assert {"answer"} == {task.kind for task in world.case.waiting}
    assert 1 == len({task.due_on for task in world.case.waiting})
    assert (rater, "task") in world.told
    assert (employee, "task") not in world.told[-1:]


def test_it_is_gathered_when_all_have_answered() -> None:
    """The last answer moves the case at the same instant; before it nothing moves."""
    world = explaining()
    employee, rater = both(world)
    world.fire("answer", by=rater, note={"says": "satu"})
    between = world.case.state
    done = world.fire("answer", by=employee, note={"says": "dua"})

    assert "both_explain" == between
    assert "answered" == done.entry.kind
    assert "tested" == world.case.state
    assert world.steps[-1].entry.at == done.entry.at
    assert {"both_explain": "gathered"} != world.case.facts
    assert () == world.case.facts


@pytest.mark.parametrize(
    "command",
    [End(parent=""), Cancel(cancelling="cancelling-1", actor=Actor(person=on_desk("personnel")))],
    ids=["ended with another", "cancelled"],
)
def test_what_was_answered_by_then_is_kept_when_the_case_is_over_from_outside(command: End | Cancel) -> None:
    """An act of others ends the gathering as its time would: the answers there are become its outcome."""
    world = explaining()
    _, rater = both(world)
    world.fire("answer", by=rater, note={"says": "satu"})
    for done in act_and_settle(world.machine, world.case, command, world.written, world.scene):
        world.keep(done)

    told = world.case.gathered["note"]
    assert (2, 1, (rater,)) == (told.asked, told.answered, told.by)
    assert [{"says": "satu"}] == world.written.gathered["note"]
    assert () == world.case.tasks


def test_it_is_gathered_when_the_need_is_met() -> None:
    """Two of three are enough: the third is asked no more."""
    world = board_meets()
    first, second, third = members(world.chart, "board")
    world.fire("answer", by=first, test={"result": "fit"})
    world.fire("answer", by=second, test={"result": "unfit"})

    assert "done" == world.case.state
    assert (3, 2, True) == (
        world.case.gathered["test"].asked,
        world.case.gathered["test"].answered,
        world.case.gathered["test"].enough,
    )
    assert (first, second) == world.case.gathered["test"].by
    assert third not in {task.holder for task in world.case.tasks}
    assert [{"result": "fit"}, {"result": "unfit"}] == world.written.gathered["test"]


def test_each_answers_once() -> None:
    """Whoever has answered holds nothing any more, and whoever was not asked never did."""
    world = board_meets()
    first = members(world.chart, "board")[0]
    world.fire("answer", by=first, test={"result": "fit"})

    for person in (first, world.case.subject, members(world.chart, "peers")[0]):
        with pytest.raises(WrongPerson):
            world.fire("answer", by=person, test={"result": "unfit"})
    assert "answered" == asked(world)[first]


def test_an_answer_must_be_whole() -> None:
    """An answer that does not fit its form is refused, field by field, and counts for nothing."""
    world = board_meets()
    first = members(world.chart, "board")[0]

    with pytest.raises(FormInvalid) as refused:
        world.fire("answer", by=first, test={"result": "maybe"})

    assert ["test.result"] == list(refused.value.data["problems"])
    assert "waiting" == asked(world)[first]


def test_nobody_declines_who_may_not() -> None:
    """Where `may_decline` is not said there is no such act."""
    world = board_meets()

    with pytest.raises(UnknownTrigger):
        world.fire("decline", by=members(world.chart, "board")[0])


def test_at_due_only_a_moment_moves_on() -> None:
    """Without an `at` the board goes on being waited for; with one the case moves with what there is."""
    silent = board_meets()
    silent.wait(30)
    heard = explaining()
    _, rater = both(heard)
    heard.fire("answer", by=rater, note={"says": "satu"})
    heard.wait(10)

    assert "tested" == silent.case.state
    assert "tested" == heard.case.state
    assert [{"says": "satu"}] == heard.written.gathered["note"]


def test_below_least_there_is_not_enough_and_nothing_of_it() -> None:
    """One answer where it takes more: the gathering is over and there is nothing to read."""
    world = answering()
    world.fire("answer", by=next(iter(asked(world))), view=view(3))
    world.wait(15)

    assert not world.case.gathered["views"].enough
    assert 1 == world.case.gathered["views"].answered
    assert "views" not in world.written.gathered
    told = world.facts("moved")[-1]["gathered"]
    assert {"name": "views", "asked": 4, "answered": 1, "declined": 0, "dropped": 0, "enough": False} == told


def test_who_declines_is_waited_for_no_more() -> None:
    """Three answer and one declines: all are heard."""
    world = answering()
    first, *others = asked(world)
    world.fire("decline", by=first)
    for number, peer in enumerate(others, 1):
        world.fire("answer", by=peer, view=view(number))

    assert "both_explain" == world.case.state
    assert (3, 1) == (world.case.gathered["views"].answered, world.case.gathered["views"].declined)


def test_who_leaves_drops_out_and_stays_marked() -> None:
    """A peer whose last day has passed is asked no more; if nobody else is waited for, it is gathered."""
    world = answering()
    first, *others = asked(world)
    for number, peer in enumerate(others, 1):
        world.fire("answer", by=peer, view=view(number))
    world.chart = without(world.chart, first, world.today)
    world.wait(1)
    world.obey(Follow())

    assert [first] == world.facts("followed")[-1]["dropped"]
    assert "both_explain" == world.case.state
    assert 1 == world.case.gathered["views"].dropped
    assert 3 == len(world.written.gathered["views"])


def test_who_answered_before_leaving_is_still_heard() -> None:
    """An answer that was given stays given."""
    world = board_meets()
    first, second, _ = members(world.chart, "board")
    world.fire("answer", by=first, test={"result": "fit"})
    world.chart = without(world.chart, first, world.today)
    world.wait(1)

    assert () == must_follow(world.machine, world.case, world.scene)
    world.fire("answer", by=second, test={"result": "fit"})
    assert "done" == world.case.state


def test_an_officials_part_follows_whoever_holds_the_role() -> None:
    """The rater leaves before signing: whoever leads now is asked in their place."""
    world = signing()
    _, before = both(world)
    world.chart = without(world.chart, before, world.today)
    world.wait(1)
    world.obey(Follow())
    _, after = both(world)

    assert before != after
    assert [before, after] == [to for to, kind in world.told[-2:]][::-1]
    assert "both_sign" == world.case.state


def test_everybody_who_has_not_answered_is_reminded() -> None:
    """`holder` is everybody still waited for, and nobody else."""
    world = board_meets()
    first, second, third = members(world.chart, "board")
    world.fire("answer", by=second, test={"result": "fit"})
    world.wait(11)

    assert {first, third} == {to for to, kind in world.told if kind == "reminder" and to != second}
    assert second not in {to for to, kind in world.told if kind == "reminder"}


def test_an_official_is_stood_in_for_and_a_named_one_is_not() -> None:
    """A rung passes the rater's part on; the employee's own and a committee member's stay theirs."""
    official = signing()
    employee, rater = both(official)
    official.wait(16)
    named = board_meets()
    board = set(asked(named))
    named.wait(25)

    assert employee in asked(official)
    assert rater not in asked(official)
    assert board == set(asked(named))
    assert "reassign" in str(named.facts("rung")[-1])


def test_one_escalation_asks_somebody_to_step_in_for_all_who_are_late() -> None:
    """The reviewer is asked once, and no longer once everybody has answered."""
    world = board_meets()
    first, second, third = members(world.chart, "board")
    world.wait(13)
    (escalation,) = world.case.escalations

    assert {(first, "escalated"), (second, "escalated"), (third, "escalated")} <= set(world.told)
    world.fire("answer", by=first, test={"result": "fit"})
    world.fire("answer", by=third, test={"result": "fit"})
    assert "done" == world.case.state
    assert () == world.case.escalations
    assert escalation.holder not in {first, second, third}


def test_more_time_a_pause_and_a_reminder_reach_everybody_who_is_waited_for() -> None:
    """Steering works on the one clock of the gathering, and all its tasks know the new day."""
    world = board_meets()
    desk = Actor(person=on_desk("personnel"))
    first = members(world.chart, "board")[0]
    world.fire("answer", by=first, test={"result": "fit"})
    before = world.case.waiting[0].due_on
    world.obey(Extend(by=Duration(3, "working days"), actor=desk, reason=BUSY))
    after = {task.due_on for task in world.case.waiting}
    world.obey(Pause(kind="leave", actor=desk, reason=BUSY))
    world.wait(4)
    world.obey(Resume(actor=desk, reason=BUSY))
    resumed = {task.due_on for task in world.case.waiting}
    world.obey(Remind(actor=desk, note=BUSY))

    assert before is not None
    assert 1 == len(after) == len(resumed)
    assert before < after.pop() < resumed.pop()
    assert {(task.holder, "reminder") for task in world.case.waiting} == set(world.told[-2:])


def test_only_an_officials_part_is_given_away() -> None:
    """The desk may let somebody sign in the rater's place, never in the employee's and never for who was named."""
    world = signing()
    _, rater = both(world)
    other = members(world.chart, "peers")[0]
    desk = Actor(person=on_desk("personnel"))
    world.obey(Reassign(to=other, actor=desk, reason=BUSY))
    named = board_meets()

    assert other in asked(world)
    assert rater not in asked(world)
    with pytest.raises(Refused, match="who was asked by name"):
        named.obey(Reassign(to=other, actor=desk, reason=BUSY))


def test_what_will_happen_if_nobody_acts_is_told() -> None:
    """Every rung of the ladder with everybody it reaches, up to the move."""
    world = signing()
    employee, rater = both(world)
    coming = if_nobody_acts(world.machine, world.case, world.written, world.scene)
    world.wait(26)

    assert ((employee, "reminder"), (rater, "reminder")) == coming[0].told
    assert rater not in {None, coming[4].taken_by}
    assert "peers_answer" == coming[-1].to == world.case.state


def test_an_answerer_reads_what_is_shown_while_it_is_gathered() -> None:
    """Who is asked reads what the gathering shows, also after answering; nobody else does."""
    world = answering()
    peer, other, *_ = asked(world)
    world.fire("answer", by=peer, view=view(1))
    board = members(world.chart, "board")[0]

    for person in (peer, other):
        assert "plan" in readable(world.machine.definition, world.case, person, ())
    assert "plan" not in readable(world.machine.definition, world.case, board, ())


def test_who_answers_in_a_role_is_kept_apart_from_other_roles() -> None:
    """The case remembers who acted as what, so that duties stay apart by what was done."""
    world = board_meets()
    first = members(world.chart, "board")[0]
    world.fire("answer", by=first, test={"result": "fit"})

    assert (first,) == world.case.acted["board"]


def test_a_gathering_of_nobody_is_over_at_once() -> None:
    """Without any peer on the chart the case goes on, with nothing gathered."""
    world = signing(staffed(peers=0))
    for person in both(world):
        world.fire("sign", by=person)

    assert "both_explain" == world.case.state
    assert (0, False) == (world.case.gathered["views"].asked, world.case.gathered["views"].enough)
