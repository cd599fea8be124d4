"""A definition's own pauses: begun by people or by facts, over by themselves, exact in what they leave."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.core.case import Deadline
from engine.core.command import TIMER, Actor, Contents, Extend, Notice, Pause, Resume
from engine.core.horizon import latest_end
from engine.core.moments import Duration
from engine.core.outlook import silent_end
from engine.core.pausing import PAUSES, in_force, reasons
from engine.errors import Refused, WrongPerson
from tests.definitions_varied import varied
from tests.worlds import ZONE, World, calendar, on_desk

HR = Actor(person=on_desk("personnel"))
BASE = "\nforms:\n"
TEXTS = {
    BASE: (
        "\npauses:\n  plan_above: {id: rencana atasan, en: the plan above}\n  flood: {id: banjir, en: a flood}\n"
        "forms:\n"
    ),
}
LONG = "year_over: {at: period.to, to: done}"


def _rules(pauses: str, *, drafting: str = "", waiting: str = "") -> dict[str, str]:
    rules = {BASE: f"\npauses:\n{pauses}\nforms:\n"}
    if drafting:
        rules["form: plan, due: drafting_time}"] = f"form: plan, due: {drafting}}}"
    if waiting:
        rules[LONG] = f"year_over: {waiting}"
    return rules


PLAN_ABOVE = _rules(
    "  plan_above: {until: employee moves, longest: 15 working days}\n  flood: {by: hr, longest: 2 months}",
    drafting="{within: 5 working days, pauses: [plan_above, flood]}",
    waiting="{at: 6 months after entry, pauses: [leave, flood], to: done}",
)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> str:
    return varied(tmp_path_factory.mktemp("pausing"), PLAN_ABOVE, TEXTS)


@pytest.fixture
def world(tmp_path: Path) -> World:
    """Entered on Monday, 1 December 2025: five working days would end on the 8th."""
    return World(definition=varied(tmp_path, PLAN_ABOVE, TEXTS))


def _clock(world: World, name: str = "task") -> Deadline:
    return next(one for one in world.case.deadlines if one.name == name)


def _moved(world: World) -> None:
    world.obey(Notice(fact="employee moves", actor=TIMER))


def _waiting(world: World) -> World:
    """The case rests in the state whose clock counts six months."""
    _moved(world)
    world.fire("submit", plan={"goals": [{"title": "satu", "weight": 100}]})
    world.fire("agree")
    return world


def _flood(actor: Actor = HR) -> Pause:
    return Pause(kind="flood", actor=actor, reason="banjir")


def test_a_clock_stands_still_until_its_fact_is_true(world: World) -> None:
    stood = _clock(world)
    world.wait_until(date(2025, 12, 10))
    before = _clock(world)
    _moved(world)

    assert (("plan_above",), True) == (stood.holds, stood.paused_at is not None)
    assert stood == before
    assert (None, (), date(2025, 12, 17)) == (
        _clock(world).paused_at,
        _clock(world).holds,
        _clock(world).due_on,
    )


def test_a_clock_does_not_stand_still_for_a_fact_that_is_true_already(tmp_path: Path) -> None:
    world = World(definition=varied(tmp_path, PLAN_ABOVE, TEXTS))
    _moved(world)
    world.fire("submit", plan={"goals": [{"title": "satu", "weight": 100}]})
    world.fire("return", reason="belum lengkap")

    assert () == in_force(world.case)
    assert None is _clock(world).paused_at


def test_a_pause_by_itself_is_over_when_it_has_lasted_as_long_as_it_may(world: World) -> None:
    world.wait(15)
    assert ("plan_above",) == in_force(world.case)
    world.wait(1)

    assert () == in_force(world.case)
    assert calendar().add(date(2025, 12, 1), 15 + 5 + 1, "working days") == _clock(world).due_on


def test_a_pause_is_told_in_the_entry_that_begins_it(world: World) -> None:
    last = calendar().add(date(2025, 12, 1), 15, "working days").isoformat()

    assert [[["plan_above", last]]] == [facts["pauses"] for facts in world.facts("launched")]


def test_a_pause_lasts_while_its_fact_is_true_and_no_longer_than_it_may(tmp_path: Path) -> None:
    rules = _rules(
        "  plan_above: {while: employee moves, longest: 10 days}",
        drafting="{within: 5 working days, pauses: plan_above}",
    )
    texts = {BASE: "\npauses:\n  plan_above: {id: rencana atasan, en: the plan above}\nforms:\n"}
    world = World(definition=varied(tmp_path, rules, texts))
    assert None is _clock(world).paused_at
    world.wait_until(date(2025, 12, 3))
    _moved(world)
    assert ("plan_above",) == _clock(world).holds
    world.wait_until(date(2025, 12, 14))

    assert () == _clock(world).holds
    assert 3 == calendar().working_days_between(date(2025, 12, 14), _clock(world).due_on)


def test_a_clock_runs_on_when_the_last_of_its_reasons_is_over(world: World) -> None:
    world.obey(_flood())
    world.wait_until(date(2025, 12, 4))
    _moved(world)
    assert ("flood",) == _clock(world).holds
    world.wait_until(date(2025, 12, 9))
    world.obey(Resume(actor=HR, reason="surut"))

    assert ((), date(2025, 12, 16)) == (_clock(world).holds, _clock(world).due_on)


def test_a_moment_counted_from_entry_stands_still_for_what_it_names(world: World) -> None:
    world = _waiting(world)
    rule = "move:waiting.year_over"
    assert date(2026, 6, 1) == _clock(world, rule).due_on
    world.wait_until(date(2026, 2, 1))
    world.obey(_flood())
    world.wait_until(date(2026, 3, 1))
    world.obey(Resume(actor=HR, reason="surut"))

    assert date(2026, 6, 29) == _clock(world, rule).due_on
    world.wait_until(date(2026, 6, 30))
    assert "done" == world.case.state


def test_a_moment_does_not_stand_still_for_anything_else(world: World) -> None:
    world = _waiting(world)
    with pytest.raises(Refused, match="fixed dates never pause"):
        world.obey(Pause(kind="outage", actor=HR, reason="server padam"))
    world.obey(Pause(kind="leave", actor=HR, reason="cuti"))

    assert ("leave",) == in_force(world.case)


def test_a_pause_of_the_definition_is_for_those_it_names(world: World) -> None:
    subject = Actor(person=world.case.subject)
    with pytest.raises(WrongPerson, match="this pause is for hr"):
        world.obey(_flood(subject))
    with pytest.raises(Refused, match="is no reason to pause"):
        world.obey(Pause(kind="plan_above", actor=HR, reason="belum ada"))
    world.obey(_flood())
    with pytest.raises(Refused, match="stands still for 'flood' already"):
        world.obey(_flood())


def test_the_reasons_people_may_give_are_the_built_in_ones_and_the_definitions_own(world: World) -> None:
    assert {**PAUSES, "flood": Duration(2, "months")} == reasons(world.machine.definition)


def test_the_latest_end_counts_what_stands_still_by_itself(tmp_path: Path) -> None:
    """Sent back at the last moment, the draft's clock may stand fifteen working days before it runs."""
    plain = {key: value for key, value in PLAN_ABOVE.items() if "due:" not in key}
    latest = {}
    for name, rules in (("standing", PLAN_ABOVE), ("plain", plain)):
        (tmp_path / name).mkdir()
        world = World(definition=varied(tmp_path / name, rules, TEXTS))
        world.fire("submit", plan={"goals": [{"title": "satu", "weight": 100}]})
        latest[name] = latest_end(world.machine, world.case, world.scene)
        world.fire("return", reason="belum lengkap")
        ended, at = silent_end(world.machine, world.case, Contents(forms=world.contents), world.scene)
        assert "complete" == ended.ended
        assert calendar().date_of(at - 1, ZONE) <= latest[name]

    assert 30 <= calendar().working_days_between(latest["plain"], latest["standing"])


