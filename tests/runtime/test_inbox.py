"""One list of all somebody owes, by what happens first to others, and no dearer for being long."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from engine.core.case import Case
from engine.core.command import Actor, Contents
from engine.core.machine import Machine
from engine.core.outlook import Consequence, first_for_others, if_nobody_acts
from engine.core.scene import Scene
from engine.core.telling_ahead import say_each
from engine.runtime import Engine, seeing
from engine.store import Database
from tests.runtime.bulks import most_of, with_plans
from tests.runtime.conftest import HandClock
from tests.worlds import World, plan


def test_a_reminder_to_oneself_is_no_consequence_but_what_others_hear_is() -> None:
    """The rater is reminded first; what counts is the day the desk is told."""
    world = World()
    world.fire("submit", plan=plan(100))
    world.fire("pass")
    assert world.case.task is not None
    holder = world.case.task.holder
    coming = if_nobody_acts(world.machine, world.case, world.written, world.scene)

    first = first_for_others(coming, holder)

    assert {holder} == {to for to, _ in coming[0].told}
    assert first is coming[1]
    assert any(to != holder for to, _ in first.told)
    said = say_each(world.machine.definition, world.case, coming, world.chart, "en")
    assert len(coming) == len(said)


def test_nothing_for_others_is_nothing() -> None:
    assert first_for_others((), "p-1") is None


def test_the_list_is_by_that_day_then_by_name(tmp_path: Path) -> None:
    """Whoever's plans and own tasks wait stand in one list."""
    engine = with_plans(str(tmp_path / "a.db"))
    rater, _ = most_of(engine)
    views = engine.tasks(rater)
    engine.database.close()

    days = [view.matters_on or date.max for view in views]
    assert days == sorted(days)
    assert all(view.matters is not None for view in views)
    assert {date(2025, 12, 4)} == set(days)
    names = [view.scene.chart.person(view.case.subject).name for view in views]
    assert names == sorted(names)


def test_a_long_list_asks_the_database_no_more_than_a_short_one(tmp_path: Path) -> None:
    """Cases and histories come in one statement each."""
    url = str(tmp_path / "a.db")
    engine = with_plans(url)
    waits = Counter(task.holder for case in engine.cases(limit=200) for task in case.tasks)
    engine.database.close()
    (busy, many), *_, (idle, few) = waits.most_common()
    seen: list[str] = []
    counting = Engine(Database(url, failpoint=seen.append), HandClock())
    counting.tasks(busy)
    counts = []
    for person in (busy, idle):
        seen.clear()
        counting.tasks(person)
        counts.append(len(seen))
    counting.database.close()

    assert many > few
    assert counts[0] == counts[1] <= 8


def test_the_first_of_a_long_list_are_those_of_the_whole_and_little_else_is_foretold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Page by page it is the same list, in the same words; the last page is shorter, beyond it is nothing."""
    engine = with_plans(str(tmp_path / "a.db"))
    rater, _ = most_of(engine)
    whole = engine.tasks(rater)
    foretold: list[str] = []
    real = seeing.if_nobody_acts

    def counted(
        machine: Machine, case: Case, contents: Contents, scene: Scene, *, for_others_than: str | None
    ) -> tuple[Consequence, ...]:
        foretold.append(case.id)
        return real(machine, case, contents, scene, for_others_than=for_others_than)

    monkeypatch.setattr(seeing, "if_nobody_acts", counted)
    first = engine.owing.first(rater, skip=0, most=2)
    asked = len(foretold)
    rest = engine.owing.first(rater, skip=2, most=500)
    beyond = engine.owing.first(rater, skip=500, most=2)
    engine.database.close()

    assert len(whole) == first.count == rest.count == beyond.count > 2
    pages = [*first.views, *rest.views]
    assert [(one.task, one.matters, one.matters_on, one.history) for one in whole] == [
        (one.task, one.matters, one.matters_on, one.history) for one in pages
    ]
    assert all(
        one.consequences[: len(page.consequences)] == page.consequences
        for one, page in zip(whole, pages, strict=True)
    )
    assert any(len(one.consequences) > len(page.consequences) for one, page in zip(whole, pages, strict=True))
    assert 2 <= asked < len(whole)
    assert () == beyond.views


def test_what_waits_for_others_is_of_ones_people_and_not_ones_own_turn(tmp_path: Path) -> None:
    engine = with_plans(str(tmp_path / "a.db"))
    rater, rows = most_of(engine)
    asker = engine.access.asker(rater)
    none, _ = engine.owing.elsewhere(asker, most=50)
    engine.fire(rows[0].case, "agree", actor=Actor(person=rater))
    found, more = engine.owing.elsewhere(asker, most=50)
    first, cut = engine.owing.elsewhere(asker, most=0)
    subject = engine.case(rows[0].case, None).case.subject
    stranger, _ = engine.owing.elsewhere(engine.access.asker(subject), most=50)
    engine.database.close()

    assert rows[0].case not in {one.case.id for one in none}
    assert {rows[0].case} == {one.case.id for one in found} - {one.case.id for one in none}
    assert all(task.holder != rater for one in found for task in one.case.tasks)
    assert not more
    assert ((), True) == (first, cut)
    assert () == stranger
