"""The one act a closed case knows: to open the case that corrects it, where the definition lets these roles.

It is an act like any other, so that permission, reasons, idempotency, pages and the API have one way. It stays in the
final state, which has no ways out; its rule begins with a word that no state may be called.
"""

from __future__ import annotations

from engine.core.definition import STAY, By, Definition, Label, State, Transition
from engine.core.gather_acts import acts_of

__all__ = ["correction_label", "corrections_of", "is_correction", "own_acts"]

_RULE = "corrects."


def own_acts(definition: Definition, state: State) -> tuple[Transition, ...]:
    """What may be done in a state besides its ways out: the acts of its gathering, or opening what corrects it."""
    return (*acts_of(state), *corrections_of(definition, state))


def corrections_of(definition: Definition, state: State) -> tuple[Transition, ...]:
    """The acts that open a correction of a case closed here; none where no link corrects it."""
    return tuple(
        Transition(
            name=link.name,
            rule=f"{_RULE}{link.name}",
            source=state.name,
            trigger=By(roles=link.by),
            to=STAY,
            reason_required=True,
            starts=(link.name,),
        )
        for link in definition.linked.values()
        if state.name in link.corrects
    )


def is_correction(transition: Transition) -> bool:
    """Whether this act opens a correction of a closed case."""
    return transition.rule.startswith(_RULE)


def correction_label(definition: Definition, transition: Transition) -> Label:
    """The words on its button."""
    link = definition.texts.label("linked", transition.name)
    return Label(id=f"Buka: {link.id}", en=f"Open: {link.en}")
