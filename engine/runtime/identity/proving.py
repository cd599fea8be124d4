"""How somebody proves who they are: a password, a code, a one-time link. Refusals say nothing of which was wrong.

An unknown login, a wrong password and an account that cannot be used all cost one computation of argon2id and are told
in the same words. Passwords are computed outside of any transaction, so that nobody waits for them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from os import urandom

from engine.breached import is_breached
from engine.core.definition import Label
from engine.core.identity import totp
from engine.core.identity.account import Account, login_of, possible_login
from engine.core.identity.expiry import link_lives
from engine.core.identity.password_rules import normal, password_problems
from engine.core.identity.refusals import LINK_OVER, NO_APP, NO_PASSWORD, TOO_MANY_CODES
from engine.errors import AccountInvalid, LinkOver, NotYours, Refused
from engine.runtime.identity.passwords import Passwords
from engine.runtime.identity.rates import Rates, familiar_key, rate_key
from engine.runtime.identity.register import Register, hash_of
from engine.store import accounts as filed
from engine.store import rates as rate_store
from engine.store import sessions as session_store
from engine.store import tokens as token_store
from engine.store.unit import Unit
from engine.store.view import View

__all__ = ["Checked", "Enrolment", "Proving"]

#: every so many refusals in a row are an entry of their own
_MANY_REFUSED = 100
#: tries per kind of key: how many, in how many seconds
_TRIES: Mapping[str, tuple[int, int]] = {
    "sign-in-address": (30, 900),
    "sign-in-login": (50, 3600),
    "sign-in-login-day": (100, 86_400),
    "sign-in-both": (10, 900),
    "code": (5, 300),
}
#: one entry per account and hour tells that there were refusals
_HOUR = 3_600_000_000
_SECRET_BYTES, _RECOVERY_BYTES = 20, 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What came of a password: whose it is, whether a code must follow, or how long to wait before the next try."""

    account: Account | None = None
    needs_totp: bool = False
    wait_seconds: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """The secret of an authenticator app, as text and as a picture holds it; it counts once a code has confirmed it."""

    secret: str
    uri: str


