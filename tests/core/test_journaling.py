"""Journals: what may be written when and by whom, checks of it, and looks at what was held."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from engine.core import parse
from engine.core.calendar import Calendar
from engine.core.chart import Chart
from engine.core.codec import decode
from engine.core.command import Actor, AddEntry, CheckEntries, Follow, OpenLink, ReleaseEntries, TellJournal
from engine.core.definition import Journal
from engine.core.definition.states import Pace
from engine.core.delegation import Delegation
from engine.core.effects import CloseTask, Notify, Step, WriteContent
from engine.core.journal_days import first_day, last_day, unfit_day
from engine.core.journal_pages import Page, pages, values_of
from engine.core.moments import Duration
from engine.errors import CaseClosed, FormInvalid, NotFound, ReasonMissing, Refused, WrongPerson
from tests.definitions_varied import varied
from tests.worlds import ROOT, World, calendar, on_desk

MONDAY = date(2026, 3, 2)


def journals(on: date = MONDAY) -> World:
    """A case that is all journals, on a Monday."""
    return World(definition="tests/definitions/journal", on=on)


def rater(world: World) -> str:
    """The employee's superior."""
    above = world.chart.superior(world.case.subject, MONDAY)
    assert above is not None
    return above.key


def colleague(world: World) -> str:
    """Somebody else in service in the employee's unit."""
    unit = world.chart.person(world.case.subject).unit
    kept = {world.case.subject, rater(world)}
    return next(
        one.key for one in world.chart.members(unit, MONDAY) if one.key not in kept and one.serves_on(MONDAY)
    )


def add(
    world: World, journal: str = "daily", by: str | None = None, about: date | None = None, **values: Any
) -> Step:
    """An entry by the employee, if nobody else."""
    form = world.machine.definition.journals[journal].form
    given = values or {field.name: "x" for field in world.machine.definition.forms[form].fields}
    actor = Actor(person=by or world.case.subject)
    return world.obey(AddEntry(journal=journal, values=given, actor=actor, about=about))


def check(
    world: World, *numbers: int, by: str | None = None, mark: Any = "confirmed", note: str = ""
) -> Step:
    """A check by the rater, if nobody else."""
    actor = Actor(person=by or rater(world))
    return world.obey(CheckEntries(journal="daily", numbers=numbers, actor=actor, mark=mark, note=note))


def lines(world: World) -> dict[str, tuple[Page, ...]]:
    """The journals as their content rows tell them."""
    rows = [
        (effect.form, one.entry.seq, decode(effect.value))
        for one in world.steps
        for effect in one.effects
        if isinstance(effect, WriteContent)
    ]
    return pages(rows)


def problems(error: FormInvalid) -> dict[str, str]:
    """What is wrong, by place, in English."""
    return {place: label.en for place, label in error.data["problems"].items()}  # type: ignore[attr-defined]


def test_an_entry_is_told_without_moving_the_case() -> None:
    """State, visit and clocks stay; the words are committed to and kept apart."""
    world = journals()
    before = world.case

    done = add(world, what="lima kunjungan")

    assert (before.state, before.visit, before.deadlines) == (
        world.case.state,
        world.case.visit,
        world.case.deadlines,
    )
    facts = world.facts("entered")[0]
    assert {"journal": "daily", "number": 1, "about": "2026-03-02", "author": before.subject} == facts[
        "entry"
    ]
    assert ["+daily"] == list(facts["content"])
    assert b"kunjungan" not in done.entry.body
    assert {} == world.case.filled
    assert {"what": "lima kunjungan"} == lines(world)["daily"][0].values


def test_an_entry_may_be_about_a_day_not_long_ago_once() -> None:
    """Five working days back, each working day once, none that is to come, no day off."""
    world = journals()
    add(world)
    add(world, about=date(2026, 2, 23))

    for about, told in {
        MONDAY: "There is an entry for that working day already.",
        date(2026, 2, 20): "The time to write about that day is over.",
        date(2026, 3, 1): "That day is not a working day.",
        date(2026, 3, 3): "That day is still to come.",
    }.items():
        with pytest.raises(FormInvalid) as refused:
            add(world, about=about)
        assert {"about": told} == problems(refused.value)


def test_without_late_an_entry_is_about_today() -> None:
    """Nothing is written afterwards."""
    with pytest.raises(FormInvalid) as refused:
        add(journals(), "weekly", about=date(2026, 2, 27))

    assert {"about": "An entry of this journal is about today and no other day."} == problems(refused.value)


