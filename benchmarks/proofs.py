"""What proofs cost: the national cycle for 1,000 people, and how the cost grows with states and with people.

`python -m benchmarks.proofs` prints processor milliseconds (the interpreter's start not counted), medians of some
rounds. Exit code 1 if the national cycle for 1,000 people takes more than a second, or reading 600 lines more than
150 ms. `--states` and `--people` name the largest sizes.

With states the cost grows as the clocks that are armed do: one for each state on each day it can be entered. In a row
of 50, 100 and 200 states these are 15,045, 31,768 and 62,874; `tests/proof/test_growth.py` counts them for small ones.
Times of single rounds on a busy machine say less: 100 states once took 3.6 times as long as 50. So each size is
measured with a calendar of its own, and the median of the rounds is told.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial

from benchmarks.cohort import ROOT
from engine.core.calendar import Calendar
from engine.core.chart import Chart, Person
from engine.core.definition import Definition
from engine.core.parse import read
from engine.core.proof.finding import Ground
from engine.core.proof.proving import PROVERS
from engine.core.source import read_yaml

#: milliseconds at most
TARGETS = {"check": 1_000.0, "read": 150.0}
_LINES = 600
_YEAR = 2026


def milliseconds(work: Callable[[], object], rounds: int) -> float:
    """The median processor time of some work, garbage of before collected first."""
    taken = []
    for _ in range(rounds):
        gc.collect()
        begun = time.process_time()
        work()
        taken.append((time.process_time() - begun) * 1_000)
    return statistics.median(taken)


def texts() -> tuple[str, str]:
    """The rules and the words of the national cycle."""
    folder = ROOT / "workflows"
    return tuple(  # type: ignore[return-value]
        (folder / f"asn-tahunan{end}").read_text(encoding="utf-8") for end in (".yaml", ".texts.yaml")
    )


def calendar() -> Calendar:
    """The shipped calendar."""
    path = ROOT / "workflows/calendars/id-asn.yaml"
    return Calendar.from_values(read_yaml(path.read_text(encoding="utf-8"), path.name).values)


def agency(size: int) -> Chart:
    """So many people in units of 28: a head, three sections of eight; two desks for all of them."""
    return Chart(segments=tuple(_people(size)), version=f"{size}")


def _people(size: int) -> Iterator[Person]:
    desks = ("desk:personnel", "desk:performance", "desk:competence")
    yield _person("outside", None, "Luar", kind="external", duties=("external",))
    yield _person("head", "outside", "Sekretariat", duties=("head",))
    yield _person("desk-1", "head", "Sekretariat", duties=desks)
    yield _person("desk-2", "head", "Sekretariat", duties=desks)
    made, unit = 4, 0
    while made < size:
        unit += 1
        yield _person(f"u{unit}", "head", f"Unit {unit}", duties=("head",))
        made += 1
        for section in range(3):
            yield _person(f"u{unit}s{section}", f"u{unit}", f"Unit {unit}")
            for number in range(8):
                yield _person(f"u{unit}s{section}e{number}", f"u{unit}s{section}", f"Unit {unit}")
            made += 9


def _person(
    key: str, superior: str | None, unit: str, *, kind: str = "PNS", duties: tuple[str, ...] = ()
) -> Person:
    return Person(
        key=key, person_id=key, scheme="local", name=f"Pegawai {key}", unit=unit, position="Pelaksana",
        superior=superior, zone="Asia/Jakarta", kind=kind, duties=duties, valid_from=date(2020, 1, 1),
    )  # fmt: skip


def row(states: int) -> Definition:
    """A definition of so many states in a row: each a task that may be sent back once, and passes by itself."""
    names = [f"step_{number}" for number in range(states)]
    rules = [
        "workflow: row", "version: 1", "basis: [an invented bylaw]",
        "period: {every: year, from: 1 January, to: 31 December}",
        "covers: {who: \"employee.kind == 'PNS'\", except: [unpaid_leave]}",
        "calendar: {use: id-asn, of: employee, day_off: next}",
        "settings: {}",
        "roles:", "  employee: subject", "  rater: {superior_of: employee, as_of: now}",
        "forms:", "  plan: {text: {text: 100}}",
        "ladders:", "  standard:", "    - {at: due, remind: holder}",
        "    - {at: 1 working day after due, reassign: next_level}",
        "phases:", "  work:",
    ]  # fmt: skip
    for number, name in enumerate(names):
        onward = names[number + 1] if number + 1 < states else "done"
        rules += [
            f"    {name}:",
            f"      task: {{who: {('employee', 'rater')[number % 2]}, form: plan, due: 1 working day}}",
            "      transitions:",
            f"        pass: {{to: {onward}}}",
            f"        late: {{at: 2 working days after due, to: {onward}}}",
        ]
    rules += [
        "  closed:",
        "    done: {final: complete}",
        "visibility:",
        "  plan: {employee: always, rater: always}",
    ]
    return read("\n".join(rules) + "\n", _words(names), name="row.yaml", texts_name="row.texts.yaml")


def _words(names: list[str]) -> str:
    def both(text: str) -> str:
        return f"{{id: {text}, en: {text}}}"

    lines = [
        "title: {id: Baris, en: Row}",
        "phases:",
        f"  work: {both('Kerja')}",
        f"  closed: {both('Selesai')}",
        "states:",
    ]
    lines += [f"  {name}: {both(name)}" for name in [*names, "done"]]
    lines += ["roles:", f"  employee: {both('Pegawai')}", f"  rater: {both('Penilai')}"]
    lines += [
        "forms:",
        f"  plan: {both('Rencana')}",
        "fields:",
        f"  plan.text: {both('Isi')}",
        "buttons:",
        f"  pass: {both('Teruskan')}",
        "automatic:",
        f"  late: {both('Terlambat')}",
    ]
    return "\n".join(lines) + "\n"


def prove_all(definition: Definition, days: Calendar, chart: Chart | None) -> None:
    """Every proof, nothing remembered from before: the calendar and the definition are new to it."""
    for prover in PROVERS:
        prover(Ground(definition=definition, calendar=days, year=_YEAR, chart=chart))


def main() -> int:
    """Measure, print, compare with the targets."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.proofs", description=__doc__)
    parser.add_argument("--states", type=int, default=100)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    rules, words = texts()
    definition, days, people = read(rules, words), calendar(), agency(1_000)
    found = {
        "read": milliseconds(lambda: read(rules, words), asked.rounds) * _LINES / _lines(rules, words),
        "check": milliseconds(lambda: prove_all(read(rules, words), days, people), asked.rounds),
    }
    print(f"reading {_LINES} lines of rules and words: {found['read']:.0f} ms")
    print(f"the national cycle, every proof, 1,000 people: {found['check']:.0f} ms")
    for prover in PROVERS:
        ground = Ground(definition=definition, calendar=days, year=_YEAR, chart=people)
        taken = milliseconds(partial(prover, ground), 1)
        print(f"  {prover.__name__.removeprefix('prove_'):14}{taken:8.0f} ms")
    for states in (size for size in (10, 50, 100, 200, 500) if size <= asked.states):
        long = row(states)
        taken = milliseconds(lambda long=long: prove_all(replace(long), calendar(), None), asked.rounds)  # type: ignore[misc]
        print(f"{states:8} states {taken:10.0f} ms")
    for size in (count for count in (100, 1_000, 10_000, 100_000) if count <= asked.people):
        chart = agency(size)
        taken = milliseconds(partial(prove_all, replace(definition), days, chart), 1)
        print(f"{size:8} people {taken:10.0f} ms")
    return 1 if any(found[name] > TARGETS[name] for name in TARGETS) else 0


def _lines(*parts: str) -> int:
    return sum(part.count("\n") for part in parts)


if __name__ == "__main__":
    sys.exit(main())
