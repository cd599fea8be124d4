"""A real agency behind the web application, with accounts and a machine's clock set by hand."""

from __future__ import annotations

import base64
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from api.app import create_app
from api.settings import Settings
from engine.clock import Clock
from engine.core.command import Actor
from engine.core.identity.account import Account, NewAccount, SystemRole
from engine.core.identity.totp import code_at
from engine.core.source import read_yaml
from engine.runtime import Engine, Rules
from engine.runtime.identity import Register, identity_of
from engine.runtime.identity.passwords import Passwords
from engine.store import Database
from tests.api.conftest import launched, office
from tests.clients import Client
from tests.furnished import furnish
from tests.runtime.conftest import NOBODY, OPENING, HandClock, import_people
from tests.worlds import ROOT

__all__ = ["launched", "office"]

STAFF, DESK, APPROVER = "Fadli Hunowu", "Zulkifli", "Marlina"
PASSWORD = "kuda laut berenang pelan"
MINUTE, HOUR = 60_000_000, 3_600_000_000
DAY = 24 * HOUR
STEP = 30_000_000
ADDRESS = "http://127.0.0.1:8000"


def real_agency(url: str, clock: HandClock) -> Engine:
    """A real agency whose rules two people brought into force, with a launched cycle."""
    engine = Engine(Database.create(url, "real"), clock, clock)
    path = ROOT / "workflows/calendars/id-asn.yaml"
    engine.add_calendar(read_yaml(path.read_text(encoding="utf-8"), path.name).values)
    import_people(engine, (ROOT / "workflows/examples/people-demo.csv").read_bytes())
    rules, texts = (ROOT / f"tests/definitions/alone/asn-tahunan{end}" for end in (".yaml", ".texts.yaml"))
    given = Rules(
        rules=rules.read_text(encoding="utf-8"), texts=texts.read_text(encoding="utf-8"),
        name=rules.name, texts_name=texts.name,
    )  # fmt: skip
    author, approver = (
        Actor(person=next(one.key for one in engine.chart.segments if one.name.startswith(name)))
        for name in (DESK, APPROVER)
    )
    proposed = engine.propose(given, actor=author, reason="PermenPANRB 6/2022")
    engine.approve(proposed.name, actor=approver, reason="sudah dibahas", effective=date(2025, 11, 1))
    engine.launch("asn-tahunan", opens=OPENING, actor=NOBODY)
    return engine


@dataclass
class House:
    """A real installation that is being served, and the people at its door."""

    engine: Engine
    clock: HandClock
    app: Any

    def browser(self, language: str = "en", **kwargs: Any) -> Client:
        """A browser, in which nobody is signed in yet."""
        address = kwargs.pop("base_url", ADDRESS)
        client = Client(
            self.app,
            base_url=address,
            follow_redirects=False,
            headers={"Sec-Fetch-Site": "same-origin"},
            **kwargs,
        )
        client.cookies.set("language", language)
        return client

    def program(self, token: str) -> Client:
        """A program with a token."""
        return Client(
            self.app, base_url=ADDRESS, follow_redirects=False, headers={"Authorization": f"Bearer {token}"}
        )

    def key_of(self, name: str) -> str:
        return next(one.key for one in self.engine.chart.segments if one.name.startswith(name))

    def account(self, login: str, *roles: SystemRole, person: str = "") -> Account:
        """An account with the password of the tests."""
        new = NewAccount(
            login=login, name=login.capitalize(), roles=roles, person=self.key_of(person) if person else ""
        )
        made = self.engine.accounts.create(new, by="operator")
        return self.engine.accounts.set_password(made, PASSWORD)

    def enrol(self, account: Account) -> str:
        """An authenticator app for an account; its secret."""
        secret = self.engine.accounts.begin_totp(account.id).secret
        assert self.engine.accounts.confirm_totp(account.id, self.code(secret))
        return secret

    def code(self, secret: str) -> str:
        """The code an app shows next: a new one each time, since each counts once."""
        self.clock.instant += STEP
        text = secret.replace(" ", "")
        plain = base64.b32decode(text + "=" * (-len(text) % 8))
        return code_at(plain, self.clock.instant // STEP)

    def signed_in(self, account: Account, secret: str = "") -> Client:
        """A browser in which somebody is signed in."""
        client = self.browser()
        answer = client.post("/sign-in", data={"login": account.login, "password": PASSWORD, "next": "/"})
        if secret:
            answer = client.post("/sign-in/code", data={"code": self.code(secret)})
        assert 303 == answer.status_code, answer.text
        return client

    def administrator(self, login: str = "admin") -> tuple[Client, Account, str]:
        """An administrator's browser."""
        account = self.account(login, "administrator")
        secret = self.enrol(account)
        return self.signed_in(account, secret), account, secret


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of a real agency, made once and copied for each test."""
    place = tmp_path_factory.mktemp("real") / "siklus.db"
    furnish(str(place), "a real agency", lambda to: real_agency(to, HandClock()).database.close())
    return place


def opened(place: Path, clock: HandClock, system: Clock) -> Engine:
    """An engine on a copy of the agency, with its key file; its passwords cost little, since tests check many."""
    engine = Engine(Database(str(place)), clock, system)
    engine.keys.make()
    cheap = Passwords(memory_kib=64)
    register = Register(engine.database, system, engine.keys)
    engine.accounts, engine.sessions, engine.tokens, engine.rates = identity_of(register, cheap)
    return engine


@pytest.fixture
def copied(founded: Path, tmp_path: Path) -> Path:
    """A database of one's own."""
    for part in founded.parent.iterdir():
        shutil.copy(part, tmp_path / part.name)
    return tmp_path / founded.name


@pytest.fixture
def house(copied: Path) -> Iterator[House]:
    """The agency, served, with a hand on both of its clocks."""
    clock = HandClock()
    engine = opened(copied, clock, clock)
    app = create_app(engine, demo=None, settings=Settings(), system=clock)
    yield House(engine=engine, clock=clock, app=app)
    engine.database.close()


def decided(admin: Client, account: Account, decision: str) -> Any:
    """What an administrator is answered who approves or refuses what waits for an account, from its page."""
    page = admin.get(f"/accounts/{account.id}").text
    found = re.search(rf'action="(/accounts/{account.id}/requests/[^/]+/){decision}"', page)
    assert found, told(page)
    return admin.post(f"{found[1]}{decision}")


def told(page: str) -> str:
    """What a page says, as one line of text."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.split("<main", 1)[-1])).split())
