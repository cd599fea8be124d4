"""Reading over the API: cases, tasks, messages, definitions; and who may read what."""

from __future__ import annotations

from api.doctor import examine_clock
from engine.core.audit import stamp
from tests.api.conftest import MANAGER, RATER, STAFF

HR = "Zulkifli Ibura"
OUTSIDER = "Hesti Karim Nento"
REGENT = "Rusman Daeng Talaga"


def code(answer) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def test_who_asks_must_be_said(office) -> None:
    """Nobody and a stranger are answered alike."""
    assert (401, "nobody_asks") == code(office.stranger().get("/api/v1/cases"))
    unknown = office.stranger(headers={"X-Siklus-Persona": "000"})
    assert (401, "nobody_asks") == code(unknown.get("/api/v1/cases"))


def test_a_case_says_where_it_stands(office) -> None:
    """State, phase, whose turn, why and until when, in both languages; the visit is the ETag."""
    answer = office.program(STAFF).get(f"/api/v1/cases/{office.case_of()}")
    told = answer.json()

    assert '"1"' == answer.headers["etag"]
    assert ("employee_drafts", "planning") == (told["state"]["name"], told["phase"]["name"])
    assert {"id": "Pegawai menyusun SKP", "en": "Employee drafts the plan"} == told["state"]["text"]
    assert office.id_of(STAFF) == told["holder"]["person_id"]
    assert "2025-12-08" == told["task"]["due_on"]
    assert {"id", "en"} == told["task"]["why"].keys()
    assert ["employee"] == [role["name"] for role in told["roles"]]


def test_contents_are_shown_only_to_whom_the_definition_shows_them(office) -> None:
    """The rating is the rater's and the reviewer's until it is disclosed."""
    case = office.rating_time()
    office.fire("rate", RATER, rating={"results": "as", "behaviour": "above", "reasons": "baik"})

    assert "rating" in office.program(RATER).get(f"/api/v1/cases/{case}").json()["contents"]
    told = office.program(STAFF).get(f"/api/v1/cases/{case}").json()
    assert "rating" not in told["contents"]
    assert "predicate" not in told["figures"]
    assert {"plan", "report"} <= told["contents"].keys()


def test_a_case_is_closed_to_who_has_no_part_in_it(office) -> None:
    """The refusal tells nothing of the case."""
    case = office.case_of()
    for path in ("", "/history", "/acts", "/if-nobody-acts"):
        answer = office.program(OUTSIDER).get(f"/api/v1/cases/{case}{path}")
        assert (403, "not_yours") == code(answer)
        assert "employee_drafts" not in answer.text
    assert (403, "not_yours") == code(office.program(OUTSIDER).post(f"/api/v1/cases/{case}/acts/submit"))


def test_the_desk_and_the_external_official_list_all(office) -> None:
    """Everybody else lists the cases they have a part in."""
    everything = len(office.engine.cases(limit=1000))

    for name in (HR, REGENT):
        assert everything == len(office.program(name).get("/api/v1/cases?limit=500").json()["cases"])
    own = office.program(STAFF).get("/api/v1/cases").json()["cases"]
    assert [office.case_of()] == [case["id"] for case in own]
    led = office.program(RATER).get("/api/v1/cases").json()["cases"]
    assert office.case_of() in {case["id"] for case in led}
    assert len(led) < everything


def test_pages_of_cases_follow_one_another_without_gap(office) -> None:
    """Small pages together are the whole list, each case once."""
    client, seen, after = office.program(HR), [], ""
    while True:
        page = client.get("/api/v1/cases", params={"limit": 7, "after": after}).json()
        seen += [case["id"] for case in page["cases"]]
        assert len(page["cases"]) <= 7
        if page["next"] is None:
            break
        after = page["next"]

    assert [case.id for case in office.engine.cases(limit=1000)] == seen


