"""What may be done in many cases at once, and what is for one case at a time: judgements above all.

A bulk act is nothing but single acts, one after another; here only stands what is refused for being one of many.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias

from engine.core.case import Case
from engine.core.command import Fire, Steering, Undo
from engine.core.correction_acts import is_correction
from engine.core.definition import By, Label, Transition
from engine.core.gather_acts import is_gather_act
from engine.core.machine import Machine
from engine.errors import OneByOne, StaleVisit

__all__ = ["BulkCommand", "BulkRow", "addressed", "demand_bulk", "in_bulk", "why_one_by_one"]

_SIGNED = Label(
    id="jawaban dan tanda tangan diberikan satu per satu", en="answers and signatures are given one by one"
)
_SAID = Label(
    id="menurut aturan, tindakan ini dilakukan satu per satu",
    en="the rules let this be done one by one only",
)
_FORM = Label(
    id="tindakan ini mempunyai formulir sendiri yang diisi baru untuk setiap kasus",
    en="this act has a form of its own, filled in anew for each case",
)
_JUDGES = Label(
    id="penilaian tidak diberikan sekaligus: buka kasusnya satu per satu",
    en="a judgement is not given in bulk: open the cases one by one",
)
_OTHER = Label(
    id="kasus ini berjalan menurut alur lain", en="this case runs on another workflow than the others"
)


#: what may be done in many cases at once
BulkCommand: TypeAlias = Fire | Steering | Undo


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkRow:
    """One case of many, as whoever chose it saw it: its visit, and the number of its latest entry.

    None is not to be compared: nobody looked at the case before (a list from a file).
    """

    case: str
    visit: int | None = None
    seq: int | None = None


def why_one_by_one(machine: Machine, state: str, transition: Transition) -> Label | None:
    """Why an act is for one case at a time; None if it may be done in many at once."""
    if is_gather_act(transition):
        return _SIGNED
    if transition.form is not None:
        return _FORM
    if is_correction(transition):
        return _JUDGES
    if transition.bulk is not None:
        return None if transition.bulk else _SAID
    return _JUDGES if (state, transition.rule) in machine.judging else None


def in_bulk(machine: Machine, case: Case) -> tuple[Transition, ...]:
    """The acts of a case's state that may be done in many cases at once, whoever may do them."""
    return tuple(
        one
        for one in machine.ways(case.state)
        if isinstance(one.trigger, By) and why_one_by_one(machine, case.state, one) is None
    )


def addressed(command: BulkCommand, row: BulkRow) -> BulkCommand:
    """The same command, meant for the visit that was seen."""
    return replace(command, visit=row.visit)


def demand_bulk(machine: Machine, case: Case, command: BulkCommand, row: BulkRow, workflow: str = "") -> None:
    """Pass if this may be done in the case as one of many; who may do it at all is asked by the act itself.

    Steering does not move a case, so that its visit would not show that somebody else has just done the same: it is
    refused once anything happened in the case since it was looked at. Raises: OneByOne, StaleVisit.
    """
    if workflow and machine.definition.workflow != workflow:
        raise OneByOne(_OTHER.en, label=_OTHER, case=case.id)
    if isinstance(command, Undo):
        return  # whether it still can be taken back is all that is asked
    if not isinstance(command, Fire):
        if row.seq is not None and row.seq != case.seq:
            raise StaleVisit(
                "something happened in the case since it was looked at", case=case.id, visit=case.visit
            )
        return
    transition = machine.transition(case.state, command.trigger)
    if transition is None or (row.visit is not None and row.visit != case.visit):
        return
    why = why_one_by_one(machine, case.state, transition)
    if why is not None:
        raise OneByOne(f"{command.trigger!r} is not done in bulk: {why.en}", label=why, case=case.id)
