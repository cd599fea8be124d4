"""The tutorial does what it says: every command runs as written, every change is made, one after the other."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from tests.docs import test_guide
from tests.docs.test_guide import ROOT
from tests.typed import typed

quiet = test_guide.quiet

PAGES = [ROOT / "docs" / name for name in ("tutorial.md", "tutorial.id.md")]
#: which file each changed line stands in, by its key
CHANGED = {"agreeing_time": "our-year.yaml", "title": "our-year.texts.yaml"}


def blocks(page: Path) -> list[tuple[str, str]]:
    """Commands and changes of a page, in its order."""
    found = re.findall(
        r"^```(sh|yaml)\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    return [(kind, text) for kind, text in found]


def change(line: str) -> None:
    """Put a line of the tutorial in the place of the one with its key."""
    key = line.split(":", maxsplit=1)[0].strip()
    path = Path(CHANGED[key])
    text = path.read_text(encoding="utf-8")
    changed, count = re.subn(rf"^\s*{key}:.*$", line.rstrip("\n"), text, count=1, flags=re.MULTILINE)
    assert 1 == count, key
    path.write_text(changed, encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_tutorial_ends_with_a_published_cycle(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Commands succeed, but for the one said to fail, which fails with the days the page names."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SIKLUS_DATABASE", raising=False)
    shutil.copy(ROOT / "workflows/examples/people-demo.csv", "people.csv")
    wrong, told = [], ""
    for kind, text in blocks(page):
        if kind == "yaml":
            change(text)
            continue
        for line in text.splitlines():
            done = typed(shlex.split(line, comments=True)[1:])
            if done.exit_code != (1 if line.endswith("# fails") else 0):
                wrong.append((line, done.stdout, done.stderr))
            told += done.stdout

    assert [] == wrong
    assert "it is due 2026-01-08, and should be 2026-01-12" in told
    assert "7 of 7 examples come out as expected" in told
    assert re.search(r"our-year-2026: \d\d cases launched", told)


def test_both_pages_run_the_same_commands() -> None:
    """Only the reasons are in another language."""
    english, indonesian = (
        [re.sub(r'--reason "[^"]*"', "--reason", text) for _, text in blocks(page)] for page in PAGES
    )

    assert english == indonesian
