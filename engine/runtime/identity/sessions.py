"""Sessions: begun when somebody has proved who they are, found at every request, ended at once when they are to end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.core.content import storable
from engine.core.identity.account import Account
from engine.core.identity.expiry import DAY
from engine.core.identity.refusals import NO_SIGN_IN
from engine.core.identity.trying import counted_address
from engine.errors import NotYours
from engine.runtime.identity.rates import familiar_key
from engine.runtime.identity.register import Register, hash_of, new_token
from engine.store import accounts as account_store
from engine.store import rates as rate_store
from engine.store import sessions as filed
from engine.store.sessions import StoredSession
from engine.store.unit import Unit

__all__ = ["PROVIDED", "Begun", "How", "Session", "Sessions"]

#: how somebody proved who they are; "oidc" alone says nothing of when the provider last asked them
How = Literal["password+totp", "password", "oidc", "oidc+fresh", "link"]
#: those in which an identity provider asked
PROVIDED: frozenset[How] = frozenset({"oidc", "oidc+fresh"})
#: how long it is remembered from where somebody signed in
_FAMILIAR = 30 * DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One place where an account is signed in; `id` names it in a list and opens nothing."""

    id: str
    account: Account
    how: str
    address: str
    made_at: int
    seen_at: int
    ends_at: int
    #: whether somebody signed in so lately that they may administer accounts
    fresh: bool

    @property
    def account_id(self) -> str:
        """Whose it is."""
        return self.account.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """A session that has just begun, and what the browser sends from now on: it is told here and kept nowhere."""

    token: str
    session: Session


class Sessions:
    """Begins, finds and ends sessions; `lasting` says how long they last."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self.lasting = register.rules.lasting

    def begin(self, account_id: str, *, how: How, address: str, instead: str = "") -> Begun:
        """Sign an account in, in the place of the session of another token, if one is named.

        Raises: NotFound, NotYours (the account is disabled, or no person's).
        """
        now, token = self._register.now(), new_token()
        with self._register.database.write() as unit:
            account = self._register.account(unit, account_id)
            if not account.active or account.kind != "person":
                raise NotYours(NO_SIGN_IN.en, label=NO_SIGN_IN, account=account_id)
            if instead:
                self._end(unit, instead)
            made = StoredSession(
                id=self._register.new_id("s"), account_id=account_id, how=how, made_at=now, seen_at=now,
                address=address[:64] if storable(address) else "",
            )  # fmt: skip
            filed.put(unit.driver, hash_of(token), made)
            near = counted_address(address, ipv6_prefix=self._register.rules.ipv6_prefix)
            rate_store.keep(unit.driver, familiar_key(account_id, near), now + _FAMILIAR)
            refused = account_store.credential_of(unit.driver, account_id).refused
            if refused:
                account_store.change_credential(unit.driver, account_id, refused=0)
            self._register.say(
                unit, "signed_in", by=account_id, account=account_id, how=how,
                **({"refused": refused} if refused else {}),
            )  # fmt: skip
        return Begun(token=token, session=self._session(made, account, now))

    def find(self, token: str) -> Session | None:
        """The session of a token, and that it was seen; None for one unknown, over or ended, or a disabled account."""
        now = self._register.now()
        with self._register.database.read() as view:
            found = filed.found(view.driver, hash_of(token))
        if found is None:
            return None
        stored, account = found
        if not account.active or not self.lasting.lives(
            made_at=stored.made_at, seen_at=stored.seen_at, now=now
        ):
            return None
        if self.lasting.to_be_noted(seen_at=stored.seen_at, now=now):
            with self._register.database.write() as unit:
                filed.seen(unit.driver, stored.id, now)
        return self._session(stored, account, now)

    def rotate(self, token: str) -> Begun | None:
        """Another token for the same session, so that the one before opens nothing; None if it is over."""
        present = self.find(token)
        if present is None:
            return None
        fresh = new_token()
        with self._register.database.write() as unit:
            if not filed.rename(unit.driver, hash_of(token), hash_of(fresh)):
                return None
        return Begun(token=fresh, session=present)

    def end(self, token: str) -> bool:
        """Sign out; whether there was a session."""
        with self._register.database.write() as unit:
            return self._end(unit, token)

    def end_one(self, account_id: str, session_id: str, *, by: str) -> bool:
        """End one of an account's sessions by its id; whether there was one."""
        with self._register.database.write() as unit:
            self._register.account(unit, account_id)
            self._register.demand_actor(unit, by)
            ended = filed.drop(unit.driver, account_id, only=session_id) if storable(session_id) else 0
            if ended:
                self._register.say(unit, "sessions_ended", by=by, account=account_id, count=ended)
        return bool(ended)

    def end_all(self, account_id: str, but: str | None = None, *, by: str = "") -> int:
        """End all sessions of an account, or all but that of a token; how many. Unsaid, by the account itself."""
        with self._register.database.write() as unit:
            self._register.account(unit, account_id)
            self._register.demand_actor(unit, by or account_id)
            kept = filed.found(unit.driver, hash_of(but)) if but else None
            ended = filed.drop(unit.driver, account_id, but=kept[0].id if kept else None)
            if ended:
                self._register.say(
                    unit, "sessions_ended", by=by or account_id, account=account_id, count=ended
                )
        return ended

    def of(self, account_id: str) -> tuple[Session, ...]:
        """Where an account is signed in now, seen last first."""
        now = self._register.now()
        with self._register.database.read() as view:
            account = self._register.account(view, account_id)
            stored = filed.of_account(view.driver, account_id)
        return tuple(
            self._session(one, account, now)
            for one in stored
            if account.active and self.lasting.lives(made_at=one.made_at, seen_at=one.seen_at, now=now)
        )

    def tidy(self) -> int:
        """Forget the sessions that are over; how many."""
        now = self._register.now()
        with self._register.database.write() as unit:
            return filed.drop_made_before(unit.driver, now - self.lasting.absolute, now - self.lasting.idle)

    def _end(self, unit: Unit, token: str) -> bool:
        found = filed.found(unit.driver, hash_of(token))
        if found is None:
            return False
        stored, account = found
        filed.drop(unit.driver, account.id, only=stored.id)
        self._register.say(unit, "signed_out", by=account.id, account=account.id)
        return True

    def _session(self, one: StoredSession, account: Account, now: int) -> Session:
        return Session(
            id=one.id,
            account=account,
            how=one.how,
            address=one.address,
            made_at=one.made_at,
            seen_at=one.seen_at,
            ends_at=self.lasting.ends_at(made_at=one.made_at, seen_at=one.seen_at),
            fresh=one.how != "oidc" and self.lasting.is_fresh(made_at=one.made_at, now=now),
        )
