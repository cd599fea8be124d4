"""From the first start to a person's tasks and out again, in a real Chromium: phone and desk, both languages."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from api.app import create_app
from api.settings import ProviderSettings, Settings
from engine.clock import SystemClock
from tests.browser.conftest import served
from tests.browser.seeing import seen
from tests.runtime.conftest import HandClock
from tests.signing_in.conftest import STAFF, House, opened
from tests.signing_in.provider import CLIENT, SECRET, free_port, running

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

LOGIN_WORDS, OWNER_WORDS = "gerimis di dermaga tua", "kopi sore sebelum rapat"


class Seat:
    """Somebody in front of a browser, who looks at every page they come to."""

    def __init__(self, page: Any, width: int, language: str) -> None:
        self.page, self.width, self.language = page, width, language
        self.faults: list[str] = []
        self._album = os.environ.get("SIKLUS_SCREENSHOTS", "")

    def see(self, name: str) -> None:
        self.faults += [
            f"{name} {self.width} {self.language}: {one}" for one in seen(self.page, self.language)
        ]
        if self._album:
            Path(self._album).mkdir(parents=True, exist_ok=True)
            path = Path(self._album) / f"signin-{name}-{self.width}-{self.language}.png"
            self.page.screenshot(path=path, full_page=True)

    def open(self, path: str, name: str) -> None:
        self.page.goto(path)
        self.see(name)

    def fill(self, **fields: str) -> None:
        for name, value in fields.items():
            self.page.fill(f"main [name={name}]", value)

    def press(self, selector: str, name: str) -> None:
        """Click and look at what comes; a page without a name is not ours."""
        with self.page.expect_navigation():
            self.page.click(selector)
        if name:
            self.see(name)

    def sessions(self) -> list[str]:
        return [one["value"] for one in self.page.context.cookies() if one["name"] == "siklus"]

    @property
    def path(self) -> str:
        return urlsplit(self.page.url).path


@pytest.fixture
def address(copied: Path) -> Iterator[tuple[str, House]]:
    clock = HandClock()
    engine = opened(copied, clock, clock)
    app = create_app(engine, demo=None, settings=Settings(), system=clock)
    with served(app) as address:
        yield address, House(engine=engine, clock=clock, app=app)
    engine.database.close()


def sit(chromium: Any, address: str, width: int, language: str) -> Seat:
    context = chromium.new_context(
        viewport={"width": width, "height": 800}, base_url=address, java_script_enabled=False
    )
    context.add_cookies([{"name": "language", "value": language, "url": address}])
    page = context.new_page()
    page.set_default_timeout(20_000)
    return Seat(page, width, language)


def begins(admin: Seat, house: House) -> str:
    """The first start: the link, a password, an app, recovery codes; the app's secret."""
    admin.open("/", "sign-in")
    assert "/sign-in" == admin.path
    admin.open(f"/link/{house.engine.accounts.first()}", "link")
    admin.fill(password="gerimis di laut", again=LOGIN_WORDS)
    admin.press("main button", "link-unequal")
    admin.fill(password=LOGIN_WORDS, again=LOGIN_WORDS)
    admin.press("main button", "authenticator-must")
    admin.press("main button", "authenticator")
    secret = str(admin.page.inner_text("main code"))
    admin.fill(code="000000")
    admin.press("main form button", "authenticator-wrong")
    admin.fill(code=house.code(secret))
    admin.press("main form button", "recovery-codes")
    admin.press("main a.button", "account-admin")
    return secret


def invites(admin: Seat, house: House) -> str:
    """An account for a person of the chart; its link."""
    admin.open("/accounts", "accounts")
    person = next(one for one in house.engine.chart.segments if one.name.startswith(STAFF))
    admin.fill(login="fadli", name="Fadli Hunowu", person_id=person.person_id)
    admin.press("#new button", "account-made")
    return re.search(r"/link/[\w-]+", admin.page.inner_text("main"))[0]  # type: ignore[index]