def test_each_author_has_one_entry_a_week() -> None:
    """The rater's week is not the employee's; next week is another."""
    world = journals()
    add(world, "weekly")
    add(world, "weekly", by=rater(world))
    world.wait(1)
    with pytest.raises(FormInvalid) as refused:
        add(world, "weekly")
    world.wait_until(date(2026, 3, 9))
    add(world, "weekly")

    assert {"about": "There is an entry for that week already."} == problems(refused.value)
    assert 3 == world.case.journals["weekly"].count


def test_what_does_not_fit_the_form_is_told_with_the_day_at_once() -> None:
    """All problems together, nothing written."""
    world = journals()
    with pytest.raises(FormInvalid) as refused:
        add(world, about=date(2026, 3, 3), what="", other="x")

    assert {"work.what", "work.other", "about"} == set(problems(refused.value))
    assert {} == world.case.journals


def test_a_journal_is_for_those_it_names() -> None:
    """A colleague may remark on the employee, the employee not on themselves, a stranger on nobody."""
    world = journals()
    add(world, "remarks", by=colleague(world))
    add(world, "remarks", by=rater(world))

    stranger = next(
        one.key for one in world.chart.people(MONDAY) if one.unit != world.case.unit and not one.external
    )
    for nobody in (world.case.subject, stranger):
        with pytest.raises(WrongPerson):
            add(world, "remarks", by=nobody)
    with pytest.raises(WrongPerson):
        add(world, "daily", by=rater(world))
    with pytest.raises(WrongPerson):
        add(world, "views", by=rater(world), friendly="friendly")
    with pytest.raises(NotFound):
        world.obey(AddEntry(journal="diary", values={}, actor=Actor(person=world.case.subject)))


def test_a_journal_is_closed_outside_its_phases_and_with_the_case() -> None:
    """Where the rules do not open it nothing is written."""
    world = journals()
    world.fire("stop", by=rater(world))
    with pytest.raises(Refused) as refused:
        add(world)
    add(world, "weekly")
    world.fire("rate")
    with pytest.raises(CaseClosed):
        add(world, "weekly")

    assert "Jurnal ini sedang tidak dibuka" == refused.value.data["label"].id  # type: ignore[attr-defined]


def test_one_task_covers_what_may_be_checked_and_ends_with_the_last_check() -> None:
    """The rater is told once; confirming all of it closes the task."""
    world = journals()
    add(world)
    world.wait(1)
    add(world)
    task = world.case.journals["daily"].check

    assert task is not None
    assert ("check", rater(world), date(2026, 3, 6)) == (task.kind, task.holder, task.due_on)
    assert 1 == world.told.count((rater(world), "check"))
    check(world, 1)
    assert task == world.case.journals["daily"].check
    done = check(world, 2)
    assert [CloseTask(task_id=task.id, outcome="done")] == [
        one for one in done.effects if isinstance(one, CloseTask)
    ]
    assert ["confirmed", "confirmed"] == [page.mark for page in lines(world)["daily"]]


def test_whoever_checks_for_another_hears_of_it_as_they_do() -> None:
    """The rater let a colleague act for them: both are told of the first entry to be checked, one on whose behalf."""
    world = journals()
    giver, taker = rater(world), colleague(world)
    lent = Delegation(
        id="d-1", giver=giver, taker=taker, first=MONDAY, last=date(2026, 12, 31), given_at=world.now - 1
    )
    world.chart = Chart(segments=world.chart.segments, version="chart:lent", delegations=(lent,))
    done = add(world)
    told = [one for one in done.effects if isinstance(one, Notify) and one.kind == "check"]

    assert {giver, taker} == {one.to for one in told}
    assert [giver] == [one.data["behalf"] for one in told if one.to == taker]
    assert [world.case.journals["daily"].check.id] * 2 == [one.task_id for one in told]


def test_what_nobody_checked_in_time_stays_unchecked() -> None:
    """Due after three working days; the next entry's check is another."""
    world = journals()
    add(world)
    world.wait(4)
    with pytest.raises(Refused):
        check(world, 1)
    add(world)

    assert [2] == [one.number for one in world.case.journals["daily"].unchecked]
    assert ["", ""] == [page.mark for page in lines(world)["daily"]]


def test_asking_again_needs_a_note_and_frees_that_day() -> None:
    """The author is told, and may write about it once more."""
    world = journals()
    add(world)
    with pytest.raises(ReasonMissing):
        check(world, 1, mark="asked")
    check(world, 1, mark="asked", note="tautan bukti tidak terbuka")
    add(world, what="dengan bukti")

    assert (world.case.subject, "asked_again") in world.told
    assert ["asked", ""] == [page.mark for page in lines(world)["daily"]]


def test_only_who_the_rules_name_checks_and_nobody_their_own() -> None:
    """The employee cannot confirm the employee's entries, nor anything twice."""
    world = journals()
    add(world)
    with pytest.raises(WrongPerson):
        check(world, 1, by=world.case.subject)
    check(world, 1)
    with pytest.raises(Refused):
        check(world, 1)
    with pytest.raises(Refused):
        check(world)