def test_pages_of_the_few_follow_one_another_too(office) -> None:
    """Whoever may see some of many gets all of theirs."""
    client, seen, after = office.program(MANAGER), [], ""
    while True:
        page = client.get("/api/v1/cases", params={"limit": 2, "after": after}).json()
        seen += [case["id"] for case in page["cases"]]
        if page["next"] is None:
            break
        after = page["next"]
    at_once = client.get("/api/v1/cases?limit=500").json()["cases"]

    assert [case["id"] for case in at_once] == seen
    assert len(seen) > 2


def test_lists_can_be_narrowed(office) -> None:
    """By state, by phase, and to those still open."""
    office.planned()
    client = office.program(HR)
    checked = client.get("/api/v1/cases?state=manager_checks").json()["cases"]

    assert [office.case_of()] == [case["id"] for case in checked]
    assert [] == client.get("/api/v1/cases?phase=evaluation").json()["cases"]
    assert [] != client.get("/api/v1/cases?open_only=true&phase=planning").json()["cases"]


def test_tasks_say_what_happens_if_they_are_left(office) -> None:
    """Each with its case; the desk may look, a colleague may not."""
    own = office.program(STAFF).get(f"/api/v1/people/{office.id_of(STAFF)}/tasks").json()

    assert [office.case_of()] == [task["case"]["id"] for task in own]
    assert "rung" == own[0]["consequences"][0]["what"]
    assert "moves" == own[0]["consequences"][-1]["what"]
    path = f"/api/v1/people/{office.id_of(STAFF)}/tasks"
    assert 200 == office.program(HR).get(path).status_code
    assert (403, "not_yours") == code(office.program(OUTSIDER).get(path))


def test_messages_are_read_by_whom_they_were_written_to(office) -> None:
    """Not even the desk reads another's; read ones stay read."""
    client, path = office.program(STAFF), f"/api/v1/people/{office.id_of(STAFF)}/messages"
    before = client.get(path).json()

    assert ["task"] == [message["kind"] for message in before]
    assert (403, "not_yours") == code(office.program(HR).get(path))
    assert 204 == client.post(f"{path}/read").status_code
    assert all(message["read_at"] for message in client.get(path).json())


def test_messages_name_people_by_number(office) -> None:
    """Keys of the log stay inside."""
    case = office.case_of()
    remind = {"note": "mohon segera"}
    assert 200 == office.program(HR).post(f"/api/v1/cases/{case}/steering/remind", json=remind).status_code
    newest = office.program(STAFF).get(f"/api/v1/people/{office.id_of(STAFF)}/messages").json()[0]

    assert ("reminder", office.id_of(HR)) == (newest["kind"], newest["data"]["by"])


def test_the_list_of_people_is_the_desks(office) -> None:
    """Everybody on the chart today."""
    assert (403, "not_yours") == code(office.program(STAFF).get("/api/v1/people"))
    listed = office.program(HR).get("/api/v1/people").json()
    assert office.id_of(STAFF) in {one["person_id"] for one in listed}


def test_rules_can_be_read_as_they_were_hashed(office) -> None:
    """By their digest, rules and texts apart."""
    client = office.program(STAFF)
    (line,) = client.get("/api/v1/definitions").json()
    rules = client.get(f"/api/v1/definitions/{line['digest']}")
    texts = client.get(f"/api/v1/definitions/{line['digest']}/texts").json()

    assert (f'"{line["digest"]}"', "asn-tahunan") == (rules.headers["etag"], rules.json()["workflow"])
    assert "employee_drafts" in texts["states"]
    assert (404, "not_found") == code(client.get("/api/v1/definitions/00"))


def test_health_tells_of_time_and_of_nobody(office) -> None:
    """Open to whoever watches; how late the next event is shows a stopped heart."""
    told = office.stranger().get("/api/v1/health").json()
    assert ("ok", "demo", 0) == (told["status"], told["kind"], told["overdue_us"])

    office.clock.instant = office.engine.next_at() + 5_000_000

    late = office.stranger().get("/api/v1/health").json()
    assert 5_000_000 == late["overdue_us"]
    assert 0 < late["due"] <= late["armed"] == told["armed"]
    assert (0, 0, 0, None) == (told["due"], late["stuck"], late["parked"], late["standstill"])


