"""The same act in many cases: what single acts come to, no more and no less, told row by row."""

from __future__ import annotations

import os
import random
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.core.bulk import BulkRow
from engine.core.case import Case
from engine.core.codec import replace as put
from engine.core.command import Actor, Extend, Fire, Reassign, Remind, Undo
from engine.core.moments import Duration
from engine.errors import IdempotencyMismatch, NotYours
from engine.runtime import BulkReport, Engine
from engine.store import Database
from tests.definitions_varied import UNDO, varied
from tests.doomed import doomed
from tests.runtime.bulks import admit, again, bring_goals, most_of, with_plans
from tests.runtime.conftest import NOBODY, OPENING, HandClock, set_up
from tests.worlds import on_desk

GRANT = Duration(3, "working days")


@pytest.fixture
def busy(place: str) -> Iterator[Engine]:
    """An agency whose plans wait for their raters."""
    engine = with_plans(place)
    yield engine
    engine.database.close()


def agree(rater: str) -> Fire:
    return Fire(trigger="agree", actor=Actor(person=rater))


def told(report: BulkReport) -> list[str]:
    """What came of each row, in one word."""
    return [one.refused.code if one.refused else one.outcome for one in report.results]


def bare(engine: Engine) -> list[Case]:
    """The cases without what chance put into them."""
    return [put(one, head="") for one in engine.cases(limit=200)]


def letters(engine: Engine) -> list[tuple[str, str, str]]:
    """Who was told what about which case."""
    people = {one.key for one in engine.chart.segments}
    return sorted(
        (one.to, one.kind, one.case_id) for key in people for one in engine.messages(key, limit=500)
    )


@pytest.mark.parametrize("seed", range(3))
def test_a_bulk_is_its_single_acts_in_any_order(tmp_path: Path, seed: int) -> None:
    """The same cases, tasks, clocks and letters, whichever row came first, whether at once or one by one."""
    at_once, singly = (with_plans(str(tmp_path / name)) for name in ("a.db", "b.db"))
    rater, rows = most_of(at_once)
    assert len(rows) > 2
    in_order = random.Random(seed).sample(rows, len(rows))
    for row in in_order[1:]:
        singly.fire(row.case, "agree", actor=Actor(person=rater), visit=row.visit)

    at_once.bulk.apply(rows[:1] + rows, agree(rater), key="k", admits=admit)
    singly.fire(in_order[0].case, "agree", actor=Actor(person=rater))

    assert bare(singly) == bare(at_once)
    assert letters(singly) == letters(at_once)
    at_once.database.close()
    singly.database.close()


def test_exceptions_come_first_and_looking_changes_nothing(busy: Engine) -> None:
    """Moved on, not theirs to open, somebody else's: each with its reason, then what would be done and lead where."""
    rater, rows = most_of(busy)
    stranger = next(one for one in busy.cases(state="rater_agrees", limit=200) if one.task.holder != rater)
    busy.fire(rows[0].case, "agree", actor=Actor(person=rater))
    before = bare(busy)

    def closed_to(case: str) -> None:
        if case == rows[1].case:
            raise NotYours("not yours")

    chosen = [*rows, BulkRow(case=stranger.id, visit=stranger.visit), BulkRow(case="c-unknown")]
    found = busy.bulk.look(chosen, agree(rater), admits=closed_to, workflow="asn-tahunan")

    refused = [one.refused.code if one.refused else "" for one in found]
    assert ["stale_visit", "not_yours", "wrong_person", "not_found"] == refused[:4]
    assert {""} == set(refused[4:])
    assert {"employee_signs"} == {one.case.state for one in found[4:] if one.case}
    assert before == bare(busy)


