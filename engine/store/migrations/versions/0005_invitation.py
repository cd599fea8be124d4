"""People from outside answer by a link: its token is kept as a hash, with the journal it leads to."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

INTEGER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Nobody was invited before."""
    op.create_table(
        "invitation",
        sa.Column("case_id", KEY, sa.ForeignKey("cases.id"), primary_key=True, nullable=False),
        sa.Column("journal", KEY, primary_key=True, nullable=False),
        sa.Column("hash", KEY, nullable=False),
        sa.Column("made_at", INTEGER, nullable=False),
        sa.UniqueConstraint("hash"),
    )


def downgrade() -> None:
    """Take it away again."""
    op.drop_table("invitation")
