"""The pages of a real agency: where one signs in, one's account, those of officials, and what anybody may ask."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from api.app import create_app
from api.sealing import sealer_of
from api.settings import Settings
from engine.core.identity.account import Account, SystemRole
from tests.browser.conftest import served
from tests.browser.places import Place
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


def real_places(house: House, address: str) -> Iterator[Place]:
    """Each page of those who have accounts, and of those who have none."""
    *_, owner = asked(house)
    _, letter = letters(house, owner.person)[-1]
    doubt(house)
    plain, (auditor, seen), (officer, kept), (admin, known) = (
        house.account("fadli", person=STAFF), _official(house, "auditor"), _official(house, "privacy"),
        _official(house, "administrator"),
    )  # fmt: skip
    link = house.engine.accounts.invite(plain.id, by="operator")

    def place(name: str, route: str, client: Client | None, *, path: str = "", status: int = 200) -> Place:
        kept = (
            {one.name: one.value or "" for one in client.cookies.jar if one.name != "language"}
            if client
            else {}
        )
        return Place(
            name=name,
            route=route,
            address=f"{address}{path or route}",
            cookies=kept,
            status=status,
            raw=name in RAW,
        )

    own, looks, guards = (
        house.signed_in(plain),
        house.signed_in(auditor, seen),
        house.signed_in(officer, kept),
    )
    rules = house.signed_in(admin, known)
    house.engine.access.denied(plain.id, "people.import", "", "default-deny")
    sealer_of(house.engine.database, Settings()).seal(house.clock.instant)
    half = house.browser()
    half.post("/sign-in", data={"login": admin.login, "password": PASSWORD, "next": "/"})
    yield place("sign-in", "/sign-in", None)
    yield place("sign-in-again", "/sign-in", None, path="/sign-in?why=over&next=/year")
    yield place("sign-in-code", "/sign-in/code", half)
    yield place("signed-out", "/signed-out", None)
    yield place("link", "/link/{token}", None, path=f"/link/{link}")
    yield place("refuse", "/refuse/{token}", None, path=letter)
    yield place("account", "/account", own)
    yield place("account-admin", "/account", rules)
    yield place("password", "/account/password", own)
    yield place("authenticator", "/account/authenticator", own)
    yield place("accounts", "/accounts", rules)
    yield place("account-of", "/accounts/{account_id}", rules, path=f"/accounts/{owner.id}")
    yield place("clock", "/clock", rules)
    yield place("audit", "/audit", looks)
    yield place("audit-found", "/audit", looks, path="/audit?transition=submit&sample=5&seed=1")
    yield place("denials", "/denials", guards)
    yield place("privacy-officer", "/privacy", guards)
    yield place("break-glass-officer", "/break-glass", guards)
    yield place("inbox-signed-in", "/", own)
    yield place("public", "/public", None)
    yield place("checkpoint", "/checkpoint", None)
    yield place("problem", "/problems/{code}", None, path="/problems/not_yours")
    yield place("nowhere", "", None, path="/tidak-ada", status=404)


def _official(house: House, role: SystemRole) -> tuple[Account, str]:
    """Somebody with a system role, and the secret of their app, without which the role opens nothing."""
    account = house.account(f"pejabat-{role}", role)
    return account, house.enrol(account)
