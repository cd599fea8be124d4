"""A document of a case: what stands on it, who may have it, and what the log says of it to whoever holds it."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from datetime import date

import pytest

from api.sealing import sealer_of
from api.settings import Settings
from engine.core.codec import decode
from engine.core.privacy.erasing import PRIVACY
from engine.core.sealing.receipts import receipt_of
from engine.store import queries
from tests.api.conftest import MANAGER, RATER, STAFF

RATING = {"results": "as", "behaviour": "above", "reasons": "Alasan-Beril-1234"}


def texts_of(pdf: bytes) -> str:
    """All that is printed, line by line."""
    found = re.findall(rb" Td \((.*)\) Tj ET", pdf)
    plain = (re.sub(rb"\\([()\\])", rb"\1", one).decode("cp1252") for one in found)
    return "\n".join(plain)


def made_for(office, name, case, language="en"):
    return office.browser(name, language).post(f"/cases/{case}/document")


def in_english(office):
    """Somebody who is nobody here, and reads English."""
    client = office.stranger()
    client.cookies.set("language", "en")
    return client


def documented(office):
    """What the log tells of documents that were made."""
    with office.engine.database.read() as view:
        told = [decode(one.body) for one in queries.history(view, PRIVACY)]
    return [one for one in told if one["kind"] == "documented"]


@pytest.fixture
def rated(office):
    """A case that was rated, and is open to its subject up to their own words."""
    case = office.rating_time()
    return office, case


def test_the_document_holds_what_its_reader_reads_and_says_that_it_is_not_final(rated) -> None:
    """In the reader's language, with their plan, the history and the hash."""
    office, case = rated
    answer = made_for(office, STAFF, case, "id")
    told = texts_of(answer.content)
    (fact,) = documented(office)

    assert ("application/pdf", "nosniff") == (
        answer.headers["content-type"],
        answer.headers["x-content-type-options"],
    )
    assert "BELUM FINAL" in told
    assert STAFF in told
    assert fact["document"]["digest"] in told
    assert (case, office.key_of(STAFF)) == (fact["object"], fact["actor"]["person"])
    assert "Yang sudah terjadi" in told
    assert STAFF.encode() not in str(fact).encode()


def test_the_hash_stays_the_same_until_something_happens_in_the_case(rated) -> None:
    """Printed twice it is the same, in the other language too; after the next act it is another."""
    office, case = rated
    for language in ("id", "en"):
        made_for(office, STAFF, case, language)
    office.hop_to(date(2027, 2, 1))
    made_for(office, STAFF, case)
    first, again, later = (one["document"]["digest"] for one in documented(office))

    assert first == again
    assert later != first


def test_who_reads_less_gets_less(rated) -> None:
    """A rating that is not disclosed stands on the rater's sheet, and on the subject's not a word of it."""
    office, case = rated
    office.fire("rate", RATER, rating=RATING)
    subject, rater = (texts_of(made_for(office, name, case).content) for name in (STAFF, RATER))
    one, other = (fact["document"] for fact in documented(office))

    assert RATING["reasons"] in rater
    assert RATING["reasons"] not in subject
    assert "\nrating " in rater
    assert "\nrating " not in subject
    assert one["hash"] == other["hash"]
    assert one["digest"] != other["digest"]


def test_who_may_not_read_the_case_gets_none(rated) -> None:
    """And the log tells of none."""
    office, case = rated
    stranger = "Burhanuddin Laiya"

    assert 403 == made_for(office, stranger, case).status_code
    assert [] == documented(office)


def test_whoever_holds_it_asks_the_log(rated, tmp_path) -> None:
    """It is known, not sealed; then sealed; then its case has moved on. It names nobody to anybody."""
    office, case = rated
    told = texts_of(made_for(office, STAFF, case).content)
    address = "/documents/" + re.search(r"/documents/(\d+/[0-9a-f]{64})", told.replace("\n", ""))[1]
    page = in_english(office).get(address)

    assert 200 == page.status_code
    assert "The log holds a document with this hash" in page.text
    assert "Not sealed yet" in page.text
    assert "this is the newest" in page.text
    shown = page.text.partition("<main")[2]
    assert STAFF not in shown
    assert case not in shown

    settings = Settings(log_key_file=str(tmp_path / "log.key"), log_origin="agency.example/appraisal")
    sealer_of(office.engine.database, settings).seal(1_800_000_000_000_000)
    office.hop_to(date(2027, 2, 1))
    later = in_english(office).get(address).text

    assert "Sealed 15 January 2027 08:00 UTC by the checkpoint of" in later
    assert "Ask for a new document" in later


def test_another_hash_or_number_is_not_known(rated) -> None:
    """A forged one is told as unknown, in the same words as one that never was; a strange address is none."""
    office, case = rated
    made_for(office, STAFF, case)
    (fact,) = documented(office)
    digest, client = fact["document"]["digest"], office.stranger()
    forged = digest[:-1] + ("0" if digest[-1] != "0" else "1")

    for number, told in ((fact["seq"], forged), (fact["seq"] + 1, digest), (999, digest)):
        answer = client.get(f"/documents/{number}/{told}")
        assert 404 == answer.status_code
        assert told in answer.text
    assert 422 == client.get(f"/documents/{1 << 70}/{digest}").status_code
    assert 422 == client.get(f"/documents/1/{digest[:-1]}").status_code


def test_a_record_that_was_changed_beneath_is_told(rated, tmp_path) -> None:
    """Where the entry the document names is not what it was, the page says so loudly."""
    office, case = rated
    made_for(office, STAFF, case)
    (fact,) = documented(office)
    address = f"/documents/{fact['seq']}/{fact['document']['digest']}"
    assert "NOT what it was" not in office.browser(STAFF).get(address).text
    with closing(sqlite3.connect(tmp_path / "siklus.db")) as raw, raw:
        for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            raw.execute(f"DROP TRIGGER {name}")
        changed = raw.execute(
            "UPDATE entry SET body = CAST(replace(CAST(body AS TEXT), 'moved', 'noved') AS BLOB)"
            " WHERE stream = ? AND seq = ?",
            (f"case/{case}", fact["document"]["entry"]),
        )
        assert 1 == changed.rowcount
    page = office.browser(STAFF).get(address)

    assert "is NOT what it was when the document was made" in page.text
    assert 'role="alert"' in page.text


def test_it_carries_a_receipt_for_the_entry_that_tells_of_it(office) -> None:
    """To be held against a pack, outside of this installation."""
    office.engine.keys.make()
    with office.engine.database.write() as unit:
        unit.put_meta("log_origin", "agency.example/appraisal")
    case = office.planned()
    told = texts_of(made_for(office, MANAGER, case).content)
    (fact,) = documented(office)
    lines = told[told.index("siklus receipt v1") :].split("\n")
    receipt, note = receipt_of(("\n".join([*lines[:5], "", "".join(lines[6:8])]).rstrip() + "\n").encode())

    assert office.engine.receipts.is_ours(receipt, note)
    assert (PRIVACY, fact["seq"]) == (receipt.stream, receipt.seq)
    assert office.engine.receipts.kept(receipt).held
