"""`siklus launch`, `siklus cases` and `siklus tasks`."""

from __future__ import annotations

import shlex

import pytest

from engine.core.codec import decode
from engine.store import queries
from engine.store.database import Database
from tests.cli.conftest import DESK, EMPLOYEE, MANAGER, PEOPLE, WORKFLOWS

LAUNCH = ("launch", "asn-tahunan", "--opens", "2025-12-01")


def test_a_launch_opens_a_case_for_everybody_covered(siklus, in_force):
    """Who gets none is told with the reason."""
    told = siklus.json(*LAUNCH)

    assert ("asn-tahunan-2026", 60, 0) == (told["cycle"], told["launched"], told["existing"])
    assert ["exempt: unpaid_leave"] == [row["why"] for row in told["rows"] if row["outcome"] == "not_covered"]
    with Database("siklus.db") as database:
        assert "real" == database.kind


def test_a_second_launch_adds_nobody_twice(siklus, in_force):
    """Launching is safe to repeat."""
    siklus(*LAUNCH)
    told = siklus.json(*LAUNCH)

    assert (0, 60) == (told["launched"], told["existing"])


def test_a_launch_takes_published_definitions_only(siklus, agency):
    """Unpublished, and proposed by one person alone: both are refused, and the next step is named."""
    siklus(*LAUNCH, code=4)
    siklus("publish", "asn-tahunan", "--as", DESK, "--reason", "PermenPANRB 6/2022")
    told = siklus(*LAUNCH, code=1).stderr

    assert "waits for approval by another person (siklus approve)" in told
    assert [] == siklus.json("cases")["cases"]


def test_a_file_must_be_what_was_published(siklus, in_force, folder):
    """A path works as well as a name, as long as its content is in force."""
    assert 60 == siklus.json("launch", WORKFLOWS / "asn-tahunan.yaml", "--opens", "2025-12-01")["launched"]
    rules = (WORKFLOWS / "asn-tahunan.yaml").read_text(encoding="utf-8")
    (folder / "mine.yaml").write_text(rules.replace("at_most: 6", "at_most: 5"), encoding="utf-8")
    texts = (WORKFLOWS / "asn-tahunan.texts.yaml").read_text(encoding="utf-8")
    (folder / "mine.texts.yaml").write_text(texts, encoding="utf-8")
    told = siklus("launch", "mine.yaml", "--opens", "2026-12-01", code=1).stderr

    assert "is not what was published as asn-tahunan@1" in told


def test_a_demo_publishes_by_itself(siklus, demo, folder):
    """There rules may be tried without asking anybody; the list says that nobody approved them."""
    for end in (".yaml", ".texts.yaml"):
        text = (WORKFLOWS.parent / f"tests/definitions/small{end}").read_text(encoding="utf-8")
        (folder / f"small{end}").write_text(text, encoding="utf-8")
    siklus("launch", "small.yaml", "--opens", "2026-01-05", "--database", demo)
    listed = siklus.json("definitions", "--database", demo)["definitions"]

    assert {"asn-tahunan@1", "asn-triwulan@1", "asn-perbaikan@1", "small@1"} == {
        one["name"] for one in listed
    }


def test_people_may_come_with_the_launch(siklus, in_force):
    """They are imported first; whoever joined gets a case as well."""
    siklus(*LAUNCH)
    told = siklus.json(*LAUNCH, "--people", PEOPLE)

    assert (0, 60) == (told["launched"], told["existing"])


def test_who_launched_stands_in_the_log(siklus, in_force):
    """The person named is the actor of the entry."""
    siklus(*LAUNCH, "--as", MANAGER)
    with Database("siklus.db") as database, database.read() as view:
        launched = queries.history(view, "cycle/asn-tahunan-2026")[0]
        people = {one.person_id: one.key for one in view.people()[0]}

    assert {"person": people[MANAGER]} == decode(launched.body)["actor"]


def test_wrong_people_stop_the_launch(siklus, in_force):
    """All that is wrong with them is told, and nobody gets a case."""
    bad = WORKFLOWS / "examples/people-bad.csv"
    siklus(*LAUNCH, "--people", bad, code=1)

    assert [] == siklus.json("cases")["cases"]


def test_an_unknown_workflow_names_those_there_are(siklus, in_force):
    """The nearest help is the list of names."""
    assert "asn-tahunan" in siklus("launch", "asn-bulanan", "--opens", "2025-12-01", code=4).stderr


def test_an_unknown_actor_stops_the_launch(siklus, in_force):
    """Nothing is done in the name of a stranger."""
    siklus(*LAUNCH, "--as", "000", code=4)

    assert [] == siklus.json("cases")["cases"]


def test_a_day_that_is_none_is_a_usage_error(siklus):
    """The message shows how a day is written."""
    assert "2026-01-31" in siklus("launch", "asn-tahunan", "--opens", "tomorrow", code=2).stderr


def test_a_launch_makes_no_database(siklus, folder):
    """Nothing is published where there is nothing."""
    siklus(*LAUNCH, code=6)

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

    assert ["people", "people", *["publish", "approve"] * 3, "launch", "tasks"] == ran
    assert ["work"] in commands


def test_a_launch_shows_every_problem_of_its_timetable(siklus, in_force, folder):
    """At its place in the file; nothing is launched."""
    (folder / "dates.yaml").write_text(
        "decree: KEP-12/2026\nwindows: {sign: {to: 2026-05-01}}\n", encoding="utf-8"
    )
    told = siklus(*LAUNCH, "--timetable", "dates.yaml", code=1)

    assert (
        "dates.yaml:2:11: error unknown_name: asn-tahunan@1 has no window 'sign'" in told.stderr + told.stdout
    )
    assert [] == siklus.json("cases")["cases"]
