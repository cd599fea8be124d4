"""What takes two administrators waits in a table, and who had a hand in whose account stands beside it."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0020"
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Nothing waited before, and whose hands were in which account before is not looked for."""
    op.create_table(
        "account_request",
        sa.Column("id", KEY, primary_key=True, nullable=False),
        _account("account_request", "account_id"),
        *(sa.Column(name, KEY, nullable=False) for name in ("kind", "fields", "asked_by")),
        sa.Column("asked_at", NUMBER, nullable=False),
        *(sa.Column(name, KEY, nullable=False) for name in ("token", "state")),
    )
    op.create_index("ix_account_request_account_id", "account_request", ["account_id"])
    op.create_table(
        "account_hand",
        _account("account_hand", "account_id", primary=True),
        _account("account_hand", "by_id", primary=True),
        sa.Column("at", NUMBER, nullable=False),
    )


def downgrade() -> None:
    """Forget both."""
    op.drop_table("account_hand")
    op.drop_table("account_request")


def _account(table: str, name: str, *, primary: bool = False) -> sa.Column[str]:
    to = sa.ForeignKey("account.id", name=f"fk_{table}_{name}")
    return sa.Column(name, KEY, to, primary_key=primary, nullable=False)
