"""Acting over the API: what is open, doing it once, and every refusal with what would be allowed."""

from __future__ import annotations

import pytest

from engine.core.codec import decode
from engine.store import queries
from tests.api.conftest import MANAGER, RATER, STAFF
from tests.worlds import plan

HR = "Zulkifli Ibura"
PLAN = {"forms": {"plan": plan(60, 40)}}


def code(answer) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


@pytest.fixture
def acts(office) -> str:
    return f"/api/v1/cases/{office.case_of()}/acts"


def test_what_is_open_and_why_not(office, acts) -> None:
    """Every way out by people, told to the one who asks."""
    own = {act["trigger"]: act for act in office.program(STAFF).get(acts).json()}
    rater = {act["trigger"]: act for act in office.program(RATER).get(acts).json()}

    assert (True, "plan", []) == (own["submit"]["allowed"], own["submit"]["form"], own["submit"]["why_not"])
    assert {"id": "Ajukan SKP", "en": "Submit the plan"} == own["submit"]["text"]
    assert not rater["submit"]["allowed"]
    assert ["This is somebody else's to do"] == [one["en"] for one in rater["submit"]["why_not"]]


def test_an_act_moves_the_case(office, acts) -> None:
    """The answer has the case as it stands, its new ETag and the entry written."""
    answer = office.program(STAFF).post(f"{acts}/submit", json=PLAN)

    assert (200, '"2"') == (answer.status_code, answer.headers["etag"])
    assert ("manager_checks", False) == (answer.json()["case"]["state"]["name"], answer.json()["repeated"])
    assert ["moved"] == [entry["kind"] for entry in answer.json()["entries"]]


def test_a_preview_changes_nothing(office, acts) -> None:
    """It says where the act would lead and who would be told."""
    (would,) = office.program(STAFF).post(f"{acts}/submit/preview", json=PLAN).json()

    assert ("moved", "manager_checks") == (would["kind"], would["state"]["name"])
    assert office.id_of(MANAGER) == would["holder"]["person_id"]
    assert "employee_drafts" == office.engine.case(office.case_of(), None).case.state


def test_a_preview_is_refused_like_the_act(office, acts) -> None:
    """Nobody learns from a preview what they may not do."""
    assert (403, "wrong_person") == code(office.program(RATER).post(f"{acts}/submit/preview", json=PLAN))


def test_an_unknown_trigger_is_told_what_there_is(office, acts) -> None:
    """`allowed` has what this person could do instead."""
    answer = office.program(STAFF).post(f"{acts}/leap")

    assert (409, "unknown_trigger") == code(answer)
    assert ["submit"] == answer.json()["allowed"]
    assert f"{acts}/leap" == answer.json()["instance"]
    assert "application/problem+json" == answer.headers["content-type"]


def test_the_wrong_person_is_refused(office, acts) -> None:
    """Whoever may open the case learns whose act it is."""
    answer = office.program(RATER).post(f"{acts}/submit", json=PLAN)

    assert (403, "wrong_person") == code(answer)
    assert [] == answer.json()["allowed"]


@pytest.mark.parametrize("trigger", ["submit", "pass"])
def test_a_stale_visit_is_refused_whatever_it_asks(office, acts, trigger) -> None:
    """An act on a case that has moved on says so, also when the act is gone or is somebody else's by now."""
    office.planned()
    who = office.program(STAFF if trigger == "submit" else MANAGER)
    answer = who.post(
        f"{acts}/{trigger}", json=PLAN if trigger == "submit" else {}, headers={"If-Match": '"1"'}
    )

    assert (412, "stale_visit") == code(answer)
    assert 2 == office.engine.case(office.case_of(), None).case.visit


def test_the_present_visit_is_let_through(office, acts) -> None:
    """`*` and no header ask nothing."""
    office.planned()

    assert 200 == office.program(MANAGER).post(f"{acts}/pass", headers={"If-Match": '"2"'}).status_code
    assert 200 == office.program(RATER).post(f"{acts}/agree", headers={"If-Match": "*"}).status_code


@pytest.mark.parametrize("header", ["2", 'W/"2"', '"two"', '"1", "2"', ""])
def test_a_visit_that_cannot_be_read_is_no_visit(office, acts, header) -> None:
    """A precondition is never passed over in silence."""
    answer = office.program(STAFF).post(f"{acts}/submit", json=PLAN, headers={"If-Match": header})

    assert (422, "request_invalid") == code(answer)


