"""Answers without names of too few: no figure tells them, also not by what is worked out further or by a difference."""

from __future__ import annotations

from typing import Any

import pytest

from engine.core.case import Notebook
from engine.core.codec import replace
from engine.core.command import Contents
from engine.core.definition import CANNOT_JUDGE
from engine.core.figures import thin_figures
from engine.core.sight import Sight
from engine.core.visibility import NEWEST, with_figures
from tests.worlds import World, machine

SIGHTED = "tests/definitions/sighted"
ALWAYS = frozenset({NEWEST})


def views(*marks: object) -> list[dict[str, object]]:
    return [{"marks": one, "fair": "fair", "comment": "kata"} for one in marks]


def sees(*names: str, told: bool = True, **contents: Any) -> dict[str, int | str]:
    """The figures of somebody who reads these names always."""
    world = World(definition=SIGHTED)
    case = replace(world.case, journals={"visits": Notebook(count=3, told=told)})
    rights = dict.fromkeys(names, ALWAYS)
    rules = machine(SIGHTED).definition
    sight = Sight(
        definition=rules, case=case, person="p-1", rights=rights, names=with_figures(rules, rights),
        newest=Contents(**contents),
    )  # fmt: skip
    return sight.figures()


def test_a_mean_of_enough_who_could_judge_is_told() -> None:
    assert {"liked": "5.00"} == sees("liked", gathered={"views": views(4, 5, 6)})


@pytest.mark.parametrize("judged", [(7,), (7, 8)])
def test_a_mean_of_fewer_who_could_judge_is_not_told(judged: tuple[int, ...]) -> None:
    """Three answered, so the answers are kept; one of them judged, and the mean would be theirs."""
    answers = views(*judged, *[CANNOT_JUDGE] * (3 - len(judged)))
    assert {} == sees("liked", gathered={"views": answers})


def test_nor_is_what_is_worked_out_from_it() -> None:
    """Who knows the score knows the mean by the difference."""
    answers = {
        "gathered": {"views": views(7, CANNOT_JUDGE, CANNOT_JUDGE)},
        "forms": {"rating": {"points": "60.00"}},
    }
    assert {"score": "54.00"} == sees("score", "whole", "liked", **answers)
    assert {"liked", "whole"} == thin_figures(machine(SIGHTED).definition, Contents(**answers))


def test_who_reads_each_answer_is_told_their_mean() -> None:
    """It tells them nothing that they do not read."""
    assert {"liked": "7.00"} == sees("liked", "views", gathered={"views": views(7, *[CANNOT_JUDGE] * 2)})


def test_a_mean_of_visitors_is_told_only_once_all_of_them_are() -> None:
    """While it is still open, each new answer would move it: the difference would be one person's."""
    visits = {"journals": {"visits": tuple({"marks": one, "says": "kata"} for one in (4, 5, 6))}}
    assert {} == sees("welcomed", told=False, **visits)
    assert {"welcomed": "5.00"} == sees("welcomed", told=True, **visits)
