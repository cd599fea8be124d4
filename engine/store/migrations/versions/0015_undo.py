"""A message may wait until the move it tells of can no longer be taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0018"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """No message written so far is held."""
    op.add_column("outbox", sa.Column("held_until", NUMBER, nullable=False, server_default="0"))
    held = sa.text("held_until > 0 AND settled_at IS NULL")
    op.create_index(
        "ix_outbox_held_until", "outbox", ["held_until"], postgresql_where=held, sqlite_where=held
    )


def downgrade() -> None:
    """Messages that are held would be sent; those dropped are settled already."""
    op.drop_index("ix_outbox_held_until", "outbox")
    with op.batch_alter_table("outbox") as batch:
        batch.drop_column("held_until")
