"""Accounts, and what they sign in with.

Revision ID: 0010
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0012"
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INTEGER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
LINKED = sa.text("person <> ''")
ELSEWHERE = sa.text("oidc_subject <> ''")
#: in the order of their making: what refers to another comes after it
TABLES = ("account", "credential", "recovery", "sign_in_link", "session", "api_token", "rate")


def upgrade() -> None:
    """Nobody had an account before."""
    _accounts()
    _proofs()
    _sessions()
    op.create_table("rate", _key("key", primary=True), _number("full_at"))


def downgrade() -> None:
    """Take them away again."""
    for name in reversed(TABLES):
        op.drop_table(name)


def _accounts() -> None:
    texts = ("login", "person", "name", "email", "roles", "kind", "state", "oidc_issuer", "oidc_subject")
    op.create_table(
        "account",
        _key("id", primary=True),
        *(_key(name) for name in texts),
        _number("created_at"),
        sa.UniqueConstraint("login", name="uq_account_login"),
    )
    op.create_index(
        "ix_account_person", "account", ["person"],
        unique=True, postgresql_where=LINKED, sqlite_where=LINKED,
    )  # fmt: skip
    op.create_index(
        "ix_account_oidc_subject", "account", ["oidc_subject", "oidc_issuer"],
        unique=True, postgresql_where=ELSEWHERE, sqlite_where=ELSEWHERE,
    )  # fmt: skip


def _proofs() -> None:
    op.create_table(
        "credential",
        _owner("credential", primary=True),
        _key("password"),
        sa.Column("totp", sa.LargeBinary(), nullable=False),
        sa.Column("totp_next", sa.LargeBinary(), nullable=False),
        _number("totp_step"),
        _number("refused"),
    )
    op.create_table("recovery", _owner("recovery", primary=True), _key("hash", primary=True))
    op.create_table("sign_in_link", _key("hash", primary=True), _owner("sign_in_link"), _number("made_at"))
    op.create_index("ix_sign_in_link_account_id", "sign_in_link", ["account_id"])


def _sessions() -> None:
    op.create_table(
        "session",
        _key("hash", primary=True),
        _key("id"),
        _owner("session"),
        _key("how"),
        _key("address"),
        _number("made_at"),
        _number("seen_at"),
    )
    op.create_index("ix_session_account_id", "session", ["account_id"])
    op.create_table(
        "api_token",
        _key("id", primary=True),
        _owner("api_token"),
        _key("name"),
        _key("hash"),
        _key("scopes"),
        *(_number(name) for name in ("made_at", "expires_at", "used_at", "revoked_at")),
        sa.UniqueConstraint("hash", name="uq_api_token_hash"),
    )
    op.create_index("ix_api_token_account_id", "api_token", ["account_id"])


def _key(name: str, *, primary: bool = False) -> sa.Column[str]:
    return sa.Column(name, KEY, primary_key=primary, nullable=False)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, INTEGER, nullable=False)


def _owner(table: str, *, primary: bool = False) -> sa.Column[str]:
    return sa.Column(
        "account_id",
        KEY,
        sa.ForeignKey("account.id", name=f"fk_{table}_account_id"),
        primary_key=primary,
        nullable=False,
    )
