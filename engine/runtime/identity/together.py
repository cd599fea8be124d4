"""What takes two administrators: asked by one, done by another or in time by the only one, refused by the owner."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from engine.core.content import storable
from engine.core.definition import Label
from engine.core.identity.account import ALONE, OPERATOR, Account
from engine.core.identity.refusals import ASKER_GONE, REFUSAL_OVER, WAITS_ALREADY
from engine.core.identity.together import (
    REQUEST_LASTS,
    SECOND_NEEDED,
    Act,
    Request,
    apart,
    hindrance,
    others_among,
    roles_in,
    takes_two,
)
from engine.errors import Conflict, LinkOver, NotFound, NotYours, Refused, SecondNeeded
from engine.runtime.identity.account_letters import tell_act
from engine.runtime.identity.doing import FEWER_AT, changed, demand_fit, demand_others, freed, link_to
from engine.runtime.identity.register import Register, hash_of, new_token
from engine.store import accounts as filed
from engine.store import together as stored
from engine.store.unit import Unit
from engine.store.view import View

__all__ = ["Done", "Together", "Waiting"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What came of a request: the account as it is now, and the token of a link where one was made."""

    account: Account
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A request that waits, with the names it is told with, and why somebody does not carry it out (None: they may)."""

    request: Request
    account: Account
    asker: str
    hindrance: Label | None


class Together:
    """Asks for, carries out and refuses what one administrator does not do alone."""

    def __init__(self, register: Register) -> None:
        self._register = register

    def demand_alone(self, before: Account, act: Act, by: str) -> None:
        """Pass if whoever does it may do it alone. Raises: SecondNeeded, with what would have to be asked for."""
        if by != OPERATOR and takes_two(before, act):
            raise SecondNeeded(SECOND_NEEDED.en, label=SECOND_NEEDED, act=act)

    def tell_alone(self, unit: Unit, before: Account, act: Act, by: str) -> None:
        """Be loud about what takes two and was done by one at the shell, or by the settings."""
        if takes_two(before, act):
            account = self._register.account(unit, act.account)
            tell_act(self._register, unit, "account_done", account, act=act.kind, by=by)

    def ask(self, act: Act, *, by: str) -> Request:
        """File what is to be done, and tell the owner of the account, administrators and auditors.

        Raises: NotFound, NotYours, AccountInvalid, Refused (another such request waits).
        """
        register, now, token = self._register, self._register.now(), new_token()
        with register.database.write() as unit:
            account = register.account(unit, act.account)
            self._demand_administrator(unit, by)
            demand_others(account, by)
            if act.kind == "change":
                demand_fit(unit, _after(account, act), "this cannot be asked for")
            for one in stored.requests(unit.driver, account.id, since=now - REQUEST_LASTS):
                if one.act == act:
                    return one
                if one.act.kind == act.kind:
                    raise Refused(WAITS_ALREADY.en, label=WAITS_ALREADY)
            made = Request(id=register.new_id("r"), act=act, asked_by=by, asked_at=now)
            stored.put(unit.driver, made, hash_of(token))
            register.say(
                unit,
                "act_asked",
                by=by,
                account=account.id,
                act=act.kind,
                request=made.id,
                fields=sorted(act.fields),
            )
            until = self._alone_from(unit, made) if not self._others(unit, made) else 0
            tell_act(register, unit, "account_asked", account, act=act.kind, by=by, until=until, token=token)
        return made

    def carry_out(self, request_id: str, *, by: str) -> Done:
        """Do what was asked for: as a second administrator, or in time as the only one.

        Raises: NotFound, NotYours, Conflict (decided or over), Refused, AccountInvalid.
        """
        register, now = self._register, self._register.now()
        with register.database.write() as unit:
            if by != OPERATOR:
                self._demand_administrator(unit, by)
            request = self._still(unit, request_id)
            asker = register.account(unit, request.asked_by)
            if not asker.active or ALONE not in asker.roles:
                raise Refused(ASKER_GONE.en, label=ASKER_GONE)
            why = hindrance(
                request,
                by=by,
                others=self._others(unit, request),
                alone_from=self._alone_from(unit, request),
                now=now,
            )
            if why is not None:
                raise NotYours(why.en, label=why)
            account, act = register.account(unit, request.act.account), request.act
            stored.decide(unit.driver, request.id, "done")
            register.say(
                unit, "act_done", by=by, account=account.id, act=act.kind, request=request.id,
                asked_by=request.asked_by,
            )  # fmt: skip
            stored.lay_hand(unit.driver, account.id, request.asked_by, now)
            link = link_to(register, unit, account, by=by) if act.kind == "invite" else ""
            if act.kind == "reset_totp":
                account = freed(register, unit, account, by=by)
            if act.kind == "change":
                account = changed(register, unit, account, _asked(act), by=by)
            tell_act(
                register, unit, "account_done", account, act=act.kind, by=by,
                asked_by=request.asked_by,
            )  # fmt: skip
            return Done(account=account, link=link)

    def refuse(self, request_id: str, *, by: str) -> None:
        """Let it not be done: by whoever asked, another administrator, the owner, or the operator.

        Raises: NotFound, NotYours, Conflict.
        """
        with self._register.database.write() as unit:
            request = self._still(unit, request_id)
            if by not in {OPERATOR, request.act.account}:
                self._demand_administrator(unit, by)
            self._refuse(unit, request, by)

    def refuse_by_letter(self, token: str) -> Account:
        """Let it not be done, by the link in the letter to the owner; whose account it is. Raises: LinkOver."""
        with self._register.database.write() as unit:
            request = self._of_letter(unit, token)
            self._refuse(unit, request, "", letter=True)
            return self._register.account(unit, request.act.account)

    def of_letter(self, token: str) -> tuple[Request, Account]:
        """What the link of a letter is about, while it waits. Raises: LinkOver."""
        with self._register.database.read() as view:
            request = self._of_letter(view, token)
            return request, self._register.account(view, request.act.account)

    def waiting(self, by: str, account_id: str = "") -> tuple[Waiting, ...]:
        """What waits, for one account or for all, the latest first, and whether this one may carry it out."""
        now = self._register.now()
        with self._register.database.read() as view:
            found = stored.requests(view.driver, account_id, since=now - REQUEST_LASTS)
            names = filed.names(view.driver, (one.asked_by for one in found))
            return tuple(
                Waiting(
                    request=one,
                    account=self._register.account(view, one.act.account),
                    asker=names.get(one.asked_by, one.asked_by),
                    hindrance=hindrance(
                        one,
                        by=by,
                        others=self._others(view, one),
                        alone_from=self._alone_from(view, one),
                        now=now,
                    ),
                )
                for one in found
            )

    def two_people(self, view: View, *ids: str) -> bool:
        """Whether these accounts count as people of their own now: old enough, and no hand of one in the other."""
        since = self._register.now() - self._register.rules.apart
        accounts = [self._register.account(view, one) for one in ids]
        return apart(accounts, stored.hands(view.driver, since), old=since)

    def _refuse(self, unit: Unit, request: Request, by: str, **facts: object) -> None:
        register, act = self._register, request.act
        stored.decide(unit.driver, request.id, "refused")
        register.say(
            unit, "act_refused", by=by, account=act.account, act=act.kind, request=request.id,
            asked_by=request.asked_by, **facts,
        )  # fmt: skip
        tell_act(
            register, unit, "account_refused", register.account(unit, act.account), act=act.kind, by=by,
            asked_by=request.asked_by,
        )  # fmt: skip

    def _others(self, view: View, request: Request) -> frozenset[str]:
        since = self._register.now() - self._register.rules.apart
        asker = self._register.account(view, request.asked_by)
        administrators = [one for one in filed.in_office(view.driver) if ALONE in one.roles]
        hands = stored.hands(view.driver, since)
        return others_among(administrators, asker, request.act.account, hands, old=since)

    def _alone_from(self, view: View, request: Request) -> int:
        """When the only administrator may do it; later where an administrator was taken away not long ago."""
        rules = self._register.rules
        fewer = view.meta(FEWER_AT)
        return max(request.asked_at + rules.alone, int(fewer) + rules.apart if fewer else 0)

    def _still(self, unit: Unit, request_id: str) -> Request:
        found = stored.request_of(unit.driver, held=True, id=request_id) if storable(request_id) else None
        if found is None:
            raise NotFound("request", request_id)
        if not found.waits(self._register.now()):
            raise Conflict(f"{request_id} is decided, or nobody carried it out in time: ask for it again")
        return found

    def _of_letter(self, view: View, token: str) -> Request:
        found = stored.request_of(view.driver, held=isinstance(view, Unit), token=hash_of(token))
        if found is None or not found.waits(self._register.now()):
            raise LinkOver(REFUSAL_OVER.en, label=REFUSAL_OVER)
        return found

    def _demand_administrator(self, view: View, by: str) -> None:
        account = self._register.account(view, by)
        self._register.demand_actor(view, by)
        if ALONE not in account.roles:
            raise NotYours("this is for accounts with the system role administrator")


def _after(before: Account, act: Act) -> Account:
    return replace(before, **_asked(act))


def _asked(act: Act) -> Mapping[str, Any]:
    """What a change sets, roles as a set."""
    return {name: roles_in(value) if name == "roles" else value for name, value in act.fields.items()}
