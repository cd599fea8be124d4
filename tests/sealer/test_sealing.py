"""Sealing: every entry becomes one leaf, what is signed is what is there, and what was changed is never signed over."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest

from engine.core.sealing.tree import WIDTH, consistency, is_consistent, leaf_hash, root_of
from engine.errors import LogDamaged, StoreUnusable
from engine.store import Database, sealing
from engine.store.failpoints import raising_at
from tests.sealer.conftest import ORIGIN, House
from tests.store.cases import MONDAY
from tests.store.raw import Raw

HOUR = 3_600_000_000
Told = Callable[[], list[tuple[str, int]]]


def test_what_was_told_is_sealed_and_signed(house: House, raw: Raw) -> None:
    """Each entry once, and the root is the one over the bytes in the database."""
    house.bench.case()
    house.tell(3)
    entries = raw.run("SELECT body FROM entry")

    done = house.sealer().seal(0)
    bodies = [
        body
        for (body,) in raw.run("SELECT e.body FROM leaf l JOIN entry e USING (stream, seq) ORDER BY l.idx")
    ]

    assert (len(entries), len(entries), ()) == (done.added, done.size, done.problems)
    assert sorted(bytes(one) for (one,) in entries) == sorted(bytes(one) for one in bodies)
    assert [(ORIGIN, len(entries), root_of(leaf_hash(bytes(one)) for one in bodies))] == [
        (one.origin, one.size, one.root) for one in house.points()
    ]


def test_nothing_new_is_not_signed_again(house: House) -> None:
    """A pass without new entries writes nothing."""
    house.tell(1)
    sealer = house.sealer()
    first, second = sealer.seal(0), sealer.seal(10)

    assert (True, None, 0) == (first.note is not None, second.note, second.added)
    assert 1 == len(house.notes())


def test_every_checkpoint_is_the_beginning_of_the_next(house: House) -> None:
    """Also across the runs of 256 in which nodes are kept; proofs are made from the rows and hold."""
    sealer = house.sealer()
    for at, count in enumerate((1, WIDTH - 3, 1, WIDTH * 2, 5)):
        house.tell(count, at=at * HOUR)
        sealer.seal(at)
    points = house.points()

    with house.bench.db.read() as view:
        nodes = sealing.nodes(view.driver)
        for old, new in pairwise(points):
            path = consistency(old.size, new.size, nodes)
            assert is_consistent(old.size, old.root, new.size, new.root, path)
    assert 5 == len(points)


def test_an_entry_that_was_told_earlier_and_committed_late_is_not_lost(house: House, told: Told) -> None:
    """A watermark would have passed it by: told before what is sealed already, in a stream of its own."""
    sealer, now = house.sealer(), MONDAY + 5 * HOUR
    house.tell(2, at=5 * HOUR)
    sealer.seal(now)
    house.tell(1, "settings", at=4 * HOUR + HOUR // 2)
    within = sealer.seal(now + 1).added
    house.tell(1, "definitions", at=HOUR)
    beyond = sealer.seal(now + 2).added
    found_at_last = sealer.seal(now + HOUR + 1).added

    assert (1, 0, 1) == (within, beyond, found_at_last)
    assert "definitions" == told()[-1][0]


def test_a_clock_that_went_back_does_not_turn_entries_round(house: House, told: Told) -> None:
    """Within a stream numbers decide, whatever the times say."""
    for at in (30, 20, 10):
        house.tell(1, at=at)
    house.tell(1, "settings", at=25)
    house.sealer().seal(0)

    mine = [one for one in told() if one[0] in ("people", "settings")]
    assert [("settings", 1), ("people", 1), ("people", 2), ("people", 3)] == mine


def test_a_spoilt_entry_is_told_and_stops_no_other(house: House, raw: Raw, told: Told) -> None:
    """It is not sealed, nor what follows it; the other streams go on."""
    house.tell(3)
    house.tell(2, "settings")
    raw.drop_guards()
    raw.run("UPDATE entry SET body = ? WHERE stream = 'people' AND seq = 2", b'{"rows":9}')

    done = house.sealer().seal(0)

    assert "people entry 2: bytes do not match their hash" in done.problems
    assert {("people", 1), ("settings", 1), ("settings", 2)} == {
        one for one in told() if one[0] in ("people", "settings")
    }


def test_an_entry_removed_before_it_was_sealed_is_missed(house: House, raw: Raw) -> None:
    """The one after it has no predecessor; every pass says so until somebody has looked."""
    house.tell(3)
    raw.drop_guards()
    raw.run("DELETE FROM entry WHERE stream = 'people' AND seq = 2")
    sealer = house.sealer()

    said = "stream people: an entry before those that wait is gone"
    assert ((said,), (said,)) == (sealer.seal(0).problems, sealer.seal(1).problems)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE entry SET body = '{}' WHERE stream = 'people' AND seq = 4", "is another by now"),
        ("DELETE FROM entry WHERE stream = 'people' AND seq = 4", "is gone"),
        (
            "UPDATE leaf SET hash = (SELECT hash FROM leaf WHERE idx = 1) WHERE idx = 0",
            "no longer make the root",
        ),
        ("UPDATE checkpoint SET root = (SELECT hash FROM leaf WHERE idx = 0)", "was signed for them"),
    ],
)
def test_what_was_sealed_and_changed_is_never_signed_over(
    house: House, raw: Raw, change: str, said: str
) -> None:
    """A signature over a wrong root could never be taken back."""
    house.tell(3)
    house.sealer().seal(0)
    raw.drop_guards()
    if "seq = 4" in change:  # among the leaves that are not signed yet
        house.tell(2, at=HOUR)
        house.sealer().append(HOUR)
    raw.run(change.replace("'{}'", "CAST('{}' AS bytea)" if raw.postgres else "x'7b7d'"))
    if "seq = 4" not in change:
        house.tell(1, "settings", at=HOUR)

    with pytest.raises(LogDamaged, match=said):
        house.sealer().seal(HOUR)
    assert 1 == len(house.notes())


@pytest.mark.parametrize(("removed", "whole"), [(1, True), (3, False)])
def test_leaves_that_were_taken_away_come_back_in_their_places_or_nothing_is_signed(
    house: House, raw: Raw, removed: int, whole: bool
) -> None:
    """Their entries are sealed anew; only the order that was signed makes the root that is remembered."""
    house.tell(1, "settings", at=9)
    house.tell(2)
    sealer = house.sealer()
    sealer.seal(0)
    house.tell(1, "settings", at=5)
    sealer.seal(1)
    raw.drop_guards()
    raw.run(f"DELETE FROM leaf WHERE idx >= (SELECT max(idx) FROM leaf) - {removed - 1}")

    if whole:
        house.sealer().seal(2)
        assert raw.run("SELECT max(idx) + 1 FROM leaf") == raw.run("SELECT count(*) FROM entry")
    else:
        with pytest.raises(LogDamaged, match="no longer make the root"):
            house.sealer().seal(2)


def test_nodes_that_were_changed_are_noticed(house: House, raw: Raw) -> None:
    """The root is worked out from the leaves as well as from the nodes above them."""
    house.tell(WIDTH + 2)
    house.sealer().append(0)
    raw.drop_guards()
    raw.run("UPDATE tile SET hash = (SELECT hash FROM leaf WHERE idx = 0)")

    with pytest.raises(LogDamaged, match="nodes kept over"):
        house.sealer().seal(0)
    assert [] == house.notes()


def test_a_log_under_another_name_is_not_signed(house: House) -> None:
    """The origin never changes; a changed row in the database does not make another log of it."""
    house.tell(1)
    house.sealer().seal(0)
    house.tell(1, at=HOUR)

    with pytest.raises(LogDamaged, match=r"is of the log agency\.example"):
        house.sealer(origin="agency.example/other").seal(0)


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_database_put_back_to_yesterday_is_not_signed(house: House, url: str, tmp_path: Path) -> None:
    """A perfectly valid older state: only the sealer's own memory knows better."""
    house.tell(2)
    house.sealer().seal(0)
    house.bench.db.close()
    older = shutil.copy(url, tmp_path / "older.db")
    with closing(Database(url)) as now, now.write() as unit:
        unit.append("people", "imported", HOUR, {"rows": 2})
    with closing(Database(url)) as now:
        house.sealer(now).seal(1)

    with closing(Database(str(older))) as back:
        with back.write() as unit:
            unit.append("people", "imported", HOUR, {"rows": 3})
        with pytest.raises(LogDamaged):
            house.sealer(back).seal(2)


