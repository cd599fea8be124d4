"""What came of an act as its answer tells it, with a receipt to keep: for programs, and on the page that follows."""

from __future__ import annotations

import base64
import binascii

from api.case_schemas import CaseLine, EntryOut
from api.case_shapes import case_line
from api.entry_shapes import entries
from api.schemas import Out
from api.visiting import Visitor
from engine.core.sealing.receipts import receipt_of
from engine.errors import NoteUnreadable
from engine.runtime import Engine, Fired

__all__ = ["FiredOut", "answered", "carried", "shown"]

#: letters of a receipt within an address
_LONGEST = 2_000


class FiredOut(Out):
    """What came of a command. `repeated` says that this very request was answered before.

    `receipt` is a signed promise that the last of the entries, and with it every one before it in the case, was
    written; keep it. It is empty until the log has its name.
    """

    case: CaseLine
    entries: list[EntryOut]
    repeated: bool
    receipt: str


def answered(engine: Engine, visitor: Visitor, done: Fired) -> FiredOut:
    """What came of a command, as whoever gave it sees the case now, with a receipt for them to keep."""
    view = engine.case(done.case.id, visitor.key)
    written = {line.seq for line in done.entries}
    return FiredOut(
        case=case_line(view.definition, view.scene.chart, done.case),
        entries=[one for one in entries(view) if one.seq in written],
        repeated=done.repeated,
        receipt=engine.receipts.of(done.entries),
    )


def carried(engine: Engine, done: Fired) -> dict[str, str]:
    """The receipt in the address of the page that follows: it was signed with the act, not when the page is opened."""
    receipt = engine.receipts.of(done.entries)
    return {"receipt": base64.urlsafe_b64encode(receipt.encode()).decode()} if receipt else {}


def shown(engine: Engine, case_id: str, carrying: str) -> str:
    """The receipt that an address carries; "" if it is none of ours about this case."""
    if not carrying or len(carrying) > _LONGEST:
        return ""
    try:
        data = base64.b64decode(carrying, altchars=b"-_", validate=True)
        receipt, note = receipt_of(data)
    except (binascii.Error, ValueError, NoteUnreadable):
        return ""
    mine = receipt.stream == f"case/{case_id}" and engine.receipts.is_ours(receipt, note)
    return str(note) if mine else ""
