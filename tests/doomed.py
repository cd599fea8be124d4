"""A program that is killed: for each line it is told it forks a child that works and dies there.

Arguments: the work (`tests.runtime.works:act`) and what it gets. A line `n` forks a child whose work is killed before
its n-th statement, a line `-` one that works for ever; the answers are whatever the child says, and how it ended.
Forking a program that has everything loaded makes a death cheap enough to die at every statement; what a module
needs to have loaded once its function `load` loads, with whatever the work gets.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

__all__ = ["FOR_EVER", "Doomed", "answer", "doomed"]

FOR_EVER = "-"
_ROOT = Path(__file__).parents[1]


class Doomed:
    """The program whose children die."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def order(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()

    def answer(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    def dies_at(self, number: int) -> bool:
        """Whether a child that is to die before that statement did; else it came to its end."""
        self.order(str(number))
        told = self.answer()
        assert told in {"killed", "done"}, told
        return told == "killed"


@contextmanager
def doomed(work: str, *told: str) -> Iterator[Doomed]:
    """The program, for the work `module:function`; it gets what is told and the statement to die at, or "-"."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.doomed", work, *told],
        cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    with process:
        yield Doomed(process)


def answer(words: object) -> None:
    """Tell the test."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def _live(work: Callable[..., Any], told: list[str], order: str) -> int:
    """A child's whole life, unless it is killed: how the process shall end."""
    try:
        work(*told, order)
    except BaseException:  # noqa: BLE001  (a forked child must not fall back into its parent's loop)
        traceback.print_exc()
        return 1
    return 0


def _main(work: str, *told: str) -> None:
    """Fork as told."""
    path, _, name = work.partition(":")
    module = import_module(path)
    function = getattr(module, name)
    if hasattr(module, "load"):
        module.load(*told)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            os._exit(_live(function, list(told), line.strip()))
        _, status = os.waitpid(child, 0)
        killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        answer("killed" if killed else "done" if status == 0 else f"status {status}")


if __name__ == "__main__":
    _main(*sys.argv[1:])
