"""Promises watched: what each step makes of them, on the day, with the entries that show it, and who must look."""

from __future__ import annotations

from dataclasses import replace as set_in
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest

from engine.core.assigning import PERSONNEL, on_personnel_desk
from engine.core.calendar import Calendar, DayOff, Decree
from engine.core.case import Case, Deadline, Watch
from engine.core.codec import decode, replace
from engine.core.command import TIMER, Acknowledge, Actor, Cancel, Extend, Follow, Notice, Pause, Recount
from engine.core.delegating import hindrance
from engine.core.following import must_follow
from engine.core.machine import Machine, compile_machine
from engine.core.moments import Duration
from engine.core.recounting import recount
from engine.errors import ReasonMissing, Refused, WrongPerson
from tests.proof.grounds import NATIONAL, changed
from tests.worlds import World, calendar, on_desk, plan, without

_PLACE = "\nvisibility:"


@cache
def promising(*promises: str) -> Machine:
    """The national cycle, which promises this as well."""
    listed = ", ".join(promises)
    return compile_machine(changed(NATIONAL, {_PLACE: f"\npromises: [{listed}]{_PLACE}"}))


def world(*promises: str) -> World:
    return World(rules=promising(*promises))


def watch(one: World, number: int = 0) -> Watch:
    return one.case.promises[number]


def told(one: World) -> list[dict[str, Any]]:
    """What the entries tell of promises that were not kept."""
    return [line for step in one.steps for line in decode(step.entry.body).get("promises", [])]


def drafted(one: World) -> World:
    one.fire("submit", plan=plan(60, 40))
    return one


def test_a_case_begins_with_every_promise_open() -> None:
    one = world("{never: running, before: set_plan}", "{at_most: 6, of: running}")
    assert [("open", ""), ("open", "")] == [(each.standing, each.cause) for each in one.case.promises]


def test_what_must_not_come_first_breaks_its_promise_at_once_and_the_entry_says_so() -> None:
    one = drafted(world("{never: submit, before: running}"))
    assert ("broken", "happened", (one.case.seq,)) == (
        watch(one).standing,
        watch(one).cause,
        watch(one).evidence,
    )
    assert "moved" == one.steps[-1].entry.kind
    (line,) = told(one)
    assert (0, "broken", [one.case.seq]) == (line["promise"], line["standing"], line["evidence"])


def test_what_came_first_settles_its_promise_for_good() -> None:
    one = drafted(world("{never: running, before: submit}"))
    assert ("kept", (one.case.seq,)) == (watch(one).standing, watch(one).evidence)


def test_what_follows_in_time_leaves_its_promise_open_and_stops_its_clock() -> None:
    one = world("{after: employee_drafts, always: submit, within: 20 working days}")
    assert 1 == watch(one).begun
    (clock,) = (each for each in one.case.deadlines if each.name == "promise:0")
    assert calendar().add(one.today, 20, "working days") == clock.due_on
    drafted(one)
    assert ("open", 0) == (watch(one).standing, watch(one).begun)
    assert not any(each.name == "promise:0" for each in one.case.deadlines)


def test_a_promise_with_a_day_is_broken_when_the_day_is_over_and_not_when_somebody_looks() -> None:
    one = world("{after: employee_drafts, always: submit, within: 2 working days}")
    due = calendar().add(one.today, 2, "working days")
    at = calendar().end_of(due, one.case.zone)
    assert at == one.case.next_at
    one.wait_until(due + timedelta(days=1))
    (line,) = one.facts("promise")
    assert ({"promise": 0, "due": due.isoformat()}, 0) == (line["cause"], line["late_us"])
    assert ("broken", "day", (1, one.steps[-1].case.seq), at) == (
        watch(one).standing,
        watch(one).cause,
        watch(one).evidence,
        watch(one).at,
    )


def test_an_act_on_the_last_day_keeps_a_promise() -> None:
    one = world("{after: employee_drafts, always: submit, within: 2 working days}")
    one.now = calendar().end_of(calendar().add(one.today, 2, "working days"), one.case.zone)
    drafted(one)
    assert "open" == watch(one).standing


