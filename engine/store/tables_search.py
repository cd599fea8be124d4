"""The table in which entries are looked up: made from sealed entries, and made anew from them at any time."""

from __future__ import annotations

from sqlalchemy import Index, Table, UniqueConstraint, text

from engine.store.columns import key, metadata, number

__all__ = ["trace"]

#: one row for each leaf, in the order of the log; texts are "" and numbers 0 where an entry has nothing of the kind
trace = Table(
    "trace",
    metadata,
    number("leaf", primary=True),
    key("stream"),
    number("seq"),
    key("kind"),
    number("at"),
    key("actor"),
    key("behalf"),
    key("subject"),
    key("unit"),
    key("rule"),
    key("definition"),
    number("automatic"),
    number("override"),
    number("silent"),
    UniqueConstraint("stream", "seq"),
)
# Whatever is asked for, the newest come first: each index ends in the leaf, so that a page is read from its end.
for _name in ("kind", "actor", "subject", "unit", "rule", "definition", "at"):
    Index(f"ix_trace_{_name}", trace.c[_name], trace.c.leaf)
BEHALF = text("behalf <> ''")
Index("ix_trace_behalf", trace.c.behalf, trace.c.leaf, postgresql_where=BEHALF, sqlite_where=BEHALF)
OVERRIDE = text("override = 1")
Index("ix_trace_override", trace.c.leaf, postgresql_where=OVERRIDE, sqlite_where=OVERRIDE)
SILENT = text("silent >= 7")
Index("ix_trace_silent", trace.c.leaf, trace.c.silent, postgresql_where=SILENT, sqlite_where=SILENT)
