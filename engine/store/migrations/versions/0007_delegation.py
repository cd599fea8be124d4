"""People may let others act for them: what was given, to whom and until when stands beside the chart."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Nothing was delegated before."""
    op.create_table(
        "delegation",
        sa.Column("id", KEY, primary_key=True, nullable=False),
        sa.Column("giver", KEY, nullable=False),
        sa.Column("taker", KEY, nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
    )


def downgrade() -> None:
    """Take them away again."""
    op.drop_table("delegation")
