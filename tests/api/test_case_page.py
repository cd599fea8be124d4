"""The page of a case: where it stands, acts without JavaScript, refusals with everything typed kept."""

from __future__ import annotations

import re
from datetime import date

import pytest

from tests.api.conftest import MANAGER, RATER, STAFF, hidden, typed_plan
from tests.api.test_pages import read
from tests.runtime.conftest import NOBODY

HR = "Zulkifli Ibura"


@pytest.fixture
def case(office) -> str:
    return f"/cases/{office.case_of()}"


def state(office) -> str:
    return office.engine.case(office.case_of(), None).case.state


def test_it_says_where_whose_turn_until_when_and_what_if_not(office, case) -> None:
    """All on one page, in words."""
    page = office.browser(STAFF).get(case).text
    told = read(page)

    assert '<li class="here" aria-current="step"><span>Planning</span>' in page
    assert "Your turn since Monday 1 December 2025, 08:00 WITA" in told
    assert "by Monday 8 December 2025, 24:00 WITA (5 working days left)" in told
    assert "You are the employee appraised in this case." in told
    assert "14 Jan 2026: Drafting passes to the performance manager" in told
    assert "opened the case of Fadli Hunowu" in told
    assert "rule asn-tahunan@1" in told


def test_it_says_how_its_due_day_was_counted(office, case) -> None:
    """Folded away beside the day, line by line, in the reader's language."""
    page = office.browser(STAFF).get(case).text
    english, indonesian = read(page), read(office.browser(STAFF, language="id").get(case).text)

    assert '<details class="sum"><summary>How it was counted</summary>' in page
    assert "Monday 1 December 2025 is day 0" in english
    assert (
        "+ 5 working days, skipping Saturday 6 Dec 2025 and Sunday 7 Dec 2025: Monday 8 December 2025"
        in english
    )
    assert (
        "+ 5 hari kerja, tanpa Sabtu 6 Des 2025 dan Minggu 7 Des 2025: Senin, 8 Desember 2025" in indonesian
    )


def test_to_others_it_says_they_need_do_nothing(office, case) -> None:
    """Whose turn it is, by name."""
    told = read(office.browser(RATER).get(case).text)

    assert "Waiting for Fadli Hunowu since" in told
    assert "You need do nothing now." in told
    assert "Submit the plan" not in told


def test_a_plan_is_submitted_by_plain_form(office, case) -> None:
    """Hidden fields carry the visit and a key; afterwards the page says what was done."""
    client = office.browser(STAFF)
    sent = {**hidden(client.get(case).text), **typed_plan(60, 40), "trigger": "submit"}
    answer = client.post(f"{case}/acts", data=sent)

    assert (303, f"{case}?done=submit#main") == (answer.status_code, answer.headers["location"])
    assert "Done: Submit the plan." in client.get(answer.headers["location"]).text
    assert "manager_checks" == state(office)


def test_pressing_twice_does_it_once(office, case) -> None:
    """The second answer says that it was recorded before."""
    client = office.browser(STAFF)
    sent = {**hidden(client.get(case).text), **typed_plan(60, 40), "trigger": "submit"}
    client.post(f"{case}/acts", data=sent)
    again = client.post(f"{case}/acts", data=sent)

    assert f"{case}?done=submit&again=1#main" == again.headers["location"]
    assert "nothing was done twice" in client.get(again.headers["location"]).text


def test_a_row_is_added_and_everything_typed_stays(office, case) -> None:
    """The page comes back with one more row; nothing is sent to the engine."""
    client = office.browser(STAFF)
    typed = {**hidden(client.get(case).text), **typed_plan(60)}
    more = client.post(f"{case}/acts", data={**typed, "op": "add:plan.results"}).text

    assert 'name="plan.results[1].title"' in more
    assert 'value="Hasil 0"' in more
    assert "nothing has been sent yet" in more
    assert "employee_drafts" == state(office)
    fewer = client.post(
        f"{case}/acts", data={**typed, **typed_plan(60, 40), "op": "drop:plan.results[0]"}
    ).text
    assert 'value="Hasil 1"' in fewer
    assert 'value="Hasil 0"' not in fewer


