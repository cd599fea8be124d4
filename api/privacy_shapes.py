"""From what is known of personal data and break-glass to the JSON of the API: pseudonyms, no words but reasons."""

from __future__ import annotations

from datetime import date

from api.schemas import Out, Text
from engine.core.audit import stamp
from engine.core.definition import Label
from engine.core.privacy.classes import DataClass
from engine.core.privacy.erasing import Erasure, Hold
from engine.core.privacy.glass import Grant
from engine.core.privacy.looks import Look
from engine.core.privacy.official import Official
from engine.runtime.privacy.retaining import Over

__all__ = [
    "ClassOut", "ErasureOut", "GlassOut", "HoldOut", "LookOut", "OverOut", "class_out", "erasure_out", "glass_out",
    "hold_out", "look_out", "over_out",
]  # fmt: skip


class ClassOut(Out):
    """A class of personal data; `years` 0 is as long as the log."""

    name: str
    label: Text
    purpose: Text
    ground: Text
    readers: Text
    since: str
    years: int


class WhoOut(Out):
    """Somebody in office: a person's key, an account's id, or both."""

    person: str
    account: str


class LookOut(Out):
    """Somebody looked at one class of data within the hour that began then."""

    of: str
    hour: str
    by: str
    data: str
    break_glass: str


class ErasureOut(Out):
    """An erasure that was asked for, and what became of it; `residue` says that files may still hold what went."""

    id: str
    state: str
    ground: str
    person: str
    cases: list[str]
    classes: list[str]
    said: list[str]
    asked_by: WhoOut
    asked_at: str
    reason: str
    decided_by: WhoOut | None
    decided_at: str | None
    counts: dict[str, int]
    words: int
    residue: bool


class HoldOut(Out):
    """A legal hold."""

    id: str
    of: str
    put_by: WhoOut
    put_at: str
    reason: str
    lifted_at: str | None


class OverOut(Out):
    """Data past its years: of a case, of a person, or in the reasons of what is `said`."""

    case: str
    person: str
    said: str
    since: date
    classes: list[str]


class GlassOut(Out):
    """A break-glass grant."""

    id: str
    state: str
    is_open: bool
    to: WhoOut
    cases: list[str]
    rights: list[str]
    hours: int
    until: str | None
    asked_by: WhoOut
    decided_by: WhoOut | None
    reason: str


def class_out(one: DataClass, years: int) -> ClassOut:
    """A class as it is kept here."""
    return ClassOut(
        name=one.name,
        label=_text(one.label),
        purpose=_text(one.purpose),
        ground=_text(one.ground),
        readers=_text(one.readers),
        since=one.since,
        years=years,
    )


def look_out(one: Look) -> LookOut:
    """A look."""
    return LookOut(of=one.object, hour=stamp(one.hour), by=one.actor, data=one.data, break_glass=one.under)


def erasure_out(one: Erasure) -> ErasureOut:
    """An erasure."""
    return ErasureOut(
        id=one.id,
        state=one.state,
        ground=one.ground,
        person=one.scope.person,
        cases=list(one.scope.cases),
        classes=list(one.scope.classes),
        said=list(one.scope.said),
        asked_by=_who(one.asked_by),
        asked_at=stamp(one.asked_at),
        reason=one.reason,
        decided_by=_who(one.decided_by) if one.decided_by is not None else None,
        decided_at=stamp(one.decided_at) if one.decided_at else None,
        counts=dict(one.counts or {}),
        words=one.words,
        residue=one.residue,
    )


def hold_out(one: Hold) -> HoldOut:
    """A legal hold."""
    return HoldOut(
        id=one.id,
        of=one.object,
        put_by=_who(one.put_by),
        put_at=stamp(one.put_at),
        reason=one.reason,
        lifted_at=stamp(one.lifted_at) if one.lifted_at else None,
    )


def over_out(one: Over) -> OverOut:
    """Data past its years."""
    return OverOut(
        case=one.case, person=one.person, said=one.said, since=one.since, classes=list(one.classes)
    )


def glass_out(one: Grant, *, is_open: bool) -> GlassOut:
    """A grant."""
    return GlassOut(
        id=one.id,
        state=one.state,
        is_open=is_open,
        to=_who(one.to),
        cases=list(one.cases),
        rights=list(one.rights),
        hours=one.hours,
        until=stamp(one.until_at) if one.until_at else None,
        asked_by=_who(one.asked_by),
        decided_by=_who(one.decided_by) if one.decided_by is not None else None,
        reason=one.reason,
    )


def _who(one: Official) -> WhoOut:
    return WhoOut(person=one.person, account=one.account)


def _text(label: Label) -> Text:
    return Text(id=label.id, en=label.en)
