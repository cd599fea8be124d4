"""`python -m tests.model.report [CASES]`: what comes to pass in so many cases of the model, and how often.

The long tests demand it; this shows it, as a table.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.model.premises import furnish
from tests.model.runs import CROWD, play
from tests.model.test_model import COMMANDS, PAIRS, on_files


def report(cases: int) -> str:
    """The table of so many cases, on SQLite."""
    with TemporaryDirectory(prefix="siklus-model-") as folder:
        furnished = Path(folder) / "furnished.db"
        furnish(str(furnished))
        seen = play(range(cases // CROWD), on_files(furnished))
    lines = [f"{seen['runs']} cases", "", "| came to pass | times |", "|---|---|"]
    return "\n".join([*lines, *(f"| {name} | {seen[name]} |" for name in (*COMMANDS, *PAIRS))])


if __name__ == "__main__":
    told = report(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
    sys.stdout.write(f"{told}\n")
