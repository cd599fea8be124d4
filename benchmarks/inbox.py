"""How long the server works for the first page of somebody with 300 tasks: `python -m benchmarks.inbox`.

The whole page is asked for as a browser asks, template and all, and processor time is counted, which other work on
the machine lengthens little. Exit code 1 if the median is above the target.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import statistics
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from benchmarks.cohort import PLAN, Cohort, launched
from engine.core.command import Actor
from engine.core.zones import local_date

#: seconds of server time for a page of the list
TARGET = 0.1
_HEAD, _DESK = "p-sub", "p-hr"


class Standing:
    """A demo's clock that nobody moves."""

    def __init__(self, cohort: Cohort) -> None:
        self._clock = cohort.clock

    def now(self) -> int:
        """The instant it stands at."""
        return self._clock.now()

    def today(self, zone: str) -> date:
        """The day it is there."""
        return local_date(self._clock.now(), zone)

    def advance(self, kind: str) -> object:
        """Nothing moves it."""
        raise NotImplementedError(kind)


def main() -> int:
    """Let every plan wait for one head, ask for their first page, print; 0 if it is quick enough."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tasks", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=15)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        cohort = launched(str(Path(folder) / "inbox.db"), asked.tasks)
        for case_id, subject in cohort.subjects.items():
            cohort.engine.fire(case_id, "submit", actor=Actor(person=subject), forms={"plan": PLAN})
            cohort.engine.fire(case_id, "pass", actor=Actor(person=_DESK))
        worst = max(_measured(cohort, path, asked.rounds) for path in ("/", "/?skip=25"))
        _measured(cohort, "/?all=1", 3)
        cohort.engine.database.close()
    sys.stdout.write(f"{asked.tasks} tasks: {'fits' if worst <= TARGET else 'TOO LONG'} ({TARGET:.1f} s)\n")
    return 0 if worst <= TARGET else 1


def _measured(cohort: Cohort, path: str, rounds: int) -> float:
    """The median of processor seconds for a page that was opened before."""
    app = create_app(cohort.engine, demo=Standing(cohort), settings=Settings())
    client = TestClient(app, base_url="http://127.0.0.1:8000", cookies={"persona": _HEAD})
    times, size = [], 0
    for _ in range(rounds + 1):
        begun = time.process_time()
        with contextlib.redirect_stdout(io.StringIO()):
            answer = client.get(path)
        times.append(time.process_time() - begun)
        size = len(answer.content)
    median = statistics.median(times[1:])
    sys.stdout.write(f"{path:<10} {median * 1000:6.1f} ms  {size / 1024:6.1f} KiB\n")
    return median


if __name__ == "__main__":
    sys.exit(main())
