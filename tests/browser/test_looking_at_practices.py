"""Each state of each practice while an agency lives through it: as whoever must act and as whoever looks on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from api.app import create_app
from api.settings import Settings
from engine.core.case import Case
from engine.runtime import CaseView
from tests.api.conftest import Travel
from tests.browser.conftest import served
from tests.browser.seeing import TWO_LOOKS, Eyes, eyes
from tests.practices.living import FEW, Life
from tests.practices.test_lives import FAMILIES, launched

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.timeout(3_600)]

#: somebody on the personnel desk
DESK = "199003242014041013"
#: by then every case of a family has come to most states
UNTIL = {"national": date(2027, 4, 15), "bukitintan": date(2027, 4, 15), "kemenkeu": date(2026, 7, 20)}
#: states that nobody may fail to have been seen in
TELLING = {
    "national": {"predicate_set", "reviewer_looks", "disclosed", "improving", "session_open"},
    "bukitintan": {"peers_answer", "rater_rates", "unit_calibrates", "disclosed"},
    "kemenkeu": {
        "measuring",
        "evaluators_rate",
        "rater_approves",
        "rater_validates",
        "may_object",
        "both_sign",
    },
}


class Watcher:
    """Looks at each state and journal the first time there is one; `states` is where it was."""

    def __init__(self, looking: Eyes) -> None:
        self.looking = looking
        self.states: set[str] = set()
        self._known: set[tuple[str, ...]] = set()

    def __call__(self, life: Life) -> None:
        for case in life.all_cases():
            definition = life.definition(case)
            if self._new(definition.workflow, case.state, str(bool(case.tasks))):
                self.states.add(case.state)
                name = f"{definition.workflow}-{case.state}".replace("#", "-")
                for number, key in enumerate(_viewers(life, case)):
                    self._look(life, case, name if number == 0 else f"{name}-other", key, first=number == 0)

    def _look(self, life: Life, case: Case, name: str, key: str, *, first: bool) -> None:
        who = life.engine.chart.person(key).person_id
        self.looking.look(name, f"/cases/{case.id}", who, **({} if first else {"looks": TWO_LOOKS}))

    def journals(self, life: Life) -> None:
        """Every journal as those who write, check or read it."""
        for case in (one for one in life.all_cases(open_only=True) if life.definition(one).journals):
            for person in dict.fromkeys([*_viewers(life, case), life.key(DESK)]):
                view = life.engine.case(case.id, person)
                for name, does in _books(view):
                    if self._new(view.definition.workflow, "journal", name, does):
                        path = f"/cases/{case.id}/journals/{name}"
                        who = life.engine.chart.person(person).person_id
                        self.looking.look(f"{view.definition.workflow}-journal-{name}-{does}", path, who)

    def _new(self, *key: str) -> bool:
        fresh = key not in self._known
        self._known.add(key)
        return fresh


def _viewers(life: Life, case: Case) -> list[str]:
    """Whoever must act; then the employee, or of a unit the personnel desk."""
    subject = life.key(DESK) if case.subject.startswith("unit:") else case.subject
    return list(dict.fromkeys([*(task.holder for task in case.tasks[:1]), subject]))


def _books(view: CaseView) -> Iterator[tuple[str, str]]:
    for one in view.journals:
        if one.pages or one.may_write:
            does = (
                "checks"
                if one.checks
                else "releases"
                if one.releases
                else "writes"
                if one.may_write
                else "reads"
            )
            yield one.journal.name, does if one.pages else f"{does}-first"


@pytest.mark.parametrize("family", FAMILIES)
def test_every_state_of_a_practice_fits_and_speaks_plainly(
    chromium: Any, tmp_path: Path, family: str
) -> None:
    """And what stands beside the cases, when the year is nearly over."""
    life = launched(tmp_path, family, people=FEW, seed=1)
    app = create_app(life.engine, demo=Travel(life.engine, life.clock), settings=Settings())
    with served(app) as address, eyes(chromium, address) as looking:
        watcher = Watcher(looking)
        life.watch = lambda one: (watcher(one), watcher.journals(one))  # type: ignore[assignment]
        life.live(UNTIL[family])
        for name, path in {"inbox": "/", "messages": "/messages", "cases": "/cases", "cycles": "/cycles",
                           "people": "/people", "definitions": "/definitions"}.items():  # fmt: skip
            looking.look(f"{family}-{name}", path, DESK)
        for one in life.engine.definitions():
            looking.look(f"rules-{one.workflow}", f"/definitions/{one.digest}", DESK)
    life.engine.database.close()

    assert [] == sorted(set(looking.faults))
    assert set() == TELLING[family] - watcher.states
