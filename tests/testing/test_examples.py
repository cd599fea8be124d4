"""Examples of a definition: read with their places, run with the real step, judged in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.core.definition import Condition
from engine.errors import DefinitionInvalid
from engine.testing import Report, mutants, read_examples, try_definition
from engine.testing.neighbours import conditions_beside
from tests.worlds import ROOT, calendar, machine

SMALL = machine("tests/definitions/small").definition
PEOPLE = """
people:
  bupati: {kind: external}
  kadis: {superior: bupati, duties: [head]}
  budi: {superior: kadis}
  siti: {superior: budi}
  ani: {superior: kadis, duties: ["desk:personnel"]}
given:
  whole: {goals: [{title: satu, weight: 60}, {title: dua, weight: 40}]}
  light: {goals: [{title: satu, weight: 60}]}
"""
STORY = """
examples:
  plain:
    about: siti
    opens: 2026-01-05
    period: 2026
    steps:
"""


def nowhere(name: str) -> bytes:
    raise AssertionError(f"{name} is not asked for")


def tried(*steps: str, mutate: bool = False) -> Report:
    """The report on one example with these steps."""
    text = PEOPLE + STORY + "".join(f"      - {{{one}}}\n" for one in steps)
    examples = read_examples(text, SMALL, name="x.examples.yaml", opener=nowhere)
    return try_definition(SMALL, examples, calendar(), mutate=mutate)


def complaints(text: str) -> list[str]:
    with pytest.raises(DefinitionInvalid) as raised:
        read_examples(text, SMALL, name="x.examples.yaml", opener=nowhere)
    return [str(one) for one in raised.value.problems]


GOOD = (
    "state: drafting, holder: siti, due: 2026-01-12, ended: no",
    "do: submit, with: {plan: light}, refused: guard_refused",
    "do: submit, with: {plan: whole}, state: checking, holder: budi, told: [budi]",
    "do: return, reason: kurang jelas, state: drafting, told: {siti: [task]}",
    "do: exempt, by: ani, reason: pindah, state: left, holder: nobody, due: none, ended: ended",
)


def test_an_example_that_comes_out_as_expected_passes() -> None:
    """States, holders, due days, recipients, refusals and the end are all looked at."""
    report = tried(*GOOD)

    assert () == report.failed
    assert {"drafting.submit", "checking.return", "anytime.exempt"} == report.outcomes[0].rules


@pytest.mark.parametrize(
    ("step", "told"),
    [
        ("state: checking", "the case is in drafting, and should be checking"),
        ("holder: budi", "the task is with siti, and should be budi"),
        ("due: 2026-01-13", "it is due 2026-01-12, and should be 2026-01-13"),
        ("due: none", "it is due 2026-01-12, and should be at no time"),
        ("ended: complete", "it ended not, and should be complete"),
        ("do: submit, with: {plan: whole}, refused: true", "submit goes through, and should be refused"),
        (
            "do: submit, with: {plan: light}, refused: wrong_person",
            "it is refused as guard_refused, and should be as wrong_person",
        ),
        ("do: submit, by: budi, with: {plan: whole}", "submit is refused: 'submit' is for the task's holder"),
        ("do: submit, with: {plan: whole}, told: nobody", "budi is told, and should not be"),
        ("do: submit, with: {plan: whole}, told: [budi, ani]", "ani is not told, and should be"),
        (
            "do: submit, with: {plan: whole}, told: {budi: [reminder]}",
            "budi is told task, and should be told reminder",
        ),
        ("on: 2026-01-01", "time does not run backwards"),
    ],
)
def test_what_comes_out_otherwise_is_told_in_words(step: str, told: str) -> None:
    """With the place of the step, and both what came and what was expected."""
    (failed,) = tried("after: 1 day", step).failed if "2026-01-12" not in told else tried(step).failed

    assert failed.failure is not None
    assert told in "; ".join(failed.failure.told)
    assert "x.examples.yaml" == failed.failure.mark.file


def test_time_passes_as_it_really_does() -> None:
    """Reminders come when they are due, to whom the ladder says."""
    report = tried(
        "on: 2026-01-09, told: nobody",
        "on: 2026-01-10, told: {siti: reminder}",
        "after: 1 working day, told: nobody",
        "on: 2026-01-13, told: {siti: reminder, ani: notice}",
    )

    assert () == report.failed
    assert {("standard", 0), ("standard", 1)} <= report.outcomes[0].rungs


def test_what_no_example_touches_is_listed_with_its_place() -> None:
    """Transitions and rungs."""
    told = {one.told: one.path for one in tried("state: drafting").untouched}

    assert ("phases", "planning", "drafting", "transitions", "submit") == told[
        "no example takes 'drafting.submit'"
    ]
    assert ("anytime", "exempt") == told["no example takes 'anytime.exempt'"]
    assert ("ladders", "standard", 2) == told["no example hears rung 3 of the ladder 'standard'"]


def unnoticed(*steps: str) -> set[str]:
    return {one.told for one in tried(*steps, mutate=True).unnoticed}


def test_a_mutation_that_an_example_sees_is_noticed() -> None:
    """The refused light plan needs the condition; without it nobody would miss it."""
    dropped = "'submit' has no condition"

    assert dropped not in unnoticed(*GOOD)
    assert dropped in unnoticed(GOOD[2])


@pytest.mark.parametrize(
    ("told", "noticing"),
    [
        ("'return' needs no reason", (GOOD[2], "do: return, refused: reason_missing")),
        ("the task of 'drafting' is due a day later", GOOD[:1]),
        ("'submit' leads to 'waiting' instead of 'checking'", GOOD[2:3]),
        (
            "the ladder 'standard' has no rung 1",
            ("on: 2026-01-09", "on: 2026-01-10, told: {siti: reminder}"),
        ),
        ("'exempt' needs no reason", ("do: exempt, by: ani, refused: reason_missing",)),
    ],
)
def test_each_kind_of_mutation_can_be_noticed(told: str, noticing: tuple[str, ...]) -> None:
    """And is not, where nothing is expected."""
    assert told in unnoticed("state: drafting")
    assert told not in unnoticed(*noticing)


def test_mutations_are_the_same_every_time_and_each_changes_something() -> None:
    """Nothing random: the same list in the same order, no mutant equal to the definition, every one at a place."""
    national = machine().definition
    first, again = ([(one.told, one.path) for one in mutants(national)] for _ in range(2))
    kinds = ("no condition", "says != instead of ==", "a day later", "has no rung", "leads to", "needs no reason",
             "does not tell", "same person", "once more")  # fmt: skip

    assert first == again
    assert [] == [one.told for one in mutants(national) if one.definition == national]
    assert [] == [kind for kind in kinds if not any(kind in told for told, _ in first)]


def test_a_dropped_not_is_a_mutation() -> None:
    """`!(...)` and `!=` are told apart."""
    told = [(what, one.text) for what, one in conditions_beside(Condition(text="!(a != 'x!=y') && b < 3"))]

    assert [
        ("has no `not`", "(a != 'x!=y') && b < 3"),
        ("says == instead of !=", "!(a == 'x!=y') && b < 3"),
        ("says >= instead of <", "!(a != 'x!=y') && b >= 3"),
    ] == told


def test_mutations_wait_until_all_examples_pass() -> None:
    """What fails already cannot notice anything."""
    report = tried("state: checking", mutate=True)

    assert (0, ()) == (report.mutants, report.unnoticed)


@pytest.mark.parametrize(
    ("before", "after", "complaint"),
    [
        ("about: siti", "about: sitti", "there is no person 'sitti'; did you mean 'siti'?"),
        ("opens: 2026-01-05", "opens: besok", "'besok' is no day; write it like 2026-01-31"),
        ("period: 2026", "period: x", "`period` must be a whole number"),
        ("    period: 2026\n", "", "does not say `period`"),
        ("STEP", "do: submitt", "`do` cannot be 'submitt'; did you mean 'submit'?"),
        ("STEP", "state: draftin", "`state` cannot be 'draftin'; did you mean 'drafting'?"),
        (
            "STEP",
            "do: submit, with: {plann: whole}",
            "the definition has no form 'plann'; did you mean 'plan'?",
        ),
        ("STEP", "do: submit, with: {plan: whol}", "`given` has no 'whol'; did you mean 'whole'?"),
        ("STEP", "fact: employee sleeps", "the definition waits for no fact"),
        ("STEP", "refused: true", "`refused` belongs to an act"),
        ("STEP", "on: 2026-01-06, after: 1 day", "a step has `on` or `after`, not both"),
        ("STEP", "told: {anni: task}", "there is no person 'anni'; did you mean 'ani'?"),
        ("STEP", "told: {ani: letter}", "what is told cannot be 'letter'"),
        ("STEP", "stat: drafting", "a step has no key 'stat'; did you mean 'state'?"),
        ("superior: budi", "superior: budy", "`superior` cannot be 'budy'; did you mean 'budi'?"),
        ("superior: budi", "superior: budi, zone: Mars", "'Mars' is no time zone"),
    ],
)
def test_a_wrong_example_is_told_with_its_place(before: str, after: str, complaint: str) -> None:
    """As the problems of a definition are: all at once, nearest names suggested."""
    text = PEOPLE + STORY + "      - {STEP}\n"
    plain = text.replace("STEP", "state: drafting")
    wrong = (text if before == "STEP" else plain).replace(before, after)

    assert any(complaint in one and one.startswith("x.examples.yaml:") for one in complaints(wrong))


def test_people_may_come_from_a_people_file() -> None:
    """Then they are named by their number."""
    path = ROOT / "workflows/examples/people-demo.csv"
    text = (
        "people: people-demo.csv\n"
        + STORY.replace("siti", "'198708222013121015'")
        + "      - {state: drafting}\n"
    )
    asked: list[str] = []

    def opener(name: str) -> bytes:
        asked.append(name)
        return path.read_bytes()

    examples = read_examples(text, SMALL, name="x", opener=opener)

    assert ["people-demo.csv"] == asked
    assert () == try_definition(SMALL, examples, calendar(), mutate=False).failed


@pytest.fixture(scope="module")
def national() -> Report:
    definition = machine().definition
    path = Path(ROOT / "tests/definitions/alone/asn-tahunan.examples.yaml")
    examples = read_examples(path.read_bytes(), definition, name=path.name, opener=nowhere)
    return try_definition(definition, examples, calendar(), mutate=False)


def test_the_examples_of_the_national_cycle_pass(national: Report) -> None:
    """Fifty stories, from everybody acting in time to nobody deciding anything."""
    assert () == national.failed
    assert 50 == len(national.outcomes)


def test_they_touch_every_transition_and_every_rung(national: Report) -> None:
    """Nothing in the rules is without an example."""
    assert () == national.untouched


@pytest.mark.heavy
def test_they_notice_every_mutation() -> None:
    """Days that a weekend would hide are told of in a year that does not, and an acting head is asked about twice."""
    definition = machine().definition
    path = Path(ROOT / "tests/definitions/alone/asn-tahunan.examples.yaml")
    examples = read_examples(path.read_bytes(), definition, name=path.name, opener=nowhere)
    report = try_definition(definition, examples, calendar())

    assert 200 < report.mutants
    assert not report.capped
    assert [] == [one.told for one in report.unnoticed]
