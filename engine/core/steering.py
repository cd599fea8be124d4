"""Steering a case without moving it: facts of the chart, more time, pauses, other holders, a reminder with a note.

Who may: the personnel desk, whoever holds an escalation about the task, and for some hours whomever two people have
let (break-glass); never the one whose case it is.
Every act of steering needs a reason and leaves an entry.
"""

from __future__ import annotations

from engine.core.arming import TASK, arm_fact, counted_again
from engine.core.assigning import PERSONNEL, barred, on_personnel_desk
from engine.core.case import Case, Deadline, Task
from engine.core.clock_history import Grant, resuming
from engine.core.clock_rules import rule_of
from engine.core.codec import replace
from engine.core.command import (
    Actor,
    Extend,
    Notice,
    Pause,
    Reassign,
    Remind,
    Resume,
    Steering,
)
from engine.core.definition import FACTS, MOVES, Definition
from engine.core.delegating import Seat, held, seat_of
from engine.core.draft import REASON, Draft
from engine.core.effects import Await, Step
from engine.core.gathering import taken_part
from engine.core.glass import is_open, opening
from engine.core.ledger import carry, late_since
from engine.core.linking import awaited
from engine.core.machine import Machine
from engine.core.pausing import all_ends, begin, due_again, hold, in_force, own_ends, paused_for, reasons
from engine.core.people import Resolution
from engine.core.permitting import demand_reason, demand_visit
from engine.core.ringing import end_pause, hand_over
from engine.core.roles import Look, asked
from engine.core.scene import Scene
from engine.core.segments import moved_on
from engine.errors import CaseClosed, Refused, WrongPerson

#: why no clock of a case runs on by a resumption, by whether it stands still for an outage of its unit
_NOTHING_TO_RESUME = {
    False: "no clock of this case is paused",
    True: "the clock stands still for an outage of the whole unit, and not for this case alone: the outage is ended"
    " for all its cases at once (siklus outage end)",
}
#: the seat of whoever two people have let steer a case for some hours
BREAK_GLASS = "break_glass"


def notice(machine: Machine, case: Case, command: Notice, scene: Scene) -> Step:
    """A fact became true: the case keeps it, and if its state waits for it, moves at this same instant."""
    _open(case)
    person = command.actor.person
    waits = {} if person is not None else dict(awaited(machine.definition, case, scene))
    if command.fact not in FACTS and command.fact not in waits:
        raise Refused(f"{command.fact!r} is no fact this case waits for", allowed=FACTS, case=case.id)
    if person is not None and not on_personnel_desk(case, person, scene):
        raise WrongPerson(
            f"facts of the chart are recorded by {PERSONNEL}, never in one's own case", case=case.id
        )
    draft = Draft(machine, case, scene, command.actor, command.contents)
    draft.facts["cause"] = {"fact": command.fact}
    if command.fact == MOVES and (since := moved_on(scene.chart, case, scene.today(case.zone))) is not None:
        draft.facts["cause"] |= {"since": since.isoformat()}
    if command.reason.strip():
        draft.write(REASON, demand_reason(command.reason))
    draft.change(facts=(*case.facts, command.fact) if command.fact not in case.facts else case.facts)
    _settle_pauses(draft, command.fact)
    definition, state = machine.definition, machine.state(case.state)
    draft.put_deadlines(*arm_fact(definition, state, draft.case, command.fact, scene))
    if command.fact in waits:
        left = tuple(wait for wait in waits.items() if wait[0] != command.fact)
        draft.effects.append(Await(waits=left))
    return draft.close("noticed")


def extend(machine: Machine, case: Case, command: Extend, scene: Scene) -> Step:
    """More time for the open task; its ladder is kept, or starts again without the escalations of the old one."""
    draft = _steer(machine, case, command, command.reason, scene)
    before = _clock(case)
    clock = _granted(machine.definition, case, before, command, scene)
    if command.by.amount <= 0 or clock.due_on <= before.due_on:
        raise Refused("an extension gives time: name a number of days from 1", case=case.id)
    draft.put_deadlines(clock)
    if command.ladder == "restarted":
        # The new ladder asks for help again when it comes to that.
        for escalation in case.escalations:
            draft.end(escalation, "withdrawn")
        draft.change(escalations=())
    due_again(draft, clock)
    draft.facts["cause"] = {"extended": f"{command.by.amount} {command.by.unit}", "ladder": command.ladder}
    draft.facts["due"] = {"from": before.due_on.isoformat(), "to": clock.due_on.isoformat()}
    for task in draft.case.waiting:
        draft.tell(task.holder, "extended", str(draft.seq), task.id, due_on=clock.due_on.isoformat())
    return draft.close("extended")


