"""The practices the language was designed with: each loads, is proven for a real chart, and keeps its identity."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from api.checking import check_file
from engine.core.parse import read, reopen
from engine.core.source import read_yaml
from engine.testing import read_examples, try_definition
from tests.worlds import calendar

HERE = Path(__file__).parent
PEOPLE = HERE / "people.csv"
PATHS = sorted(path for path in HERE.glob("*.yaml") if "." not in path.stem)

each = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)


def test_the_practices_that_are_not_shipped_yet_are_here():
    assert [
        "asn-perbaikan", "asn-tahunan", "asn-triwulan", "unit-tahunan",
    ] == [path.stem for path in PATHS]  # fmt: skip


@each
def test_a_practice_has_nothing_wrong_and_everything_proven(path):
    """Not one problem, not one finding: neither error nor warning, and no question left open."""
    checked = check_file(path, texts=None, others=(), people=PEOPLE, year=2026)

    assert [] == [str(one) for one in checked.problems]
    assert [] == [finding.message.en for proof in checked.proofs for finding in proof.findings]
    assert {"proven"} == {proof.answer for proof in checked.proofs}


@each
def test_a_practice_is_the_same_definition_when_it_is_opened_again(path):
    texts = path.with_name(f"{path.stem}.texts.yaml")
    definition = read(path.read_bytes(), texts.read_bytes(), name=path.name, texts_name=texts.name)

    assert definition == reopen(definition.source)


@each
def test_a_practice_has_no_loose_numbers(path):
    """Every day and length that is no law stands in the settings or the timetable, with what it may become."""
    document = read_yaml(path.read_text(encoding="utf-8"), path.name)
    rules = {key: document.values[key] for key in ("phases", "anytime", "tracks") if key in document.values}
    loose = [text for text in scalars(rules) if re.match(r"[0-9]+ (working )?(day|week|month|year)", text)]

    assert [] == loose


EXAMPLES = sorted(HERE.glob("*.examples.yaml"))


def test_every_practice_has_examples():
    told = {path.name.removesuffix(".examples.yaml") for path in EXAMPLES}

    assert set() == {path.stem for path in PATHS} - told


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name.partition(".")[0])
def test_the_examples_of_a_practice_come_out_as_expected(path):
    """Files, journals, answers by link, tracks, units, steering, and what other cases publish."""
    name = path.name.removesuffix(".examples.yaml")
    rules, texts = path.with_name(f"{name}.yaml"), path.with_name(f"{name}.texts.yaml")
    definition = read(rules.read_bytes(), texts.read_bytes(), name=rules.name, texts_name=texts.name)
    examples = read_examples(path.read_bytes(), definition, name=path.name, opener=Path.read_bytes)
    report = try_definition(definition, examples, calendar(), mutate=False)

    assert [] == [(one.example, one.failure) for one in report.failed]
    assert len(examples.examples) == len(report.outcomes)


def scalars(value):
    if isinstance(value, dict):
        return [text for one in value.values() for text in scalars(one)]
    if isinstance(value, list):
        return [text for one in value for text in scalars(one)]
    return [value]
