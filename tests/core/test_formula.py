from __future__ import annotations

import time
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.core.formula import FormulaInvalid, parse_formula, worth

VALUES = {"a": Fraction(7), "b": Fraction(-3, 4), "c.d": Fraction(0)}


def value(text: str) -> Fraction | None:
    """What a formula comes to with the values above."""
    return worth(parse_formula(text), VALUES.get, lambda _: None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a + b * 2", Fraction(11, 2)),
        ("(a + b) * 2", Fraction(25, 2)),
        ("a - b - 1", Fraction(27, 4)),
        ("a / 2 / 7", Fraction(1, 2)),
        ("-a * -b", Fraction(-21, 4)),
        ("0.1 + 0.2 + a * 0", Fraction(3, 10)),
        ("a / c.d", None),
        ("a + gone", None),
    ],
)
def test_a_formula_is_worked_out_like_on_paper(text, expected):
    """Products before sums, from left to right, exactly; missing stays missing."""
    assert expected == value(text)


_PIECES = st.sampled_from(
    ["a", "b", "c.d", "1", "2.5", *"+-*/()., ", "total(", "mean(", "__", "'", "\n", "é", "1e9", "**"]
)


@settings(max_examples=300, deadline=2_000)
@given(st.one_of(st.text(max_size=600), st.lists(_PIECES, max_size=250).map("".join)))
def test_no_text_however_hostile_does_more_than_be_refused(text):
    """It is worked out, or refused with a place inside it."""
    place = 0
    try:
        value(text)
    except FormulaInvalid as invalid:
        place = invalid.offset

    assert 0 <= place <= len(text)


@pytest.mark.parametrize(
    "text",
    ["(" * 500, "-" * 500, "a" + "*a" * 249 + "+", "total(" * 83, "1" * 500, "a." * 250],
    ids=lambda text: text[:6],
)
def test_a_long_text_is_refused_at_once(text):
    """However deep its brackets."""
    began = time.process_time()
    with pytest.raises(FormulaInvalid):
        parse_formula(text)

    assert time.process_time() - began < 1
