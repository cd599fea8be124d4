"""Wrong definitions that only the proofs find out: each in `bad/proofs`, with what `siklus check` says beside it.

Their words are made from their names, if they have no texts of their own; `NAME.csv` are the people of an agency, and
`NAME.with.yaml` is another definition that belongs to it.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from engine.core.parse import problems
from tests.definitions.test_bad import BAD
from tests.docs.test_findings import USED
from tests.typed import typed

PROOFS = BAD / "proofs"
CASES = sorted(one.stem for one in PROOFS.glob("*.yaml") if "." not in one.stem)
_TITLE = "title: {id: percobaan, en: trial}\n"
_WANTED = re.compile(r"add `(\S+): \{id: \.\.\., en: \.\.\.\}` under `(\w+)`")
#: codes that no definition of this folder or the other shows, and what shows them
ELSEWHERE = {
    "silent_ladder": "refused on reading as `dead_end`: tests/proof/test_never_stuck.py",
    "never_ends": "refused on reading as `circle`: tests/proof/test_never_stuck.py",
    "timer_worn_out": "refused on reading, since a moment needs its `then`: tests/proof/test_never_stuck.py",
    "texts_missing": "a file that is not there: tests/cli/test_check.py",
    "not_allowed": "an agency's own numbers: tests/core/parse",
    "too_large": "a file of more than a megabyte: tests/definitions/test_hostile.py",
}


def worded(rules: str) -> str:
    """Texts for a definition: each name with spaces."""
    sections: dict[str, list[str]] = {}
    for one in problems(rules, _TITLE):
        wanted = _WANTED.search("" if one.suggestion is None else one.suggestion["en"])
        if one.code == "missing_text" and wanted is not None:
            words = wanted[1].rpartition(".")[2].replace("_", " ")
            sections.setdefault(wanted[2], []).append(f"  {wanted[1]}: {{id: {words}, en: {words}}}\n")
    return _TITLE + "".join(f"{name}:\n{''.join(labels)}" for name, labels in sections.items())


def checked(name: str, folder: Path) -> str:
    """What `siklus check` says of one, where anything is found."""
    for file in (f"{name}.yaml", f"{name}.with.yaml"):
        if (PROOFS / file).is_file():
            shutil.copy(PROOFS / file, folder / file)
            own = PROOFS / file.replace(".yaml", ".texts.yaml")
            words = (own if own.is_file() else PROOFS / file).read_text(encoding="utf-8")
            (folder / own.name).write_text(words if own.is_file() else worded(words), encoding="utf-8")
    line = ["check", f"{name}.yaml", "--year", "2026"]
    line += ["--with", f"{name}.with.yaml"] if (folder / f"{name}.with.yaml").is_file() else []
    line += ["--people", str(PROOFS / f"{name}.csv")] if (PROOFS / f"{name}.csv").is_file() else []
    told = typed(line, catch_exceptions=False).stdout
    said = (one for one in told.splitlines() if one.startswith(("  ", f"{name}.")))
    return "".join(f"{one}\n" for one in said if ": no errors; " not in one)


@pytest.mark.parametrize("name", CASES)
def test_a_definition_is_refuted_with_a_story(name, tmp_path, monkeypatch):
    """Each finding with its place, its code, a sentence, what to do, and the case to which it happens."""
    monkeypatch.chdir(tmp_path)
    golden = (PROOFS / f"{name}.txt").read_text(encoding="utf-8")

    assert golden == checked(name, tmp_path)
    assert golden != ""


def test_every_code_is_shown_by_a_wrong_definition():
    """Whoever adds a code adds a definition that shows it, or says here what does."""
    told = "".join(one.read_text(encoding="utf-8") for one in sorted(BAD.rglob("*.txt")))
    shown = set(re.findall(r": (?:error|warning|unproven) (\w+): ", told))

    assert sorted(ELSEWHERE) == sorted(set(USED) - shown)


def test_there_are_wrong_definitions_enough():
    """At least eighty, from typos to contradictory deadlines."""
    assert len(sorted(BAD.rglob("*.txt"))) >= 90
