"""Heads come, go, are away and are stood in for: tasks follow or stay as the rules say, and nothing written is lost."""

from __future__ import annotations

from datetime import date

from engine.core.case import Task
from engine.core.codec import decode
from engine.core.command import Actor
from engine.core.telling import say_why
from tests.runtime.conftest import NOBODY, Agency
from tests.runtime.people_files import Row
from tests.runtime.test_delegating import another
from tests.runtime.test_following import holder, with_the_rater
from tests.runtime.test_previewing import named, roster
from tests.worlds import plan


def bring(agency: Agency, *changes: dict[str, Row]) -> None:
    together = {key: cells for one in changes for key, cells in one.items()}
    agency.engine.import_people(roster(agency, **together), actor=NOBODY)


def task(agency: Agency, case_id: str) -> Task:
    found = agency.engine.case(case_id, None).case.task
    assert found is not None
    return found


def live_to(agency: Agency, day: date) -> None:
    """Another day begins: alarms ring, and cases follow the chart if it turned."""
    agency.hop_to(day)
    agency.engine.follow_chart()


def number(agency: Agency, key: str) -> str:
    return agency.engine.chart.person(key).person_id


def acts(agency: Agency, key: str, post: str, first: str, last: str) -> dict[str, Row]:
    """An appointment to act for a post, with its decree."""
    return named(
        key,
        {
            "plt_untuk": number(agency, post), "plt_mulai": first, "plt_selesai": last,
            "sk_plt": "800/77/2025", "jenis_plt": "Plh",
        },
    )  # fmt: skip


AWAY = {"berhalangan_mulai": "2025-12-03", "berhalangan_selesai": "2025-12-04"}


def test_an_acting_head_begins_and_ends_by_themselves_and_is_told_with_the_decree(agency: Agency) -> None:
    """The task goes to them on their first day and back on the day after their last; pages say Plh and the decree."""
    subject, case_id = with_the_rater(agency)
    rater = holder(agency, case_id)
    deputy = another(agency, subject, rater)
    bring(agency, named(rater, AWAY), acts(agency, deputy, rater, "2025-12-03", "2025-12-04"))
    held = [holder(agency, case_id)]
    whys = []
    for day in (3, 4, 5):
        live_to(agency, date(2025, 12, day))
        held.append(holder(agency, case_id))
        whys.append(say_why(task(agency, case_id).why, agency.engine.chart, "id"))

    assert [rater, deputy, deputy, rater] == held
    assert "Plh" in whys[0]
    assert "800/77/2025" in whys[0]


def test_a_substitute_stands_in_and_their_own_substitute_does_not(agency: Agency) -> None:
    """Chains of stand-ins end after one: with the substitute away too, the next level is asked."""
    subject, case_id = with_the_rater(agency)
    rater = holder(agency, case_id)
    first = another(agency, subject, rater)
    second = another(agency, subject, rater, first)
    away = {"berhalangan_mulai": "2025-11-20", "berhalangan_selesai": "2026-01-31"}
    bring(
        agency,
        named(rater, {**away, "pengganti": number(agency, first)}),
        named(first, {"pengganti": number(agency, second)}),
    )
    stands_in = holder(agency, case_id)
    bring(
        agency,
        named(rater, {**away, "pengganti": number(agency, first)}),
        named(first, {**away, "pengganti": number(agency, second)}),
    )

    assert first == stands_in
    assert second != holder(agency, case_id)
    assert "next_level" == task(agency, case_id).why.via


def test_a_vacancy_is_served_by_whoever_acts_and_ends_with_the_new_head(agency: Agency) -> None:
    """Plt while it is vacant; whoever comes then has the task, and the preview names the vacancy."""
    subject, case_id = with_the_rater(agency)
    rater = holder(agency, case_id)
    deputy = another(agency, subject, rater)
    gone = named(rater, {"selesai": "2025-11-30"})
    preview = agency.engine.preview_people(roster(agency, **gone))
    bring(agency, gone, acts(agency, deputy, rater, "2025-12-01", "2026-06-30"))

    assert ("vacant", rater) in [(one.kind, one.person) for one in preview.remarks]
    assert deputy == holder(agency, case_id)
    assert "acting" == task(agency, case_id).why.via


def test_two_who_act_for_one_post_at_a_time_are_warned_about(agency: Agency) -> None:
    """Before the file is imported; appointments that follow one another are well."""
    subject, case_id = with_the_rater(agency)
    rater = holder(agency, case_id)
    one = another(agency, subject, rater)
    two = another(agency, subject, rater, one)
    gone = named(rater, {"selesai": "2025-11-30"})
    first = acts(agency, one, rater, "2025-12-01", "2025-12-31")
    both = agency.engine.preview_people(
        roster(agency, **gone, **first, **acts(agency, two, rater, "2025-12-15", "2026-01-31"))
    )
    after = agency.engine.preview_people(
        roster(agency, **gone, **first, **acts(agency, two, rater, "2026-01-01", "2026-01-31"))
    )

    assert [(date(2025, 12, 15), {one, two})] == [
        (told.on, {told.person, told.other}) for told in both.remarks if told.kind == "both_act"
    ]
    assert [] == [told for told in after.remarks if told.kind == "both_act"]


