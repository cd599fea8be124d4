"""The words of tracks: what is missing is said with the place it belongs to."""

from pathlib import Path

from engine.core.parse import problems

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
