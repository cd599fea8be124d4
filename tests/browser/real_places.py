"""The pages of a real agency: where one signs in, one's account, those of officials, and what anybody may ask."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from api.app import create_app
from api.sealing import sealer_of
from api.settings import Settings
from engine.core.identity.account import Account, SystemRole
from tests.browser.conftest import served
from tests.browser.places import Place
from tests.browser.sending import sending
from tests.clients import Client
from tests.runtime.conftest import HandClock
from tests.signing_in.conftest import PASSWORD, STAFF, House, opened, real_agency
from tests.signing_in.test_clock import doubt
from tests.signing_in.test_second_yes import asked, letters

#: what names the code of a refusal, for whoever reports it
RAW = {"problem", "nowhere"}


@contextmanager
def real_house(place: Path) -> Iterator[tuple[House, str]]:
    """A real agency, and where it is served."""
    clock = HandClock()
    real_agency(str(place), clock).database.close()
    engine = opened(place, clock, clock)
    app = create_app(engine, demo=None, settings=Settings(), system=clock)
    with served(app) as address:
        yield House(engine=engine, clock=clock, app=app), address
    engine.database.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Visitors:
    """Who looks at what in one agency: an employee, those with system roles, one who still owes a code, the letters."""

    address: str
    own: Client
    looks: Client
    guards: Client
    rules: Client
    half: Client
    owner: Account
    new: Account
    link: str
    letter: str

    def place(
        self,
        name: str,
        route: str,
        client: Client | None,
        *,
        path: str = "",
        status: int = 200,
        sent: Callable[[Any], None] | None = None,
        to: str = "",
        answers: int = 200,
    ) -> Place:
        """A page as somebody opens it who is signed in there, or nobody."""
        kept = client.cookies.jar if client else ()
        return Place(
            name=name,
            route=route,
            address=f"{self.address}{path or route}",
            cookies={one.name: one.value or "" for one in kept if one.name != "language"},
            status=status,
            raw=name in RAW,
            sent=sent,
            to=to,
            answers=answers,
        )

    def answer(
        self,
        name: str,
        client: Client | None,
        path: str,
        action: str,
        answers: int,
        to: str = "",
        **typed: str,
    ) -> Place:
        """What comes back when the form there is sent."""
        sent = sending(action, typed=typed)
        return self.place(name, "", client, path=path, sent=sent, to=to or action, answers=answers)


def real_places(house: House, address: str) -> Iterator[Place]:
    """Each page of those who have accounts, and of those who have none; then what they are answered."""
    *_, owner = asked(house)
    _, letter = letters(house, owner.person)[-1]
    doubt(house)
    plain, (auditor, seen), (officer, kept), (admin, known) = (
        house.account("fadli", person=STAFF), _official(house, "auditor"), _official(house, "privacy"),
        _official(house, "administrator"),
    )  # fmt: skip
    house.engine.access.denied(plain.id, "people.import", "", "default-deny")
    half = house.browser()
    of = _Visitors(
        address=address,
        link=house.engine.accounts.invite(plain.id, by="operator"),
        own=house.signed_in(plain),
        looks=house.signed_in(auditor, seen),
        guards=house.signed_in(officer, kept),
        rules=house.signed_in(admin, known),
        half=half,
        owner=owner,
        new=house.account("baru"),
        letter=letter,
    )
    sealer_of(house.engine.database, Settings()).seal(house.clock.instant)
    half.post("/sign-in", data={"login": admin.login, "password": PASSWORD, "next": "/"})
    yield from _pages(of)
    yield from _answers(of)


def _pages(of: _Visitors) -> Iterator[Place]:
    yield of.place("sign-in", "/sign-in", None)
    yield of.place("sign-in-again", "/sign-in", None, path="/sign-in?why=over&next=/year")
    yield of.place("sign-in-code", "/sign-in/code", of.half)
    yield of.place("signed-out", "/signed-out", None)
    yield of.place("link", "/link/{token}", None, path=f"/link/{of.link}")
    yield of.place("refuse", "/refuse/{token}", None, path=of.letter)
    yield of.place("account", "/account", of.own)
    yield of.place("account-admin", "/account", of.rules)
    yield of.place("password", "/account/password", of.own)
    yield of.place("authenticator", "/account/authenticator", of.own)
    yield of.place("accounts", "/accounts", of.rules)
    yield of.place("account-of", "/accounts/{account_id}", of.rules, path=f"/accounts/{of.owner.id}")
    yield of.place("clock", "/clock", of.rules)
    yield of.place("audit", "/audit", of.looks)
    yield of.place("audit-found", "/audit", of.looks, path="/audit?transition=submit&sample=5&seed=1")
    yield of.place("denials", "/denials", of.guards)
    yield of.place("privacy-officer", "/privacy", of.guards)
    yield of.place("break-glass-officer", "/break-glass", of.guards)
    yield of.place("inbox-signed-in", "/", of.own)
    yield of.place("public", "/public", None)
    yield of.place("checkpoint", "/checkpoint", None)
    yield of.place("problem", "/problems/{code}", None, path="/problems/not_yours")
    yield of.place("nowhere", "", None, path="/tidak-ada", status=404)


def _answers(of: _Visitors) -> Iterator[Place]:
    yield of.answer("sign-in-wrong", None, "/sign-in", "/sign-in", 403, login="siapa", password="salah")
    yield of.answer("code-wrong", of.half, "/sign-in/code", "/sign-in/code", 403, code="000000")
    unequal = {"password": "satu dua", "again": "tiga empat"}
    yield of.answer("link-unequal", None, f"/link/{of.link}", "/link/*", 422, "/link/{token}", **unequal)
    yield of.answer("password-wrong", of.own, "/account/password", "/account/password", 422)
    yield of.answer("authenticator-begun", of.own, "/account/authenticator", "/account/authenticator", 200)
    yield of.place(
        "authenticator-wrong", "", of.own, path="/account/authenticator", sent=_wrong_code,
        to="/account/authenticator/confirm", answers=200,
    )  # fmt: skip
    yield of.answer("token-refused", of.own, "/account", "/account/tokens", 422)
    yield of.answer("codes", of.rules, "/account", "/account/recovery-codes", 200)
    yield of.answer("account-refused", of.rules, "/accounts", "/accounts", 422)
    invite = f"/accounts/{of.new.id}/invite"
    yield of.answer(
        "invited", of.rules, f"/accounts/{of.new.id}", invite, 200, "/accounts/{account_id}/invite"
    )
    yield of.answer("clock-refused", of.rules, "/clock", "/clock", 422)
    yield of.answer("break-glass-refused", of.guards, "/break-glass", "/break-glass", 422)


def _wrong_code(page: Any) -> None:
    """A code that the app which was just set up would not show."""
    with page.expect_navigation():
        sending("/account/authenticator")(page)
    sending("/account/authenticator/confirm", typed={"code": "000000"})(page)


def _official(house: House, role: SystemRole) -> tuple[Account, str]:
    """Somebody with a system role, and the secret of their app, without which the role opens nothing."""
    account = house.account(f"pejabat-{role}", role)
    return account, house.enrol(account)
