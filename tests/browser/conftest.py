"""A demo served over a real socket, to be looked at with a real Chromium."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
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


@dataclass
class Demo:
    """A demo that is being served."""

    address: str
    house: Installation
    people: dict[int, Member]
    app: Any


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    """The demo's agency, launched, served on a free port until the test ends."""
    house = assemble(Database.create(str(tmp_path / "demo.db"), "demo"), Settings(), worker="browser")
    settle_agency(house.engine, told=lambda _: None)
    app = create_app(house.engine, demo=house.travel, settings=house.settings)
    people = {one.row: one for one in members(house.engine) if one.row}
    with served(app) as address:
        yield Demo(address=address, house=house, people=people, app=app)
    house.close()


def window(
    chromium: Any, address: str, persona: str, *, width: int, language: str, script: bool = False
) -> Any:
    """A page, still empty, of somebody's device: as wide as it is, with or without scripts; close its context."""
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, base_url=address, java_script_enabled=script
    )
    cookies = {"language": language, "persona": persona}
    context.add_cookies([{"name": name, "value": value, "url": address} for name, value in cookies.items()])
    return context.new_page()


@contextmanager
def served(app: Any, port: int = 0) -> Iterator[str]:
    """The address of an application that is served meanwhile, on a free port unless one is named."""
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_config=None, lifespan="off"))
    ready = threading.Event()
    startup = server.startup

    async def started(*args: Any, **kwargs: Any) -> None:
        await startup(*args, **kwargs)
        ready.set()

    server.startup = started  # type: ignore[method-assign]
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        assert ready.wait(30)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
