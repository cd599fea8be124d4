"""Entries are looked up by who, where and what: a row for each leaf, filled by the sealer's next passes."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0025"
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

_TEXTS = ("actor", "behalf", "subject", "unit", "rule", "definition")
_PARTIAL = {
    "behalf": (["behalf", "leaf"], "behalf <> ''"),
    "override": (["leaf"], "override = 1"),
    "silent": (["leaf", "silent"], "silent >= 7"),
}


def upgrade() -> None:
    """Nothing is found before the first pass."""
    op.create_table(
        "trace",
        sa.Column("leaf", NUMBER, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("stream", KEY, nullable=False),
        sa.Column("seq", NUMBER, nullable=False),
        sa.Column("kind", KEY, nullable=False),
        sa.Column("at", NUMBER, nullable=False),
        *(sa.Column(name, KEY, nullable=False) for name in _TEXTS),
        *(sa.Column(name, NUMBER, nullable=False) for name in ("automatic", "override", "silent")),
        sa.UniqueConstraint("stream", "seq", name="uq_trace_stream"),
    )
    for name in ("kind", "actor", "subject", "unit", "rule", "definition", "at"):
        op.create_index(f"ix_trace_{name}", "trace", [name, "leaf"])
    for name, (columns, which) in _PARTIAL.items():
        op.create_index(
            f"ix_trace_{name}", "trace", columns, postgresql_where=sa.text(which), sqlite_where=sa.text(which)
        )


def downgrade() -> None:
    """Take the table away; it is made from entries."""
    op.drop_table("trace")
