"""The pages in a real browser: nothing hangs over on a phone, and all works with JavaScript switched off."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import pytest
import uvicorn

from tests.api.conftest import MANAGER, RATER, STAFF, Office

HR = "Zulkifli Ibura"
pytestmark = pytest.mark.browser


@pytest.fixture
def address(office: Office) -> Iterator[str]:
    """The application on a port of its own."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        config = uvicorn.Config(office.app, log_config=None, access_log=False, lifespan="off")
        server = uvicorn.Server(config)
        serving = threading.Thread(target=server.run, kwargs={"sockets": [door]})
        serving.start()
        yield f"http://127.0.0.1:{door.getsockname()[1]}"
        server.should_exit = True
        serving.join()


def visit(chromium, office, address: str, name: str, *, language: str = "id", script: bool = True):
    context = chromium.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=script)
    cookies = {"persona": office.id_of(name), "language": language}
    context.add_cookies([{"name": key, "value": value, "url": address} for key, value in cookies.items()])
    return context.new_page()


def test_no_page_is_wider_than_a_phone_or_asks_another_host(office, address, chromium) -> None:
    """In both languages, at the beginning and in the middle of a case."""
    case = office.rating_time()
    digest = office.engine.definitions()[0].digest
    paths = [
        "/",
        "/messages",
        "/cases",
        "/cycles",
        "/people",
        "/definitions",
        f"/definitions/{digest}",
        "/docs",
    ]
    paths.append(f"/cases/{case}")
    wide, outside, broken = [], [], []
    for language in ("id", "en"):
        page = visit(chromium, office, address, HR, language=language)
        page.on(
            "request", lambda asked: asked.url.startswith((address, "data:")) or outside.append(asked.url)
        )
        page.on("console", lambda said: said.type == "error" and broken.append(said.text))
        for path in paths:
            page.goto(address + path)
            width = page.evaluate("document.documentElement.scrollWidth")
            if width > 360:
                wide.append((language, path, width))

    assert ([], [], []) == (wide, outside, broken)


def test_a_plan_goes_its_way_without_javascript(office, address, chromium) -> None:
    """Filled in, refused with everything kept, put right, sent; and passed on by the next person."""
    page = visit(chromium, office, address, STAFF, script=False)
    page.goto(address)
    page.get_by_role("link", name="Buka tugas").click()
    page.get_by_label("Hasil kerja").fill("Pelayanan tepat waktu")
    page.get_by_role("radio", name="Utama").check()
    page.get_by_label("Bobot").fill("90")
    page.get_by_role("radio", name="Kuantitas").check()
    page.get_by_label("Target").fill("100 berkas")
    page.get_by_role("button", name="Tambah Rencana hasil kerja").click()
    page.get_by_role("button", name="Hapus Rencana hasil kerja 2").click()
    for field in ("Ekspektasi khusus", "Dukungan sumber daya", "Skema pertanggungjawaban"):
        page.get_by_label(field).fill("sesuai arahan")
    page.get_by_role("button", name="Ajukan SKP").click()

    assert "Jumlah bobot 90, harus 100" in page.content()
    assert "Pelayanan tepat waktu" == page.get_by_label("Hasil kerja").input_value()
    page.get_by_label("Bobot").fill("100")
    page.get_by_role("button", name="Ajukan SKP").click()
    assert "Selesai: Ajukan SKP." in page.get_by_role("status").inner_text()

    page = visit(chromium, office, address, MANAGER, script=False)
    page.goto(f"{address}/cases/{office.case_of()}")
    page.get_by_role("button", name="Teruskan ke pejabat penilai").click()
    assert "rater_agrees" == office.engine.case(office.case_of(), None).case.state


def test_the_demo_is_driven_by_its_bar(office, address, chromium) -> None:
    """Another person, another day."""
    page = visit(chromium, office, address, STAFF, language="en", script=False)
    page.goto(f"{address}/cases")
    page.get_by_role("button", name="+1 week").click()
    assert page.url.endswith("/cases")
    assert "Monday 8 December 2025" in page.content()
    page.locator("#persona").select_option(office.id_of(RATER))
    page.get_by_role("button", name="Switch").click()

    assert "You are Nur Aida Pakaya now." in page.get_by_role("status").inner_text()


def test_the_keyboard_reaches_the_content_first(office, address, chromium) -> None:
    """The first stop of the tabulator leads past the menu."""
    page = visit(chromium, office, address, STAFF, language="en")
    page.goto(address)
    page.keyboard.press("Tab")

    assert "Skip to the content" == page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    assert "main" == page.evaluate("document.activeElement.id")
