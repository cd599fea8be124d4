"""OCEL 2.0 as a SQLite file: a table for each type of event and object, and between them who bears on what."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from pathlib import Path

from engine.core.mining import EVENT_COLUMNS, OBJECT_COLUMNS, Happened, Mined, Thing, happened, things

__all__ = ["said_by", "write_ocel"]

_SCHEMA = """
CREATE TABLE event_map_type (ocel_type TEXT PRIMARY KEY, ocel_type_map TEXT NOT NULL);
CREATE TABLE object_map_type (ocel_type TEXT PRIMARY KEY, ocel_type_map TEXT NOT NULL);
CREATE TABLE event (
  ocel_id TEXT PRIMARY KEY, ocel_type TEXT NOT NULL REFERENCES event_map_type (ocel_type));
CREATE TABLE object (
  ocel_id TEXT PRIMARY KEY, ocel_type TEXT NOT NULL REFERENCES object_map_type (ocel_type));
CREATE TABLE event_object (
  ocel_event_id TEXT NOT NULL REFERENCES event (ocel_id), ocel_object_id TEXT NOT NULL REFERENCES object (ocel_id),
  ocel_qualifier TEXT NOT NULL, PRIMARY KEY (ocel_event_id, ocel_object_id, ocel_qualifier));
CREATE TABLE object_object (
  ocel_source_id TEXT NOT NULL REFERENCES object (ocel_id),
  ocel_target_id TEXT NOT NULL REFERENCES object (ocel_id),
  ocel_qualifier TEXT NOT NULL, PRIMARY KEY (ocel_source_id, ocel_target_id, ocel_qualifier));
"""


def write_ocel(path: Path, events: Callable[[], Iterable[Mined]]) -> None:
    """Write the file anew. `events` are gone through three times."""
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as made:
        made.executescript(_SCHEMA)
        kinds = sorted({one.kind for one in events()})
        _typed(made, "event", dict.fromkeys(kinds, EVENT_COLUMNS))
        _typed(made, "object", OBJECT_COLUMNS)
        for thing in _sorted(things(events())):
            _put_object(made, thing)
        for one in events():
            _put_event(made, happened(one))
        made.commit()
        made.execute("VACUUM")


def said_by(path: Path) -> str:
    """The hash of everything a SQLite file says, however it is laid out; "" for what is no such file."""
    hashed = hashlib.sha256()
    try:
        with closing(sqlite3.connect(path)) as opened:
            for line in opened.iterdump():
                hashed.update(line.encode() + b"\n")
    except sqlite3.DatabaseError:
        return ""
    return hashed.hexdigest()


def _sorted(found: Mapping[str, Thing]) -> list[Thing]:
    return [found[name] for name in sorted(found)]


def _typed(made: sqlite3.Connection, of: str, types: Mapping[str, Iterable[str]]) -> None:
    for kind, names in types.items():
        columns = ['"ocel_id" TEXT NOT NULL', '"ocel_time" TEXT NOT NULL']
        if of == "object":
            columns.append('"ocel_changed_field" TEXT')
        columns += [f'"{name}" TEXT' for name in names]
        columns.append(f"FOREIGN KEY (ocel_id) REFERENCES {of} (ocel_id)")
        if of == "event":
            columns.append("PRIMARY KEY (ocel_id)")
        made.execute(f'CREATE TABLE "{of}_{_plain(kind)}" ({", ".join(columns)})')
        _row(made, f"{of}_map_type", [kind, _plain(kind)])


def _put_object(made: sqlite3.Connection, one: Thing) -> None:
    made.execute("INSERT INTO object VALUES (?, ?)", (one.id, one.type))
    values = [one.values.get(name, "") for name in OBJECT_COLUMNS[one.type]]
    _row(made, f"object_{one.type}", [one.id, one.time, None, *values])
    rows = [(one.id, other, how) for other, how in one.related]
    made.executemany("INSERT INTO object_object VALUES (?, ?, ?)", rows)


def _put_event(made: sqlite3.Connection, one: Happened) -> None:
    made.execute("INSERT INTO event VALUES (?, ?)", (one.id, one.type))
    _row(made, f"event_{_plain(one.type)}", [one.id, one.time, *(one.values[name] for name in EVENT_COLUMNS)])
    rows = [(one.id, other, how) for other, how in one.related]
    made.executemany("INSERT INTO event_object VALUES (?, ?, ?)", rows)


def _row(made: sqlite3.Connection, table: str, values: list[str | None]) -> None:
    made.execute(f'INSERT INTO "{table}" VALUES ({", ".join("?" * len(values))})', values)  # noqa: S608


def _plain(kind: str) -> str:
    """A kind as part of a table's name: kinds of entries are letters and lines, and nothing else is one."""
    return "".join(one if one.isalnum() or one == "_" else "_" for one in kind)
