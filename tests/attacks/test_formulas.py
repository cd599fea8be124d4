"""Formulas: whatever somebody typed, a spreadsheet program that opens our tables runs none of it."""

from __future__ import annotations

import ast
import csv
import io
from decimal import Decimal

from hypothesis import example, given
from hypothesis import strategies as st

from engine.core.csv_writing import harmless, write_csv
from tests.attacks.attackers import product

FORMULAS = (
    "=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1", "\r=1", "\n=1", "\0=1", " =1", "\ufeff=1", "\u200b@SUM(1)", "\uff1d1",
    "\uff0b1", "\uff0d1", "\uff201", "=cmd|' /C calc'!A0", '=HYPERLINK("http://evil.example")',
)  # fmt: skip
#: what a spreadsheet program takes for the beginning of a formula, told again here
DANGEROUS = tuple("=+-@\t\r\n\0\uff1d\uff0b\uff0d\uff20")


def runs(cell: str) -> bool:
    """Whether a spreadsheet program may run this cell, having left out what cannot be seen."""
    return cell.lstrip(" \u00a0\u3000\ufeff\u200b\u200c\u200d\u2060").startswith(DANGEROUS)


def test_the_formulas_would_run() -> None:
    """Written as they are, each of them is one."""
    assert all(runs(one) for one in FORMULAS)


@given(
    st.one_of(st.sampled_from(FORMULAS), st.text(), st.text(alphabet="=+-@\t\r\n\0 \ufeff\u200b\uff1d1a'\""))
)
@example("\0\t=1")
def test_no_text_is_ever_a_formula(text: str) -> None:
    """Whatever was typed; and nothing of it is lost but what no table can hold."""
    told = harmless(text)

    assert isinstance(told, str)
    assert not runs(told)
    assert text.replace("\0", "") == told.removeprefix("'") or told == text.replace("\0", "")


def test_numbers_we_computed_stay_numbers() -> None:
    """A negative number is no formula; a text that looks like one is."""
    assert [-3, Decimal("-1.5"), None, "'-3"] == [harmless(one) for one in (-3, Decimal("-1.5"), None, "-3")]


def test_a_cell_stays_one_cell() -> None:
    """Quotes, commas and line ends in a text open no further cell or row (RFC 4180)."""
    file = io.StringIO(newline="")
    evil = 'a",=1,"\r\n=2,x'
    write_csv(file, ["name", "days"], [{"name": evil, "days": 3}, {"name": "=1", "days": -1}])
    rows = list(csv.reader(io.StringIO(file.getvalue(), newline="")))

    assert [["name", "days"], [evil, "3"], ["'=1", "-1"]] == rows


def test_no_other_room_writes_tables() -> None:
    """There is one door, so that nobody forgets the apostrophe."""
    writers = {"writer", "DictWriter", "Workbook"}
    found = {file for file, node in product() if isinstance(node, ast.Attribute) and node.attr in writers}

    assert {"engine/core/csv_writing.py"} == found
