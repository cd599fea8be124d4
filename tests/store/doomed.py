"""A program that is killed: for each number on its standard input it forks a child that works and dies there.

Arguments: the database's address, the work's name. A line `n` forks a child that is killed at its n-th statement;
the answer is "killed" or "done". A line `-` forks one that works for ever; the answers are its process id once it
has done its first unit, and how it ended.
Forking a program that has everything loaded makes a death cheap enough to die at every statement.
"""

from __future__ import annotations

import os
import signal
import sys
import traceback
from itertools import count

from engine.store import Database
from engine.store.failpoints import killing_at
from tests.store.cases import handing_in
from tests.store.works import WORKS


def work(url: str, name: str, number: int) -> None:
    """One unit of work, and a look at the result, so that there is a statement after the commit to die at."""
    database = Database(url, failpoint=killing_at(number))
    with database.write() as unit:
        WORKS[name](unit)
    with database.read() as view:
        view.next_at()


def work_for_ever(url: str) -> None:
    """Step after step on the three cases, until somebody ends it."""
    database = Database(url)
    for turn in count():
        if turn == 1:
            answer(os.getpid())
        with database.write() as unit:
            cases = [unit.load(name) for name in ("c-01", "c-02", "c-03")]
            unit.save([handing_in(case) for case in cases if case is not None])


def answer(words: object) -> None:
    """Tell the test."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def live(url: str, name: str, order: str) -> int:
    """A child's whole life, unless it is killed: how the process shall end."""
    try:
        if order == "-":
            work_for_ever(url)
        work(url, name, int(order))
    except Exception:  # noqa: BLE001  (a forked child must not fall back into its parent's loop)
        traceback.print_exc()
        return 1
    return 0


def main(url: str, name: str) -> None:
    """Fork as told."""
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            os._exit(live(url, name, line.strip()))
        _, status = os.waitpid(child, 0)
        killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        answer("killed" if killed else "done" if status == 0 else f"status {status}")


if __name__ == "__main__":
    main(*sys.argv[1:])