def test_what_fails_is_told_beside_what_was_done_and_can_be_asked_again(busy: Engine) -> None:
    """Never "done" if one failed; the same again repeats what was done and tries the rest, and does nothing twice."""
    rater, rows = most_of(busy)
    busy.fire(rows[0].case, "agree", actor=Actor(person=rater))
    entries = [len(busy.history(row.case)) for row in rows]

    first = busy.bulk.apply(rows, agree(rater), key="k", admits=admit)
    again = busy.bulk.apply(rows, agree(rater), key="k", admits=admit)

    assert ["stale_visit", *["done"] * (len(rows) - 1)] == told(first) == told(again)
    assert {True} == {one.repeated for one in again.those("done")}
    assert [entries[0], *(count + 1 for count in entries[1:])] == [
        len(busy.history(row.case)) for row in rows
    ]


def test_one_key_does_not_stand_for_two_bulks(busy: Engine) -> None:
    """As with single acts: another act under the same key is refused row by row."""
    rater, rows = most_of(busy)
    busy.bulk.apply(rows, agree(rater), key="k", admits=admit)
    other = Fire(trigger="return", actor=Actor(person=rater), reason="belum lengkap")

    report = busy.bulk.apply(rows, other, key="k", admits=admit)

    assert {IdempotencyMismatch.code} == set(told(report))


def test_whoever_has_no_time_left_goes_on_later(busy: Engine) -> None:
    """One row is always done; what was not tried is named, and done by asking the same again."""
    rater, rows = most_of(busy)

    first = busy.bulk.apply(rows, agree(rater), key="k", admits=admit, most_us=0)
    second = busy.bulk.apply(rows, agree(rater), key="k", admits=admit)

    assert ["done", *["not_tried"] * (len(rows) - 1)] == told(first)
    assert {"done"} == set(told(second))


def test_ratings_are_refused_one_by_one(busy: Engine) -> None:
    """The act asks what it always asks, and being one of many is refused besides."""
    rater, rows = most_of(busy)
    report = busy.bulk.apply(rows, agree(rater), key="k", admits=admit, workflow="another")

    assert {"one_by_one"} == set(told(report))


def test_the_desk_steers_many_at_once(busy: Engine) -> None:
    """Days are granted, holders reminded and changed over a list, with the refusals of single acts."""
    desk = Actor(person=on_desk("personnel"))
    rater, rows = most_of(busy)
    due = [busy.case(row.case, None).case.task.due_on for row in rows]

    granted = busy.bulk.apply(rows, Extend(by=GRANT, actor=desk, reason="banjir"), key="g", admits=admit)
    twice = busy.bulk.apply(rows, Extend(by=GRANT, actor=desk, reason="lagi"), key="h", admits=admit)
    unseen = [BulkRow(case=row.case) for row in rows]
    busy.bulk.apply(unseen, Remind(actor=desk, note="mohon segera"), key="r", admits=admit)
    given = busy.bulk.apply(unseen, Reassign(to=rater, actor=desk, reason="kembali"), key="t", admits=admit)

    assert {"done"} == set(told(granted))
    assert {"stale_visit"} == set(told(twice))
    assert {"refused"} == set(told(given))
    assert all(
        before < busy.case(row.case, None).case.task.due_on for before, row in zip(due, rows, strict=True)
    )
    assert len(rows) == sum(one.kind == "reminder" for one in busy.messages(rater, limit=500))


def test_two_who_do_the_same_at_once_do_each_row_once(busy: Engine, place: str) -> None:
    """Whoever came second in a row is told that the case has moved on."""
    rater, rows = most_of(busy)
    entries = [len(busy.history(row.case)) for row in rows]
    reports: list[BulkReport] = []

    def apply(key: str) -> None:
        engine = Engine(Database(place), HandClock())
        chosen = rows if key == "a" else rows[::-1]
        reports.append(engine.bulk.apply(chosen, agree(rater), key=key, admits=admit))
        engine.database.close()

    both = [threading.Thread(target=apply, args=(key,)) for key in "ab"]
    for one in both:
        one.start()
    for one in both:
        one.join()

    done = [one.row.case for report in reports for one in report.those("done")]
    assert sorted(row.case for row in rows) == sorted(done)
    assert {"stale_visit", "done"} >= {word for report in reports for word in told(report)}
    assert [count + 1 for count in entries] == [len(busy.history(row.case)) for row in rows]


