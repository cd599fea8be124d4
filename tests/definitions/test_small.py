"""The small definition that other tests build on."""

from pathlib import Path

from engine.core.parse import problems, read

ROOT = Path(__file__).parents[2]


def test_the_small_definition_reads_without_a_remark():
    """The fixture other tests build on is a whole definition."""
    rules, texts = (
        (ROOT / f"tests/definitions/small{kind}.yaml").read_text(encoding="utf-8") for kind in ("", ".texts")
    )

    assert () == problems(rules, texts)
    assert {"drafting", "checking", "waiting", "done", "left"} == set(read(rules, texts).states)
