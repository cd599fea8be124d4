"""The sealed log: leaves, the tree above them, checkpoints and what witnesses signed; entries are found by when."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0014"
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Nothing is sealed yet: the first pass seals what has been told so far."""
    op.create_index("ix_entry_at", "entry", ["at"])
    op.create_table(
        "leaf",
        sa.Column("idx", NUMBER, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("stream", KEY, nullable=False),
        sa.Column("seq", NUMBER, nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.UniqueConstraint("stream", "seq", name="uq_leaf_stream"),
    )
    op.create_table(
        "tile",
        sa.Column("level", NUMBER, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("idx", NUMBER, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "checkpoint",
        sa.Column("size", NUMBER, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("root", sa.LargeBinary(), nullable=False),
        sa.Column("at", NUMBER, nullable=False),
        sa.Column("note", KEY, nullable=False),
    )
    op.create_table(
        "cosignature",
        sa.Column("size", NUMBER, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("witness", KEY, primary_key=True, nullable=False),
        sa.Column("at", NUMBER, nullable=False),
        sa.Column("line", KEY, nullable=False),
    )


def downgrade() -> None:
    """Take the sealed log away; the entries stay."""
    for name in ("cosignature", "checkpoint", "tile", "leaf"):
        op.drop_table(name)
    op.drop_index("ix_entry_at", "entry")
