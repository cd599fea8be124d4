"""What the proofs have to do grows with the states as the states do, counted in clocks that are armed."""

from __future__ import annotations

import pytest

from benchmarks.proofs import calendar, prove_all, row
from engine.core import stays


def armed(states: int, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many clocks the proofs of a row of so many states arm."""
    counted = []
    arm = stays.arm_state
    with monkeypatch.context() as patched:
        patched.setattr(stays, "arm_state", lambda *args: (counted.append(1), arm(*args))[1])
        prove_all(row(states), calendar(), None)
    return len(counted)


def test_twice_as_many_states_are_about_twice_the_work(monkeypatch):
    """One clock for each state on each day it can be entered; nothing is walked again for another day."""
    ten, twenty = (armed(states, monkeypatch) for states in (10, 20))

    assert 10 * 250 <= ten <= 10 * 370
    assert 1.9 * ten <= twenty <= 2.2 * ten
