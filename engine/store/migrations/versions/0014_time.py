"""What cases made of a new chart is found by when it was, and cases that time could not move are rows."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0011"
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """An index of few entries, which are not touched themselves; no case is parked, each is tried once more."""
    follows = sa.text("kind IN ('followed', 'noticed')")
    op.create_index("ix_entry_follows", "entry", ["at"], postgresql_where=follows, sqlite_where=follows)
    op.create_table(
        "parked",
        sa.Column("case_id", KEY, sa.ForeignKey("cases.id"), primary_key=True, nullable=False),
        sa.Column("times", NUMBER, nullable=False),
        sa.Column("since", NUMBER, nullable=False),
        sa.Column("until", NUMBER, nullable=False),
        sa.Column("why", KEY, nullable=False),
    )


def downgrade() -> None:
    """Take both away."""
    op.drop_table("parked")
    op.drop_index("ix_entry_follows", "entry")
