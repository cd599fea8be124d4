"""How long auditors wait for a search in a log of millions of entries on PostgreSQL: `python -m benchmarks.searching`.

The rows are made by the server itself, past the guards, as no installation could: what is measured is the search. Each
question is asked through the engine, as a page does it. Exit code 1 if one takes longer than its target.
"""

from __future__ import annotations

import argparse
import hashlib
import statistics
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from benchmarks.__main__ import Servers, served_postgres
from engine.clock import SystemClock
from engine.runtime import Engine
from engine.store import Database
from engine.store.tracing import Wanted

#: seconds a page may take
TARGET = 2.0
_CASES = 50_000
_DAY_US = 86_400_000_000
_FIRST = 1_700_000_000_000_000
#: one entry in so many has a reason, and one reason in so many speaks of a flood
_REASONS, _FLOODS = 20, 997

_GUARDED = ("entry", "content", "cases", "trace")
_ENTRIES = """
INSERT INTO entry (stream, seq, kind, at, body, prev, hash)
SELECT 'case/c-' || i % {cases}, i / {cases} + 1, CASE WHEN i % 10 < 6 THEN 'moved' ELSE 'rung' END,
  {first} + i::bigint * 20000000, convert_to(repeat('x', 400), 'UTF8'), md5(i::text), md5((i + 1)::text)
FROM generate_series(0, {count} - 1) AS i
"""
_TRACES = """
INSERT INTO trace (leaf, stream, seq, kind, at, actor, behalf, subject, unit, rule, definition, automatic, override,
  silent)
SELECT i, 'case/c-' || i % {cases}, i / {cases} + 1,
  CASE WHEN i % 5000 = 1 THEN 'extended' WHEN i % 10 < 6 THEN 'moved' ELSE 'rung' END,
  {first} + i::bigint * 20000000,
  CASE WHEN i % 3 = 0 THEN 'timer' ELSE 'p-' || (i::bigint * 7919) % 30000 END,
  CASE WHEN i % 50 = 7 THEN 'p-' || i % 1000 ELSE '' END,
  'p-' || i % {cases}, 'Unit ' || (i % {cases}) % 400, 'state_' || i % 40 || '.go',
  md5((i * 20 / {count})::text), CASE WHEN i % 3 = 0 THEN 1 ELSE 0 END,
  CASE WHEN i % 5000 = 1 THEN 1 ELSE 0 END, CASE WHEN i % 97 = 0 THEN 7 + i % 90 ELSE 0 END
FROM generate_series(0, {count} - 1) AS i
"""
_CONTENTS = """
INSERT INTO content (case_id, form, seq, value, salt)
SELECT 'c-' || i % {cases}, '', i / {cases} + 1, convert_to(CASE WHEN i / {reasons} % {floods} = 5
  THEN '"kantor terendam banjir sampai hari Jumat"' ELSE '"' || repeat(md5(i::text) || ' ', 3) || '"' END, 'UTF8'),
  decode(md5(i::text), 'hex')
FROM generate_series(0, {count} - 1, {reasons}) AS i
"""

#: made after the rows, which is ten times as fast
_INDEXES = "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'trace' AND indexname LIKE 'ix_%'"


def main() -> int:
    """Fill, ask, print; 0 if every question is answered in time."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=5_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, served_postgres(Path(folder)) as server:
        if server is None:
            return 2
        return _measured(Servers(Path(folder), server).fresh("postgresql"), asked.entries, asked.rounds)


def _measured(url: str, count: int, rounds: int) -> int:
    Database.create(url, "real").close()
    with Database(url) as database:
        _fill(database, count)
        search, worst = Engine(database, SystemClock()).search, 0.0
        for name, wanted in _questions(count).items():
            times, found = [], 0
            for _ in range(rounds):
                begun = time.perf_counter()
                found = len(search.page(wanted, limit=50).found)
                times.append(time.perf_counter() - begun)
            worst = max(worst, *times)
            told = f"{name:<28} {found:>3} found  first {times[0]:6.3f} s  median {statistics.median(times):6.3f} s"
            sys.stdout.write(told + "\n")
            sys.stdout.flush()
    fits = worst < TARGET
    sys.stdout.write(
        f"longest {worst:.3f} s of {TARGET:.1f} s over {count:,} entries: {'fits' if fits else 'TOO LONG'}\n"
    )
    return 0 if fits else 1


def _fill(database: Database, count: int) -> None:
    parts = {"cases": _CASES, "count": count, "first": _FIRST, "reasons": _REASONS, "floods": _FLOODS}
    with database.write() as unit:
        for name in _GUARDED:
            unit.driver.run(f"ALTER TABLE {name} DISABLE TRIGGER ALL")
        indexes = unit.driver.rows(_INDEXES)
        for name, _ in indexes:
            unit.driver.run(f"DROP INDEX {name}")
        for text in (_ENTRIES, _TRACES, _CONTENTS):
            begun = time.perf_counter()
            unit.driver.run(text.format(**parts))
            sys.stdout.write(f"{text.split()[2]} filled in {time.perf_counter() - begun:.0f} s\n")
            sys.stdout.flush()
        begun = time.perf_counter()
        for _, text in indexes:
            unit.driver.run(text)
        sys.stdout.write(f"indexes made in {time.perf_counter() - begun:.0f} s\n")
    with database.write() as unit:
        for name in ("entry", "trace", "content"):
            unit.driver.run(f"ANALYZE {name}")


def _questions(count: int) -> Mapping[str, Wanted]:
    until = _FIRST + count * 20_000_000
    month = {"first": until - 60 * _DAY_US, "until": until - 30 * _DAY_US}
    return {
        "everything": Wanted(),
        "person, for others as well": Wanted(who=("p-77",)),
        "a person nobody knows": Wanted(who=("p-nobody",)),
        "subject": Wanted(subject="p-4711"),
        "unit": Wanted(unit="Unit 17"),
        "unit, by the timer": Wanted(unit="Unit 17", automatic=True),
        "period": Wanted(**month),  # type: ignore[arg-type]
        "period, unit, kind": Wanted(unit="Unit 17", kind="moved", **month),  # type: ignore[arg-type]
        "kind that is rare": Wanted(kind="extended"),
        "rule": Wanted(rule="state_7.go"),
        "rule, in one unit": Wanted(rule="state_7.go", unit="Unit 7"),
        "rules of years ago": Wanted(definition=_digest(0)),
        "rules of years ago, by hand": Wanted(definition=_digest(0), automatic=False, unit="Unit 3"),
        "override": Wanted(override=True),
        "override of one person": Wanted(override=True, who=("p-77",)),
        "silence of 90 days": Wanted(silent=90),
        "silence, one unit": Wanted(silent=90, unit="Unit 17"),
        "words of the reason": Wanted(reason="banjir"),
        "words nobody wrote": Wanted(reason="gempa bumi"),
        "words, unit": Wanted(reason="banjir", unit="Unit 17"),
        "nothing fits": Wanted(unit="Unit 17", rule="state_99.go"),
    }


def _digest(part: int) -> str:
    return hashlib.md5(str(part).encode(), usedforsecurity=False).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
