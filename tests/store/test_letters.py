"""The outbox: every letter is claimed by one at a time and settled by the one that holds it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from engine.store import Letter, queries
from tests.store.cases import MONDAY, Bench, next_step, note

NOW = MONDAY
MINUTE = 60_000_000


def letters(bench: Bench, count: int) -> None:
    """A case and so many letters about it."""
    case = bench.case()
    bench.save(next_step(case, *(note(case, 10 + number, to="p-eko") for number in range(count - 1))))


def claim(bench: Bench, fence: str, *, now: int = NOW, limit: int = 100) -> tuple[Letter, ...]:
    with bench.db.write() as unit:
        return unit.claim_letters(now, limit, MINUTE, fence)


def settle(
    bench: Bench, letter: Letter, fence: str, outcome: str = "sent", retry_at: int | None = None
) -> bool:
    with bench.db.write() as unit:
        return unit.settle(letter.id, fence, outcome, NOW + 1, retry_at)


def test_a_letter_is_claimed_once_and_settled_once(bench: Bench) -> None:
    """While one holds it nobody else gets it, and once settled nobody ever does."""
    letters(bench, 1)
    (held,) = claim(bench, "a")
    assert ("a", 1, "p-ani", "c-01") == (held.fence, held.attempts, held.to, held.case_id)
    assert () == claim(bench, "b")

    assert settle(bench, held, "a")
    assert not settle(bench, held, "a")
    assert () == claim(bench, "b", now=NOW + 99 * MINUTE)
    with bench.db.read() as view:
        assert [("sent", NOW + 1)] == [
            (one.outcome, one.settled_at) for one in queries.messages_of(view, "p-ani")
        ]
        assert {} == queries.letters_waiting(view)


def test_letters_come_in_the_order_they_were_written(bench: Bench) -> None:
    """Also when they are taken a few at a time."""
    letters(bench, 5)
    first = claim(bench, "a", limit=3)
    second = claim(bench, "b", limit=3)

    assert [3, 2] == [len(first), len(second)]
    assert sorted(one.id for one in first + second) == [one.id for one in first + second]


def test_a_late_settler_changes_nothing(bench: Bench) -> None:
    """Its claim has ended and another holds the letter: the old token is worth nothing any more."""
    letters(bench, 1)
    (late,) = claim(bench, "slow")
    (held,) = claim(bench, "quick", now=NOW + MINUTE)
    assert 2 == held.attempts

    assert not settle(bench, late, "slow", "failed", retry_at=NOW + 5 * MINUTE)
    assert not settle(bench, late, "")
    with bench.db.read() as view:
        assert [("quick", "", None)] == [
            (one.fence, one.outcome, one.settled_at) for one in queries.messages_of(view, "p-ani")
        ]
    assert settle(bench, held, "quick")
    assert not settle(bench, late, "slow")


def test_a_letter_that_could_not_be_delivered_waits_for_its_time(bench: Bench) -> None:
    """Nobody gets it before, and its attempts are counted."""
    letters(bench, 1)
    (held,) = claim(bench, "a")
    assert settle(bench, held, "a", "refused by the server", retry_at=NOW + 3 * MINUTE)

    assert () == claim(bench, "b", now=NOW + 2 * MINUTE)
    (again,) = claim(bench, "b", now=NOW + 3 * MINUTE)
    assert (2, "refused by the server") == (again.attempts, again.outcome)
    with bench.db.read() as view:
        assert {"task": 1} == queries.letters_waiting(view)


def test_four_workers_share_the_letters_without_overlap(bench: Bench) -> None:
    """Each letter is handed out exactly once."""
    letters(bench, 120)
    start = Barrier(4)

    def work(name: int) -> list[int]:
        mine: list[int] = []
        start.wait()
        while taken := claim(bench, f"worker-{name}", limit=7):
            mine += [one.id for one in taken]
        return mine

    with ThreadPoolExecutor(4) as threads:
        handed_out = [one for mine in threads.map(work, range(4)) for one in mine]

    assert 120 == len(handed_out)
    assert 120 == len(set(handed_out))


def test_a_person_reads_what_is_theirs(bench: Bench) -> None:
    """Marked once, and never by somebody else."""
    letters(bench, 3)
    with bench.db.write() as unit:
        mine = queries.messages_of(unit, "p-eko")
        assert 0 == unit.mark_read("p-ani", [one.id for one in mine], NOW)
        assert 1 == unit.mark_read("p-eko", [mine[0].id], NOW)
        assert 0 == unit.mark_read("p-eko", [mine[0].id], NOW + 1)

    with bench.db.read() as view:
        assert 1 == queries.unread_count(view, "p-eko")
        newest, older = queries.messages_of(view, "p-eko")
        assert (NOW, None) == (newest.read_at, older.read_at)
        assert (older,) == queries.messages_of(view, "p-eko", before=newest.id)
        assert [older.id, newest.id] == [
            one.id for one in queries.messages_about(view, "c-01", ["p-eko", "p-x"])
        ]
