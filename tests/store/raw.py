"""A stranger at the database: the bare driver with its own defaults, to try what the guards refuse."""

from __future__ import annotations

import sqlite3
from typing import Any

import psycopg

TABLES = (
    "meta", "definition", "person", "calendar", "cycle", "cases", "task", "content", "entry", "stream", "outbox",
    "idempotency", "beat", "proposal", "statement", "invitation",
    "wait", "signal", "opening", "attachment", "delegation", "replaced", "training",
    "look", "erased", "parked", "unsent",
    "account", "credential", "recovery", "sign_in_link", "session", "api_token", "rate",
    "account_request", "account_hand",
    "party", "denial",
    "leaf", "tile", "checkpoint", "cosignature", "trace",
)  # fmt: skip
_GUARDED = ("entry", "cases", "content", "statement", "erased", "leaf", "tile", "checkpoint", "cosignature")


class Raw:
    """Runs statements with `?` for values and commits each by itself."""

    def __init__(self, url: str) -> None:
        self.postgres = url.startswith("postgresql")
        self._connection: Any = (
            psycopg.connect(url, autocommit=True, prepare_threshold=None)
            if self.postgres
            else sqlite3.connect(url, isolation_level=None)
        )
        if self.postgres:  # a stranger who says that the engine asks: policies keep nothing back
            self.run("SELECT set_config('siklus.asker', '*', false)")

    @property
    def refusals(self) -> tuple[type[Exception], ...]:
        """What the driver raises when the database refuses."""
        return (psycopg.Error,) if self.postgres else (sqlite3.Error,)

    def run(self, text: str, *values: Any) -> list[tuple[Any, ...]]:
        """The rows of a statement, if it has any."""
        cursor = self._connection.execute(text.replace("?", "%s") if self.postgres else text, values)
        return cursor.fetchall() if cursor.description else []

    def drop_guards(self) -> None:
        """Take off all guards of the log, as somebody with the keys to the database could."""
        if self.postgres:
            for table in _GUARDED:
                self.run(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            return
        for (name,) in self.run("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            self.run(f"DROP TRIGGER {name}")

    def everything(self) -> dict[str, list[tuple[Any, ...]]]:
        """All rows of all tables, to tell whether anything has changed."""
        return {name: sorted(self.run(f"SELECT * FROM {name}"), key=repr) for name in TABLES}

    def close(self) -> None:
        """Leave."""
        self._connection.close()
