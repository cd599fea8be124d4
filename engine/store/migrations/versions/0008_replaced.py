"""The last import of people can be taken back: what it replaced stands in a row of its own."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

INTEGER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """What was imported before cannot be taken back."""
    op.create_table(
        "replaced",
        sa.Column("version", KEY, primary_key=True, nullable=False),
        sa.Column("before", KEY, nullable=False),
        sa.Column("at", INTEGER, nullable=False, autoincrement=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
    )


def downgrade() -> None:
    """Take it away again."""
    op.drop_table("replaced")
