"""The subject says "this is not my superior", and the personnel desk answers: corrected, or right, and why.

The case does not stop by it: nobody holds up their own appraisal by a word. The desk has the acts of steering for that
(a pause, another holder), and a corrected chart takes open tasks along as their states say. Both words are entries.
"""

from __future__ import annotations

from engine.core.assigning import PERSONNEL, on_personnel_desk, why
from engine.core.breach_desk import looker
from engine.core.case import Case, Questioned, Task
from engine.core.chain import is_unit
from engine.core.chart import Person
from engine.core.codec import replace
from engine.core.command import AnswerQuestion, QuestionSuperior
from engine.core.draft import REASON, Draft
from engine.core.effects import Step
from engine.core.machine import Machine
from engine.core.people import Resolution
from engine.core.permitting import demand_reason
from engine.core.scene import Scene
from engine.errors import CaseClosed, Refused, WrongPerson

__all__ = [
    "ANSWERED_WITHIN",
    "answer_question",
    "hand_question",
    "may_answer",
    "may_question",
    "meant_by",
    "named_superior",
    "question_superior",
]

#: working days that the desk has for its answer
ANSWERED_WITHIN = 3


def may_question(case: Case, person: str) -> bool:
    """Whether somebody may say now that the superior the chart names is not theirs: in their own open case, once."""
    return person == case.subject and not is_unit(case.subject) and not case.ended and case.questioned is None


def may_answer(case: Case, person: str, scene: Scene) -> bool:
    """Whether somebody may answer the subject: of the desk, and neither the subject nor whom the chart named.

    Whom the chart named answers only if the desk has nobody else, and so the task is theirs.
    """
    asked = case.questioned
    if asked is None or person == case.subject:
        return False
    return asked.task.holder == person or (person != asked.named and on_personnel_desk(case, person, scene))


def named_superior(case: Case, scene: Scene) -> str:
    """Whom the chart names today as the superior of the subject, by key; "" for nobody."""
    found = scene.chart.superior(case.subject, scene.today(case.zone))
    return "" if found is None else found.key


def meant_by(case: Case, scene: Scene) -> tuple[Person, ...]:
    """Whom the subject may mean, by unit and name: who heads people, in the own unit, up the line or beside it."""
    chart, today = scene.chart, scene.today(case.zone)
    own = chart.near(case.subject, today)
    if own is None:
        return ()
    line = chart.line_above(own.key, today)
    beside = (one for level in line for one in chart.direct_reports(level.key, today))
    known = {one.key: one for one in (*line, *beside, *chart.members(own.unit, today))}
    barred = {case.subject, named_superior(case, scene)}
    found = (
        one
        for one in known.values()
        if one.key not in barred and one.serves_on(today) and chart.direct_reports(one.key, today)
    )
    return tuple(sorted(found, key=lambda one: (one.unit != own.unit, one.unit, one.name)))


def question_superior(machine: Machine, case: Case, command: QuestionSuperior, scene: Scene) -> Step:
    """The personnel desk is asked whether the chart is right. Raises: CaseClosed, Refused, WrongPerson, FormInvalid."""
    if case.ended:
        raise CaseClosed(
            f"case {case.id} is closed ({case.ended}); nobody appraises in it any more", case=case.id
        )
    if case.questioned is not None:
        raise Refused(
            f"the personnel desk has been asked in entry {case.questioned.entry} and has not answered yet",
            case=case.id,
        )
    if command.actor.behalf is not None or not may_question(case, command.actor.person or ""):
        raise WrongPerson(
            "whose superior it is, says the one whose case it is, and nobody for them", case=case.id
        )
    named = named_superior(case, scene)
    _demand_meant(case, command.meant, named, scene)
    found = looker(case, scene, frozenset({named, command.meant}))
    if found is None:
        raise Refused(f"nobody serves on {PERSONNEL} who could look at it", case=case.id)
    draft = Draft(machine, case, scene, command.actor)
    draft.write(REASON, demand_reason(command.reason))
    draft.facts["cause"] = {"questions": named, "means": command.meant}
    task = _ask(draft, found)
    draft.change(questioned=Questioned(entry=draft.seq, named=named, meant=command.meant, task=task))
    return draft.close("superior_questioned")


def answer_question(machine: Machine, case: Case, command: AnswerQuestion, scene: Scene) -> Step:
    """The subject hears that the chart was corrected, or why it is right. Raises: Refused, WrongPerson, FormInvalid."""
    asked = case.questioned
    if asked is None:
        raise Refused(f"nobody asks in case {case.id} whose superior is right", case=case.id)
    if not may_answer(case, command.actor.person or "", scene):
        raise WrongPerson(
            f"whether the chart is right, says {PERSONNEL}: not the one whose case it is, nor whom the chart names",
            case=case.id,
        )
    now = named_superior(case, scene)
    if command.outcome == "corrected" and now == asked.named:
        raise Refused(
            "the chart still names the same superior as when it was asked: import the corrected people first",
            allowed=("right",),
            case=case.id,
        )
    draft = Draft(machine, case, scene, command.actor)
    draft.write(REASON, demand_reason(command.reason))
    draft.facts["cause"] = {"answers": asked.entry, "outcome": command.outcome, "named": now}
    draft.end(asked.task, "done")
    draft.change(questioned=None)
    draft.tell(
        case.subject, "superior_answered", str(draft.seq), None, note=draft.seq, outcome=command.outcome
    )
    return draft.close("superior_answered")


def hand_question(draft: Draft, asked: Questioned, found: Resolution) -> None:
    """The question goes to another of the desk, who is asked as the first was."""
    task = asked.task
    after = replace(task, holder=found.person, why=why(found), since="followed")
    draft.change(questioned=replace(asked, task=after))
    draft.put_task(after)
    key = f"superior/{asked.entry}/{draft.seq}"
    draft.tell(found.person, "superior", key, task.id)
    draft.tell(task.holder, "handed_over", key, task.id, after=found.person)


def _ask(draft: Draft, found: Resolution) -> Task:
    """Open the desk's task, due in some working days."""
    case, scene = draft.case, draft.scene
    due_on = scene.calendar.add(scene.today(case.zone), ANSWERED_WITHIN, "working days")
    task = Task(
        id=f"{case.id}.superior.{draft.seq}",
        kind="superior",
        visit=case.visit,
        state=case.state,
        role=PERSONNEL,
        holder=found.person,
        why=why(found),
        opened_at=scene.now,
        due_on=due_on,
        due_at=scene.calendar.end_of(due_on, case.zone),
    )
    draft.found(found)
    draft.open(task)
    draft.tell(found.person, "superior", f"superior/{draft.seq}", task.id, note=draft.seq)
    return task


def _demand_meant(case: Case, meant: str, named: str, scene: Scene) -> None:
    if not meant:
        return
    if meant == named:
        raise Refused("that is whom the chart names already", case=case.id)
    one = scene.chart.at(meant, scene.today(case.zone))
    if one is None or meant == case.subject:
        raise Refused("whom you mean is somebody else who is in post today; or leave it open", case=case.id)