def test_neither_a_pause_nor_granted_time_moves_the_day_of_a_promise() -> None:
    one = world("{after: employee_drafts, always: submit, within: 4 working days}")
    before = _clock(one)
    desk = Actor(person=_desk(one))
    more = Duration(amount=3, unit="working days")
    one.obey(Extend(by=more, actor=desk, reason="masih dinas luar"))
    one.obey(Pause(kind="leave", actor=desk, reason="cuti"))
    after = _clock(one)
    assert before == after


def test_another_calendar_counts_the_day_of_a_promise_again() -> None:
    one = world("{after: employee_drafts, always: submit, within: 20 working days}")
    off = calendar().add(one.today, 3, "working days")
    days = tuple(
        DayOff(date=day, kind="holiday", id="Libur", en="A day off")
        for day in (off, *(each for each in _all_off(one.today)))
    )
    decree = Decree(title="uji", issued=date(2025, 11, 1), year=2025, added=days)
    later = set_in(one.scene, calendar=Calendar.build("uji", [decree]))
    done = recount(one.machine, one.case, Recount(actor=Actor(person=_desk(one)), reason="SKB"), later)
    (after,) = (each for each in done.case.deadlines if each.name == "promise:0")
    assert later.calendar.add(one.today, 20, "working days") == after.due_on
    assert _clock(one).due_on < after.due_on
    assert [after.due_at] == [alarm.at for alarm in after.alarms]


def _all_off(since: date) -> list[date]:
    """The days off of December that the shipped calendar knows."""
    days = [since + timedelta(number) for number in range(31)]
    return [day for day in days if day.weekday() < 5 and not calendar().is_working(day)]


def _clock(one: World) -> Deadline:
    return next(each for each in one.case.deadlines if each.name == "promise:0")


def _desk(one: World) -> str:
    return next(
        each.key for each in one.chart.people(one.today) if on_personnel_desk(one.case, each.key, one.scene)
    )


def test_a_case_that_ends_by_its_day_keeps_what_it_promised_and_one_that_does_not_breaks_it() -> None:
    late = world("{ends_by: 2026-06-30}")
    late.wait_until(date(2026, 7, 2))
    assert ("broken", "day") == (watch(late).standing, watch(late).cause)
    kept = world("{ends_by: 2030-12-31}")
    kept.wait_until(date(2029, 12, 1))
    assert kept.case.ended
    assert ("kept", "ended") == (watch(kept).standing, watch(kept).cause)
    assert () == kept.case.deadlines


def test_what_can_no_longer_follow_is_lost_before_the_case_ends_and_asks_once() -> None:
    one = drafted(world("{after: submit, always: send_back}"))
    one.fire("pass")
    assert "open" == watch(one).standing
    one.fire("agree")
    assert ("lost", "unreachable") == (watch(one).standing, watch(one).cause)
    assert watch(one).task is not None
    one.wait_until(date(2030, 1, 1))
    assert one.case.ended
    assert ("broken", "ended") == (watch(one).standing, watch(one).cause)
    assert [("lost", "unreachable"), ("broken", "ended")] == [
        (line["standing"], line["cause"]) for line in told(one)
    ]
    assert 1 == sum(kind == "breach" for _, kind in one.told)


def test_what_ends_a_case_from_outside_breaks_nothing_and_asks_nobody() -> None:
    one = drafted(world("{after: submit, always: disclosed}"))
    one.obey(Notice(fact="employee leaves", actor=TIMER, contents=one.written))
    assert one.case.ended
    assert ("lost", "outside", None) == (watch(one).standing, watch(one).cause, watch(one).task)


def test_a_breach_asks_the_personnel_desk_to_look_and_stays_until_somebody_says_what_was_done() -> None:
    one = drafted(world("{never: submit, before: running}"))
    task = watch(one).task
    assert task is not None
    assert ("breach", PERSONNEL) == (task.kind, task.role)
    assert on_personnel_desk(one.case, task.holder, one.scene)
    assert (task.holder, "breach") in one.told
    one.wait_until(date(2029, 12, 1))
    assert one.case.ended
    assert (task,) == one.case.breaches
    with pytest.raises(ReasonMissing):
        one.obey(Acknowledge(promise=0, actor=Actor(person=task.holder), reason=" "))
    one.obey(Acknowledge(promise=0, actor=Actor(person=task.holder), reason="sudah dijelaskan"))
    assert () == one.case.breaches
    assert ("broken", one.case.seq) == (watch(one).standing, watch(one).acknowledged)
    with pytest.raises(Refused):
        one.obey(Acknowledge(promise=0, actor=Actor(person=task.holder), reason="lagi"))


