"""Taking a move back: within its time, by whoever made it, as long as it has reached nobody who acted on it.

Nothing is deleted. An entry of its own says which move is taken back; the case goes on as it stood before it, in the
same visit, with the same clocks: what has rung since stays rung, what was due meanwhile rings now. Texts that came with
the move are held for whoever wrote them, messages that told of it are dropped before they were sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.core.audit import stamp
from engine.core.case import NEVER, Case, Deadline
from engine.core.codec import decoder, encode, replace
from engine.core.command import Undo
from engine.core.content import storable
from engine.core.definition import Definition, Label, Language, Transition
from engine.core.draft import REASON, Draft
from engine.core.effects import Await, DropHeld, Signal, Step
from engine.core.kept import draft_name
from engine.core.linking import awaited
from engine.core.machine import Machine
from engine.core.party import NEVER_WAS, Party, named_now, parties_of
from engine.core.permitting import LONGEST_REASON, REASON_FIELD, REASON_UNFIT, demand_visit
from engine.core.scene import Scene
from engine.core.telling_days import say_instant
from engine.core.telling_names import say_name
from engine.core.undoable import UNDONE, Spent, Undoable
from engine.errors import ActedSince, FormInvalid, NothingToUndo, WrongPerson

__all__ = ["keep_open", "open_to", "undo"]

_MINUTE = 60_000_000
_case = decoder(Case)


def keep_open(draft: Draft, transition: Transition, person: str) -> None:
    """Let the move that is about to be made be taken back for as long as its transition says.

    It ends at once where the case would have gone on by itself: nobody is brought back behind a moment that has passed.
    """
    if transition.undo is None:
        return
    case, now = draft.case, draft.scene.now
    until = min(now + transition.undo * _MINUTE, _goes_on_at(case))
    if until <= now:
        return
    draft.facts["undo_until"] = stamp(until)
    draft.holding(
        Undoable(
            entry=draft.seq,
            act=transition.rule,
            source=case.state,
            person=person,
            at=now,
            until=until,
            before=encode(replace(draft.begun, undoable=None)),
        )
    )


def _goes_on_at(case: Case) -> int:
    """The earliest instant at which more happens by itself than that a rung rings."""
    coming = (
        alarm.at
        for clock in case.deadlines
        if clock.paused_at is None
        for alarm in clock.alarms
        if alarm.kind != "rung"
    )
    return min(coming, default=NEVER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A move that somebody may take back now: its rule, and until when."""

    act: str
    until: int


def open_to(case: Case, person: str, now: int) -> Offer | None:
    """What this person may take back in a case now."""
    one = case.undoable
    if one is None or one.spent is not None or now >= one.until or one.person != person:
        return None
    return Offer(act=one.act, until=one.until)


def undo(machine: Machine, case: Case, command: Undo, scene: Scene) -> Step:
    """The step that takes the latest move back.

    Raises: NothingToUndo, WrongPerson, ActedSince (somebody acted since: who and when), StaleVisit, FormInvalid.
    """
    one = _demanded(case, command, scene)
    before = _case.decode(one.before)
    draft = Draft(machine, case, scene, command.actor, command.contents)
    draft.facts["cause"] = {"undoes": one.entry, "act": one.act}
    reason = command.reason.strip()
    if reason:
        draft.write(REASON, reason)
    drafts = _hold_texts(draft, one, command.contents.before)
    draft.named += _no_longer(machine.definition, case, before, one, scene)
    draft.restore(_restored(case, before, drafts))
    if one.held:
        draft.effects.append(DropHeld(keys=one.held))
    _change_tasks(draft, case)
    _wait_again(draft, case)
    return draft.close(UNDONE)


def _demanded(case: Case, command: Undo, scene: Scene) -> Undoable:
    one = case.undoable
    if one is None or scene.now >= one.until:
        raise NothingToUndo(
            f"nothing in case {case.id} can be taken back now: no move allows it, or its time is over",
            case=case.id,
        )
    if command.actor.person != one.person:
        label = _whose(case, one, scene)
        raise WrongPerson(f"only whoever made a move may take it back: {label.en}", case=case.id, label=label)
    if one.spent is not None:
        label = _since(case, one.spent, scene)
        raise ActedSince(
            f"the move cannot be taken back, see entry {one.spent.entry}: {label.en}",
            case=case.id,
            by=one.spent.person,
            at=one.spent.at,
            entry=one.spent.entry,
            label=label,
        )
    demand_visit(case, command.visit, ())
    if not storable(command.reason) or len(command.reason) > LONGEST_REASON:
        raise FormInvalid("the reason cannot be kept as it is", problems={REASON_FIELD: REASON_UNFIT})
    return one


