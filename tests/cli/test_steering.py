"""`siklus case grant`, `pause`, `resume`, `reassign` and `remind`, and the sum of a due day."""

from __future__ import annotations

import json

import pytest

from engine.clock import SystemClock
from engine.runtime import Engine
from engine.store import Database
from tests.cli.conftest import DESK, EMPLOYEE, MANAGER
from tests.worlds import plan

WHY = ("--as", DESK, "--reason", "banjir")


def test_more_time_is_granted_and_the_case_tells_how_its_day_was_counted(siklus, demo, case_of):
    """The sum has the grant in it and ends with the due day, in either language and as JSON."""
    case, to = case_of(EMPLOYEE), ("--database", demo)
    before = siklus.json("case", case, *to)["due_on"]
    done = siklus.json("case", "grant", case, "3", *WHY, *to)
    told = siklus.json("case", "show", case, *to)

    assert before < done["due_on"] == told["due_on"]
    assert ["extended"] == [one["kind"] for one in done["entries"]]
    assert any("+ 3 working days granted on 1 Dec 2025" in line for line in told["arithmetic"])
    assert told["arithmetic"][-1].startswith("= ")
    assert "+ 3 hari kerja tambahan pada 1 Des 2025" in siklus("case", case, "--lang", "id", *to).stdout


def test_a_clock_is_stopped_and_let_run_on(siklus, demo, case_of):
    case, to = case_of(EMPLOYEE), ("--database", demo)
    stopped = siklus.json("case", "pause", case, "--for", "leave", *WHY, *to)
    again = siklus.json("case", "resume", case, *WHY, *to)

    assert (True, False) == (stopped["paused"], again["paused"])
    assert ["resumed"] == [one["kind"] for one in again["entries"]]


def test_a_holder_is_reminded_and_the_task_given_away_in_words(siklus, demo, case_of):
    case, to = case_of(EMPLOYEE), ("--database", demo)
    told = siklus("case", "remind", case, "--as", DESK, "--note", "mohon diisi", *to, "--lang", "id").stdout
    assert "mengingatkan Iqbal Mantali dengan catatan." in told
    refused = siklus("case", "reassign", case, "--to", MANAGER, *WHY, *to, code=3)

    assert "duties are kept apart" in refused.stderr


def test_a_request_with_a_key_is_done_once(siklus, demo, case_of):
    case, to = case_of(EMPLOYEE), ("--database", demo)
    first, second = (siklus.json("case", "grant", case, "3", *WHY, "--key", "k-1", *to) for _ in range(2))

    assert (False, True) == (first["repeated"], second["repeated"])
    assert first["due_on"] == second["due_on"]


@pytest.mark.parametrize("words", [("grant", "3"), ("resume",)])
def test_nobody_steers_their_own_case(siklus, demo, case_of, words):
    case = case_of(EMPLOYEE)
    verb, *more = words
    own = ("--as", EMPLOYEE, "--reason", "saya", "--database", demo)

    assert "personnel desk" in siklus("case", verb, case, *more, *own, code=3).stderr


def test_a_unit_that_is_none_is_refused_with_those_there_are(siklus, demo, case_of):
    told = siklus(
        "case", "grant", case_of(EMPLOYEE), "3", "--unit", "hours", *WHY, "--database", demo, code=2
    )

    assert "working-days, days, weeks, months" in " ".join(told.stderr.replace("│", " ").split())


def test_a_parked_case_is_let_go(siklus, demo, case_of):
    """Doctor names it and what to do; let go, it is tried with the next beat. One that is not parked is not known."""
    case, to = case_of(EMPLOYEE), ("--database", demo)
    with Database(demo) as database:
        Engine(database, SystemClock()).parking.park({case: "GuardRefused: spoilt"})

    assert f"{case} is tried again with the next beat" in siklus("case", "unpark", case, *to).stdout
    assert "parked case" in siklus("case", "unpark", case, *to, code=4).stderr


def test_an_act_is_taken_back_by_whoever_did_it(siklus, demo, case_of, folder):
    """Told in words; a second time there is nothing left, and nobody else can."""
    case, to = case_of(EMPLOYEE), ("--database", demo)
    (folder / "plan.json").write_text(json.dumps({"plan": plan(60, 40)}), encoding="utf-8")
    siklus("fire", case, "submit", "--as", EMPLOYEE, "--form", "plan.json", *to)

    refused = siklus("case", "undo", case, "--as", MANAGER, *to, code=3)
    told = siklus("case", "undo", case, "--as", EMPLOYEE, "--lang", "id", *to).stdout
    again = siklus("case", "undo", case, "--as", EMPLOYEE, *to, code=3)

    assert "Only whoever made a move may take it back" in refused.stderr
    assert "menarik kembali “Ajukan SKP”" in told
    assert "Nothing in case" in again.stderr
