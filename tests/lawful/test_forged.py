"""Unlawful histories, told by entries that are whole and well formed: each is named, at the entry where it happened."""

from __future__ import annotations

import random
from typing import Any

import pytest

from engine.lawful.report import LAWFUL, NOT_JUDGED, UNLAWFUL
from tests.lawful.lives import Told, engine_says, honest, judged, later, nth, renumbered, rules


def test_an_honest_life_is_lawful_and_its_promises_are_told():
    """Undone, paused, extended, late, returned, gathered, closed: nothing is said against it."""
    report = judged(honest())

    assert [] == report.breaches
    assert (LAWFUL, 1, len(honest())) == (report.code, report.cases, report.entries)
    assert engine_says() == report.standings["case/c-1"]
    assert {2, 3} == {number for _, number, _ in report.broken}


def _at_of_before(entries: list[Told], one: Told) -> None:
    one["at"] = entries[entries.index(one) - 1]["at"]


def early_rung(entries: list[Told]) -> Told:
    one = nth(entries, "rung")
    _at_of_before(entries, one)
    return one


def second_rung(entries: list[Told]) -> Told:
    one = nth(entries, "rung")
    again = {**one}
    entries.insert(entries.index(one) + 1, again)
    renumbered(entries)
    return again


def rung_of_no_ladder(entries: list[Told]) -> Told:
    one = nth(entries, "rung")
    one["cause"]["rung"] = 9
    return one


def rung_of_another_ladder(entries: list[Told]) -> Told:
    one = nth(entries, "rung", ladder="standard")
    one["cause"]["ladder"] = "gentle"
    return one


def rung_of_another_day(entries: list[Told]) -> Told:
    one = nth(entries, "rung")
    one["cause"]["due"] = later(one["cause"]["due"], -1)
    return one


def rung_that_takes_work_away(entries: list[Told]) -> Told:
    one = nth(entries, "rung", deadline="task", rung=0)
    one["reassigned"] = {"from": one["subject"], "role": "employee", "person": "p-0001"}
    return one


def own_case(entries: list[Told]) -> Told:
    one = nth(entries, "moved", act="checking.agree")
    one["actor"] = {"person": one["subject"]}
    return one


def work_of_another(entries: list[Told]) -> Told:
    one = nth(entries, "moved", act="checking.agree")
    one["actor"] = {"person": "p-0001"}
    return one


def wrong_role(entries: list[Told]) -> Told:
    one = nth(entries, "moved", act="checking.agree")
    one["cause"]["role"] = "hr"
    return one


def behalf_of_nobody(entries: list[Told]) -> Told:
    one = nth(entries, "moved", act="reviewing.close")
    one["actor"] = {**one["actor"], "behalf": "p-0002"}
    return one


def unknown_way(entries: list[Told]) -> Told:
    one = nth(entries, "moved", act="checking.agree")
    one["cause"]["act"] = "checking.wave_through"
    return one


def skipped_state(entries: list[Told]) -> Told:
    one = nth(entries, "moved", act="checking.agree")
    one["to"] = "waiting"
    return one


def other_rules(entries: list[Told]) -> Told:
    one = nth(entries, "moved", act="checking.agree")
    one["definition"] = "0" * 64
    return one


def begins_elsewhere(entries: list[Told]) -> Told:
    one = entries[0]
    one["to"] = "checking"
    return one


def deadline_a_day_later(entries: list[Told]) -> Told:
    one = nth(entries, "moved", act="checking.agree")
    clock = next(each for each in one["clocks"] if each[0] == "task")
    clock[1] = later(clock[1], 1)
    return one


def deadline_of_a_moment(entries: list[Told]) -> Told:
    one = nth(entries, "moved", moment="sharing.enough")
    clock = next(each for each in one["clocks"] if each[0] == "move:waiting.over")
    clock[1] = later(clock[1], -7)
    return one


def no_deadline(entries: list[Told]) -> Told:
    one = nth(entries, "moved", act="checking.agree")
    one["clocks"] = [each for each in one["clocks"] if each[0] != "task"]
    return one


def promise_runs_longer(entries: list[Told]) -> Told:
    one = entries[0]
    clock = next(each for each in one["clocks"] if each[0] == "promise:4")
    clock[1] = later(clock[1], 30)
    return one


def undone_too_late(entries: list[Told]) -> Told:
    one, moved = nth(entries, "undone"), nth(entries, "moved", act="drafting.submit")
    one["at"] = moved["undo_until"]
    return one