def _whose(case: Case, one: Undoable, scene: Scene) -> Label:
    """Who made the latest move, and when."""

    def put(language: Language, text: str) -> str:
        when = say_instant(one.at, case.zone, scene.calendar, language)
        return text.format(who=say_name(scene.chart, one.person, language), when=when)

    return Label(
        id=put("id", "langkah terakhir dibuat oleh {who} ({when})"),
        en=put("en", "the latest move was made by {who} ({when})"),
    )


def _since(case: Case, spent: Spent, scene: Scene) -> Label:
    """Who has acted since, and when."""

    def put(language: Language, by: str, itself: str) -> str:
        when = say_instant(spent.at, case.zone, scene.calendar, language)
        who = say_name(scene.chart, spent.person, language) if spent.person else ""
        return by.format(who=who, when=when) if who else itself.format(when=when)

    return Label(
        id=put("id", "{who} sudah bertindak ({when})", "kasus sudah berlanjut sendiri ({when})"),
        en=put("en", "{who} has acted since ({when})", "the case has gone on by itself since ({when})"),
    )


def _hold_texts(draft: Draft, one: Undoable, earlier: Mapping[str, Mapping[str, object]]) -> dict[str, str]:
    """Forms that came with the move read as before it; what was written is held for whoever wrote it."""
    drafts = dict(draft.case.drafts)
    for form in sorted(name for name, seq in draft.case.filled.items() if seq == one.entry):
        draft.hold(draft_name(form), draft.contents.forms[form])
        draft.write(form, earlier.get(form))
        drafts[form] = one.person
    return drafts


def _restored(case: Case, before: Case, drafts: dict[str, str]) -> Case:
    """The case as it stood before the move, with what has happened beside it since."""
    came = {(one.role, one.person) for one in case.undoable.seated} if case.undoable else set()
    seated = {
        role: tuple(person for person in people if (role, person) not in came)
        for role, people in case.seated.items()
    }
    return replace(
        before,
        version=case.version,
        seq=case.seq,
        head=case.head,
        last_at=case.last_at,
        journals=case.journals,
        seated={role: people for role, people in seated.items() if people},
        deadlines=_with_rung(before.deadlines, case.deadlines),
        visits=max(case.visit, case.visits),
        drafts=drafts,
    )


def _with_rung(before: tuple[Deadline, ...], now: tuple[Deadline, ...]) -> tuple[Deadline, ...]:
    """The clocks as they were, except that what has rung since on one of them does not ring again."""
    same = {(one.name, one.visit, one.generation): one for one in now}
    clocks = []
    for clock in before:
        since = same.get((clock.name, clock.visit, clock.generation))
        rung = frozenset(since.fired).difference(clock.fired) if since is not None else frozenset[int]()
        if since is not None and rung:
            gone = {str(number) for number in rung}
            alarms = tuple(one for one in clock.alarms if one.kind != "rung" or one.what not in gone)
            clock = replace(clock, alarms=alarms, fired=since.fired)  # noqa: PLW2901 - the same clock
        clocks.append(clock)
    return tuple(clocks)


def _no_longer(definition: Definition, case: Case, before: Case, one: Undoable, scene: Scene) -> list[Party]:
    """Who became a party by the move is none any more; who is named in a field is who was named before."""
    rows: list[Party] = []
    for path in case.named.keys() | before.named.keys():
        if case.named.get(path) != before.named.get(path):
            rows += named_now(definition, case, path, before.named.get(path, ()), scene)
    anyway = {
        (party.person, party.role, party.how, party.first) for party in parties_of(definition, before, scene)
    }
    for came in one.seated:
        if (came.person, came.role, came.how, came.first) not in anyway:
            rows.append(
                Party(
                    person=came.person,
                    role=came.role,
                    how="task" if came.how == "task" else "role",
                    first=came.first,
                    last=NEVER_WAS,
                    lent=came.lent,
                )
            )
    return rows


def _change_tasks(draft: Draft, left: Case) -> None:
    """The tasks of the move go, those it closed wait again."""
    after = {task.id: task for task in draft.case.tasks}
    there = {task.id: task for task in left.tasks}
    for name, task in there.items():
        if name not in after:
            draft.end(task, "withdrawn")
    for name, task in after.items():
        if there.get(name) != task:
            draft.open(task)


def _wait_again(draft: Draft, left: Case) -> None:
    """What the case waits for of others is what it waited for before; facts that came true meanwhile are told."""
    definition = draft.machine.definition
    waits = awaited(definition, draft.case, draft.scene)
    if waits or awaited(definition, left, draft.scene):
        draft.effects.append(Await(waits=waits))
    if waits:
        draft.effects.append(Signal())