def test_only_the_desk_acknowledges_a_breach_and_nobody_their_own() -> None:
    one = drafted(world("{never: submit, before: running}"))
    other = next(
        each.key for each in one.chart.people(one.today) if not each.duties and each.key != one.case.subject
    )
    for person in (one.case.subject, other):
        with pytest.raises(WrongPerson):
            one.obey(Acknowledge(promise=0, actor=Actor(person=person), reason="sudah"))


def test_a_breach_is_never_looked_at_by_whoever_broke_it_if_there_is_another() -> None:
    first = drafted(world("{never: submit, before: running}"))
    task = watch(first).task
    assert task is not None
    people = first.chart
    # The subject's own desk: somebody of it submits their plan too soon.
    theirs = next(each for each in people.people(first.today) if each.key == on_desk("personnel"))
    second = World(theirs, rules=promising("{never: submit, before: running}"))
    second.fire("submit", plan=plan(60, 40))
    asked = watch(second).task
    assert asked is not None
    assert theirs.key != asked.holder


def test_the_look_at_a_breach_is_not_lent_to_anybody_since_the_whole_desk_may_look() -> None:
    one = drafted(world("{never: submit, before: running}"))
    (task,) = one.case.breaches
    assert "role" == hindrance(one.machine.definition, one.case, task, (), one.scene)
    others = [
        each.key
        for each in one.chart.people(one.today)
        if each.key != task.holder and on_personnel_desk(one.case, each.key, one.scene)
    ]
    assert others
    one.obey(Acknowledge(promise=0, actor=Actor(person=others[0]), reason="sudah"))
    assert () == one.case.breaches


def test_one_person_who_does_two_acts_that_are_never_one_persons_breaks_that_promise() -> None:
    one = world("{never_same: [submit, agree]}")
    drafted(one)
    assert (("submit", one.case.subject, one.case.seq),) == watch(one).acts
    one.fire("pass")
    one.fire("agree")
    assert "open" == watch(one).standing


def test_more_often_than_promised_breaks_it() -> None:
    one = world("{at_most: 1, of: employee_drafts}")
    drafted(one)
    one.fire("send_back", reason="perbaiki")
    assert ("broken", 2) == (watch(one).standing, watch(one).count)


def test_what_was_never_broken_is_kept_when_the_case_is_cancelled_and_what_was_owed_is_lost() -> None:
    """Handed in once of at most twice keeps that promise; what was to follow is owed no more, and asks nobody."""
    one = drafted(world("{at_most: 2, of: submit}", "{after: submit, always: done}"))
    one.obey(Cancel(cancelling="cancelling-1", actor=Actor(person=on_desk("personnel"))))

    assert ["kept", "lost"] == [watch(one, number).standing for number in (0, 1)]
    assert ("ended", "outside") == (watch(one, 0).cause, watch(one, 1).cause)
    assert () == one.case.breaches


def test_a_stored_case_from_before_promises_were_watched_still_loads_and_moves() -> None:
    one = world("{never: submit, before: running}")
    one.steps[-1] = set_in(one.steps[-1], case=_without(one))
    drafted(one)
    assert () == one.case.promises


def _without(one: World) -> Case:
    return replace(one.case, promises=(), deadlines=())


def test_the_look_at_a_breach_follows_to_another_of_the_desk_also_after_the_case_ended() -> None:
    for ended in (False, True):
        one = drafted(world("{never: submit, before: running}"))
        if ended:
            one.wait_until(date(2029, 12, 1))
        (task,) = one.case.breaches
        assert ended == bool(one.case.ended)
        assert () == must_follow(one.machine, one.case, one.scene)
        one.chart = without(one.chart, task.holder, one.today - timedelta(days=1))
        one.obey(Follow())
        (after,) = one.case.breaches
        assert (task.id, "followed") == (after.id, after.since)
        assert task.holder != after.holder
        assert on_personnel_desk(one.case, after.holder, one.scene)
        assert {(after.holder, "breach"), (task.holder, "handed_over")} <= set(one.told)
        assert () == must_follow(one.machine, one.case, one.scene)
