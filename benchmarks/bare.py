"""The two bare drivers the floor runs on: the store's own statement texts and settings, and nothing in between."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

import psycopg

from engine.store.postgres import numbered  # the same texts, or it is no floor
from engine.store.sqlite import PRAGMAS  # the same settings
from engine.store.texts import step_text, texts

Row = tuple[Any, ...]


class BareSqlite:
    """sqlite3 with the store's pragmas; one statement per table and step, `executemany` for batches."""

    def __init__(self, path: str) -> None:
        self._texts = texts("sqlite")
        connection = sqlite3.connect(path, isolation_level=None)
        for pragma in PRAGMAS:
            connection.execute(pragma)
        connection.execute("PRAGMA foreign_keys = ON")
        self._cursor = connection.cursor()

    def begin(self) -> None:
        """Take the write lock."""
        self._cursor.execute("BEGIN IMMEDIATE")

    def rows(self, text: str, values: Sequence[Any]) -> list[Row]:
        """The rows of one of the store's reading statements, by its name."""
        return self._cursor.execute(getattr(self._texts, text), values).fetchall()

    def many(self, name: str, rows: Sequence[Row]) -> None:
        """One of the store's writing statements, by its name, for each row."""
        self._cursor.executemany(getattr(self._texts, name), rows)

    def step(self, entry: Row, move: Row, gone: str, task: Row, content: Row, note: Row) -> None:
        """The rows of one step."""
        run, names = self._cursor.execute, self._texts
        run(names.entries, entry)
        run(names.moves, move)
        run(names.tasks_gone, (gone,))
        run(names.tasks, task)
        run(names.contents_written, content)
        run(names.notes, note)

    def commit(self) -> None:
        """Keep it."""
        self._cursor.execute("COMMIT")

    def durability(self) -> str:
        """What a commit survives."""
        journal = self._cursor.execute("PRAGMA journal_mode").fetchone()[0]
        synchronous = self._cursor.execute("PRAGMA synchronous").fetchone()[0]
        return f"journal_mode={journal} synchronous={('OFF', 'NORMAL', 'FULL', 'EXTRA')[synchronous]}"


class BarePostgres:
    """psycopg, binary, prepared; one data-modifying statement per step, arrays through unnest for batches.

    Numbered parameters as in the store: psycopg reads a long text with its own marks anew each time.
    """

    def __init__(self, url: str) -> None:
        self._texts = texts("postgresql")
        self._connection = psycopg.connect(url)
        self._connection.prepare_threshold = 2
        self._cursor = psycopg.RawCursor(self._connection)
        self._cursor.format = psycopg.pq.Format.BINARY
        self._arrays = self._connection.cursor(binary=True)
        self._step = numbered(step_text(1, 1, 1, 1))
        self._reads = {
            name: numbered(getattr(self._texts, name)) for name in ("load_locked", "metas", "contents", "due")
        }

    def begin(self) -> None:
        """Nothing: BEGIN travels with the first statement."""

    def rows(self, text: str, values: Sequence[Any]) -> list[Row]:
        """The rows of one of the store's reading statements, by its name."""
        self._cursor.execute(self._reads[text], values or None)
        return self._cursor.fetchall()

    def many(self, name: str, rows: Sequence[Row]) -> None:
        """One of the store's writing statements, by its name, with an array for each column."""
        columns = [list(column) for column in zip(*rows, strict=True)]
        self._arrays.execute(getattr(self._texts, name).replace("%s", "%b"), columns)

    def step(self, entry: Row, move: Row, gone: str, task: Row, content: Row, note: Row) -> None:
        """The rows of one step."""
        self._cursor.execute(self._step, [*entry, *move, gone, *task, *content, *note])

    def commit(self) -> None:
        """Keep it."""
        self._connection.commit()

    def durability(self) -> str:
        """What a commit survives."""
        told = []
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            row = self._arrays.execute(f"SHOW {name}").fetchone()
            told.append(f"{name}={row[0] if row else '?'}")
        self._connection.rollback()
        return " ".join(told)
