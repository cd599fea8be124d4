"""Nobody administers their own record, whatever desk they serve on; and a denial says so in both languages."""

from __future__ import annotations

from tests.api.conftest import Office
from tests.worlds import ROOT

HR = "Zulkifli Ibura"
PEOPLE = (ROOT / "workflows/examples/people-demo.csv").read_text(encoding="utf-8")


def told(answer) -> tuple[int, str]:
    """The status, and the code of the problem."""
    return answer.status_code, answer.json()["code"]


def test_the_desk_does_not_steer_its_own_case(office: Office) -> None:
    """Not by more time, not by a pause, not by giving it away; that of others it does."""
    own, other = (f"/api/v1/cases/{office.case_of(name)}/steering" for name in (HR, "Fadli Hunowu"))
    desk = office.program(HR)
    for verb, sent in (
        ("extend", {"amount": 3, "reason": "sakit"}),
        ("pause", {"kind": "leave", "reason": "cuti"}),
        ("resume", {"reason": "kembali"}),
        ("reassign", {"to": office.id_of("Fadli Hunowu"), "reason": "alih"}),
        ("remind", {"note": "ayo"}),
    ):
        answer = desk.post(f"{own}/{verb}", json=sent)
        assert (403, "not_yours") == told(answer), verb
        assert "their own record" in answer.json()["detail"]
    assert 200 == desk.post(f"{other}/remind", json={"note": "ayo"}).status_code


def test_the_refusal_of_ones_own_record_is_told_in_indonesian(office: Office) -> None:
    """On a page, to whoever reads it."""
    page = office.browser(HR, "id").post(
        f"/cases/{office.case_of(HR)}/steering", data={"verb": "remind", "reason": "ayo"}
    )
    assert 403 == page.status_code
    assert "Tidak seorang pun mengurus catatannya sendiri" in page.text


def test_the_desk_imports_others_and_never_its_own_line(office: Office) -> None:
    """A file that changes the importer's own post is somebody else's to bring in."""
    desk = office.program(HR)
    line = next(line for line in PEOPLE.splitlines() if HR in line)
    post = line.split(",")[3]
    changed = PEOPLE.replace(line, line.replace(post, f"Kepala {post}", 1))
    refused = desk.post("/api/v1/people/import", json={"file": changed})
    assert (403, "not_yours") == told(refused)

    elsewhere = next(line for line in PEOPLE.splitlines() if "Fadli Hunowu" in line)
    post = elsewhere.split(",")[3]
    fine = PEOPLE.replace(elsewhere, elsewhere.replace(post, f"{post} Madya", 1))
    assert 201 == desk.post("/api/v1/people/import", json={"file": fine}).status_code


def test_the_desk_does_not_stop_the_clock_of_its_own_unit(office: Office) -> None:
    """Somebody whose case it is not declares it; that of the whole agency concerns everybody alike."""
    desk = office.program(HR)
    unit = office.engine.chart.person(office.key_of(HR)).unit
    other = office.engine.chart.person(office.key_of("Fadli Hunowu")).unit
    assert unit != other
    sent = {"first": "2025-12-01", "reason": "listrik padam"}
    assert (403, "not_yours") == told(desk.post("/api/v1/outages", json={**sent, "unit": unit}))
    assert 201 == desk.post("/api/v1/outages", json={**sent, "unit": other}).status_code


def test_a_denial_stands_in_the_log_with_pseudonyms_alone(office: Office) -> None:
    """Who, what, by which rule; no name and no text."""
    office.program("Fadli Hunowu").get("/api/v1/people")
    found = office.engine.access.denials()
    assert [("person.list", "default-deny", 1)] == [(one.action, one.rule, one.count) for one in found]
    assert found[0].who == office.key_of("Fadli Hunowu")
