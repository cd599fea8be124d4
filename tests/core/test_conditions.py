from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.core.case_names import names_of
from engine.core.complaints import say
from engine.core.conditions import (
    ConditionInvalid,
    Fault,
    Guard,
    Kind,
    compile_condition,
    cover_names,
    names_in,
)
from engine.core.parse import read
from tests.definitions.whole import RULES, TEXTS

NAMES = {
    "weights": Kind("int"),
    "rating.results": Kind("string", ("below", "as", "above")),
    "note.text": Kind("string"),
    "seen.on": Kind("string"),
    "score": Kind("int", decimals=2),
    "born": Kind("string", date=True),
    "passing": Kind("int", decimals=1, constant="3.5"),
    "fine": Kind("int", decimals=3, constant="0.125"),
    "tries": Kind("int", constant="2"),
    "mood": Kind("string", constant="good"),
    "waiting": Kind("string", unfit="a duration"),
    "members.rating": Kind("any"),
}


def guard(text: str) -> Guard:
    """A condition over the names above."""
    return compile_condition(text, NAMES)


def faults(text: str) -> list[tuple[int, str]]:
    """Where and why a condition is refused."""
    with pytest.raises(ConditionInvalid) as invalid:
        compile_condition(text, NAMES)
    return [(fault.offset, fault.message["en"]) for fault in invalid.value.faults]


@pytest.mark.parametrize(
    ("text", "values", "passed"),
    [
        ("weights == 100", {"weights": 100}, True),
        ("weights == 100", {"weights": 99}, False),
        ("weights > -1 && weights <= 100", {"weights": 0}, True),
        ("rating.results in ['below', 'as']", {"rating.results": "as"}, True),
        ("!(rating.results == 'as')", {"rating.results": "as"}, False),
        ('note.text != ""', {"note.text": "x"}, True),
        ("seen.on < '2026-07-01'", {"seen.on": "2026-06-30"}, True),
        ("weights == 1 || note.text == 'x'", {"note.text": "x"}, True),
        ("score >= 3.5", {"score": "3.50"}, True),
        ("score >= 3.5", {"score": "3.49"}, False),
        ("3.75 > score", {"score": "3.75"}, False),
        ("score in [1, 2.5, 3.25]", {"score": "2.50"}, True),
        ("score == -0.5", {"score": "-0.50"}, True),
        ("score in [-0.5, 7]", {"score": "-0.50"}, True),
        ("score >= 3.5 && weights == 100", {"score": "4.00", "weights": 100}, True),
        ("score >= passing", {"score": "3.49"}, False),
        ("passing <= score", {"score": "3.50"}, True),
        ("score in [passing, 1]", {"score": "3.50"}, True),
        ("tries == 2 && weights > tries", {"weights": 3, "tries": "2"}, True),
        ("passing < 4", {}, True),
        ("note.text == mood", {"note.text": "good", "mood": "good"}, True),
        ("born < '2026-07-01'", {"born": "2026-06-30"}, True),
        ("members.rating == 'below'", {"members.rating": "below"}, True),
        ("members.rating > 3", {"members.rating": 4}, True),
    ],
)
def test_a_condition_answers(text, values, passed):
    """Comparisons with constants, joined by and, or, not."""
    assert passed is guard(text).verdict(values).passed


@pytest.mark.parametrize("value", ["100", None, 100.0, [100], {"x": 1}, 2**70, b"x"], ids=repr)
def test_anything_but_true_refuses(value):
    """A value of another kind makes CEL return an error, whose text would count as true."""
    verdict = guard("weights == 100").verdict({"weights": value})

    assert verdict.passed is False


@pytest.mark.parametrize("text", ["weights == 100", "weights != 100", "!(weights == 100)"])
def test_a_missing_value_refuses_and_is_named(text):
    """Also where the condition says what must not be."""
    verdict = guard(text).verdict({"rating.results": "as"})

    assert verdict.passed is False
    assert ("weights",) == verdict.missing


def test_a_verdict_tells_what_it_read():
    """Only what the condition names, so that an entry can say why."""
    verdict = guard("weights == 100 && rating.results == 'as'").verdict(
        {"weights": 100, "rating.results": "as", "note.text": "private"}
    )

    assert {"weights": 100, "rating.results": "as"} == verdict.reads
    assert () == verdict.missing


