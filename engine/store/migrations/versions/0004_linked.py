"""Cases that open others and wait for them: whose children they are, what they wait for, what is still to be opened."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

INTEGER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
BYTES = sa.LargeBinary()

_FILL = {
    "sqlite": "UPDATE cases SET unit = json_extract(CAST(body AS TEXT), '$.unit')",
    "postgresql": "UPDATE cases SET unit = convert_from(body, 'UTF8')::json ->> 'unit'",
}


def upgrade() -> None:
    """Cases opened before have no parent; their units are taken out of their bodies."""
    for name in ("unit", "parent", "link"):
        op.add_column("cases", sa.Column(name, KEY, nullable=False, server_default=""))
    op.execute(_FILL[op.get_bind().dialect.name])
    op.create_index("ix_cases_unit", "cases", ["unit"])
    opened = sa.text("parent <> ''")
    op.create_index("ix_cases_parent", "cases", ["parent"], postgresql_where=opened, sqlite_where=opened)
    op.create_table(
        "wait",
        sa.Column("case_id", KEY, sa.ForeignKey("cases.id"), primary_key=True, nullable=False),
        sa.Column("fact", KEY, primary_key=True, nullable=False),
        sa.Column("heard_by", KEY, nullable=False),
    )
    op.create_index("ix_wait_heard_by", "wait", ["heard_by"])
    op.create_table(
        "signal",
        sa.Column("id", INTEGER, primary_key=True, autoincrement=True),
        sa.Column("case_id", KEY, sa.ForeignKey("cases.id"), nullable=False),
        sa.Column("at", INTEGER, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "opening",
        sa.Column("parent", KEY, sa.ForeignKey("cases.id"), primary_key=True, nullable=False),
        sa.Column("link", KEY, primary_key=True, nullable=False),
        sa.Column("part", KEY, primary_key=True, nullable=False),
        sa.Column("at", INTEGER, nullable=False),
        sa.Column("body", BYTES, nullable=False),
        sa.Column("child", KEY, nullable=False, server_default=""),
        sa.Column("outcome", KEY, nullable=False, server_default=""),
    )
    pending = sa.text("outcome = ''")
    op.create_index("ix_opening_at", "opening", ["at"], postgresql_where=pending, sqlite_where=pending)


def downgrade() -> None:
    """Take them away again."""
    for table in ("opening", "signal", "wait"):
        op.drop_table(table)
    op.drop_index("ix_cases_parent", "cases")
    op.drop_index("ix_cases_unit", "cases")
    for name in ("link", "parent", "unit"):
        op.drop_column("cases", name)
