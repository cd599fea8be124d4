"""The guide's commands do what the guide says, one after the other, in an empty folder."""

from __future__ import annotations

import logging
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from tests.typed import typed

ROOT = Path(__file__).resolve().parents[2]
GUIDES = [ROOT / "docs" / name for name in ("guide.md", "guide.id.md")]
EMPLOYEE = "198708222013121015"


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Logging as it was before: a command sends all logs of its process to its own standard error."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def commands(guide: Path) -> list[list[str]]:
    """The words of each command of a guide, without `siklus`; `work` is left out, because it runs until stopped."""
    blocks = re.findall(r"^```sh\n(.*?)^```", guide.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    found = [shlex.split(line, comments=True) for block in blocks for line in block.splitlines()]
    return [words[1:] for words in found if words[1] != "work"]


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.name)
def test_the_commands_of_the_guide_run_as_written(
    guide: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody who copies them gets a running cycle, and one case closed with a reason."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SIKLUS_DATABASE", raising=False)
    shutil.copy(ROOT / "workflows/examples/people-demo.csv", "people.csv")
    for name in ("asn-tahunan.yaml", "asn-tahunan.texts.yaml"):
        shutil.copy(ROOT / "workflows" / name, name)
    failed, case = [], ""
    for words in commands(guide):
        if "CASE" in words and not case:
            listed = typed(["cases", "--person", EMPLOYEE]).stdout
            case = re.findall(r"\bc-[0-9a-f]+", listed)[0]
        given = [case if word == "CASE" else word for word in words]
        # `doctor` also asks for a heartbeat, and `work` is not running here.
        done = typed(given)
        if done.exit_code != 0 and words != ["doctor"]:
            failed.append((given, done.stdout, done.stderr))
    closed = typed(["cases", "--person", EMPLOYEE, "--json"]).stdout

    assert [] == failed
    assert '"ended": "ended"' in closed