def undone_by_another(entries: list[Told]) -> Told:
    one = nth(entries, "undone")
    one["actor"] = {"person": "p-0001"}
    return one


def undone_what_was_not(entries: list[Told]) -> Told:
    one = nth(entries, "undone")
    one["cause"]["undoes"] = 1
    return one


def undo_for_days(entries: list[Told]) -> Told:
    one = nth(entries, "moved", act="drafting.submit")
    one["undo_until"] = "2025-12-31T00:00:00.000000Z"
    return one


def no_reason(entries: list[Told]) -> Told:
    one = nth(entries, "moved", act="checking.return")
    del one["content"]["reason"]
    return one


def extended_without_a_reason(entries: list[Told]) -> Told:
    one = nth(entries, "extended")
    del one["content"]
    return one


def extended_by_oneself(entries: list[Told]) -> Told:
    one = nth(entries, "extended")
    one["actor"] = {"person": one["subject"]}
    return one


def extended_too_far(entries: list[Told]) -> Told:
    one = nth(entries, "extended")
    one["due"]["to"] = later(one["due"]["to"], 7)
    return one


def extended_by_the_timer(entries: list[Told]) -> Told:
    one = nth(entries, "extended")
    one["actor"] = {"timer": True}
    return one


def paused_for_nothing_known(entries: list[Told]) -> Told:
    one = nth(entries, "paused")
    one["cause"]["paused"] = "football"
    return one


def paused_for_years(entries: list[Told]) -> Told:
    one = nth(entries, "paused")
    one["cause"]["until"] = "2028-01-01"
    return one


def fixed_date_paused(entries: list[Told]) -> Told:
    one = nth(entries, "paused")
    one["cause"]["clocks"] = ["case"]
    return one


def moment_too_early(entries: list[Told]) -> Told:
    one = nth(entries, "moved", moment="waiting.over")
    _at_of_before(entries, one)
    return one


def moment_by_hand(entries: list[Told]) -> Told:
    one = nth(entries, "moved", moment="waiting.over")
    one["actor"] = {"person": "p-0001"}
    return one


def punctual_on_paper(entries: list[Told]) -> Told:
    one = nth(entries, "moved", moment="waiting.over")
    one["late_us"] = 5_000_000
    return one


def gathered_without_answers(entries: list[Told]) -> Told:
    one = nth(entries, "moved", moment="sharing.enough")
    entries.remove(nth(entries, "answered"))
    renumbered(entries)
    return one


def answered_by_nobody_asked(entries: list[Told]) -> Told:
    one = nth(entries, "answered")
    one["actor"] = {"person": "p-0001"}
    return one


def given_their_own_rating(entries: list[Told]) -> Told:
    one = nth(entries, "moved", act="drafting.submit")
    found = next(each for each in one["found"] if each["role"] == "rater")
    found["person"] = one["subject"]
    return one


def closed_and_still_moving(entries: list[Told]) -> Told:
    again = {**nth(entries, "extended"), "at": entries[-1]["at"]}
    again |= {"from": entries[-1]["to"], "to": entries[-1]["to"], "visit": entries[-1]["visit"] + 1}
    entries.append(again)
    renumbered(entries)
    return again


def not_told_as_over(entries: list[Told]) -> Told:
    one = entries[-1]
    del one["ended"]
    return one


def another_visit(entries: list[Told]) -> Told:
    one = nth(entries, "moved", act="checking.agree")
    one["visit"] = 1
    return one


def back_in_time(entries: list[Told]) -> Told:
    one = nth(entries, "moved", act="reviewing.close")
    one["at"] = entries[0]["at"]
    return one


def another_employee(entries: list[Told]) -> Told:
    one = nth(entries, "moved", act="checking.agree")
    one["subject"] = "p-0001"
    return one


FORGED = [
    (early_rung, "early"), (second_rung, "rung"), (rung_of_no_ladder, "rung"), (rung_of_another_ladder, "rung"),
    (rung_of_another_day, "deadline"), (rung_that_takes_work_away, "rung"), (own_case, "role"),
    (work_of_another, "role"), (wrong_role, "role"), (behalf_of_nobody, "role"), (unknown_way, "way"),
    (skipped_state, "way"), (other_rules, "rules"), (begins_elsewhere, "way"), (deadline_a_day_later, "deadline"),
    (deadline_of_a_moment, "deadline"), (no_deadline, "deadline"), (promise_runs_longer, "deadline"),
    (undone_too_late, "undo"), (undone_by_another, "undo"), (undone_what_was_not, "undo"), (undo_for_days, "undo"),
    (no_reason, "reason"), (extended_without_a_reason, "reason"), (extended_by_oneself, "own case"),
    (extended_too_far, "extension"), (extended_by_the_timer, "role"), (paused_for_nothing_known, "pause"),
    (paused_for_years, "pause"), (fixed_date_paused, "pause"), (moment_too_early, "early"), (moment_by_hand, "role"),
    (punctual_on_paper, "lateness"), (gathered_without_answers, "facts"), (answered_by_nobody_asked, "role"),
    (given_their_own_rating, "own case"), (closed_and_still_moving, "end"), (not_told_as_over, "end"),
    (another_visit, "visit"), (back_in_time, "time"), (another_employee, "begin"),
]  # fmt: skip


