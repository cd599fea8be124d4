"""The tables, as SQLAlchemy Core metadata; the migrations make exactly these, and a test compares the two.

Instants are integer microseconds UTC, civil days are ISO text, values are JSON bytes. Indexes are as few as the
reads allow, since every index costs each step a page: the tasks of a case are named in the case itself, so `task`
needs no index on it. Keys are compared by bytes on PostgreSQL too, so that both engines order them alike.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from engine.core.case import NEVER

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_INTEGER = BigInteger().with_variant(Integer(), "sqlite")
_KEY = Text().with_variant(Text(collation="C"), "postgresql")
_BYTES = LargeBinary()


def _key(name: str, *rules: ForeignKey, primary: bool = False) -> Column[str]:
    return Column(name, _KEY, *rules, primary_key=primary, nullable=False)


def _number(name: str, *, primary: bool = False, optional: bool = False) -> Column[int]:
    return Column(name, _INTEGER, primary_key=primary, nullable=optional, autoincrement=False)


def _bytes(name: str) -> Column[bytes]:
    return Column(name, _BYTES, nullable=False)


#: the kind of the database, fixed when it is made; the demo's clock; the version of the people
meta = Table("meta", metadata, _key("key", primary=True), _key("value"))

definition = Table(
    "definition",
    metadata,
    _key("digest", primary=True),
    _key("workflow"),
    _number("version"),
    _bytes("source"),
    _number("published_at"),
    #: a cycle may be launched with it from this instant on
    Column("effective_at", _INTEGER, nullable=False, server_default="0"),
    UniqueConstraint("workflow", "version"),
)

#: definitions that wait for approval; nothing refers to them, so nothing can run on them
proposal = Table(
    "proposal",
    metadata,
    _key("digest", primary=True),
    _key("workflow"),
    _number("version"),
    _bytes("source"),
    _key("author"),
    _number("proposed_at"),
    UniqueConstraint("workflow", "version"),
)

#: the words an entry of a stream that is no case's commits to: erasable, as the content of a case is
statement = Table(
    "statement",
    metadata,
    _key("stream", primary=True),
    _number("seq", primary=True),
    _key("value"),
    _bytes("salt"),
)

#: one row per dated segment; `body` is the whole segment
person = Table(
    "person",
    metadata,
    _key("key", primary=True),
    _key("valid_from", primary=True),
    _key("person_id"),
    _key("unit"),
    _bytes("body"),
)

#: one row per delegation, ended ones included; `body` is the whole
delegation = Table(
    "delegation",
    metadata,
    _key("id", primary=True),
    _key("giver"),
    _key("taker"),
    _bytes("body"),
)

#: how the people of the last import were before it, so that it can be taken back; one row at most
replaced = Table(
    "replaced",
    metadata,
    _key("version", primary=True),
    _key("before"),
    _number("at"),
    _bytes("body"),
)

calendar = Table(
    "calendar",
    metadata,
    _key("name", primary=True),
    _key("version", primary=True),
    _key("known_on"),
    _number("added_at"),
    _bytes("source"),
)

cycle = Table(
    "cycle",
    metadata,
    _key("id", primary=True),
    _key("definition", ForeignKey("definition.digest")),
    _key("period_from"),
    _key("period_to"),
    _number("opens_at"),
    _number("launched_at"),
    #: the windows a decree set for this cycle, as JSON
    Column("timetable", _KEY, nullable=False, server_default="{}"),
)

#: `body` is the case; the columns repeat what is searched, guarded or compared
cases = Table(
    "cases",
    metadata,
    _key("id", primary=True),
    _key("cycle_id", ForeignKey("cycle.id")),
    _key("subject"),
    _number("segment"),
    Column("unit", _KEY, nullable=False, server_default=""),
    Column("parent", _KEY, nullable=False, server_default=""),
    Column("link", _KEY, nullable=False, server_default=""),
    _key("definition", ForeignKey("definition.digest")),
    _key("state"),
    _key("phase"),
    _key("ended"),
    Column("promises", _KEY, nullable=False, server_default=""),
    _number("visit"),
    _number("version"),
    _number("seq"),
    _key("head"),
    _number("next_at"),
    _bytes("body"),
    UniqueConstraint("cycle_id", "subject", "segment"),
)

#: A case that sleeps for ever is not in the index, so the sweep's cost follows what is due, not what is stored.
WAKES = text(f"next_at < {NEVER}")
Index("ix_cases_next_at", cases.c.next_at, cases.c.id, postgresql_where=WAKES, sqlite_where=WAKES)
Index("ix_cases_subject", cases.c.subject)
Index("ix_cases_unit", cases.c.unit)
#: by how their promises stand: a letter each, so that those with a breach are found and counted without opening any
PROMISED = text("promises <> ''")
Index(
    "ix_cases_promises", cases.c.definition, cases.c.promises, cases.c.id,
    postgresql_where=PROMISED, sqlite_where=PROMISED,
)  # fmt: skip
OPENED = text("parent <> ''")
Index("ix_cases_parent", cases.c.parent, postgresql_where=OPENED, sqlite_where=OPENED)

#: what a case waits for of others, and the name it is heard of by; all of a case are replaced together
wait = Table(
    "wait",
    metadata,
    _key("case_id", ForeignKey("cases.id"), primary=True),
    _key("fact", primary=True),
    _key("heard_by"),
)
Index("ix_wait_heard_by", wait.c.heard_by)

#: cases whose last step others may wait for, or which wait themselves; a row goes when all of them have been told
signal = Table(
    "signal",
    metadata,
    Column("id", _INTEGER, primary_key=True, autoincrement=True),
    _key("case_id", ForeignKey("cases.id")),
    _number("at"),
    sqlite_autoincrement=True,
)

#: cases to be opened; `outcome` is "" until then
opening = Table(
    "opening",
    metadata,
    _key("parent", ForeignKey("cases.id"), primary=True),
    _key("link", primary=True),
    _key("part", primary=True),
    _number("at"),
    _bytes("body"),
    Column("child", _KEY, nullable=False, server_default=""),
    Column("outcome", _KEY, nullable=False, server_default=""),
)
PENDING = text("outcome = ''")
Index("ix_opening_at", opening.c.at, postgresql_where=PENDING, sqlite_where=PENDING)

#: open tasks only: closing one deletes its row, the entries remember it
task = Table(
    "task",
    metadata,
    _key("id", primary=True),
    _key("case_id", ForeignKey("cases.id")),
    _key("kind"),
    _key("holder"),
    _key("role"),
    _number("opened_at"),
    _number("due_at", optional=True),
    _bytes("body"),
)
Index("ix_task_holder", task.c.holder, task.c.due_at)

#: what people wrote, erasable; form "" is the reason given with entry `seq`
content = Table(
    "content",
    metadata,
    _key("case_id", ForeignKey("cases.id"), primary=True),
    _key("form", primary=True),
    _number("seq", primary=True),
    _bytes("value"),
    _bytes("salt"),
)

#: the bytes of the files that contents name by their hash, erasable with them; `seq` is the entry they came with
attachment = Table(
    "attachment",
    metadata,
    _key("case_id", ForeignKey("cases.id"), primary=True),
    _key("sha256", primary=True),
    _number("seq", primary=True),
    _key("form", primary=True),
    _bytes("value"),
)

#: append-only, guarded by the database itself
entry = Table(
    "entry",
    metadata,
    _key("stream", primary=True),
    _number("seq", primary=True),
    _key("kind"),
    _number("at"),
    _bytes("body"),
    _key("prev"),
    _key("hash"),
)

#: heads of the streams that are not cases
stream = Table("stream", metadata, _key("name", primary=True), _number("seq"), _key("head"))

#: `due_at` and `claimed_until` are read by the machine's clock, `created_at` and `read_at` by the business clock
outbox = Table(
    "outbox",
    metadata,
    Column("id", _INTEGER, primary_key=True, autoincrement=True),
    _key("key"),
    _key("recipient"),
    _key("kind"),
    _key("case_id"),
    Column("task_id", _KEY, nullable=True),
    _bytes("data"),
    _number("created_at"),
    _number("read_at", optional=True),
    Column("due_at", _INTEGER, nullable=False, server_default="0"),
    Column("claimed_until", _INTEGER, nullable=False, server_default="0"),
    Column("fence", _KEY, nullable=False, server_default=""),
    Column("attempts", _INTEGER, nullable=False, server_default="0"),
    _number("settled_at", optional=True),
    Column("outcome", _KEY, nullable=False, server_default=""),
    UniqueConstraint("key"),
    sqlite_autoincrement=True,
)
UNSETTLED = text("settled_at IS NULL")
Index("ix_outbox_due_at", outbox.c.due_at, outbox.c.id, postgresql_where=UNSETTLED, sqlite_where=UNSETTLED)
Index("ix_outbox_recipient", outbox.c.recipient, outbox.c.id)

#: what an actor's request was and what it was answered, so that a repeat gets the same answer
idempotency = Table(
    "idempotency",
    metadata,
    _key("actor", primary=True),
    _key("key", primary=True),
    _key("request"),
    _bytes("response"),
    _number("at"),
)

#: the journals of people from outside that are not told yet; a token is kept as its hash alone
invitation = Table(
    "invitation",
    metadata,
    _key("case_id", ForeignKey("cases.id"), primary=True),
    _key("journal", primary=True),
    _key("hash"),
    _number("made_at"),
    UniqueConstraint("hash"),
)

beat = Table("beat", metadata, _key("worker", primary=True), _number("at"))
