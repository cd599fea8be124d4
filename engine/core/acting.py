"""Acts of people: may they, is the form whole, does the condition hold, and where does it lead."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.core.assigning import find, may_act
from engine.core.case import Case
from engine.core.command import Fire
from engine.core.conditions import Verdict
from engine.core.content import check_form
from engine.core.definition import HOLDER, STAY, By, Definition, Label, Transition
from engine.core.draft import REASON, Draft
from engine.core.effects import Step
from engine.core.entering import enter, leave
from engine.core.figures import guard_values
from engine.core.machine import Decision, Machine
from engine.core.scene import Scene
from engine.errors import (
    CaseClosed,
    FormInvalid,
    GuardRefused,
    NobodyFound,
    NotYet,
    ReasonMissing,
    StaleVisit,
    UnknownTrigger,
    WrongPerson,
)

#: what the form of a reason is called where problems of a form are listed
REASON_FIELD = "reason"
_REASON_LABEL = Label(id="Alasan wajib diisi", en="A reason is needed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A way out of the present state for one actor.

    `role` is the role they would act in, None if they may not; `forms` are to be filled; `needs_reason`;
    `verdicts` tell which conditions do not hold with what is written so far.
    """

    transition: Transition
    role: str | None
    form: str | None
    needs_reason: bool
    exhausted: bool
    verdicts: Mapping[str, Verdict]


def act(machine: Machine, case: Case, command: Fire, scene: Scene) -> Step:
    """The step of a person's act.

    Raises: CaseClosed, UnknownTrigger, WrongPerson, StaleVisit, NotYet, FormInvalid, ReasonMissing, GuardRefused.
    Each names what this actor could do instead; nothing has changed.
    """
    definition = machine.definition
    actor = command.actor.person
    assert actor is not None, "an act has a person; moments are Elapse"
    transition, role = _permitted(machine, case, command, actor, scene)
    draft = Draft(machine, case, scene, command.actor)
    written = _fill(draft, transition, command)
    values = guard_values(definition, written)
    verdicts = machine.verdicts(transition, values)
    decision = machine.decide(case.state, transition, verdicts, case.uses.get(transition.rule, 0))
    if decision is None:
        raise _refusal(machine, case, transition, verdicts, actor, scene)
    if command.reason.strip():
        draft.write(REASON, command.reason.strip())
    draft.facts["cause"] = {"act": transition.rule, "role": role}
    return move(draft, transition, decision, verdicts, by_holder=role == HOLDER)


def move(
    draft: Draft,
    transition: Transition,
    decision: Decision,
    verdicts: Mapping[str, Verdict],
    *,
    by_holder: bool,
) -> Step:
    """Carry out a decided transition: count its use, leave and enter (or stay), tell those it names."""
    case = draft.case
    draft.facts["guards"] = {rule: verdict.passed for rule, verdict in verdicts.items()}
    if transition.at_most is not None:
        draft.change(uses={**case.uses, transition.rule: case.uses.get(transition.rule, 0) + 1})
    if decision.target == STAY:
        _tell_about(draft, transition, decision)
        return draft.close("stayed")
    leave(draft, by_holder=by_holder)
    enter(draft, decision.target)
    _tell_about(draft, transition, decision)
    return draft.close("moved")


def options(
    machine: Machine, case: Case, actor: str, scene: Scene, contents: Mapping[str, Mapping[str, Any]]
) -> tuple[Option, ...]:
    """Every act the present state knows, with whether this actor may do it and which conditions hold."""
    if case.ended:
        return ()
    found = []
    values = guard_values(machine.definition, contents)
    for transition in machine.state(case.state).transitions:
        if not isinstance(transition.trigger, By) or (
            case.sleeps_until is not None and not transition.anytime
        ):
            continue
        role = _role(machine.definition, case, transition, actor, scene)
        used = case.uses.get(transition.rule, 0)
        found.append(
            Option(
                transition=transition,
                role=role,
                form=form_of(machine, case, transition),
                needs_reason=transition.reason_required,
                exhausted=transition.at_most is not None
                and used >= transition.at_most
                and transition.then is None,
                verdicts=machine.verdicts(transition, values) if transition.when is not None else {},
            )
        )
    return tuple(found)


def form_of(machine: Machine, case: Case, transition: Transition) -> str | None:
    """The form an act needs: its own, else the task's when it is an act of the task's holder."""
    if transition.form is not None:
        return transition.form
    task = machine.state(case.state).task
    holders_own = isinstance(transition.trigger, By) and not transition.trigger.roles
    return task.form if task is not None and holders_own else None


def refusal_text(definition: Definition, rule: str, values: Mapping[str, Any]) -> Label:
    """Why a condition says no, in both languages, with the figures it read put in."""
    label = definition.texts.labels.get("refusals", {}).get(rule)
    if label is None:
        return Label(id="Syarat belum terpenuhi", en="The condition does not hold")

    def put(text: str) -> str:
        return re.sub(r"<([^>]+)>", lambda match: str(values.get(match[1], "–")), text)

    return Label(id=put(label.id), en=put(label.en))


