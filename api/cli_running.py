"""`siklus serve` and `siklus work`: the processes that stay, and end the beat under way before they stop."""

from __future__ import annotations

import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import typer

from api.cli_options import DatabaseOption, settings_for
from api.cli_speech import PortTaken, SettingsInvalid, remark, say

if TYPE_CHECKING:
    from api.wiring import Installation

IntervalOption = Annotated[
    float, typer.Option("--every", metavar="SECONDS", min=0.1, help="Seconds between two beats.")
]


def serve(
    ctx: typer.Context,
    *,
    host: Annotated[
        str | None, typer.Option("--host", help="Where to listen.", show_default="SIKLUS_HOST or 127.0.0.1")
    ] = None,
    port: Annotated[
        int | None,
        typer.Option("--port", help="Where to listen; 0 takes any.", show_default="SIKLUS_PORT or 8000"),
    ] = None,
    every: IntervalOption = 5.0,
    database: DatabaseOption = None,
) -> None:
    """Serve pages and API, with the heartbeat inside.

    By plain http a real agency is served on this machine alone; for others put a server with https in front and name
    its address in SIKLUS_BASE_URL. The first start tells the one-time link of the first administrator.
    """
    from api.telemetry import configure
    from api.wiring import open_installation

    settings = settings_for(ctx, database)
    house = open_installation(settings, worker="serve")
    try:
        place = host or settings.host
        demand_private(house, place)
        listening = listen(place, settings.port if port is None else port)
        configure(settings.log_level)
        welcome(house, address_of(listening))
        serve_house(house, listening, seconds=every)
    finally:
        house.close()


def work(ctx: typer.Context, *, every: IntervalOption = 5.0, database: DatabaseOption = None) -> None:
    """Fire what is due and send messages, without serving.

    Runs until it is interrupted or terminated; the beat under way is finished first. Any number of such processes
    can work on one database.
    """
    from api.telemetry import configure
    from api.wiring import heart, open_installation

    settings = settings_for(ctx, database)
    house = open_installation(settings, worker="work")
    with closing(house), interruptible() as stopping:
        configure(settings.log_level)
        remark(f"Working on {house.database.name}; press Ctrl-C to stop.")
        beating = heart(house, seconds=every)
        beating.start()
        stopping.wait()
        beating.stop()


@contextmanager
def interruptible() -> Iterator[threading.Event]:
    """An event that is set once somebody interrupts or terminates this process; what is under way is finished."""
    stopping = threading.Event()
    before = {
        name: signal.signal(name, lambda *_: stopping.set()) for name in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield stopping
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)


def demand_private(house: Installation, host: str) -> None:
    """Raises: SettingsInvalid where passwords and sessions of a real agency would cross a network by plain http."""
    from api.origins import is_own_machine

    settings = house.settings
    if house.database.kind == "demo" or settings.by_https:
        return
    names = (host, urlsplit(settings.base_url).hostname or "")
    if not all(is_own_machine(name) for name in names):
        raise SettingsInvalid(
            f"{house.database.name} holds a real agency, and passwords would cross the network by plain http: put a"
            " server with https in front and set SIKLUS_BASE_URL to its address, https://...; on this machine alone"
            " serve it with --host 127.0.0.1"
        )


def welcome(house: Installation, address: str) -> None:
    """On the first start, and then only, the one-time link of the first administrator; over plain http a remark."""
    if house.database.kind == "demo":
        return
    settings = house.settings
    if not settings.by_https:
        remark(
            "Served by plain http, for this machine alone: the session's cookie goes without its Secure mark."
        )
    token = house.engine.accounts.first()
    if token:
        named = settings.model_fields_set & {"base_url"} or settings.by_https
        link = settings.link(f"/link/{token}") if named else f"{address}/link/{token}"
        say(f"The first administrator sets a password at {link}\nThe link works once, within 24 hours.")


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens there. Raises: PortTaken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((host, port))
        made.listen(128)
    except (OSError, OverflowError) as error:
        made.close()
        reason = getattr(error, "strerror", None) or str(error)
        raise PortTaken(
            f"nothing can be served on {host}:{port}: {reason}; stop what listens there, or choose another with --port"
        ) from None
    return made


def address_of(listening: socket.socket) -> str:
    """The address people reach a socket at."""
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def serve_house(house: Installation, listening: socket.socket, *, seconds: float) -> None:
    """Serve an installation until it is told to stop, beating meanwhile."""
    import uvicorn

    from api.app import create_app
    from api.listening import server_config
    from api.wiring import heart

    app = create_app(house.engine, demo=house.travel, settings=house.settings, system=house.system)
    beating = heart(house, seconds=seconds)
    config = server_config(app, proxies=house.settings.proxies)
    # Told to terminate, end as when interrupted: in order. uvicorn passes both signals on when it has shut down.
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    with closing(listening):
        try:
            beating.start()
            remark(f"Serving {house.database.name} on {address_of(listening)}; press Ctrl-C to stop.")
            uvicorn.Server(config).run(sockets=[listening])
        except KeyboardInterrupt:
            remark("Stopped.")
        finally:
            beating.stop()
            signal.signal(signal.SIGTERM, before)
