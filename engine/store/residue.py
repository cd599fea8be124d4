"""What erased rows leave behind in files, and having it overwritten."""

from __future__ import annotations

from engine.errors import SiklusError
from engine.store.driver import Driver

__all__ = ["no_residue"]

_TABLES = "content, attachment, statement, outbox, idempotency, person, replaced"


def no_residue(driver: Driver) -> bool:
    """Whether the bytes of deleted rows are gone from the tables' files; between transactions only."""
    if driver.kind == "sqlite":
        busy, _, _ = driver.rows("PRAGMA wal_checkpoint(TRUNCATE)")[0]
        return not busy
    try:
        driver.run_alone(f"VACUUM {_TABLES}")
    except SiklusError:
        return False
    return True
