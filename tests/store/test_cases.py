"""Cases go in and come out whole, one at a time and by the thousand."""

from __future__ import annotations

import pytest

from engine.core.attachments import digest_of
from engine.core.case import NEVER, Case
from engine.core.codec import replace
from engine.core.effects import ChangeTask, CloseTask, OpenTask
from engine.errors import Conflict
from engine.store import Database, queries
from tests.store.cases import (
    CYCLE,
    DAY,
    MONDAY,
    Bench,
    alarm_at,
    handing_in,
    new_case,
    next_step,
    opening,
    task,
    with_files,
    written,
)


def forms(db: Database, case: Case) -> dict[str, object]:
    with db.read() as view:
        return dict(view.contents(case.id).forms)


def test_a_case_comes_back_as_it_was_saved(bench: Bench) -> None:
    """Every field survives, after launch and after a step."""
    case = bench.case(next_at=MONDAY + DAY)
    assert case == bench.load()

    step = handing_in(case)
    bench.save(step)

    assert step.case == bench.load()
    assert () == bench.problems()


def test_a_step_leaves_its_entry_tasks_contents_and_letters(bench: Bench) -> None:
    """What the effects say is what the tables hold."""
    step = handing_in(bench.case())
    bench.save(step)

    with bench.db.read() as view:
        assert step.entry == queries.history(view, step.case.stream)[-1]
        assert () == queries.tasks_of(view, "p-ani")
        assert [step.case.task] == [waiting.task for waiting in queries.tasks_of(view, "p-budi")]
        assert {"plan": {"text": "plan 1"}} == view.contents("c-01").forms
        assert ["", "plan"] == [one.form for one in queries.written(view, "c-01", seq=2)]
        assert [("task", "c-01/2")] == [
            (one.kind, one.task_id) for one in queries.messages_of(view, "p-budi")
        ]
        assert {"due_on": "2026-01-06"} == queries.messages_of(view, "p-ani")[0].data


def test_the_latest_content_of_a_form_is_what_is_read(bench: Bench) -> None:
    """Earlier content stays in its row; the reason is no form."""
    case = bench.case()
    first = next_step(case, written("plan", "one"), written("note", "kept"), written("", "why"))
    second = next_step(first.case, written("plan", "two"))
    bench.save(first)
    bench.save(second)

    assert {"plan": {"text": "two"}, "note": {"text": "kept"}} == forms(bench.db, case)


def test_files_are_kept_by_their_hash_beside_the_form_that_names_them(bench: Bench) -> None:
    """What is attached to one case is not there in another; a case without files has none."""
    first = bench.case("c-01")
    bench.case("c-02")
    bench.save(with_files(handing_in(first), b"satu", b"\x00dua"))

    with bench.db.read() as view:
        assert b"satu" == queries.attached(view, "c-01", digest_of(b"satu"))
        assert b"\x00dua" == queries.attached(view, "c-01", digest_of(b"\x00dua"))
        assert None is queries.attached(view, "c-01", digest_of(b"tiga"))
        assert None is queries.attached(view, "c-02", digest_of(b"satu"))
        assert {"plan": {"text": "plan 1"}} == view.contents("c-01").forms


def test_an_unknown_case_is_none(bench: Bench) -> None:
    """Asking is no error, and what is not there has no contents."""
    with bench.db.write() as unit:
        assert None is unit.load("c-none")
        assert {} == unit.contents("c-none").forms


def test_a_stale_step_is_refused_and_nothing_of_it_is_kept(bench: Bench) -> None:
    """Two steps from one version: the second loses, whole."""
    case = bench.case()
    winner, loser = handing_in(case), next_step(case, written("plan", "late"), state="elsewhere")
    bench.save(winner)

    with pytest.raises(Conflict):
        bench.save(loser)
    assert winner.case == bench.load()
    assert {"plan": {"text": "plan 1"}} == forms(bench.db, case)
    assert () == bench.problems()


def test_a_step_from_a_version_that_never_was_is_refused(bench: Bench) -> None:
    """The entry would fit; the version alone does not."""
    case = bench.case()
    step = next_step(replace(case, version=7))

    with pytest.raises(Conflict, match="no longer at version 7"):
        bench.save(step)
    assert case == bench.load()


def test_a_unit_that_failed_is_not_kept_even_if_the_failure_is_swallowed(bench: Bench) -> None:
    """Half of a unit never becomes all of it."""
    case = bench.case()

    def swallow() -> None:
        with bench.db.write() as unit:
            unit.append("people", "imported", MONDAY, {})
            with pytest.raises(Conflict):
                unit.save([next_step(replace(case, version=7))])

    with pytest.raises(Conflict, match="nothing of it was kept"):
        swallow()

    with bench.db.read() as view:
        assert () == queries.history(view, "people")


@pytest.mark.parametrize("count", [2, 700])
def test_a_batch_moves_every_case_or_none(bench: Bench, count: int) -> None:
    """Many cases, one save; with one stale case among them nothing moves."""
    names = [f"c-{number:04d}" for number in range(count)]
    cases = bench.cases(*names)
    bench.save(*(handing_in(case) for case in cases))
    moved = [bench.load(name) for name in names[:2]]
    assert ["review", "review"] == [case.state for case in moved]

    with bench.db.read() as view:
        standing = queries.cases(view, limit=count)
        assert count == len(queries.tasks_of(view, "p-budi", limit=2 * count))
    steps = [next_step(case, written("plan", "again")) for case in standing]
    stale = next_step(replace(standing[-1], version=9))

    with pytest.raises(Conflict, match=f"1 of {count}"):
        bench.save(*steps[:-1], stale)
    with bench.db.read() as view:
        assert standing == queries.cases(view, limit=count)
    assert () == bench.problems()