def test_health_and_doctor_tell_what_is_late_for_long_and_the_latest_standstill(office) -> None:
    """Due for longer than any sweep takes; a worker that was away for an hour says since when."""
    hour = 3_600_000_000
    with office.engine.database.write() as unit:
        unit.put_beat("one", office.clock.instant)
    since = office.clock.instant
    office.engine.standstills.notice("one", since + hour, longer_than=1, policy="fire_all")
    office.clock.instant = office.engine.next_at() + hour
    told = office.stranger().get("/api/v1/health").json()

    assert 0 < told["stuck"] == told["due"]
    assert {"since": stamp(since), "to": stamp(since + hour), "policy": "fire_all"} == told["standstill"]
    alarms, clock, still = examine_clock(office.engine)
    assert clock.ok
    assert not alarms.ok
    assert f"{told['due']} due now, the first 3600 s late" in alarms.found
    assert stamp(since) in still.found


def test_a_parked_case_is_told_to_whoever_watches_and_to_the_desk(office, monkeypatch) -> None:
    """Health counts it, doctor names it, and the desk's page says why and lets it be tried again."""
    case_id = office.case_of()
    assert "/parked" not in office.browser(HR).get("/").text
    office.engine.parking.park({case_id: "GuardRefused: silent cannot choose its way"})
    office.clock.instant = office.engine.next_at() + 1
    told = office.stranger().get("/api/v1/health").json()
    named = [one for one in examine_clock(office.engine) if case_id in one.name]
    linked = office.browser(HR).get("/").text
    page = office.browser(HR).get("/parked")
    refused = office.browser(STAFF).get("/parked")
    again = office.browser(HR).post(f"/parked/{case_id}")

    assert 1 == told["parked"]
    assert 'href="/parked"' in linked
    assert [False] == [one.ok for one in named]
    assert f"siklus case unpark {case_id}" in named[0].remedy
    assert "silent cannot choose its way" in page.text
    assert 403 == refused.status_code
    assert (303, "/parked?done=unparked") == (again.status_code, again.headers["location"])
    assert () == office.engine.parking.listed()


def test_history_is_what_was_hashed(office) -> None:
    """Each entry with its place in the chain and no personal text."""
    office.planned()
    entries = office.program(STAFF).get(f"/api/v1/cases/{office.case_of()}/history").json()

    assert [1, 2] == [entry["seq"] for entry in entries]
    assert entries[0]["hash"] == entries[1]["prev"]
    assert "Hasil" not in str(entries)


def test_a_cycle_is_launched_by_the_desk_and_again_without_harm(office) -> None:
    """A second launch adds only who is missing; here that is nobody."""
    asked = {"workflow": "asn-tahunan", "opens": "2025-12-01"}
    client = office.program(HR)
    again = client.post("/api/v1/cycles", json=asked)

    assert (200, 0) == (again.status_code, again.json()["launched"])
    assert again.json()["existing"] > 50
    later = client.post("/api/v1/cycles", json={**asked, "opens": "2026-12-01", "year": 2027})
    assert 201 == later.status_code
    assert later.json()["launched"] > 50
    assert 2 == len(client.get("/api/v1/cycles").json())
    assert (403, "not_yours") == code(office.program(STAFF).post("/api/v1/cycles", json=asked))
    assert (404, "not_found") == code(client.post("/api/v1/cycles", json={**asked, "workflow": "nope"}))


def test_a_request_that_is_not_well_formed_says_where(office) -> None:
    """Every wrong place at once."""
    answer = office.program(HR).post("/api/v1/cycles", json={"opens": "soon", "colour": "red"})

    assert (422, "request_invalid") == code(answer)
    assert {"body.workflow", "body.opens", "body.colour"} == {one["at"] for one in answer.json()["problems"]}


def test_an_unknown_address_and_a_wrong_method_are_problems_too(office) -> None:
    """Programs never have to read a page."""
    client = office.program(STAFF)

    assert (404, "not_found") == code(client.get("/api/v1/nowhere"))
    assert (405, "method_not_allowed") == code(client.delete("/api/v1/cases"))
    assert {"GET", "POST"} & set(client.delete("/api/v1/cases").headers["allow"].split(", "))
