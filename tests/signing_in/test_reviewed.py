"""What somebody meets who begins with nothing, or comes with addresses too long for a cookie."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from api.app import create_app
from api.settings import Settings
from engine.runtime import Engine
from engine.store import Database
from tests.runtime.conftest import HandClock
from tests.signing_in.conftest import PASSWORD, House, copied, founded, house

__all__ = ["copied", "founded", "house"]


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[House]:
    """A real installation with nobody on its chart."""
    clock = HandClock()
    engine = Engine(Database.create(str(tmp_path / "siklus.db"), "real"), clock, clock)
    engine.keys.make()
    app = create_app(engine, demo=None, settings=Settings(), system=clock)
    yield House(engine=engine, clock=clock, app=app)
    engine.database.close()


def test_the_first_administrator_goes_about_before_anybody_is_on_the_chart(empty: House) -> None:
    """From the first link to the list of accounts; there is no inbox for them, and no page breaks."""
    client, token = empty.browser(), empty.engine.accounts.first()
    client.post(f"/link/{token}", data={"password": PASSWORD, "again": PASSWORD})
    account = empty.engine.accounts.all()[0]
    signed_in = empty.signed_in(account, empty.enrol(account))
    answers = {path: signed_in.get(path).status_code for path in ("/", "/account", "/accounts", "/cases")}

    assert {"/": 303, "/account": 200, "/accounts": 200, "/cases": 403} == answers


def test_an_address_too_long_to_come_back_to_is_not_come_back_to(house: House) -> None:
    """The password was right, so the code is asked for."""
    account = house.account("dewi")
    house.enrol(account)
    sent = {"login": "dewi", "password": PASSWORD, "next": "/" + "é" * 700}
    answer = house.browser().post("/sign-in", data=sent)

    assert (303, "/sign-in/code") == (answer.status_code, answer.headers["location"])


def test_one_address_does_not_use_up_the_tries_of_everybody_else(house: House) -> None:
    """Sixty wrong tries from one address; the owner, elsewhere, is let in."""
    house.account("dewi")
    for _ in range(60):
        house.engine.accounts.check_password("dewi", "salah sama sekali", address="203.0.113.9")
    checked = house.engine.accounts.check_password("dewi", PASSWORD, address="198.51.100.7")

    assert checked.account is not None


def test_another_password_another_right_and_a_taken_app_end_tokens_too(house: House) -> None:
    """Whoever holds an old token holds nothing."""
    engine, day = house.engine, 86_400_000_000

    def token(account_id: str) -> str:
        until = house.clock.instant + 30 * day
        made, _ = engine.tokens.make(
            account_id, "laporan", frozenset({"read"}), expires_at=until, by=account_id
        )
        return made

    one = house.account("dewi")
    first = token(one.id)
    engine.accounts.set_password(one, "sandi yang baru sama sekali")
    second = token(one.id)
    engine.accounts.change(one.id, roles=frozenset({"auditor"}), by="operator")
    third = token(one.id)
    engine.accounts.reset_totp(one.id, by="operator")

    assert [None, None, None] == [engine.tokens.find(made) for made in (first, second, third)]
    assert engine.tokens.find(token(one.id)) is not None
