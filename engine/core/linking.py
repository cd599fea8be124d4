"""What a case has to do with others: which it opens, what it waits for, whom it lets know, and how it ends with them.

Nothing here looks at another case. What a case opens and lets know are effects; what it waits for is told to it as a
fact; the members of a set are handed in with what was written. So a step writes one case, whatever hangs together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from engine.core.assigning import find
from engine.core.case import Alarm, Case, Deadline
from engine.core.case_lists import Listed
from engine.core.command import End
from engine.core.definition import (
    At,
    Closed,
    Definition,
    Fact,
    Link,
    Reached,
    Read,
    State,
    Upon,
)
from engine.core.draft import Draft
from engine.core.effects import Await, OpenCase, Signal
from engine.core.linking_limits import is_full
from engine.core.periods import parts_of
from engine.core.scene import Scene
from engine.core.segments import begins_next
from engine.core.visibility import inputs_of
from engine.errors import NobodyFound, Refused

__all__ = [
    "arrive",
    "awaited",
    "ending_state",
    "heard_by",
    "open_from",
    "open_links",
    "open_part",
    "still_to_come",
    "waited_of_set",
    "whose",
]

#: the name of a deadline that opens the coming parts of a link, before the link's name
OPENS = "open:"


def arrive(draft: Draft, before: str) -> None:
    """What entering a state means for others: sets it shows are frozen, its waits begin, others are let know."""
    definition, case = draft.machine.definition, draft.case
    state = definition.states[case.state]
    _freeze(draft, state)
    waits = awaited(definition, draft.case, draft.scene)
    if waits or (before and any(_others(definition, definition.states[before]))):
        draft.effects.append(Await(waits=waits))
    hangs_together = case.parent or definition.publishes or definition.linked
    published = case.state in definition.publishes and case.state == case.reached[-1]
    if waits or published or (state.final is not None and hangs_together):
        draft.effects.append(Signal())


def open_from(draft: Draft, state: State) -> None:
    """Open what a state opens: each once; of a link with parts those that have begun, the others on their first day."""
    for name in state.starts:
        link = draft.machine.definition.linked[name]
        if link.every:
            _begin_parts(draft, link)
        elif f"{name}:" not in draft.case.opened:
            _open(draft, link, "", None)
    if state.starts and awaited(draft.machine.definition, draft.case, draft.scene):
        draft.effects.append(Signal())


def open_links(draft: Draft, names: Iterable[str]) -> None:
    """Open what a transition or the row of a choice opens: a new case each time."""
    for name in names:
        _open(draft, draft.machine.definition.linked[name], str(draft.seq), None)


def open_part(draft: Draft, what: str) -> None:
    """Open the part of a link whose first day has come; `what` is the link and that day."""
    name, _, first = what.partition(":")
    link = draft.machine.definition.linked[name]
    for part in parts_of(link.every, draft.case.period_from, draft.case.period_to):
        if part[0].isoformat() == first:
            _open(draft, link, first, part)
    if awaited(draft.machine.definition, draft.case, draft.scene):
        draft.effects.append(Signal())


def still_to_come(definition: Definition, case: Case, link: str) -> bool:
    """Whether the state a case is in has parts of a link still to open, so that they cannot be closed yet."""
    if case.sleeps_until is not None:
        return link in definition.states[case.state].starts
    return any(one.name == f"{OPENS}{link}" and one.alarms for one in case.deadlines)


def _begin_parts(draft: Draft, link: Link) -> None:
    case, scene = draft.case, draft.scene
    today = scene.today(case.zone)
    coming: list[date] = []
    for part in parts_of(link.every, case.period_from, case.period_to):
        first, last = part
        if last < today or f"{link.name}:{first.isoformat()}" in case.opened:
            continue
        if first <= today:
            _open(draft, link, first.isoformat(), part)
        else:
            coming.append(first)
    if coming:
        draft.put_deadlines(_arm(case, link, coming, scene))
        _reopen(draft, link)


def _arm(case: Case, link: Link, days: list[date], scene: Scene) -> Deadline:
    """The alarms on which the coming parts of a link are opened, for as long as the case stays."""
    alarms = tuple(
        Alarm(at=scene.calendar.start_of(day, case.zone), kind="open", what=f"{link.name}:{day.isoformat()}")
        for day in days
    )
    return Deadline(
        name=f"{OPENS}{link.name}",
        scope="visit",
        visit=case.visit,
        generation=1,
        basis_on=scene.today(case.zone),
        basis_at=scene.now,
        due_on=days[-1],
        due_at=alarms[-1].at,
        ladder="",
        calendar=scene.calendar.version,
        alarms=alarms,
    )


def _open(draft: Draft, link: Link, part: str, period: tuple[date, date] | None) -> None:
    case = draft.case
    opened = (*case.opened, f"{link.name}:{part}")
    if is_full(draft, link):
        draft.change(opened=opened)
        draft.facts.setdefault("not_opened", []).append([link.name, part])
        return
    segment = case.segment
    if link.track:
        period = case.period_from, case.period_to
    elif link.rest:
        first = begins_next(case, draft.scene)
        if first > case.period_to:
            draft.change(opened=opened)
            draft.facts.setdefault("not_opened", []).append([link.name, part])
            return
        period, segment = (first, case.period_to), segment + 1
        draft.change(parted_on=first)
        draft.facts["parted_on"] = first.isoformat()
    draft.effects.append(
        OpenCase(
            link=link.name,
            part=part,
            workflow=link.workflow,
            track=link.track,
            outlives=link.outlives,
            open_at_most=link.open_at_most,
            rest=link.rest,
            segment=segment,
            period=period,
            corrects=bool(link.corrects),
            carries=tuple(name for name in link.carries if name in case.filled),
        )
    )
    draft.change(opened=opened)
    _reopen(draft, link)
    draft.facts.setdefault("opens", []).append([link.name, part])


def _reopen(draft: Draft, link: Link) -> None:
    """The fact that all cases of a link are closed is over once there is, or is to be, another one."""
    closed = Closed(link=link.name).text
    if closed in draft.case.facts:
        draft.change(facts=tuple(fact for fact in draft.case.facts if fact != closed))
        waits = awaited(draft.machine.definition, draft.case, draft.scene)
        if waits:
            draft.effects.append(Await(waits=waits))


def _freeze(draft: Draft, state: State) -> None:
    """Keep who the members of each set are that this state's task shows, or of a unit counts; without stragglers."""
    definition, reads = draft.machine.definition, draft.machine.definition.reads
    shown = [name.partition(".")[0] for name in (state.work.shows if state.work else ())]
    counted = [
        path.partition(".")[0]
        for name in shown
        if name in definition.figures
        for path in sorted(inputs_of(definition, name))
        if (read := reads.get(path.partition(".")[0])) is not None and read.of == "unit"
    ]
    for name in dict.fromkeys((*shown, *counted)):
        if name in reads and reads[name].many:
            listed = Listed(state=state.name, cases=tuple(draft.contents.sets.get(name, ())))
            draft.change(lists={**draft.case.lists, name: listed})
            draft.facts.setdefault("listed", []).append([name, len(listed.cases)])


