"""Everything one person is shown, wherever they look: pages, answers of the API, messages, mails, files, refusals."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from html import unescape
from typing import Any, Self

from engine.core.command import Actor
from engine.errors import SiklusError
from engine.runtime import Engine
from notifications.composing import compose, headline
from notifications.parcels import matter_of
from tests.clients import Client

#: where nothing of a case stands, looked at once
ONCE = ("/api/v1/openapi.json", "/api/v1/definitions", "/definitions", "/cycles", "/api/v1/cycles", "/calendars",
        "/api/v1/calendars", "/trainings", "/api/v1/trainings", "/delegations", "/api/v1/delegations", "/people",
        "/outages", "/promises", "/api/v1/promises", "/api/v1/promises/counts", "/api/v1/outages",
        "/health")  # fmt: skip
_ASIDE = re.compile(
    r'name="key" value="[^"]*"|<code>[0-9a-f]{16}</code>|[0-9a-f]{64}|[0-9a-f]{4} [0-9a-f]{4} [0-9a-f]{4}'
    r'|"(?:id|request_id|instance)": ?"?[0-9a-f]{8,}"?|nonce="[^"]*"'
)
Seen = tuple[str, str]


def plain(text: str) -> str:
    """A text without what differs whenever it is shown."""
    return _ASIDE.sub("*", unescape(text))


class Browser:
    """One browser that everybody uses in turn."""

    def __init__(self, app: Any) -> None:
        self._client = Client(app, base_url="http://127.0.0.1:8000", follow_redirects=False)
        self._who: dict[str, str] = {}

    def __enter__(self) -> Self:
        self._client.__enter__()
        return self

    def __exit__(self, *told: object) -> None:
        self._client.__exit__(None, None, None)

    def be(self, number: str, language: str = "en") -> None:
        """Somebody else sits down."""
        cookie = f"persona={number}; language={language}"
        self._who = {"Cookie": cookie, "Sec-Fetch-Site": "same-origin"}

    def get(self, address: str) -> str:
        return self._client.get(address, headers=self._who).text

    def packed(self, address: str) -> Iterator[tuple[str, str]]:
        """The files of an archive, each as text."""
        answer = self._client.get(address, headers=self._who)
        if answer.headers["content-type"] == "application/zip":
            with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
                for name in archive.namelist():
                    yield name, archive.read(name).decode("utf-8", "replace")

    def printed(self, address: str) -> str:
        """The text of a document that is made; of a refusal its page."""
        answer = self._client.post(address, headers=self._who)
        if answer.headers["content-type"] != "application/pdf":
            return answer.text
        lines = re.findall(rb" Td \((.*)\) Tj ET", answer.content)
        return " ".join(line.decode("cp1252") for line in lines)

    def post(self, address: str, told: Any) -> str:
        return self._client.post(address, json=told, headers=self._who).text


def looks(browser: Browser, engine: Engine, case_id: str, person: str, number: str) -> Iterator[Seen]:
    """Where a person looked at a case, and what stood there."""
    view = engine.case(case_id, person)
    api = f"/api/v1/cases/{case_id}"
    journals = view.definition.journals
    addresses = [
        f"/cases/{case_id}", "/", "/messages", "/cases", "/handover", api, f"{api}/acts", f"{api}/history",
        f"{api}/if-nobody-acts", f"{api}/journals", "/api/v1/cases", f"/api/v1/people/{number}/tasks",
        f"/api/v1/people/{number}/messages", f"/api/v1/people/{number}/handover",
        *(f"/cases/{case_id}/journals/{name}" for name in journals),
    ]  # fmt: skip
    browser.be(number, "id")
    yield f"/cases/{case_id} (id)", browser.get(f"/cases/{case_id}")
    browser.be(number)
    for address in addresses:
        yield address, browser.get(address)
    yield "document", browser.printed(f"/cases/{case_id}/document")
    for way in view.options:
        address = f"{api}/acts/{way.transition.name}/preview"
        yield address, browser.post(address, {"forms": {}})
    yield from _letters(engine, case_id, person)


def _letters(engine: Engine, case_id: str, person: str) -> Iterator[Seen]:
    """What is in their mails about the case, were they sent now."""
    view = engine.case(case_id, person)
    scene = view.scene
    for letter in engine.messages(person, limit=200):
        if letter.case_id != case_id:
            continue
        for language in ("id", "en"):
            told = compose(letter, matter_of(view), language)
            line = headline(letter, view.definition, view.case, scene.calendar, scene.chart, language)
            yield f"letter {letter.kind}", f"{line} {told}"


def refusals(engine: Engine, case_id: str, person: str) -> Iterator[Seen]:
    """What somebody is told who tries each act of the present state with nothing in their hands, past the web."""
    view = engine.case(case_id, person)
    for way in view.machine.ways(view.case.state):
        try:
            engine.preview(case_id, way.name, actor=Actor(person=person))
        except SiklusError as error:
            yield f"preview {way.name}", f"{error} {dict(error.data)}"
