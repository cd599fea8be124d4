"""Every question that is asked of a definition before anyone is bothered, in the order in which they are answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from engine.core.calendar import Calendar
from engine.core.definition import Label
from engine.core.proof.across import prove_across
from engine.core.proof.endings import prove_never_stuck
from engine.core.proof.finding import Answer, Ground, Proof, Question
from engine.core.proof.graph import prove_sound
from engine.core.proof.guards import prove_decided
from engine.core.proof.promising import prove_kept
from engine.core.proof.sight import prove_seen_rightly
from engine.core.proof.staffing import prove_staffed
from engine.core.proof.story_days import dated
from engine.core.proof.timing import prove_on_time

__all__ = ["ANSWERS", "PROVERS", "QUESTIONS", "prove"]

#: One function for each question. A question without one is not asked yet, and nothing is claimed about it.
PROVERS: tuple[Callable[[Ground], Proof], ...] = (
    prove_sound,
    prove_never_stuck,
    prove_decided,
    prove_on_time,
    prove_staffed,
    prove_seen_rightly,
    prove_kept,
    prove_across,
)

#: What people call each question.
QUESTIONS: dict[Question, Label] = {
    "sound": Label(id="utuh", en="sound"),
    "never_stuck": Label(id="tidak pernah macet", en="never stuck"),
    "decided": Label(id="selalu diputuskan", en="decided"),
    "on_time": Label(id="tepat waktu", en="on time"),
    "staffed": Label(id="ada orangnya", en="staffed"),
    "seen_rightly": Label(id="dilihat sebagaimana mestinya", en="seen rightly"),
    "kept": Label(id="janji ditepati", en="promises kept"),
    "across_files": Label(id="antarberkas", en="across files"),
}

#: and each answer.
ANSWERS: dict[Answer, Label] = {
    "proven": Label(id="terbukti", en="proven"),
    "refuted": Label(id="terbantah", en="refuted"),
    "not_proven": Label(id="tidak terbukti", en="not proven"),
}


#: the questions whose answer hangs on which days are worked
_BY_DAYS = (prove_never_stuck, prove_on_time, prove_kept)
_WORST: tuple[Answer, ...] = ("refuted", "not_proven", "proven")


def prove(ground: Ground) -> tuple[Proof, ...]:
    """The answer to every question about this definition; nothing is stored, nobody is bothered."""
    return tuple(_for_all_units(ground, prover) for prover in PROVERS)


def _for_all_units(ground: Ground, prover: Callable[[Ground], Proof]) -> Proof:
    """One answer for the definition's calendar and those of units: what only theirs finds is told with its name."""
    proof = dated(ground, prover(ground))
    for calendar in ground.units if prover in _BY_DAYS else ():
        own = replace(ground, calendar=calendar, units=())
        theirs = dated(own, prover(own))
        known = {(one.code, one.path) for one in proof.findings}
        more = tuple(
            replace(one, message=_by(one.message, calendar))
            for one in theirs.findings
            if (one.code, one.path) not in known
        )
        if _WORST.index(theirs.answer) < _WORST.index(proof.answer):
            proof = replace(proof, answer=theirs.answer, summary=_by(theirs.summary, calendar))
        proof = replace(proof, findings=(*proof.findings, *more))
    return proof


def _by(label: Label, calendar: Calendar) -> Label:
    return Label(
        id=f"{label.id} (menurut kalender {calendar.name})",
        en=f"{label.en} (by the calendar {calendar.name})",
    )
