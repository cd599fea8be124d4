"""What Kupang's daily report and its link for people served answer to what is no good, as it is shipped."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from api.app import create_app
from api.demo_cycles import publish_linked
from api.settings import Settings
from engine.core.command import Actor, AddEntry, CheckEntries
from engine.errors import FormInvalid, Refused
from engine.store import queries
from tests.api.conftest import RATER, STAFF, Office, Travel
from tests.runtime.conftest import NOBODY, TWO_UNITS, HandClock, set_up

INDICATOR = {"about": "innovation", "title": "Antrean daring", "target": "berjalan sejak Juni"}
SEEN = {"on_time": 4, "quick": 4, "careful": "cannot_judge", "friendly": 3}
GONE = "https://bukti.invalid/terhapus"
PHOTO = b"\x89PNG\r\n\x1a\n" + b"0" * 64


@pytest.fixture
def kupang(tmp_path: Path) -> Iterator[Office]:
    """A staff member's year at work: the plan is agreed, the daily report open."""
    clock = HandClock()
    place = str(tmp_path / "siklus.db")
    engine = set_up(place, clock, definition="workflows/kupang-kinerja", people=TWO_UNITS)
    publish_linked(engine, engine.definition(engine.in_force("kupang-kinerja").digest))
    clock.put(date(2026, 1, 2))
    engine.launch("kupang-kinerja", opens=date(2026, 1, 2), actor=NOBODY)
    travel = Travel(engine, clock)
    office = Office(
        engine=engine, clock=clock, travel=travel, app=create_app(engine, demo=travel, settings=Settings())
    )
    office.hop_to(date(2026, 1, 22))
    office.fire("propose", STAFF, plan={"indicators": [INDICATOR]})
    office.fire("agree", RATER)
    yield office
    engine.database.close()


def reported(office: Office, *, evidence: list[str], **files: Any) -> None:
    """The staff member reports today."""
    values = {"what": "Melayani 31 pasien", "evidence": evidence, "files": []}
    entry = AddEntry(journal="daily", values=values, actor=Actor(person=office.key_of(STAFF)), **files)
    office.engine.obey(office.case_of(), entry)


def desk(office: Office) -> str:
    """Who is on the personnel desk."""
    return next(one.key for one in office.engine.chart.segments if "desk:personnel" in one.duties)


def test_evidence_that_is_not_reachable_is_taken_as_said_and_asked_about(
    kupang: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody fetches an address that somebody typed; who checks looks, asks again, and both stay."""
    monkeypatch.setattr(socket.socket, "connect", lambda *_: pytest.fail("an address was called"))
    reported(kupang, evidence=[GONE])
    asks = CheckEntries(
        journal="daily", numbers=(1,), actor=Actor(person=kupang.key_of(RATER)), mark="asked", note="mati"
    )
    kupang.engine.obey(kupang.case_of(), asks)
    reported(kupang, evidence=[])

    view = kupang.engine.case(kupang.case_of(), kupang.key_of(STAFF))
    (daily,) = (one for one in view.journals if one.journal.name == "daily")
    told = {one.number: (one.mark, one.values["evidence"]) for one in daily.pages}
    assert {1: ("asked", [GONE]), 2: ("", [])} == told


@pytest.mark.parametrize("address", ["bukti", "file:///etc/passwd", "javascript:alert(1)"])
def test_what_is_no_web_address_is_refused_at_once(kupang: Office, address: str) -> None:
    with pytest.raises(FormInvalid, match="evidence"):
        reported(kupang, evidence=[address])


def test_of_a_flood_of_answers_as_many_are_taken_as_the_rules_say_and_none_is_read_unseen(
    kupang: Office,
) -> None:
    """Five hundred of five hundred and one; all wait for the desk, and the case is what it was."""
    case = kupang.case_of()
    token = kupang.engine.invite(case, "visitor_views", actor=Actor(person=desk(kupang)))
    before = kupang.engine.case(case, kupang.key_of(RATER))
    for number in range(500):
        kupang.engine.answer(token, {**SEEN, "comment": f"banjir {number}"})
    with pytest.raises(Refused, match="As many answers"):
        kupang.engine.answer(token, SEEN)

    after = kupang.engine.case(case, kupang.key_of(RATER))
    page = kupang.stranger().get(f"/p/{token}")
    assert (before.case, before.history, before.figures) == (after.case, after.history, after.figures)
    assert "banjir" not in kupang.browser(RATER).get(f"/cases/{case}").text
    assert (
        "As many answers as are taken have come already"
        in kupang.stranger(cookies={"language": "en"}).get(f"/p/{token}").text
    )
    assert 200 == page.status_code


def test_an_answer_leaves_neither_time_nor_address(
    kupang: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of who answered nothing stands in the lines of the log or beside the answer; five questions are asked."""
    case = kupang.case_of()
    token = kupang.engine.invite(case, "visitor_views", actor=Actor(person=desk(kupang)))
    capsys.readouterr()
    visitor = kupang.stranger(headers={"Sec-Fetch-Site": "same-origin", "X-Forwarded-For": "203.0.113.9"})
    asked = visitor.get(f"/p/{token}")
    sent = visitor.post(
        f"/p/{token}", data={f"visitor_view.{name}": str(told) for name, told in SEEN.items()}
    )
    logged = capsys.readouterr()

    with kupang.engine.database.read() as view:
        rows = [one for one in queries.written(view, case) if "visitor_views" in one.form]
    assert 200 == sent.status_code
    assert re.search(r"\b5 \w+, tanpa akun", asked.text)
    assert 1 == len(rows)
    for secret in (token, "203.0.113.9", "testclient"):
        assert secret not in logged.out + logged.err
    assert b"2026" not in bytes(rows[0].value)
