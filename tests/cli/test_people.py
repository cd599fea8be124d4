"""`siklus people import`."""

from __future__ import annotations

from engine.core.codec import decode
from engine.store import queries
from engine.store.database import Database
from tests.cli.conftest import DESK, PEOPLE, RATER, WORKFLOWS

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
    assert {"row", "column", "code", "message", "value"} == problems[0].keys()
    assert 20 < len(problems)
    assert all({"id", "en"} == one["message"].keys() and one["message"]["id"] for one in problems)


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


def test_an_import_by_somebody_unknown_leaves_nothing(siklus, folder):
    """Who imports is looked up before a database is made."""
    told = siklus("people", "import", PEOPLE, "--as", "setup", code=4)

    assert "There is no person 'setup'" in told.stderr
    assert [] == list(folder.iterdir())


def test_whoever_imports_first_may_stand_in_the_file(siklus):
    """There is no chart yet that could know them."""
    siklus("people", "import", PEOPLE, "--as", DESK)
    with Database("siklus.db") as database, database.read() as view:
        keys = {one.key for one in view.people()[0] if one.person_id == DESK}
        entry = queries.history(view, "people")[0]

    assert {decode(entry.body)["actor"]["person"]} == keys


def test_problems_are_told_in_the_language_of_the_installation(siklus, monkeypatch):
    """The table, its heads and what is said at the end."""
    monkeypatch.setenv("SIKLUS_LANGUAGE", "id")
    told = siklus("people", "import", BAD, code=1)

    assert all(word in told.stdout for word in ("baris", "kolom", "yang keliru", "mungkin maksudnya"))
    assert "masalah; tidak seorang pun diimpor" in told.stderr


def test_what_names_no_database_names_the_command_that_makes_one(siklus):
    """And the one that shows what a filled one looks like."""
    told = siklus("cases", code=6)

    assert (
        "`siklus people import FILE` makes one there, `siklus demo` shows one that is filled" in told.stderr
    )


def test_a_handover_sheet_is_told(siklus, demo):
    """People, cases, what waits; as a table and as JSON."""
    told = siklus.json("people", "handover", RATER, "--database", demo)
    words = siklus("people", "handover", RATER, "--database", demo).stdout

    assert RATER == told["person"]["person_id"]
    assert told["people"]
    assert "open cases" in words
