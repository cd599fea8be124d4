"""The table of the five articles' practices: every place it names is there, and every story shows what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from engine.core.source import read_yaml
from engine.testing import read_examples, try_definition
from tests.workflows.families import FOLDER
from tests.workflows.touched import shipped_definition
from tests.worlds import ROOT, calendar

PAGES = {"id": Path(ROOT) / "docs/practices.id.md", "en": Path(ROOT) / "docs/practices.md"}
ARTICLES = ("000", "001", "002", "003", "004")
#: the definitions the articles became
GROWN = {
    "plaju-standar", "kupang-kinerja", "kupang-unit", "bukitintan-penilaian", "bukitintan-unit",
    "plaju-kebijakan", "plaju-unit", "curug-evaluasi",
}  # fmt: skip


class Practice(NamedTuple):
    """One row: the sentence, the places as (definition, path), and the story as (definition, name)."""

    sentence: str
    places: tuple[tuple[str, str], ...]
    story: tuple[str, str]


def practices(language: str) -> list[Practice]:
    """The rows of the table."""
    found = []
    for line in PAGES[language].read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        if line.startswith("| ") and len(cells) == 3 and "`" in cells[1]:
            names = [re.findall(r"`([a-z-]+): ([a-z_.]+)`", cell) for cell in cells[1:]]
            found.append(Practice(cells[0], tuple(names[0]), names[1][0]))
    return found


def values(workflow: str) -> Mapping[str, object]:
    """A shipped definition as it is written."""
    return read_yaml((FOLDER / f"{workflow}.yaml").read_text(encoding="utf-8"), workflow).values


def places(workflow: str) -> Iterator[str]:
    """Every path a place may be: of forms with what stands in their lists, of acts by state or phase and name."""
    document = values(workflow)
    definition = shipped_definition(workflow)
    yield from document
    yield from (f"states.{name}" for name in definition.states)
    for phase, states in _mapping(document["phases"]).items():
        for where, rules in {
            phase: {"transitions": _mapping(states).get("anytime")},
            **_mapping(states),
        }.items():
            yield from (f"acts.{where}.{name}" for name in _mapping(_mapping(rules).get("transitions")))
    yield from (f"acts.anytime.{name}" for name in _mapping(document.get("anytime")))
    for section in (
        "forms",
        "figures",
        "journals",
        "settings",
        "roles",
        "choices",
        "phases",
        "reads",
        "visibility",
        "public",
    ):
        yield from _under(section, document.get(section))


def _under(path: str, value: object) -> Iterator[str]:
    for name, inner in _mapping(value).items():
        if name in {"list_of", "checklist"}:
            yield from _under(path, inner)
        else:
            yield f"{path}.{name}"
            yield from _under(f"{path}.{name}", inner)


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


@cache
def entered(workflow: str) -> Mapping[str, frozenset[str]]:
    """The states each story of a definition enters."""
    path = FOLDER / f"{workflow}.examples.yaml"
    definition = shipped_definition(workflow)
    examples = read_examples(path.read_bytes(), definition, name=path.name, opener=Path.read_bytes)
    report = try_definition(definition, examples, calendar(), mutate=False)
    return {one.example: one.states for one in report.outcomes}


@pytest.mark.parametrize("language", PAGES)
def test_every_place_that_is_named_is_there(language: str) -> None:
    told = practices(language)
    known = {name: set(places(name)) for name in GROWN}

    assert len(told) > 80
    assert [] == [place for one in told for place in one.places if place[1] not in known[place[0]]]


def test_a_story_enters_the_states_it_is_to_show() -> None:
    missing = []
    for one in practices("en"):
        workflow, story = one.story
        states = entered(workflow)[story]
        wanted = {
            path.partition(".")[2] for name, path in one.places if name == workflow and path[:7] == "states."
        }
        missing += [(one.sentence, story, state) for state in sorted(wanted - states)]

    assert [] == missing


def test_both_tables_say_the_same() -> None:
    """Sentence by sentence the same places and stories, under a heading for each article."""
    english, indonesian = practices("en"), practices("id")

    assert [one[1:] for one in english] == [one[1:] for one in indonesian]
    for page in PAGES.values():
        headings = re.findall(r"^## \w+ (\d+): ", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
        assert list(ARTICLES) == headings


def test_every_definition_the_articles_became_is_in_the_table() -> None:
    assert GROWN == {name for one in practices("en") for name, _ in one.places}


Named = tuple[tuple[str, str], ...]


def carried(language: str) -> list[tuple[str, Named, Named]]:
    """The rows of the last table: what a cycle carries, the stories and the tests that show it."""
    found = []
    for line in PAGES[language].read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        if line.startswith("| ") and len(cells) == 2 and "`" in cells[1]:
            stories = re.findall(r"`([a-z-]+): (\w+)`", cells[1])
            tests = re.findall(r"`([a-z_/]+\.py)::(test_\w+)`", cells[1])
            found.append((cells[0], tuple(stories), tuple(tests)))
    return found


def test_what_each_cycle_carries_is_shown_by_stories_and_tests_that_are_there() -> None:
    """One that was renamed or removed leaves no claim behind; both languages name the same."""
    rows = carried("en")
    stories = {one for _, told, _ in rows for one in told}
    tests = {one for _, _, told in rows for one in told}

    assert len(rows) > 20
    assert [] == [what for what, told, shown in rows if not (told or shown)]
    assert [] == [(name, story) for name, story in sorted(stories) if story not in entered(name)]
    assert [] == [
        (file, test)
        for file, test in sorted(tests)
        if f"def {test}(" not in (Path(ROOT) / "tests" / file).read_text(encoding="utf-8")
    ]
    assert [one[1:] for one in rows] == [one[1:] for one in carried("id")]
