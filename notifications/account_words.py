"""Messages about accounts, in words: what was asked for, done or refused, another address, an account that was made."""

from __future__ import annotations

from collections.abc import Mapping

from engine.core.definition import Language
from engine.core.identity.account import OPERATOR
from engine.core.telling import say_date
from engine.core.zones import local_date, local_time
from engine.store.values import Letter

__all__ = ["ACCOUNT_LETTERS", "account_lead", "account_line", "accounts_named"]

ACCOUNT_LETTERS = frozenset(
    {"account_asked", "account_done", "account_refused", "account_email", "account_made"}
)
_OPERATOR = {"id": "operator sistem", "en": "the operator of the system"}
_SOMEBODY = {"id": "pemilik, lewat surat", "en": "the owner, by letter"}
_ACTS = {
    "id": {
        "invite": "tautan baru untuk kata sandi",
        "reset_totp": "pelepasan aplikasi autentikator",
        "change": "perubahan pemilik atau hak",
    },
    "en": {
        "invite": "a new link for the password",
        "reset_totp": "taking the authenticator app off",
        "change": "another owner or other rights",
    },
}
_LINES = {
    "id": {
        "account_asked": "Diminta untuk akun {account}: {act}",
        "account_done": "Dilakukan pada akun {account}: {act}",
        "account_refused": "Ditolak untuk akun {account}: {act}",
        "account_email": "Alamat surel akun {account} diganti",
        "account_made": "Akun {account} dibuat atas nama Anda",
    },
    "en": {
        "account_asked": "Asked for the account {account}: {act}",
        "account_done": "Done to the account {account}: {act}",
        "account_refused": "Refused for the account {account}: {act}",
        "account_email": "The mail address of the account {account} was changed",
        "account_made": "The account {account} was made in your name",
    },
}
_LEADS = {
    "id": {
        "account_asked": "{line}. Diminta oleh {by}. {when}",
        "account_done": "{line}, oleh {by}{asker}.",
        "account_refused": "{line}, oleh {by}{asker}. Tidak ada yang berubah.",
        "account_email": "{line} oleh {by}. Surat ini dikirim ke alamat lama dan alamat baru.",
        "account_made": "{line} oleh {by}.",
    },
    "en": {
        "account_asked": "{line}. Asked for by {by}. {when}",
        "account_done": "{line}, by {by}{asker}.",
        "account_refused": "{line}, by {by}{asker}. Nothing was changed.",
        "account_email": "{line} by {by}. This letter goes to the address before and to the new one.",
        "account_made": "{line} by {by}.",
    },
}
_WHEN = {
    "id": ("Menunggu persetujuan administrator kedua.", "Dapat dijalankan sejak {until} UTC."),
    "en": ("It waits for a second administrator.", "It can be carried out from {until} UTC on."),
}
_ASKER = {"id": " atas permintaan {who}", "en": " as asked for by {who}"}
#: what the owner of the account is told besides
_OWN = {
    "id": {
        "account_asked": "Bila bukan Anda yang memerlukannya, tolaklah dengan satu tombol di halaman berikut.",
        "": "Bila ini tidak semestinya, segera hubungi administrator dan auditor instansi Anda.",
    },
    "en": {
        "account_asked": "If this is not what you need, refuse it with one button on the page below.",
        "": "If this is not right, tell an administrator and an auditor of your agency at once.",
    },
}


def accounts_named(letter: Letter) -> frozenset[str]:
    """The ids of the accounts that a message names."""
    named = (letter.data.get(name) for name in ("account", "by", "asked_by"))
    return frozenset(str(one) for one in named if one) - {OPERATOR}


def account_line(letter: Letter, names: Mapping[str, str], language: Language) -> str:
    """The one line of such a message; `names` are logins by id."""
    return _LINES[language][letter.kind].format(
        account=_name(letter.data["account"], names, language),
        act=_ACTS[language].get(str(letter.data.get("act", "")), ""),
    )


def account_lead(letter: Letter, names: Mapping[str, str], language: Language) -> str:
    """What the mail says."""
    data = letter.data
    asker = data.get("asked_by")
    told = _LEADS[language][letter.kind].format(
        line=account_line(letter, names, language),
        by=_name(data["by"], names, language),
        when=_when(data.get("until"), language),
        asker=_ASKER[language].format(who=_name(asker, names, language)) if asker else "",
    )
    own = _OWN[language].get(letter.kind, _OWN[language][""]) if data.get("own") else ""
    return f"{told} {own}".strip()


def _name(who: object, names: Mapping[str, str], language: Language) -> str:
    if not who:
        return _SOMEBODY[language]
    return _OPERATOR[language] if who == OPERATOR else names.get(str(who), str(who))


def _when(until: object, language: Language) -> str:
    other, alone = _WHEN[language]
    if not isinstance(until, int):
        return other
    hour, minute = local_time(until, "UTC")
    return alone.format(until=f"{say_date(local_date(until, 'UTC'), language)} {hour:02d}.{minute:02d}")