@pytest.mark.parametrize(
    ("text", "offset", "said"),
    [
        ("weight == 100", 0, "no figure, field or setting 'weight'"),
        ("weights == 1 && rating.result == 'as'", 16, "no figure, field or setting 'rating.result'"),
        ("weights == 'a'", 8, "does not fit a whole number and a text"),
        ("weights == 100.0", 11, "100.0 is not a whole number"),
        ("rating.results == 'abvoe'", 18, "'rating.results' is never 'abvoe'"),
        ("'abvoe' == rating.results", 0, "'rating.results' is never 'abvoe'"),
        ("rating.results in ['as', 'abvoe']", 25, "'rating.results' is never 'abvoe'"),
        ("weights in [1, 'a']", 15, "is a whole number and never a text"),
        ("rating.results > 'as'", 15, "have no order"),
        ("weights + 1 == 2", 8, "works something out"),
        ("weights - 1 == 2", 8, "works something out"),
        ("weights * 2 == 2", 8, "works something out"),
        ("weights / 2 == 2", 8, "works something out"),
        ("weights % 2 == 2", 8, "works something out"),
        ("size(note.text) > 3", 0, "calls a function"),
        ("note.text.matches('a+')", 0, "calls a function"),
        ("has(note.text)", 0, "calls a function"),
        ("weights == 1 ? true : false", 13, "has no meaning"),
        ("now > '2026'", 0, "does not know what day it is"),
        ("weights == null", 11, "nothing is ever null"),
        ("weights = 1", 8, "not a comparison"),
        ("weights ==", 10, "breaks off"),
        ("weights == 1 && (", 17, "breaks off"),
        ("weights", 0, "this is a whole number"),
        ("true", 0, "reads nothing"),
        ("1 == 1", 0, "reads nothing"),
        ("", 0, "reads nothing"),
        ("note.text == 'x", 13, "does not end"),
        ("weights == 99999999999999999999", 11, "too large to be compared"),
        ("(" * 40 + "weights == 1" + ")" * 40, 0, "nested too deeply"),
        ("weights == 1" + " || weights == 1" * 80, 0, "at most 1000 characters"),
        ("weights\n== 'a'", 8, "does not fit"),
        ("score >= 3.755", 9, "'score' is a number with 2 decimals, and 3.755 has more"),
        ("score in [1, 2.125]", 13, "and 2.125 has more"),
        ("score >= fine", 9, "and fine has more"),
        ("score > 1.50 && note.text > 3", 26, "does not fit a text and a whole number"),
        ("score > 1.5 && (weights == )", 27, "breaks off"),
        ("score == 'a'", 6, "does not fit a whole number and a text"),
        ("score > weights", 6, "compares two names, 'score' and 'weights'"),
        ("passing > tries", 8, "are both settings"),
        ("(weights) == 100", 8, "compares a name with a constant, not a bracket"),
        ("weights == (100)", 11, "compares a name with a constant, not a bracket"),
        ("waiting == '14 days'", 0, "'waiting' is a duration"),
        ("born == '2026-7-1'", 8, "'born' is a date and never '2026-7-1'"),
        ("members.rating >= 3.5", 18, "how many decimals 'members.rating' has is not known"),
        ("note.text == tries", 13, "'note.text' is a text and 'tries' a number"),
        ("plan.goals.map(g, g.weight) == 3", 0, "calls a function"),
    ],
)
def test_what_a_condition_may_not_do_is_told_with_its_place(text, offset, said):
    """Before it ever runs, at the letter where it stands."""
    first = faults(text)[0]

    assert offset == first[0]
    assert said in first[1]


@pytest.mark.parametrize("macro", ["all", "exists", "map", "filter", "exists_one"])
def test_macros_are_refused(macro):
    """A condition never loops."""
    assert any("calls a function" in message for _, message in faults(f"[1, 2].{macro}(x, x > 0)"))


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("plan.goals.all(g, g.weight > 3)", "{count: plan.goals, where: "),
        ("size(plan.goals) > 3", "{count: plan.goals}"),
        ("plan.goals.map(g, g.weight) == 3", "{total: plan.goals.number}"),
        ("weights + score > 3", '{formula: "weights + score"}'),
        ("weights * 2 > 3", '{formula: "weights * 2"}'),
        ("score > weights", '{formula: "score - weights"}'),
    ],
)
def test_the_figure_to_write_instead_is_named(text, figure):
    """Whoever wanted to work something out is told where that belongs."""
    with pytest.raises(ConditionInvalid) as invalid:
        compile_condition(text, NAMES)

    assert any(figure in fault.suggestion["en"] for fault in invalid.value.faults)


