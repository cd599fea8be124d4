"""A definition's identity: the same for whatever means the same, another for whatever means something."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.core.parse import read, reopen
from engine.core.parse.order import order_of
from engine.core.source import read_yaml
from engine.errors import DefinitionInvalid
from tests.worlds import ROOT

NAMES = ("whole", "gathering", "journal", "linked/annual", "linked/tracked", "linked/unit-year")
EXAMPLES = settings(max_examples=4, deadline=None)


def _files(name: str) -> tuple[str, str]:
    base: Path = ROOT / "tests/definitions" / name
    return base.with_suffix(".yaml").read_text("utf-8"), base.with_suffix(".texts.yaml").read_text("utf-8")


def _told(value: Any, random: Random, path: str, kept: dict[str, list[str]]) -> str:
    """Values as flow YAML, every scalar quoted, names in any order where their order means nothing."""
    if isinstance(value, dict):
        names = list(value)
        random.shuffle(names)
        held = iter(kept.get(path, ()))
        names = [next(held) if name in kept.get(path, ()) else name for name in names]
        inside = {
            name: _told(value[name], random, f"{path}.{name}" if path else name, kept) for name in names
        }
        return "{" + ", ".join(f'"{name}": {told}' for name, told in inside.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_told(one, random, "-", kept) for one in value) + "]"
    return "'" + str(value).replace("'", "''") + "'"


@EXAMPLES
@pytest.mark.parametrize("name", NAMES)
@given(random=st.randoms(use_true_random=False))
def test_order_and_quotes_that_mean_nothing_change_neither_digest_nor_meaning(
    name: str, random: Random
) -> None:
    rules, texts = _files(name)
    values = dict(read_yaml(rules, name).values)
    before = read(rules, texts)
    after = read(_told(values, random, "", order_of(values)), texts)

    assert before.digest == after.digest
    assert bool(before == after == reopen(after.source))


@EXAMPLES
@pytest.mark.parametrize("name", NAMES)
@given(random=st.randoms(use_true_random=False))
def test_another_order_of_names_that_means_something_is_another_definition(name: str, random: Random) -> None:
    """Where it can be read at all: states, transitions, forms, roles, links, journals, tracks."""
    rules, texts = _files(name)
    values = dict(read_yaml(rules, name).values)
    kept = order_of(values)
    path = random.choice([path for path, names in kept.items() if len(names) > 1])
    turned = {**kept, path: [*kept[path][1:], kept[path][0]]}
    try:
        after = read(_told(values, random, "", turned), texts)
    except DefinitionInvalid:
        return

    assert read(rules, texts).digest != after.digest
    assert bool(after == reopen(after.source))
