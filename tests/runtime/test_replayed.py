"""Rows held against entries on both engines, as `siklus audit replay` does: honest ones fit, a spoilt one is named."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import date

import pytest

from engine.errors import NotFound
from engine.runtime.replaying import replayed
from tests.runtime.conftest import Agency
from tests.store.raw import Raw


def test_every_row_of_a_lived_agency_is_what_its_entries_say(agency: Agency) -> None:
    """After rungs, moves by people and a whole quarter, on both engines."""
    agency.hop_to(date(2026, 1, 20))
    found = replayed(agency.engine.database)
    cases = agency.engine.cases(limit=1_000)

    assert [] == found.differences
    assert (len(cases), len(cases) > 20) == (found.cases, True)
    assert found.entries > 2 * found.cases


def test_a_row_that_was_changed_is_named_and_no_other(agency: Agency) -> None:
    """By whoever owns the database: its guards are gone for that long."""
    case = agency.engine.cases()[3].id
    with closing(Raw(agency.url)) as raw:
        raw.drop_guards()
        ((body,),) = raw.run("SELECT body FROM cases WHERE id = ?", case)
        told = json.dumps(json.loads(bytes(body)) | {"opened_at": 1})
        raw.run("UPDATE cases SET body = ? WHERE id = ?", told.encode(), case)
    found = replayed(agency.engine.database)

    assert [(case, "opened_at", 1)] == [(one.case, one.field, one.live) for one in found.differences]
    assert found.differences == replayed(agency.engine.database, (case,)).differences


def test_a_case_that_is_not_there_is_not_found(agency: Agency) -> None:
    with pytest.raises(NotFound):
        replayed(agency.engine.database, ("c-none",))
