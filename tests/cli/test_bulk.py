"""`siklus bulk`: looked at first, done with a key, told row by row."""

from __future__ import annotations

from tests.cli.conftest import DESK, EMPLOYEE

WHY = ("--as", DESK, "--reason", "banjir")


def test_days_are_granted_over_a_list_and_what_failed_is_told(siklus, demo, case_of, tmp_path):
    """A look does nothing; the act tells what was refused first, and ends as refused; again, nothing is done twice."""
    listed, case = tmp_path / "list.csv", case_of(EMPLOYEE)
    listed.write_text(f"case,name\n{case},x\nc-0,y\n{case_of(DESK)},z\n")
    line = ("bulk", "grant", "--days", "3", "--from", str(listed), *WHY, "--database", demo)
    due = siklus.json("case", case, "--database", demo)["due_on"]

    looked = siklus.json(*line)
    unchanged = siklus.json("case", case, "--database", demo)["due_on"]
    done = siklus(*line, "--do", "--key", "banjir-1", code=3)
    again = siklus.json(*line, "--do", "--key", "banjir-1", code=3)

    assert ["refused", "refused", "ready"] == [one["outcome"] for one in looked["rows"]]
    assert due == unchanged < siklus.json("case", case, "--database", demo)["due_on"]
    assert "1 case done, 2 refused." in done.stdout
    assert [False, False, True] == [one["repeated"] for one in again["rows"]]


def test_a_plain_list_of_ids_will_do_and_a_key_is_needed(siklus, demo, case_of, tmp_path):
    listed = tmp_path / "list.txt"
    listed.write_text(f"{case_of(EMPLOYEE)}\n\n")
    line = ("bulk", "remind", "--from", str(listed), *WHY, "--database", demo)

    assert "1 case would be done, 0 refused." in siklus(*line).stdout
    assert "--key" in siklus(*line, "--do", code=2).stderr
