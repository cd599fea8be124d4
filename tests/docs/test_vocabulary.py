"""One file says every key: what the reader reads, what editors complete, and what the pages list."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from api.vocabulary import made, vocabulary
from engine.core.source import read_yaml
from tests.docs import test_reference
from tests.docs.test_reference import READ, ROOT, SECTIONS

keys = test_reference.keys

RULES, TEXTS = (ROOT / f"workflows/schema/siklus-{name}.schema.json" for name in ("definition", "texts"))
SHIPPED = sorted(
    path
    for path in [*ROOT.glob("workflows/*.yaml"), *ROOT.glob("workflows/templates/*.yaml")]
    if not path.name.endswith(".examples.yaml")
)
TRIED = [path for rules in READ for path in (rules, rules.with_suffix(".texts.yaml")) if path not in SHIPPED]


def validator(path: Path) -> Draft7Validator:
    """The schema that belongs to a file."""
    text = (TEXTS if path.name.endswith(".texts.yaml") else RULES).read_text(encoding="utf-8")
    Draft7Validator.check_schema(json.loads(text))
    return Draft7Validator(json.loads(text))


def values(path: Path) -> Any:
    return read_yaml(path.read_bytes(), path.name).values


def test_the_vocabulary_names_exactly_the_keys_the_reader_reads(keys: dict[str, set[str]]) -> None:
    """What is missing, and what is too much, is told key by key."""
    known = {name: set(mould.keys) for name, mould in vocabulary().items()}
    missing = {what: sorted(found - known.get(what, set())) for what, found in keys.items()}
    spare = {what: sorted(told - keys.get(what, set())) for what, told in known.items()}

    assert {} == {what: found for what, found in missing.items() if found}
    assert {} == {what: found for what, found in spare.items() if found}


def test_each_kind_of_mapping_names_the_section_that_explains_it() -> None:
    """The pages of keys lead to the reference."""
    assert SECTIONS == {name: mould.section for name, mould in vocabulary().items()}


def test_every_key_says_something_in_both_languages() -> None:
    """One line each."""
    silent = [
        f"{name}.{key.name}"
        for name, mould in vocabulary().items()
        for key in mould.keys.values()
        if not key.says.id.strip() or not key.says.en.strip()
    ]

    assert [] == silent


@pytest.mark.parametrize("name", sorted(made()))
def test_what_is_made_of_the_vocabulary_is_current(name: str) -> None:
    """`python -m api.vocabulary` writes them anew."""
    assert made()[name] == (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("path", [*SHIPPED, *TRIED], ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_definition_fits_its_schema(path: Path) -> None:
    """An editor marks nothing in a file that is right."""
    found = [f"{error.json_path}: {error.message}" for error in validator(path).iter_errors(values(path))]

    assert [] == found


@pytest.mark.parametrize(
    ("place", "before", "after"),
    [
        ((), "roles", "rolles"),
        (("phases", "planning", "drafting", "task"), "who", "whoo"),
        (("phases", "planning", "drafting", "transitions", "submit"), "when", "wen"),
        (("calendar",), "day_off", "dayoff"),
        (("forms", "goal", "weight"), "number", "nummer"),
    ],
)
def test_a_misspelt_key_is_marked_by_the_schema(place: tuple[str, ...], before: str, after: str) -> None:
    """As the reader refuses it."""
    document = copy.deepcopy(values(ROOT / "tests/definitions/small.yaml"))
    inner = document
    for part in place:
        inner = inner[part]
    inner[after] = inner.pop(before)

    assert not validator(RULES).is_valid(document)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_shipped_file_tells_editors_its_schema(path: Path) -> None:
    """The first line names it, from where the file stands."""
    first = path.read_text(encoding="utf-8").splitlines()[0]
    found = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)

    assert found, first
    assert (TEXTS if path.name.endswith(".texts.yaml") else RULES) == (path.parent / found[1]).resolve()