def under_another(world: World) -> str:
    """The chart gives the employee another superior; who it is."""
    before = rater(world)
    new = next(
        one
        for one in world.chart.people(MONDAY)
        if one.key not in {before, world.case.subject} and one.serves_on(MONDAY) and not one.external
    )
    segments = tuple(
        replace(one, superior=new.person_id) if one.key == world.case.subject else one
        for one in world.chart.segments
    )
    world.chart = Chart(segments=segments, version="chart:other")
    return new.key


def test_a_check_follows_the_superior_with_all_that_may_still_be_checked() -> None:
    """The role is asked as of now: the task passes on, both are told, and whoever has it now may check all of it."""
    world = journals()
    add(world)
    world.wait(1)
    add(world)
    before, after = rater(world), under_another(world)
    done = world.obey(Follow())

    task = world.case.journals["daily"].check
    assert task is not None
    assert (after, "followed") == (task.holder, task.since)
    told_now = {(note.to, note.kind, note.task_id) for note in done.effects if isinstance(note, Notify)}
    assert {(after, "check", task.id), (before, "handed_over", task.id)} == told_now
    with pytest.raises(WrongPerson):
        check(world, 1, by=before)
    check(world, 1, 2, by=after)
    assert world.case.journals["daily"].check is None
    with pytest.raises(Refused, match="where the chart says"):
        world.obey(Follow())


def test_a_check_whose_role_was_fixed_on_entry_stays_where_it_is(tmp_path: Path) -> None:
    """Another superior from today on changes nothing of it."""
    told = varied(
        tmp_path, {"{superior_of: employee}": "{superior_of: employee, as_of: entry}"}, of="journal"
    )
    world = World(definition=told, on=MONDAY)
    add(world)
    under_another(world)
    with pytest.raises(Refused, match="where the chart says"):
        world.obey(Follow())


def test_a_check_whose_time_is_over_follows_nobody() -> None:
    """There is nothing left to be checked."""
    world = journals()
    add(world)
    world.wait(4)
    under_another(world)
    with pytest.raises(Refused, match="where the chart says"):
        world.obey(Follow())


def test_a_check_ends_with_the_case() -> None:
    """Nothing is checked in a closed case."""
    world = journals()
    add(world)
    task = world.case.journals["daily"].check
    world.fire("stop", by=rater(world))
    done = world.fire("rate")

    assert task is not None
    assert CloseTask(task_id=task.id, outcome="withdrawn") in done.effects
    with pytest.raises(CaseClosed):
        check(world, 1)


def test_what_is_held_counts_only_once_the_personnel_desk_released_it() -> None:
    """Withholding needs a reason; the desk was told of each."""
    world = journals()
    desk = on_desk("personnel")
    for says in ("baik", "kasar"):
        add(world, "remarks", by=colleague(world), says=says)
    assert {"remarks": ()} == values_of(lines(world))
    with pytest.raises(ReasonMissing):
        world.obey(ReleaseEntries(journal="remarks", numbers=(2,), actor=Actor(person=desk), mark="withheld"))
    with pytest.raises(WrongPerson):
        world.obey(ReleaseEntries(journal="remarks", numbers=(1,), actor=Actor(person=rater(world))))

    world.obey(ReleaseEntries(journal="remarks", numbers=(1,), actor=Actor(person=desk)))
    world.obey(
        ReleaseEntries(
            journal="remarks", numbers=(2,), actor=Actor(person=desk), mark="withheld", reason="menghina"
        )
    )

    assert 2 == world.told.count((desk, "held"))
    assert {"remarks": ({"says": "baik"},)} == values_of(lines(world))
    with pytest.raises(Refused):
        world.obey(ReleaseEntries(journal="remarks", numbers=(1,), actor=Actor(person=desk)))


def test_an_act_may_add_its_form_to_a_journal() -> None:
    """One entry of the stream tells both."""
    world = journals()
    world.fire("observe", by=rater(world), note={"says": "memandu tamu"})

    facts = world.facts("stayed")[0]
    assert {"note", "+observations"} == set(facts["content"])
    assert "observations" == facts["entry"]["journal"]
    assert {"says": "memandu tamu"} == lines(world)["observations"][0].values


def test_the_form_of_a_task_may_be_added_to_a_journal(tmp_path: Path) -> None:
    """The holder's act fills the task's form, and that is what the journal gets."""
    form = "shows: [daily, views, work_days, friendly]"
    told = varied(
        tmp_path,
        {form: f"form: note, {form}", "rate: {to: done}": "rate: {to: done, adds: observations}"},
        of="journal",
    )
    world = World(definition=told, on=MONDAY)
    world.fire("stop", by=rater(world))
    world.fire("rate", note={"says": "tekun"})

    assert {"says": "tekun"} == lines(world)["observations"][0].values


