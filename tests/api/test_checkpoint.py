"""The printed checkpoint: a page and a PDF that anybody may keep, with a code that says the note to the letter."""

from __future__ import annotations

import re

import pytest
import segno

from api.pages.checkpoint_sheet import checkpoint_sheet
from api.pages.words import Words
from api.paper import Line, sheet
from api.sealing import sealer_of
from api.settings import Settings
from engine.core.sealing.checkpoints import checkpoint_of
from engine.core.sealing.notes import COSIGNS_ED25519, COSIGNS_ML_DSA_44, note_of
from engine.keys import new_seed
from engine.sealer import latest_note
from engine.signing_keys import SigningKey
from engine.store import sealing
from tests.api.conftest import STAFF


@pytest.fixture
def sealed(office, tmp_path):
    """An office whose log is signed, and seen by a witness."""
    settings = Settings(log_key_file=str(tmp_path / "log.key"), log_origin="agency.example/appraisal")
    sealer_of(office.engine.database, settings).seal(1_767_225_600_000_000)
    note = latest_note(office.engine.database)
    point = checkpoint_of(note)
    key = SigningKey.of("audit.example/w", COSIGNS_ED25519, new_seed())
    line = sealing.StoredCosignature(
        size=point.size, witness=key.public.name, at=0, line=str(key.line(point, 1_767_225_661))
    )
    with office.engine.database.write() as unit:
        sealing.put_cosignature(unit.driver, line)
    return office


def test_the_page_has_the_note_and_says_what_to_do_with_it(sealed) -> None:
    """In both languages, to whoever asks; the text is the note to the letter."""
    note = str(latest_note(sealed.engine.database))
    for client, said in (
        (sealed.browser(STAFF, "id"), "Titik periksa log"),
        (sealed.browser(STAFF, "en"), "Checkpoint of the log"),
        (sealed.stranger(), "1 Januari 2026 00.01.01 UTC"),
    ):
        page = client.get("/checkpoint").text
        assert said in page
        assert note in page
        assert 'class="code-picture"' in page
    assert note == str(note_of(note.encode()))


def test_what_a_code_cannot_hold_is_left_to_the_text(sealed) -> None:
    """A line of ML-DSA-44 has thousands of letters: it stands on the sheet and not in the code."""
    point = checkpoint_of(latest_note(sealed.engine.database))
    key = SigningKey.of("lasting.example/w", COSIGNS_ML_DSA_44, new_seed())
    line = sealing.StoredCosignature(
        size=point.size, witness=key.public.name, at=1, line=str(key.line(point, 1_767_225_661))
    )
    with sealed.engine.database.write() as unit:
        sealing.put_cosignature(unit.driver, line)
    found = checkpoint_sheet(sealed.engine.database, Words("en"))

    assert "lasting.example/w" in found.note
    assert ["agency.example/appraisal", "audit.example/w"] == [
        one.name for one in note_of(found.code.encode()).signatures
    ]
    assert 200 == sealed.browser(STAFF).get("/checkpoint").status_code
    assert 200 == sealed.browser(STAFF).get("/checkpoint.pdf").status_code


def test_before_the_first_seal_it_says_so(office) -> None:
    """The page explains, the file is not there."""
    assert "has never been signed" in office.browser(STAFF).get("/checkpoint").text
    assert 404 == office.browser(STAFF).get("/checkpoint.pdf").status_code


def test_the_pdf_is_one_that_readers_open(sealed) -> None:
    """Each object stands where its table says; the code's squares are those of the note."""
    answer = sealed.browser(STAFF).get("/checkpoint.pdf")
    data = answer.content
    table = int(re.search(rb"startxref\n(\d+)\n%%EOF\n\Z", data)[1])
    places = [int(one) for one in re.findall(rb"(\d{10}) 00000 n ", data[table:])]
    length = int(re.search(rb"/Length (\d+)", data)[1])
    content = re.search(rb"stream\n(.*)\nendstream", data, re.DOTALL)[1]
    note = str(latest_note(sealed.engine.database))
    dark = sum(sum(row) for row in segno.make(note, error="m", micro=False).matrix)
    drawn = re.findall(rb"([0-9.]+) ([0-9.]+) re f", content)

    assert "application/pdf" == answer.headers["content-type"]
    assert all(data[at:].startswith(b"%d 0 obj" % number) for number, at in enumerate(places, start=1))
    assert length == len(content)
    assert dark == sum(round(float(wide) / float(high)) for wide, high in drawn)
    told = b"".join(re.findall(rb"Tf [0-9.]+ [0-9.]+ Td \((.*?)\) Tj", content))
    assert "agency.example/appraisal" in told.decode("cp1252")


def test_text_that_would_end_a_string_does_not(sealed) -> None:
    """Brackets and strokes are text; letters of no Western alphabet are question marks; nothing is lost by folding."""
    made = sheet("(x", [Line("a) Tj ( \\ b \u4e2d " + "word " * 60)], [[True]], [Line("x" * 300, fixed=True)])
    texts = re.findall(rb"Td \((.*)\) Tj ET", made)

    assert rb"a\) Tj \( \\ b ?" in texts[0]
    assert 300 == sum(one.count(b"x") for one in texts[-5:] if set(one) == {ord("x")})
    assert 60 == b" ".join(texts).count(b"word")


def test_what_needs_more_pages_has_them_and_no_heading_stands_alone() -> None:
    """Each page says which it is; a heading that would be a page's last line begins the next; all of it is there."""
    lines = [Line(f"baris {number}") for number in range(32)]
    made = sheet("x", [], [[True]], [*lines, Line("Judul", bold=True), *lines])
    pages = re.findall(rb"stream\n(.*?)\nendstream", made, re.DOTALL)
    texts = [re.findall(rb"Td \((.*)\) Tj ET", page) for page in pages]

    assert [b"1 / 2", b"2 / 2"] == [page[-1] for page in texts]
    assert b"Judul" == texts[1][0]
    assert 65 == sum(map(len, texts)) - 2
    assert re.search(rb"/Count 2 ", made)
