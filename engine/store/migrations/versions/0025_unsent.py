"""What people have typed and not sent."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0015"
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Nobody has typed anything yet."""
    op.create_table(
        "unsent",
        sa.Column("case_id", KEY, sa.ForeignKey("cases.id"), primary_key=True, nullable=False),
        sa.Column("person", KEY, primary_key=True, nullable=False),
        sa.Column("form", KEY, primary_key=True, nullable=False),
        sa.Column("version", NUMBER, nullable=False),
        sa.Column("at", NUMBER, nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
    )
    op.create_index("ix_unsent_at", "unsent", ["at"])
    op.create_index("ix_unsent_person", "unsent", ["person"])


def downgrade() -> None:
    """Take them away."""
    op.drop_table("unsent")