def test_a_repeated_request_is_answered_like_the_first(office, acts) -> None:
    """Nothing is done twice, and the answer says so."""
    client, key = office.program(STAFF), {"Idempotency-Key": "once-1"}
    first = client.post(f"{acts}/submit", json=PLAN, headers=key).json()
    second = client.post(f"{acts}/submit", json=PLAN, headers=key).json()

    assert (False, True) == (first["repeated"], second["repeated"])
    assert first["entries"] == second["entries"]
    assert 2 == office.engine.case(office.case_of(), None).case.seq


def test_a_key_stands_for_one_request_only(office, acts) -> None:
    """Another body under the same key is refused; another person's key is their own."""
    client, key = office.program(STAFF), {"Idempotency-Key": "once-2"}
    client.post(f"{acts}/submit", json=PLAN, headers=key)
    other = {"forms": {"plan": plan(50, 50)}}

    assert (422, "idempotency_mismatch") == code(client.post(f"{acts}/submit", json=other, headers=key))
    assert 200 == office.program(MANAGER).post(f"{acts}/pass", headers=key).status_code


def test_a_key_must_be_one_that_can_be_kept(office, acts) -> None:
    """Too long or with spaces is refused before anything is done."""
    for key in ("a b", "x" * 201):
        answer = office.program(STAFF).post(f"{acts}/submit", json=PLAN, headers={"Idempotency-Key": key})
        assert (422, "request_invalid") == code(answer)
    assert 1 == office.engine.case(office.case_of(), None).case.seq


def test_a_wrong_form_lists_every_problem(office, acts) -> None:
    """By path, in both languages."""
    wrong = {"forms": {"plan": {"results": [{"title": "", "kind": "other", "weight": "many"}]}}}
    answer = office.program(STAFF).post(f"{acts}/submit", json=wrong)
    places = {one["at"]: one["text"]["en"] for one in answer.json()["problems"]}

    assert (422, "form_invalid") == code(answer)
    assert "This must be a whole number." == places["plan.results[0].weight"]
    assert {"plan.results[0].title", "plan.results[0].kind", "plan.behaviour"} <= places.keys()


def test_half_a_letter_is_a_problem_of_its_field(office, acts) -> None:
    """JSON can say a surrogate that no database keeps: refused at its place, with a key as without."""
    sent = b'{"forms": {"plan": {"behaviour": "\\ud800"}}}'
    for key in ({}, {"Idempotency-Key": "half"}):
        headers = {"Content-Type": "application/json", **key}
        answer = office.program(STAFF).post(f"{acts}/submit", content=sent, headers=headers)
        places = {one["at"]: one["text"]["en"] for one in answer.json()["problems"]}
        assert (422, "form_invalid") == code(answer)
        assert "This text holds characters that cannot be stored." == places["plan.behaviour"]


@pytest.mark.parametrize("path", ["submit", "submit/preview"])
def test_half_a_letter_in_the_name_of_a_form_is_refused(office, acts, path) -> None:
    """The refusal can be written down, though the name cannot."""
    body = b'{"forms": {"\\ud800": {"a": 1}}}'
    sent = {"content": body, "headers": {"Content-Type": "application/json"}}
    answer = office.program(STAFF).post(f"{acts}/{path}", **sent)

    assert (422, "form_invalid") == code(answer)


def test_what_is_typed_into_an_address_never_stands_in_the_log(office, acts) -> None:
    """An act that does not exist is refused and noted, without the words that were sent for it."""
    answer = office.program(STAFF).post(f"{acts}/Siti%20Aminah%20terlambat", json={})
    with office.engine.database.read() as view:
        entries = queries.history(view, f"refusals/{office.case_of()}")

    assert (409, "unknown_trigger") == code(answer)
    assert ["unknown_trigger"] == [decode(entry.body)["refused"] for entry in entries]
    assert not any(b"Siti" in entry.body for entry in entries)


def test_a_condition_that_fails_is_named(office, acts) -> None:
    """With the figure it read."""
    answer = office.program(STAFF).post(f"{acts}/submit", json={"forms": {"plan": plan(60, 30)}})

    assert (422, "guard_refused") == code(answer)
    assert "Weights add up to 90, must be 100" in answer.json()["detail"]


def test_a_missing_reason_is_asked_for(office, acts) -> None:
    """Sending back needs one."""
    office.planned()

    assert (422, "reason_missing") == code(office.program(MANAGER).post(f"{acts}/send_back", json={}))


def test_a_closed_case_does_not_move(office, acts) -> None:
    """Whatever is asked of it."""
    assert 200 == office.program(HR).post(f"{acts}/exempt", json={"reason": "pindah instansi"}).status_code
    answer = office.program(STAFF).post(f"{acts}/submit", json=PLAN, headers={"If-Match": '"1"'})

    assert (409, "case_closed") == code(answer)
    assert [] == answer.json()["allowed"]


