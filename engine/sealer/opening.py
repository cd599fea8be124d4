"""A sealer put together: the log's name, fixed once and for all, its keys, and what was last signed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from engine.core.sealing.checkpoints import possible_origin
from engine.errors import SealerUnusable
from engine.sealer.keyring import Keyring
from engine.sealer.memory import Memory
from engine.sealer.sealing import ORIGIN, Sealer
from engine.store import Database, sealing

__all__ = ["files_of", "key_file_of", "opened", "origin_of"]

_SIGNED = ".signed"


def key_file_of(database: Database) -> Path:
    """Where the log's keys are if nothing else is said: beside the file siklus.db that is siklus-log.key."""
    beside = Path(database.name if database.engine == "sqlite" else "siklus.db")
    return beside.with_name(f"{beside.stem}-log.key")


def files_of(key_file: Path) -> tuple[Path, Path]:
    """The file of keys, and the one that remembers what was last signed."""
    return key_file, key_file.with_name(key_file.name + _SIGNED)


def origin_of(database: Database) -> str:
    """The log's name; "" before it has one."""
    with database.read() as view:
        return view.meta(ORIGIN) or ""


def opened(
    database: Database, key_file: Path, *, origin: str, host: str, chance: Callable[[int], bytes]
) -> Sealer:
    """The sealer of a database. A log that nobody has signed yet gets its name and its first key here.

    `origin` is the name that is wished for, "" for one made of `host` and chance.
    Raises: SealerUnusable, KeysUnusable.
    """
    name = _named(database, origin, host, chance)
    keyring, memory = Keyring(key_file), Memory(files_of(key_file)[1])
    if not keyring.made and memory.last() is None and not _signed(database):
        keyring.make(name)
    return Sealer(database, keyring, memory, name)


def _named(database: Database, wish: str, host: str, chance: Callable[[int], bytes]) -> str:
    has = origin_of(database)
    if has:
        if wish and wish != has:
            raise SealerUnusable(
                f"the log of {database.name} is called {has} for ever, and SIKLUS_LOG_ORIGIN says {wish}; whoever kept"
                " a checkpoint knows it by that name. Leave the setting out, or name the log by it"
            )
        return has
    name = wish or f"{host}/siklus-{chance(4).hex()}"
    if not possible_origin(name):
        raise SealerUnusable(
            f"{name!r} cannot be a log's name; one like agency.example/appraisal can: no spaces, no plus, at most 255"
            " bytes"
        )
    with database.write() as unit:
        if unit.meta(ORIGIN) is None:
            unit.put_meta(ORIGIN, name)
    return origin_of(database)


def _signed(database: Database) -> bool:
    with database.read() as view:
        return sealing.latest(view.driver) is not None
