"""Kept: each promise on all paths, with a day or without; and the sentence people read."""

from __future__ import annotations

from datetime import date

import pytest

from engine.core.definition import Definition
from engine.core.parse import read, reopen
from engine.core.promise_words import say_promise
from engine.core.proof import promising
from engine.core.proof.promising import prove_kept
from tests.proof.grounds import NATIONAL, SMALL, changed, ground, practice
from tests.worlds import ROOT, World, plan, rating_time

_PLACE = "\nvisibility:"


def promising_that(name: str, promise: str) -> Definition:
    """A definition that promises this as well."""
    return changed(name, {_PLACE: f"\npromises: [{promise}]{_PLACE}"})


#: something that only a person brings about, once nobody is passed over in silence
FOLLOWS = "{after: submit, always: waiting}"


def verdict(promise: str, name: str = NATIONAL) -> str:
    """What the proof says of one promise."""
    proof = prove_kept(ground(promising_that(name, promise)))
    (one,) = proof.facts["verdicts"]  # type: ignore[misc]
    return str(one)


KEPT = (
    "{never: disclosed, before: rater_rates}",
    "{never: disclosed, before: rate}",
    "{never: submit, before: employee_drafts}",
    "{after: disclosed, never: rater_rates}",
    "{after: rate, always: reviewer_looks}",
    "{after: rater_signs, never: employee_signs}",
    "{at_most: 2, of: reviewer_looks}",
    "{at_most: 6, of: revise}",
    "{at_most: 5, of: employee_drafts}",
    "{never_same: [submit, agree]}",
    "{never_same: [rate, seen]}",
    "{after: employee_explains, always: reviewer_rules, within: 60 working days}",
    "{ends_by: 2031-12-31}",
)
BROKEN = (
    "{never: disclosed, before: seen}",
    "{never: running, before: submit}",
    "{never: employee_drafts, before: submit}",
    "{after: submit, never: employee_drafts}",
    "{after: running, never: running}",
    "{after: employee_explains, always: uphold}",
    "{after: employee_explains, always: reviewer_rules, within: 5 working days}",
    "{at_most: 1, of: reviewer_looks}",
    "{at_most: 6, of: running}",
    "{ends_by: 31 July next year}",
    "{never_same: [rate, award]}",
    "{never_same: [uphold, seen]}",
)


@pytest.mark.parametrize("promise", KEPT)
def test_what_the_national_cycle_keeps_is_proven(promise):
    """On all paths, whoever is silent."""
    assert "always" == verdict(promise)


@pytest.mark.parametrize("promise", BROKEN)
def test_what_the_national_cycle_does_not_keep_is_refuted_with_a_story(promise):
    """A broken promise is an error, and the case that breaks it is told."""
    proof = prove_kept(ground(promising_that(NATIONAL, promise)))
    (finding,) = proof.findings

    assert ("refuted", "promise_broken", "error") == (proof.answer, finding.code, finding.severity)
    assert ("promises", 0) == finding.path
    assert all(line.id != "" and line.en != "" for line in finding.story)
    assert len(finding.story) > 0


def test_a_promise_that_needs_people_says_so():
    """Nothing but a person leads on, so it is kept if tasks are done by due."""
    waiting = changed(
        SMALL,
        {
            "        silent: {at: 20 working days after due, to: waiting}\n": "",
            _PLACE: f"\npromises: [{FOLLOWS}, {FOLLOWS[:-1]}, within: 1 year}}]{_PLACE}",
        },
        {"  silent: {id: Diteruskan tanpa tanggapan, en: Passed on without an answer}\n": ""},
    )
    proof = prove_kept(ground(waiting))

    assert {"verdicts": ["if_done_by_due", "if_done_by_due"]} == proof.facts
    assert "proven" == proof.answer


def test_the_way_that_breaks_a_promise_can_really_be_gone():
    """Its acts lead the real case twice to where it was promised to come but once."""
    proof = prove_kept(ground(promising_that(NATIONAL, "{at_most: 1, of: reviewer_looks}")))
    ways = proof.findings[0].facts["ways"]
    world = rating_time()
    rating = {"results": "as", "behaviour": "as", "reasons": "cukup"}
    world.fire("rate", rating=rating)
    world.fire("give_back", reason="lengkapi")
    world.fire("rate", rating=rating)

    assert ["rater_rates.rate", "reviewer_looks.give_back", "rater_rates.rate"] == ways[-3:]
    assert 2 == world.trail.count("reviewer_looks")


