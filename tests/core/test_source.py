from __future__ import annotations

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.core.complaints import say
from engine.core.source import MAX_BYTES, MAX_DEPTH, MAX_NODES, Mark, Problem, nearest, read_yaml


def codes(text: str | bytes) -> list[str]:
    """The codes of the problems of a text."""
    return [problem.code for problem in read_yaml(text, "f.yaml").problems]


def test_scalars_stay_the_text_that_was_typed():
    """Neither truth, nor numbers, nor times, nor dates are made of what an author typed."""
    document = read_yaml(
        "on: yes\nno: 16:00\nn: 0123\nd: 2026-01-31\nz: ~\nt: null\nq: '0x1F'\nf: 1.0", "f.yaml"
    )

    assert () == document.problems
    assert {
        "on": "yes", "no": "16:00", "n": "0123", "d": "2026-01-31", "z": "~", "t": "null", "q": "0x1F", "f": "1.0",
    } == document.values  # fmt: skip


def test_each_key_and_value_knows_its_place():
    """Lines and columns count from 1, through flow style, lists and letters of any width."""
    document = read_yaml("# 😀\na:\n  - {b: 'é😀', c: [x, yy]}\n", "f.yaml")

    assert Mark("f.yaml", 2, 1) == document.key_mark(("a",))
    assert Mark("f.yaml", 3, 6) == document.key_mark(("a", 0, "b"))
    assert Mark("f.yaml", 3, 19) == document.value_mark(("a", 0, "c", 0))
    assert Mark("f.yaml", 3, 22) == document.value_mark(("a", 0, "c", 1))


@pytest.mark.parametrize(
    ("typed", "offset", "column"),
    [
        ("plain", 2, 6),
        ("'it''s x'", 5, 11),
        ('"a\\"b"', 2, 8),
        ('"\\u00e9b"', 1, 11),
        ('"\\x41b"', 1, 9),
    ],
)
def test_a_letter_inside_a_scalar_has_its_own_column(typed, offset, column):
    """Quotes and escapes count as they were typed, so that a caret stands under the right letter."""
    document = read_yaml(f"a: {typed}", "f.yaml")

    assert Mark("f.yaml", 1, column) == document.value_mark(("a",), offset)


def test_a_path_nobody_wrote_stands_where_its_parent_does():
    """A missing key is complained of at the nearest thing that exists."""
    document = read_yaml("a:\n  b: c\n", "f.yaml")

    assert Mark("f.yaml", 2, 3) == document.key_mark(("a", "b", "x", 3))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: &x 1", "anchor"),
        ("a: *x", "alias"),
        ("a: !!int 1", "tag"),
        ("a: ! 1", "tag"),
        ("a: !x {b: c}", "tag"),
        ("<<: {a: 1}\nb: c", "merge_key"),
        ("a: 1\na: 2", "duplicate_key"),
        ("a:", "no_value"),
        ("a: {b}", "no_value"),
        ("a:\n  -\n  - b", "no_value"),
        ("? [a]\n: b", "no_key"),
        ("? {a: b}\n: c", "no_key"),
        ("a: 1\n---\nb: 2", "several_documents"),
        ("- a", "not_a_mapping"),
        ("a", "not_a_mapping"),
        ("", "empty"),
        ("# nothing", "empty"),
        ("a:\n\tb: c", "syntax"),
        ("a: [b", "syntax"),
        ("a: 'b", "syntax"),
        ("a: \x00", "syntax"),
        (b"a: \xff", "encoding"),
        ("a: \ud800", "encoding"),
    ],
)
def test_what_a_definition_may_not_do_is_a_problem(text, code):
    """Each is named once, never raised."""
    assert [code] == codes(text)


def test_a_quoted_empty_text_is_a_value():
    """Only a key with nothing behind it has no value."""
    assert {"a": ""} == read_yaml("a: ''", "f.yaml").values


def test_the_first_of_two_equal_keys_is_kept():
    """And the second says in which line the first one stands."""
    document = read_yaml("a: 1\nb: {c: 1}\na: {d: 2}", "f.yaml")

    assert {"a": "1", "b": {"c": "1"}} == document.values
    assert (
        "f.yaml:3:1: error duplicate_key: the key 'a' stands already in line 1; keep one of the two"
        == str(document.problems[0])
    )


