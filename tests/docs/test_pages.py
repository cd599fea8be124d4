"""Every test that the page on pages names is there, and nothing stands on it without one."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/pages.md").read_text(encoding="utf-8")
ROWS = [line for line in PAGE.splitlines() if line.startswith("| ") and not line.startswith("| what it does")]


def test_every_line_names_tests_that_are_there() -> None:
    """A test that was renamed or removed leaves no claim behind."""
    named = {row: re.findall(r"`([a-z_/]+\.py)::(test_\w+)`", row) for row in ROWS}
    missing = [
        (file, test)
        for tests in named.values()
        for file, test in tests
        if f"def {test}(" not in (ROOT / "tests" / file).read_text(encoding="utf-8")
    ]

    assert len(ROWS) > 30
    assert [] == missing
    assert [] == [row for row, tests in named.items() if not tests]
