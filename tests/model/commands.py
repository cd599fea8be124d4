"""The commands of the engine that an act of the model stands for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from engine.core.command import (
    Acknowledge,
    Actor,
    AddEntry,
    AnswerQuestion,
    CheckEntries,
    Command,
    Extend,
    Notice,
    Pause,
    QuestionSuperior,
    Reassign,
    Recount,
    ReleaseEntries,
    Remind,
    Resume,
    Undo,
)
from engine.core.moments import Duration
from tests.model.asked import Act
from tests.model.premises import key_of

_VALUES = {"told": "rapat koordinasi"}


def actor_of(act: Act) -> Actor:
    """Who asks, and for whom if they say so."""
    behalf = key_of(act.case, act.behalf) if act.behalf else None
    return Actor(person=key_of(act.case, act.by), behalf=behalf)


def reason_of(act: Act) -> str:
    """Something is said, unless nothing is."""
    return "" if act.mute else "ada alasannya"


def values_of(act: Act) -> dict[str, str]:
    """What is written in a journal."""
    return {} if act.mute else _VALUES


def command_of(act: Act, today: date) -> Command:
    """What is asked of the engine; acts of a state have a door of their own."""
    return _COMMANDS[act.kind](act, today)


_COMMANDS: Mapping[str, Callable[[Act, date], Command]] = {
    "notice": lambda act, _: Notice(fact=act.what, actor=actor_of(act)),
    "extend": lambda act, _: Extend(
        by=Duration(act.amount, act.unit),
        actor=actor_of(act),
        reason=reason_of(act),
        ladder="restarted" if act.restarted else "kept",
    ),
    "pause": lambda act, _: Pause(kind=act.what, actor=actor_of(act), reason=reason_of(act)),
    "resume": lambda act, _: Resume(actor=actor_of(act), reason=reason_of(act)),
    "reassign": lambda act, _: Reassign(
        to=key_of(act.case, act.what), actor=actor_of(act), reason=reason_of(act)
    ),
    "remind": lambda act, _: Remind(actor=actor_of(act), note=reason_of(act)),
    "acknowledge": lambda act, _: Acknowledge(
        promise=int(act.what), actor=actor_of(act), reason=reason_of(act)
    ),
    "question": lambda act, _: QuestionSuperior(actor=actor_of(act), reason=reason_of(act)),
    "reply": lambda act, _: AnswerQuestion(
        outcome="corrected" if act.what == "corrected" else "right",
        actor=actor_of(act),
        reason=reason_of(act),
    ),
    "recount": lambda act, _: Recount(actor=actor_of(act), past=act.past),
    "add": lambda act, today: AddEntry(
        journal=act.what, values=values_of(act), actor=actor_of(act), about=today - timedelta(act.amount)
    ),
    "check": lambda act, _: CheckEntries(
        journal=act.what,
        numbers=act.numbers,
        actor=actor_of(act),
        mark="asked" if act.again else "confirmed",
        note=reason_of(act) if act.again else "",
    ),
    "undo": lambda act, _: Undo(actor=actor_of(act), reason=reason_of(act)),
    "show": lambda act, _: release_of(act),
}


def release_of(act: Act) -> ReleaseEntries:
    """Held entries are let go, or withheld."""
    return ReleaseEntries(
        journal=act.what,
        numbers=act.numbers,
        actor=actor_of(act),
        mark="withheld" if act.again else "released",
        reason=reason_of(act) if act.again else "",
    )
