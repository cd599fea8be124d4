"""Facts as written: read into values, their names looked up, their wording made one."""

from __future__ import annotations

import pytest

from engine.core.definition import Closed, EmployeeFact, Fact, Gathered, Reached
from engine.core.parse.facts import read_fact, read_facts
from engine.core.parse.nodes import Node
from engine.core.parse.reading import Reading
from engine.core.places import Document, Value


def _node(value: Value) -> Node:
    document = Document(name="rules", values={"upon": value})
    reading = Reading(document, Document(name="texts", values={}))
    node = Node(reading, document, ("upon",), value)
    reading.declare("link", {"quarters": node})
    reading.declare("read", {"unit": node, "before": node})
    return node


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("employee leaves", EmployeeFact(what="leaves")),
        ("employee moves", EmployeeFact(what="moves")),
        ("gathered", Gathered()),
        ("quarters closed", Closed(link="quarters")),
        ("unit reaches calibrated", Reached(read="unit", state="calibrated")),
    ],
)
def test_a_fact_is_read_and_says_itself_again(text: str, fact: Fact) -> None:
    assert fact == read_fact(_node(text))
    assert text == fact.text


def test_reached_is_another_word_for_reaches() -> None:
    assert Reached(read="before", state="rated") == read_fact(_node("before  reached rated"))


@pytest.mark.parametrize(
    ("text", "message", "suggestion"),
    [
        ("employee left", "'employee left' is no fact", "did you mean 'employee leaves'?"),
        ("quarter closed", "there is no link 'quarter'", "did you mean 'quarters'?"),
        ("units reaches calibrated", "there is no read 'units'", "did you mean 'unit'?"),
    ],
)
def test_what_is_no_fact_is_complained_of(text: str, message: str, suggestion: str) -> None:
    node = _node(text)
    assert read_fact(node) is None
    assert [(message, suggestion)] == [
        (one.message["en"], one.suggestion["en"]) for one in node.reading.problems()
    ]


def test_several_facts_are_read_in_the_order_written() -> None:
    assert (Closed(link="quarters"), Gathered()) == read_facts(_node(["quarters closed", "gathered"]))


def test_a_fact_named_twice_is_complained_of() -> None:
    node = _node(["unit reaches calibrated", "unit reached calibrated"])
    assert (Reached(read="unit", state="calibrated"),) == read_facts(node)
    assert ["the fact 'unit reaches calibrated' stands here twice"] == [
        one.message["en"] for one in node.reading.problems()
    ]
