"""What the second report and the replay of rows cost beside the first, in processor time: `python -m benchmarks.law`.

One life of the model's definition is lived by many cases. Ratios hold on any machine, figures on this one. Exit code 1
if either replays fewer than 10,000 entries a second here.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable

from engine import verify
from engine.core.audit import START, Entry, entry
from engine.core.codec import decode
from engine.core.parse import reopen
from engine.core.replaying import Rebuilt
from engine.lawful.report import judge
from tests.lawful.lives import honest, rules
from tests.worlds import calendar, machine

_CASES = 1_000
_LEAST = 10_000


def lived(cases: int) -> list[Entry]:
    """The entries of so many cases, one case after the other, properly chained."""
    found: list[Entry] = []
    life = honest()
    for number in range(cases):
        prev = START
        for seq, told in enumerate(life, 1):
            facts = told | {"case": f"c-{number}"}
            found.append(entry(f"case/c-{number}", seq, prev, told["kind"], 0, facts))
            prev = found[-1].hash
    return found


def rate(work: Callable[[], object], count: int) -> float:
    """How many entries a second of processor time, the best of three."""
    best = 0.0
    for _ in range(3):
        began = time.process_time()
        work()
        best = max(best, count / (time.process_time() - began))
    return best


def main() -> int:
    """Measure and print; the number to exit with."""
    # Instants are those of the life: `entry` writes its own, so they are put back.
    times = [one["at"] for one in honest()]
    entries = lived(_CASES)
    bodies = [one.body for one in entries]
    told = [decode(body) | {"at": times[at % len(times)]} for at, body in enumerate(bodies)]
    lines = [json.dumps(one).encode() for one in told]
    source, days = json.dumps(rules()).encode(), calendar().days_told()
    definition = reopen(machine("tests/model/steered").definition.source)

    def first() -> None:
        chains, tree = verify.Chains(), verify.Tree()
        for at, body in enumerate(bodies):
            tree.add(verify.leaf_hash(body))
            chains.take(verify.entry_of(at, body))

    def second() -> None:
        report = judge(
            ((at, json.loads(line)) for at, line in enumerate(lines)), lambda _: source, lambda _: days
        )
        assert not report.count, report.breaches[:3]

    def rows() -> None:
        for at in range(0, len(lines), len(times)):
            rebuilt = Rebuilt(definition)
            for line in lines[at : at + len(times)]:
                rebuilt.take(decode(line), "")

    count = len(bodies)
    figures = {"integrity": rate(first, count), "lawful": rate(second, count), "rows": rate(rows, count)}
    for name, one in figures.items():
        print(f"{name:10} {one:10,.0f} entries/s  {one / figures['integrity']:5.2f} of integrity")
    return 0 if min(figures["lawful"], figures["rows"]) >= _LEAST else 1


if __name__ == "__main__":
    sys.exit(main())
