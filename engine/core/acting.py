"""Acts of people: may they, is the form whole, does the condition hold, and where does it lead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from engine.core.answering import gather_act
from engine.core.case import Case
from engine.core.command import Fire
from engine.core.condition_values import guard_values
from engine.core.conditions import Verdict
from engine.core.content import check_form, storable
from engine.core.definition import HOLDER, STAY, Label, Transition
from engine.core.delegating import Seat
from engine.core.draft import REASON, Draft
from engine.core.effects import Step
from engine.core.evidence import bear_out, behind_form
from engine.core.filling import around
from engine.core.gather_acts import ANSWERS, is_gather_act
from engine.core.gathering import closing, lapse
from engine.core.journaling import put_entry
from engine.core.linking_limits import demand_room
from engine.core.machine import Machine
from engine.core.moving import move
from engine.core.permitting import (
    LONGEST_REASON,
    REASON_FIELD,
    REASON_NEEDED,
    REASON_UNFIT,
    allowed_acts,
    permitted,
    refusal_text,
)
from engine.core.restoring import shelve_or_restore
from engine.core.scene import Scene
from engine.core.undoing import keep_open
from engine.errors import FormInvalid, GuardRefused, ReasonMissing


def act(machine: Machine, case: Case, command: Fire, scene: Scene) -> Step:
    """The step of a person's act.

    Raises: CaseClosed, UnknownTrigger, WrongPerson, StaleVisit, NotYet, FormInvalid, ReasonMissing, GuardRefused,
    NothingToUndo (an act that voids another finds none).
    Each names what this actor could do instead; nothing has changed.
    """
    definition = machine.definition
    actor = command.actor.person
    assert actor is not None, "an act has a person; moments are Elapse"
    transition, seat = permitted(machine, case, command, actor, scene)
    command = replace(command, actor=seat.actor(command.actor))
    role = seat.role
    draft = Draft(machine, case, scene, command.actor, command.contents)
    filled = _fill(draft, transition, command)
    if is_gather_act(transition):
        draft.facts["cause"] = {"act": transition.rule, **seat.facts()}
        _note_actors(draft, seat, actor)
        return gather_act(draft, transition, command, filled)
    contents = draft.contents if transition.to == STAY else closing(draft)
    values = guard_values(definition, contents)
    verdicts = machine.verdicts(transition, values)
    decision = machine.decide(case.state, transition, verdicts, case.uses.get(transition.rule, 0))
    if decision is None:
        raise _refusal(machine, case, transition, verdicts, actor, scene)
    demand_room(draft, transition, allowed_acts(machine, case, actor, scene) if transition.starts else ())
    if command.reason.strip():
        draft.write(REASON, command.reason.strip())
    draft.facts["cause"] = {"act": transition.rule, **seat.facts()}
    form = machine.state(case.state).form_of(transition)
    if transition.adds is not None and form is not None:
        journal = definition.journals[transition.adds]
        put_entry(draft, journal, actor, scene.today(case.zone), draft.contents.forms[form])
    _note_actors(draft, seat, actor)
    if decision.target == STAY:
        shelve_or_restore(draft, transition)
        lapse(draft)
    else:
        keep_open(draft, transition, actor)
    return move(draft, transition, decision, verdicts, by_holder=role == HOLDER)


def _note_actors(draft: Draft, seat: Seat, actor: str) -> None:
    """Remember who acted in which role: whoever did one thing may not do what must be kept apart from it.

    Of an act for another both have acted, and whoever passed it on. In no order of time: beside the entries of answers
    without names an order would tell who answered when.
    """
    holder = seat.behalf or actor
    held = next((task.role for task in draft.case.waiting if task.holder == holder), seat.role)
    name = held if seat.role == HOLDER else seat.role
    before = draft.case.acted.get(name, ())
    after = {*before, actor, holder, *seat.passed_by}
    if after != set(before):
        draft.change(acted={**draft.case.acted, name: tuple(sorted(after))})


def _fill(draft: Draft, transition: Transition, command: Fire) -> Mapping[str, Any] | None:
    """Check what was filled in, all problems at once, and write it (an answer is kept elsewhere); gives its values."""
    definition = draft.machine.definition
    written = command.contents
    needed = draft.machine.state(draft.case.state).form_of(transition)
    problems: dict[str, Label] = {}
    for name in command.forms:
        if name != needed:
            problems[name] = Label(
                id=f"Formulir {name} tidak diminta di sini", en=f"Form {name} is not asked for here"
            )
    cleaned: Mapping[str, Any] | None = None
    # What was written before may stand for a task's own form, never for the form of an act: that is new each time.
    if needed is not None and (
        needed in command.forms or needed not in written.forms or transition.form is not None
    ):
        values = command.forms.get(needed, {})
        surrounded = around(draft.machine, draft.case, needed, written, draft.scene, command.files)
        cleaned, wrong = check_form(definition.forms[needed], definition.forms, values, surrounded)
        problems.update({f"{needed}.{path}": label for path, label in wrong.items()})
    reason_missing = transition.reason_required and not command.reason.strip()
    if not storable(command.reason) or len(command.reason) > LONGEST_REASON:
        problems[REASON_FIELD] = REASON_UNFIT
    if problems:
        if reason_missing:
            problems[REASON_FIELD] = REASON_NEEDED
        lines = "; ".join(f"{path}: {label.en}" for path, label in problems.items())
        raise FormInvalid(
            f"{command.trigger!r} cannot be done with this: {lines}",
            allowed=[transition.name],
            problems=problems,
        )
    if reason_missing:
        raise ReasonMissing(f"{command.trigger!r} needs a reason", allowed=[transition.name])
    if needed is not None and cleaned is not None:
        bear_out(draft, behind_form(draft.machine, needed))
        if transition.rule != ANSWERS:
            draft.write(needed, cleaned)
        draft.attach(needed, cleaned, command.files)
    return cleaned


def _refusal(
    machine: Machine,
    case: Case,
    transition: Transition,
    verdicts: Mapping[str, Verdict],
    actor: str,
    scene: Scene,
) -> GuardRefused:
    verdict = verdicts.get(transition.rule)
    allowed = allowed_acts(machine, case, actor, scene)
    if verdict is not None and not verdict.passed:
        label = refusal_text(machine.definition, transition, verdict.reads)
    elif transition.at_most is not None and case.uses.get(transition.rule, 0) >= transition.at_most:
        label = Label(
            id=f"Sudah dipakai {transition.at_most} kali, batasnya",
            en=f"Used {transition.at_most} time(s) already, which is the limit",
        )
    else:
        label = Label(
            id="Belum ada data untuk memutuskan arah", en="What is needed to choose the way is still missing"
        )
    return GuardRefused(
        f"{transition.name!r} is refused: {label.en}",
        allowed=allowed,
        case=case.id,
        state=case.state,
        label=label,
        verdicts={rule: one.passed for rule, one in verdicts.items()},
    )
