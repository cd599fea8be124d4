"""`siklus check`."""

from __future__ import annotations

import re

import pytest

from tests.cli.conftest import WORKFLOWS

RULES = (WORKFLOWS / "asn-tahunan.yaml").read_text(encoding="utf-8")
TEXTS = (WORKFLOWS / "asn-tahunan.texts.yaml").read_text(encoding="utf-8")


@pytest.fixture
def broken(folder):
    """A definition with two mistakes, far apart."""
    rules = RULES.replace("to: manager_checks", "to: manager_chekcs", 1).replace(
        "form: report", "form: repport", 1
    )
    (folder / "mine.yaml").write_text(rules, encoding="utf-8")
    (folder / "mine.texts.yaml").write_text(TEXTS, encoding="utf-8")
    return folder / "mine.yaml"


def test_the_shipped_definition_is_clean(siklus):
    """What comes with the program has no problem, not even a warning."""
    told = siklus.json("check", WORKFLOWS / "asn-tahunan.yaml")

    assert (0, 0, []) == (told["errors"], told["warnings"], told["problems"])
    assert "asn-tahunan@1" == told["definition"]["name"]


def test_all_problems_are_told_with_their_places(siklus, broken):
    """Both mistakes come at once, each as file:line:column: severity code: sentence; suggestion."""
    lines = siklus("check", broken, code=1).stdout.splitlines()

    assert all(re.match(rf"{re.escape(str(broken))}:\d+:\d+: (error|warning) \w+: ", line) for line in lines)
    assert any("did you mean 'manager_checks'?" in line for line in lines)
    assert any("did you mean 'report'?" in line for line in lines)


def test_problems_come_as_json(siklus, broken):
    """A program gets place, code and suggestion apart."""
    told = siklus.json("check", broken, code=1)
    first = told["problems"][0]

    assert told["errors"] + told["warnings"] == len(told["problems"])
    assert told["definition"] is None
    assert {"file", "line", "column", "severity", "code", "path", "message", "suggestion"} == first.keys()


def test_nothing_is_stored(siklus, broken, folder):
    """Checking leaves the folder as it was."""
    before = sorted(one.name for one in folder.iterdir())
    siklus("check", broken, code=1)

    assert before == sorted(one.name for one in folder.iterdir())


def test_missing_texts_are_one_problem(siklus, broken, folder):
    """Without its texts a definition is told so once, beside the mistakes of its rules."""
    (folder / "mine.texts.yaml").unlink()
    lines = siklus("check", broken, code=1).stdout.splitlines()

    assert 1 == sum("texts_missing" in line for line in lines)
    assert any("manager_chekcs" in line for line in lines)


def test_texts_may_lie_elsewhere(siklus, folder):
    """The option names another file of texts."""
    (folder / "mine.yaml").write_text(RULES, encoding="utf-8")
    (folder / "words.yaml").write_text(TEXTS, encoding="utf-8")

    assert "no errors" in siklus("check", "mine.yaml", "--texts", "words.yaml").stdout


def test_a_file_that_is_not_there_is_said_kindly(siklus):
    """One sentence, with the path."""
    told = siklus("check", "nowhere.yaml", code=1)

    assert "There is no file 'nowhere.yaml'; check the path.\n" == told.stderr


def test_a_file_that_is_no_text_is_said_kindly(siklus, folder):
    """A workbook given by mistake is no definition."""
    (folder / "book.yaml").write_bytes(b"PK\x03\x04\xff\xfe")

    assert "is not UTF-8 text" in siklus("check", "book.yaml", code=1).stderr
