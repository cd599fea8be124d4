"""Every test and story that a page of claims names is there, and no claim stands on such a page without one."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from engine.core.source import read_yaml
from tests.workflows.families import shipped

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("time-and-people", "log-shown", "appraisal", "pages")


def rows(page: str) -> list[str]:
    """The claims of a page."""
    lines = (ROOT / f"docs/{page}.md").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.startswith("| ") and not line.startswith("| what ")]


def named_tests(text: str) -> list[tuple[str, str]]:
    """The tests that are named, with their files."""
    return re.findall(r"`([a-z_/]+\.py)::(test_\w+)`", text)


def stories_of(text: str) -> list[tuple[str, str]]:
    """The examples beside shipped definitions that are named."""
    return [one for one in re.findall(r"`([a-z-]+): (\w+)`", text) if one[0] in shipped()]


@cache
def examples(name: str) -> frozenset[str]:
    """The examples beside a shipped definition."""
    path = ROOT / f"workflows/{name}.examples.yaml"
    told = read_yaml(path.read_text(encoding="utf-8"), path.name).values["examples"]
    assert isinstance(told, dict)
    return frozenset(told)


@pytest.mark.parametrize("page", PAGES)
def test_every_line_names_tests_that_are_there(page: str) -> None:
    """A test or a story that was renamed or removed leaves no claim behind."""
    claims = rows(page)
    missing = [
        (file, test)
        for file, test in named_tests("\n".join(claims))
        if f"def {test}(" not in (ROOT / "tests" / file).read_text(encoding="utf-8")
    ]
    untold = [one for one in stories_of("\n".join(claims)) if one[1] not in examples(one[0])]

    assert len(claims) > 20
    assert [] == missing
    assert [] == untold
    assert [] == [row for row in claims if not (named_tests(row) or stories_of(row))]


def test_every_shipped_definition_is_shown_by_a_story_on_the_page_of_the_appraisal() -> None:
    named = {name for name, _ in stories_of("\n".join(rows("appraisal")))}

    assert set(shipped()) == named
