"""What the log tells of accounts: a closed list of kinds, and a sentence for each in Indonesian and English.

Entries name accounts by their ids, never by login, name or address, so that nothing personal stands where it cannot be
erased. Who is meant is looked up when the entry is told; of an account that is gone, the id is told.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, get_args

from engine.core.audit import Entry
from engine.core.codec import decode
from engine.core.definition import Language
from engine.core.identity.account import OPERATOR

__all__ = [
    "ACCOUNT_KINDS",
    "CHART",
    "STREAM",
    "AccountKindOfEntry",
    "about",
    "acting",
    "named_in",
    "say_account_entry",
]

#: who did something where nobody did: the chart says so
CHART = "chart"
#: the stream in which accounts are told
STREAM = "accounts"

AccountKindOfEntry = Literal[
    "created", "changed", "disabled", "enabled", "erased", "invited", "password_set", "many_refused", "totp_set",
    "totp_reset", "recovery_made", "recovery_used", "signed_in", "signed_out", "sessions_ended", "refused",
    "token_made", "token_revoked", "act_asked", "act_done", "act_refused", "left", "came_back",
]  # fmt: skip
ACCOUNT_KINDS: tuple[AccountKindOfEntry, ...] = get_args(AccountKindOfEntry)


def acting(by: str) -> dict[str, object]:
    """Who did it, as an entry tells it: an account, whoever sat at the shell, or nobody that is known."""
    if not by:
        return {"unknown": True}
    if by == CHART:
        return {"chart": True}
    return {"operator": True} if by == OPERATOR else {"account": by}


def about(entry: Entry) -> str:
    """The id of the account an entry is about, "" if it is about none."""
    return str(decode(entry.body).get("account", ""))


def named_in(entry: Entry) -> frozenset[str]:
    """The ids of all accounts an entry names."""
    facts = decode(entry.body)
    named = (facts.get("account", ""), facts.get("actor", {}).get("account", ""), facts.get("asked_by", ""))
    return frozenset(map(str, named)) - {"", OPERATOR}


def say_account_entry(entry: Entry, names: Mapping[str, str], language: Language) -> str:
    """The sentence of an entry; `names` are the logins of accounts by id."""
    facts = decode(entry.body)
    words, parts = _SENTENCES[language], _PARTS[language]
    account = str(facts.get("account", ""))
    actor: Mapping[str, Any] = facts.get("actor", {})
    values = {
        "who": _who(actor, names, parts),
        "account": names.get(account, account) or parts["no_account"],
        "how": parts.get(f"how_{facts.get('how', '')}", str(facts.get("how", ""))),
        "why": parts.get(f"why_{facts.get('why', '')}", ""),
        "count": facts.get("count", 0),
        "token": facts.get("token", ""),
        "what": _what(facts, parts),
        "refused": parts["refused_before"].format(count=facts["refused"]) if facts.get("refused") else "",
        "scopes": ", ".join(facts.get("scopes", ())),
        "act": parts.get(f"act_{facts.get('act', '')}", ""),
        "asker": _who(acting(str(facts.get("asked_by", ""))), names, parts),
        "letter": parts["by_letter"] if facts.get("letter") else "",
    }
    return words[entry.kind if entry.kind in words else "other"].format(seq=entry.seq, **values)


def _who(actor: Mapping[str, Any], names: Mapping[str, str], parts: Mapping[str, str]) -> str:
    if "account" in actor:
        return names.get(actor["account"], actor["account"])
    return parts[next((one for one in ("operator", "chart") if one in actor), "unknown")]


def _what(facts: Mapping[str, Any], parts: Mapping[str, str]) -> str:
    """What of an account was set or changed, roles with their names."""
    told = [parts.get(f"field_{name}", name) for name in facts.get("fields", ())]
    if "roles" in facts:
        told.append(f"{parts['field_roles']} ({', '.join(facts['roles']) or parts['no_roles']})")
    return ", ".join(told) or parts["nothing"]


_SENTENCES: Mapping[Language, Mapping[str, str]] = {
    "id": {
        "created": "{who} membuat akun {account}: {what}.",
        "changed": "{who} mengubah akun {account}: {what}.",
        "disabled": "{who} menonaktifkan akun {account}; semua sesi dan tokennya berhenti berlaku.",
        "enabled": "{who} mengaktifkan kembali akun {account}.",
        "erased": "{who} menghapus nama, surel, dan tautan akun {account}.",
        "invited": "{who} membuat tautan sekali pakai bagi akun {account} untuk menetapkan kata sandi.",
        "password_set": "{who} menetapkan kata sandi akun {account} {how}; sesi sebelumnya berakhir.",
        "many_refused": "Percobaan masuk untuk akun {account} ditolak {count} kali berturut-turut.",
        "totp_set": "{who} memasang aplikasi autentikator pada akun {account}.",
        "totp_reset": "{who} melepas aplikasi autentikator dari akun {account}.",
        "recovery_made": "{who} membuat kode pemulihan baru bagi akun {account}.",
        "recovery_used": "{who} masuk dengan salah satu kode pemulihan akun {account}; sisanya {count}.",
        "signed_in": "{who} masuk {how}{refused}.",
        "signed_out": "{who} keluar.",
        "sessions_ended": "{who} mengakhiri {count} sesi akun {account}.",
        "refused": "Percobaan masuk ditolak untuk {account}: {why}{refused}.",
        "token_made": "{who} membuat token {token} bagi akun {account} dengan lingkup {scopes}.",
        "token_revoked": "{who} mencabut token {token} akun {account}.",
        "act_asked": "{who} meminta {act} akun {account}; menunggu administrator kedua atau waktunya.",
        "act_done": "{who} menjalankan yang diminta {asker} pada akun {account}: {act}.",
        "act_refused": "{who} menolak yang diminta {asker} pada akun {account}: {act}{letter}.",
        "left": "{who} menonaktifkan akun {account}, karena pemiliknya tidak lagi bertugas di sini.",
        "came_back": "{who} mengaktifkan kembali akun {account}, karena pemiliknya bertugas di sini.",
        "other": "{who}: kejadian nomor {seq}.",
    },
    "en": {
        "created": "{who} made the account {account}: {what}.",
        "changed": "{who} changed the account {account}: {what}.",
        "disabled": "{who} disabled the account {account}; its sessions and tokens are no longer valid.",
        "enabled": "{who} enabled the account {account} again.",
        "erased": "{who} erased name, address and links of the account {account}.",
        "invited": "{who} made a one-time link for the account {account} to set a password.",
        "password_set": "{who} set the password of the account {account} {how}; earlier sessions ended.",
        "many_refused": "Signing in to the account {account} was refused {count} times in a row.",
        "totp_set": "{who} set up an authenticator app for the account {account}.",
        "totp_reset": "{who} took the authenticator app off the account {account}.",
        "recovery_made": "{who} made new recovery codes for the account {account}.",
        "recovery_used": "{who} used one of the recovery codes of the account {account}; {count} are left.",
        "signed_in": "{who} signed in {how}{refused}.",
        "signed_out": "{who} signed out.",
        "sessions_ended": "{who} ended {count} session(s) of the account {account}.",
        "refused": "A sign-in was refused for {account}: {why}{refused}.",
        "token_made": "{who} made the token {token} for the account {account} with the scopes {scopes}.",
        "token_revoked": "{who} revoked the token {token} of the account {account}.",
        "act_asked": "{who} asked for {act} of the account {account}; it waits for a second administrator or its time.",
        "act_done": "{who} carried out what {asker} had asked for the account {account}: {act}.",
        "act_refused": "{who} refused what {asker} had asked for the account {account}: {act}{letter}.",
        "left": "{who} disabled the account {account}, since its owner has left.",
        "came_back": "{who} enabled the account {account} again, since its owner is here.",
        "other": "{who}: event number {seq}.",
    },
}

_PARTS: Mapping[Language, Mapping[str, str]] = {
    "id": {
        "operator": "Operator sistem",
        "chart": "Bagan organisasi",
        "unknown": "Seseorang yang tidak dikenal",
        "no_account": "akun yang tidak dikenal",
        "no_roles": "tanpa peran sistem",
        "nothing": "tanpa perubahan",
        "refused_before": " (sebelumnya {count} kali ditolak)",
        "how_password": "dengan kata sandi",
        "how_password+totp": "dengan kata sandi dan kode",
        "how_oidc": "lewat penyedia identitas",
        "how_oidc+fresh": "lewat penyedia identitas, yang menanyakannya lagi",
        "how_link": "lewat tautan sekali pakai",
        "why_password": "kata sandi salah",
        "why_totp": "kode salah atau sudah dipakai",
        "why_unusable": "akun tidak dapat dipakai untuk masuk",
        "why_waiting": "terlalu sering mencoba",
        "act_invite": "tautan baru untuk kata sandi",
        "act_reset_totp": "pelepasan aplikasi autentikator",
        "act_change": "perubahan pemilik atau hak",
        "by_letter": " (lewat tautan dalam surat kepada pemilik)",
        "field_login": "nama masuk",
        "field_name": "nama",
        "field_email": "surel",
        "field_person": "pegawai yang ditautkan",
        "field_roles": "peran",
        "field_kind": "jenis",
        "field_oidc_issuer": "penyedia identitas",
        "field_oidc_subject": "subjek pada penyedia identitas",
    },
    "en": {
        "operator": "The operator of the system",
        "chart": "The organisation chart",
        "unknown": "Somebody unknown",
        "no_account": "an unknown account",
        "no_roles": "no system role",
        "nothing": "nothing",
        "refused_before": " ({count} refused before)",
        "how_password": "with a password",
        "how_password+totp": "with a password and a code",
        "how_oidc": "with the identity provider",
        "how_oidc+fresh": "with the identity provider, which asked again",
        "how_link": "by a one-time link",
        "why_password": "wrong password",
        "why_totp": "a code that is wrong or was used",
        "why_unusable": "the account cannot be used to sign in",
        "why_waiting": "too many attempts",
        "act_invite": "a new link for the password",
        "act_reset_totp": "the authenticator app to be taken off",
        "act_change": "another owner or other rights",
        "by_letter": " (by the link in the letter to the owner)",
        "field_login": "login",
        "field_name": "name",
        "field_email": "address",
        "field_person": "linked person",
        "field_roles": "roles",
        "field_kind": "kind",
        "field_oidc_issuer": "identity provider",
        "field_oidc_subject": "subject at the identity provider",
    },
}
