"""What employees and people from outside do on a phone: a day's entry in three taps, a document to keep, an answer."""

from __future__ import annotations

import re
import secrets
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from api.app import create_app
from api.settings import Settings
from engine.core.attachments import LARGEST_FILE
from engine.core.command import Actor
from engine.runtime import Engine
from tests.api.conftest import Travel
from tests.browser.conftest import served, window
from tests.browser.seeing import seen
from tests.runtime.conftest import NOBODY, HandClock, set_up
from tests.worlds import on_desk, ordinary

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.timeout(240)]

MONDAY = date(2026, 3, 2)
#: how wide, in which language, with scripts or without
LOOKS = [(360, "id", True), (1280, "en", False)]


@dataclass
class House:
    """A served agency with one employee and their case."""

    engine: Engine
    address: str
    case: str
    who: str

    def window(
        self, chromium: Any, width: int, language: str, *, script: bool, who: str | None = None
    ) -> Any:
        page = window(
            chromium,
            self.address,
            self.who if who is None else who,
            width=width,
            language=language,
            script=script,
        )
        page.set_default_timeout(20_000)
        return page


def house(place: Path, definition: str, workflow: str) -> Iterator[House]:
    clock = HandClock()
    engine = set_up(str(place / "siklus.db"), clock, definition=definition)
    clock.put(MONDAY)
    engine.launch(workflow, opens=MONDAY, year=2026, actor=NOBODY)
    own = ordinary(engine.chart)
    case = engine.cases(subject=own.key)[0].id
    with served(create_app(engine, demo=Travel(engine, clock), settings=Settings())) as address:
        yield House(engine=engine, address=address, case=case, who=own.person_id)
    engine.database.close()


@pytest.fixture
def filing(tmp_path: Path) -> Iterator[House]:
    """A daily log with proof."""
    yield from house(tmp_path, "tests/definitions/files", "filed")


@pytest.fixture
def asking(tmp_path: Path) -> Iterator[House]:
    """A journal that people from outside write in."""
    yield from house(tmp_path, "tests/definitions/journal", "journal-cycle")


def photo(side: int) -> bytes:
    """A picture of nothing but noise, which no format makes small."""
    rows = b"".join(b"\0" + secrets.token_bytes(3 * side) for _ in range(side))

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(("width", "language", "script"), LOOKS)
def test_a_days_entry_with_a_photo_is_three_taps(
    chromium: Any, filing: House, width: int, language: str, script: bool
) -> None:
    """Open, choose, save: with scripts a photo that is too large is made smaller on the way, also if one is quick."""
    page = filing.window(chromium, width, language, script=script)
    page.goto("/year")
    page.click("a[href$='#write']")
    camera = page.get_attribute("#f-work-proof-photo", "capture")
    page.fill("[name='work.what']", "lima kunjungan")
    data = photo(900 if script else 100)
    page.set_input_files("#f-work-proof-new", {"name": "IMG_1.png", "mimeType": "image/png", "buffer": data})
    page.click("button[value=write]")
    page.wait_for_selector("article")
    told, faults = page.inner_text("article"), seen(page, language)
    page.context.close()
    view = filing.engine.case(filing.case, filing.engine.person_by_id(filing.who).key)
    (kept,) = view.journals[0].pages[0].values["proof"]

    assert "environment" == camera
    assert "lima kunjungan" in told
    assert ("IMG_1.jpg", "image/jpeg") == (kept["name"], kept["media_type"]) or not script
    assert kept["size"] <= LARGEST_FILE < len(data) or not script
    assert [] == faults


def test_an_entry_that_is_being_typed_is_saved_while_it_is_typed(chromium: Any, filing: House) -> None:
    """It says so; on another device it is there."""
    phone = filing.window(chromium, 360, "id", script=True)
    phone.goto(f"/cases/{filing.case}/journals/daily")
    phone.fill("[name='work.what']", "setengah jadi")
    phone.locator("#write [data-saved]").filter(has_text=re.compile("belum dikirim")).wait_for()
    phone.locator("#write [data-saved]").filter(has_text=re.compile(r"^Tersimpan [0-9]{2}\.")).wait_for()
    phone.context.close()
    desk = filing.window(chromium, 1280, "en", script=False)
    desk.goto(f"/cases/{filing.case}/journals/daily")
    text = desk.input_value("[name='work.what']")
    desk.context.close()

    assert "setengah jadi" == text


@pytest.mark.parametrize(("width", "language"), [(360, "id"), (1280, "en")])
def test_an_entry_sent_without_a_line_goes_once_the_line_is_back(
    chromium: Any, filing: House, width: int, language: str
) -> None:
    """With its photo, once, however often it was pressed; until then the page says that it waits."""
    page = filing.window(chromium, width, language, script=True)
    page.goto(f"/cases/{filing.case}/journals/daily")
    page.context.set_offline(True)
    page.fill("[name='work.what']", "di lapangan")
    page.set_input_files("#f-work-proof-new", {"name": "a.png", "mimeType": "image/png", "buffer": photo(20)})
    page.click("button[value=write]")
    page.click("button[value=write]")
    waits = page.inner_text("#write [data-saved]")
    key = filing.engine.person_by_id(filing.who).key
    before = filing.engine.case(filing.case, key).journals[0].pages
    page.context.set_offline(False)
    page.wait_for_selector("article")
    faults = seen(page, language)
    page.context.close()
    (entry,) = filing.engine.case(filing.case, key).journals[0].pages

    assert {"id": "Tidak ada sambungan", "en": "There is no connection"}[language] in waits
    assert () == before
    assert ("di lapangan", 1) == (entry.values["what"], len(entry.values["proof"]))
    assert [] == faults


def test_a_case_is_printed_and_the_log_asked_about_it(chromium: Any, filing: House) -> None:
    """The button brings a PDF; the address on it is answered to whoever holds it."""
    page = filing.window(chromium, 360, "en", script=False)
    page.goto(f"/cases/{filing.case}")
    with page.expect_download() as coming:
        page.click("form[action$='/document'] button")
    path = coming.value.path()
    data = path.read_bytes()
    page.context.close()
    address = re.search(rb"/documents/[0-9]+/[0-9a-f]{64}", data)
    stranger = filing.window(chromium, 360, "en", script=False, who="")
    assert address is not None
    stranger.goto(address[0].decode())
    told, faults = stranger.inner_text("main"), seen(stranger, "en")
    stranger.context.close()

    assert data.startswith(b"%PDF-1.4")
    assert "The log holds a document with this hash" in told
    assert [] == faults


def test_somebody_from_outside_declines_and_then_answers_after_all(chromium: Any, asking: House) -> None:
    """Without an account and without scripts: one tap to decline, two to answer, and a receipt to keep."""
    key = on_desk("personnel")
    token = asking.engine.invite(asking.case, "views", actor=Actor(person=key))
    page = asking.window(chromium, 360, "id", script=False, who="")
    page.goto(f"/p/{token}")
    faults = seen(page, "id")
    page.click("button[value=decline]")
    declined = page.inner_text("main")
    page.click("main a")
    page.check("input[value=friendly]")
    page.click(".main-button")
    answered = page.inner_text("main")
    faults += seen(page, "id")
    page.context.close()

    assert "Tidak ada apa pun yang disimpan" in declined
    assert re.search(r"Kode tanda terima: [0-9a-f]{16}", answered)
    assert [] == faults
