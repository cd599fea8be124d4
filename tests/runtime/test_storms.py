"""A month without any beat: 10,000 rungs are due at once. What rings is what is documented, once, on both databases."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from engine.runtime import Engine
from tests.runtime.conftest import HandClock
from tests.runtime.storms import RUNGS, entries, letters, office, rungs, stood_still

CASES = 2_500


def _kinds(told) -> Counter[str]:
    return Counter(kind for _, kind, _ in told)


def _storm(place: str, folder: Path, policy: str, cases: int) -> tuple[Engine, Counter[str]]:
    """The office after its first sweep, and the messages that waited before it."""
    clock = HandClock()
    engine = office(place, folder, clock, cases=cases, policy=policy)
    before = letters(engine)
    stood_still(engine, clock)
    while engine.fire_due().steps:
        pass
    return engine, before


@pytest.mark.parametrize(
    "cases",
    [
        pytest.param(40, id="small"),
        pytest.param(CASES, id="whole", marks=[pytest.mark.long, pytest.mark.timeout(900)]),
    ],
)
@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ("fire_all", (4, 3, 3)),
        ("collapse", (1, 1, 2)),
        ("skip_superseded", (1, 1, 1)),
        ("extend", (0, 0, 0)),
    ],
)
def test_a_month_of_overdue_rungs_rings_as_its_policy_says(
    place: str, tmp_path: Path, policy: str, expected: tuple[int, int, int], cases: int
) -> None:
    """Each rung once; so many entries, reminders and notices a case; an escalation each, unless time is given."""
    engine, before = _storm(place, tmp_path, policy, cases)
    told = entries(engine)
    rang, sent = rungs(told), letters(engine)
    problems = engine.verify()
    left = engine.next_at()
    engine.database.close()
    given, (steps, reminders, notices) = policy == "extend", expected
    assert steps * cases == _kinds(told)["rung"]
    assert cases * given == _kinds(told)["given_back"]
    assert ({1} if not given else set()) == set(rang.values())
    assert (0 if given else RUNGS * cases) == len(rang)
    assert reminders * cases == sent["reminder"] - before["reminder"]
    assert notices * cases == sent["notice"] - before["notice"]
    assert (0 if given else cases) == sent["escalation"]
    assert [] == problems
    assert left is not None
