"""Every shipped definition runs from launch to close for a whole agency, on a virtual clock, through the engine."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from engine.core.source import read_yaml
from tests.practices import claims
from tests.workflows.cohort import Cohort
from tests.workflows.families import FAMILIES
from tests.workflows.founding import founded
from tests.workflows.touched import parts, shipped_definition, touched

HERE = Path(__file__).parent
#: long after everything of 2026 is over
NEVER = date(2031, 12, 31)
#: what an honest person may hear: a cap that is used up, a condition, something that came first
EXPECTED = (
    "GuardRefused",
    "guard_refused",
    "StaleVisit",
    "CaseClosed",
    "NothingToSign",
    "AlreadyAnswered",
    "about: ",
)
EVERY = 0.95


def wrong(cohort: Cohort) -> Iterator[str]:
    """All that is wrong after a life, whatever the family."""
    for case in cohort.all_cases():
        if not case.ended:
            yield f"{case.cycle} {case.subject} is still open in {case.state}"
    yield from claims.broken(cohort)
    yield from claims.usurped(cohort)
    yield from claims.linkable(cohort)
    yield from (told for told in cohort.refused if not any(one in told for one in EXPECTED))
    yield from cohort.engine.verify()


def lived(path: Path, family: str, *, size: int, seed: int) -> Cohort:
    """An agency of that size after everything is over."""
    cohort = founded(path, FAMILIES[family], size=size, seed=seed)
    cohort.live(NEVER)
    return cohort


@pytest.mark.heavy
@pytest.mark.parametrize("family", FAMILIES)
def test_thirty_people_live_through_it(tmp_path: Path, family: str) -> None:
    """Every case ends in a final state, every promise that is proven is kept."""
    cohort = lived(tmp_path, family, size=30, seed=3)

    assert [] == list(wrong(cohort))
    assert set(FAMILIES[family].members) <= set(touched(cohort))
    cohort.engine.database.close()


def test_the_list_of_what_is_untouched_names_only_what_there_is() -> None:
    """Transitions and rungs of shipped definitions as they are now, each with a reason."""
    listed = read_yaml((HERE / "untouched.yaml").read_text(encoding="utf-8"), "untouched.yaml").values
    known = {name: parts(shipped_definition(name)) for name in listed}

    assert {} == {name: left for name, told in listed.items() if (left := set(told) - known[name])}
    assert all(reason for told in listed.values() for reason in told.values())


@pytest.mark.long
@pytest.mark.timeout(3_600)
@pytest.mark.parametrize("family", FAMILIES)
def test_five_hundred_people_touch_nearly_every_transition_and_rung(tmp_path: Path, family: str) -> None:
    """At least 95 of a hundred of each definition; what is left is listed with its reason."""
    cohort = lived(tmp_path, family, size=500, seed=1)
    told = touched(cohort)
    listed = read_yaml((HERE / "untouched.yaml").read_text(encoding="utf-8"), "untouched.yaml").values
    left: dict[str, list[str]] = {}
    thin = set()
    for name in FAMILIES[family].members:
        everything = parts(shipped_definition(name))
        untouched = everything - told.get(name, frozenset())
        left[name] = sorted(untouched)
        if len(untouched) > (1 - EVERY) * len(everything):
            thin.add(name)

    assert [] == list(wrong(cohort))
    assert set() == thin
    assert {name: sorted(listed.get(name, {})) for name in left} == left
    cohort.engine.database.close()
