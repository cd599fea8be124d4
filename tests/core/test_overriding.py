"""An agency's own numbers: only within what is allowed, checked whole, with a digest of their own."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.core.definition import Definition
from engine.core.moments import Duration
from engine.core.parse import problems, read, reopen
from engine.core.parse.head import within
from engine.core.parse.overriding import problems_overridden, read_overridden
from engine.errors import DefinitionInvalid
from tests.worlds import ROOT

RULES = (ROOT / "tests/definitions/small.yaml").read_text(encoding="utf-8")
TEXTS = (ROOT / "tests/definitions/small.texts.yaml").read_text(encoding="utf-8")
HEAD = "overrides: small@1\nagency: Dinas Kesehatan\n"


def _read(override: str, rules: str = RULES) -> Definition:
    return read_overridden(
        rules, TEXTS, override, name="small.yaml", texts_name="t.yaml", override_name="own.yaml"
    )


def _complaints(override: str, rules: str = RULES) -> list[str]:
    with pytest.raises(DefinitionInvalid) as refused:
        _read(override, rules)
    found = refused.value.problems
    assert found == problems_overridden(
        rules, TEXTS, override, name="small.yaml", texts_name="t.yaml", override_name="own.yaml"
    )
    return [str(one) for one in found]


def test_an_agency_changes_a_number_and_nothing_else() -> None:
    base = read(RULES, TEXTS)
    own = _read(HEAD + "settings:\n  drafting_time: 8 working days\n")
    drafting = own.states["drafting"].task

    assert drafting is not None
    assert drafting.due is not None
    assert Duration(8, "working days") == drafting.due.within
    assert ("small@1", "Dinas Kesehatan") == (own.name, own.agency)
    assert base.states["checking"] == own.states["checking"]
    assert base.texts == own.texts


def test_the_ground_of_a_number_may_be_told_with_it() -> None:
    own = _read(HEAD + "settings:\n  drafting_time: {is: 8 working days, basis: KEP-1, note: far islands}\n")
    told = own.settings["drafting_time"]

    assert ("8 working days", "KEP-1", "far islands") == (told.value, told.basis, told.note)
    assert "an invented bylaw" == own.settings["checking_time"].basis


def test_the_identity_is_that_of_the_effective_definition() -> None:
    base = read(RULES, TEXTS)
    own = _read(HEAD + "settings: {drafting_time: 8 working days}\n")
    same = _read(HEAD + "# a remark\nsettings:\n  drafting_time: '8 working days'\n")
    other = _read(HEAD + "settings: {drafting_time: 9 working days}\n")
    elsewhere = _read("overrides: small@1\nagency: Dinas Lain\nsettings: {drafting_time: 8 working days}\n")

    assert own.digest == same.digest
    assert 4 == len({base.digest, own.digest, other.digest, elsewhere.digest})


def test_an_effective_definition_is_opened_again_as_it_was() -> None:
    own = _read(HEAD + "settings: {drafting_time: 8 working days}\n")

    assert own == reopen(own.source)


def test_everything_wrong_stands_in_the_agencys_own_file() -> None:
    assert [
        (
            "own.yaml:1:12: error bad_value: this file overrides 'small@2', and the definition is small@1;"
            " write `overrides: small@1`, after reading what that version changed"
        ),
        (
            "own.yaml:4:18: error not_allowed: '20 working days' is not what an agency may make of 'drafting_time';"
            " allowed: 3 working days .. 10 working days"
        ),
        (
            "own.yaml:5:23: error not_allowed: '4 working days' is not what an agency may make of 'checking_time';"
            " allowed: 3 working days, 5 working days"
        ),
        "own.yaml:6:3: error unknown_name: small@1 has no setting 'draftin_time'; did you mean 'drafting_time'?",
        "own.yaml:7:1: error unknown_key: an override has no key 'roles'; known here: overrides, agency, settings",
    ] == _complaints(
        "overrides: small@2\nagency: Dinas\nsettings:\n  drafting_time: 20 working days\n"
        "  checking_time: {is: 4 working days}\n  draftin_time: 4 working days\nroles: {hr: subject}\n"
    )


def test_an_override_says_whose_it_is() -> None:
    assert [
        "own.yaml:1:1: error missing_key: an override does not say `agency`; add `agency:`"
    ] == _complaints("overrides: small@1\nsettings: {drafting_time: 8 working days}\n")


def test_a_number_that_breaks_a_rule_is_complained_of_where_the_agency_wrote_it() -> None:
    """Two moves that come to lie on one day only with this number."""
    rules = RULES.replace(
        "settings:\n",
        "settings:\n  over_on: {is: 30 December, allow: 1 December .. 31 December, note: invented}\n",
    ).replace(
        "year_over: {at: period.to, to: done}",
        "year_over: {at: period.to, to: done}\n        over: {at: over_on, to: left}",
    )
    texts = TEXTS.replace("automatic:\n", "automatic:\n  over: {id: Habis, en: Over}\n").replace(
        "settings:\n", "settings:\n  over_on: {id: Berakhir, en: Over on}\n"
    )
    assert () == problems(rules, texts)
    override = HEAD + "settings:\n  drafting_time: 8 working days\n  over_on: 31 December\n"
    found = problems_overridden(rules, texts, override, name="small.yaml", override_name="own.yaml")

    assert [
        (
            "own.yaml:5:12: error same_moment: with this, small.yaml:43:9: 'year_over' and 'over' leave 'waiting'"
            " at the same moment; give one of them another moment, or remove it"
        )
    ] == [str(one) for one in found]


def test_a_wrong_definition_is_told_before_anything_about_its_override() -> None:
    rules = RULES.replace("form: plan", "form: plann")
    found = _complaints("nothing: at all\n", rules)

    assert ["small.yaml:28:35"] == [one.partition(": ")[0] for one in found if " error " in one]


_DAYS = st.integers(0, 14)


@settings(max_examples=60, deadline=None, database=None, derandomize=True)
@given(_DAYS, _DAYS)
def test_what_is_read_is_exactly_what_is_allowed(drafting: int, checking: int) -> None:
    """An override is read if and only if each of its numbers is allowed, and then says just those."""
    base = read(RULES, TEXTS)
    values = {"drafting_time": f"{drafting} working days", "checking_time": f"{checking} working days"}
    override = HEAD + "settings:\n" + "".join(f"  {name}: {value}\n" for name, value in values.items())
    allowed = all(within(base.settings[name].allow, value) for name, value in values.items())
    try:
        own = _read(override)
    except DefinitionInvalid:
        assert not allowed
    else:
        assert allowed
        assert values == {name: one.value for name, one in own.settings.items()}


@pytest.mark.parametrize(
    ("allow", "value", "fits"),
    [
        ("3 days .. 5 days", "4 days", True),
        ("3 days .. 5 days", "4 working days", False),
        ("3 days .. 5 days", "6 days", False),
        ("7 January .. 21 January", "12 January", True),
        ("7 January .. 21 January", "12 January next year", False),
        ("1 .. 5", "3", True),
        ("1 .. 5", "three", False),
        (("14 days", "14 working days"), "14 working days", True),
        (("14 days", "14 working days"), "14", False),
    ],
)
def test_a_range_allows_what_lies_in_it(allow: str | tuple[str, ...], value: str, fits: bool) -> None:
    assert fits == within(allow, value)


def test_the_example_of_the_reference_is_read() -> None:
    rules, texts, override = (
        (ROOT / f"tests/definitions/whole{end}.yaml").read_bytes() for end in ("", ".texts", ".override")
    )
    assert "3" == read_overridden(rules, texts, override).settings["tries"].value


def test_every_allowed_list_and_bound_is_read() -> None:
    for drafting, checking in product(
        ("3 working days", "10 working days"), ("3 working days", "5 working days")
    ):
        own = _read(HEAD + f"settings: {{drafting_time: {drafting}, checking_time: {checking}}}\n")
        assert (drafting, checking) == tuple(one.value for one in own.settings.values())


def test_a_definition_reopened_from_the_store_keeps_its_agency() -> None:
    """With its numbers and its digest."""
    own = _read(HEAD + "settings: {drafting_time: 8 working days}\n")
    again = reopen(own.source)

    assert ("Dinas Kesehatan", "8 working days", own.digest) == (
        again.agency,
        again.settings["drafting_time"].value,
        again.digest,
    )
