"""Every wrong definition in `bad/` has its complaint beside it, word for word: these texts are what an author reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.core.parse import problems, read
from engine.errors import DefinitionInvalid

BAD = Path(__file__).parent / "bad"
CASES = sorted(path.stem for path in BAD.glob("*.yaml") if not path.stem.endswith(".texts"))
#: Has nothing but warnings in its rules; what its texts lack is not compared.
ONLY_WARNINGS = "unused_names"


def complaints(name: str, language: str = "en") -> str:
    """What is said about a bad definition; with texts that others share, only what is said about its rules."""
    own = BAD / f"{name}.texts.yaml"
    texts = own if own.exists() else BAD / "shared.texts.yaml"
    found = problems(
        (BAD / f"{name}.yaml").read_bytes(), texts.read_bytes(), name=f"{name}.yaml", texts_name=texts.name
    )
    return "".join(f"{one.told(language)}\n" for one in found if own.exists() or one.mark.file != texts.name)


@pytest.mark.parametrize(("language", "ending"), [("en", "txt"), ("id", "id.txt")])
@pytest.mark.parametrize("name", CASES)
def test_a_wrong_definition_is_told_everything_at_once(name, language, ending):
    """All problems, in file order, each with its place, its code, a sentence and what to do, in either language."""
    golden = (BAD / f"{name}.{ending}").read_text(encoding="utf-8")

    assert golden == complaints(name, language)


@pytest.mark.parametrize("name", [name for name in CASES if name != ONLY_WARNINGS])
def test_a_wrong_definition_is_refused(name):
    """Reading one raises, with the same problems that the check lists."""
    rules = (BAD / f"{name}.yaml").read_bytes()
    texts = (BAD / "shared.texts.yaml").read_bytes()

    with pytest.raises(DefinitionInvalid) as refused:
        read(rules, texts, name=name)

    assert problems(rules, texts, name=name) == refused.value.problems


def test_every_complaint_belongs_to_a_definition():
    """No golden text is left over."""
    left = {path.name.partition(".")[0] for path in BAD.glob("*.txt")} - set(CASES)

    assert set() == left


def test_nothing_but_warnings_is_no_error():
    """What is merely left over is remarked on, and the definition could be used."""
    lines = complaints(ONLY_WARNINGS).splitlines()

    assert [] == [line for line in lines if " warning unused: " not in line]
