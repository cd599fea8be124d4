"""Refusals as problem documents."""

from __future__ import annotations

import pytest

import engine.errors
from api import problems
from api.problem_titles import TITLES
from api.problems import STATUS, problem_of
from engine.core.definition import Label
from engine.errors import DefinitionInvalid, FormInvalid, GuardRefused, SiklusError, UnknownTrigger


def codes() -> set[str]:
    """Every code of the errors we know, whoever raises them."""
    rooms = (engine.errors, problems)
    kinds = [kind for room in rooms for kind in vars(room).values() if isinstance(kind, type)]
    return {kind.code for kind in kinds if issubclass(kind, SiklusError)}


@pytest.mark.parametrize("table", [STATUS, TITLES], ids=["status", "title"])
def test_every_code_is_in_the_table(table) -> None:
    """A new error cannot be forgotten, and an old one leaves no rest."""
    assert codes() == set(table)


def test_a_refusal_names_what_would_be_allowed() -> None:
    """A program reads from `allowed` what to try instead."""
    told = problem_of(UnknownTrigger("'leap' is no way out", allowed=["submit"])).json("/api/v1/cases/c-1")

    assert ("unknown_trigger", 409, ["submit"]) == (told["code"], told["status"], told["allowed"])
    assert ("/problems/unknown_trigger", "/api/v1/cases/c-1") == (told["type"], told["instance"])


def test_every_wrong_field_is_listed_with_both_languages() -> None:
    """All problems of a form come at once."""
    wrong = {"plan.results[0].weight": Label(id="Wajib diisi.", en="This is required.")}
    told = problem_of(FormInvalid("cannot", allowed=["submit"], problems=wrong)).json("/")

    assert [
        {"at": "plan.results[0].weight", "text": {"id": "Wajib diisi.", "en": "This is required."}}
    ] == told["problems"]


def test_the_lines_of_a_wrong_file_are_kept_in_order() -> None:
    """A definition's problems are numbered as they stand in the file."""
    told = problem_of(DefinitionInvalid("a.yaml", ["a.yaml:1:1: first", "a.yaml:2:1: second"])).json("/")

    assert ["1", "2"] == [one["at"] for one in told["problems"]]
    assert "a.yaml:2:1: second" == told["problems"][1]["text"]["en"]


def test_an_indonesian_reader_gets_the_condition_that_failed() -> None:
    """The detail is the definition's own sentence, not a general one."""
    label = Label(id="Jumlah bobot 90, harus 100", en="Weights add up to 90, must be 100")

    assert label.id == problem_of(GuardRefused("no", label=label)).detail_id
