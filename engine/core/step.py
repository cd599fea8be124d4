"""The one place where a case changes: `step` decides, purely, what comes of a command.

Firing, timers, rehearsal, "if nobody acts", previews and the replaying auditor all call it; the shell writes the
Step it returns, whole or not at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from dataclasses import replace as set_in
from datetime import date
from typing import assert_never

from engine.core.acting import act
from engine.core.audit import START
from engine.core.cancelling import cancel
from engine.core.case import Case
from engine.core.catching_up import make_up
from engine.core.chain import UNIT_KEY, is_unit, start_of
from engine.core.chart import Person
from engine.core.command import (
    Acknowledge,
    Actor,
    AddEntry,
    AnswerQuestion,
    BeginOutage,
    Cancel,
    CheckEntries,
    Command,
    Contents,
    Elapse,
    End,
    EndOutage,
    Extend,
    Fire,
    Follow,
    MakeUp,
    Notice,
    OpenLink,
    Pause,
    QuestionSuperior,
    Reassign,
    Recount,
    ReleaseEntries,
    Remind,
    Resume,
    Supersede,
    TellJournal,
    Undo,
)
from engine.core.definition import Definition
from engine.core.draft import Draft
from engine.core.effects import Step
from engine.core.ending import end
from engine.core.entering import enter
from engine.core.following import must_follow
from engine.core.handing_on import follow
from engine.core.journaling import journalled
from engine.core.kept import with_written
from engine.core.machine import Machine
from engine.core.outages import begin_outage, end_outage
from engine.core.promised import acknowledge, begin_watch
from engine.core.questioning import answer_question, question_superior
from engine.core.recounting import recount
from engine.core.ringing import elapse
from engine.core.scene import Scene
from engine.core.steering import extend, notice, pause, reassign, remind, resume
from engine.core.superseding import supersede
from engine.core.timetable import NO_DECREE, Decreed, case_windows, groups_of
from engine.core.undoing import undo
from engine.errors import NotFound, Restless

#: a case that moves by itself more often than this at one instant is in a circle the reader should have refused
_MOST_AT_ONCE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """What a case begins with: who it is about, in which cycle, appraising which period."""

    case_id: str
    cycle: str
    subject: str
    segment: int
    period_from: date
    period_to: date
    actor: Actor
    #: the case that opens this one, and by which of its links
    parent: str = ""
    link: str = ""
    #: it corrects the result of the closed case that opens it
    corrects: bool = False
    #: the day whose unit and zone are the case's, if not today
    unit_on: date | None = None
    #: what the part before hands on: forms by name, and the entry of the opening case that wrote each
    carried: Mapping[str, object] = field(default_factory=dict)
    written: Mapping[str, int] = field(default_factory=dict)
    #: the day the cycle opens; until then the case sleeps, as it does until its first phase's `not_before`
    opens: date | None = None
    #: windows set by decree for this cycle
    decreed: Decreed = NO_DECREE
    #: the windows of the case this one belongs to (a track of it), instead of windows of its own
    windows: Mapping[str, str] | None = None


def start(machine: Machine, beginning: Beginning, scene: Scene) -> Step:
    """The first step of a case: it stands in the definition's initial state, awake or asleep.

    Raises: NobodyFound if no one can be found for the first task.
    """
    definition = machine.definition
    own = subject_of(scene, beginning.subject, beginning.unit_on)
    state = machine.state(definition.initial)
    blank = Case(
        id=beginning.case_id,
        cycle=beginning.cycle,
        definition=definition.digest,
        subject=beginning.subject,
        segment=beginning.segment,
        unit=unit_of(beginning.subject, own),
        period_from=beginning.period_from,
        period_to=beginning.period_to,
        zone=own.zone,
        state="",
        phase=state.phase,
        ended="",
        visit=0,
        version=0,
        seq=0,
        head=START,
        opened_at=scene.now,
        entered_at=scene.now,
        last_at=scene.now,
        sleeps_until=None,
        phases={},
        reached=(),
        uses={},
        facts=(),
        acted={},
        filled={},
        task=None,
        escalations=(),
        deadlines=(),
        windows=_windows(definition, beginning, own, scene),
        parent=beginning.parent,
        link=beginning.link,
        corrects=beginning.corrects,
    )
    draft = Draft(machine, blank, scene, beginning.actor)
    draft.facts["period"] = [beginning.period_from.isoformat(), beginning.period_to.isoformat()]
    draft.facts |= {"zone": own.zone, "unit": blank.unit, "segment": blank.segment}
    if blank.windows:
        draft.facts["windows"] = blank.windows
    if beginning.parent:
        draft.facts["parent"] = [beginning.parent, beginning.link]
    if beginning.corrects:
        draft.facts["corrects"] = True
    for name, value in beginning.carried.items():
        draft.write(name, value)
    if beginning.written:
        draft.facts["carried"] = {"from": beginning.parent, "entries": dict(beginning.written)}
    enter(draft, definition.initial, opens=beginning.opens)
    begin_watch(draft)
    return draft.close("launched")


def _windows(definition: Definition, beginning: Beginning, own: Person, scene: Scene) -> dict[str, str]:
    if beginning.windows is not None:
        return dict(beginning.windows)
    return case_windows(
        definition.timetable,
        beginning.decreed,
        groups_of(own),
        calendar=scene.calendar,
        period_from=beginning.period_from,
        period_to=beginning.period_to,
    )


def subject_of(scene: Scene, subject: str, on: date | None = None) -> Person:
    """Whose unit and zone a case has: its subject's today, or on the day that counts; of a unit its head's.

    Raises: NotFound.
    """
    if not is_unit(subject):
        newest = scene.chart.person(subject)
        return scene.chart.near(subject, on or scene.today(newest.zone)) or newest
    found = start_of(scene.chart, subject, scene.today("UTC"))
    if found is None:
        raise NotFound("unit", subject.removeprefix(UNIT_KEY))
    return found


def unit_of(subject: str, own: Person) -> str:
    """The unit a case about that subject belongs to."""
    return subject.removeprefix(UNIT_KEY) if is_unit(subject) else own.unit


def step(  # noqa: C901, PLR0911, PLR0912 - one branch and one return a command
    machine: Machine, case: Case, command: Command, scene: Scene
) -> Step:
    """What comes of a command: the next case, its one entry, its effects.

    Raises: a Refused that says what would be allowed; then nothing has changed.
    """
    match command:
        case Fire():
            return act(machine, case, command, scene)
        case Undo():
            return undo(machine, case, command, scene)
        case Elapse():
            return elapse(machine, case, command, scene)
        case Notice():
            return notice(machine, case, command, scene)
        case Extend():
            return extend(machine, case, command, scene)
        case Pause():
            return pause(machine, case, command, scene)
        case Resume():
            return resume(machine, case, command, scene)
        case Recount():
            return recount(machine, case, command, scene)
        case BeginOutage():
            return begin_outage(machine, case, command, scene)
        case EndOutage():
            return end_outage(machine, case, command, scene)
        case MakeUp():
            return make_up(machine, case, scene)
        case Reassign():
            return reassign(machine, case, command, scene)
        case Remind():
            return remind(machine, case, command, scene)
        case Follow():
            return follow(machine, case, command, scene)
        case AddEntry() | CheckEntries() | ReleaseEntries() | TellJournal() | OpenLink():
            return journalled(machine, case, command, scene)
        case Cancel():
            return cancel(machine, case, command, scene)
        case End():
            return end(machine, case, command, scene)
        case Supersede():
            return supersede(machine, case, command, scene)
        case Acknowledge():
            return acknowledge(machine, case, command, scene)
        case QuestionSuperior():
            return question_superior(machine, case, command, scene)
        case AnswerQuestion():
            return answer_question(machine, case, command, scene)
        case _:
            assert_never(command)


def settle(machine: Machine, case: Case, contents: Contents, scene: Scene, *, until: int) -> tuple[Step, ...]:
    """The steps of every alarm up to and including `until`, in due order; a case may move several times.

    An act stamped at a moment wins over the timer: before an act, settle until the microsecond before it.
    """
    steps: list[Step] = []
    while case.next_at <= until:
        done = elapse(machine, case, Elapse(contents=contents), scene)
        steps.append(done)
        case = done.case
        contents = written(contents, done)
        if len(steps) > _MOST_AT_ONCE:
            raise Restless(
                f"case {case.id} does not come to rest: it moves by itself in a circle around {case.state!r}"
            )
    return tuple(steps)


def act_and_settle(
    machine: Machine, case: Case, command: Command, contents: Contents, scene: Scene
) -> tuple[Step, ...]:
    """A command, and all that follows at once by itself; preview and firing are both this.

    Raises: what `step` raises.
    """
    if isinstance(command, Fire | Undo | Notice | AddEntry | End | Cancel):
        command = set_in(command, contents=contents)
    first = step(machine, case, command, scene)
    steps: tuple[Step, ...] = (first,)
    case, contents = first.case, written(contents, first)
    if isinstance(command, Undo) and must_follow(machine, case, scene):
        # The chart may read differently from how it did when the task waited for its holder before.
        steps = (first, step(machine, case, Follow(), scene))
        case = steps[-1].case
    return (*steps, *settle(machine, case, contents, scene, until=scene.now))


def written(contents: Contents, done: Step) -> Contents:
    """What is written in a case after a step: as it was cleaned and kept, not as it was sent."""
    after = with_written(contents, done.effects)
    one = done.case.undoable
    return set_in(after, before=contents.forms) if one is not None and one.entry == done.entry.seq else after