def test_enter_only_looks_at_the_form(office, case) -> None:
    """The first button of each form of acts, which Enter presses, sends nothing."""
    page = office.browser(STAFF).get(case).text
    forms = re.findall(r'<form method="post" action="/cases/[^"#]+/acts#[^"]+".*?</form>', page, re.DOTALL)

    assert forms
    assert {'name="op" value="look"'} == {
        re.search(r"<button[^>]*(name=\"[a-z]+\" value=\"[a-z]+\")", form)[1] for form in forms
    }


def test_every_wrong_field_is_marked_and_everything_typed_kept(office, case) -> None:
    """At the field, and listed on top with links; in the reader's language."""
    client = office.browser(STAFF, "id")
    wrong = typed_plan(60) | {"plan.results[0].weight": "banyak", "plan.behaviour": ""}
    answer = client.post(f"{case}/acts", data={**hidden(client.get(case).text), **wrong, "trigger": "submit"})

    assert 422 == answer.status_code
    assert "2 hal perlu diperbaiki" in answer.text
    assert '<a href="#f-plan-results-0-weight">Rencana hasil kerja 1, Bobot (%): Isian' in answer.text
    assert 'id="f-plan-results-0-weight-wrong">Isian ini harus berupa bilangan bulat.' in answer.text
    assert 'value="banyak"' in answer.text
    assert 'value="Hasil 0"' in answer.text
    assert "employee_drafts" == state(office)


def test_a_condition_that_fails_is_said_with_everything_kept(office, case) -> None:
    """In the definition's own words, in both languages."""
    for language, sentence in (
        ("id", "Jumlah bobot 90, harus 100"),
        ("en", "Weights add up to 90, must be 100"),
    ):
        client = office.browser(STAFF, language)
        sent = {**hidden(client.get(case).text), **typed_plan(60, 30), "trigger": "submit"}
        answer = client.post(f"{case}/acts", data=sent)
        assert (422, True) == (answer.status_code, sentence in answer.text)
        assert 'value="Hasil 1"' in answer.text


def test_a_reason_is_asked_for_where_it_belongs(office, case) -> None:
    """And shown to the one the case goes back to, and to nobody who was not told."""
    office.planned()
    client = office.browser(MANAGER)
    fields = hidden(client.get(case).text)
    missing = client.post(f"{case}/acts", data={**fields, "trigger": "send_back"})
    assert (422, True) == (missing.status_code, "A reason is needed." in missing.text)

    client.post(f"{case}/acts", data={**fields, "trigger": "send_back", "reason": "Target belum terukur"})

    assert "employee_drafts" == state(office)
    assert "Target belum terukur" in office.browser(STAFF).get(case).text
    assert "Target belum terukur" in office.browser(MANAGER).get(case).text
    assert "Target belum terukur" not in office.browser(HR).get(case).text


def test_a_reason_of_several_lines_is_taken_as_browsers_send_it(office, case) -> None:
    """A browser ends each line of a text with two characters; kept is one."""
    office.planned()
    client = office.browser(MANAGER)
    fields = hidden(client.get(case).text)
    sent = {**fields, "trigger": "send_back", "reason": "Target belum terukur.\r\nLihat baris kedua."}

    assert 303 == client.post(f"{case}/acts", data=sent).status_code
    assert "Target belum terukur.\nLihat baris kedua." in office.browser(STAFF).get(case).text


def test_a_returned_plan_comes_back_filled_in(office, case) -> None:
    """Nobody types it again."""
    office.planned()
    office.fire("send_back", MANAGER, reason="Target belum terukur")
    page = office.browser(STAFF).get(case).text

    assert 'name="plan.results[1].title" value="Hasil 2"' in page
    assert 'value="60"' in page


