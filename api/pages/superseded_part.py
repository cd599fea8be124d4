"""What the page of a closed case says of its corrections: whose result counts since when, and why."""

from __future__ import annotations

from dataclasses import dataclass

from api.pages.words import Words
from api.policy import may_read_reason
from engine.core.codec import decode
from engine.core.draft import REASON
from engine.core.telling import say_date
from engine.runtime import CaseView
from engine.store.values import Written


@dataclass(frozen=True, slots=True, kw_only=True)
class Superseded:
    """What corrected the result of a closed case: which case, since when, and why where the reader may know."""

    case: str
    label: str
    since: str
    why: str


def superseded(
    view: CaseView, written: tuple[Written, ...], viewer: str, word: Words
) -> tuple[Superseded, ...]:
    """The corrections of a closed case, the first first. Whoever may read what was corrected may read why."""
    reasons = {one.seq: decode(one.value) for one in written if one.form == REASON}
    bodies = [decode(entry.body) for entry in view.history]
    roots = {path.partition(".")[0] for body in bodies for path in body.get("superseded", ())}
    asking = {entry.seq: body for entry, body in zip(view.history, bodies, strict=True)}
    found = []
    for one in view.case.corrected:
        open_to = bool(roots & view.readable) or may_read_reason(asking[one.asked], viewer)
        day = view.scene.calendar.date_of(one.at, view.case.zone)
        found.append(
            Superseded(
                case=one.case,
                label=view.definition.texts.label("linked", one.link)[word.language],
                since=word("case.superseded", day=say_date(day, word.language)),
                why=str(reasons.get(one.asked, "")) if open_to else "",
            )
        )
    return tuple(found)
