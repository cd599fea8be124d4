"""The first tables. A migration is never edited once it is released: it repeats what the tables were on its day."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

NEVER = 2**53 - 1
INTEGER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
BYTES = sa.LargeBinary()


def _key(name: str, *rules: sa.ForeignKey, primary: bool = False, optional: bool = False) -> "sa.Column[str]":
    return sa.Column(name, KEY, *rules, primary_key=primary, nullable=optional)


def _number(name: str, *, primary: bool = False, optional: bool = False) -> "sa.Column[int]":
    return sa.Column(name, INTEGER, primary_key=primary, nullable=optional, autoincrement=False)


def _bytes(name: str) -> "sa.Column[bytes]":
    return sa.Column(name, BYTES, nullable=False)


def upgrade() -> None:
    """Make all tables of the first version."""
    _reference_tables()
    _case_tables()
    _outbox()
    op.create_table(
        "entry",
        _key("stream", primary=True),
        _number("seq", primary=True),
        _key("kind"),
        _number("at"),
        _bytes("body"),
        _key("prev"),
        _key("hash"),
    )
    op.create_table("stream", _key("name", primary=True), _number("seq"), _key("head"))
    op.create_table(
        "idempotency",
        _key("actor", primary=True),
        _key("key", primary=True),
        _key("request"),
        _bytes("response"),
        _number("at"),
    )
    op.create_table("beat", _key("worker", primary=True), _number("at"))


def _reference_tables() -> None:
    op.create_table("meta", _key("key", primary=True), _key("value"))
    op.create_table(
        "definition",
        _key("digest", primary=True),
        _key("workflow"),
        _number("version"),
        _bytes("source"),
        _number("published_at"),
        sa.UniqueConstraint("workflow", "version"),
    )
    op.create_table(
        "person",
        _key("key", primary=True),
        _key("valid_from", primary=True),
        _key("person_id"),
        _key("unit"),
        _bytes("body"),
    )
    op.create_table(
        "calendar",
        _key("name", primary=True),
        _key("version", primary=True),
        _key("known_on"),
        _number("added_at"),
        _bytes("source"),
    )
    op.create_table(
        "cycle",
        _key("id", primary=True),
        _key("definition", sa.ForeignKey("definition.digest")),
        _key("period_from"),
        _key("period_to"),
        _number("opens_at"),
        _number("launched_at"),
    )


def _case_tables() -> None:
    op.create_table(
        "cases",
        _key("id", primary=True),
        _key("cycle_id", sa.ForeignKey("cycle.id")),
        _key("subject"),
        _number("segment"),
        _key("definition", sa.ForeignKey("definition.digest")),
        _key("state"),
        _key("phase"),
        _key("ended"),
        _number("visit"),
        _number("version"),
        _number("seq"),
        _key("head"),
        _number("next_at"),
        _bytes("body"),
        sa.UniqueConstraint("cycle_id", "subject", "segment"),
    )
    wakes = sa.text(f"next_at < {NEVER}")
    op.create_index(
        "ix_cases_next_at", "cases", ["next_at", "id"], postgresql_where=wakes, sqlite_where=wakes
    )
    op.create_index("ix_cases_subject", "cases", ["subject"])
    op.create_table(
        "task",
        _key("id", primary=True),
        _key("case_id", sa.ForeignKey("cases.id")),
        _key("kind"),
        _key("holder"),
        _key("role"),
        _number("opened_at"),
        _number("due_at", optional=True),
        _bytes("body"),
    )
    op.create_index("ix_task_holder", "task", ["holder", "due_at"])
    op.create_table(
        "content",
        _key("case_id", sa.ForeignKey("cases.id"), primary=True),
        _key("form", primary=True),
        _number("seq", primary=True),
        _bytes("value"),
        _bytes("salt"),
    )


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", INTEGER, primary_key=True, autoincrement=True),
        _key("key"),
        _key("recipient"),
        _key("kind"),
        _key("case_id"),
        _key("task_id", optional=True),
        _bytes("data"),
        _number("created_at"),
        _number("read_at", optional=True),
        sa.Column("due_at", INTEGER, nullable=False, server_default="0"),
        sa.Column("claimed_until", INTEGER, nullable=False, server_default="0"),
        sa.Column("fence", KEY, nullable=False, server_default=""),
        sa.Column("attempts", INTEGER, nullable=False, server_default="0"),
        _number("settled_at", optional=True),
        sa.Column("outcome", KEY, nullable=False, server_default=""),
        sa.UniqueConstraint("key"),
        sqlite_autoincrement=True,
    )
    open_ones = sa.text("settled_at IS NULL")
    op.create_index(
        "ix_outbox_due_at", "outbox", ["due_at", "id"], postgresql_where=open_ones, sqlite_where=open_ones
    )
    op.create_index("ix_outbox_recipient", "outbox", ["recipient", "id"])


def downgrade() -> None:
    """Take the tables away again; only an empty database is ever brought back this far."""
    for name in (
        "beat", "idempotency", "stream", "entry", "outbox", "content", "task", "cases", "cycle", "calendar",
        "person", "definition", "meta",
    ):  # fmt: skip
        op.drop_table(name)
