"""Seen rightly: nobody reads a judgement before its disclosure, nobody is asked about what they may not see."""

from __future__ import annotations

from engine.core.proof.sight import prove_seen_rightly
from engine.core.visibility import readable
from tests.definitions_varied import varied
from tests.proof.grounds import NATIONAL, SMALL, changed, found, ground, practice, shipped
from tests.worlds import World, rating_time

RATING = "rating:      {rater: rater_rates, reviewer: reviewer_looks, employee: disclosed, hr: disclosed"


def nationally(before: str, after: str) -> list[tuple[str, str]]:
    """What is found in the national cycle with this replacement."""
    return found(prove_seen_rightly, changed(NATIONAL, {before: after}))


def test_the_shipped_cycle_is_seen_rightly():
    """The rating, the outcome and the decree are judgements, and each is read only once it is disclosed."""
    proof = prove_seen_rightly(ground(shipped()))

    assert ("proven", ()) == (proof.answer, proof.findings)
    assert ["decree", "outcome", "rating"] == proof.facts["judgements"]


def test_a_judgement_that_is_always_granted_is_seen_too_early():
    """The employee would read the rating the moment it is written."""
    assert ("error", "seen_too_early") in nationally(
        RATING, RATING.replace("employee: disclosed", "employee: always")
    )


def test_a_grant_that_begins_before_the_writing_is_seen_too_early():
    """Once the case was running, the rating is readable as soon as it is written; the story tells the way there."""
    changed_rating = RATING.replace("employee: disclosed", "employee: running")
    proof = prove_seen_rightly(ground(changed(NATIONAL, {RATING: changed_rating})))
    finding = next(one for one in proof.findings if one.code == "seen_too_early")

    assert ("visibility", "rating", "employee") == finding.path
    assert "rater_rates.rate" == finding.facts["ways"][-1]


def test_the_story_of_what_is_seen_too_early_is_true():
    """In the real case the employee of the shipped cycle reads no rating where that grant would have shown it."""
    world = rating_time()
    world.fire("rate", rating={"results": "as", "behaviour": "as", "reasons": "cukup"})
    assert "reviewer_looks" == world.case.state

    now = readable(shipped(), world.case, world.case.subject, ["employee"])
    early = changed(NATIONAL, {RATING: RATING.replace("employee: disclosed", "employee: running")})

    assert "rating" not in now
    assert "rating" in readable(early, world.case, world.case.subject, ["employee"])


def test_a_task_that_shows_a_judgement_before_its_grant_is_found():
    """What a task shows is read by whoever holds it."""
    assert ("error", "shown_too_early") in nationally(
        "task: {who: employee, form: report, shows: plan,",
        "task: {who: employee, form: report, shows: [plan, rating],",
    )


def test_a_figure_wider_than_its_inputs_is_found():
    """Whoever reads the predicate early can guess the rating."""
    assert [("error", "figure_wider")] == nationally(
        "  objection:   {employee: always,", "  predicate: {hr: running}\n  objection:   {employee: always,"
    )


def test_an_act_that_asks_about_what_is_hidden_is_found(tmp_path):
    """The rater may agree only to a hundred, and is not shown what adds up to it."""
    rules = {
        "task: {who: rater, shows: plan, due: checking_time}": "task: {who: rater, due: checking_time}",
        "agree: {to: waiting, notify: employee}": "agree: {to: waiting, when: 'weights == 100', notify: employee}",
        "rater: checking": "rater: waiting",
    }
    texts = {"\nrefusals:\n": "\nrefusals:\n  checking.agree: {id: Belum 100, en: Not 100}\n"}

    assert [("error", "asked_unseen")] == found(prove_seen_rightly, changed(SMALL, rules, texts))

    world = World(definition=varied(tmp_path, rules, texts))
    world.fire("submit", plan={"goals": [{"title": "satu", "weight": 100}]})
    rater = world.case.task.holder
    assert "plan" not in readable(world.machine.definition, world.case, rater, ["rater"])


def test_a_grant_that_never_begins_is_warned_of():
    """No case comes to the state, so nobody ever reads by it."""
    rules = {
        "weights == 100": "weights == 501",
        "late: {at: 10 working days after due, to: checking}": "late: {at: 10 working days after due, to: waiting}",
    }

    assert ("warning", "grant_never") in found(prove_seen_rightly, changed(SMALL, rules))


def test_a_figure_over_other_cases_is_no_wider_than_they_are():
    """What a case publishes is open to the readers of the case that counts it; there is no grant to be stricter."""
    rules = {
        "publishes: [calibrated]": "figures: {highest: {count: members.rating, where: \"result == 'above'\"}}\n"
        "publishes: [calibrated]",
        "  closed: {calibrated: {final: complete}}": "  closed: {calibrated: {final: complete}}\n"
        "visibility: {highest: {hr: always}, session: {hr: always}}",
    }
    texts = {"\nforms:\n": "\nfigures:\n  highest: {id: Tertinggi, en: Highest}\nforms:\n"}

    assert [] == found(prove_seen_rightly, changed("tests/definitions/linked/unit-year", rules, texts))


def test_a_figure_over_answers_without_names_may_be_granted_by_itself():
    """Nobody ever reads a single evaluator's marks; their mean is disclosed, as its author says."""
    definition = practice("kemenkeu-triwulan")
    proof = prove_seen_rightly(ground(definition))

    assert ("views", "auditor") in {(grant.what, grant.role) for grant in definition.grants}
    assert ("behaviour", "employee") in {(grant.what, grant.role) for grant in definition.grants}
    assert ("proven", ()) == (proof.answer, proof.findings)


def test_a_figure_over_answers_with_names_is_not_wider_than_they_are():
    """The same marks with names: their mean tells of what the reader may not read."""
    definition = practice("kemenkeu-triwulan", {", anonymous: 3": ""})

    assert ("error", "figure_wider") in found(prove_seen_rightly, definition)
