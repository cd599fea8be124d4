"""Who looked at whose data is looked up in a table beside the log, and so is which words were erased."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0009"
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Nobody's looks were kept before, and nothing was erased."""
    op.create_table(
        "look",
        sa.Column("object", KEY, primary_key=True, nullable=False),
        sa.Column("hour", NUMBER, primary_key=True, nullable=False, autoincrement=False),
        sa.Column("actor", KEY, primary_key=True, nullable=False),
        sa.Column("class", KEY, primary_key=True, nullable=False),
        sa.Column("under", KEY, primary_key=True, nullable=False),
    )
    op.create_index("ix_look_actor", "look", ["actor", "hour"])
    op.create_table(
        "erased",
        sa.Column("stream", KEY, primary_key=True, nullable=False),
        sa.Column("seq", NUMBER, primary_key=True, nullable=False, autoincrement=False),
        sa.Column("name", KEY, primary_key=True, nullable=False),
        sa.Column("erasure", KEY, nullable=False),
    )
    op.create_index("ix_erased_erasure", "erased", ["erasure"])


def downgrade() -> None:
    """Forget both."""
    op.drop_table("erased")
    op.drop_table("look")