def pause(machine: Machine, case: Case, command: Pause, scene: Scene) -> Step:
    """Stop the clocks that count a duration, for as long as such a pause may last; fixed dates run on."""
    _open(case)
    known = reasons(machine.definition)
    if command.kind not in known:
        raise Refused(f"{command.kind!r} is no reason to pause", allowed=known)
    draft = _steer(machine, case, command, command.reason, scene)
    if command.kind in in_force(case):
        raise Refused(f"the clock stands still for {command.kind!r} already", case=case.id)
    held = hold(machine.definition, case, command.kind, scene)
    if not held:
        raise Refused("no clock of this case can be paused now: fixed dates never pause", case=case.id)
    draft.put_deadlines(*held)
    draft.facts["cause"] = {
        "paused": command.kind,
        "clocks": [one.name for one in held[:-1]],
        "until": held[-1].due_on.isoformat(),
    }
    return draft.close("paused")


def resume(machine: Machine, case: Case, command: Resume, scene: Scene) -> Step:
    """Clocks paused in this case run on with the time they had left; nothing fires late for having been paused.

    An outage of the unit stays: it is ended for all its cases, by an act of its own.
    """
    draft = _steer(machine, case, command, command.reason, scene)
    ends = own_ends(case)
    if not ends:
        raise Refused(_NOTHING_TO_RESUME[bool(all_ends(case))], case=case.id)
    draft.facts["cause"] = {}
    end_pause(draft, ends)
    return draft.close("resumed")


def reassign(machine: Machine, case: Case, command: Reassign, scene: Scene) -> Step:
    """Give the open task to another person who may hold it: in service, not excluded, not the subject."""
    draft = _steer(machine, case, command, command.reason, scene)
    task = given_away(machine, case)
    if task is None:
        raise Refused(
            f"of those asked in {case.state!r} there is not exactly one who could be stood in for;"
            " who was asked by name answers in person",
            case=case.id,
        )
    _demand_taker(machine.definition, case, task, command.to, scene)
    if "glass" in draft.facts and is_open(scene.glass, who=command.to, case=case.id):
        raise Refused(
            "what break-glass opens ends with it: give the task to somebody to whom it opens nothing of this case",
            case=case.id,
        )
    today = scene.today(case.zone)
    chosen = Look(via="substitute", person=command.to, outcome="chosen", post=task.holder)
    found = Resolution(
        person=command.to,
        role=task.role,
        via="substitute",
        as_of=today,
        chart=scene.chart.version,
        path=(asked("substitute_of", task.holder), str(chosen)),
    )
    draft.facts["cause"] = {"reassigned": task.id, "to": command.to}
    hand_over(draft, task, found, "reassigned", "named", {})
    return draft.close("reassigned")


def remind(machine: Machine, case: Case, command: Remind, scene: Scene) -> Step:
    """Remind whoever the work waits for, with a note."""
    draft = _steer(machine, case, command, command.note, scene)
    draft.facts["cause"] = {"reminded": [task.id for task in case.waiting]}
    for task in case.waiting:
        draft.tell(task.holder, "reminder", str(draft.seq), task.id, note=draft.seq, by=command.actor.person)
    return draft.close("reminded")


def steers(definition: Definition, case: Case, actor: Actor, scene: Scene) -> Seat | None:
    """In which role this actor may steer the case's open task, and for whom; None if they may not.

    An escalation may be acted on by whoever its holder delegated to. The personnel desk is its staff: nobody serves on
    it for another.
    """
    person = actor.person
    if person is None or person == case.subject:
        return None
    if actor.behalf is None and on_personnel_desk(case, person, scene):
        return Seat(PERSONNEL)
    if actor.behalf is None and opening(scene.glass, "steer", who=person, case=case.id):
        return Seat(BREAK_GLASS)
    mine = [one for one in held(definition, case, person, scene) if one.task.kind == "escalation"]
    found = next((one for one in mine if actor.behalf in {None, one.behalf}), None)
    return None if found is None else Seat(found.task.role, found.behalf)


def given_away(machine: Machine, case: Case) -> Task | None:
    """The one open task that can be given to somebody else; None if there is none, or more than one."""
    if case.task is not None:
        return case.task
    roles = machine.definition.roles
    tasks = [one for one in case.waiting if not roles[one.role].several and one.holder != case.subject]
    return tasks[0] if len(tasks) == 1 else None


