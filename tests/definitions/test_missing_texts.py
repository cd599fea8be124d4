"""What is missing of the words: said with the place it belongs to, and forgiven where a number stands for itself."""

import re
from pathlib import Path

from engine.core.labels import step_words
from engine.core.parse import problems, read
from tests.definitions.whole import RULES, TEXTS

ROOT = Path(__file__).parents[2]


def test_a_missing_text_of_a_track_says_where_it_belongs():
    """Whoever writes it there has no complaint left; under the `states` of the file it would be one too many."""
    rules = (ROOT / "tests/definitions/linked/tracked.yaml").read_text(encoding="utf-8")
    texts = (ROOT / "tests/definitions/linked/tracked.texts.yaml").read_text(encoding="utf-8")
    without = texts.replace("      entered: {id: Hasil diisi, en: Results entered}\n", "")
    bare = texts[: texts.index("\ntracks:")] + "\n"

    (missing,) = (one for one in problems(rules, without) if one.code == "missing_text")
    tracks = [one.suggestion["en"] for one in problems(rules, bare) if one.code == "missing_text"]

    assert "add `entered: {id: ..., en: ...}` under `tracks.results.states`" == missing.suggestion["en"]
    assert "add `behaviour: {title: {id: ..., en: ...}}` under `tracks`" in tracks


def test_steps_without_words_are_warned_of_and_keep_nobody_from_going_on():
    """Rules may have been published before steps of a scale had words; their cases stay open to everybody."""
    bare = re.sub(r'\n  "[1-4]": .*', "", TEXTS)
    complaints = problems(RULES, bare)
    definition = read(RULES, bare)
    friendly = next(one for one in definition.forms["visit"].fields if one.name == "friendly")

    assert [("missing_text", "warning")] * 4 == [(one.code, one.severity) for one in complaints]
    assert "4" == step_words(definition, "visit.friendly", friendly, "4", "en")
