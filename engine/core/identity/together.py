"""What no administrator does alone to somebody else's account, who else must say yes, and what one alone waits for.

Whoever could take an account over by themselves could be anybody: they could sign in as its owner, and be both people
wherever two are asked for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Literal, get_args

from engine.core.definition import Label
from engine.core.identity.account import OPERATOR, SYSTEM_ROLES, Account, SystemRole
from engine.core.identity.expiry import DAY
from engine.core.identity.refusals import OWN_ACCOUNT

__all__ = [
    "ACT_KINDS", "MADE_WITHOUT", "REQUEST_LASTS", "SECOND_NEEDED", "Act", "ActKind", "Request", "apart", "hindrance",
    "others_among", "roles_in", "takes_two",
]  # fmt: skip

ActKind = Literal["invite", "reset_totp", "change"]
ACT_KINDS: tuple[ActKind, ...] = get_args(ActKind)
#: a request that nobody carried out is over after this
REQUEST_LASTS = 14 * DAY
_FOREIGN = frozenset({"oidc_issuer", "oidc_subject"})
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

SECOND_NEEDED = Label(
    id="ini menyangkut jalan masuk orang lain, jadi memerlukan persetujuan administrator kedua",
    en="this concerns how somebody else signs in, so a second administrator must say yes to it",
)
MADE_WITHOUT = Label(
    id="peran sistem memerlukan persetujuan administrator kedua; buatlah akun tanpa peran, lalu mintalah perannya",
    en="a system role needs a second administrator's yes; make the account without one, then ask for the role"
    " (`siklus account roles LOGIN ROLE`)",
)
_ANOTHER = Label(
    id="administrator lain yang menyetujuinya: bukan yang meminta, akunnya sudah cukup lama ada, dan akhir-akhir ini"
    " tidak saling mengurus akun dengan yang meminta",
    en="another administrator says yes to this: not the one who asked, with an account that is old enough, neither of"
    " them having had a hand in the other's account lately",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Something to be done to an account; `fields` are what a change sets, roles with a comma between them."""

    kind: ActKind
    account: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """An act that waits for a second administrator, or for its time where there is no other."""

    id: str
    act: Act
    asked_by: str
    asked_at: int
    state: Literal["waits", "done", "refused"] = "waits"

    def waits(self, now: int) -> bool:
        """Whether it can still be carried out."""
        return self.state == "waits" and now < self.asked_at + REQUEST_LASTS


def roles_in(text: str) -> frozenset[SystemRole]:
    """The roles that stand in a text with commas."""
    named = text.split(",")
    return frozenset(one for one in SYSTEM_ROLES if one in named)


def takes_two(before: Account, act: Act) -> bool:
    """Whether one administrator alone may not do this: it opens an account that is in use, or gives it rights."""
    match act.kind:
        case "invite":
            return before.settled
        case "reset_totp":
            return before.has_totp
        case "change":
            gives = not roles_in(act.fields.get("roles", "")) <= before.roles
            moves = "person" in act.fields and (before.settled or bool(before.person))
            return gives or moves or not _FOREIGN.isdisjoint(act.fields)


def apart(accounts: Collection[Account], hands: Collection[tuple[str, str]], *, old: int) -> bool:
    """Whether accounts are people of their own: made by `old`, none with a hand (whose, by whom) in another."""
    ids = {one.id for one in accounts}
    touched = any(whose in ids and by in ids for whose, by in hands)
    return not touched and all(one.created_at <= old for one in accounts)


def others_among(
    administrators: Iterable[Account],
    asker: Account,
    subject: str,
    hands: Collection[tuple[str, str]],
    *,
    old: int,
) -> frozenset[str]:
    """Which administrators can say yes to what was asked: neither the asker nor whose account it is, and apart."""
    long_there = replace(asker, created_at=0)
    return frozenset(
        one.id
        for one in administrators
        if one.id not in {asker.id, subject} and apart((one, long_there), hands, old=old)
    )


def hindrance(
    request: Request, *, by: str, others: Collection[str], alone_from: int, now: int
) -> Label | None:
    """Why this account does not carry a request out now; None if it does. The operator of the machine always may."""
    if by == OPERATOR or by in others:
        return None
    if by == request.act.account:
        return OWN_ACCOUNT
    if others:
        return _ANOTHER
    return None if now >= alone_from else _wait(alone_from)


def _wait(until: int) -> Label:
    day = (_EPOCH + timedelta(microseconds=until)).strftime("%Y-%m-%d %H:%M")
    return Label(
        id=f"tidak ada administrator lain yang dapat menyetujui, jadi ini dapat dijalankan sejak {day} UTC, kecuali"
        " pemilik akun menolaknya",
        en=f"there is no other administrator to say yes, so this can be done from {day} UTC on, unless the owner of the"
        " account refuses it",
    )
