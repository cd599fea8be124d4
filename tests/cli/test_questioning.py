"""`siklus case superior` and `siklus case answer`: asked and answered in a terminal as on the page."""

from __future__ import annotations

from tests.cli.conftest import DESK, EMPLOYEE, MANAGER


def test_who_the_superior_is_is_asked_and_answered(siklus, demo, case_of):
    """The subject alone asks, once; the desk answers, and the reason is kept out of the entry."""
    case, to = case_of(EMPLOYEE), ("--database", demo)
    ask = ("case", "superior", case, "--meant", MANAGER, "--reason", "sejak Januari di bidang lain", *to)
    other = siklus(*ask, "--as", MANAGER, code=3)
    asked = siklus.json(*ask, "--as", EMPLOYEE)
    twice = siklus(*ask, "--as", EMPLOYEE, code=3)
    told = siklus(
        "case", "answer", case, "right", "--as", DESK, "--reason", "SK masih berlaku", *to, "--lang", "id"
    )

    assert ["superior_questioned"] == [one["kind"] for one in asked["entries"]]
    assert other.stderr
    assert twice.stderr
    assert told.stdout
    assert "SK masih berlaku" not in told.stdout


def test_an_answer_that_is_none_is_refused_with_those_there_are(siklus, demo, case_of):
    refused = siklus(
        "case",
        "answer",
        case_of(EMPLOYEE),
        "maybe",
        "--as",
        DESK,
        "--reason",
        "x",
        "--database",
        demo,
        code=2,
    )

    assert "corrected, right" in " ".join(refused.stderr.replace("│", " ").split())
