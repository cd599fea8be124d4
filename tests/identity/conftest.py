"""Accounts on a real database of either engine, with a clock set by hand and a hash that costs nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from engine.core.identity.account import OPERATOR, Account, NewAccount
from engine.core.identity.totp import code_at
from engine.keys import Keys
from engine.runtime.identity import Accounts, Passwords, Rates, Register, Sessions, Tokens, identity_of
from engine.store import Database
from tests.furnished import furnish

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
NOON = 1_780_000_000 * SECOND
PASSWORD = "kuda lumping hijau dinding"
HERE = "192.0.2.1"


class Counted(Passwords):
    """Counts what it computes; cheap."""

    def __init__(self) -> None:
        super().__init__(memory_kib=8, passes=1, lanes=1)
        self.computed = 0

    def _computed(self, password: str) -> str:
        self.computed += 1
        return super()._computed(password)

    def _verified(self, kept: str, given: str) -> bool:
        self.computed += 1
        return super()._verified(kept, given)


class Hand:
    """The machine's clock, set by hand."""

    def __init__(self) -> None:
        self.instant = NOON

    def now(self) -> int:
        return self.instant


@dataclass
class House:
    """One worker's rooms of identity."""

    database: Database
    clock: Hand
    keys: Keys
    passwords: Counted
    accounts: Accounts
    sessions: Sessions
    tokens: Tokens
    rates: Rates

    def person(self, login: str = "budi", *, password: str = PASSWORD, **of: object) -> Account:
        """An account that can sign in."""
        made = self.accounts.create(NewAccount(login=login, name=f"{login} satu", **of), by=OPERATOR)  # type: ignore[arg-type]
        return self.accounts.set_password(self.accounts.invite(made.id, by=OPERATOR), password)

    def with_app(self, account: Account) -> tuple[bytes, tuple[str, ...]]:
        """Set up an authenticator app: its secret, and the recovery codes."""
        import base64  # noqa: PLC0415

        shown = self.accounts.begin_totp(account.id).secret
        secret = base64.b32decode(shown)
        codes = self.accounts.confirm_totp(account.id, self.code(secret))
        assert codes is not None
        self.clock.instant += 30 * SECOND
        return secret, codes

    def code(self, secret: bytes, steps: int = 0) -> str:
        """What the app shows now, or some steps away."""
        return code_at(secret, self.clock.now() // (30 * SECOND) + steps)

    def check(self, login: str, password: str = PASSWORD, address: str = HERE) -> Account | None:
        """Whose password this is."""
        return self.accounts.check_password(login, password, address=address).account

    def told(self, account: Account | None = None) -> list[str]:
        """The kinds of entries about an account, or all, newest first."""
        found = self.accounts.history(account.id if account else "")
        return [one.entry.kind for one in found]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where an empty database of ours is."""
    if request.param == "sqlite":
        made = str(tmp_path / "siklus.db")
        furnish(made, "empty", lambda to: Database.create(to, "real").close())
        yield made
        return
    with request.getfixturevalue("postgres_server").made() as address:
        yield address


@pytest.fixture
def worker(url: str, tmp_path: Path) -> Iterator[Callable[[], House]]:
    """Another worker on the same database, with the same clock and key file."""
    opened: list[Database] = []
    clock = Hand()

    def one() -> House:
        database = Database(url)
        opened.append(database)
        keys, passwords = Keys(tmp_path / "siklus.key"), Counted()
        rooms = identity_of(Register(database, clock, keys), passwords)
        return House(database, clock, keys, passwords, *rooms)

    yield one
    for database in opened:
        with closing(database):
            pass


@pytest.fixture
def house(worker: Callable[[], House]) -> House:
    return worker()
