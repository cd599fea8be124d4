"""The tables of who signs in: accounts, what they prove themselves with, sessions, tokens, and how often one may try.

No secret stands here as it was given: passwords are argon2id, secrets of authenticators are sealed with the key of the
installation, and whatever is 120 random bits or more is kept as its SHA-256 alone.
"""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, Table, UniqueConstraint, text

from engine.store.columns import blob, key, metadata, number

__all__ = [
    "account", "account_hand", "account_request", "api_token", "credential", "rate", "recovery", "session",
    "sign_in_link",
]  # fmt: skip

#: `roles` are the names of system roles with a comma between them
account = Table(
    "account",
    metadata,
    key("id", primary=True),
    key("login"),
    key("person"),
    key("name"),
    key("email"),
    key("roles"),
    key("kind"),
    key("state"),
    key("oidc_issuer"),
    key("oidc_subject"),
    number("created_at"),
    UniqueConstraint("login"),
)
_LINKED = text("person <> ''")
Index("ix_account_person", account.c.person, unique=True, postgresql_where=_LINKED, sqlite_where=_LINKED)
_ELSEWHERE = text("oidc_subject <> ''")
Index(
    "ix_account_oidc_subject", account.c.oidc_subject, account.c.oidc_issuer,
    unique=True, postgresql_where=_ELSEWHERE, sqlite_where=_ELSEWHERE,
)  # fmt: skip

#: `totp_step` is that of the last code that was taken; `refused` how often the account was refused in a row
credential = Table(
    "credential",
    metadata,
    key("account_id", ForeignKey("account.id"), primary=True),
    key("password"),
    blob("totp"),
    blob("totp_next"),
    number("totp_step"),
    number("refused"),
)

recovery = Table(
    "recovery",
    metadata,
    key("account_id", ForeignKey("account.id"), primary=True),
    key("hash", primary=True),
)

#: links by which a password is set, once
sign_in_link = Table(
    "sign_in_link",
    metadata,
    key("hash", primary=True),
    key("account_id", ForeignKey("account.id")),
    number("made_at"),
)
Index("ix_sign_in_link_account_id", sign_in_link.c.account_id)

session = Table(
    "session",
    metadata,
    key("hash", primary=True),
    key("id"),
    key("account_id", ForeignKey("account.id")),
    key("how"),
    key("address"),
    number("made_at"),
    number("seen_at"),
)
Index("ix_session_account_id", session.c.account_id)

api_token = Table(
    "api_token",
    metadata,
    key("id", primary=True),
    key("account_id", ForeignKey("account.id")),
    key("name"),
    key("hash"),
    key("scopes"),
    number("made_at"),
    number("expires_at"),
    number("used_at"),
    number("revoked_at"),
    UniqueConstraint("hash"),
)
Index("ix_api_token_account_id", api_token.c.account_id)

#: what one administrator asked to be done to an account and a second one says yes to; `token` is the SHA-256 of what
#: the letter to the owner refuses it with, `fields` the JSON of what a change sets
account_request = Table(
    "account_request",
    metadata,
    key("id", primary=True),
    key("account_id", ForeignKey("account.id")),
    key("kind"),
    key("fields"),
    key("asked_by"),
    number("asked_at"),
    key("token"),
    key("state"),
)
Index("ix_account_request_account_id", account_request.c.account_id)

#: when an account last had a hand in another: made it, invited it, changed whose it is or what it may
account_hand = Table(
    "account_hand",
    metadata,
    key("account_id", ForeignKey("account.id"), primary=True),
    key("by_id", ForeignKey("account.id"), primary=True),
    number("at"),
)

#: when what was taken will have been given back whole
rate = Table("rate", metadata, key("key", primary=True), number("full_at"))
