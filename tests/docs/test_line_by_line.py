"""Every test that a page of claims names is there, and no claim stands on such a page without one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("time-and-people", "log-shown")


@pytest.mark.parametrize("page", PAGES)
def test_every_line_names_tests_that_are_there(page: str) -> None:
    """A test that was renamed or removed leaves no claim behind."""
    lines = (ROOT / f"docs/{page}.md").read_text(encoding="utf-8").splitlines()
    rows = [line for line in lines if line.startswith("| ") and not line.startswith("| what it does")]
    named = {row: re.findall(r"`([a-z_/]+\.py)::(test_\w+)`", row) for row in rows}
    missing = [
        (file, test)
        for tests in named.values()
        for file, test in tests
        if f"def {test}(" not in (ROOT / "tests" / file).read_text(encoding="utf-8")
    ]

    assert len(rows) > 20
    assert [] == missing
    assert [] == [row for row, tests in named.items() if not tests]