_STEPS = st.lists(st.tuples(st.booleans(), st.integers(0, 20)), min_size=1, max_size=8)


@settings(max_examples=80, deadline=None, database=None, derandomize=True)
@given(steps=_STEPS)
def test_what_is_left_is_exact_however_often_a_clock_stands_still(
    place: str, steps: list[tuple[bool, int]]
) -> None:
    """Six civil months: every day the clock ran is a day less, every day it stood is not; to the day."""
    world = _fresh(place)
    rule = "move:waiting.year_over"
    running = 0
    due = _clock(world, rule).due_on
    whole = (due - world.today).days
    for stands, days in steps:
        if stands:
            world.obey(_flood())
        else:
            running += days
        if running >= whole:
            return
        world.wait(days, "days")
        if stands:
            world.obey(Resume(actor=HR, reason="surut"))
        assert whole - running == (_clock(world, rule).due_on - world.today).days


@settings(max_examples=80, deadline=None, database=None, derandomize=True)
@given(steps=_STEPS)
def test_working_days_left_are_exact_however_often_a_clock_stands_still(
    place: str, steps: list[tuple[bool, int]]
) -> None:
    """The task's count of working days: none is lost, none is given, save the rest of the day it stood still on."""
    world = _fresh(place, submitted=False)
    left = 5
    for stands, days in steps:
        if stands:
            world.obey(_flood())
            world.wait(days, "days")
            world.obey(Resume(actor=HR, reason="surut"))
        else:
            before = world.today
            after = calendar().add(before, days, "days")
            ran = calendar().working_days_between(before, after)
            if ran >= left:
                return
            left -= ran
            world.wait_until(after)
        assert left == calendar().working_days_between(world.today, _clock(world).due_on)


def _fresh(place: str, *, submitted: bool = True) -> World:
    world = World(definition=place)
    if submitted:
        return _waiting(world)
    _moved(world)
    return world


def test_more_time_and_a_pause_come_together(world: World) -> None:
    _moved(world)
    before = _clock(world).due_on
    world.obey(Extend(by=Duration(3, "working days"), actor=HR, reason="banjir"))
    world.obey(_flood())
    world.wait(4)
    world.obey(Resume(actor=HR, reason="surut"))

    assert calendar().add(before, 3 + 4, "working days") == _clock(world).due_on
