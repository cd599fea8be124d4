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
from engine.errors import KeysUnusable, LogDamaged, NotFound, ReasonMissing, SealerUnusable
from engine.keys import verifies
from engine.sealer import (
    STREAM,
    Keyring,
    Sealer,
    Tending,
    consistency_from,
    files_of,
    heads_due,
    key_file_of,
    latest_note,
    opened,
    proof_for,
    restart,
    retire,
    rotate,
    standing,
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
    """The root is over the last sealed entry of every stream; a path shows one, and a shorter stream does not fit."""
    house.bench.case()
    house.tell(4)
    database, sealer = house.bench.db, house.sealer()
    assert not heads_due(database, 0)
    sealer.seal(0)
    assert heads_due(database, HOUR)
    sealer.seal_heads(HOUR)
    house.tell(1, at=HOUR)
    sealer.seal(2 * HOUR)
    assert (False, True) == (heads_due(database, 20 * HOUR), heads_due(database, 26 * HOUR))
    sealer.seal_heads(26 * HOUR)

    first, second = _entries(house, "heads")
    with database.read() as view:
        heads = [
            Head(stream=a, seq=b, hash=c)
            for a, b, c in sealing.heads_at(view.driver, int(str(first["size"])))
        ]
        assert sealing.leaf_of(view.driver, STREAM, 1) == first["size"]
        assert sealing.leaf_of(view.driver, STREAM, 2) == second["size"]
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
    house.sealer().seal_heads(0)

    assert not heads_due(house.bench.db, 30 * HOUR)


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


def test_a_signed_log_without_its_key_or_its_memory_is_not_signed(house: House, tmp_path: Path) -> None:
    """No new key is made, and a memory that is gone is not taken for none: both are told by name."""
    path = tmp_path / "log.key"
    _opened(house.bench.db, path, ORIGIN).seal(0)
    key, signed = files_of(path)
    told = signed.read_bytes()
    signed.unlink()
    house.tell(1, at=HOUR)
    with pytest.raises(KeysUnusable, match="remembers"):
        _opened(house.bench.db, path).seal(1)
    signed.write_bytes(told)
    key.unlink()
    with pytest.raises(KeysUnusable, match="bring back"):
        _opened(house.bench.db, path).seal(1)
    assert not key.exists()


def test_a_key_of_another_log_does_not_sign(house: House, tmp_path: Path) -> None:
    """A checkpoint that nobody could believe is not made."""
    house.tell(1)
    other = Keyring(tmp_path / "other.key")
    other.make("other.example/log")

    with pytest.raises(KeysUnusable, match=r"other\.example"):
        Sealer(house.bench.db, other, house.memory, ORIGIN).seal(0)
    assert house.memory.last() is None


def test_a_running_sealer_follows_its_keys(house: House) -> None:
    """Another process has changed them since it started; none of them is written over."""
    house.tell(1)
    running = house.sealer()
    running.seal(0)
    elsewhere = House(bench=house.bench, keyring=Keyring(house.keyring.path), memory=house.memory)
    new = rotate(house.bench.db, elsewhere.sealer(), elsewhere.keyring, HOUR, actor="a-1")
    house.tell(1, at=HOUR)
    running.seal(2 * HOUR)

    assert is_signed(house.notes()[-1], new, verifies)
    house.keyring.add(house.keyring.renewed())
    assert new in [one.public for one in Keyring(house.keyring.path).signers()]


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


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_worker_that_runs_while_the_log_begins_again_signs_no_second_history(
    house: House, url: str, tmp_path: Path
) -> None:
    """Its sealer was opened for the older name: it signs nothing, and is put together again for the new one."""
    key_file = tmp_path / "running.key"
    database = house.bench.db
    running = Tending(database, lambda: _opened(database, key_file), every_us=0)
    house.tell(1)
    running.seal(0)
    before = latest_note(database)
    assert before is not None
    restart(database, key_file, "agency.example/second", 1, actor="operator", reason="a new key")
    house.tell(1, at=HOUR)
    first, alarm = running.seal(2), standing(database).alarm
    second = running.seal(3)

    assert first is None
    assert alarm is not None
    assert "begun again as agency.example/second" in alarm.problems[0]
    assert second is not None
    assert second.note is not None
    assert "agency.example/second" == checkpoint_of(second.note).origin


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_restart_that_was_cut_off_goes_on_where_it_was(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The files were exchanged, the entry was not written: nothing is signed, and the same command ends it."""
    key_file, database = tmp_path / "cut.key", house.bench.db
    _opened(database, key_file, ORIGIN).seal(0)
    with monkeypatch.context() as patch:
        patch.setattr("engine.store.unit.Unit.put_meta", _cut)
        with pytest.raises(OSError, match="power"):
            restart(database, key_file, f"{ORIGIN}-2", 1, actor="operator", reason="why")
    with pytest.raises(KeysUnusable):
        _opened(database, key_file).seal(2)
    restart(database, key_file, f"{ORIGIN}-2", 3, actor="operator", reason="why")

    assert _opened(database, key_file).seal(4).note is not None


def _cut(*_: object) -> None:
    raise OSError("the power")