class Proving:
    """Checks passwords, codes and links, and sets them."""

    def __init__(self, register: Register, passwords: Passwords, rates: Rates) -> None:
        self._register = register
        self._passwords = passwords
        self._rates = rates

    def check_password(self, login: str, password: str, *, address: str) -> Checked:
        """Whether this is the password of this login. Nobody is signed in by it."""
        name = login_of(login)
        account = self._register.named(login=name) if possible_login(name) else None
        wait = self._wait_for(name, self._rates.counted(address), account)
        if wait:
            self._tell_refusal(account, "waiting")
            return Checked(wait_seconds=wait)
        usable = account is not None and account.active and account.kind == "person"
        kept = self._kept(account) if account is not None and usable else ""
        fits = self._passwords.fits(kept, password)
        if account is None or not usable or not fits:
            self._refuse(account, "password" if usable else "unusable")
            return Checked()
        if self._passwords.is_old(kept):
            self._rehash(account, kept, password)
        elif self._kept(account) != kept:  # stopped, or set anew, while it was computed
            return Checked()
        return Checked(account=account, needs_totp=account.has_totp)

    def check_totp(self, account_id: str, code: str) -> bool:
        """Whether this is a code of the account's app, or one of its recovery codes; each is taken once."""
        with self._register.database.read() as view:
            account = self._register.account(view, account_id)
        if not account.active or not account.has_totp:
            return False
        if self._wait("code", account_id):
            self._tell_refusal(account, "waiting")
            return False
        with self._register.database.write() as unit:
            fits = self._takes(unit, account, code)
        if not fits:
            self._refuse(account, "totp")
        return fits

    def begin_totp(self, account_id: str, *, issuer: str = "Siklus") -> Enrolment:
        """A new secret for an authenticator app, in the place of one that was not confirmed. Raises: KeysUnusable."""
        secret = urandom(_SECRET_BYTES)
        with self._register.database.write() as unit:
            account = self._register.account(unit, account_id)
            self._register.use_key(unit)
            sealed = self._register.keys.seal("totp", secret, about=account_id)
            filed.change_credential(unit.driver, account_id, totp_next=sealed)
        uri = totp.enrolment_uri(secret, login=account.login, issuer=issuer)
        return Enrolment(secret=totp.secret_text(secret), uri=uri)

    def confirm_totp(self, account_id: str, code: str) -> tuple[str, ...] | None:
        """The recovery codes, if this is a code of the new secret, which counts from now on; None if it is not.

        They are told here and kept nowhere. Raises: NotYours (too many tries).
        """
        if wait := self._wait("code", account_id):
            raise NotYours(TOO_MANY_CODES.en, label=TOO_MANY_CODES, wait=wait)
        with self._register.database.write() as unit:
            self._register.account(unit, account_id)
            kept = filed.credential_of(unit.driver, account_id)
            if not kept.totp_next:
                return None
            secret = self._register.keys.open("totp", kept.totp_next, about=account_id)
            step = totp.step_of(secret, code, now=self._register.now(), after=0)
            if step is None:
                return None
            filed.change_credential(
                unit.driver, account_id, totp=kept.totp_next, totp_next=b"", totp_step=step
            )
            self._register.say(unit, "totp_set", by=account_id, account=account_id)
            return self._new_codes(unit, account_id)

    def new_recovery_codes(self, account_id: str) -> tuple[str, ...]:
        """Recovery codes in the place of those before; told here and kept nowhere. Raises: Refused (no app)."""
        with self._register.database.write() as unit:
            if not self._register.account(unit, account_id).has_totp:
                raise Refused(NO_APP.en, label=NO_APP)
            self._register.say(unit, "recovery_made", by=account_id, account=account_id)
            return self._new_codes(unit, account_id)

    def recovery_codes_left(self, account_id: str) -> int:
        """How many recovery codes were not used yet."""
        with self._register.database.read() as view:
            return filed.recovery_left(view.driver, account_id)

    def account_of_link(self, token: str) -> Account:
        """Whose one-time link this is; it can still be used. Raises: LinkOver."""
        with self._register.database.read() as view:
            return self._linked(view, token)

    def set_password(self, proof: str | Account, new: str) -> Account:
        """Set a password: by a one-time link, which is used up by it, or for an account that has just proved itself.

        All of its sessions and tokens end. Raises: LinkOver, AccountInvalid (what is wrong with it), NotYours.
        """
        with self._register.database.read() as view:
            account = self._proved(view, proof)
            words = filed.words_about(view.driver, account.person)
        problems = password_problems(
            new,
            login=account.login,
            name=account.name,
            email=account.email,
            agency=words,
            breached=is_breached(new),
        )
        if problems:
            told = Label(id="; ".join(one.id for one in problems), en="; ".join(one.en for one in problems))
            raise AccountInvalid("the password was not set", {"password": told})
        kept = self._passwords.hash(normal(new))
        with self._register.database.write() as unit:
            account = self._proved(unit, proof)
            used = filed.drop_links(unit.driver, account.id)
            if isinstance(proof, str) and not used:
                raise _over()
            filed.change_credential(unit.driver, account.id, password=kept, refused=0)
            session_store.drop(unit.driver, account.id)
            token_store.revoke_all(unit.driver, account.id, self._register.now())
            how = "link" if isinstance(proof, str) else "password"
            self._register.say(unit, "password_set", by=account.id, account=account.id, how=how)
            return self._register.account(unit, account.id)

    def _proved(self, view: View, proof: str | Account) -> Account:
        account = (
            self._linked(view, proof) if isinstance(proof, str) else self._register.account(view, proof.id)
        )
        if not account.active or account.kind != "person":
            raise NotYours(NO_PASSWORD.en, label=NO_PASSWORD)
        return account

    def _linked(self, view: View, token: str) -> Account:
        link = filed.link_of(view.driver, hash_of(token))
        if link is not None and link_lives(made_at=link.made_at, now=self._register.now()):
            account = self._register.account(view, link.account_id)
            if account.active:
                return account
        raise _over()

    def _wait_for(self, name: str, address: str, account: Account | None) -> int:
        """Seconds to wait for a login at an address.

        The first to refuse is the last to count: one address cannot use up what a login has for all the others. What
        others used up keeps nobody out who signed in from their address lately.
        """
        wait = self._wait("sign-in-address", address) or self._wait("sign-in-both", name, address)
        if wait or self._familiar(account, address):
            return wait
        return self._wait("sign-in-login", name) or self._wait("sign-in-login-day", name)

    def _familiar(self, account: Account | None, address: str) -> bool:
        """Whether the account signed in from there lately."""
        if account is None:
            return False
        with self._register.database.read() as view:
            return rate_store.full_at(view.driver, familiar_key(account.id, address)) > self._register.now()

    def _kept(self, account: Account) -> str:
        with self._register.database.read() as view:
            return filed.password_of(view.driver, account.id)

    def _rehash(self, account: Account, kept: str, password: str) -> None:
        """Keep a password with the parameters of today, unless another was set in the meantime."""
        anew = self._passwords.hash(normal(password))
        with self._register.database.write() as unit:
            if filed.credential_of(unit.driver, account.id).password == kept:
                filed.change_credential(unit.driver, account.id, password=anew)

    def _takes(self, unit: Unit, account: Account, code: str) -> bool:
        if totp.is_recovery_code(code):
            if not filed.take_recovery(unit.driver, account.id, totp.recovery_hash(code)):
                return False
            left = filed.recovery_left(unit.driver, account.id)
            self._register.say(unit, "recovery_used", by=account.id, account=account.id, count=left)
            return True
        kept = filed.credential_of(unit.driver, account.id)
        secret = self._register.keys.open("totp", kept.totp, about=account.id)
        step = totp.step_of(secret, code, now=self._register.now(), after=kept.totp_step)
        return step is not None and filed.take_step(unit.driver, account.id, step)

    def _new_codes(self, unit: Unit, account_id: str) -> tuple[str, ...]:
        codes = tuple(totp.recovery_code(urandom(_RECOVERY_BYTES)) for _ in range(totp.RECOVERY_CODES))
        filed.put_recovery(unit.driver, account_id, map(totp.recovery_hash, codes))
        return codes

    def _wait(self, kind: str, *whom: str) -> int:
        most, seconds = _TRIES[kind]
        return self._rates.take(rate_key(kind, *whom), most=most, per_seconds=seconds)

    def _refuse(self, account: Account | None, why: str) -> None:
        """Count a refusal, and tell of many in a row."""
        if account is not None and account.kind == "person":
            with self._register.database.write() as unit:
                refused = filed.count_refusal(unit.driver, account.id)
                if refused % _MANY_REFUSED == 0:
                    self._register.say(unit, "many_refused", by="", account=account.id, count=refused)
        self._tell_refusal(account, why)

    def _tell_refusal(self, account: Account | None, why: str) -> None:
        """Tell of refusals, once an hour for each account and all unknown logins together."""
        whom = account.id if account is not None else ""
        now = self._register.now()
        with self._register.database.write() as unit:
            key = rate_key("refusal-told", whom, why)
            if rate_store.take(unit.driver, key, now, most=1, span=_HOUR):
                refused = filed.credential_of(unit.driver, whom).refused if whom else 0
                facts = {"why": why, **({"refused": refused} if refused else {})}
                self._register.say(unit, "refused", by="", account=whom, **facts)


def _over() -> LinkOver:
    return LinkOver(LINK_OVER.en, label=LINK_OVER)
