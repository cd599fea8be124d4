"""How many cases of a link may be open at a time: who acts is told that there are enough; time opens none too many."""

from __future__ import annotations

from collections.abc import Sequence

from engine.core.definition import Label, Link, Transition
from engine.core.draft import Draft
from engine.core.effects import OpenCase
from engine.errors import GuardRefused

__all__ = ["demand_room", "is_full"]


def demand_room(draft: Draft, transition: Transition, allowed: Sequence[str]) -> None:
    """Refuse an act that is there to open a case, where as many are open as may be; `allowed` are the other acts.

    What a fork or a state opens besides is no reason to refuse an act that decides something else: one that is open
    already serves, and the entry says that no other was opened.

    Raises: GuardRefused.
    """
    definition = draft.machine.definition
    for name in transition.starts:
        link = definition.linked[name]
        if is_full(draft, link):
            own, most = definition.texts.labels["linked"][name], link.open_at_most
            label = Label(
                id=f"{own.id}: sudah {most} yang terbuka, itulah batasnya",
                en=f"{own.en}: {most} open already, which is the limit",
            )
            raise GuardRefused(
                f"{transition.name!r} is refused: {label.en}",
                case=draft.case.id,
                label=label,
                verdicts={},
                allowed=allowed,
            )


def is_full(draft: Draft, link: Link) -> bool:
    """Whether as many of what a link opens are open as may be, those this step opens counted."""
    if not link.open_at_most:
        return False
    now = sum(isinstance(one, OpenCase) and one.workflow == link.workflow for one in draft.effects)
    return draft.contents.still_open.get(link.name, 0) + now >= link.open_at_most
