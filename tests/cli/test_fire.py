"""`siklus case`, `siklus fire` and `siklus history`."""

from __future__ import annotations

import json
from datetime import date

import pytest

from api.demo_acts import Subject, act_in
from api.demo_behaviours import PUNCTUAL
from engine.core.command import Actor, AddEntry
from tests.cli.conftest import EMPLOYEE, RATER
from tests.runtime.conftest import NOBODY, HandClock, set_up
from tests.runtime.test_linked import publish

YEAR = {"plan": {"goals": [{"title": "Pelayanan", "weight": 100}]}}
PLAN = act_in(
    "asn-tahunan", "employee_drafts", Subject(row=9, position="Pengelola", behaviour=PUNCTUAL)
).forms


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


def test_a_case_tells_whose_turn_it_is_since_when_until_when_and_what_follows(siklus, demo, case_of):
    """What the page says to somebody who only looks on, in either language, and as JSON."""
    case = case_of(EMPLOYEE)
    english = siklus("case", case, "--database", demo).stdout
    indonesian = siklus("case", case, "--database", demo, "--lang", "id").stdout
    told = siklus.json("case", case, "--database", demo)

    assert "Iqbal Mantali" in english
    assert "(employee_drafts)" in english
    assert "1 December 2025, 08:00 WITA" in english
    assert "1 Desember 2025 pukul 08.00 WITA" in indonesian
    assert (EMPLOYEE, "employee_drafts", told["task"]["due_on"]) == (
        told["subject"],
        told["state"],
        told["due_on"],
    )
    assert "2025-12-01T00:00:00.000000Z" == told["since"]
    assert [] == [one for one in told["if_nobody_acts"] if one not in english]
    assert ([], ["daily", "notes", "guidance"]) == (told["linked"], [one["name"] for one in told["journals"]])


def test_a_case_tells_its_kin_and_its_journals_in_numbers(siklus, folder):
    """A year with a quarter that is open, and one that keeps a daily log."""
    clock = HandClock()
    clock.put(date(2026, 1, 5))
    engine = set_up(str(folder / "year.db"), clock, definition="tests/definitions/linked/annual")
    publish(engine, "quarter", "improvement", "unit-year")
    engine.launch("annual", opens=date(2026, 1, 5), actor=NOBODY)
    head = engine.chart.agency_head_post(date(2026, 1, 5))
    own = engine.cases(subject=head.key)[0].id
    engine.fire(own, "submit", actor=Actor(person=head.key), forms=YEAR)
    quarter = engine.case(own, None).linked[0].case.id
    engine.database.close()

    told = siklus.json("case", own, "--database", "year.db")["linked"]
    assert [("quarters", quarter, "doing", "opened")] == [
        (one["link"], one["case"], one["state"], one["outcome"]) for one in told
    ]
    assert f"{quarter}: Work" in siklus("case", own, "--database", "year.db").stdout
    above = siklus("case", quarter, "--database", "year.db", "--lang", "id").stdout
    assert f"{own}: Pelaksanaan" in next(
        line for line in above.splitlines() if line.startswith("kasus yang membukanya")
    )


def test_a_case_counts_the_entries_of_its_journals(siklus, folder):
    """How many there are and should be, never what they say."""
    clock = HandClock()
    clock.put(date(2026, 1, 5))
    engine = set_up(str(folder / "log.db"), clock, definition="tests/definitions/journal")
    engine.launch("journal-cycle", opens=date(2026, 1, 5), actor=NOBODY)
    case, person = engine.cases()[0].id, engine.cases()[0].subject
    entry = AddEntry(journal="daily", values={"what": "melayani"}, actor=Actor(person=person))
    engine.obey(case, entry)
    engine.database.close()

    told = siklus.json("case", case, "--database", "log.db")["journals"]
    assert {"name": "daily", "count": 1, "least": 3} in told
    assert "1 / 3" in siklus("case", case, "--database", "log.db").stdout


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
