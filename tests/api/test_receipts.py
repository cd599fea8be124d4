"""A human act answers with a receipt: to programs in the answer, to people on the page that follows."""

from __future__ import annotations

from urllib.parse import parse_qs, quote, urlsplit

import pytest

from engine.clock import SystemClock
from engine.core.sealing.receipts import receipt_of
from engine.keys import Keys
from engine.sealer.receipts import Receipts
from tests.api.conftest import STAFF, hidden, typed_plan
from tests.worlds import plan

PLAN = {"forms": {"plan": plan(60, 40)}}
NAME = "agency.example/appraisal"


@pytest.fixture
def promising(office):
    """An office whose log has its name, and whose key file is there."""
    office.engine.keys.make()
    with office.engine.database.write() as unit:
        unit.put_meta("log_origin", NAME)
    return office


def test_an_act_answers_with_a_receipt_for_what_was_written(promising) -> None:
    """The entry's own chain value; a repeat is answered for the same entry."""
    case = promising.case_of()
    asked = {"url": f"/api/v1/cases/{case}/acts/submit", "json": PLAN, "headers": {"Idempotency-Key": "once"}}
    first, again = (promising.program(STAFF).post(**asked).json() for _ in range(2))
    told, note = receipt_of(first["receipt"].encode())
    written = promising.engine.history(case)[-1]

    assert promising.engine.receipts.is_ours(told, note)
    assert (NAME, f"case/{case}", written.seq, written.hash) == (told.log, told.stream, told.seq, told.hash)
    assert told.hash == receipt_of(again["receipt"].encode())[0].hash


def test_before_the_log_has_its_name_there_is_none(office) -> None:
    """The act is done all the same."""
    answer = office.program(STAFF).post(f"/api/v1/cases/{office.case_of()}/acts/submit", json=PLAN)

    assert (200, "") == (answer.status_code, answer.json()["receipt"])


def test_the_page_after_an_act_offers_the_receipt(promising) -> None:
    """Signed with the act and carried along; what an address says that we did not sign is not shown."""
    case = f"/cases/{promising.case_of()}"
    client = promising.browser(STAFF)
    sent = {**hidden(client.get(case).text), **typed_plan(60, 40), "trigger": "submit"}
    answer = client.post(f"{case}/acts", data=sent)
    (carrying,) = parse_qs(urlsplit(answer.headers["location"]).query)["receipt"]
    entry = promising.engine.history(promising.case_of())[-1]
    page = client.get(f"{case}?receipt={carrying}").text

    assert quote(f"hash {entry.hash}") in page
    assert "siklus-receipt-" in page
    other = Keys(promising.engine.keys.path.with_name("other.key"))
    other.make()
    strange = Receipts(promising.engine.database, other, SystemClock())
    promising.engine.receipts = strange
    for wrong in (carrying, carrying[:-8], "x" * 3_000, "%C3%A9", ""):
        assert "siklus-receipt-" not in client.get(f"{case}?receipt={wrong}").text