def test_an_old_page_is_told_kindly_and_its_text_kept(office, case) -> None:
    """The case was sent back and resubmitted meanwhile: the text can be copied."""
    client = office.browser(STAFF)
    fields = hidden(client.get(case).text)
    office.planned()
    answer = client.post(f"{case}/acts", data={**fields, **typed_plan(70, 30), "trigger": "submit"})

    assert 412 == answer.status_code
    assert "The case has moved on since your page was opened" in answer.text
    assert "The case now: Performance manager checks the plan." in answer.text
    assert "Hasil 1" in answer.text
    assert "Go on with this text" not in answer.text


def test_an_old_page_whose_act_is_open_again_can_go_on(office, case) -> None:
    """The same act in a later visit: one button puts the text into the present form."""
    client = office.browser(STAFF)
    fields = hidden(client.get(case).text)
    office.planned()
    office.fire("send_back", MANAGER, reason="Target belum terukur")
    kept = client.post(f"{case}/acts", data={**fields, **typed_plan(70, 30), "trigger": "submit"}).text
    assert "Go on with this text" in kept

    again = dict(
        re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', kept.split("typed", 1)[1])
    )
    page = client.post(f"{case}/acts", data=again).text

    assert 'value="70"' in page
    assert "3" == hidden(page)["visit"]


def test_a_closed_case_keeps_the_text_of_a_late_page(office, case) -> None:
    """And says that it is closed."""
    client = office.browser(STAFF)
    fields = hidden(client.get(case).text)
    office.fire("exempt", HR, reason="pindah")
    answer = client.post(f"{case}/acts", data={**fields, **typed_plan(70, 30), "trigger": "submit"})

    assert (409, True) == (answer.status_code, "This case is closed" in answer.text)
    assert "Hasil 0" in answer.text


def test_a_made_up_form_is_a_problem_and_not_an_accident(office, case) -> None:
    """Whatever a page sends, something is answered."""
    answer = office.browser(STAFF).post(f"{case}/acts", data={"group": "own:nothing", "trigger": "submit"})

    assert 422 == answer.status_code


def test_what_was_typed_is_text_and_not_markup(office, case) -> None:
    """In fields, in contents, in history."""
    client = office.browser(STAFF)
    typed = typed_plan(60, 40) | {"plan.behaviour": "<script>alert(1)</script>"}
    client.post(f"{case}/acts", data={**hidden(client.get(case).text), **typed, "trigger": "submit"})
    page = office.browser(MANAGER).get(case).text

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>" not in page


def test_contents_are_shown_to_whom_they_are_open(office, case) -> None:
    """The rating waits for its disclosure, on the page as everywhere."""
    office.rating_time()
    office.fire("rate", RATER, rating={"results": "as", "behaviour": "above", "reasons": "Sangat membantu"})

    assert "Sangat membantu" in office.browser(RATER).get(case).text
    page = office.browser(STAFF).get(case).text
    assert "Sangat membantu" not in page
    assert "Hasil 1" in page


def test_the_panel_is_for_those_who_may_step_in(office, case) -> None:
    """The desk, and whoever the delay was escalated to; not the holder."""
    office.hop_to(date(2025, 12, 11))

    assert "Step in" in office.browser(HR).get(case).text
    assert "Step in" in office.browser(RATER).get(case).text
    assert "Step in" not in office.browser(STAFF).get(case).text


def test_more_time_is_granted_from_the_panel(office, case) -> None:
    """With a reason; the page then says so and has the new date."""
    client = office.browser(HR)
    sent = {"verb": "extend", "amount": "3", "reason": "sakit", "key": "k-1"}
    answer = client.post(f"{case}/steering", data=sent)

    assert f"{case}?done=extend#main" == answer.headers["location"]
    page = read(client.get(answer.headers["location"]).text)
    assert "More time is granted." in page
    assert "Thursday 11 December 2025" in page


