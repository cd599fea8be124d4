"""The page of security requirements is complete, and every test it names is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/asvs.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| (\d+\.\d+\.\d+) \| ([12]) \| (.+?) \| (.+) \|$", PAGE, re.MULTILINE)
#: of each section of the standard (version 5.0.0): the numbers of level 1, and those of level 2
SECTIONS = {
    "1.1": ("", "1 2"), "1.2": ("1 2 3 4 5", "6 7 8 9"), "1.3": ("1 2", "3 4 5 6 7 8 9 10 11"), "1.4": ("", "1 2 3"),
    "1.5": ("1", "2"), "2.1": ("1", "2 3"), "2.2": ("1 2", "3"), "2.3": ("1", "2 3 4"), "2.4": ("", "1"),
    "3.2": ("1 2", ""), "3.3": ("1", "2 3 4"), "3.4": ("1 2", "3 4 5 6"), "3.5": ("1 2 3", "4 5"), "3.7": ("", "1 2"),
    "4.1": ("1", "2 3"), "4.2": ("", "1"), "4.3": ("", "1 2"), "4.4": ("1", "2 3 4"), "5.1": ("", "1"),
    "5.2": ("1 2", "3"), "5.3": ("1 2", ""), "5.4": ("", "1 2 3"), "6.1": ("1", "2 3"),
    "6.2": ("1 2 3 4 5 6 7 8", "9 10 11 12"), "6.3": ("1 2", "3 4"), "6.4": ("1 2", "3 4"), "6.5": ("", "1 2 3 4 5"),
    "6.6": ("", "1 2 3"), "6.8": ("", "1 2 3 4"), "7.1": ("", "1 2 3"), "7.2": ("1 2 3 4", ""), "7.3": ("", "1 2"),
    "7.4": ("1 2", "3 4 5"), "7.5": ("", "1 2"), "7.6": ("", "1 2"), "8.1": ("1", "2"), "8.2": ("1 2", "3"),
    "8.3": ("1", ""), "8.4": ("", "1"), "9.1": ("1 2 3", ""), "9.2": ("1", "2 3 4"), "10.1": ("", "1 2"),
    "10.2": ("", "1 2"), "10.3": ("", "1 2 3 4"), "10.4": ("1 2 3 4 5", "6 7 8 9 10 11"), "10.5": ("", "1 2 3 4 5"),
    "10.6": ("", "1 2"), "10.7": ("", "1 2 3"), "11.1": ("", "1 2"), "11.2": ("", "1 2 3"), "11.3": ("1 2", "3"),
    "11.4": ("1", "2 3 4"), "11.5": ("", "1"), "11.6": ("", "1"), "12.1": ("1", "2 3"), "12.2": ("1 2", ""),
    "12.3": ("", "1 2 3 4"), "13.1": ("", "1"), "13.2": ("", "1 2 3 4 5"), "13.3": ("", "1 2"),
    "13.4": ("1", "2 3 4 5"), "14.1": ("", "1 2"), "14.2": ("1", "2 3 4"), "14.3": ("1", "2 3"), "15.1": ("1", "2 3"),
    "15.2": ("1", "2 3"), "15.3": ("1", "2 3 4 5 6 7"), "16.1": ("", "1"), "16.2": ("", "1 2 3 4 5"),
    "16.3": ("", "1 2 3 4"), "16.4": ("", "1 2 3"), "16.5": ("", "1 2 3"), "17.1": ("", "1"), "17.2": ("", "1 2 3 4"),
    "17.3": ("", "1 2"),
}  # fmt: skip
REASONS = ("does not apply: ", "stays with the operator: ", "not met: ")


def test_the_page_has_every_requirement_once() -> None:
    """Seventy of level 1 and a hundred and eighty-three of level 2."""
    asked = [
        (f"{section}.{number}", level)
        for section, numbers in SECTIONS.items()
        for level, named in zip("12", numbers, strict=True)
        for number in named.split()
    ]

    assert 253 == len(asked)
    assert sorted(asked) == sorted((number, level) for number, level, _, _ in ROWS)


def named(shown: str) -> list[tuple[str, str]]:
    """File and name of each test a row names."""
    return re.findall(r"`([a-z_/]+\.py)::(test_\w+)`", shown)


def test_every_test_named_there_is_there() -> None:
    """A test that was renamed or removed leaves no promise behind."""
    missing = [
        (number, file, test)
        for number, _, _, shown in ROWS
        for file, test in named(shown)
        if not (ROOT / "tests" / file).is_file()
        or not re.search(rf"^def {test}\(", (ROOT / "tests" / file).read_text(encoding="utf-8"), re.MULTILINE)
    ]

    assert [] == missing


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_each_is_shown_or_says_why_not(row: tuple[str, str, str, str]) -> None:
    """A test, a page, or a reason that is more than a word."""
    _, _, _, shown = row

    assert (
        named(shown)
        or "](" in shown
        or any(shown.startswith(one) and len(shown) > len(one) + 5 for one in REASONS)
    )
