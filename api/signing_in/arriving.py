"""Whose account somebody signs in to who comes from the identity provider, and what system roles their groups give it.

Nothing else of what a provider says counts: heads, raters and desks are of the organisation chart.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from api.problems import SignInRefused
from api.settings import ProviderSettings
from engine.core.chart import Person
from engine.core.definition import Label
from engine.core.identity.account import OPERATOR, Account, NewAccount, SystemRole, folded
from engine.core.zones import local_date
from engine.errors import AccountInvalid, Refused
from engine.runtime import Engine

__all__ = ["account_of"]

#: who is told to have made or changed an account here: the settings, which whoever runs the installation wrote
_BY_SETTINGS = OPERATOR


def account_of(engine: Engine, settings: ProviderSettings, issuer: str, claims: Mapping[str, Any]) -> Account:
    """The account, made or brought up to date as the settings say.

    Raises: SignInRefused for somebody unknown or disabled, and for a system role without a second factor.
    """
    subject = str(claims["sub"])
    roles = _roles(settings, claims)
    account = engine.accounts.by_oidc(issuer, subject)
    try:
        if account is None:
            account = _new(engine, settings, issuer, claims, roles)
        elif roles is not None and roles != account.roles:
            account = engine.accounts.change(account.id, roles=roles, by=_BY_SETTINGS)
    except (AccountInvalid, Refused):
        raise _refused("roles") from None
    if not account.active:
        raise _refused("disabled")
    if account.roles and not _second_factor(settings, claims):
        raise _refused("second_factor")
    return account


def _new(
    engine: Engine,
    settings: ProviderSettings,
    issuer: str,
    claims: Mapping[str, Any],
    roles: frozenset[SystemRole] | None,
) -> Account:
    """The account of somebody who comes for the first time: theirs that is there already, or a new one."""
    person, subject = _person(engine, settings, claims), str(claims["sub"])
    if person is None and not roles:
        raise _refused("unknown")
    there = engine.accounts.by_person(person.key) if person else None
    if there is not None:
        if there.oidc_subject:
            raise _refused("taken")
        return engine.accounts.change(
            there.id, oidc_issuer=issuer, oidc_subject=subject, roles=roles, by=_BY_SETTINGS
        )
    name = person.name if person else str(claims.get("name") or subject)[:200]
    # Not a name the provider chose: nobody takes the login of another by what they are called there.
    login = f"oidc-{hashlib.sha256(f'{issuer} {subject}'.encode()).hexdigest()[:16]}"
    return engine.accounts.create(
        NewAccount(
            login=login,
            name=name,
            person=person.key if person else "",
            roles=roles or frozenset(),
            oidc_issuer=issuer,
            oidc_subject=subject,
        ),
        by=_BY_SETTINGS,
    )


def _person(engine: Engine, settings: ProviderSettings, claims: Mapping[str, Any]) -> Person | None:
    """Who on the chart it is, by the ways the settings allow; an address counts only where it was verified."""
    now = engine.now()
    people = [one for one in engine.chart.segments if one.holds_on(local_date(now, one.zone))]
    said = claims.get(settings.person_claim) if settings.person_claim else None
    if isinstance(said, str | int) and not isinstance(said, bool) and str(said):
        return _only(one for one in people if one.person_id == str(said))
    address = claims.get("email")
    if settings.by_email and isinstance(address, str) and address and claims.get("email_verified") is True:
        return _only(one for one in people if folded(one.email) == folded(address))
    return None


def _only(found: Iterable[Person]) -> Person | None:
    """The one there is; of two nobody knows which is meant."""
    them = tuple(found)
    return them[0] if len(them) == 1 else None


def _roles(settings: ProviderSettings, claims: Mapping[str, Any]) -> frozenset[SystemRole] | None:
    """The system roles of the groups somebody is in; None where groups say nothing here."""
    if not settings.groups:
        return None
    said = claims.get(settings.groups_claim)
    listed = [said] if isinstance(said, str) else said if isinstance(said, list) else []
    return frozenset(
        settings.groups[one] for one in listed if isinstance(one, str) and one in settings.groups
    )


def _second_factor(settings: ProviderSettings, claims: Mapping[str, Any]) -> bool:
    methods = claims.get("amr")
    said = [*methods, claims.get("acr")] if isinstance(methods, list) else [claims.get("acr")]
    return any(one in settings.second_factor for one in said)


def _refused(why: str) -> SignInRefused:
    label = _WHY[why]
    return SignInRefused(label.en, why=why, label=label)


_WHY: Mapping[str, Label] = {
    "unknown": Label(
        id="Penyedia identitas mengenal Anda, tetapi tidak ada pegawai yang cocok di sini. Hubungi administrator.",
        en="The identity provider knows you, but nobody on the organisation chart here fits. Ask an administrator.",
    ),
    "taken": Label(
        id="Akun pegawai ini sudah terhubung dengan identitas lain. Hubungi administrator.",
        en="The account of this person belongs to another identity already. Ask an administrator.",
    ),
    "disabled": Label(
        id="Akun Anda dinonaktifkan. Hubungi administrator.",
        en="Your account is disabled. Ask an administrator.",
    ),
    "roles": Label(
        id="Peran sistem dari kelompok Anda tidak dapat diberikan demikian. Hubungi administrator.",
        en="The system roles of your groups cannot be given like that. Ask an administrator.",
    ),
    "second_factor": Label(
        id="Akun dengan peran sistem memerlukan faktor kedua, dan penyedia identitas tidak memintanya.",
        en="An account with a system role needs a second factor, and the identity provider did not ask for one.",
    ),
}
