"""The sealer of an installation, put together from its settings."""

from __future__ import annotations

from os import urandom
from pathlib import Path
from urllib.parse import urlsplit

from api.settings import Settings
from api.telemetry import log_failure, log_witness
from engine.clock import Clock
from engine.core.sealing.notes import public_key
from engine.scheduler import Heartbeat
from engine.sealer import Asking, Sealer, Tending, WitnessAt, call, key_file_of, opened
from engine.store.database import Database

__all__ = ["asking_heart", "asking_of", "key_file_of_log", "sealer_of", "tending_of", "witnesses_of"]

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


def witnesses_of(settings: Settings) -> tuple[WitnessAt, ...]:
    """The witnesses that are set."""
    return tuple(
        WitnessAt(name=one.name, url=one.url, key=public_key(one.vkey)) for one in settings.witnesses
    )


def asking_of(database: Database, settings: Settings) -> Asking:
    """What asks the witnesses that are set."""
    return Asking(database, witnesses_of(settings), call)


def asking_heart(
    database: Database, settings: Settings, system: Clock, worker: str, *, seconds: float
) -> Heartbeat | None:
    """A heart of its own for asking witnesses, as one may be slow; None where none is set."""
    if not settings.witnesses:
        return None
    asking = asking_of(database, settings)

    def beat() -> None:
        for heard in asking.ask(system.now()):
            log_witness(worker=worker, name=heard.name, signed=heard.signed or 0, grave=heard.grave)

    def failed(error: Exception) -> None:
        log_failure("witness.failed", error, worker=worker)

    return Heartbeat(beat, seconds=seconds, failed=failed, at_once=False)
