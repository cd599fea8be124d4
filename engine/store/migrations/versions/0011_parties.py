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
    told = sa.text("SELECT stream, body FROM entry WHERE stream IN :streams")
    told = told.bindparams(sa.bindparam("streams", type_=sa.Text(), expanding=True))
    after = ""
    while True:
        page = connection.execute(
            sa.text("SELECT id, subject, body FROM cases WHERE id > :after ORDER BY id LIMIT 500"),
            {"after": after},
        ).all()
        if not page:
            break
        bodies = {case_id: (subject, json.loads(bytes(body))) for case_id, subject, body in page}
        found = {case_id: _took_part(body) for case_id, (_, body) in bodies.items()}
        for stream, entry in connection.execute(told, {"streams": [f"case/{case_id}" for case_id in bodies]}):
            if b'"found"' in bytes(entry):
                held = json.loads(bytes(entry)).get("found", ())
                found[stream.removeprefix("case/")] |= {(one["person"], one["role"]) for one in held}
        rows = [
            dict(zip(COLUMNS, (case_id, person, role, "task", body["period_from"], "", 0), strict=True))
            for case_id, (subject, body) in bodies.items()
            for person, role in sorted(found[case_id])
            if person != subject
        ]
        if rows:
            connection.execute(sa.insert(party), rows)
        after = page[-1][0]
    connection.execute(sa.text("UPDATE meta SET value = '' WHERE key = 'chart_seen_on'"))


def _took_part(body: dict[str, Any]) -> set[tuple[str, str]]:
    """Who has a task of the case or has acted in it, and in which role."""
    tasks = [body.get("task"), *body.get("escalations", ())]
    tasks += [one["task"] for one in (body.get("gathering") or {}).get("asked", ())]
    found = {(task["holder"], task["role"]) for task in tasks if task}
    return found | {(person, role) for role, people in body.get("acted", {}).items() for person in people}


def downgrade() -> None:
    """Forget it."""
    op.drop_table("denial")
    op.drop_index("ix_party_person", "party")
    op.drop_table("party")
