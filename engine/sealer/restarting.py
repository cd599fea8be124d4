"""A log that begins again under another name, after a restore that lost what was signed, or the loss of its key.

Its first entry of its own names the log before it and the last checkpoint that is known of it. Nothing is hidden by it:
whoever kept a checkpoint of the older log sees where that one ended, and the older files are kept beside the new ones.
"""

from __future__ import annotations

from pathlib import Path

from engine.core.audit import SALT, commitment
from engine.core.codec import canonical
from engine.core.sealing.checkpoints import Checkpoint, possible_origin
from engine.core.sealing.strict import text_of
from engine.errors import ReasonMissing, SealerUnusable
from engine.keys import new_seed
from engine.sealer.keyring import Keyring
from engine.sealer.memory import Memory
from engine.sealer.opening import files_of, origin_of
from engine.sealer.sealing import ORIGIN, STREAM
from engine.store import Database, sealing

__all__ = ["restart"]


def restart(
    database: Database, key_file: Path, name: str, now: int, *, actor: str, reason: str
) -> tuple[Path, ...]:
    """Begin the log again as `name`, with a new key; the older key files, which are kept under other names.

    Raises: SealerUnusable, if it had this name before or none can be so named; KeysUnusable; ReasonMissing.
    """
    told, before = reason.strip(), origin_of(database)
    if not told:
        raise ReasonMissing("a log begins again only for a reason; say why")
    if not possible_origin(name) or name == before:
        raise SealerUnusable(
            f"{name!r} cannot be the new name: it must differ from {before!r}, without spaces and plus, at most 255"
            " bytes"
        )
    with database.write() as unit:
        unit.hold(STREAM)  # no sealer signs meanwhile
        kept, last = _exchanged(key_file, name, now)
        point = sealing.latest(unit.driver)
        if last is None and point is not None:
            last = Checkpoint(origin=before, size=point.size, root=point.root)
        salt = new_seed()
        assert len(salt) == SALT
        facts = {
            "actor": {"account": actor},
            "before": before,
            "origin": name,
            "signed": {"size": last.size, "root": text_of(last.root)} if last is not None else None,
            "content": {"reason": commitment("reason", canonical(told), salt)},
        }
        made = unit.append(STREAM, "log_restarted", now, facts)
        unit.put_statement(STREAM, made.seq, told, salt)
        unit.put_meta(ORIGIN, name)
    return kept


def _exchanged(key_file: Path, name: str, now: int) -> tuple[tuple[Path, ...], Checkpoint | None]:
    """The files put aside and a new key made, and what the older one had last signed.

    The files go first: a crash in between leaves a key that the log's name does not fit, with which nothing is signed,
    and the same command goes on from there.
    """
    key_place, signed_place = files_of(key_file)
    last = Memory(signed_place).last()
    keyring = Keyring(key_place)
    kept: tuple[Path, ...] = ()
    if not keyring.made or keyring.signers()[0].public.name != name:
        kept = tuple(_put_aside(one, now) for one in (signed_place, key_place) if one.exists())
        keyring.make(name)
    return kept, last


def _put_aside(file: Path, now: int) -> Path:
    aside = file.with_name(f"{file.name}.until-{now // 1_000_000}")
    return file.rename(aside)
