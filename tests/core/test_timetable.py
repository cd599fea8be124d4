"""Windows: whose they are, what a decree makes of them, and the clocks that hang on their edges."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.core.definition import Definition, Opening, Window
from engine.core.moments import CivilDate, describe, parse_moment
from engine.core.parse.decreeing import read_decree
from engine.core.step import start
from engine.core.timetable import (
    NO_DECREE,
    Decreed,
    Span,
    all_groups,
    case_windows,
    contradictions,
    decree_of,
    decree_text,
    groups_of,
)
from engine.errors import DefinitionInvalid
from tests.definitions_varied import varied
from tests.worlds import OPENING, ROOT, World, calendar, chart, machine, ordinary

YEAR = {"calendar": calendar(), "period_from": date(2026, 1, 1), "period_to": date(2026, 12, 31)}
ONE = ordinary(chart())
RULES = {
    "\nforms:\n": (
        "\ntimetable:\n"
        "  sign: {from: 1 April, to: 30 April}\n"
        "  calibrate:\n"
        "    by: employee.echelon\n"
        "    one: {to: day 18 of month 2 after period.to}\n"
        "    two: {to: day 24 of month 2 after period.to}\n"
        "    lower: {to: last day of month 2 after period.to}\n"
        "\nforms:\n"
    ),
    "year_over: {at: period.to, to: done}": (
        "year_over: {at: 5 working days after calibrate.to, to: done}\n        signing: {at: sign.from, to: left}"
    ),
}
TEXTS = {
    "\nforms:\n": (
        "\nwindows:\n  sign: {id: tanda tangan, en: signing}\n  calibrate: {id: kalibrasi, en: calibration}\nforms:\n"
    ),
    "\nautomatic:\n": "\nautomatic:\n  signing: {id: Ditandatangani, en: Signed}\n",
}


@pytest.fixture
def staggered(tmp_path: Path) -> str:
    return varied(tmp_path, RULES, TEXTS)


def _definition(name: str) -> Definition:
    return machine(name).definition


def _decree(text: str, definition: Definition) -> Decreed:
    return read_decree(text, definition, name="dates.yaml", **YEAR)


def test_a_window_is_the_one_of_the_employees_echelon(staggered: str) -> None:
    timetable = _definition(staggered).timetable
    days = {
        echelon: case_windows(timetable, NO_DECREE, groups_of(replace(ONE, echelon=echelon)), **YEAR)[
            "calibrate.to"
        ]
        for echelon in ("one", "two", "lower", "")
    }

    assert {"one": "2027-02-18", "two": "2027-02-24", "lower": "2027-02-28", "": "2027-02-28"} == days


def test_a_case_keeps_the_windows_it_began_with(staggered: str) -> None:
    world = World(definition=staggered)
    expected = {"sign.from": "2026-04-01", "sign.to": "2026-04-30", "calibrate.to": "2027-02-28"}

    assert expected == world.case.windows
    assert [expected] == [facts["windows"] for facts in world.facts("launched")]


def test_a_moment_counts_from_the_edge_of_a_window(staggered: str) -> None:
    world = World(definition=staggered, on=date(2026, 4, 20))
    world.fire("submit", plan={"goals": [{"title": "satu", "weight": 100}]})
    world.fire("agree")
    moves = {one.name: one.due_on for one in world.case.deadlines}

    assert {} == moves, "the window had opened, so the case moved at once"
    assert ("left", "ended") == (world.case.state, world.case.ended)


def test_a_decree_replaces_a_window_whole_and_leaves_the_others() -> None:
    windows = {
        "sign": Window(name="sign", openings={"": Opening(from_=CivilDate(4, 1), to=CivilDate(4, 30))}),
        "object": Window(name="object", openings={"": Opening(from_=None, to=CivilDate(5, 7))}),
    }
    decreed = Decreed(decree="KEP-1", windows={"sign": {"": Span(first=None, last=date(2026, 6, 1))}})

    assert {"sign.to": "2026-06-01", "object.to": "2026-05-07"} == case_windows(
        windows, decreed, groups_of(ONE), **YEAR
    )


def test_a_decree_is_read_for_every_group(staggered: str) -> None:
    definition = _definition(staggered)
    decreed = _decree(
        "decree: KEP-12/2026\n"
        "windows:\n"
        "  calibrate:\n"
        "    one: {to: 2027-03-01}\n    two: {to: 2027-03-02}\n    lower: {from: 2027-02-01, to: 3 March next year}\n",
        definition,
    )
    lower = Span(first=date(2027, 2, 1), last=date(2027, 3, 3))

    assert "KEP-12/2026" == decreed.decree
    assert lower == decreed.windows["calibrate"]["lower"]
    assert decreed == decree_of(decree_text(decreed))
    assert [] == list(contradictions(definition.timetable, decreed, **YEAR))


def test_everything_wrong_with_a_decree_is_told_at_once(staggered: str) -> None:
    text = (
        "decree: KEP-12/2026\n"
        "windows:\n"
        "  signs: {to: 2026-05-01}\n"
        "  sign: {from: 2026-05-02, to: 2026-05-01}\n"
        "  calibrate:\n"
        "    one: {to: 2027-03-01}\n"
        "    third: {to: 2027-03-02}\n"
    )
    with pytest.raises(DefinitionInvalid) as refused:
        _decree(text, _definition(staggered))

    assert [
        "dates.yaml:3:3: error unknown_name: small@1 has no window 'signs'; did you mean 'sign'?",
        (
            "dates.yaml:4:32: error bad_value: the window 'sign' closes on 2026-05-01, before it opens on 2026-05-02;"
            " write the earlier day after `from`"
        ),
        (
            "dates.yaml:5:3: error gap: the window 'calibrate' says nothing for two, lower of employee.echelon;"
            " add `two: {to: ...}`"
        ),
        "dates.yaml:7:5: error unknown_key: employee.echelon is never 'third'; known here: one, two, lower",
    ] == [str(one) for one in refused.value.problems]


def test_a_decree_for_a_definition_without_windows_is_refused() -> None:
    with pytest.raises(DefinitionInvalid, match="it has no timetable; launch it without one"):
        _decree("decree: KEP-1\nwindows: {sign: {to: 2026-05-01}}\n", _definition("tests/definitions/small"))


def test_a_case_may_live_in_the_windows_of_another(staggered: str) -> None:
    world = World(definition=staggered)
    beginning = replace(world.beginning, windows={"sign.from": "2026-09-09"})

    assert {"sign.from": "2026-09-09"} == start(machine(staggered), beginning, world.scene).case.windows


def test_the_edge_of_a_window_is_told_by_its_label() -> None:
    moment = parse_moment("5 working days after calibrate.to", {}, ("calibrate",))

    assert "5 hari kerja setelah hari terakhir jendela kalibrasi" == describe(
        moment, "id", {"calibrate": "kalibrasi"}
    )
    assert "5 working days after the last day of the window calibrate" == describe(moment, "en")
    assert "the first day of the window sign" == describe(parse_moment("sign.from", {}, ("sign",)), "en")


@settings(max_examples=200, deadline=None, database=None, derandomize=True)
@given(
    st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.integers(-40, 40), st.sampled_from(["", "one", "two"])
)
def test_what_a_launch_accepts_never_closes_before_it_opens(first: date, length: int, echelon: str) -> None:
    """Whatever a decree says: either the launch names the window, or every case of it has a sound one."""
    window = Window(
        name="w",
        by="employee.echelon",
        openings={name: Opening(from_=None, to=CivilDate(6, 1)) for name in ("one", "two", "lower")},
    )
    last = date.fromordinal(first.toordinal() + length)
    spans = {name: Span(first=first, last=last) for name in ("one", "two", "lower")}
    decreed = Decreed(decree="KEP-1", windows={"w": spans})
    person = replace(ONE, echelon=echelon)
    told = list(contradictions({"w": window}, decreed, **YEAR))
    days = case_windows({"w": window}, decreed, groups_of(person), **YEAR)

    assert (length < 0) == bool(told)
    assert bool(told) or days["w.from"] <= days["w.to"]
    assert decreed == decree_of(decree_text(decreed))
    assert {"employee.echelon": groups_of(person)["employee.echelon"]} in all_groups({"w": window})


def test_the_example_of_the_reference_is_read() -> None:
    text = (ROOT / "tests/definitions/whole.timetable.yaml").read_text(encoding="utf-8")
    decreed = _decree(text, _definition("tests/definitions/whole"))

    assert {"rating": {"": Span(first=date(2027, 7, 5), last=date(2027, 7, 30))}} == decreed.windows


def test_period_none_has_one_day_for_both_edges() -> None:
    opened = OPENING
    days = {"calendar": calendar(), "period_from": opened, "period_to": opened}
    window = Window(
        name="w",
        openings={
            "": Opening(from_=parse_moment("period.from"), to=parse_moment("2 months after period.to"))
        },
    )

    assert {"w.from": "2025-12-01", "w.to": "2026-02-01"} == case_windows(
        {"w": window}, NO_DECREE, groups_of(ONE), **days
    )
