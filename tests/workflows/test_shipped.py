"""Every definition that is shipped: which files it has, that they are fresh and whole, and that it is proven.

A shipped definition NAME is `workflows/NAME.yaml` with `NAME.texts.yaml` and `NAME.examples.yaml` beside it, and in
`docs/workflows` a page, a picture and a matrix in each language: `NAME.{id,en}.md`, `NAME.{id,en}.svg`,
`NAME.matrix.{id,en}.md`. It belongs to one family (families.py), in which it is lived through.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from api.checking import check_file
from engine.core.access.matrix import markdown, matrix_of
from engine.core.definition import Language
from engine.core.diagram import picture_of, svg
from engine.core.parse import reopen
from engine.core.source import read_yaml
from engine.testing import read_examples, try_definition
from tests.workflows.families import FAMILIES, FOLDER, shipped
from tests.workflows.touched import shipped_definition
from tests.worlds import ROOT, calendar

PAGES = Path(ROOT) / "docs/workflows"

each = pytest.mark.parametrize("name", shipped())
each_language = pytest.mark.parametrize("language", ["id", "en"])


def page(name: str, language: str) -> str:
    """The page of a definition."""
    return (PAGES / f"{name}.{language}.md").read_text(encoding="utf-8")


def test_every_definition_is_in_one_family() -> None:
    """Where it is lived through with those it opens, reads and waits for."""
    counted = Counter(name for family in FAMILIES.values() for name in family.members)

    assert dict.fromkeys(shipped(), 1) == dict(counted)


@each
def test_a_definition_has_all_its_files(name: str) -> None:
    rules = {FOLDER / f"{name}{end}" for end in (".yaml", ".texts.yaml", ".examples.yaml")}
    told = {PAGES / f"{name}{kind}.{language}" for kind in ("", ".matrix") for language in ("id.md", "en.md")}
    drawn = {PAGES / f"{name}.{language}.svg" for language in ("id", "en")}

    assert [] == sorted(str(one) for one in rules | told | drawn if not one.is_file())


def test_no_page_tells_of_a_definition_that_is_not_shipped() -> None:
    assert set(shipped()) == {path.name.partition(".")[0] for path in PAGES.iterdir()}


@each
@each_language
def test_the_picture_is_current(name: str, language: Language) -> None:
    """`siklus diagram workflows/NAME.yaml -o docs/workflows/NAME.id.svg --lang id` draws it anew."""
    kept = (PAGES / f"{name}.{language}.svg").read_text(encoding="utf-8")

    assert kept == svg(picture_of(shipped_definition(name), language))


@each
def test_the_matrix_names_nothing_by_its_path(name: str) -> None:
    """What is shown of other cases, of a superior's plan or of quarters, has the words the rules give it."""
    matrix = matrix_of(shipped_definition(name))
    told = {label.en for line in matrix.states for cell in line.cells for label in cell.reads}

    assert [] == sorted(one for one in told if "." in one or "_" in one)


@each
@each_language
def test_the_matrix_is_current(name: str, language: Language) -> None:
    """`siklus matrix NAME -o docs/workflows/NAME.matrix.id.md --lang id` writes it anew."""
    assert page(f"{name}.matrix", language) == markdown(matrix_of(shipped_definition(name)), language)


@each
def test_a_definition_has_nothing_wrong_and_everything_proven(name: str) -> None:
    """Not one problem, not one finding, and no question left open, for a real chart."""
    people = next(Path(ROOT) / one.people for one in FAMILIES.values() if name in one.members)
    checked = check_file(FOLDER / f"{name}.yaml", texts=None, others=(), people=people, year=2026)

    assert [] == [str(one) for one in checked.problems]
    assert [] == [finding.message.en for proof in checked.proofs for finding in proof.findings]
    assert {"proven"} == {proof.answer for proof in checked.proofs}


@each
def test_a_definition_is_the_same_when_it_is_opened_again(name: str) -> None:
    definition = shipped_definition(name)

    assert definition == reopen(definition.source)


@each
def test_a_definition_has_no_loose_numbers(name: str) -> None:
    """Every day and length that is no law stands in the settings or the timetable, with what it may become."""
    document = read_yaml((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"), name)
    keys = ("phases", "anytime", "tracks")
    rules = {key: document.values[key] for key in keys if key in document.values}
    loose = [text for text in _scalars(rules) if re.match(r"[0-9]+ (working )?(day|week|month|year)", text)]

    assert [] == loose


def _scalars(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for one in value.values() for text in _scalars(one)]
    if isinstance(value, list):
        return [text for one in value for text in _scalars(one)]
    return [str(value)]


@each
def test_a_setting_says_where_its_number_comes_from(name: str) -> None:
    """The rule it follows, or why this number."""
    settings = shipped_definition(name).settings.values()

    assert [] == [one.name for one in settings if not (one.basis or one.note)]


@each
def test_texts_are_said_in_both_languages_without_raw_keys(name: str) -> None:
    """Neither empty nor a key; a placeholder only where a refusal names a figure."""
    faults = []
    labels = shipped_definition(name).texts.labels
    for section, told in labels.items():
        for key, label in told.items():
            for text in (label.id, label.en):
                bare = re.sub(r"<[a-z_.]+>", "", text) if section == "refusals" else text
                faults += [(section, key, text)] if not bare.strip() or re.search(r"[_<>{}]", bare) else []

    assert [] == faults


@each
def test_both_pages_say_the_same_things(name: str) -> None:
    """Indonesian and English have the same sections and the same rows, and lead to each other."""
    shapes = [
        [line[:1] for line in page(name, language).splitlines() if line[:1] in {"|", "#"}]
        for language in ("id", "en")
    ]

    assert shapes[0] == shapes[1]
    assert f"({name}.en.md)" in page(name, "id")
    assert f"({name}.id.md)" in page(name, "en")


@each
@each_language
def test_the_page_names_its_rules_its_picture_and_its_matrix(name: str, language: str) -> None:
    """Every rule the definition says it follows, and where to look further."""
    definition = shipped_definition(name)
    told = page(name, language)
    bases = (
        *definition.basis,
        f"{name}.{language}.svg",
        f"workflows/{name}.yaml",
        f"{name}.matrix.{language}.md",
    )

    assert [] == [one for one in bases if one not in told]


@each
def test_the_examples_take_every_transition_and_hear_every_rung(name: str) -> None:
    """Each comes out as expected, and together they touch everything there is."""
    path = FOLDER / f"{name}.examples.yaml"
    definition = shipped_definition(name)
    examples = read_examples(path.read_bytes(), definition, name=path.name, opener=Path.read_bytes)
    report = try_definition(definition, examples, calendar(), mutate=False)

    assert [] == [(one.example, one.failure) for one in report.failed]
    assert [] == [one.told for one in report.untouched]
