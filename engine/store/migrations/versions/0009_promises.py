"""How the promises about a case stand is kept beside it, a letter for each, to be counted and searched."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Cases opened before were not watched: nothing is known of their promises."""
    op.add_column("cases", sa.Column("promises", KEY, nullable=False, server_default=""))
    promised = sa.text("promises <> ''")
    op.create_index(
        "ix_cases_promises",
        "cases",
        ["definition", "promises", "id"],
        postgresql_where=promised,
        sqlite_where=promised,
    )


def downgrade() -> None:
    """Forget it."""
    op.drop_index("ix_cases_promises", "cases")
    op.drop_column("cases", "promises")
