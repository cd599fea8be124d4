"""`siklus people import`."""

from __future__ import annotations

from engine.store.database import Database
from tests.cli.conftest import PEOPLE, WORKFLOWS

BAD = WORKFLOWS / "examples/people-bad.csv"


def test_a_wrong_file_is_told_row_by_row_and_nothing_is_imported(siklus, folder):
    """Every problem stands in a table with its row; there is not even a database afterwards."""
    told = siklus("people", "import", BAD, code=1)

    assert all(word in told.stdout for word in ("row", "nip_digits", "superior_unknown", "zone_unknown"))
    assert "nobody was imported" in told.stderr
    assert [] == list(folder.iterdir())


def test_a_wrong_file_changes_nothing_of_what_is_there(siklus):
    """The chart in force stays as it was, to the byte."""
    siklus("people", "import", PEOPLE)
    with Database("siklus.db") as database, database.read() as view:
        before = view.people()
    siklus("people", "import", BAD, code=1)
    with Database("siklus.db") as database, database.read() as view:
        after = view.people()

    assert before == after


def test_row_problems_come_as_json(siklus):
    """A program gets row, column, code and both sentences apart."""
    told = siklus.json("people", "import", BAD, code=1)
    problems = told["error"]["problems"]

    assert "people_invalid" == told["error"]["code"]
    assert {"row", "column", "code", "message", "message_id", "value"} == problems[0].keys()
    assert 20 < len(problems)


def test_a_dry_run_writes_nothing(siklus, folder):
    """It tells who would join, and leaves no database."""
    told = siklus.json("people", "import", PEOPLE, "--dry-run")

    assert 66 == len(told["changes"]["joiners"])
    assert told["imported"] is None
    assert [] == list(folder.iterdir())


def test_an_import_says_what_it_changed(siklus):
    """The second import of the same file changes nobody."""
    first = siklus.json("people", "import", PEOPLE)
    second = siklus.json("people", "import", PEOPLE)

    assert 66 == first["imported"]["joined"]
    assert (0, 0, 0) == tuple(second["imported"][name] for name in ("joined", "changed", "left"))


def test_a_change_is_shown_before_it_is_made(siklus, folder):
    """A dry run on a chart in force names who moves, from where to where."""
    siklus("people", "import", PEOPLE)
    text = PEOPLE.read_text(encoding="utf-8")
    old = "Iqbal Mantali,Sekretariat Daerah"
    assert old in text
    (folder / "new.csv").write_text(text.replace(old, "Iqbal Mantali,Dinas Kesehatan"), encoding="utf-8")
    told = siklus.json("people", "import", "new.csv", "--dry-run")

    assert [("Iqbal Mantali", "Sekretariat Daerah", "Dinas Kesehatan")] == [
        (one["name"], one["before"], one["after"]) for one in told["changes"]["unit_moves"]
    ]


def test_a_file_is_shown_with_the_cases_it_concerns_and_an_import_is_taken_back(siklus, demo, folder):
    """The preview writes nothing; an import nobody built on is undone, once."""
    rows = PEOPLE.read_text(encoding="utf-8").replace(",Fadli Hunowu,", ",Fadli H. Hunowu,")
    (folder / "people.csv").write_text(rows, encoding="utf-8")
    to = ("--database", demo)
    shown = siklus.json("people", "preview", "people.csv", *to)
    words = siklus("people", "preview", "people.csv", *to).stdout
    nothing = siklus.json("people", "undo", "--reason", "x", *to, code=3)
    siklus("people", "import", "people.csv", *to)
    undone = siklus("people", "undo", "--reason", "salah ketik", *to).stdout

    assert [] == shown["affected"]
    assert "Open cases concerned: 0 cases." in words
    assert "refused" == nothing["error"]["code"]
    assert "is taken back" in undone