def may_take(definition: Definition, case: Case, task: Task, person: str, scene: Scene) -> bool:
    """Whether a task may be given to this person."""
    try:
        _demand_taker(definition, case, task, person, scene)
    except Refused:
        return False
    return True


def _demand_taker(definition: Definition, case: Case, task: Task, to: str, scene: Scene) -> None:
    today = scene.today(case.zone)
    taker = scene.chart.at(to, today)
    if taker is None or not taker.serves_on(today):
        raise Refused("that person is not in service today and cannot take a task", case=case.id)
    apart = barred(definition, case, task.role, scene) | (taken_part(case) - {task.holder})
    if to in apart or task.holder == case.subject:
        raise Refused(
            f"that person may not be {task.role!r} in this case: duties are kept apart", case=case.id
        )
    trained = definition.roles[task.role].trained
    if trained and not scene.chart.trained(taker, trained, today):
        raise Refused(
            f"that person has no valid training {trained!r}, which {task.role!r} asks for", case=case.id
        )
    if to == task.holder:
        raise Refused("that person holds the task already", case=case.id)


def _settle_pauses(draft: Draft, fact: str) -> None:
    """A fact ends the pauses that last until it is true, and begins those that last while it is."""
    rules = draft.machine.definition.pauses
    over = [name for name, rule in rules.items() if rule.until is not None and rule.until.text == fact]
    if set(over) & set(in_force(draft.case)):
        end_pause(draft, map(resuming, over))
    begin(
        draft, [name for name, rule in rules.items() if rule.while_ is not None and rule.while_.text == fact]
    )


def _steer(machine: Machine, case: Case, command: Steering, reason: str, scene: Scene) -> Draft:
    _open(case)
    actor = command.actor
    assert actor.person is not None, "a case is steered by persons"
    roles = _own_pausers(machine, case, command)
    definition = machine.definition
    seat = seat_of(definition, case, roles, actor, scene) if roles else steers(definition, case, actor, scene)
    if roles and seat is None:
        raise WrongPerson(f"this pause is for {', '.join(roles)}, and you are not", case=case.id)
    if seat is None:
        raise WrongPerson(
            f"this is for the personnel desk ({PERSONNEL}) and for whoever the delay was escalated to, never for the"
            " one whose case it is",
            case=case.id,
        )
    demand_visit(case, command.visit, ())
    if not case.waiting and not isinstance(command, Pause | Resume):
        raise Refused(f"nobody's task is open in {case.state!r}", case=case.id)
    told = demand_reason(reason)
    draft = Draft(machine, case, scene, seat.actor(actor))
    if seat.role == BREAK_GLASS:
        draft.facts["glass"] = opening(scene.glass, "steer", who=actor.person, case=case.id)
    draft.write(REASON, told)
    return draft


def _own_pausers(machine: Machine, case: Case, command: Steering) -> tuple[str, ...] | None:
    """The roles that a definition's own pause is left to; None for all other steering.

    Whoever may begin such a pause may end it, unless the clock stands still for another reason as well.
    """
    rules = machine.definition.pauses
    match command:
        case Pause(kind=kind):
            kinds: tuple[str, ...] = (kind,)
        case Resume():
            kinds = paused_for(case)
        case _:
            return None
    if len(kinds) != 1 or kinds[0] not in rules:
        return None
    return rules[kinds[0]].by or None


def _open(case: Case) -> None:
    if case.ended:
        raise CaseClosed(
            f"case {case.id} is closed ({case.ended}); a closed case does not move", case=case.id
        )


def _granted(definition: Definition, case: Case, clock: Deadline, command: Extend, scene: Scene) -> Deadline:
    """A task's clock with more time. One that stands still goes on standing, with more left."""
    rule = rule_of(definition, case, clock.name)
    assert rule is not None, "a task with a clock has a due time"
    today = scene.today(case.zone)
    grant = Grant(
        amount=command.by.amount, unit=command.by.unit, on=today, entry=case.seq + 1, ladder=command.ladder
    )
    kept = carry(rule, case, clock, scene.calendar, case.seq)
    late = late_since(case, clock, scene.calendar, scene.now) is not None
    more = replace(
        kept,
        grants=(*clock.grants, grant),
        missed=(*clock.missed, clock.due_on) if late else clock.missed,
    )
    return counted_again(definition, case, more, scene, restarted=command.ladder == "restarted")


def _clock(case: Case) -> Deadline:
    for deadline in case.deadlines:
        if deadline.name == TASK:
            return deadline
    raise Refused(f"the task in {case.state!r} has no due time", case=case.id)
