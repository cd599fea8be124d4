"""`siklus new`."""

from __future__ import annotations

import pytest

from tests.cli.conftest import PEOPLE

FILES = {
    "ours.yaml", "ours.texts.yaml", "ours.examples.yaml",
    "siklus-definition.schema.json", "siklus-texts.schema.json",
}  # fmt: skip


@pytest.mark.parametrize(("template", "open_questions"), [("annual", []), ("probation", ["staffed"])])
def test_a_definition_begins_from_a_template(siklus, folder, template, open_questions):
    """Under its own name, clean, proven and with examples that pass, notice nearly everything and miss no way.

    Nobody of the demo is on probation, so nothing is claimed about who would do that work.
    """
    siklus("new", "ours", "--from", template)
    checked = siklus.json("check", "ours.yaml", "--people", PEOPLE, "--year", "2026")
    tested = siklus.json("test", "ours.yaml")

    assert FILES == {one.name for one in folder.iterdir()}
    assert "ours@1" == checked["definition"]["name"]
    assert [] == checked["problems"]
    assert open_questions == [one["question"] for one in checked["proofs"] if one["answer"] != "proven"]
    assert [] == [finding for one in checked["proofs"] for finding in one["findings"]]
    assert [] == [one for one in tested["examples"] if not one["passed"]]
    assert [] == tested["untouched"]
    assert len(tested["unnoticed"]) <= 1
    assert tested["mutations"] > 40


def test_editors_find_the_schema_beside_the_copy(siklus, folder):
    """The first line of each file leads to it."""
    siklus("new", "ours")
    first = {
        end: (folder / f"ours{end}").read_text(encoding="utf-8").splitlines()[0]
        for end in (".yaml", ".texts.yaml")
    }

    assert "# yaml-language-server: $schema=./siklus-definition.schema.json" == first[".yaml"]
    assert "# yaml-language-server: $schema=./siklus-texts.schema.json" == first[".texts.yaml"]
    assert "annual.texts" not in (folder / "ours.yaml").read_text(encoding="utf-8")


def test_nothing_is_overwritten(siklus, folder):
    """One file of that name is enough to refuse all of them."""
    (folder / "ours.texts.yaml").write_text("mine", encoding="utf-8")
    told = siklus("new", "ours", code=1)

    assert "ours.texts.yaml is there already" in told.stderr
    assert ["ours.texts.yaml"] == [one.name for one in folder.iterdir()]
    assert "mine" == (folder / "ours.texts.yaml").read_text(encoding="utf-8")


def test_a_folder_is_made(siklus, folder):
    """Files may go elsewhere."""
    told = siklus.json("new", "ours", "--in", "rules/of/ours")

    assert "rules/of/ours/ours.yaml" in told["files"]
    assert (folder / "rules/of/ours/ours.examples.yaml").is_file()


def test_wrong_names_are_said_kindly(siklus, folder):
    """A name that is none, a template there is not."""
    assert "no name of a workflow" in " ".join(siklus("new", "../Ours", code=2).stderr.split())
    assert "annual, probation" in siklus("new", "ours", "--from", "monthly", code=4).stderr
    assert [] == list(folder.iterdir())
