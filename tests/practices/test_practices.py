"""The practices the language was designed with: each loads, is proven for a real chart, and keeps its identity."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from api.checking import check_file
from engine.core.parse import read, reopen
from engine.core.source import read_yaml

HERE = Path(__file__).parent
PEOPLE = HERE / "people.csv"
PATHS = sorted(path for path in HERE.glob("*.yaml") if not path.stem.endswith(".texts"))

each = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)


def test_all_six_practices_and_the_session_they_wait_for_are_here():
    assert [
        "asn-perbaikan", "asn-tahunan", "asn-triwulan", "bukitintan-penilaian", "bukitintan-unit", "kemenkeu-triwulan",
        "kemenkeu-unit", "unit-tahunan",
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


def scalars(value):
    if isinstance(value, dict):
        return [text for one in value.values() for text in scalars(one)]
    if isinstance(value, list):
        return [text for one in value for text in scalars(one)]
    return [value]
