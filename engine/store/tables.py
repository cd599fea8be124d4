"""The tables, as SQLAlchemy Core metadata; the migrations make exactly these, and a test compares the two.

Instants are integer microseconds UTC, civil days are ISO text, values are JSON bytes. Indexes are as few as the
reads allow, since every index costs each step a page: the tasks of a case are named in the case itself, so `task`
needs no index on it. Keys are compared by bytes on PostgreSQL too, so that both engines order them alike.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Table, UniqueConstraint, text

from engine.core.case import NEVER
from engine.store import columns
from engine.store.columns import INTEGER, KEY, blob, key, number

metadata = columns.metadata

#: the kind of the database, fixed when it is made; the demo's clock; the version of the people
meta = Table("meta", metadata, key("key", primary=True), key("value"))

definition = Table(
    "definition",
    metadata,
    key("digest", primary=True),
    key("workflow"),
    number("version"),
    blob("source"),
    number("published_at"),
    #: a cycle may be launched with it from this instant on
    Column("effective_at", INTEGER, nullable=False, server_default="0"),
    UniqueConstraint("workflow", "version"),
)

#: definitions that wait for approval; nothing refers to them, so nothing can run on them
proposal = Table(
    "proposal",
    metadata,
    key("digest", primary=True),
    key("workflow"),
    number("version"),
    blob("source"),
    key("author"),
    number("proposed_at"),
    UniqueConstraint("workflow", "version"),
)

#: the words an entry of a stream that is no case's commits to: erasable, as the content of a case is
statement = Table(
    "statement",
    metadata,
    key("stream", primary=True),
    number("seq", primary=True),
    key("value"),
    blob("salt"),
)

#: one row per dated segment; `body` is the whole segment
person = Table(
    "person",
    metadata,
    key("key", primary=True),
    key("valid_from", primary=True),
    key("person_id"),
    key("unit"),
    blob("body"),
)

#: one row per delegation, ended ones included; `body` is the whole
delegation = Table(
    "delegation",
    metadata,
    key("id", primary=True),
    key("giver"),
    key("taker"),
    blob("body"),
)

#: how the people of the last import were before it, so that it can be taken back; one row at most
replaced = Table(
    "replaced",
    metadata,
    key("version", primary=True),
    key("before"),
    number("at"),
    blob("body"),
)

calendar = Table(
    "calendar",
    metadata,
    key("name", primary=True),
    key("version", primary=True),
    key("known_on"),
    number("added_at"),
    blob("source"),
)

cycle = Table(
    "cycle",
    metadata,
    key("id", primary=True),
    key("definition", ForeignKey("definition.digest")),
    key("period_from"),
    key("period_to"),
    number("opens_at"),
    number("launched_at"),
    #: the windows a decree set for this cycle, as JSON
    Column("timetable", KEY, nullable=False, server_default="{}"),
)

#: `body` is the case; the columns repeat what is searched, guarded or compared
cases = Table(
    "cases",
    metadata,
    key("id", primary=True),
    key("cycle_id", ForeignKey("cycle.id")),
    key("subject"),
    number("segment"),
    Column("unit", KEY, nullable=False, server_default=""),
    Column("parent", KEY, nullable=False, server_default=""),
    Column("link", KEY, nullable=False, server_default=""),
    key("definition", ForeignKey("definition.digest")),
    key("state"),
    key("phase"),
    key("ended"),
    Column("promises", KEY, nullable=False, server_default=""),
    number("visit"),
    number("version"),
    number("seq"),
    key("head"),
    number("next_at"),
    blob("body"),
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
    key("case_id", ForeignKey("cases.id"), primary=True),
    key("fact", primary=True),
    key("heard_by"),
)
Index("ix_wait_heard_by", wait.c.heard_by)

#: cases whose last step others may wait for, or which wait themselves; a row goes when all of them have been told
signal = Table(
    "signal",
    metadata,
    Column("id", INTEGER, primary_key=True, autoincrement=True),
    key("case_id", ForeignKey("cases.id")),
    number("at"),
    sqlite_autoincrement=True,
)

#: cases to be opened; `outcome` is "" until then
opening = Table(
    "opening",
    metadata,
    key("parent", ForeignKey("cases.id"), primary=True),
    key("link", primary=True),
    key("part", primary=True),
    number("at"),
    blob("body"),
    Column("child", KEY, nullable=False, server_default=""),
    Column("outcome", KEY, nullable=False, server_default=""),
)
PENDING = text("outcome = ''")
Index("ix_opening_at", opening.c.at, postgresql_where=PENDING, sqlite_where=PENDING)

#: open tasks only: closing one deletes its row, the entries remember it
task = Table(
    "task",
    metadata,
    key("id", primary=True),
    key("case_id", ForeignKey("cases.id")),
    key("kind"),
    key("holder"),
    key("role"),
    number("opened_at"),
    number("due_at", optional=True),
    blob("body"),
)
Index("ix_task_holder", task.c.holder, task.c.due_at)

#: what people wrote, erasable; form "" is the reason given with entry `seq`
content = Table(
    "content",
    metadata,
    key("case_id", ForeignKey("cases.id"), primary=True),
    key("form", primary=True),
    number("seq", primary=True),
    blob("value"),
    blob("salt"),
)

#: the bytes of the files that contents name by their hash, erasable with them; `seq` is the entry they came with
attachment = Table(
    "attachment",
    metadata,
    key("case_id", ForeignKey("cases.id"), primary=True),
    key("sha256", primary=True),
    number("seq", primary=True),
    key("form", primary=True),
    blob("value"),
)

#: append-only, guarded by the database itself
entry = Table(
    "entry",
    metadata,
    key("stream", primary=True),
    number("seq", primary=True),
    key("kind"),
    number("at"),
    blob("body"),
    key("prev"),
    key("hash"),
)

#: what cases made of a new chart, found by when: what was built on an import must not be sought in the whole log
FOLLOWS = text("kind IN ('followed', 'noticed')")
Index("ix_entry_follows", entry.c.at, postgresql_where=FOLLOWS, sqlite_where=FOLLOWS)

#: heads of the streams that are not cases
stream = Table("stream", metadata, key("name", primary=True), number("seq"), key("head"))

#: `due_at` and `claimed_until` are read by the machine's clock, the other instants by the business clock
outbox = Table(
    "outbox",
    metadata,
    Column("id", INTEGER, primary_key=True, autoincrement=True),
    key("key"),
    key("recipient"),
    key("kind"),
    key("case_id"),
    Column("task_id", KEY, nullable=True),
    blob("data"),
    number("created_at"),
    number("read_at", optional=True),
    Column("due_at", INTEGER, nullable=False, server_default="0"),
    Column("claimed_until", INTEGER, nullable=False, server_default="0"),
    Column("fence", KEY, nullable=False, server_default=""),
    Column("attempts", INTEGER, nullable=False, server_default="0"),
    number("settled_at", optional=True),
    Column("outcome", KEY, nullable=False, server_default=""),
    #: nobody is told of it until a beat at this instant or later has set it to 0
    Column("held_until", INTEGER, nullable=False, server_default="0"),
    UniqueConstraint("key"),
    sqlite_autoincrement=True,
)
UNSETTLED = text("settled_at IS NULL")
Index("ix_outbox_due_at", outbox.c.due_at, outbox.c.id, postgresql_where=UNSETTLED, sqlite_where=UNSETTLED)
Index("ix_outbox_recipient", outbox.c.recipient, outbox.c.id)
HELD = text("held_until > 0 AND settled_at IS NULL")
Index("ix_outbox_held_until", outbox.c.held_until, postgresql_where=HELD, sqlite_where=HELD)
#: what a person may know of, and what of it is still to be sent
TOLD = text("held_until = 0")
TO_SEND = text("settled_at IS NULL AND held_until = 0")

#: what an actor's request was and what it was answered, so that a repeat gets the same answer
idempotency = Table(
    "idempotency",
    metadata,
    key("actor", primary=True),
    key("key", primary=True),
    key("request"),
    blob("response"),
    number("at"),
)

#: the journals of people from outside that are not told yet; a token is kept as its hash alone
invitation = Table(
    "invitation",
    metadata,
    key("case_id", ForeignKey("cases.id"), primary=True),
    key("journal", primary=True),
    key("hash"),
    number("made_at"),
    UniqueConstraint("hash"),
)

beat = Table("beat", metadata, key("worker", primary=True), number("at"))
