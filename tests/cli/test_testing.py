"""`siklus test`."""

from __future__ import annotations

import shutil

import pytest

from tests.cli.conftest import ROOT

ALONE = ROOT / "tests/definitions/alone"


@pytest.fixture
def mine(folder):
    """A copy of the national cycle with its examples."""
    for end in (".yaml", ".texts.yaml", ".examples.yaml"):
        shutil.copy(ALONE / f"asn-tahunan{end}", folder / f"mine{end}")
    return folder / "mine.yaml"


def test_examples_beside_a_definition_are_run(siklus, mine):
    """What passed, and that nothing is untouched."""
    told = siklus("test", "mine.yaml", "--no-mutations").stdout

    assert "mine.examples.yaml: 50 of 50 examples come out as expected.\n" == told


def test_a_changed_rule_is_seen(siklus, mine):
    """Exit code 1, the place of the step, and the difference in words; as JSON too."""
    text = mine.read_text(encoding="utf-8")
    mine.write_text(
        text.replace("receipt_time:     {is: 5 working", "receipt_time:     {is: 6 working"), encoding="utf-8"
    )
    told = siklus("test", "mine.yaml", code=1).stdout
    as_json = siklus.json("test", "mine.yaml", code=1)

    assert "mine.examples.yaml:" in told
    assert "everybody_acts_in_time" in told
    assert "it is due 2027-01-13, and should be 2027-01-12" in told
    assert 0 == as_json["mutations"]
    assert any(not one["passed"] and one["told"] for one in as_json["examples"])


def test_an_agencys_own_numbers_are_tried(siklus, mine, folder):
    """The same examples, with the days that the agency's file sets; a number that is not allowed is told."""
    own = folder / "own.yaml"
    text = "overrides: asn-tahunan@1\nagency: Dinas Uji\nsettings: {receipt_time: %s working days}\n"
    own.write_text(text % 6, encoding="utf-8")
    told = siklus("test", "mine.yaml", "--override", "own.yaml", "--no-mutations", code=1)

    assert "it is due 2027-01-13, and should be 2027-01-12" in told.stdout
    own.write_text(text % 600, encoding="utf-8")
    refused = siklus("test", "mine.yaml", "--override", "own.yaml", "--no-mutations", code=1)
    assert "own.yaml:3:" in refused.stderr


def test_what_is_untouched_or_unnoticed_is_told_with_its_place(siklus, mine):
    """In the rules, not in the examples."""
    path = mine.with_name("few.yaml")
    examples = mine.with_name("mine.examples.yaml").read_text(encoding="utf-8")
    head, stories = examples.split("\nexamples:\n")
    path.write_text(f"{head}\nexamples:\n{stories.split('  sent_back')[0]}", encoding="utf-8")
    told = siklus.json("test", "mine.yaml", "--examples", "few.yaml")

    assert any(
        "drafts.submit" not in one["told"] and one["at"].startswith("mine.yaml:") for one in told["untouched"]
    )
    assert any("'send_back' needs no reason" == one["told"] for one in told["unnoticed"])
    assert told["mutations"] > len(told["unnoticed"]) > 0


def test_missing_and_wrong_examples_are_said_kindly(siklus, mine, folder):
    """No file, and a file with mistakes."""
    examples = folder / "mine.examples.yaml"
    examples.write_text(
        examples.read_text(encoding="utf-8").replace("about: siti", "about: sitti", 1), encoding="utf-8"
    )
    wrong = siklus("test", "mine.yaml", code=1).stderr
    examples.unlink()

    assert "did you mean 'siti'?" in wrong
    assert "There is no file 'mine.examples.yaml'" in siklus("test", "mine.yaml", code=1).stderr