def comes_and_goes(owner: Seat, house: House, link: str) -> None:
    """By the link to one's tasks and one's account, out again, and nothing is left; then in by the password."""
    owner.open(link, "owner-link")
    owner.fill(password=OWNER_WORDS, again=OWNER_WORDS)
    owner.press("main button", "owner-inbox")
    assert "/" == owner.path
    owner.open("/account", "owner-account")
    owner.page.click("main details summary")
    owner.fill(name="laporan bulanan")
    owner.press("details form button", "owner-token")
    owner.open("/account/password", "owner-password")
    before = owner.sessions()
    owner.press("header .who button", "signed-out")
    assert ("/signed-out", []) == (owner.path, owner.sessions())
    assert [None] == [house.engine.sessions.find(token) for token in before]
    owner.page.go_back()
    assert owner.page.locator("header .who").count() == 0, "nothing is left to go back to"
    owner.open("/cases", "sign-in-next")
    owner.fill(login="fadli", password="salah sama sekali")
    owner.press("main button", "sign-in-wrong")
    owner.fill(login="fadli", password=OWNER_WORDS)
    owner.press("main button", "owner-cases")
    assert "/cases" == owner.path


def disables(admin: Seat, house: House, secret: str) -> None:
    """Later the administrator signs in again before an account is disabled."""
    account = house.engine.accounts.by_login("fadli")
    house.clock.instant += 16 * 60_000_000
    admin.open(f"/accounts/{account.id}", "account-of")
    admin.press(f"form[action='/accounts/{account.id}/disable'] button", "sign-in-again")
    assert "/sign-in" == admin.path
    admin.fill(password=LOGIN_WORDS)
    admin.press("main button", "code")
    admin.fill(code="000000")
    admin.press("main button", "code-wrong")
    admin.fill(code=house.code(secret))
    admin.press("main form button", "account-of-again")
    admin.press(f"form[action='/accounts/{account.id}/disable'] button", "account-disabled")


@pytest.mark.parametrize(("width", "language"), [(360, "id"), (1280, "en")])
def test_from_the_first_start_to_a_persons_tasks_and_out_again(
    chromium: Any, address: tuple[str, House], width: int, language: str
) -> None:
    """Without any script; a disabled account is out at the next click."""
    base, house = address
    admin, owner = (sit(chromium, base, width, language) for _ in range(2))
    secret = begins(admin, house)
    comes_and_goes(owner, house, invites(admin, house))
    disables(admin, house, secret)
    owner.open("/cases", "owner-out")

    assert "/sign-in" == owner.path
    assert [] == admin.faults + owner.faults


def test_a_browser_goes_to_a_provider_on_another_site_and_back_and_out(chromium: Any, copied: Path) -> None:
    """What the browser keeps for us comes back with it from elsewhere, and our content policy is no obstacle."""
    clock, system, port = HandClock(), SystemClock(), free_port()
    base = f"http://127.0.0.1:{port}"
    engine = opened(copied, clock, system)
    person = next(one for one in engine.chart.segments if one.name.startswith(STAFF))
    with running(f"{base}/sign-in/back", f"{base}/signed-out", host="localhost") as provider:
        provider.know("fadli", nip=person.person_id, name="Fadli")
        oidc = ProviderSettings(
            issuer=provider.issuer, client_id=CLIENT, client_secret=SECRET, name="SSO", person_claim="nip"
        )
        settings = Settings(base_url=base, oidc=oidc)
        app = create_app(engine, demo=None, settings=settings, system=system)
        with served(app, port):
            seat = sit(chromium, base, 360, "id")
            seat.open("/messages", "provider")
            seat.press("main a.main-button", "")
            assert seat.page.url.startswith(provider.issuer)
            seat.page.fill("[name=login]", "fadli")
            with seat.page.expect_navigation():
                seat.page.click("button")
            seat.see("provider-back")
            assert "/messages" == seat.path
            with seat.page.expect_navigation():
                seat.page.click("header .who button")
            seat.page.wait_for_url(f"{provider.issuer}/session/end**")
            assert [] == seat.sessions()
    engine.database.close()

    assert [] == seat.faults
