"""A cycle keeps the windows a decree set for it."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Cycles launched before have none."""
    op.add_column("cycle", sa.Column("timetable", KEY, nullable=False, server_default="{}"))


def downgrade() -> None:
    """Forget them."""
    op.drop_column("cycle", "timetable")
