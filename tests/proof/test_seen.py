"""Seen rightly: nobody reads a judgement before its disclosure, nobody is asked about what they may not see."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from engine.core.proof.sight import prove_seen_rightly
from engine.core.visibility import readable
from tests.definitions_varied import FORK_RULES, FORK_TEXTS, varied
from tests.proof.grounds import NATIONAL, SMALL, changed, found, ground, practice, shipped
from tests.proof.seeds import SEEDS, caught
from tests.worlds import World, rating_time

NOTHING: Mapping[str, str] = {}
EMPLOYEE = "employee: [handed_over, disclosed]"
RATING = f"reviewer: [handed_over, reviewer_looks], {EMPLOYEE}, hr: [handed_over, disclosed]"


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
    assert ("error", "seen_too_early") in nationally(RATING, RATING.replace(EMPLOYEE, "employee: always"))


def test_a_grant_that_begins_before_the_writing_is_seen_too_early():
    """Once the case was running, the rating is readable as soon as it is written; the story tells the way there."""
    changed_rating = RATING.replace(EMPLOYEE, "employee: running")
    proof = prove_seen_rightly(ground(changed(NATIONAL, {RATING: changed_rating})))
    finding = next(one for one in proof.findings if one.code == "seen_too_early")

    assert ("visibility", "rating", "employee") == finding.path
    assert "former_rater_rates.rate_part" == finding.facts["ways"][-1]


def test_the_story_of_what_is_seen_too_early_is_true():
    """In the real case the employee of the shipped cycle reads no rating where that grant would have shown it."""
    world = rating_time()
    world.fire("rate", rating={"results": "as", "behaviour": "as", "reasons": "cukup"})
    assert "reviewer_looks" == world.case.state

    now = readable(shipped(), world.case, world.case.subject, ["employee"])
    early = changed(NATIONAL, {RATING: RATING.replace(EMPLOYEE, "employee: running")})

    assert "rating" not in now
    assert "rating" in readable(early, world.case, world.case.subject, ["employee"])


REOPENED = "tests/definitions/sighted"
#: the case may be disclosed before anybody has rated, and only the rater ever rates
UNRATED_RULES = {
    "nobody: {at: 30 working days after due, to: unrated}": "nobody: {at: 30 working days after due, to: disclosed}",
    "task: {who: reviewer, form: rating, shows": "task: {who: reviewer, shows",
}


def test_a_draft_that_waits_for_the_next_disclosure_is_not_seen_too_early():
    """Disclosed without a rating, sent back, rated: the employee reads it when it is disclosed again."""
    assert "seen_too_early" not in dict(
        map(reversed, found(prove_seen_rightly, changed(REOPENED, UNRATED_RULES)))
    )


def test_a_judgement_written_where_no_draft_waits_is_seen_too_early():
    """Behind the disclosure every version is open at once, so the first one must not be written there."""
    skipped = next(iter(UNRATED_RULES))
    rules = {skipped: UNRATED_RULES[skipped]}
    assert ("error", "seen_too_early") in found(prove_seen_rightly, changed(REOPENED, rules))


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


def decided(rules: Mapping[str, str], texts: Mapping[str, str] = FORK_TEXTS) -> list[tuple[str, str]]:
    """What is found in the small definition whose end depends on what the rater wrote, with these replacements."""
    return found(prove_seen_rightly, changed(SMALL, {**FORK_RULES, **rules}, texts))


def test_what_the_rater_wrote_may_be_told_at_the_end():
    """The ground of the tests below: disclosed when all is done, the verdict is seen rightly."""
    assert [] == decided({"hr: waiting}": "hr: waiting}\n  verdict: {rater: always, employee: done}"})


def test_a_journal_that_copies_a_judgement_is_as_secret_as_the_judgement():
    """The act that judges writes an entry as well, and the employee reads the journal from the start."""
    rules = {
        "agree: {to: waiting, notify: employee}": "agree: {form: verdict, adds: remarks, to: waiting}",
        "\nphases:\n": "\njournals:\n  remarks: {by: rater, form: verdict}" + FORK_RULES["\nphases:\n"],
        "hr: waiting}": "hr: waiting}\n  verdict: {rater: always, employee: done}\n  remarks: {employee: always}",
    }
    texts = {
        **FORK_TEXTS,
        "\nfigures:\n": "\njournals:\n  remarks: {id: Catatan penilai, en: Remarks}\nfigures:\n",
    }

    assert ("error", "seen_too_early") in decided(rules, texts)


def test_a_text_to_be_signed_before_its_disclosure_is_found():
    """Whoever signs reads what they sign, and the employee was to read the verdict at the end only."""
    rules = {
        "    waiting:\n": "    waiting:\n      gather: {who: [employee, rater], sign: verdict, due: 3 working days}\n",
        "year_over: {at: period.to, to: done}": (
            "signed: {upon: gathered, to: fork}\n        year_over: {at: period.to, to: fork}"
        ),
        "hr: waiting}": "hr: waiting}\n  verdict: {rater: always, employee: done}",
    }
    texts = {
        **FORK_TEXTS,
        "\nautomatic:\n": "\nautomatic:\n  signed: {id: Ditandatangani, en: Signed}\n",
    }

    assert [("error", "shown_too_early")] == decided(rules, texts)


def test_a_figure_shown_before_its_judgement_is_disclosed_is_found():
    """The figure has no grant of its own: it is as secret as the verdict it is worked out from."""
    rules = {
        "\nfigures:\n": '\nfigures:\n  doubled: {formula: "verdict.points * 2"}\n',
        "    waiting:\n": "    waiting:\n      task: {who: employee, shows: doubled, due: 3 working days}\n",
        "hr: waiting}": "hr: waiting}\n  verdict: {rater: always, employee: done}",
    }
    texts = {**FORK_TEXTS, "\nfigures:\n": "\nfigures:\n  doubled: {id: Dua kali, en: Twice}\n"}

    assert ("error", "shown_too_early") in decided(rules, texts)


def test_answers_that_decide_are_a_judgement_under_a_name_of_their_own():
    """Two officials are asked, their mean decides, and the employee would read each answer at once."""
    rules = {
        "\nfigures:\n": "\nfigures:\n  mark: {mean: views.points, decimals: 1}\n",
        "task: {who: rater, shows: plan, due: checking_time}": (
            "gather: {who: [rater, hr], form: verdict, as: views, shows: plan, due: checking_time}"
        ),
        "agree: {to: waiting, notify: employee}": "agree: {upon: gathered, to: waiting}",
        "return: {to: drafting, reason: required, at_most: 2, then: waiting}": "",
        "\nphases:\n": FORK_RULES["\nphases:\n"].replace("verdict.points > 3", "mark > 3"),
        "hr: waiting}": "hr: waiting}\n  views: {rater: always, employee: always}",
    }
    texts = {
        **FORK_TEXTS,
        "\nfigures:\n": "\ngatherings:\n  views: {id: Penilaian, en: Views}\nfigures:\n  mark: {id: Nilai, en: Mark}\n",
        "  agree: {id: Sepakati, en: Agree}\n  return: {id: Kembalikan, en: Return}\n": "",
        "\nautomatic:\n": "\nautomatic:\n  agree: {id: Semua menjawab, en: All have answered}\n",
    }

    assert ("error", "seen_too_early") in decided(rules, texts)


TRACKED = "tests/definitions/linked/tracked"
#: how the case ends depends on what the rater writes in a track
MARKS_DECIDE = {
    'sum_up: {to: done, when: "weights == 100"}': (
        "sum_up: {when: 'weights == 100', "
        "choose: [{when: \"marks.service == 'low'\", to: incomplete}, {otherwise: done}]}"
    )
}


def test_what_is_written_in_a_track_is_seen_too_early_since_a_state_of_its_case():
    """The case is measuring all the while the rater marks, so the marks would be read as they are written."""
    early = {**MARKS_DECIDE, "marks: {employee: marked}": "marks: {employee: measuring}"}

    assert [] == found(prove_seen_rightly, changed(TRACKED, MARKS_DECIDE))
    assert [("error", "seen_too_early")] == found(prove_seen_rightly, changed(TRACKED, early))


def test_what_is_written_in_the_case_is_seen_too_early_since_a_state_of_its_track():
    """Results are entered long before the rater sums up, and the summary would be read as it is written."""
    rules = {
        "summary: {says: {text: 500}}": "summary: {says: {text: 500}, fit: {choice: [low, high]}}",
        'sum_up: {to: done, when: "weights == 100"}': (
            "sum_up: {when: 'weights == 100', "
            "choose: [{when: \"summary.fit == 'low'\", to: incomplete}, {otherwise: done}]}"
        ),
    }
    texts = {"  summary.says:": "  summary.fit: {id: Cakap, en: Fit}\n  summary.says:"}
    early = {**rules, "summary: {employee: done}": "summary: {employee: entered}"}

    assert [] == found(prove_seen_rightly, changed(TRACKED, rules, texts))
    assert [("error", "seen_too_early")] == found(prove_seen_rightly, changed(TRACKED, early, texts))


def test_a_grant_since_a_state_of_a_track_is_not_sure_where_the_track_may_be_unfinished():
    """When the list closes early, nothing was entered, and the rater is asked about what they may not read."""
    hidden = {"shows: [marks, results, weights], ": ""}
    joined = {
        **hidden,
        ", list_closes: {at: day 20 of month 1 after period.to, to: summing_up}": "",
        "none: {at: due, to: not_entered}": "none: {at: due, to: entered}",
        "    not_entered: {final: incomplete}\n": "",
    }
    texts = {
        "  list_closes: {id: Daftar ditutup, en: The list closes}\n": "",
        "      not_entered: {id: Hasil tidak diisi, en: Results not entered}\n": "",
    }

    assert [("error", "asked_unseen")] == found(prove_seen_rightly, changed(TRACKED, hidden))
    assert [] == found(prove_seen_rightly, changed(TRACKED, joined, texts))


def looking_on(role: str, begins: str, rules: Mapping[str, str] = NOTHING) -> list[tuple[str, str]]:
    """What is found in the national cycle if one more role reads the rating since so and so."""
    definition = changed(
        NATIONAL,
        {
            "\nforms:\n": f"\n  panel: {role}\nforms:\n",
            RATING: RATING.replace(EMPLOYEE, f"{EMPLOYEE}, panel: {begins}"),
            **rules,
        },
        {"\nroles:\n": "\nroles:\n  panel: {id: Majelis etik, en: Ethics panel}\n"},
    )
    return found(prove_seen_rightly, definition)


COMMITTEE = "{committee: ethics, of: employee, not: employee}"


@pytest.mark.parametrize("role", [COMMITTEE, "{desk: legal, of: employee, not: employee}"])
@pytest.mark.parametrize("begins", ["always", "running", "reviewer_looks", "[recognised, reviewer_looks]"])
def test_an_onlooker_may_not_read_a_rating_before_its_disclosure(role, begins):
    """They have nothing to do in the case, and would know the rating before the employee does."""
    assert [("error", "seen_by_onlooker")] == looking_on(role, begins)


@pytest.mark.parametrize(
    ("role", "begins"),
    [
        (COMMITTEE, "disclosed"),
        ("{desk: personnel, of: employee, not: employee}", "reviewer_looks"),
        ("{head_of: employee, as_of: now, not: employee}", "reviewer_looks"),
    ],
)
def test_who_reads_after_the_disclosure_or_is_next_in_line_is_no_onlooker(role, begins):
    """Heads, superiors and the personnel desk may have to take over any task; the auditor is meant to read."""
    assert [] == looking_on(role, begins)


def test_whoever_works_with_the_rating_is_no_onlooker():
    """The same committee, once it may give the rating back."""
    work = {
        "give_back: {to: rater_rates, reason: required, at_most: 1}": (
            "give_back: {by: [reviewer, panel], to: rater_rates, reason: required, at_most: 1}"
        )
    }

    assert [] == looking_on(COMMITTEE, "reviewer_looks", work)


def test_the_story_of_an_onlooker_is_true():
    """In the real case a member of the committee reads the rating that the employee may not read yet."""
    seed = next(one for one in SEEDS if one.code == "seen_by_onlooker")
    finding = next(one for one in caught(seed) if one.code == seed.code)
    early = changed(seed.file, seed.rules, seed.texts)
    world = rating_time()
    world.fire("rate", rating={"results": "as", "behaviour": "as", "reasons": "cukup"})

    assert "rater_rates.rate" == finding.facts["ways"][-1]
    assert "rating" in readable(early, world.case, "nobody", ["panel"])
    assert "rating" not in readable(early, world.case, world.case.subject, ["employee"])


#: the allowance, with its employee shown how the year was scored
SHOWN = {
    "task: {who: rater, form: grant, shows: year.score, due: 20 working days}": (
        "task: {who: employee, form: grant, shows: year.score, due: 20 working days}"
    )
}
#: the rating is disclosed only to whom nobody rated: a mistake, and the shortest one there is
HIDDEN = {
    "  rating: {employee: disclosed": "  rating: {employee: unrated",
    "  score: {employee: disclosed": "  score: {employee: unrated",
}


def allowed(rules: Mapping[str, str], rated: Mapping[str, str]) -> list[str]:
    """What is found in the allowance, beside the year that it reads."""
    other = changed("tests/definitions/linked/rated", rated)
    proof = prove_seen_rightly(ground(changed("tests/definitions/linked/allowance", rules), rated=other))
    return [one.code for one in proof.findings]


def test_a_score_of_another_case_is_shown_to_the_employee_only_once_it_is_disclosed_there():
    assert [] == allowed(SHOWN, {})
    assert [] == allowed({}, HIDDEN)
    assert ["shown_before_other"] == allowed(SHOWN, HIDDEN)


def waiting_for(state: str) -> list[str]:
    """What is found if a case of the superior's is waited for before its rating is shown."""
    rules = {
        "task: {who: employee, form: report, shows: [plan, daily, quarters],": (
            "task: {who: employee, form: report, shows: [plan, daily, quarters, superior.rating],"
        ),
        "year_over: {at: period.to,": f"year_over: {{upon: superior reaches {state},",
    }
    return [code for _, code in found(prove_seen_rightly, practice("asn-tahunan", rules))]


def test_who_has_waited_for_the_disclosure_may_be_shown_the_rating():
    """What is read once the other case has disclosed it is no secret; once it is only rated, it is one."""
    assert ["shown_before_other"] == waiting_for("reviewer_looks")
    assert [] == waiting_for("disclosed")
