"""What was read of another case where it decided something: committed to in the entry, shown to nobody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from engine.core.audit import commitment
from engine.core.case import Case
from engine.core.codec import canonical, decode
from engine.core.command import Actor
from engine.errors import GuardRefused
from engine.store import queries
from engine.store.values import Written
from tests.runtime.conftest import NOBODY, Agency, HandClock, set_up
from tests.runtime.test_linked import publish
from tests.worlds import ordinary

FIRST = date(2026, 1, 5)
PATH = "superior.plan.goals"
GOALS = [{"title": "Pelayanan cepat", "weight": 60}, {"title": "Arsip tertata", "weight": 40}]
OWN = {"follows": 2, "how": "menata arsip unit"}


@pytest.fixture
def agency(place: str) -> Iterator[Agency]:
    """An agency where a plan follows from the superior's, both cycles launched."""
    clock = HandClock()
    clock.put(FIRST)
    engine = set_up(place, clock, definition="tests/definitions/linked/annual")
    publish(engine, "quarter", "improvement", "unit-year", "cascade")
    for workflow in ("annual", "cascade"):
        engine.launch(workflow, opens=FIRST, actor=NOBODY)
    yield Agency(url=place, clock=clock, engine=engine)
    engine.database.close()


def case_of(agency: Agency, workflow: str, subject: str) -> Case:
    """Somebody's case of a workflow."""
    found = agency.engine.cases(subject=subject, limit=100)
    return next(one for one in found if one.cycle.startswith(workflow))


def planned(agency: Agency) -> tuple[Case, Case]:
    """Somebody's case, after their superior's plan was sent; and that case of the superior."""
    below = ordinary(agency.engine.chart).key
    rater = agency.engine.chart.superior(below, FIRST)
    assert rater is not None
    above = case_of(agency, "annual", rater.key)
    agency.engine.fire(above.id, "submit", actor=Actor(person=rater.key), forms={"plan": {"goals": GOALS}})
    return case_of(agency, "cascade", below), case_of(agency, "annual", rater.key)


def send(agency: Agency, case: Case) -> dict[str, Any]:
    """The entry of a plan that was sent."""
    fired = agency.engine.fire(case.id, "send", actor=Actor(person=case.subject), forms={"own": OWN})
    return dict(decode(fired.entries[0].body))


def kept(agency: Agency, case: Case) -> Written:
    """The row of what was read."""
    with agency.engine.database.read() as view:
        rows = queries.written(view, case.id)
    return next(one for one in rows if one.form == f"<{PATH}")


def test_an_entry_binds_what_decided_and_names_the_case_it_was_read_of(agency: Agency) -> None:
    case, above = planned(agency)
    told = send(agency, case)
    assert [{"path": PATH, "of": [[above.id, above.seq]]}] == told["read"]
    row = kept(agency, case)
    assert told["content"][row.form] == commitment(row.form, row.value, row.salt)
    assert {"of": [[above.id, above.seq]], "values": [GOALS]} == decode(row.value)
    assert [] == agency.engine.verify()


def test_another_value_than_the_one_that_decided_does_not_fit_the_entry(agency: Agency) -> None:
    case, above = planned(agency)
    told, row = send(agency, case), kept(agency, case)
    changed = canonical({"of": [[above.id, above.seq]], "values": [GOALS[:1]]})
    assert told["content"][row.form] != commitment(row.form, changed, row.salt)


def test_the_value_of_another_case_stands_in_no_entry_and_is_no_content_of_this_one(agency: Agency) -> None:
    case, _ = planned(agency)
    send(agency, case)
    lines = b"".join(one.body for one in agency.engine.history(case.id))
    assert b"Pelayanan cepat" not in lines
    view = agency.engine.case(case.id, case.subject)
    assert {"own"} == set(view.known.forms)
    assert {"number": 2, "text": "Arsip tertata"} == view.known.forms["own"]["follows"]


def test_that_there_was_nothing_to_read_is_a_refusal_and_no_entry(agency: Agency) -> None:
    below = ordinary(agency.engine.chart).key
    case = case_of(agency, "cascade", below)
    before = len(agency.engine.history(case.id))
    with pytest.raises(GuardRefused):
        agency.engine.fire(
            case.id, "send", actor=Actor(person=below), forms={"own": {"how": "menata arsip unit"}}
        )
    assert before == len(agency.engine.history(case.id))
