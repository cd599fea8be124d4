"""What guidance for the spread of results does to a session that goes beyond it, as shipped and where it is hard."""

from __future__ import annotations

from pathlib import Path

from engine.core.parse import read
from engine.testing import read_examples, try_definition
from tests.workflows.families import FOLDER
from tests.worlds import calendar

NAME = "unit-tahunan"
RULES, TEXTS, STORIES = (
    (FOLDER / f"{NAME}{end}").read_text(encoding="utf-8")
    for end in (".yaml", ".texts.yaml", ".examples.yaml")
)
BEYOND = "outside_the_guide_asks_for_a_reason"
CLOSED = "{do: close, with: {session: explained}, state: calibrated, holder: nobody}"
#: where that story ends and the next begins
END = "\n\n  within_the_guide:"
REFUSED = "{do: close, with: {session: explained}, refused: guard_refused}"


def failed(rules: str, stories: str) -> dict[str, str]:
    """The stories of a session beyond the guidance that come out otherwise."""
    definition = read(rules, TEXTS, name=f"{NAME}.yaml", texts_name=f"{NAME}.texts.yaml")
    examples = read_examples(stories, definition, name=f"{NAME}.examples.yaml", opener=Path.read_bytes)
    report = try_definition(definition, examples, calendar(), mutate=False)
    return {one.example: str(one.failure) for one in report.failed}


def test_as_shipped_it_asks_for_a_reason_and_lets_the_session_close() -> None:
    assert {} == failed(RULES, STORIES)


def test_only_rules_that_put_it_into_a_condition_are_hard() -> None:
    """The very same session, with its reason, is refused by them; one within the guidance is not."""
    hard = RULES.replace("{close: {to: calibrated}", '{close: {to: calibrated, when: "outside == 0"}')
    before, _, after = STORIES.partition(CLOSED)
    refused = f"{before}{REFUSED}{after[after.index(END) :]}"

    assert {BEYOND} <= failed(hard, STORIES).keys()
    assert {BEYOND, "within_the_guide"}.isdisjoint(failed(hard, refused))
