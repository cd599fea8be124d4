"""Files may be attached to forms: their bytes stand in rows of their own, which can be erased."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

INTEGER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Nothing was attached before."""
    op.create_table(
        "attachment",
        sa.Column("case_id", KEY, sa.ForeignKey("cases.id"), primary_key=True, nullable=False),
        sa.Column("sha256", KEY, primary_key=True, nullable=False),
        sa.Column("seq", INTEGER, primary_key=True, nullable=False, autoincrement=False),
        sa.Column("form", KEY, primary_key=True, nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
    )


def downgrade() -> None:
    """Take them away again."""
    op.drop_table("attachment")
