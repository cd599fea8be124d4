"""Scripts in what is written beside forms: journals, answers from outside, names of files and of accounts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

import pytest

from api.pages import rendering
from engine.core.definition import Definition, Field
from engine.core.identity.account import NewAccount
from tests.attacks.attackers import routes_of
from tests.attacks.test_scripts import NAMED, SHORT
from tests.canaries.planting import Planter
from tests.canaries.story import COLLEAGUE, Story, told
from tests.clients import Client
from tests.sighted import DESK, RATER, SUBJECT
from tests.signing_in.conftest import STAFF, House

#: the one script that pages carry, with nothing beside its address
OUR_SCRIPT = re.compile(r"\[\('src', '/static/keeping\.js\?v=[0-9a-f]+'\), \('defer', None\)\]")


@dataclass
class Hostile(Planter):
    """Every text is markup, and so is the name of every file; a link is still one."""

    words: list[str] = field(default_factory=list)

    def word(self) -> str:
        self.count += 1
        self.fresh.append(f"{SHORT}{self.count}")
        self.words.append(self.fresh[-1])
        return self.fresh[-1]

    def value(self, definition: Definition, one: Field, known: Any, people: Any, today: Any) -> Any:
        if one.kind == "link":
            return [f"https://example.example/?q={NAMED}"] if one.most else []
        return super().value(definition, one, known, people, today)


class Marked(HTMLParser):
    """Finds what became a tag, or an address that runs."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "script" and OUR_SCRIPT.fullmatch(str(attrs)):
            return
        for name, value in attrs:
            if name in {"data-owned", "onerror", "onload"} or tag in {"script", "svg/data-owned/onload"}:
                self.found.append(f"{tag} {name}")
            elif name in {"href", "src", "action"} and urlsplit(value or "").scheme not in {
                "",
                "http",
                "https",
            }:
                self.found.append(f"{tag} {value}")


def client_of(story: Story, name: str) -> Client:
    cookies = f"persona={story.number(name)}; language=en"
    headers = {"Cookie": cookies, "Sec-Fetch-Site": "same-origin"}
    return Client(story.app, base_url="http://127.0.0.1:8000", follow_redirects=False, headers=headers)


def pages_of(story: Story) -> list[str]:
    """The pages of the case, of its journals and of its people, as those see them who read the most."""
    case = story.case.case_id
    journals = [f"/cases/{case}/journals/{name}" for name in story.view.definition.journals]
    found = []
    for name in (SUBJECT, RATER, DESK, COLLEAGUE):
        client = client_of(story, name)
        for path in (f"/cases/{case}", *journals, "/", "/messages", "/handover", "/privacy"):
            answer = client.get(path)
            if answer.headers["content-type"].startswith("text/html"):
                found.append(answer.text)
    return found


@pytest.fixture(scope="module")
def sown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """A year in which every text, every note of a journal, every answer from outside and every file is markup."""
    story = told(tmp_path_factory.mktemp("sown") / "siklus.db")
    story.planter = Hostile()
    stations = story.lived()
    for station in stations:
        if station == "disclosed":
            break
    yield story
    story.case.engine.database.close()


def test_nothing_written_in_a_journal_or_from_outside_becomes_markup(sown: Story) -> None:
    """Entries, notes about them, reasons to keep them back, answers of visitors, names of files."""
    pages = pages_of(sown)
    assert [] == [one for page in pages for one in Marked(page).found]
    shown = " ".join(pages)
    assert 20 < sum(one.replace("<", "&lt;").replace(">", "&gt;") in shown for one in sown.planter.words)  # type: ignore[attr-defined]


def test_unescaped_it_would_be_there(sown: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    """The texts are well made: with escaping taken out they are markup."""
    loose = rendering._environment().overlay(autoescape=False, cache_size=100)
    monkeypatch.setattr(rendering, "_environment", lambda: loose)
    assert any(Marked(page).found for page in pages_of(sown))


def test_a_file_keeps_no_markup_in_its_name(sown: Story) -> None:
    """It is downloaded under a name that is one name, into a sandbox."""
    case, client, found = sown.case.case_id, client_of(sown, RATER), 0
    for sha in sown.planter.files:
        answer = client.get(f"/api/v1/cases/{case}/files/{sha}")
        if answer.status_code == 200:
            found += 1
            assert not set("<>\"'") & set(answer.headers["content-disposition"].partition("UTF-8''")[2])
            assert "sandbox" in answer.headers["content-security-policy"]
    assert found


def test_no_name_of_an_account_becomes_markup(house: House) -> None:
    """On the pages of its owner and of administrators; nor the name of a token, nor what was tried as a login."""
    admin, _, _ = house.administrator()
    made = house.engine.accounts.create(
        NewAccount(login="jahat", name=NAMED, person=house.key_of(STAFF)), by="operator"
    )
    account = house.engine.accounts.set_password(made, "kuda laut berenang pelan")
    client = house.signed_in(account)
    assert NAMED.replace("<", "&lt;").replace(">", "&gt;") in admin.get("/accounts").text
    told = [client.post("/account/tokens", data={"name": NAMED, "days": "30", "scope.read": "1"}).text]
    told.append(house.browser().post("/sign-in", data={"login": NAMED, "password": "bukan"}).text)
    for browser in (admin, client):
        for method, pattern in routes_of(house):
            path = pattern.replace("{account_id}", account.id)
            if method == "GET" and "{" not in path and not path.startswith(("/api/", "/docs", "/sign")):
                told.append(browser.get(path).text)

    assert [] == [one for page in told for one in Marked(page).found]
