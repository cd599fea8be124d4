"""The reference of the definition language names everything the reader reads, and its examples are read."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

import pytest

from engine.core import parse
from engine.core.complaints import Said, Sayable
from engine.core.parse.nodes import Node
from engine.core.parse.words import PHASE_KEYS
from engine.core.source import read_yaml

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "docs/reference" / name for name in ("definitions.md", "definitions.id.md")]
#: definitions that other tests read, and that together use every key
READ = [ROOT / "tests/definitions" / name for name in ("small.yaml", "whole.yaml", "gathering.yaml")]
READ += [ROOT / "tests/definitions/linked" / name for name in ("annual.yaml", "tracked.yaml", "rated.yaml")]
READ += [ROOT / "tests/definitions/segments/parts.yaml", ROOT / "workflows/curug-evaluasi.yaml"]
READ += [ROOT / "workflows/bukitintan-penilaian.yaml"]
SHIPPED = [ROOT / "workflows/asn-tahunan.yaml"]
#: what the reader calls a mapping, to the number of the section that explains its keys
SECTIONS = {
    "a definition": 1,
    "the period": 2,
    "`covers`": 2,
    "the calendar": 2,
    "the setting": 3,
    "the window": 4,
    "the pause": 5,
    "a due time": 5,
    "a rung": 6,
    "the role": 7,
    "the field": 8,
    "the figure": 9,
    "a grid": 9,
    "a row": 10,
    "the phase": 11,
    "the state": 11,
    "a task": 11,
    "a gathering": 11,
    "the transition": 12,
    "a moment": 12,
    "what everybody may read": 13,
    "the file of texts": 14,
    "the journal": 19,
    "a check": 19,
    "a training it gives": 19,
    "a text": 14,
    "a promise": 20,
    "the texts of a track": 14,
    "the read": 18,
    "the link": 18,
}

page = pytest.mark.parametrize("paper", PAGES, ids=lambda paper: paper.name)


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> dict[str, set[str]]:
    """Every key the reader asks for, by what it calls the mapping, as it reads definitions that use them all."""
    asked: dict[str, set[str]] = {"the phase": set(PHASE_KEYS)}
    fields = Node.fields

    def noted(
        self: Node, what: Sayable, known: Collection[str], needs: Iterable[str] = ()
    ) -> dict[str, Node]:
        called = what["en"] if isinstance(what, Said) else str(what)
        if not called.startswith("the row "):  # a grid's columns are values that an author chose
            asked.setdefault(re.sub(r" '[^']*'$", "", called), set()).update(known)
        return fields(self, what, known, needs)

    monkeypatch.setattr(Node, "fields", noted)
    for rules in READ:
        texts = rules.with_suffix(".texts.yaml")
        parse.read(rules.read_bytes(), texts.read_bytes())
    return asked


def sections(paper: Path) -> dict[int, str]:
    """The numbered sections of a page."""
    parts = re.split(r"^## (\d+)\. .*$", paper.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {int(number): text for number, text in zip(parts[1::2], parts[2::2], strict=True)}


def named(text: str) -> set[str]:
    """The keys that tables explain: what stands alone between backticks at the beginning of a row."""
    cells = re.findall(r"^\|([^|]+)\|", text, re.MULTILINE)
    return {key for cell in cells for key in re.findall(r"`([^`]+)`", cell)}


def examples(paper: Path) -> list[str]:
    """The YAML blocks of a page."""
    return re.findall(r"^```yaml\n(.*?)^```", paper.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def lines(text: str) -> set[str]:
    """Lines without indentation, remarks and padding."""
    bare = (" ".join(re.sub(r"(^|\s)#.*", "", line).split()) for line in text.splitlines())
    return {line for line in bare if line}


def test_the_reader_calls_no_mapping_by_a_name_this_test_does_not_know(keys: dict[str, set[str]]) -> None:
    """A new kind of mapping in the language needs a section of its own in the reference."""
    assert set(SECTIONS) == set(keys)


@page
def test_every_key_is_explained_where_it_belongs(paper: Path, keys: dict[str, set[str]]) -> None:
    """Whoever looks up a key finds it, in the section about the thing it belongs to."""
    told = {number: named(text) for number, text in sections(paper).items()}
    missing = {what: found - told[SECTIONS[what]] for what, found in keys.items()}

    assert {} == {what: found for what, found in missing.items() if found}


@page
def test_every_example_is_read(paper: Path) -> None:
    """Whoever copies an example copies something that is well formed."""
    found: dict[str, Any] = {text: read_yaml(text, paper.name).problems for text in examples(paper)}

    assert len(found) >= len(set(SECTIONS.values())) - 2
    assert {} == {text: problems for text, problems in found.items() if problems}


@page
def test_every_example_comes_from_a_definition_that_is_tested(paper: Path) -> None:
    """An example cannot say what the language no longer means: each of its lines stands in a definition we read."""
    sources = [*READ, *SHIPPED]
    sources += [one.with_suffix(".texts.yaml") for one in sources]
    sources += [ROOT / f"tests/definitions/whole.{what}.yaml" for what in ("timetable", "override")]
    known = set().union(*(lines(one.read_text(encoding="utf-8")) for one in sources))

    assert [] == [line for text in examples(paper) for line in sorted(lines(text) - known)]


def test_both_pages_show_the_same_examples() -> None:
    """The two languages tell one story."""
    english, indonesian = ([lines(text) for text in examples(paper)] for paper in PAGES)

    assert english == indonesian
