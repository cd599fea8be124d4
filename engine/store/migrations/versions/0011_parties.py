"""Who is a party to a case is kept beside it, so that lists are filtered in the database; and what was denied."""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
COLUMNS = ("case_id", "person", "role", "how", "first", "last", "lent")


def upgrade() -> None:
    """Whoever has had a task is a party at once; who fills a role is worked out when the chart is next followed."""
    op.create_table(
        "party",
        sa.Column("case_id", KEY, sa.ForeignKey("cases.id", name="fk_party_case_id"), nullable=False),
        *(sa.Column(name, KEY, nullable=False) for name in COLUMNS[1:6]),
        sa.Column("lent", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint(*COLUMNS[:5], name="pk_party"),
    )
    op.create_index("ix_party_person", "party", ["person", "case_id"])
    op.create_table(
        "denial",
        *(sa.Column(name, KEY, nullable=False) for name in ("who", "action", "what")),
        sa.Column("hour", NUMBER, nullable=False, autoincrement=False),
        sa.Column("rule", KEY, nullable=False),
        sa.Column("count", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("who", "action", "what", "hour", name="pk_denial"),
    )
    _fill(op.get_bind())


def _fill(connection: sa.Connection) -> None:
    party = sa.table("party", *(sa.column(name) for name in COLUMNS))
    after = ""
    while True:
        page = connection.execute(
            sa.text("SELECT id, subject, body FROM cases WHERE id > :after ORDER BY id LIMIT 500"),
            {"after": after},
        ).all()
        rows = [
            dict(zip(COLUMNS, (case_id, person, role, "task", first, "", 0), strict=True))
            for case_id, subject, body in page
            for person, role, first in _took_part(json.loads(bytes(body)), subject)
        ]
        if rows:
            connection.execute(sa.insert(party), rows)
        if not page:
            break
        after = page[-1][0]
    connection.execute(sa.text("UPDATE meta SET value = '' WHERE key = 'chart_seen_on'"))


def _took_part(body: dict[str, Any], subject: str) -> list[tuple[str, str, str]]:
    tasks = [body.get("task"), *body.get("escalations", ())]
    tasks += [one["task"] for one in (body.get("gathering") or {}).get("asked", ())]
    found = {(task["holder"], task["role"]) for task in tasks if task}
    found |= {(person, role) for role, people in body.get("acted", {}).items() for person in people}
    first = body["period_from"]
    return sorted((person, role, first) for person, role in found if person != subject)


def downgrade() -> None:
    """Forget it."""
    op.drop_table("denial")
    op.drop_index("ix_party_person", "party")
    op.drop_table("party")
