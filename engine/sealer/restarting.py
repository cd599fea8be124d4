"""A log that begins again under another name, after a restore that lost what was signed, or the loss of its key.

Its first entry of its own names the log before it and the last checkpoint that is known of it. Nothing is hidden by it:
whoever kept a checkpoint of the older log sees where that one ended, and the older files are kept beside the new ones.
"""

from __future__ import annotations

from pathlib import Path

from engine.core.audit import SALT, commitment
from engine.core.codec import canonical
from engine.core.sealing.checkpoints import possible_origin
from engine.core.sealing.strict import text_of
from engine.errors import ReasonMissing, SealerUnusable
from engine.keys import new_seed
from engine.sealer.keyring import Keyring
from engine.sealer.memory import Memory
from engine.sealer.opening import ORIGIN, files_of, origin_of
from engine.sealer.tending import STREAM
from engine.store import Database

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
    key_place, signed_place = files_of(key_file)
    last, salt = Memory(signed_place).last(), new_seed()
    assert len(salt) == SALT
    with database.write() as unit:
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
    kept = tuple(_put_aside(one, now) for one in (key_place, signed_place) if one.exists())
    Keyring(key_place).make(name)
    return kept


def _put_aside(file: Path, now: int) -> Path:
    aside = file.with_name(f"{file.name}.until-{now // 1_000_000}")
    return file.rename(aside)