@pytest.mark.parametrize(("forge", "rule"), FORGED, ids=[one.__name__ for one, _ in FORGED])
def test_it_is_named_where_it_happened(forge: Any, rule: str) -> None:
    entries = honest()
    at = forge(entries)
    report = judged(entries)

    assert UNLAWFUL == report.code
    assert (at["seq"], rule) in {(one.seq, one.rule) for one in report.breaches}
    assert at["seq"] == report.breaches[0].seq
    assert all(one.said and one.lawful for one in report.breaches)


def test_whoever_did_one_thing_is_not_given_what_is_kept_apart_from_it():
    changed = rules()
    changed["rules"]["roles"]["head"]["not"] = "rater"
    entries = honest()
    assert LAWFUL == judged(entries, changed).code
    one = nth(entries, "moved", act="checking.agree")
    rater = next(each["person"] for each in one["found"] if each["role"] == "rater")
    for each in one["found"]:
        each["person"] = rater
    report = judged(entries, changed)

    assert (one["seq"], "duties") in {(each.seq, each.rule) for each in report.breaches}


def test_a_way_that_may_be_taken_once_is_not_taken_twice():
    changed = rules()
    changed["rules"]["phases"]["planning"]["checking"]["transitions"]["return"]["at_most"] = "1"
    entries = honest()
    report = judged(entries, changed)
    second = nth(entries, "moved", 1, act="checking.return")

    assert (second["seq"], "way") == (report.breaches[0].seq, report.breaches[0].rule)


def test_a_condition_that_is_not_recorded_as_true_lets_nobody_through():
    changed = rules()
    changed["rules"]["phases"]["planning"]["checking"]["transitions"]["agree"]["when"] = "points > 3"
    entries = honest()
    one = nth(entries, "moved", act="checking.agree")
    one["guards"] = {"checking.agree": True}
    assert LAWFUL == judged(entries, changed).code
    one["guards"] = {"checking.agree": False}

    assert {"guards"} == {each.rule for each in judged(entries, changed).breaches}


def test_rules_that_were_published_after_the_case_began_are_not_its_rules():
    entries = honest()
    digest = entries[0]["definition"]
    published = {"stream": "definitions", "seq": 1, "kind": "published", "definition": digest}
    before = [{**published, "at": "2025-01-01T00:00:00.000000Z"}, *entries]
    after = [*entries, {**published, "at": "2026-12-01T00:00:00.000000Z"}]

    assert LAWFUL == judged(before).code
    assert ["rules"] == [one.rule for one in judged(after).breaches]


def test_what_a_pack_does_not_hold_is_not_judged():
    """Neither a definition nor a calendar is guessed."""
    entries = honest()
    strange = [{**one, "definition": "1" * 64} for one in entries]
    other = honest()
    for clock in nth(other, "moved", act="drafting.submit")["clocks"]:
        clock[2] = "id-asn@2031-01-01:00000000"

    assert NOT_JUDGED == judged(strange).code
    assert judged(other).unjudged
    assert "00000000" in judged(other).unjudged[0]


def test_nothing_an_entry_says_ends_the_program() -> None:
    """Whatever stands in a place of an entry, there is an answer."""
    dice = random.Random(7)
    places = (
        "at", "actor", "cause", "cause", "due", "found", "clocks", "pauses", "gathered", "content", "opens", "period",
        "zone", "from", "to", "visit", "definition", "undo_until", "guards", "late_us", "told", "windows", "parent",
    )  # fmt: skip
    for _ in range(150):
        entries = honest()
        one = dice.choice(entries)
        one[dice.choice(places)] = dice.choice([None, 3, "x", [], {}, [[]], {"from": 1}, -1, "9" * 400])
        assert judged(entries).code in {LAWFUL, UNLAWFUL, NOT_JUDGED}
