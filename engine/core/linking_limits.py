"""How many cases of a link may be open at a time: who acts is told that there are enough; time opens none too many."""

from __future__ import annotations

from engine.core.definition import STAY, Label, Link, Transition
from engine.core.draft import Draft
from engine.core.effects import OpenCase
from engine.core.machine import Decision
from engine.errors import GuardRefused

__all__ = ["demand_room", "is_full"]


def demand_room(draft: Draft, transition: Transition, decision: Decision) -> None:
    """Refuse an act that would open one case more than may be open. Raises: GuardRefused."""
    definition = draft.machine.definition
    entered = definition.states[decision.target].starts if decision.target != STAY else ()
    anew = (name for name in entered if f"{name}:" not in draft.case.opened)
    for name in (*transition.starts, *(decision.row.starts if decision.row else ()), *anew):
        link = definition.linked[name]
        if is_full(draft, link):
            own, most = definition.texts.labels["linked"][name], link.open_at_most
            label = Label(
                id=f"{own.id}: sudah {most} yang terbuka, itulah batasnya",
                en=f"{own.en}: {most} open already, which is the limit",
            )
            raise GuardRefused(
                f"{transition.name!r} is refused: {label.en}", case=draft.case.id, label=label, verdicts={}
            )


def is_full(draft: Draft, link: Link) -> bool:
    """Whether as many of what a link opens are open as may be, those this step opens counted."""
    if not link.open_at_most:
        return False
    now = sum(isinstance(one, OpenCase) and one.workflow == link.workflow for one in draft.effects)
    return draft.contents.still_open.get(link.name, 0) + now >= link.open_at_most
