"""Carrying a decided transition out: its use is counted, the state left and entered, those it names are told."""

from __future__ import annotations

from collections.abc import Mapping

from engine.core.assigning import listeners
from engine.core.conditions import Verdict
from engine.core.definition import HOLDER, STAY, Transition
from engine.core.draft import Draft
from engine.core.effects import Step
from engine.core.entering import enter, leave
from engine.core.evidence import bear_out, behind_verdicts
from engine.core.linking import open_links
from engine.core.machine import Decision
from engine.core.promised import Before, keep_watch


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
    before = Before(way=transition, actor=draft.actor, holders=tuple(one.holder for one in case.waiting))
    bear_out(draft, behind_verdicts(draft.machine.definition, verdicts))
    draft.facts["guards"] = {rule: verdict.passed for rule, verdict in verdicts.items()}
    if transition.at_most is not None:
        draft.change(uses={**case.uses, transition.rule: case.uses.get(transition.rule, 0) + 1})
    open_links(draft, (*transition.starts, *(decision.row.starts if decision.row else ())))
    if decision.target == STAY:
        keep_watch(draft, before, stayed=True)
        _tell_about(draft, transition, decision)
        return draft.close("stayed")
    leave(draft, by_holder=by_holder)
    enter(draft, decision.target)
    keep_watch(draft, before)
    _tell_about(draft, transition, decision)
    return draft.close("moved")


def _tell_about(draft: Draft, transition: Transition, decision: Decision) -> None:
    """Tell the roles that a transition, or the row of a choice, names."""
    names = (*transition.notify, *(decision.row.notify if decision.row else ()))
    for role in dict.fromkeys(names):
        people = _people(draft, role)
        if not people and role != HOLDER:
            draft.facts.setdefault("not_told", []).append(role)
        for person in people:
            draft.tell(person, "moved", str(draft.seq), rule=transition.rule, role=role)


def _people(draft: Draft, role: str) -> tuple[str, ...]:
    if role == HOLDER:
        return tuple(task.holder for task in draft.case.waiting)
    return tuple(one.person for one in listeners(draft.machine.definition, draft.case, role, draft.scene))