def test_two_sealers_seal_each_entry_once(house: House, opened: Callable[..., Database], raw: Raw) -> None:
    """Turn by turn, from connections of their own, with one memory."""
    one, two = house.sealer(), house.sealer(opened())
    for at in range(6):
        house.tell(3, at=at * HOUR)
        (one if at % 2 else two).seal(at)
        (two if at % 2 else one).seal(at)

    counted = raw.run("SELECT count(*), count(DISTINCT stream || '/' || seq), max(idx) + 1 FROM leaf")
    assert [raw.run("SELECT count(*) FROM entry")[0] * 3] == counted
    assert [one.size for one in house.points()] == sorted({one.size for one in house.points()})


def test_a_spoilt_entry_before_many_of_its_stream_stops_no_other(
    house: House, raw: Raw, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A whole batch that waits for one entry is passed over."""
    monkeypatch.setattr("engine.sealer.sealing._BATCH", 5)
    house.tell(20)
    house.tell(2, "settings", at=HOUR)
    raw.drop_guards()
    raw.run("UPDATE entry SET at = at + 1 WHERE stream = 'people' AND seq = 1")

    house.sealer().seal(0)
    assert {("settings", 1), ("settings", 2)} <= set(told())


def test_an_entry_from_the_future_hides_none_that_come_now(house: House) -> None:
    """A clock was wrong once; what is told at the right time afterwards is found by the next pass all the same."""
    sealer = house.sealer()
    house.tell(1, at=1_000 * HOUR)
    sealer.seal(MONDAY)
    house.tell(1, "settings", at=HOUR)

    assert 1 == sealer.seal(MONDAY + HOUR // 2).added


def test_a_power_cut_at_any_statement_leaves_a_log_that_goes_on(
    house: House, opened: Callable[..., Database], raw: Raw
) -> None:
    """Killed at each statement in turn, and sealed again afterwards: one root for each size, all leaves once."""

    class CutError(Exception):
        """The power."""

    number, survived = 0, False
    while not survived:
        number += 1
        house.tell(WIDTH, at=number * HOUR)
        database = opened(failpoint=raising_at(number, CutError()))
        try:
            house.sealer(database).seal(number, thorough=True)
            survived = True
        except (CutError, StoreUnusable):
            house.sealer().seal(number, thorough=True)

    points = house.points()
    leaves = [bytes(one) for (one,) in raw.run("SELECT hash FROM leaf ORDER BY idx")]
    assert [root_of(leaves[: one.size]) for one in points] == [one.root for one in points]
    assert raw.run("SELECT count(*) FROM entry") == [(len(leaves),)]
    assert number > 5


@pytest.mark.parametrize("gone", ["leaf", "tile"])
def test_a_tree_with_a_hole_is_told_and_not_signed(house: House, raw: Raw, gone: str) -> None:
    """Whoever takes a leaf or a kept node away is told of by the first that is missing."""
    house.tell(300)
    house.sealer().seal(0)
    house.tell(3, at=9_000)
    raw.drop_guards()
    raw.run(f"DELETE FROM {gone} WHERE idx = (SELECT max(idx) FROM {gone})" if gone == "tile" else
            "DELETE FROM leaf WHERE idx IN (290, 295)")  # fmt: skip
    with pytest.raises(LogDamaged) as told:
        house.sealer().seal(1)

    said = (
        "a node over 256 leaves: is gone from the tree"
        if gone == "tile"
        else "leaf 290: is gone from the tree"
    )
    assert (said,) == told.value.problems