def test_a_row_costs_as_much_as_a_single_act(busy: Engine, place: str) -> None:
    """And a look nothing that grows: each row the same statements, whatever the others."""
    rater, rows = most_of(busy)
    counts: list[int] = []
    seen = 0

    def count(_: str) -> None:
        nonlocal seen
        seen += 1

    engine = Engine(Database(place, failpoint=count), HandClock())
    engine.bulk.look(rows, agree(rater), admits=admit)
    for some in (rows[:1], rows[1:3]):
        seen = 0
        engine.bulk.look(some, agree(rater), admits=admit)
        counts.append(seen)
        seen = 0
        engine.bulk.apply(some, agree(rater), key="k", admits=admit)
        counts.append(seen)
    engine.database.close()

    looked, did, looked_two, did_two = counts
    assert (2 * looked, 2 * did) == (looked_two, did_two)
    assert looked <= 5
    assert did <= 16


def test_cut_short_a_bulk_goes_on_where_it_was(busy: Engine) -> None:
    """What was done stays done, and is told so when the same is asked again."""
    rater, rows = most_of(busy)

    def stop(done: int, _: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        busy.bulk.apply(rows, agree(rater), key="k", admits=admit, progress=stop)
    report = busy.bulk.apply(rows, agree(rater), key="k", admits=admit)

    assert {"done"} == set(told(report))
    assert [True, True, False] == [one.repeated for one in report.results][:3]


@pytest.mark.long
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")
def test_killed_at_statements_throughout_a_bulk_goes_on_where_it_was(tmp_path: Path) -> None:
    """Each row is done or is not; the same again does what is left, and nothing twice."""
    kept, url = str(tmp_path / "kept.db"), str(tmp_path / "a.db")
    engine = with_plans(kept)
    rater, rows = most_of(engine)
    entries = sum(len(engine.history(row.case)) for row in rows)
    engine.database.close()
    shutil.copy(kept, url)
    with doomed("tests.runtime.dying:bulk", url) as program:
        for number in range(1, 60, 6):
            again(kept, url)
            killed = program.dies_at(number)
            left = Engine(Database(url), HandClock())
            assert killed
            assert () == tuple(left.verify())
            report = left.bulk.apply(rows, agree(rater), key="once", admits=admit)
            assert {"done"} == set(told(report))
            assert entries + len(rows) == sum(len(left.history(row.case)) for row in rows)
            left.database.close()


def test_what_was_done_at_once_is_taken_back_row_by_row(tmp_path: Path) -> None:
    """Each row as a single act would be: what somebody has acted on since stays, and says so."""
    engine = set_up(str(tmp_path / "a.db"), HandClock(), definition=varied(tmp_path, UNDO))
    engine.launch("small", opens=OPENING, actor=NOBODY)
    rater, rows = bring_goals(engine)
    done = engine.bulk.apply(rows, agree(rater), key="k", admits=admit)
    assert {"done"} == set(told(done))
    engine.fire(rows[0].case, "exempt", actor=Actor(person=on_desk("personnel")), reason="cuti")
    back = Undo(actor=Actor(person=rater))
    now = [BulkRow(case=one.case) for one in rows]

    looked = engine.bulk.look(now, back, admits=admit)
    report = engine.bulk.apply(now, back, key="b", admits=admit)
    again = engine.bulk.apply(now, back, key="c", admits=admit)

    assert [True, *[False] * (len(rows) - 1)] == [one.refused is not None for one in looked]
    assert {"done"} == set(told(report)[1:])
    assert "done" not in told(again) + told(report)[:1]
    assert {"checking"} == {engine.case(one.case, None).case.state for one in rows[1:]}
    assert [] == engine.verify()
    engine.database.close()
