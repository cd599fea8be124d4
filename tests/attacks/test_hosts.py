"""Names and addresses: a request under another name is nobody's, and only a declared proxy speaks for others."""

from __future__ import annotations

import itertools
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import uvicorn
from pydantic import ValidationError
from starlette.datastructures import Headers

from api import listening
from api.app import create_app
from api.listening import server_config
from api.origins import Gate
from api.settings import Settings
from tests.api.conftest import STAFF, Office

FOREIGN = (
    "evil.example", "127.0.0.1.evil.example", "evil.example:8000", "127.0.0.1:8000.evil.example", "",
    "evil.example@127.0.0.1:8000", "127.0.0.1:8000@evil.example", "[::1", "127.0.0.1:8000/x",
    "127.0.0.1:8000, evil.example",
    "xn--evil", "0.0.0.0:8000", "2130706433.evil.example",
)  # fmt: skip


def test_a_name_that_is_not_ours_is_not_served(office: Office) -> None:
    """Neither a page nor the API nor a file, and no link is made of it."""
    client = office.browser(STAFF)
    for host, address in itertools.product(FOREIGN, ("/", "/api/v1/health", "/static/siklus.css")):
        answer = client.get(address, headers={"Host": host})
        assert 421 == answer.status_code, (host, address)
        assert "evil.example/" not in answer.text


def test_without_a_doorway_any_name_would_do(unguarded: Office) -> None:
    """A name that leads here by somebody else's will (DNS rebinding) opens everything."""
    assert 200 == unguarded.browser(STAFF).get("/", headers={"Host": "evil.example"}).status_code


def gate(host: str, **given: Any) -> bool:
    return Gate.of(Settings(**given)).refusal(Headers({"host": host})) is None


def test_an_installation_answers_to_its_own_names_only() -> None:
    """The address in mails, and what it was given besides; a port that goes without saying may be said."""
    base = {"base_url": "https://siklus.example", "hosts": "10.0.0.5:8000, siklus.internal"}

    assert all(
        gate(one, **base)
        for one in ("siklus.example", "SIKLUS.example:443", "siklus.example.", "10.0.0.5:8000")
    )
    assert not any(
        gate(one, **base) for one in ("127.0.0.1:8000", "localhost", "siklus.example:80", "10.0.0.5")
    )


def test_on_ones_own_machine_every_name_of_it_will_do() -> None:
    """A demo on any port, by any of its names; never by a name of the network."""
    assert all(gate(one) for one in ("localhost:9", "127.0.0.1:8000", "[::1]:8123", "127.8.8.8"))
    assert not any(gate(one) for one in ("192.168.1.5:8000", "siklus.example", "localhost.evil.example"))


@pytest.mark.parametrize("proxies", ["*", "proxy.example", "10.0.0.0/99", "10.0.0.5 10.0.0.6"])
def test_whoever_may_speak_for_others_is_named_by_address(proxies: str) -> None:
    """A star would let everybody say where they come from."""
    with pytest.raises(ValidationError):
        Settings(proxies=proxies)


def test_by_https_an_answer_says_never_again_without(office: Office) -> None:
    """The address people use decides, not the last stretch; on one's own machine nothing is said."""
    secure = create_app(
        office.engine, demo=office.travel, settings=Settings(base_url="https://siklus.example")
    )
    plain = office.stranger().get("/").headers
    office.app = secure
    answer = office.stranger().get("/", headers={"Host": "siklus.example"})
    chosen = office.stranger().post(
        "/language",
        data={"language": "en"},
        headers={"Host": "siklus.example", "Origin": "https://siklus.example"},
    )

    assert "strict-transport-security" not in plain
    assert "max-age=63072000; includeSubDomains" == answer.headers["strict-transport-security"]
    assert 303 == chosen.status_code
    assert "Secure" in chosen.headers["set-cookie"]


@contextmanager
def listened(app: Any, settings: Settings) -> Iterator[int]:
    """The port at which an application is served as `siklus serve` does."""
    config = server_config(app, proxies=settings.proxies)
    config.port = 0
    server, ready = uvicorn.Server(config), threading.Event()
    startup = server.startup

    async def started(*args: Any, **kwargs: Any) -> None:
        await startup(*args, **kwargs)
        ready.set()

    server.startup = started  # type: ignore[method-assign]
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        assert ready.wait(30)
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        thread.join()


def spoken(port: int, *pieces: bytes, wait: float = 0.0) -> bytes:
    """What a raw connection is told."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
        for piece in pieces:
            try:
                line.sendall(piece)
            except OSError:
                break
        heard = b""
        until = time.monotonic() + 30 + wait
        while time.monotonic() < until:
            try:
                got = line.recv(65536)
            except OSError:
                break
            if not got:
                break
            heard += got
        return heard


class _Told:
    """An application that tells where a request comes from."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        told = f"{scope['client'][0]} {scope['scheme']}.".encode()
        await send({"type": "http.response.start", "status": 200, "headers": [(b"connection", b"close")]})
        await send({"type": "http.response.body", "body": told})


ASKING = (
    b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Forwarded-For: 203.0.113.9\r\nX-Forwarded-Proto: https\r\n\r\n"
)


def test_nobody_is_believed_about_whom_they_speak_for() -> None:
    """Where a request comes from decides how often one may try; a header is no place to come from."""
    with listened(_Told(), Settings()) as port:
        assert b"127.0.0.1 http." in spoken(port, ASKING)


def test_a_declared_proxy_is_believed() -> None:
    """And only about the address nearest to it that it does not know itself."""
    with listened(_Told(), Settings(proxies="127.0.0.1")) as port:
        assert b"203.0.113.9 https." in spoken(port, ASKING)
        forged = ASKING.replace(b"203.0.113.9", b"10.1.1.1, 203.0.113.9")
        assert b"203.0.113.9 https." in spoken(port, forged)


def test_a_head_that_never_ends_is_cut_off() -> None:
    """By its bytes, long before the machine's memory is."""
    endless = [b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n", *[b"X-A: " + b"a" * 30_000 + b"\r\n"] * 20]
    with listened(_Told(), Settings()) as port:
        assert b" 431 " in spoken(port, *endless).partition(b"\r\n")[0]


def test_a_head_that_drips_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody who opens many such lines keeps nobody else waiting."""
    monkeypatch.setattr(listening.BoundedHead, "head_seconds", 0.2)
    with listened(_Told(), Settings()) as port:
        assert b" 408 " in spoken(port, b"GET / HTTP/1.1\r\nHost: 127").partition(b"\r\n")[0]
        assert b" 408 " in spoken(port).partition(b"\r\n")[0]


def test_one_line_carries_one_request_at_a_time() -> None:
    """A body that is measured in two ways (request smuggling) is refused, not guessed at."""
    measures = b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n"
    double = b"POST /language HTTP/1.1\r\nHost: 127.0.0.1\r\n" + measures + b"0\r\n\r\nGET /evil"
    with listened(_Told(), Settings()) as port:
        assert b"HTTP/1.1 400" == spoken(port, double)[:12]