@pytest.mark.parametrize(
    "text", ["[" * 3_000, "a: " + "[" * 3_000 + "]" * 3_000, "{" * 3_000, "a: " + "{b: " * 3_000]
)
def test_three_thousand_brackets_are_a_problem_and_no_crash(text):
    """Reading is not recursive, and stops at the depth limit."""
    assert read_yaml(text, "f.yaml").broken


def test_the_depth_limit_is_exact():
    """As deep as allowed passes; one deeper does not."""
    fits = "a: " + "[" * (MAX_DEPTH - 1) + "]" * (MAX_DEPTH - 1)

    assert [] == codes(fits)
    assert ["too_deep"] == codes(fits.replace("[]", "[[]]"))


def test_a_megabyte_is_read_and_a_byte_more_is_not():
    """The size is checked before anything is read."""
    fits = "a: b #".ljust(MAX_BYTES, "x")

    assert [] == codes(fits)
    assert ["too_large"] == codes(fits + "x")


def test_too_many_values_are_refused():
    """Twenty thousand keys and values are enough for any definition."""
    assert ["too_large"] == codes("a: [" + "x," * MAX_NODES + "]")


def test_a_byte_order_mark_and_windows_line_ends_change_nothing():
    """Values and places are those of the plain file."""
    text = "a: 1\nb:\n  - c\n"
    plain = read_yaml(text, "f.yaml")
    windows = read_yaml(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode(), "f.yaml")

    assert plain.values == windows.values
    assert () == windows.problems
    assert plain.value_mark(("b", 0)) == windows.value_mark(("b", 0))


def test_a_problem_reads_well_for_people_and_programs():
    """One line, or plain values."""
    problem = Problem(
        mark=Mark("f.yaml", 2, 7),
        severity="error",
        code="unknown_key",
        path="a.b",
        message=say("has_no_key", what=say("a_task"), key="'b'"),
        suggestion=say("did_you_mean", found="c"),
    )

    english = {"message": "a task has no key 'b'", "suggestion": "did you mean 'c'?"}
    indonesian = {"message": "tugas tidak memiliki kunci 'b'", "suggestion": "apakah maksudnya 'c'?"}

    assert f"f.yaml:2:7: error unknown_key: {'; '.join(english.values())}" == str(problem)
    assert f"f.yaml:2:7: error unknown_key: {'; '.join(indonesian.values())}" == problem.told("id")
    assert {
        "file": "f.yaml", "line": 2, "column": 7, "severity": "error", "code": "unknown_key", "path": "a.b",
        **{one: {"id": indonesian[one], "en": english[one]} for one in english},
    } == problem.as_json()  # fmt: skip


def test_the_nearest_known_name_is_offered():
    """Only if it is near."""
    assert say("did_you_mean", found="employee") == nearest("employe", ["rater", "employee"])
    assert nearest("xyz", ["rater", "employee"]) is None


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.sampled_from("ab:-[]{},'\"&*!|>#%@?\n\t \\\r\x00é\ufeff\ud800~<"), max_size=60))
def test_no_text_is_too_strange(text):
    """Whatever is typed gives a document, with problems or without."""
    document = read_yaml(text, "f.yaml")

    assert not document.broken or document.problems


@given(
    words=st.lists(st.text("ab'\"\\é日😀&<", min_size=1, max_size=9), min_size=1, max_size=9),
    style=st.sampled_from(["'", '"', None]),
    end=st.sampled_from(["\n", "\r\n"]),
    width=st.integers(2, 30),
)
def test_each_character_of_a_folded_text_is_found_where_it_was_typed(words, style, end, width):
    """Quotes, escapes, wide letters and lines that are read as one: the place is where an editor shows it."""
    value = " ".join(words)
    typed = yaml.dump({"key": value}, default_style=style, width=width, allow_unicode=True)
    document = read_yaml(typed.replace("\n", end), "a file")
    (key, read), *_ = document.values.items()
    lines = typed.split("\n")

    assert value == read
    for offset, letter in enumerate(value):
        if letter in "abé日😀&<":
            mark = document.value_mark((key,), offset)
            typed_there = lines[mark.line - 1][mark.column - 1]
            assert typed_there == letter or (typed_there == "\\" and letter not in "ab&<")
