"""A training that is recorded in a journal counts for the roles that ask for it."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0024"
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """None was recorded before; those of the people file stay there."""
    op.create_table(
        "training",
        sa.Column("id", KEY, primary_key=True, nullable=False),
        sa.Column("person", KEY, nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
    )


def downgrade() -> None:
    """Take them away again."""
    op.drop_table("training")
