"""A demo served over a real socket, and a real Chromium to look at it with."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from api.app import create_app
from api.demo_agency import Member, members, settle_agency
from api.settings import Settings
from api.wiring import Installation, assemble
from engine.store import Database

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A browser, started once; without one the tests are skipped, unless nothing may be skipped."""
    found = next((path for name in _NAMES if (path := shutil.which(name))), None)
    if found is None:
        if os.environ.get("SIKLUS_REQUIRE_ALL") == "1":
            pytest.fail(f"none of {', '.join(_NAMES)} is installed, and nothing may be skipped here")
        pytest.skip(f"none of {', '.join(_NAMES)} is installed")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(_FLAGS))
        yield browser
        browser.close()


@dataclass
class Demo:
    """A demo that is being served."""

    address: str
    house: Installation
    people: dict[int, Member]


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    """The demo's agency, launched, served on a free port until the test ends."""
    house = assemble(Database.create(str(tmp_path / "demo.db"), "demo"), Settings(), worker="browser")
    settle_agency(house.engine, told=lambda _: None)
    app = create_app(house.engine, demo=house.travel, settings=house.settings)
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_config=None, lifespan="off"))
    ready = threading.Event()
    startup = server.startup

    async def started(*args: Any, **kwargs: Any) -> None:
        await startup(*args, **kwargs)
        ready.set()

    server.startup = started  # type: ignore[method-assign]
    thread = threading.Thread(target=server.run)
    thread.start()
    assert ready.wait(30)
    port = server.servers[0].sockets[0].getsockname()[1]
    people = {one.row: one for one in members(house.engine) if one.row}
    yield Demo(address=f"http://127.0.0.1:{port}", house=house, people=people)
    server.should_exit = True
    thread.join()
    house.close()
