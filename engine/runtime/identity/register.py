"""What the rooms of identity stand on: database, the machine's clock, keys, chance, and the stream of accounts."""

from __future__ import annotations

import base64
import hashlib
from os import urandom
from pathlib import Path

from engine.clock import Clock, SystemClock
from engine.core.audit import Entry
from engine.core.content import storable
from engine.core.identity.account import OPERATOR, Account
from engine.core.identity.account_log import STREAM, AccountKindOfEntry, acting
from engine.core.identity.refusals import DISABLED
from engine.core.identity.sign_in_rules import SignInRules
from engine.errors import KeysUnusable, NotFound, NotYours
from engine.keys import FILE_NAME, Keys
from engine.store import accounts as filed
from engine.store.database import Database
from engine.store.unit import Unit
from engine.store.view import View

__all__ = ["Register", "hash_of", "new_token"]

#: the fact of the database that names the key its sealed values need, without telling anything of it
_KEY_NAME = "key_name"
_TOKEN_BYTES, _ID_BYTES = 32, 8


class Register:
    """Where accounts are kept, and how it is told what became of them."""

    def __init__(
        self,
        database: Database,
        clock: Clock | None = None,
        keys: Keys | None = None,
        rules: SignInRules | None = None,
    ) -> None:
        self.database = database
        self.rules = rules or SignInRules()
        self._clock = clock or SystemClock()
        self.keys = keys or Keys(_beside(database))

    def now(self) -> int:
        """The present instant of the machine's clock."""
        return self._clock.now()

    def say(
        self, unit: Unit, kind: AccountKindOfEntry, *, by: str, account: str = "", **facts: object
    ) -> Entry:
        """Tell what became of an account; `by` is an account's id, `OPERATOR`, or "" for nobody that is known."""
        told = {"actor": acting(by), **({"account": account} if account else {}), **facts}
        return unit.append(STREAM, kind, self.now(), told)

    def named(self, **known: str) -> Account | None:
        """The account with this id, login, person, or issuer and subject, as it was read somewhere; or None."""
        if not all(map(storable, known.values())):
            return None
        with self.database.read() as view:
            return filed.account_of(view.driver, **known)

    def account(self, view: View, account_id: str) -> Account:
        """The account with this id. Raises: NotFound."""
        found = filed.account_of(view.driver, id=account_id) if storable(account_id) else None
        if found is None:
            raise NotFound("account", account_id)
        return found

    def demand_actor(self, view: View, by: str) -> None:
        """Raises: NotFound or NotYours, unless `by` is an active account or the operator."""
        if by != OPERATOR and not self.account(view, by).active:
            raise NotYours(DISABLED.en, label=DISABLED, account=by)

    def use_key(self, unit: Unit) -> None:
        """See that the key file is the one this database was begun with; where it was not, begin with it.

        Raises: KeysUnusable.
        """
        known = unit.meta(_KEY_NAME)
        if known is None:
            self.keys.make()
            unit.put_meta(_KEY_NAME, self.keys.name())
        elif known != self.keys.name():
            raise self._strange_key()

    def key_problem(self, view: View) -> str:
        """What keeps the key file from being used, as a sentence; "" if nothing does, or it was never needed."""
        known = view.meta(_KEY_NAME)
        if known is None:
            return ""
        try:
            return "" if known == self.keys.name() else self._strange_key().message
        except KeysUnusable as unusable:
            return unusable.message

    def new_id(self, letter: str) -> str:
        """A new id: a letter for its kind, and 64 random bits."""
        return f"{letter}-{urandom(_ID_BYTES).hex()}"

    def _strange_key(self) -> KeysUnusable:
        return KeysUnusable(
            f"the key file {self.keys.path} belongs to another installation than {self.database.name}; bring the"
            " file that was made with this database, or name its place with SIKLUS_KEY_FILE"
        )


def new_token() -> str:
    """256 random bits as text that can stand in a link, a cookie and a header."""
    return base64.urlsafe_b64encode(urandom(_TOKEN_BYTES)).decode().rstrip("=")


def hash_of(token: str) -> str:
    """What is kept of a token: 256 random bits need no slow hash."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _beside(database: Database) -> Path:
    """Where the key file is unless something else is said: beside the file of the database."""
    if database.engine == "sqlite":
        return Path(database.name).with_name(FILE_NAME)
    return Path(FILE_NAME)
