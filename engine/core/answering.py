"""The acts of a gathering: answering, signing, declining, and editing the text that is being signed.

None of them moves the case. Once the gathering has what it needs the fact `gathered` is true, and what waits for it
moves at the same instant. Where nobody is to be named, the entry of an answer names nobody and commits to nothing:
what was answered is written as one, in no order of time, when the gathering is over.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.core.case import Task
from engine.core.command import UNNAMED, Actor, Fire
from engine.core.definition import Label, Transition
from engine.core.draft import REASON, Draft
from engine.core.effects import Step
from engine.core.gather_acts import ANSWER, DECLINE, EDIT, SIGN
from engine.core.gathering import held_answers, lapse, put, rule_of, settle_fact, shuffled, text_digest
from engine.core.kept import answer_name, held_name
from engine.core.lateness import record_lateness
from engine.core.permitting import REASON_FIELD, allowed_acts
from engine.errors import FormInvalid, GuardRefused, StaleVisit

_NO_TEXT = Label(id="Belum ada naskah untuk ditandatangani", en="There is no text to sign yet")
_UNNAMED_REASON = Label(
    id="Jawaban di sini tanpa nama; alasan akan mengungkap siapa Anda",
    en="Answers here are given without a name; a reason would tell who you are",
)
_KINDS: Mapping[str, str] = {ANSWER: "answered", DECLINE: "declined", EDIT: "edited"}


def who_acts(draft: Draft, transition: Transition, actor: Actor) -> Actor:
    """How the entry of this act names its actor: not at all, where answers are to have no names."""
    return UNNAMED if rule_of(draft).anonymous and transition.name != EDIT else actor


def gather_act(draft: Draft, transition: Transition, command: Fire, values: Mapping[str, Any] | None) -> Step:
    """The step of an act of the gathering, once it is known to be permitted and its form to be whole.

    Raises: StaleVisit, if a signer saw another text; GuardRefused, if there is none; FormInvalid.
    """
    draft.facts["actor"] = who_acts(draft, transition, command.actor).facts()
    _write_reason(draft, transition, command)
    if transition.name == EDIT:
        lapse(draft)
        return draft.close("edited")
    actor = command.actor.behalf or command.actor.person
    assert actor is not None
    task = next(one for one in draft.case.waiting if one.holder == actor)
    if transition.name == ANSWER:
        assert values is not None
        _keep_answer(draft, actor, values)
        put(draft, task.id, state="answered")
    elif transition.name == DECLINE:
        put(draft, task.id, state="declined")
    else:
        _sign(draft, task, command.seen)
    record_lateness(draft)
    draft.end(task, "done")
    if not draft.case.waiting:
        _close_escalations(draft)
    settle_fact(draft)
    return draft.close(_KINDS.get(transition.name, "signed"))


def _write_reason(draft: Draft, transition: Transition, command: Fire) -> None:
    reason = command.reason.strip()
    if not reason:
        return
    if rule_of(draft).anonymous and transition.name != EDIT:
        raise FormInvalid(
            f"{transition.name!r} takes no reason here: {_UNNAMED_REASON.en}",
            allowed=[transition.name],
            problems={REASON_FIELD: _UNNAMED_REASON},
        )
    draft.write(REASON, reason)


def _keep_answer(draft: Draft, actor: str, values: Mapping[str, Any]) -> None:
    rule, visit = rule_of(draft), draft.case.visit
    if not rule.anonymous:
        draft.write(answer_name(rule.name, visit, actor), values)
        return
    # All of them are written anew, in another order each time: not even the rows tell who answered when.
    answers = [*held_answers(draft), values]
    draft.hold(held_name(rule.name, visit), shuffled(answers, draft.scene.seed, f"{draft.seq}/held"))


def _sign(draft: Draft, task: Task, seen: str) -> None:
    digest = text_digest(draft)
    case, rule = draft.case, rule_of(draft)
    if not digest:
        others = allowed_acts(draft.machine, case, task.holder, draft.scene)
        raise GuardRefused(
            f"{SIGN!r} is refused: {_NO_TEXT.en}",
            allowed=[name for name in others if name != SIGN],
            case=case.id,
            state=case.state,
            label=_NO_TEXT,
            verdicts={},
        )
    if seen and seen != digest:
        raise StaleVisit(
            "the text has been changed since you opened it; read it again, then sign",
            allowed=[SIGN],
            case=case.id,
            state=case.state,
            visit=case.visit,
        )
    lapse(draft)
    draft.write(answer_name(rule.name, case.visit, task.holder), {"text": rule.name, "digest": digest})
    draft.facts["signs"] = {"text": rule.name, "written": case.filled.get(rule.name, 0)}
    put(draft, task.id, state="answered", bound=digest)


def _close_escalations(draft: Draft) -> None:
    """Nobody is late any more: nothing is left to step in for."""
    for escalation in draft.case.escalations:
        draft.end(escalation, "withdrawn")
    draft.change(escalations=())
