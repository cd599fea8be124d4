"""Cancellings of cycles as programs read them."""

from __future__ import annotations

from api import shapes
from api.schemas import Out, PersonOut
from engine.core.audit import stamp
from engine.core.cancelling import Cancelling
from engine.core.case import Case
from engine.runtime import Engine
from engine.runtime.cancelling import CancelPreview


class CancelledCaseOut(Out):
    """A case that matters when its cycle is cancelled: about whom it is and where it rests."""

    case: str
    subject: PersonOut | None
    state: str
    ended: str


class CancelPreviewOut(Out):
    """What cancelling would come to: `stay` are closed already, in `acted` people have done something.

    `told` people would hear of it, once each. `second`: a second person has to agree.
    """

    cycle: str
    open: int
    linked: int
    told: int
    second: bool
    acted: list[CancelledCaseOut]
    stay: list[CancelledCaseOut]


class CancellingOut(Out):
    """A cancelling: "asked" and waiting for a second person, "going", "done", or "refused"."""

    id: str
    cycle: str
    state: str
    reason: str
    asked_by: PersonOut | None
    asked_at: str
    agreed_by: PersonOut | None
    cases: int
    stayed: int


def preview_out(engine: Engine, found: CancelPreview) -> CancelPreviewOut:
    """What it would come to."""
    return CancelPreviewOut(
        cycle=found.cycle,
        open=found.open,
        linked=found.linked,
        told=len(found.people),
        second=found.second,
        acted=[_case(engine, one.case) for one in found.acted],
        stay=[_case(engine, one) for one in found.stay],
    )


def cancelling_out(engine: Engine, one: Cancelling) -> CancellingOut:
    """What became of one."""
    return CancellingOut(
        id=one.id,
        cycle=one.cycle,
        state=one.state,
        reason=one.reason,
        asked_by=_person(engine, one.asked_by),
        asked_at=stamp(one.asked_at),
        agreed_by=_person(engine, one.agreed_by),
        cases=one.cases,
        stayed=one.stayed,
    )


def _case(engine: Engine, case: Case) -> CancelledCaseOut:
    return CancelledCaseOut(
        case=case.id, subject=_person(engine, case.subject), state=case.state, ended=case.ended
    )


def _person(engine: Engine, key: str) -> PersonOut | None:
    chart = engine.chart
    return shapes.person(chart, key) if key and chart.history(key) else None
