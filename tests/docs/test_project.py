"""The project's own papers agree with one another."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PAPERS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


def required() -> set[str]:
    """The normalised names of all direct dependencies, extras included."""
    extras = PROJECT["optional-dependencies"].values()
    lines = [*PROJECT["dependencies"], *(line for extra in extras for line in extra)]
    return {re.split(r"[\[<>=;]", line)[0].strip().lower() for line in lines}


def pins() -> dict[str, str]:
    """Pinned name to version, as constraints.txt has them."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("==") for line in lines if line and not line.startswith("#"))
    return {name.lower().replace("_", "-"): version for name, version in pairs}


def test_every_dependency_is_pinned() -> None:
    """Two machines set up a year apart get the same versions."""
    missing = required() - pins().keys()

    assert set() == missing


def test_the_pins_name_no_registry() -> None:
    """Where packages come from is the machine's own setting."""
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")

    assert [] == re.findall(r"https?://\S+|--\S*index\S*|--find-links", text)


def test_every_dependency_is_explained() -> None:
    """A dependency nobody can give a reason for has no place."""
    text = (ROOT / "docs/dependencies.md").read_text(encoding="utf-8").lower()
    unexplained = {
        name for name in required() if not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text)
    }

    assert set() == unexplained


def test_every_decision_is_listed_and_complete() -> None:
    """The index of decisions has every page, and every page says what would change our mind."""
    pages = sorted((ROOT / "docs/adr").glob("[0-9]*.md"))
    index = (ROOT / "docs/adr/README.md").read_text(encoding="utf-8")
    headings = ["Context", "Decision", "Consequences", "What would change our mind"]
    found = {
        page.name: re.findall(r"^## (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE) for page in pages
    }

    assert [page.name for page in pages] == re.findall(r"\]\((\d{4}-[a-z0-9-]+\.md)\)", index)
    assert {page.name: headings for page in pages} == found


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.relative_to(ROOT).as_posix())
def test_links_between_papers_lead_somewhere(paper: Path) -> None:
    """Nobody follows a link of ours into nothing."""
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", paper.read_text(encoding="utf-8"))
    dead = [link for link in links if "://" not in link and not (paper.parent / link).exists()]

    assert [] == dead


def test_every_target_says_what_it_does() -> None:
    """`make` alone lists each thing a person can ask of it."""
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.+)$", text, re.MULTILINE)
    assert phony
    done = subprocess.run(["make", "-s", "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    listed = re.findall(r"^  ([a-z-]+) +\S", done.stdout, re.MULTILINE)

    assert set(phony[1].split()) == set(listed)


def test_targets_named_in_papers_exist() -> None:
    """A paper that says `make demo` can be taken at its word."""
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", text, re.MULTILINE))
    named = {
        name
        for paper in PAPERS
        for name in re.findall(r"(?:`|^)make ([a-z-]+)", paper.read_text(encoding="utf-8"), re.MULTILINE)
    }

    assert set() == named - targets


def test_each_package_declares_its_types() -> None:
    """Type checkers of others may trust our annotations."""
    packages = ("api", "engine", "notifications", "workflows")

    assert [] == [name for name in packages if not (ROOT / name / "py.typed").is_file()]