def _permitted(
    machine: Machine, case: Case, command: Fire, actor: str, scene: Scene
) -> tuple[Transition, str]:
    if case.ended:
        raise CaseClosed(
            f"case {case.id} is closed ({case.ended}); a closed case does not move", case=case.id
        )
    transition = machine.transition(case.state, command.trigger)
    if transition is None or not isinstance(transition.trigger, By):
        raise UnknownTrigger(
            f"{command.trigger!r} is no way out of {case.state!r}",
            allowed=_allowed(machine, case, actor, scene),
            case=case.id,
            state=case.state,
        )
    role = _role(machine.definition, case, transition, actor, scene)
    if role is None:
        who = ", ".join(transition.trigger.roles) or "the task's holder"
        raise WrongPerson(
            f"{command.trigger!r} is for {who}, and you are not",
            allowed=_allowed(machine, case, actor, scene),
            case=case.id,
            state=case.state,
        )
    if command.visit is not None and command.visit != case.visit:
        raise StaleVisit(
            f"the case has moved on since your page was opened (visit {command.visit}, now {case.visit})",
            allowed=_allowed(machine, case, actor, scene),
            case=case.id,
            state=case.state,
            visit=case.visit,
        )
    if case.sleeps_until is not None and not transition.anytime:
        opens = scene.calendar.date_of(case.sleeps_until, case.zone)
        allowed = _allowed(machine, case, actor, scene)
        raise NotYet(
            f"{case.state!r} opens on {opens}", allowed=allowed, case=case.id, opens=opens.isoformat()
        )
    return transition, role


def _role(definition: Definition, case: Case, transition: Transition, actor: str, scene: Scene) -> str | None:
    assert isinstance(transition.trigger, By)
    return may_act(definition, case, transition.trigger.roles or (HOLDER,), actor, scene)


def _allowed(machine: Machine, case: Case, actor: str, scene: Scene) -> list[str]:
    names = []
    for transition in machine.state(case.state).transitions:
        if not isinstance(transition.trigger, By) or (
            case.sleeps_until is not None and not transition.anytime
        ):
            continue
        if _role(machine.definition, case, transition, actor, scene) is not None:
            names.append(transition.name)
    return names


def _fill(draft: Draft, transition: Transition, command: Fire) -> dict[str, Mapping[str, Any]]:
    """Check what was filled in, all problems at once, and write it; gives everything written in the case by now."""
    definition = draft.machine.definition
    written: dict[str, Mapping[str, Any]] = dict(command.contents.forms)
    needed = form_of(draft.machine, draft.case, transition)
    problems: dict[str, Label] = {}
    for name in command.forms:
        if name != needed:
            problems[name] = Label(
                id=f"Formulir {name} tidak diminta di sini", en=f"Form {name} is not asked for here"
            )
    cleaned: Mapping[str, Any] | None = None
    # What was written before may stand for a task's own form, never for the form of an act: that is new each time.
    if needed is not None and (
        needed in command.forms or needed not in written or transition.form is not None
    ):
        values = command.forms.get(needed, {})
        cleaned, wrong = check_form(definition.forms[needed], definition.forms, values)
        problems.update({f"{needed}.{path}": label for path, label in wrong.items()})
    reason_missing = transition.reason_required and not command.reason.strip()
    if problems:
        if reason_missing:
            problems[REASON_FIELD] = _REASON_LABEL
        lines = "; ".join(f"{path}: {label.en}" for path, label in problems.items())
        raise FormInvalid(
            f"{command.trigger!r} cannot be done with this: {lines}",
            allowed=[transition.name],
            problems=problems,
        )
    if reason_missing:
        raise ReasonMissing(f"{command.trigger!r} needs a reason", allowed=[transition.name])
    if needed is not None and cleaned is not None:
        draft.write(needed, cleaned)
        written[needed] = cleaned
    return written


def _refusal(
    machine: Machine,
    case: Case,
    transition: Transition,
    verdicts: Mapping[str, Verdict],
    actor: str,
    scene: Scene,
) -> GuardRefused:
    verdict = verdicts.get(transition.rule)
    allowed = _allowed(machine, case, actor, scene)
    if verdict is not None and not verdict.passed:
        label = refusal_text(machine.definition, transition.rule, verdict.reads)
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


def _tell_about(draft: Draft, transition: Transition, decision: Decision) -> None:
    """Tell the roles that a transition, or the row of a choice, names."""
    names = (*transition.notify, *(decision.row.notify if decision.row else ()))
    for role in dict.fromkeys(names):
        try:
            person = _person(draft, role)
        except NobodyFound:
            draft.facts.setdefault("not_told", []).append(role)
            continue
        if person is not None:
            draft.tell(person, "moved", str(draft.seq), rule=transition.rule, role=role)


def _person(draft: Draft, role: str) -> str | None:
    if role == HOLDER:
        return draft.case.task.holder if draft.case.task else None
    return find(draft.machine.definition, draft.case, role, draft.scene).person