def test_who_was_asked_to_step_in_takes_the_task_over(office, case) -> None:
    """With a reason; the task is theirs, and the page says so."""
    office.planned()
    office.fire("pass", MANAGER)
    office.wait(6)
    (asked,) = office.engine.case(office.case_of(), None).case.escalations
    client = office.browser(office.engine.chart.person(asked.holder).name)
    before = read(client.get(case).text)
    answer = client.post(f"{case}/steering", data={"verb": "take", "reason": "Penilai dirawat", "key": "k-2"})
    after = read(client.get(answer.headers["location"]).text)

    assert "You can: remind" in before
    assert "take the task over give the task to somebody else grant days for the task" in before
    assert f"{case}?done=take#main" == answer.headers["location"]
    assert "The task is now yours." in after
    assert "Your turn since" in after


def test_nobody_is_offered_the_subjects_own_work(office, case) -> None:
    """Neither to take it over nor to give it away; only to remind and to grant days."""
    office.wait(8)
    page = read(office.browser(RATER).get(case).text)

    assert "Remind with a note" in page
    assert "Grant more time" in page
    assert "Take the task over" not in page
    assert "Give it to somebody else" not in page


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"verb": "extend", "amount": "many", "reason": "sakit"}, "Jumlah hari kerja harus bilangan"),
        ({"verb": "extend", "amount": "²", "reason": "sakit"}, "Jumlah hari kerja harus bilangan"),
        ({"verb": "remind", "reason": ""}, "Alasan wajib diisi"),
        ({"verb": "reassign", "to": "", "reason": "cuti"}, "Pilih seorang penerima tugas."),
        ({"verb": "dance", "reason": "x"}, ""),
    ],
)
def test_a_wrong_step_is_refused_in_place(office, case, sent, said) -> None:
    """The panel opens again with what was typed."""
    answer = office.browser(HR, "id").post(f"{case}/steering", data=sent)

    assert 422 == answer.status_code
    assert said in answer.text
    if said and sent["reason"]:
        assert sent["reason"] in answer.text


def test_who_has_no_part_in_a_case_gets_a_kind_refusal(office, case) -> None:
    """Without a word about it."""
    answer = office.browser("Hesti Karim Nento").get(case)

    assert (403, True) == (answer.status_code, "This is not for you" in answer.text)
    assert "Fadli" not in answer.text.split("<main", 1)[1]


def test_a_sleeping_case_says_when_it_opens(office) -> None:
    """No button before that."""
    office.engine.launch("asn-tahunan", opens=date(2025, 12, 1), year=2027, actor=NOBODY)
    sleeping = next(one for one in office.engine.cases(subject=office.key_of(STAFF)) if one.sleeps_until)
    told = read(office.browser(STAFF).get(f"/cases/{sleeping.id}").text)

    assert "Not open yet; it begins on Tuesday 1 December 2026." in told
    assert "Submit the plan" not in told


def test_a_button_names_who_gets_the_work(office, case) -> None:
    """Before it is pressed; who keeps the work is not told of themselves."""
    page = office.browser(STAFF).get(case).text
    buttons = {
        name: " ".join(re.sub(r"<[^>]+>", " ", text).split())
        for name, text in re.findall(r'name="trigger" value="(\w+)">(.*?)</button>', page, re.DOTALL)
    }

    assert buttons["submit"] == f"Submit the plan → next it is the turn of {MANAGER}"
    assert not [text for text in buttons.values() if STAFF in text]


def test_a_program_is_told_the_same(office, case) -> None:
    """Who gets the work by an act that is open to this person, and of no other act."""
    acts = {one["trigger"]: one for one in office.program(STAFF).get(f"/api/v1{case}/acts").json()}

    assert MANAGER == acts["submit"]["receiver"]["name"]
    assert not [name for name, one in acts.items() if one["receiver"] and not one["allowed"]]
