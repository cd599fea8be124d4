"""Across files: definitions that wait for each other, and what they name of each other."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from engine.core.definition import Definition
from engine.core.proof.across import prove_across
from engine.core.proof.finding import Proof
from engine.core.proof.proving import PROVERS
from engine.core.proof.staffing import prove_staffed
from tests.proof.grounds import changed, ground, shipped

LINKED = "tests/definitions/linked"
ALL = ("annual", "unit-year", "quarter", "improvement")
_AS_IT_IS: Mapping[str, Mapping[str, str]] = {}
_NOTHING: Mapping[str, str] = {}


def family(changes: Mapping[str, Mapping[str, str]] = _AS_IT_IS) -> dict[str, Definition]:
    """The linked definitions, some with replacements."""
    return {name.replace("-", "_"): one_of_them(name, changes) for name in ALL}


def one_of_them(name: str, changes: Mapping[str, Mapping[str, str]]) -> Definition:
    """One of them, with its replacements."""
    return changed(f"{LINKED}/{name}", changes.get(name, {}), changes.get(f"{name}.texts", {}))


def proof_of(name: str, changes: Mapping[str, Mapping[str, str]] = _AS_IT_IS, leaving_out: str = "") -> Proof:
    """What is said of one of them, knowing the others."""
    known = {key: one for key, one in family(changes).items() if one.workflow != leaving_out}
    return prove_across(ground(one_of_them(name, changes), **known))


@pytest.mark.parametrize("name", ALL)
def test_linked_definitions_never_wait_for_ever(name):
    """Each wait has a moment beside it."""
    assert ("proven", ()) == (proof_of(name).answer, proof_of(name).findings)


def test_the_shipped_cycle_stands_alone():
    """It opens nothing and reads nothing."""
    assert "proven" == prove_across(ground(shipped())).answer


def test_a_definition_that_is_not_there_is_missed():
    """The annual cycle opens quarters; without their file nothing can be said, and that is an error."""
    proof = proof_of("annual", leaving_out="quarter")

    assert [("other_missing", "error")] == [(one.code, one.severity) for one in proof.findings]
    assert ("linked", "quarters", "workflow") == proof.findings[0].path


def test_what_is_not_published_is_not_seen():
    """The annual cycle waits for the unit's calibration, which the unit does not publish."""
    proof = proof_of("annual", {"unit-year": {"publishes: [calibrated]": "publishes: [session_open]"}})

    assert ["not_published"] == [one.code for one in proof.findings]
    assert "upon" == proof.findings[0].path[-1]


#: the annual case waits for the unit, the unit for its members, and nothing else leads on
FOR_EVER = {
    "annual": {
        ", missed: {at: 10 March next year, to: disclosed}": "",
        "running, rated, rating]": "running, disclosed]",
    },
    "unit-year": {
        "members reached rated": "members reached disclosed",
        ", list_closes: {at: 15 February next year, to: session_open}": "",
        "shows: members.rating, ": "",
    },
    "annual.texts": {
        "  missed: {id: Sidang unit tidak ditunggu, en: The unit's session is not waited for}\n": ""
    },
    "unit-year.texts": {"  list_closes: {id: Daftar ditutup, en: The list closes}\n": ""},
}


def test_definitions_that_wait_for_each_other_are_found():
    """Neither the case nor its unit's session ever moves: the circle is told, case by case."""
    proof = proof_of("annual", FOR_EVER)
    (finding,) = proof.findings

    assert ("refuted", "wait_for_ever") == (proof.answer, finding.code)
    assert ["annual.rated", "unit-year.collecting"] == finding.facts["circle"]
    assert 2 == len(finding.story)


def test_a_moment_on_one_side_ends_the_waiting():
    """Where the session closes its list on a day, the same circle is none."""
    one_side = {key: one for key, one in FOR_EVER.items() if key.startswith("annual")}
    listed = {
        "unit-year": {"members reached rated": "members reached disclosed", "shows: members.rating, ": ""}
    }

    assert "proven" == proof_of("annual", {**one_side, **listed}).answer


def test_waiting_for_a_superior_is_no_circle():
    """The chain of superiors ends at the top, whose superior's case counts as reached."""
    upwards = {
        "annual": {", not_waited: {at: 31 January, to: running}": ""},
        "annual.texts": {"  not_waited: {id: Tidak ditunggu lagi, en: Not waited for any longer}\n": ""},
    }

    assert "proven" == proof_of("annual", upwards).answer


def corrected(rules: Mapping[str, str] = _NOTHING, correction: Mapping[str, str] = _NOTHING) -> Proof:
    """What is said of a rated year and of what corrects it, each with replacements."""
    other = changed(f"{LINKED}/correction", correction)
    return prove_across(ground(changed(f"{LINKED}/rated", rules), correction=other))


@pytest.mark.parametrize("name", ["rated", "correction"])
@pytest.mark.parametrize("prover", [one for one in PROVERS if one is not prove_staffed])
def test_every_proof_holds_of_a_year_that_can_be_corrected_and_of_its_correction(name, prover):
    """An act of a closed case is no way out: nothing is stuck, late or seen too early because of it."""
    others = {one: changed(f"{LINKED}/{one}") for one in ("rated", "correction")}
    proof = prover(ground(changed(f"{LINKED}/{name}"), **others))

    assert ("proven", ()) == (proof.answer, proof.findings)


@pytest.mark.parametrize(
    ("rules", "correction", "words"),
    [
        ({}, {"publishes: [rating, score]": "publishes: rating"}, "'score' hangs on what is corrected"),
        (
            {},
            {"publishes: [rating, score]": "publishes: judging"},
            "publishes nothing that 'rated' publishes",
        ),
        ({}, {"number: 0..100": "number: 0..100, decimals: 1"}, "'rating' of 'correction' has another shape"),
        ({}, {'/ 10", decimals: 1': '/ 10", decimals: 2'}, "'score' of 'correction' has another shape"),
        ({}, {"corrected: {final: complete}": "corrected: {final: incomplete}"}, "never ends `complete`"),
        (
            {"publishes: [disclosed, rating, score]": "publishes: [rating, score, rating.points]"},
            {},
            "'rating.points' hangs on what is corrected",
        ),
    ],
)
def test_a_correction_that_could_replace_nothing_or_only_half_is_found(rules, correction, words):
    """Before anybody opens one."""
    proof = corrected(rules, correction)

    assert ("refuted", {"correction_unfit"}) == (proof.answer, {one.code for one in proof.findings})
    assert [] != [one for one in proof.findings if words in one.message.en]
