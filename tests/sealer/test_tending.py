"""The sealer within a worker: seals in time, tells the heads, keeps an alarm until it is over, changes keys."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from engine.core.audit import Entry
from engine.core.codec import decode
from engine.core.sealing.checkpoints import checkpoint_of, is_signed
from engine.core.sealing.heads import Head, head_bytes, heads_root, path_to
from engine.core.sealing.tree import is_consistent, is_included, leaf_hash
from engine.errors import LogDamaged, NotFound, ReasonMissing, SealerUnusable
from engine.keys import verifies
from engine.sealer import (
    STREAM,
    Sealer,
    Tending,
    consistency_from,
    files_of,
    key_file_of,
    latest_note,
    opened,
    proof_for,
    restart,
    retire,
    rotate,
    standing,
    tell_heads,
)
from engine.store import Database, sealing, streams
from tests.sealer.conftest import ORIGIN, House
from tests.store.raw import Raw

HOUR = 3_600_000_000
SECOND = 1_000_000


def _entries(house: House, kind: str) -> list[dict[str, object]]:
    with house.bench.db.read() as view:
        rows = view.driver.rows(
            f"SELECT body FROM entry WHERE stream = '{STREAM}' AND kind = '{kind}' ORDER BY seq"
        )
    return [decode(bytes(body)) for (body,) in rows]


def test_it_seals_no_more_often_than_it_is_told_to(house: House) -> None:
    """Beats come every few seconds; a clock that goes back holds it up no longer than one pass."""
    tending = Tending(house.bench.db, house.sealer, every_us=10 * SECOND)
    done = [tending.beat(at * SECOND) is not None for at in (100, 105, 110, 50, 61)]

    assert [True, False, True, True, True] == done


def test_an_alarm_stays_until_it_is_over_and_tells_since_when(house: House, raw: Raw) -> None:
    """Written when it begins and when it ends, not at every beat."""
    house.tell(3)
    raw.drop_guards()
    raw.run("UPDATE entry SET at = at + 1 WHERE stream = 'people' AND seq = 3")
    tending = Tending(house.bench.db, house.sealer, every_us=0)
    first, again = tending.seal(5 * SECOND), tending.seal(6 * SECOND)
    alarm = standing(house.bench.db).alarm

    assert first is not None
    assert again is not None
    assert alarm is not None
    assert (5 * SECOND, ("people entry 3: columns differ from the bytes",)) == (alarm.since, alarm.problems)
    raw.run("UPDATE entry SET at = at - 1 WHERE stream = 'people' AND seq = 3")
    tending.seal(7 * SECOND)
    assert standing(house.bench.db).alarm is None


def test_a_sealer_that_cannot_work_is_an_alarm_and_no_error(house: House, raw: Raw) -> None:
    """A worker must go on ringing what is due."""
    house.tell(1)
    house.sealer().seal(0)
    house.tell(1, at=HOUR)
    house.keyring.path.unlink()
    broken = House(bench=house.bench, keyring=type(house.keyring)(house.keyring.path), memory=house.memory)
    told = Tending(house.bench.db, broken.sealer, every_us=0).seal(1)
    alarm = standing(house.bench.db).alarm

    assert told is None
    assert alarm is not None
    assert "bring back" in alarm.problems[0]
    assert raw.run("SELECT count(*) FROM checkpoint") == [(1,)]


def test_heads_are_told_once_a_day_and_can_be_worked_out_again(house: House) -> None:
    """The root is over the last sealed entry of every stream; a path shows one, and a longer stream does not fit."""
    house.bench.case()
    house.tell(4)
    database = house.bench.db
    assert not tell_heads(database, 0)
    house.sealer().seal(0)
    assert tell_heads(database, HOUR)
    assert not tell_heads(database, 2 * HOUR)
    house.tell(1, at=HOUR)
    house.sealer().seal(2 * HOUR)
    assert tell_heads(database, 26 * HOUR)

    first, second = _entries(house, "heads")
    with database.read() as view:
        heads = [
            Head(stream=a, seq=b, hash=c)
            for a, b, c in sealing.heads_at(view.driver, int(str(first["size"])))
        ]
    people = next(at for at, one in enumerate(heads) if one.stream == "people")
    path, root = path_to(heads, people), bytes.fromhex(str(first["root"]))
    assert (first["root"], first["count"]) == (heads_root(heads), len(heads))
    assert is_included(leaf_hash(head_bytes(heads[people])), people, len(heads), root, path)
    shorter = Head(stream="people", seq=heads[people].seq - 1, hash=heads[people].hash)
    assert not is_included(leaf_hash(head_bytes(shorter)), people, len(heads), root, path)
    assert first["root"] != second["root"]


def test_heads_are_not_told_again_where_nothing_but_they_was_sealed(house: House) -> None:
    """A log that rests stays as long as it is."""
    house.tell(1)
    house.sealer().seal(0)
    tell_heads(house.bench.db, HOUR)
    house.sealer().seal(HOUR)

    assert not tell_heads(house.bench.db, 30 * HOUR)


def test_an_entry_is_proven_and_an_older_log_is_its_beginning(house: House) -> None:
    """From the rows, against what was signed; what is not signed yet cannot be proven."""
    house.tell(3)
    sealer, database = house.sealer(), house.bench.db
    sealer.seal(0)
    old = latest_note(database)
    house.tell(4, at=HOUR)
    with pytest.raises(NotFound, match="people 5"):
        proof_for(database, "people", 5)
    sealer.seal(1)
    new = latest_note(database)
    proof = proof_for(database, "people", 5)
    with database.read() as view:
        ((body,),) = view.driver.rows("SELECT body FROM entry WHERE stream = 'people' AND seq = 5")

    assert proof.shows(leaf_hash(bytes(body)))
    assert old is not None
    assert new is not None
    before, after = checkpoint_of(old), checkpoint_of(new)
    path = consistency_from(database, before.size, after.size)
    assert is_consistent(before.size, before.root, after.size, after.root, path)


def test_keys_change_without_a_gap(house: House) -> None:
    """The old key signs the entry that names the new one, then both sign, then only the new one; all of it is told."""
    house.tell(1)
    sealer, database = house.sealer(), house.bench.db
    old = house.keyring.signers()[0].public
    new = rotate(database, sealer, house.keyring, HOUR, actor="a-1")
    named = house.notes()[-1]
    house.tell(1, at=HOUR)
    sealer.seal(2 * HOUR)
    both = house.notes()[-1]
    gone = retire(database, house.keyring, 3 * HOUR, actor="a-1")
    sealer.seal(3 * HOUR)
    last = house.notes()[-1]

    signed = [tuple(is_signed(note, key, verifies) for key in (old, new)) for note in (named, both, last)]
    assert [(True, False), (True, True), (False, True)] == signed
    (told,), (ended,) = _entries(house, "key_rotated"), _entries(house, "key_retired")
    assert (str(new), [str(old)], [str(old)], (old,)) == (told["new"], told["old"], ended["keys"], gone)
    assert () == retire(database, house.keyring, 4 * HOUR, actor="a-1")


def _opened(database: Database, path: Path, origin: str = "") -> Sealer:
    return opened(database, path, origin=origin, host="agency.example", chance=os.urandom)


def test_a_log_has_its_name_for_ever(house: House, tmp_path: Path, opened: Callable[..., Database]) -> None:
    """Made of the host and chance the first time; another wish later is refused by name."""
    path = tmp_path / "named.key"
    _opened(house.bench.db, path).seal(0)
    name = standing(house.bench.db).origin
    _opened(opened(), path).seal(1)

    assert name.startswith("agency.example/siklus-")
    assert name == standing(house.bench.db).origin
    for wish in ("other.example/log", "a b"):
        with pytest.raises(SealerUnusable):
            _opened(house.bench.db, path, wish)


def test_a_name_no_log_can_have_is_refused_before_anything_is_made(house: House, tmp_path: Path) -> None:
    """No key, no name."""
    with pytest.raises(SealerUnusable, match="spaces"):
        _opened(house.bench.db, tmp_path / "x.key", "a b")
    assert ("", False) == (standing(house.bench.db).origin, (tmp_path / "x.key").exists())


def test_a_signed_log_without_its_key_gets_no_new_one(house: House, tmp_path: Path) -> None:
    """Also where only the key file is gone, or only the memory."""
    path = tmp_path / "log.key"
    _opened(house.bench.db, path, ORIGIN).seal(0)
    for gone in files_of(path):
        gone.unlink()
    _opened(house.bench.db, path, ORIGIN)

    assert not path.exists()


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_the_keys_of_two_databases_in_one_folder_are_two(house: House, tmp_path: Path, url: str) -> None:
    """Each has its own memory of what was signed."""
    with closing(Database.create(str(tmp_path / "other.db"), "real")) as other:
        assert {"other-log.key", f"{Path(url).stem}-log.key"} == {
            key_file_of(one).name for one in (other, house.bench.db)
        }


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_after_a_restore_the_log_begins_again_under_another_name(
    house: House, url: str, tmp_path: Path
) -> None:
    """The first entry of the new log names the older one and what was last signed of it; the older files are kept."""
    key_file = tmp_path / "restored.key"
    _opened(house.bench.db, key_file, ORIGIN).seal(0)
    house.bench.db.close()
    older = Path(shutil.copy(url, tmp_path / "older.db"))
    with closing(Database(url)) as now:
        with now.write() as unit:
            unit.append("people", "imported", HOUR, {"rows": 1})
        last = _opened(now, key_file).seal(1)
    with closing(Database(str(older))) as back:
        with back.write() as unit:
            unit.append("people", "imported", HOUR, {"rows": 2})
        with pytest.raises(LogDamaged):
            _opened(back, key_file).seal(2)
        with pytest.raises(SealerUnusable, match="must differ"):
            restart(back, key_file, ORIGIN, 3, actor="operator", reason="restored")
        with pytest.raises(ReasonMissing):
            restart(back, key_file, f"{ORIGIN}-2", 3, actor="operator", reason=" ")
        kept = restart(
            back, key_file, f"{ORIGIN}-2", 3, actor="operator", reason="restored from Sunday's copy"
        )
        done = _opened(back, key_file).seal(4, thorough=True)
        told = decode(next(one for one in history(back) if one.kind == "log_restarted").body)

    assert ((), True) == (done.problems, done.note is not None)
    assert (ORIGIN, last.size) == (told["before"], told["signed"]["size"])
    assert [True, True] == [one.exists() for one in kept]


def history(database: Database) -> tuple[Entry, ...]:
    with database.read() as view:
        return streams.history(view.driver, STREAM)
