"""Lines of the audit log as JSON, as far as their reader may know what was decided from what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.case_schemas import EntryOut
from engine.core.audit import stamp
from engine.core.codec import decode
from engine.runtime import CaseView

__all__ = ["entries"]


def entries(view: CaseView) -> list[EntryOut]:
    """Every entry of a case, oldest first."""
    told: list[EntryOut] = []
    broken = False
    for line in view.history:
        body: dict[str, Any] = decode(line.body)
        withheld = _withheld(view, line.seq, body.get("guards", {}))
        prev = None if broken else line.prev
        broken = broken or bool(withheld)
        if withheld:
            body["guards"] = {rule: told for rule, told in body["guards"].items() if rule not in withheld}
        body["prev"] = prev
        told.append(
            EntryOut(
                seq=line.seq,
                kind=line.kind,
                at=stamp(line.at),
                prev=prev,
                hash=None if broken else line.hash,
                body=body,
                withheld=withheld,
            )
        )
    return told


def _withheld(view: CaseView, seq: int, guards: Mapping[str, bool]) -> list[str]:
    """The verdicts of an entry that were answered from something this viewer does not read."""
    return [rule for rule in guards if not _is_read(view, seq, rule)]


def _is_read(view: CaseView, seq: int, rule: str) -> bool:
    condition = view.machine.condition(rule)
    return condition is not None and view.sight.reads_condition(condition, seq)
