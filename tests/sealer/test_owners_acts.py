"""What the owner of the tables can still do, on both engines, and what of the log catches it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from engine import verify
from engine.core.audit import chain
from engine.core.sealing.tree import leaf_hash
from engine.errors import LogDamaged
from engine.sealer import export, latest_note
from tests.sealer.conftest import House
from tests.sealer.packs import policy_of
from tests.store.cases import handing_in
from tests.store.raw import Raw

NOON = 1_767_225_600_000_000
HOUR = 3_600_000_000


def _body(raw: Raw, seq: int) -> bytes:
    return bytes(raw.run("SELECT body FROM entry WHERE stream = 'people' AND seq = ?", seq)[0][0])


def _edit(raw: Raw) -> None:
    """One entry, and nothing else: its own hash no longer fits."""
    raw.run(
        "UPDATE entry SET body = ? WHERE stream = 'people' AND seq = 2", _body(raw, 2).replace(b":1", b":9")
    )


def _edit_and_chain(raw: Raw) -> None:
    """The last entry with its hash and the head of its stream: the chain is whole again."""
    other = _body(raw, 4).replace(b'"rows":3', b'"rows":9')
    raw.run("UPDATE entry SET body = ?, hash = ? WHERE stream = 'people' AND seq = 4", other, chain(other))
    raw.run("UPDATE stream SET head = ? WHERE name = 'people'", chain(other))


def _remove(raw: Raw) -> None:
    raw.run("DELETE FROM entry WHERE stream = 'people' AND seq = 2")


def _cut(raw: Raw) -> None:
    """The newest of a stream, with the head put back."""
    before = raw.run("SELECT prev FROM entry WHERE stream = 'people' AND seq = 4")[0][0]
    raw.run("DELETE FROM entry WHERE stream = 'people' AND seq = 4")
    raw.run("UPDATE stream SET seq = 3, head = ? WHERE name = 'people'", before)


def _swap(raw: Raw) -> None:
    """The table renamed, and another in its place without that entry."""
    raw.run("ALTER TABLE entry RENAME TO earlier")
    raw.run("CREATE TABLE entry AS SELECT * FROM earlier WHERE NOT (stream = 'people' AND seq = 4)")


ACTS: dict[str, Callable[[Raw], None]] = {
    "an entry edited": _edit,
    "an entry edited and chained anew": _edit_and_chain,
    "an entry removed": _remove,
    "the newest entry cut off": _cut,
    "the table exchanged": _swap,
}


@pytest.mark.parametrize("act", ACTS)
def test_what_an_owner_did_to_sealed_entries_is_not_handed_out(
    house: House, raw: Raw, tmp_path: Path, act: str
) -> None:
    """The guards are off, the log is not: of entries that are not what was sealed no pack is made."""
    house.tell(4)
    house.sealer().seal(NOON)
    raw.drop_guards()
    ACTS[act](raw)

    with pytest.raises(LogDamaged, match="leaf"):
        export(
            house.bench.db, house.sealer(), tmp_path / "p.zip", NOON + HOUR, streams=None, with_words=False,
            actor="operator",
        )  # fmt: skip


def test_leaves_and_checkpoints_made_to_fit_are_not_signed_over(house: House, raw: Raw) -> None:
    """The entry, its leaf and the root in the database agree again; the sealer's own memory does not."""
    house.tell(4)
    house.sealer().seal(NOON)
    raw.drop_guards()
    _edit_and_chain(raw)
    raw.run("UPDATE leaf SET hash = ? WHERE stream = 'people' AND seq = 4", leaf_hash(_body(raw, 4)))
    house.tell(1, "settings")

    with pytest.raises(LogDamaged, match="no longer make the root"):
        house.sealer().seal(NOON + HOUR)


def test_a_kept_checkpoint_catches_all_of_it_signed_anew(house: House, raw: Raw, tmp_path: Path) -> None:
    """With the database, the key and the memory everything can be made to fit, but for the sheet of paper."""
    house.tell(4)
    house.sealer().seal(NOON)
    kept = str(latest_note(house.bench.db)).encode()
    raw.drop_guards()
    _edit_and_chain(raw)
    for table in ("cosignature", "checkpoint", "tile", "leaf"):
        raw.run(f"DELETE FROM {table}")
    house.memory.path.unlink()
    pack = tmp_path / "p.zip"
    export(
        house.bench.db, house.sealer(), pack, NOON + HOUR, streams=None, with_words=False, actor="operator"
    )

    policy = policy_of(house.keyring)
    assert verify.VERIFIED == verify.verify(str(pack), policy, None).code
    assert verify.FORK == verify.verify(str(pack), policy, kept).code


def test_a_case_moved_without_an_entry_is_seen(house: House, raw: Raw) -> None:
    """The row says another state than the end of its chain."""
    case = house.bench.case()
    house.bench.save(handing_in(case))
    raw.drop_guards()
    raw.run("UPDATE cases SET state = 'elsewhere', version = version + 1")

    assert any(case.id in one for one in house.bench.problems())