def test_nothing_of_a_refused_act_is_kept(office, acts) -> None:
    """Not the form, not the entry, not the key."""
    key = {"Idempotency-Key": "again"}
    client = office.program(STAFF)
    client.post(f"{acts}/submit", json={"forms": {"plan": plan(60)}}, headers=key)

    assert {} == dict(office.engine.case(office.case_of(), None).contents)
    assert 200 == client.post(f"{acts}/submit", json=PLAN, headers=key).status_code


def test_steering_is_for_those_who_may(office) -> None:
    """More time, another holder, a pause: for the desk, with a reason, each an entry."""
    steering = f"/api/v1/cases/{office.case_of()}/steering"
    desk = office.program(HR)
    longer = desk.post(f"{steering}/extend", json={"amount": 3, "reason": "sakit"})

    assert (200, "2025-12-11") == (longer.status_code, longer.json()["case"]["due_on"])
    assert 200 == desk.post(f"{steering}/pause", json={"kind": "leave", "reason": "cuti"}).status_code
    assert 200 == desk.post(f"{steering}/resume", json={"reason": "kembali"}).status_code
    assert (403, "not_yours") == code(office.program(STAFF).post(f"{steering}/remind", json={"note": "ayo"}))
    assert (422, "request_invalid") == code(desk.post(f"{steering}/remind", json={"note": ""}))


def test_a_task_is_given_to_somebody_by_number(office) -> None:
    """Whoever may hold it; the one it is about may not."""
    case = office.planned()
    steering, desk = f"/api/v1/cases/{case}/steering/reassign", office.program(HR)
    other = next(
        one
        for one in office.engine.chart.segments
        if "desk:performance" in one.duties and one.name != MANAGER
    )
    given = desk.post(steering, json={"to": other.person_id, "reason": "cuti"})

    assert (200, other.person_id) == (given.status_code, given.json()["case"]["holder"]["person_id"])
    assert (409, "refused") == code(desk.post(steering, json={"to": office.id_of(STAFF), "reason": "x"}))
    assert (404, "not_found") == code(desk.post(steering, json={"to": "000", "reason": "x"}))


def test_steering_twice_with_one_key_steers_once(office) -> None:
    """A reminder is not sent twice because a line dropped."""
    path, key = f"/api/v1/cases/{office.case_of()}/steering/remind", {"Idempotency-Key": "r-1"}
    desk = office.program(HR)
    desk.post(path, json={"note": "ayo"}, headers=key)
    again = desk.post(path, json={"note": "ayo"}, headers=key)

    assert again.json()["repeated"]
    assert 1 == sum(one.kind == "reminder" for one in office.engine.messages(office.key_of(STAFF)))


@pytest.mark.parametrize("amount", [True, "2", 1.5])
def test_an_amount_of_time_is_a_whole_number(office, amount) -> None:
    """Nothing else is taken for one."""
    case = office.planned()
    sent = {"amount": amount, "reason": "Cuti bersama"}
    answer = office.program(HR).post(f"/api/v1/cases/{case}/steering/extend", json=sent)

    assert (422, "request_invalid") == code(answer)


def test_a_case_says_how_each_of_its_due_days_was_counted(office) -> None:
    """As arithmetic, in both languages; the last line of each sum is its due day."""
    case = office.planned()
    desk = office.program(HR)
    desk.post(f"/api/v1/cases/{case}/steering/extend", json={"amount": 2, "reason": "Banjir"})
    told = desk.get(f"/api/v1/cases/{case}").json()
    task = next(one for one in told["deadlines"] if one["name"] == "task")

    assert told["task"]["due_on"] == task["due_on"]
    assert "is day 0" in task["arithmetic"][0]["en"]
    assert any("+ 2 hari kerja tambahan" in line["id"] for line in task["arithmetic"])
    assert [task["calendar"] in line["en"] for line in task["arithmetic"]][-1]
    assert all(one["arithmetic"][-1]["en"].startswith("= ") for one in told["deadlines"])


@pytest.mark.parametrize("opens", ["9999-12-31", "0001-01-01"])
def test_a_cycle_beyond_all_calendars_is_refused(office, opens) -> None:
    """The day is named as what is wrong."""
    answer = office.program(HR).post("/api/v1/cycles", json={"workflow": "asn-tahunan", "opens": opens})

    assert (422, "request_invalid") == code(answer)
    assert ["body.opens"] == [one["at"] for one in answer.json()["problems"]]