def test_a_day_that_is_kept_is_kept_by_the_real_case():
    """Nobody does anything: the case explained late is before the reviewer within the days promised."""
    world = rating_time()
    world.fire("rate", rating={"results": "as", "behaviour": "as", "reasons": "cukup"})
    world.fire("seen")
    world.fire("object", objection={"grounds": "keliru", "evidence": []})
    begun = world.today
    world.wait(60)
    trail = [one.case for one in world.steps if one.case.state == "reviewer_rules"]

    assert "always" == verdict("{after: employee_explains, always: reviewer_rules, within: 20 working days}")
    assert date(2027, 1, 4) == begun
    assert len(trail) > 0


def test_counts_that_are_too_many_prove_nothing(monkeypatch):
    """Where not every count was looked at, the answer is "not proven"."""
    monkeypatch.setattr(promising, "MOST_COUNTS", 5)
    proof = prove_kept(ground(promising_that(NATIONAL, "{at_most: 5, of: employee_drafts}")))

    assert "not_proven" == proof.answer
    assert ["promise_not_proven"] == [one.code for one in proof.findings]


def test_a_definition_without_promises_keeps_them_all():
    """Nothing is promised, nothing is broken."""
    proof = prove_kept(ground(changed(NATIONAL)))

    assert ("proven", ()) == (proof.answer, proof.findings)


@pytest.mark.parametrize(
    ("promise", "verdict"),
    [
        ("{after: mark, always: marked, within: 1 day}", "always"),
        ("{after: rater_marks, always: marked, within: 15 working days}", "no"),
        ("{never: entered, before: enter}", "always"),
        ("{never: stopped, before: measuring}", "always"),
    ],
)
def test_a_promise_may_be_about_one_track(promise, verdict):
    """Names of one track are walked there; names of the case in the case, also those that a track has too."""
    tracked = promising_that("tests/definitions/linked/tracked", promise)
    proof = prove_kept(ground(tracked))

    assert [verdict] == proof.facts["verdicts"]
    assert "track" not in proof.lines[0].en


def test_a_promise_that_every_track_knows_is_kept_by_each():
    """Each track has its own name for being stopped at once, and each breaks it by itself."""
    tracked = promising_that("tests/definitions/linked/tracked", "{never: none, before: stopped}")
    proof = prove_kept(ground(tracked))

    assert ["no", "no"] == proof.facts["verdicts"]
    assert [("promises", 0)] * 2 == [one.path for one in proof.findings]


def test_a_promise_reads_as_a_sentence_in_both_languages():
    """The sentence is made from the labels of states and ways."""
    definition = promising_that(
        NATIONAL, "{after: employee_explains, always: reviewer_rules, within: 60 working days}"
    )
    said = say_promise(definition, definition.promises[0])

    assert (
        "After “Employee explains”, always “Rater's superior decides the objection” within 60 working days."
        == said.en
    )
    assert said.id.endswith("selalu “Atasan pejabat penilai memutus keberatan” dalam 60 hari kerja.")


def test_promises_are_part_of_a_stored_definition():
    """Reopened from its canonical form, a definition promises the same, in the same order."""
    rules = (ROOT / "tests/definitions/whole.yaml").read_text(encoding="utf-8")
    texts = (ROOT / "tests/definitions/whole.texts.yaml").read_text(encoding="utf-8")
    definition = read(rules, texts)

    assert 6 == len(definition.promises)
    assert definition.promises == reopen(definition.source).promises


def test_a_case_of_the_small_cycle_may_be_returned_twice():
    """The cap of two returns lets a plan be drafted three times, and the real case is not drafted a fourth time."""
    assert "always" == verdict("{at_most: 3, of: drafting}", SMALL)
    assert "no" == verdict("{at_most: 2, of: drafting}", SMALL)

    world = World(definition=SMALL)
    goals = {"goals": [{"title": one["title"], "weight": one["weight"]} for one in plan(100)["results"]]}
    for _ in range(3):
        world.fire("submit", plan=goals)
        world.fire("return", reason="lagi")

    assert 3 == world.trail.count("drafting")
    assert "waiting" == world.case.state


def test_a_promise_is_judged_only_on_days_on_which_it_can_begin():
    """Nobody can object before the window opens: objecting on the first day of the quarter is no witness."""
    definition = practice("kemenkeu-triwulan")
    proof = prove_kept(ground(definition, unit=practice("kemenkeu-unit")))

    assert ("proven", ()) == (proof.answer, proof.findings)
    assert any(
        "within 15 working days" in line.en and "If tasks are done by due" in line.en for line in proof.lines
    )


def test_nobody_acts_in_a_state_that_is_entered_after_its_moment():
    """Plans can be revised until the year is over, and not once more after each revision signed in the next one."""
    proof = prove_kept(ground(practice("asn-tahunan")))
    said = [line.en for line in proof.lines]

    assert ("proven", ()) == (proof.answer, proof.findings)
    assert any("Every case ends by 31 August" in line and "If tasks are done by due" in line for line in said)