def awaited(definition: Definition, case: Case, scene: Scene) -> tuple[tuple[str, str], ...]:
    """What the case's state waits for of other cases: each fact that is not true yet, with where it is heard of.

    A place to hear of it is a name other cases are heard by (`heard_by`), or "" where nobody can ever tell it.
    """
    if case.ended:
        return ()
    facts = {fact.text: fact for fact in _others(definition, definition.states[case.state])}
    return tuple(
        (text, _place(definition, case, fact, scene))
        for text, fact in facts.items()
        if text not in case.facts
    )


def _others(definition: Definition, state: State) -> Iterator[Closed | Reached]:
    """The facts about other cases that a state's ways out and clocks wait for."""
    facts: list[Fact | None] = []
    pauses: list[str] = list(state.work.due.pauses) if state.work and state.work.due else []
    for transition in state.transitions:
        if isinstance(transition.trigger, Upon):
            facts += transition.trigger.facts
        elif isinstance(transition.trigger, At):
            pauses += transition.trigger.pauses
    for name in pauses:
        if name in definition.pauses:
            facts += (definition.pauses[name].until, definition.pauses[name].while_)
    return (fact for fact in facts if isinstance(fact, Closed | Reached))


def _place(definition: Definition, case: Case, fact: Closed | Reached, scene: Scene) -> str:
    if isinstance(fact, Closed):
        return f"parent:{case.id}"
    read = definition.reads[fact.read]
    if read.of == "parent":
        return f"case:{case.parent}" if case.parent else ""
    if read.of == "unit" and read.many:
        return f"unit:{read.workflow}:{case.unit}"
    whom = whose(definition, case, read, scene)
    return f"subject:{read.workflow}:{whom}" if whom else ""


def whose(definition: Definition, case: Case, read: Read, scene: Scene) -> str:
    """Whose cases a read looks at: the key of a person, or of the unit; "" if nobody fills the role."""
    if read.of == "unit":
        return f"unit:{case.unit}"
    if read.of in {"previous", "parts"}:
        return case.subject
    try:
        return find(definition, case, read.of, scene).person
    except NobodyFound:
        return ""


def heard_by(definition: Definition, case: Case) -> tuple[str, ...]:
    """The names under which others wait for this case: its own, its subject's, its unit's, its parent's."""
    workflow = definition.workflow
    names = [f"case:{case.id}", f"subject:{workflow}:{case.subject}", f"unit:{workflow}:{case.unit}"]
    return (*names, f"parent:{case.parent}") if case.parent else tuple(names)


def waited_of_set(definition: Definition, case: Case, read: str) -> tuple[str, ...]:
    """The states of a set's members that a case has waited for so far: who lacks one is left out of a frozen list."""
    facts = (
        fact
        for name in case.reached
        for fact in _others(definition, definition.states[name])
        if isinstance(fact, Reached) and fact.read == read
    )
    return tuple(dict.fromkeys(fact.state for fact in facts))


def ending_state(definition: Definition, case: Case, command: End) -> str:
    """The one `final: ended` state in which a case ends with the one that opened it. Raises: Refused."""
    if case.parent != command.parent:
        raise Refused(f"case {case.id} was not opened by {command.parent}", case=case.id)
    ended = [state.name for state in definition.states.values() if state.final == "ended"]
    if len(ended) != 1:
        raise Refused(
            f"{definition.name} has {len(ended)} states `final: ended`, so a case of it cannot end with its parent",
            case=case.id,
        )
    return ended[0]
