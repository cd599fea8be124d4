"""Definitions are proposed and approved: proposals, the words behind entries, and since when a version holds."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

INTEGER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
BYTES = sa.LargeBinary()


def upgrade() -> None:
    """What was published before holds since ever."""
    op.add_column("definition", sa.Column("effective_at", INTEGER, nullable=False, server_default="0"))
    op.create_table(
        "proposal",
        sa.Column("digest", KEY, primary_key=True, nullable=False),
        sa.Column("workflow", KEY, nullable=False),
        sa.Column("version", INTEGER, nullable=False),
        sa.Column("source", BYTES, nullable=False),
        sa.Column("author", KEY, nullable=False),
        sa.Column("proposed_at", INTEGER, nullable=False),
        sa.UniqueConstraint("workflow", "version"),
    )
    op.create_table(
        "statement",
        sa.Column("stream", KEY, primary_key=True, nullable=False),
        sa.Column("seq", INTEGER, primary_key=True, nullable=False, autoincrement=False),
        sa.Column("value", KEY, nullable=False),
        sa.Column("salt", BYTES, nullable=False),
    )


def downgrade() -> None:
    """Take them away again."""
    op.drop_table("statement")
    op.drop_table("proposal")
    op.drop_column("definition", "effective_at")
