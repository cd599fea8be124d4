"""Forms of a definition as fields of a page, and back: nothing typed is lost."""

from __future__ import annotations

import pytest

from api.pages.forms import Asked, boxes
from api.pages.posted_forms import add_row, drop_row, read_form
from api.pages.told_forms import told_values, typed_texts
from api.pages.words import Words
from engine.core.content import check_form
from engine.core.definition import Label
from tests.api.conftest import typed_plan
from tests.worlds import machine, plan

DEFINITION = machine().definition
PLAN = DEFINITION.forms["plan"]


def shown(values: dict, **problems: str):
    labels = {path: Label(id=text, en=text) for path, text in problems.items()}
    asked = Asked(definition=DEFINITION, language="en", word=Words("en"), problems=labels)
    return {box.path: box for box in boxes(asked, PLAN, values)}


def test_what_is_typed_is_what_the_engine_reads() -> None:
    """Fields of the page become the values of the form, lists within lists included."""
    values = read_form(DEFINITION, PLAN, typed_plan(60, 40))
    cleaned, problems = check_form(PLAN, DEFINITION.forms, values)

    assert {} == problems
    assert [60, 40] == [row["weight"] for row in cleaned["results"]]


def test_what_is_wrong_is_kept_as_typed() -> None:
    """A number that is none comes back into its field."""
    values = read_form(DEFINITION, PLAN, typed_plan(60) | {"plan.results[0].weight": "enam puluh"})
    row = shown(values)["plan.results"].rows[0]

    assert "enam puluh" == next(box.value for box in row.boxes if box.path.endswith("weight"))


def test_a_problem_stands_at_its_field() -> None:
    """The engine's path is the field's path."""
    row = shown(plan(60), **{"plan.results[0].weight": "wrong"})["plan.results"].rows[0]

    assert {"plan.results[0].weight": "wrong"} == {box.path: box.problem for box in row.boxes if box.problem}


def test_an_empty_list_begins_with_one_row() -> None:
    """There is somewhere to type."""
    results = shown({})["plan.results"]

    assert (1, "", "plan.results") == (len(results.rows), results.rows[0].drop, results.add)


def test_rows_come_and_go_without_touching_the_others() -> None:
    """Also in a list within a row."""
    values = read_form(DEFINITION, PLAN, typed_plan(60, 40))
    add_row(values, "results")
    add_row(values, "results[0].indicators")
    drop_row(values, "results[1]")

    assert ["Hasil 0", None] == [row.get("title") for row in values["results"]]
    assert 2 == len(values["results"][0]["indicators"])


@pytest.mark.parametrize(
    "path", ["results[9]", "nothing[0]", "results[x]", "", "results[0].title[3]", "behaviour"]
)
def test_a_path_that_leads_nowhere_changes_nothing(path) -> None:
    """A made-up button is no way to break a page."""
    values = read_form(DEFINITION, PLAN, typed_plan(60))
    before = read_form(DEFINITION, PLAN, typed_plan(60))
    drop_row(values, path)

    assert before == values


def test_a_full_list_takes_no_more_rows() -> None:
    """The button is gone at the limit; the engine would refuse one more."""
    assert "" == shown(plan(*[1] * 12))["plan.results"].add


def test_links_are_lines() -> None:
    """One per line; empty lines are nothing."""
    form = DEFINITION.forms["report"]
    typed = {
        "report.achieved": "selesai",
        "report.evidence": "https://a.example/1\r\n\r\n https://a.example/2 ",
    }

    assert ["https://a.example/1", "https://a.example/2"] == read_form(DEFINITION, form, typed)["evidence"]


def test_what_was_written_is_read_in_words() -> None:
    """Labels for names, in the reader's language."""
    told = told_values(DEFINITION, "plan", plan(60), "id")
    texts = {line.label: line.text for line in typed_texts(told)}

    assert ("Utama", "Waktu") == (texts["Jenis"], texts["Aspek"])


def test_half_typed_values_can_be_shown_too() -> None:
    """The page that keeps a text shows whatever there is of it."""
    told = told_values(DEFINITION, "plan", {"results": [{"title": "Hasil"}], "behaviour": "x"}, "en")

    assert ["Hasil", "x"] == [line.text for line in typed_texts(told)]
