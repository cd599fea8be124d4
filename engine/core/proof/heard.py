"""Whether the last rung of a task that no moment ends reaches somebody, for every person of the chart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.core.definition import At, Label, Rung, State
from engine.core.proof.crew import Crew, Roster
from engine.core.proof.crew_words import case_of, names_of
from engine.core.proof.dated import both
from engine.core.proof.finding import Finding
from engine.core.proof.placing import state_path
from engine.core.proof.stories import say_state

__all__ = ["check_heard"]


def check_heard(roster: Roster, found: Sequence[Crew]) -> Iterator[Finding]:
    """Tasks no moment ends, whose last rung reaches nobody for some person."""
    for state in roster.definition.states.values():
        task = state.task
        if task is None or task.due is None or any(isinstance(way.trigger, At) for way in state.transitions):
            continue
        last = roster.definition.ladders[task.due.ladder].rungs[-1]
        lost = [
            crew
            for crew in found
            if crew.candidates.get(task.who) and not _reaches(roster, crew, task.who, last)
        ]
        if lost:
            yield _nobody_hears(roster, state, lost)


def _reaches(roster: Roster, crew: Crew, role: str, rung: Rung) -> bool:
    holder = crew.candidates[role][0]
    asked = (*rung.remind, *rung.notify, *filter(None, (rung.task, rung.reassign)))
    return any(roster.reached(crew.group.one, holder, to) for to in asked)


def _nobody_hears(roster: Roster, state: State, lost: Sequence[Crew]) -> Finding:
    return Finding(
        code="last_rung_reaches_nobody",
        question="staffed",
        severity="error",
        path=state_path(roster.definition, state.name),
        message=both(
            "anak tangga terakhir pada “{state}” tidak menjangkau siapa pun untuk {who}",
            "the last rung of “{state}” reaches nobody for {who}",
            state=say_state(roster.definition, state.name),
            who=names_of(roster, lost),
        ),
        story=(
            case_of(roster, lost[0].group),
            both(
                "Pemegang tugas diam; semua anak tangga berbunyi, dan tidak ada orang lain yang mendengarnya.",
                "The holder is silent; every rung rings, and nobody else hears it.",
            ),
        ),
        suggestion=Label(
            id="beri anak tangga itu peran yang selalu terisi, atau tambahkan `at`",
            en="give the rung a role that is always filled, or add an `at`",
        ),
        facts={"state": state.name, "people": [key for crew in lost for key in crew.group.keys]},
    )