def test_an_anonymous_journal_is_told_once_when_its_time_is_over() -> None:
    """By how many and what binds them, never one by one."""
    world = journals()
    told = TellJournal(journal="views", count=3, digest="ab" * 32)
    with pytest.raises(Refused):
        world.obey(told)
    world.fire("stop", by=rater(world))
    world.obey(told)

    assert {"journal": "views", "count": 3, "digest": "ab" * 32} == world.facts("journal_told")[0]["entry"]
    with pytest.raises(Refused):
        world.obey(told)


def test_a_link_is_made_by_the_personnel_desk_for_people_from_outside_only() -> None:
    """Not by those it is about, and not for a journal of the chart's people."""
    world = journals()
    world.obey(OpenLink(journal="views", actor=Actor(person=on_desk("personnel"))))
    for journal, person in (
        ("views", world.case.subject),
        ("views", rater(world)),
        ("daily", on_desk("personnel")),
    ):
        with pytest.raises(Refused):
            world.obey(OpenLink(journal=journal, actor=Actor(person=person)))

    assert 1 == len(world.facts("link_opened"))


def test_few_anonymous_entries_are_given_to_nobody() -> None:
    """Below the number the journal is missing, not empty; from it on in no order of time."""
    few = [
        ("+views", -number, {"number": number, "values": {"says": says}, "few": 3})
        for number, says in ((1, "b"), (2, "a"))
    ]
    more = [*few, ("+views", -3, {"number": 3, "values": {"says": "A"}, "few": 3})]

    assert {} == values_of(pages(few))
    assert {"views": ({"says": "A"}, {"says": "a"}, {"says": "b"})} == values_of(pages(more))


DAYS = some.dates(date(2026, 1, 5), date(2026, 12, 20))


@settings(max_examples=200, deadline=None)
@given(
    some.sampled_from(("day", "working day", "week", "month")),
    some.none()
    | some.builds(Duration, some.integers(1, 30), some.sampled_from(("days", "working days", "weeks"))),
    some.lists(some.tuples(DAYS, some.integers(-40, 3)), max_size=30),
)
def test_whatever_the_days_no_stretch_has_two_entries_and_none_is_late(
    pace: Pace, late: Duration | None, tries: list[tuple[date, int]]
) -> None:
    """Over random days and delays on the real calendar."""
    journal = Journal(name="j", by=("employee",), form="f", one_per=pace, late=late)
    days: Calendar = calendar()
    written: list[date] = []
    for today, back in sorted(tries):
        about = date.fromordinal(today.toordinal() + back)
        taken = frozenset(first_day(pace, one) for one in written)
        if unfit_day(journal, about, today, days, taken) is None:
            assert about <= today
            assert about == today or (late is not None and days.add(about, late.amount, late.unit) >= today)
            assert pace != "working day" or days.is_working(about)
            written.append(about)

    stretches = [first_day(pace, one) for one in written]
    assert len(stretches) == len(set(stretches))
    assert all(first <= one <= last_day(pace, first) for first, one in zip(stretches, written, strict=True))


@settings(max_examples=30, deadline=None)
@given(some.lists(some.tuples(some.integers(0, 3), some.integers(0, 6)), max_size=12))
def test_a_case_remembers_of_a_journal_only_what_an_entry_may_still_concern(
    moves: list[tuple[int, int]],
) -> None:
    """However many entries: at most those of the days one may still write about, and of the checks that are open."""
    world = journals()
    for days, back in moves:
        if days:
            world.wait(days, "days")
        about = date.fromordinal(world.today.toordinal() - back)
        try:
            add(world, about=about)
        except FormInvalid:
            continue
        book = world.case.journals["daily"]
        assert len(book.taken) == len(set(book.taken)) <= 6
        assert all(calendar().add(first, 5, "working days") >= world.today for _, first in book.taken)
        assert len(book.unchecked) <= 6 * 4


def test_a_journal_may_be_called_as_its_own_form_and_as_no_other() -> None:
    """Whoever may read the one may read the other; anything else of that name is a clash."""
    rules, texts = (
        (ROOT / f"tests/definitions/journal{end}.yaml").read_text(encoding="utf-8") for end in ("", ".texts")
    )
    alike = rules.replace("  weekly: {by", "  note: {by")
    named = texts.replace("  weekly: {id", "  note: {id")
    other = alike.replace("form: note, one_per: week", "form: work, one_per: week")

    assert [] == [one.code for one in parse.problems(alike, named) if one.severity == "error"]
    assert ["clash"] == [one.code for one in parse.problems(other, named) if one.severity == "error"]