@pytest.mark.parametrize("value", ["3.5", 350, "3.500", 3.5, None, "cannot_judge", "", "x"], ids=repr)
def test_a_number_that_is_not_kept_exactly_refuses(value):
    """A number with two decimals is kept as a text with two; whatever else comes is no number."""
    assert guard("score >= 0").verdict({"score": value}).passed is (value in ("3.5", 350))


_PIECES = st.sampled_from(
    [*NAMES, *"()[]!,.'\"-+*/%?:=<>&|\n\t\\", "&&", "||", "==", "!=", "in", "0", "1.5", "99999999999999999", "'a'",
     "true", "null", "plan.goals.map(", "x", "_", "é", "1e9", "0x1", "b'a'", "r'a'", "{", "}", "//", "#"]
)  # fmt: skip


@settings(max_examples=300, deadline=2_000)
@given(
    st.one_of(
        st.text(max_size=1_200), st.lists(_PIECES, max_size=200).map(" ".join), st.lists(_PIECES).map("".join)
    )
)
def test_no_text_however_hostile_does_more_than_be_refused(text):
    """It compiles, or is refused with a place inside it; never anything else, and never for long."""
    refused: tuple[Fault, ...] = ()
    try:
        compile_condition(text, NAMES).verdict({})
    except ConditionInvalid as invalid:
        refused = invalid.faults or (Fault(-1, "refused without a reason"),)

    assert [] == [fault for fault in refused if not 0 <= fault.offset <= len(text)]


@pytest.mark.parametrize(
    "text",
    [
        "(" * 1_000,
        "!" * 1_000,
        "a." * 500,
        "[" * 1_000,
        "x " * 500,
        "'" * 999,
        "1" * 1_000,
        "weights == 1||" * 71,
    ],
    ids=lambda text: text[:8],
)
def test_a_long_text_is_refused_at_once(text):
    """However deep or often its parts repeat; what counts is the work done, so it may take a second and no more."""
    began = time.process_time()
    with pytest.raises(ConditionInvalid):
        compile_condition(text, NAMES)

    assert time.process_time() - began < 1


def test_all_faults_are_told_at_once():
    """Not the first only."""
    assert [0, 12] == [offset for offset, _ in faults("a == 1 &&   b == 2")]


def test_a_condition_says_which_names_it_reads():
    """Each once, in the order they stand there."""
    assert ("rating.results", "weights") == names_in(
        "rating.results == 'weights' && weights > 1 && weights in [2]"
    )


def test_only_an_employee_is_asked_who_is_covered():
    """Kind, unit, status, position."""
    cover = compile_condition("employee.kind in ['PNS', 'PPPK']", cover_names())

    assert cover.verdict({"employee.kind": "PNS"}).passed


def test_a_definition_offers_its_figures_plain_fields_and_settings():
    """Not its lists, nor the fields of items."""
    names = names_of(read(RULES, TEXTS))

    assert Kind("int") == names["weights"]
    assert {"poor", "good", "best", "worst"} == set(names["predicate"].values)
    assert Kind("int") == names["rating.points"]
    assert ("below", "as", "above") == names["rating.results"].values
    assert say("a_duration") == names["objecting"].unfit
    assert Kind("int", constant="2") == names["tries"]
    assert {"plan.behaviour"} == {name for name in names if name.startswith(("plan.", "goal."))}


def test_threads_share_a_guard():
    """Eight threads, each with its own values, never get each other's answer."""
    shared = guard("weights == 100 && rating.results == 'as'")

    def ask(number: int) -> bool:
        values = {"weights": 100 if number % 2 else 99, "rating.results": "as"}
        return all(shared.verdict(values).passed is bool(number % 2) for _ in range(500))

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, range(16)))

    assert [True] * 16 == answers
