"""The sealer of an installation, put together from its settings."""

from __future__ import annotations

from os import urandom
from pathlib import Path
from urllib.parse import urlsplit

from api.settings import Settings
from engine.sealer import Sealer, Tending, key_file_of, opened
from engine.store.database import Database

__all__ = ["key_file_of_log", "sealer_of", "tending_of"]

_SECOND_US = 1_000_000


def key_file_of_log(database: Database, settings: Settings) -> Path:
    """Where the log's keys are."""
    return Path(settings.log_key_file) if settings.log_key_file else key_file_of(database)


def sealer_of(database: Database, settings: Settings) -> Sealer:
    """The sealer of a database; the first one names the log and makes its key. Raises: SealerUnusable, KeysUnusable."""
    key_file = key_file_of_log(database, settings)
    host = urlsplit(settings.base_url).hostname or "localhost"
    return opened(database, key_file, origin=settings.log_origin, host=host, chance=urandom)


def tending_of(database: Database, settings: Settings) -> Tending:
    """What seals with the beats of a worker. A demo's entries are told by two clocks, so each pass looks at all."""
    return Tending(
        database,
        lambda: sealer_of(database, settings),
        every_us=int(settings.seal_seconds * _SECOND_US),
        thorough=database.kind == "demo",
    )
