"""May they, and what would it take: the acts a state offers, to whom, under which conditions, with which form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.core.case import Case
from engine.core.command import Actor, Contents, Fire
from engine.core.condition_values import guard_values
from engine.core.conditions import Verdict
from engine.core.content import storable
from engine.core.correction_acts import is_correction
from engine.core.definition import HOLDER, By, Definition, Label, Language, Transition
from engine.core.delegating import Seat, seat_of, why_not_for
from engine.core.explaining import explain
from engine.core.labels import number_words, refusal_label
from engine.core.machine import Machine
from engine.core.restorable import may_restore
from engine.core.scene import Scene
from engine.errors import (
    CaseClosed,
    FormInvalid,
    NotYet,
    ReasonMissing,
    StaleVisit,
    UnknownTrigger,
    WrongPerson,
)

#: what the form of a reason is called where problems of a form are listed
REASON_FIELD = "reason"
REASON_NEEDED = Label(id="Alasan wajib diisi", en="A reason is needed")
#: letters in a reason at most
LONGEST_REASON = 4_000
REASON_UNFIT = Label(
    id=f"Alasan paling banyak {LONGEST_REASON} huruf, tanpa karakter kendali",
    en=f"A reason has at most {LONGEST_REASON} letters and no control characters",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A way out of the present state for one actor.

    `role` is the role they would act in, None if they may not, and `behalf` for whom if not for themselves; `forms`
    are to be filled; `needs_reason`; `verdicts` tell which conditions do not hold with what is written so far.
    """

    transition: Transition
    role: str | None
    behalf: str | None
    form: str | None
    needs_reason: bool
    exhausted: bool
    verdicts: Mapping[str, Verdict]


def options(machine: Machine, case: Case, actor: str, scene: Scene, contents: Contents) -> tuple[Option, ...]:
    """Every act the present state knows, with whether this actor may do it and which conditions hold."""
    found = []
    values = guard_values(machine.definition, contents)
    for transition in _acts(machine, case):
        seat = role_of(machine.definition, case, transition, Actor(person=actor), scene)
        used = case.uses.get(transition.rule, 0)
        found.append(
            Option(
                transition=transition,
                role=None if seat is None else seat.role,
                behalf=None if seat is None else seat.behalf,
                form=machine.state(case.state).form_of(transition),
                needs_reason=transition.reason_required,
                exhausted=transition.at_most is not None
                and used >= transition.at_most
                and transition.then is None,
                verdicts=machine.verdicts(transition, values) if transition.when is not None else {},
            )
        )
    return tuple(found)


def refusal_text(definition: Definition, transition: Transition, values: Mapping[str, Any]) -> Label:
    """Why a condition says no, in both languages: its own text with the values put in, else told from the condition."""
    label = refusal_label(definition, transition)
    if label is None:
        return explain(definition, transition.when.text if transition.when is not None else "", values)

    def put(language: Language) -> str:
        def told(match: re.Match[str]) -> str:
            return number_words(values.get(match[1], "–"), language)

        return re.sub(r"<([^>]+)>", told, label[language])

    return Label(id=put("id"), en=put("en"))


def permitted(
    machine: Machine, case: Case, command: Fire, actor: str, scene: Scene
) -> tuple[Transition, Seat]:
    """The transition an actor may set off, and in which role and for whom.

    Raises: CaseClosed, StaleVisit, UnknownTrigger, WrongPerson, NotYet; each says what is open to this actor.
    """
    transition = machine.transition(case.state, command.trigger)
    if case.ended and (transition is None or not is_correction(transition)):
        raise CaseClosed(
            f"case {case.id} is closed ({case.ended}); a closed case does not move",
            allowed=allowed_acts(machine, case, actor, scene),
            case=case.id,
        )
    if command.visit is not None and command.visit != case.visit:
        demand_visit(case, command.visit, allowed_acts(machine, case, actor, scene))
    if transition is None or not isinstance(transition.trigger, By):
        raise UnknownTrigger(
            f"{command.trigger!r} is no way out of {case.state!r}",
            allowed=allowed_acts(machine, case, actor, scene),
            case=case.id,
            state=case.state,
        )
    seat = role_of(machine.definition, case, transition, command.actor, scene)
    if seat is None:
        raise _wrong_person(machine, case, transition, command.actor, scene)
    if case.sleeps_until is not None and not transition.anytime:
        opens = scene.calendar.date_of(case.sleeps_until, case.zone)
        allowed = allowed_acts(machine, case, actor, scene)
        raise NotYet(
            f"{case.state!r} opens on {opens}", allowed=allowed, case=case.id, opens=opens.isoformat()
        )
    return transition, seat


def _wrong_person(
    machine: Machine, case: Case, transition: Transition, actor: Actor, scene: Scene
) -> WrongPerson:
    """Why an act is not this actor's: what stands in the way of a delegation, if they have one, or whose it is."""
    assert isinstance(transition.trigger, By)
    roles = transition.trigger.roles
    who = ", ".join(roles) or "the task's holder"
    message = f"{transition.name!r} is for {who}, and you are not"
    data: dict[str, Any] = {"case": case.id, "state": case.state}
    hindered = why_not_for(machine.definition, case, roles or (HOLDER,), actor, scene)
    if hindered is not None:
        message = f"{transition.name!r} cannot be done for another here: {hindered.en}"
        data["label"] = hindered
    return WrongPerson(message, allowed=allowed_acts(machine, case, actor.person or "", scene), **data)


def role_of(
    definition: Definition, case: Case, transition: Transition, actor: Actor, scene: Scene
) -> Seat | None:
    """In which role, and for whom, an actor may do an act; None if they may not."""
    assert isinstance(transition.trigger, By)
    return seat_of(definition, case, transition.trigger.roles or (HOLDER,), actor, scene)


def allowed_acts(machine: Machine, case: Case, actor: str, scene: Scene) -> list[str]:
    """The names of the acts that are open to an actor in the present state."""
    found = (
        (way.name, role_of(machine.definition, case, way, Actor(person=actor), scene))
        for way in _acts(machine, case)
    )
    return [name for name, seat in found if seat is not None]


def _acts(machine: Machine, case: Case) -> Iterator[Transition]:
    """The acts of people that the present state offers: asleep only those of any time, voiding only what was done."""
    state = machine.state(case.state)
    for way in machine.ways(case.state):
        open_now = case.sleeps_until is None or way.anytime
        if isinstance(way.trigger, By) and open_now and may_restore(case.shelved, state, way):
            yield way


def demand_visit(case: Case, seen: int | None, allowed: Iterable[str]) -> None:
    """Raises: StaleVisit, if the actor saw another visit than the case is in."""
    if seen is not None and seen != case.visit:
        raise StaleVisit(
            f"the case has moved on since your page was opened (visit {seen}, now {case.visit})",
            allowed=allowed,
            case=case.id,
            state=case.state,
            visit=case.visit,
        )


def demand_reason(reason: str) -> str:
    """The reason, trimmed. Raises: ReasonMissing; FormInvalid, if it holds what cannot be kept."""
    told = reason.strip()
    if not told:
        raise ReasonMissing("this needs a reason")
    if not storable(told) or len(told) > LONGEST_REASON:
        raise FormInvalid("the reason cannot be kept as it is", problems={REASON_FIELD: REASON_UNFIT})
    return told
