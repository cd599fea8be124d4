"""Accounts: who signs in. An account is no person; linked to one of the chart, it gets their duties.

System roles are of accounts and say nothing about cases: heads, raters and the personnel desk are of the chart.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from engine.core.definition import Label

__all__ = [
    "ALONE",
    "OPERATOR",
    "SYSTEM_ROLES",
    "Account",
    "AccountKind",
    "AccountState",
    "NewAccount",
    "SystemRole",
    "account_problems",
    "folded",
    "login_of",
    "needs_second_factor",
    "possible_login",
    "printable",
    "pseudonym_like",
]

SystemRole = Literal["administrator", "auditor", "privacy"]
AccountKind = Literal["person", "service"]
#: "left" is what the chart does to an account by itself, and takes back when it is corrected
AccountState = Literal["active", "disabled", "left"]
#: in the order in which they are shown
SYSTEM_ROLES: tuple[SystemRole, ...] = get_args(SystemRole)
#: nobody has this role beside another: whoever hands out accounts must not be able to read what they open
ALONE: SystemRole = "administrator"
#: who did something at the shell of the machine and did not say as which account
OPERATOR = "operator"

_SMALL = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)
_LOGIN = re.compile(r"[a-z0-9](?:[a-z0-9._@+-]{0,98}[a-z0-9])?", re.ASCII)
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]+\.[^@\s.]+")
_LONGEST_NAME, _LONGEST_EMAIL, _LONGEST_FOREIGN = 200, 254, 255


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Who signs in, without any secret. `person` is the key of the person it is linked to, "" if to nobody."""

    id: str
    login: str
    name: str
    created_at: int
    person: str = ""
    email: str = ""
    roles: frozenset[SystemRole] = frozenset()
    kind: AccountKind = "person"
    state: AccountState = "active"
    oidc_issuer: str = ""
    oidc_subject: str = ""
    has_password: bool = False
    has_totp: bool = False

    @property
    def settled(self) -> bool:
        """Whether its owner has a way in already, which nobody else may put another in the place of."""
        return self.has_password or self.has_totp or bool(self.oidc_subject)

    @property
    def active(self) -> bool:
        """Whether it may be used at all."""
        return self.state == "active"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAccount:
    """An account to be made."""

    login: str
    name: str
    person: str = ""
    email: str = ""
    roles: Collection[SystemRole] = frozenset()
    kind: AccountKind = "person"
    oidc_issuer: str = ""
    oidc_subject: str = ""


def folded(text: str) -> str:
    """A text with small letters for A to Z and nothing else changed: no other sign becomes a letter by it."""
    return text.translate(_SMALL)


def login_of(text: str) -> str:
    """A login as it is kept and compared: people type it with capitals and spaces around it."""
    return folded(text.strip())


def possible_login(text: str) -> bool:
    """Whether any account can have this login; nothing else is looked up."""
    return _LOGIN.fullmatch(text) is not None and not pseudonym_like(text) and text != OPERATOR


def needs_second_factor(account: Account) -> bool:
    """Whether a password alone is too little for this account: it is, with any system role."""
    return account.kind == "person" and bool(account.roles)


def pseudonym_like(text: str) -> bool:
    """Whether this is an account by its id, and not by its login."""
    return text.startswith("a-")


def account_problems(new: NewAccount) -> Mapping[str, Label]:
    """What is wrong with an account to be, by field; nothing if it can be made."""
    found: dict[str, Label] = {}
    if not possible_login(new.login):
        found["login"] = _LOGIN_WRONG
    if not new.name.strip() or len(new.name) > _LONGEST_NAME or not printable(new.name):
        found["name"] = _NAME_WRONG
    if new.email and (
        len(new.email) > _LONGEST_EMAIL or not printable(new.email) or not _EMAIL.fullmatch(new.email)
    ):
        found["email"] = _EMAIL_WRONG
    unknown = [one for one in new.roles if one not in SYSTEM_ROLES]
    if unknown:
        found["roles"] = _ROLES_UNKNOWN
    elif ALONE in new.roles and len(new.roles) > 1:
        found["roles"] = _ROLES_APART
    return {**found, **_link_problems(new)}


def _link_problems(new: NewAccount) -> Mapping[str, Label]:
    """What is wrong with whom an account is linked to, here and at a provider."""
    found: dict[str, Label] = {}
    if not printable(new.person):
        found["person"] = _PERSON_WRONG
    foreign = (new.oidc_issuer, new.oidc_subject)
    readable = all(len(one) <= _LONGEST_FOREIGN and printable(one) for one in foreign)
    if not readable or bool(new.oidc_issuer) != bool(new.oidc_subject):
        found["oidc_subject"] = _FOREIGN_WRONG
    if new.kind == "service" and new.person:
        found["person"] = _SERVICE_PERSON
    if new.kind == "service" and new.oidc_subject:
        found["oidc_subject"] = _SERVICE_SIGNS_IN
    return found


def printable(text: str) -> bool:
    """Whether a text has no character that is not seen: control characters, marks that turn the direction."""
    return not any(unicodedata.category(one).startswith(("C", "Zl", "Zp")) for one in text)


_LOGIN_WRONG = Label(
    id="nama masuk terdiri atas huruf kecil a–z, angka, dan . _ @ + - di antaranya, paling banyak 100 tanda; bukan"
    " a-… dan bukan operator",
    en="a login has small letters a–z, digits, and . _ @ + - between them, 100 at most; not a-… and not operator",
)
_NAME_WRONG = Label(
    id="nama wajib diisi, paling banyak 200 tanda yang terlihat",
    en="a name is needed, of at most 200 characters that can be seen",
)
_EMAIL_WRONG = Label(
    id="alamat surel ditulis seperti nama@instansi.go.id", en="an address is written like name@agency.go.id"
)
_ROLES_UNKNOWN = Label(
    id="peran sistem hanya: administrator, auditor, privacy",
    en="the system roles are: administrator, auditor, privacy",
)
_ROLES_APART = Label(
    id="administrator tidak merangkap peran sistem lain: siapa yang membagikan akun tidak membaca isi kasus",
    en="an administrator has no other system role: who hands out accounts does not read what they open",
)
_PERSON_WRONG = Label(id="pegawai disebut dengan kuncinya", en="a person is named by their key")
_SERVICE_PERSON = Label(
    id="akun layanan bukan akun seseorang: buat akun biasa untuk orang itu",
    en="a service account is nobody's: make an ordinary account for the person",
)
_SERVICE_SIGNS_IN = Label(
    id="akun layanan hanya memakai token dan tidak masuk lewat penyedia identitas",
    en="a service account has tokens only and does not sign in with a provider",
)
_FOREIGN_WRONG = Label(
    id="penyedia identitas dan subjeknya diisi bersama-sama, masing-masing paling banyak 255 tanda yang terlihat",
    en="issuer and subject of a provider are given together, each of at most 255 characters that can be seen",
)
