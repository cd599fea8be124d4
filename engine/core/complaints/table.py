"""Every sentence that is said of a file, by key; a key stands in one room only."""

from __future__ import annotations

from collections.abc import Mapping

from engine.core.complaints import (
    calendars,
    conditions,
    fields,
    figures,
    file,
    gatherings,
    head,
    public,
    restoring,
    roles,
    shapes,
    times,
    undoing,
    ways,
)

ROOMS = (
    file, shapes, head, roles, fields, figures, conditions, times, ways, gatherings, calendars, undoing, restoring,
    public,
)  # fmt: skip

#: key: (English, Indonesian). `{name}` is a value; whatever else stands in braces stands for itself.
SENTENCES: Mapping[str, tuple[str, str]] = {
    key: sentence for room in ROOMS for key, sentence in room.SENTENCES.items()
}