def test_a_task_read_as_of_now_follows_the_new_superior_and_what_was_written_stays(agency: Agency) -> None:
    """The plan and who agreed to what are as they were; the former superior's acts keep their name."""
    subject, case_id = with_the_rater(agency)
    former = holder(agency, case_id)
    agency.engine.fire(case_id, "agree", actor=Actor(person=former))
    agency.engine.fire(case_id, "sign", actor=Actor(person=subject))
    successor = agency.engine.chart.superior(former, date(2025, 12, 1))
    assert successor is not None
    before = agency.engine.history(case_id)
    bring(agency, named(subject, {"atasan": successor.person_id}))
    view = agency.engine.case(case_id, holder(agency, case_id))
    agreed = [one for one in before if decode(one.body).get("cause", {}).get("act", "").endswith(".agree")]

    assert former != holder(agency, case_id)
    assert "followed" == task(agency, case_id).since
    assert plan(100)["behaviour"] == view.contents["plan"]["behaviour"]
    assert "plan" in view.readable
    assert before == agency.engine.history(case_id)[: len(before)]
    assert [former] == [decode(one.body)["actor"]["person"] for one in agreed]


def test_a_task_fixed_on_entry_stays_when_the_superior_changes(agency: Agency) -> None:
    """The reviewer is asked as of entry: another superior of the rater changes nothing of this visit."""
    subject, case_id = with_the_rater(agency)
    agency.engine.fire(case_id, "agree", actor=Actor(person=holder(agency, case_id)))
    agency.engine.fire(case_id, "sign", actor=Actor(person=subject))
    agency.engine.fire(case_id, "set_plan", actor=Actor(person=holder(agency, case_id)))
    agency.hop_to(date(2027, 1, 4))
    agency.engine.fire(case_id, "send", actor=Actor(person=subject), forms={"report": {"achieved": "x"}})
    rater = holder(agency, case_id)
    rating = {"results": "as", "behaviour": "as", "reasons": "sesuai"}
    agency.engine.fire(case_id, "rate", actor=Actor(person=rater), forms={"rating": rating})
    reviewer = holder(agency, case_id)
    head = agency.engine.chart.superior(reviewer, date(2027, 1, 4))
    assert head is not None
    bring(agency, named(rater, {"atasan": head.person_id}))

    assert "reviewer" == task(agency, case_id).role
    assert reviewer == holder(agency, case_id)


def rated(agency: Agency) -> tuple[str, str, str]:
    """Subject, case and rater, after a rating was given back to the rater in January."""
    subject, case_id = with_the_rater(agency)
    agency.engine.fire(case_id, "agree", actor=Actor(person=holder(agency, case_id)))
    agency.engine.fire(case_id, "sign", actor=Actor(person=subject))
    agency.engine.fire(case_id, "set_plan", actor=Actor(person=holder(agency, case_id)))
    agency.hop_to(date(2027, 1, 4))
    agency.engine.fire(case_id, "send", actor=Actor(person=subject), forms={"report": {"achieved": "x"}})
    rater = holder(agency, case_id)
    rating = {"results": "as", "behaviour": "as", "reasons": "sesuai"}
    agency.engine.fire(case_id, "rate", actor=Actor(person=rater), forms={"rating": rating})
    reviewer = Actor(person=holder(agency, case_id))
    agency.engine.fire(case_id, "give_back", actor=reviewer, reason="lengkapi alasan")
    return subject, case_id, rater


def test_the_handover_sheet_says_what_waits_what_stays_and_what_was_written(agency: Agency) -> None:
    """For the successor of a rater who left: the rating of the former one is theirs to read and to decide on."""
    subject, case_id, former = rated(agency)
    bring(agency, named(former, {"selesai": "2027-01-03"}))
    successor = holder(agency, case_id)
    sheet = agency.engine.handing.sheet(successor, date(2027, 1, 4))
    line = next(one for one in sheet.lines if one.case.id == case_id)
    own = agency.engine.handing.sheet(subject, date(2027, 1, 4))

    assert former != successor
    assert [successor] == [one.holder for one in line.mine]
    assert former in line.former
    assert [("rating", former)] == [(one.form, one.by) for one in line.written]
    assert [] == [form for one in own.lines for form in one.written]


def test_the_sheet_of_a_head_names_their_people_and_with_whom_the_rest_waits(agency: Agency) -> None:
    """What waits for others is named with its holder; what is due first stands first."""
    _, case_id = with_the_rater(agency)
    rater = holder(agency, case_id)
    sheet = agency.engine.handing.sheet(rater, date(2025, 12, 1))
    reports = agency.engine.chart.direct_reports(rater, date(2025, 12, 1))
    waiting = [one for one in sheet.lines if not one.mine]

    assert {one.key for one in reports} == {one.key for one in sheet.people}
    assert case_id == sheet.lines[0].case.id
    assert all(one.others for one in waiting)
    assert len(sheet.lines) == len({one.case.id for one in sheet.lines})


def test_a_sheet_shows_its_reader_no_case_of_their_own(agency: Agency) -> None:
    """Whoever reads the sheet of their superior finds the others on it."""
    subject, case_id = with_the_rater(agency)
    rater, day = holder(agency, case_id), date(2025, 12, 1)
    own = {one.case.id for one in agency.engine.handing.sheet(rater, day).lines}
    read = {one.case.id for one in agency.engine.handing.sheet(rater, day, reader=subject).lines}

    assert case_id in own
    assert own - {case_id} == read
