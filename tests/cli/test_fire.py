"""`siklus fire` and `siklus history`."""

from __future__ import annotations

import json

import pytest

from api.demo_acts import Subject, act_in
from api.demo_behaviours import PUNCTUAL
from tests.cli.conftest import EMPLOYEE, RATER

PLAN = act_in("employee_drafts", Subject(row=9, position="Pengelola", behaviour=PUNCTUAL)).forms


@pytest.fixture
def plan(folder):
    (folder / "plan.json").write_text(json.dumps(PLAN), encoding="utf-8")
    return folder / "plan.json"


def test_an_act_moves_the_case_and_is_told(siklus, demo, case_of, plan):
    """The command says what happened and where the case rests now."""
    case = case_of(EMPLOYEE)
    told = siklus("fire", case, "submit", "--as", EMPLOYEE, "--form", plan, "--database", demo).stdout

    assert "Iqbal Mantali" in told
    assert "(manager_checks)" in told


def test_a_history_tells_who_did_what_in_either_language(siklus, demo, case_of, plan):
    """A sentence for each entry, without what people wrote."""
    case = case_of(EMPLOYEE)
    siklus("fire", case, "submit", "--as", EMPLOYEE, "--form", plan, "--database", demo)
    english = siklus("history", case, "--database", demo).stdout
    indonesian = siklus("history", case, "--database", demo, "--lang", "id").stdout
    entries = siklus.json("history", case, "--database", demo)["entries"]

    assert "1 Dec 2025 08:00 WITA" in english
    assert "1 Des 2025 08.00 WITA" in indonesian
    assert [1, 2] == [one["seq"] for one in entries]
    assert PLAN["plan"]["resources"] not in english + json.dumps(entries)


def test_a_wrong_person_is_told_what_they_may_do(siklus, demo, case_of, plan):
    """The refusal names who may, exits with 3 and changes nothing."""
    case = case_of(EMPLOYEE)
    told = siklus.json("fire", case, "submit", "--as", RATER, "--form", plan, "--database", demo, code=3)

    assert ("wrong_person", []) == (told["error"]["code"], told["error"]["allowed"])
    assert 1 == len(siklus.json("history", case, "--database", demo)["entries"])


def test_an_unknown_trigger_names_what_is_allowed(siklus, demo, case_of):
    """What this person could do instead stands in the message."""
    case = case_of(EMPLOYEE)
    told = siklus("fire", case, "approve", "--as", EMPLOYEE, "--database", demo, code=3)

    assert "'approve' is no way out of 'employee_drafts'" in told.stderr
    assert "allowed here: submit" in told.stderr


def test_everything_wrong_with_a_form_is_told_at_once(siklus, demo, case_of, folder):
    """An empty plan lacks four things."""
    (folder / "empty.json").write_text('{"plan": {}}', encoding="utf-8")
    case = case_of(EMPLOYEE)
    told = siklus.json(
        "fire", case, "submit", "--as", EMPLOYEE, "--form", "empty.json", "--database", demo, code=3
    )

    assert {"plan.results", "plan.behaviour", "plan.resources", "plan.consequences"} == {
        one["at"] for one in told["error"]["problems"]
    }


def test_weights_that_do_not_add_up_are_refused_in_words(siklus, demo, case_of, folder):
    """The condition says what it wants, and the case stays where it is."""
    wrong = json.loads(json.dumps(PLAN))
    wrong["plan"]["results"][0]["weight"] = 1
    (folder / "wrong.json").write_text(json.dumps(wrong), encoding="utf-8")
    case = case_of(EMPLOYEE)
    told = siklus.json(
        "fire", case, "submit", "--as", EMPLOYEE, "--form", "wrong.json", "--database", demo, code=3
    )

    assert "guard_refused" == told["error"]["code"]
    assert "51" in told["error"]["text"]["en"]


def test_a_request_sent_twice_is_done_once(siklus, demo, case_of, plan):
    """The same key gives the first answer again; with another request it is refused."""
    case = case_of(EMPLOYEE)
    words = ("--as", EMPLOYEE, "--form", plan, "--key", "k1", "--database", demo)
    first = siklus.json("fire", case, "submit", *words)
    second = siklus.json("fire", case, "submit", *words)
    other = siklus.json("fire", case, "exempt", *words, code=1)

    assert (False, True) == (first["repeated"], second["repeated"])
    assert first["entries"] == second["entries"]
    assert "idempotency_mismatch" == other["error"]["code"]


def test_an_unknown_case_or_person_exits_alike(siklus, demo, case_of):
    """What was named does not exist."""
    told = siklus("fire", "c-0", "submit", "--as", EMPLOYEE, "--database", demo, code=4)
    siklus("fire", case_of(EMPLOYEE), "submit", "--as", "000", "--database", demo, code=4)

    assert "There is no case 'c-0'.\n" == told.stderr


@pytest.mark.parametrize("content", ["{not json", "[1, 2]", '{"plan": 3}'])
def test_a_form_file_that_is_none_is_said_kindly(siklus, demo, case_of, folder, content):
    """The message names the file, and nothing is asked of the case."""
    (folder / "form.json").write_text(content, encoding="utf-8")
    case = case_of(EMPLOYEE)
    told = siklus("fire", case, "submit", "--as", EMPLOYEE, "--form", "form.json", "--database", demo, code=1)

    assert "form.json" in told.stderr
