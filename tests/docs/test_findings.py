"""Every problem and finding has a page of its own, in both languages, and the reference is made from those pages."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.explaining import codes, page, reference
from engine.core.places import closest
from engine.errors import NotFound

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted(
    [
        ROOT / "engine/core/source.py",
        *(ROOT / "engine/core/parse").glob("*.py"),
        *(ROOT / "engine/core/proof").glob("*.py"),
        ROOT / "api/checking.py",
    ]
)
#: which argument of a call is a code, where it is not called so
POSITION = {"error": 0, "warning": 0, "note": 1, "finding": 0}


def codes_in(text: str) -> Iterator[str]:
    """Every code that a module gives a problem or a finding."""
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        number = POSITION.get(name)
        given = [word.value for word in node.keywords if word.arg == "code"]
        if number is not None and len(node.args) > number:
            given.append(node.args[number])
        for one in given:
            yield from (leaf.value for leaf in ast.walk(one) if _is_text(leaf))


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value != ""


USED = sorted({code for source in SOURCES for code in codes_in(source.read_text(encoding="utf-8"))})


def test_codes_are_found_in_the_source():
    """The search sees codes given by position, by name, and by a choice of two."""
    text = "n.error('a', '')\nFinding(code='b')\nself.note(m, 'c' if x else 'd', '')\n"

    assert ["a", "b", "c", "d"] == sorted(codes_in(text))
    assert {"unknown_name", "syntax", "cannot_finish", "texts_missing"} <= set(USED)


def test_every_code_has_its_page():
    """Whoever adds a code writes `api/explanations/CODE.md`: two titles, `## en`, `## id`, `## wrong`, `## right`."""
    assert [] == sorted(set(USED) - set(codes()))


def test_no_page_is_left_over():
    """A page explains something that can be said."""
    assert [] == sorted(set(codes()) - set(USED))


@pytest.mark.parametrize("code", codes())
def test_a_page_says_it_in_both_languages_and_shows_it(code):
    """Titles, texts and both examples are there."""
    one = page(code)

    assert one.title.id != one.title.en
    assert one.text.id != one.text.en
    assert one.wrong != one.right
    assert one.wrong.startswith("```")
    assert one.right.startswith("```")


@pytest.mark.parametrize(("language", "paper"), [("en", "findings.md"), ("id", "findings.id.md")])
def test_the_reference_is_made_from_the_pages(language, paper):
    """`python -m api.explaining en > docs/reference/findings.md`, and `id` likewise."""
    assert (ROOT / "docs/reference" / paper).read_text(encoding="utf-8") == reference(language)


def test_a_misspelt_code_is_not_found_kindly():
    """The nearest code is named."""
    with pytest.raises(NotFound, match="unknown_name"):
        page("unknown_nam")

    assert "unknown_name" == closest("unknown_nam", codes())