def test_several_steps_of_a_case_in_one_save_write_the_row_once(bench: Bench) -> None:
    """Each step has its entry; tasks that opened and closed on the way leave nothing."""
    case = bench.case()
    first = handing_in(case)
    assert first.case.task is not None
    passing = task(first.case, 9, holder="p-cici")
    second = next_step(
        first.case, CloseTask(task_id=first.case.task.id, outcome="done"), OpenTask(task=passing)
    )
    third = next_step(
        second.case, CloseTask(task_id=passing.id, outcome="withdrawn"), task=None, ended="complete"
    )
    bench.save(first, second, third)

    with bench.db.read() as view:
        assert third.case == view.load(case.id)
        assert [1, 2, 3, 4] == [one.seq for one in queries.history(view, case.stream)]
        assert [] == [
            waiting for who in ("p-ani", "p-budi", "p-cici") for waiting in queries.tasks_of(view, who)
        ]
    assert () == bench.problems()


def test_a_changed_task_is_found_with_its_new_holder(bench: Bench) -> None:
    """The row is the same one, under another name and due time."""
    case = bench.case()
    moved = replace(task(case), holder="p-dewi", due_at=MONDAY + 9 * DAY)
    bench.save(next_step(case, ChangeTask(task=moved), task=moved))

    with bench.db.read() as view:
        assert () == queries.tasks_of(view, "p-ani")
        assert [("c-01", moved)] == [(one.case_id, one.task) for one in queries.tasks_of(view, "p-dewi")]


def test_nothing_is_told_twice_under_one_key(bench: Bench) -> None:
    """A letter whose key is there already is left out, without harm to the step."""
    step = opening()
    told = step.effects[-1]
    with bench.db.write() as unit:
        unit.insert_cases([step])
        unit.save([next_step(step.case, told)])

    with bench.db.read() as view:
        assert 1 == queries.unread_count(view, "p-ani")


def test_launching_twice_skips_what_is_there(bench: Bench) -> None:
    """The second launch reports the cases it found and adds the ones that were missing."""
    first = [opening("c-01"), opening("c-02")]
    with bench.db.write() as unit:
        assert frozenset() == unit.insert_cases(first)
    again = [opening("c-02"), opening("c-03"), opening("c-77", subject="p-c-01")]
    with bench.db.write() as unit:
        assert {"c-02", "c-77"} == unit.insert_cases(again)

    with bench.db.read() as view:
        assert ["c-01", "c-02", "c-03"] == [case.id for case in queries.cases(view)]
    assert () == bench.problems()


def test_the_same_person_has_a_case_in_each_cycle(bench: Bench) -> None:
    """Only cycle, subject and segment together make a case the same."""
    with bench.db.write() as unit:
        unit.insert_cases([opening("c-01", subject="p-ani")])
        assert frozenset() == unit.insert_cases([opening("c-02", subject="p-ani", cycle="asn-2027")])


def test_cases_are_found_by_what_they_are(bench: Bench) -> None:
    """Filters narrow, pages follow one another."""
    bench.cases("c-01", "c-02", "c-03", "c-04")
    bench.save(next_step(bench.load("c-03"), state="closed", phase="closed", ended="complete"))

    def found(**asked: object) -> list[str]:
        with bench.db.read() as view:
            return [case.id for case in queries.cases(view, **asked)]  # type: ignore[arg-type]

    assert ["c-03"] == found(ended="complete")
    assert ["c-01", "c-02", "c-04"] == found(ended="", cycle=CYCLE)
    assert ["c-02"] == found(subject="p-c-02")
    assert ["c-02", "c-04"] == found(ids=["c-04", "c-02", "c-none"])
    assert [] == found(ids=[])
    assert ["c-02", "c-03"] == found(after="c-01", limit=2)
    assert [] == found(cycle="asn-2027")
    with bench.db.read() as view:
        tallies = queries.counts(view, CYCLE)
    assert [("closed", "complete", 1), ("drafting", "", 3)] == [
        (one.state, one.ended, one.count) for one in tallies
    ]


def test_a_full_inbox_begins_with_what_is_due_first(bench: Bench) -> None:
    """What is never due comes last."""
    case = new_case()
    tasks = [task(case, 1, due_at=None), task(case, 2, due_at=MONDAY + DAY), task(case, 3, due_at=MONDAY)]
    with bench.db.write() as unit:
        unit.insert_cases([next_step(case, *(OpenTask(task=one) for one in tasks))])

    with bench.db.read() as view:
        assert ["c-01/3", "c-01/2", "c-01/1"] == [one.task.id for one in queries.tasks_of(view, "p-ani")]
        assert 3 == queries.task_count(view, "p-ani")


def test_the_next_instant_is_the_earliest_alarm_of_all_cases(bench: Bench) -> None:
    """A case without alarms is not asked, and if none has any there is no next instant."""
    bench.case("c-01")
    with bench.db.read() as view:
        assert None is view.next_at()
    bench.case("c-02", next_at=MONDAY + 3 * DAY)
    late = bench.case("c-03", next_at=MONDAY + DAY)

    with bench.db.read() as view:
        assert MONDAY + DAY == view.next_at()
    bench.save(next_step(late, deadlines=alarm_at(NEVER)))
    with bench.db.read() as view:
        assert MONDAY + 3 * DAY == view.next_at()
