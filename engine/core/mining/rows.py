"""Entries as rows of a table, one column for each thing an auditor sorts by."""

from __future__ import annotations

from engine.core.mining.events import Mined

__all__ = ["COLUMNS", "row"]

#: in this order for ever; new ones come last
COLUMNS = (
    "leaf", "stream", "seq", "at", "kind", "activity", "way", "case", "cycle", "subject", "unit", "actor", "behalf",
    "automatic", "role", "from", "to", "ended", "definition", "hash",
)  # fmt: skip


def row(one: Mined) -> dict[str, object]:
    """An entry as a row; what begins like a formula is made harmless by whoever writes it."""
    told = {name: getattr(one, name, None) for name in COLUMNS}
    return told | {"from": one.source, "to": one.target, "automatic": "yes" if one.automatic else "no"}
