"""`siklus launch`, `siklus cases` and `siklus tasks`."""

from __future__ import annotations

import shlex

import pytest

from engine.core.codec import decode
from engine.store import queries
from engine.store.database import Database
from tests.cli.conftest import EMPLOYEE, MANAGER, PEOPLE, WORKFLOWS

LAUNCH = ("launch", "asn-tahunan", "--people", PEOPLE, "--opens", "2025-12-01")


def test_a_launch_makes_what_is_missing(siklus):
    """Database, calendar, definition, people and cases come of one command; who gets none is told with the reason."""
    told = siklus.json(*LAUNCH)

    assert ("asn-tahunan-2026", 60, 0) == (told["cycle"], told["launched"], told["existing"])
    assert ["exempt: unpaid_leave"] == [row["why"] for row in told["rows"] if row["outcome"] == "not_covered"]
    with Database("siklus.db") as database:
        assert "real" == database.kind


def test_a_second_launch_adds_nobody_twice(siklus):
    """Launching is safe to repeat."""
    siklus(*LAUNCH)
    told = siklus.json(*LAUNCH)

    assert (0, 60) == (told["launched"], told["existing"])


def test_a_file_is_published_with_the_texts_beside_it(siklus):
    """A path works as well as a name."""
    path = WORKFLOWS / "asn-tahunan.yaml"

    assert 60 == siklus.json("launch", path, "--people", PEOPLE, "--opens", "2025-12-01")["launched"]


def test_who_launched_stands_in_the_log(siklus):
    """A person named is the actor of the entry, although they came with the same people file."""
    siklus(*LAUNCH, "--as", MANAGER)
    with Database("siklus.db") as database, database.read() as view:
        launched = queries.history(view, "cycle/asn-tahunan-2026")[0]
        people = {one.person_id: one.key for one in view.people()[0]}

    assert {"person": people[MANAGER]} == decode(launched.body)["actor"]


def test_a_wrong_definition_leaves_nothing_behind(siklus, folder):
    """All its problems are told, and there is no database, and nobody imported."""
    rules = (WORKFLOWS / "asn-tahunan.yaml").read_text(encoding="utf-8")
    (folder / "mine.yaml").write_text(rules.replace("form: report", "form: repport", 1), encoding="utf-8")
    texts = (WORKFLOWS / "asn-tahunan.texts.yaml").read_text(encoding="utf-8")
    (folder / "mine.texts.yaml").write_text(texts, encoding="utf-8")
    told = siklus("launch", "mine.yaml", "--people", PEOPLE, "--opens", "2025-12-01", code=1)

    assert "repport" in told.stderr
    assert {"mine.yaml", "mine.texts.yaml"} == {one.name for one in folder.iterdir()}


def test_wrong_people_leave_nothing_behind(siklus, folder):
    """A wrong people file stops the launch before there is a database."""
    bad = WORKFLOWS / "examples/people-bad.csv"
    siklus("launch", "asn-tahunan", "--people", bad, "--opens", "2025-12-01", code=1)

    assert [] == list(folder.iterdir())


def test_an_unknown_workflow_names_those_there_are(siklus, folder):
    """The nearest help is the list of names."""
    told = siklus("launch", "asn-bulanan", "--people", PEOPLE, "--opens", "2025-12-01", code=4)

    assert "asn-tahunan" in told.stderr
    assert [] == list(folder.iterdir())


def test_an_unknown_actor_stops_the_launch(siklus, folder):
    """Nothing is done in the name of a stranger."""
    siklus(*LAUNCH, "--as", "000", code=4)

    assert [] == list(folder.iterdir())


def test_a_day_that_is_none_is_a_usage_error(siklus):
    """The message shows how a day is written."""
    told = siklus("launch", "asn-tahunan", "--people", PEOPLE, "--opens", "tomorrow", code=2)

    assert "2026-01-31" in told.stderr


def test_without_people_a_launch_says_how_to_get_them(siklus, folder):
    """Where nobody is known, the next step is named and no database is made."""
    assert "siklus people import" in siklus("launch", "asn-tahunan", "--opens", "2025-12-01", code=1).stderr
    assert [] == list(folder.iterdir())


def test_cases_are_listed_with_whose_turn_it_is(siklus, demo):
    """One line a case, in either language."""
    english = siklus("cases", "--database", demo, "--person", EMPLOYEE).stdout
    indonesian = siklus("cases", "--database", demo, "--person", EMPLOYEE, "--lang", "id").stdout

    assert "Iqbal Mantali" in english
    assert "Employee drafts the plan" in english
    assert "Pegawai menyusun SKP" in indonesian
    assert "2025-12-08" in english


def test_people_in_json_are_named_by_their_number(siklus, demo):
    """What `cases` and `tasks` print can be given to `--as`; nobody outside knows the keys of the log."""
    (case,) = siklus.json("cases", "--person", "198708222013121015", "--database", demo)["cases"]
    (task,) = siklus.json("tasks", "198708222013121015", "--database", demo)["tasks"]

    assert ("198708222013121015", "198708222013121015") == (case["subject"], case["task"]["holder"])
    assert "198708222013121015" == task["holder"]


def test_one_of_a_thing_is_not_told_as_many(siklus, demo):
    """One task, sixty cases."""
    assert "1 task.\n" == siklus("tasks", "198708222013121015", "--database", demo).stderr
    assert "60 cases.\n" == siklus("cases", "--database", demo).stderr


def test_the_database_may_be_named_before_the_command(siklus, demo, monkeypatch):
    """Option, option before the command and environment come to the same."""
    after = siklus("tasks", EMPLOYEE, "--database", demo).stdout
    before = siklus("--database", demo, "tasks", EMPLOYEE).stdout
    monkeypatch.setenv("SIKLUS_DATABASE", demo)

    assert after == before == siklus("tasks", EMPLOYEE).stdout
    assert "Employee drafts the plan" in after


@pytest.mark.parametrize("words", [("cases",), ("demo", "--run-to-end")])
def test_a_database_named_before_the_command_wins_over_the_environment(siklus, demo, monkeypatch, words):
    """What is typed counts: no command falls through to the database of the environment."""
    monkeypatch.setenv("SIKLUS_DATABASE", demo)

    assert "mysql://" in siklus("--database", "mysql://elsewhere", *words, code=6).stderr


@pytest.mark.parametrize(
    ("option", "words"),
    [
        ("--opens", ("--opens", "9999-12-31")),
        ("--opens", ("--opens", "0001-01-01")),
        ("--year", ("--opens", "2025-12-01", "--year", "9999")),
    ],
)
def test_a_time_beyond_all_calendars_is_a_mistake_in_the_command(siklus, demo, option, words):
    """It is the option that is wrong, not the program."""
    assert option in siklus("launch", "asn-tahunan", "--database", demo, *words, code=2).stderr


def test_a_missing_database_is_said_kindly(siklus):
    """Reading makes no database."""
    assert "siklus.db" in siklus("cases", code=6).stderr


def test_the_commands_in_the_readme_run(siklus, folder):
    """From an empty folder to a person's tasks, as it stands there."""
    (folder / "people.csv").write_bytes(PEOPLE.read_bytes())
    page = (WORKFLOWS.parent / "README.md").read_text(encoding="utf-8")
    block = (
        page.split("From an empty folder to a running cycle", 1)[1].split("```sh\n", 1)[1].split("```", 1)[0]
    )
    commands = [shlex.split(line, comments=True)[1:] for line in block.splitlines()]
    ran = [words[0] for words in commands if words[0] != "work" and siklus(*words)]

    assert ["people", "launch", "tasks"] == ran
    assert ["work"] in commands
