"""The acts every gathering knows by itself: answer or sign, decline, edit the text.

They are acts like any other, so that permission, idempotency, pages and the API have one way; they stay in the state
and are told apart by their rule, whose first word no state may be called.
"""

from __future__ import annotations

from collections.abc import Mapping

from engine.core.definition import STAY, By, Label, State, Transition

__all__ = [
    "ANSWER",
    "ANSWERS",
    "DECLINE",
    "EDIT",
    "EDITS",
    "LABELS",
    "SIGN",
    "SIGNS",
    "acts_of",
    "is_gather_act",
]

ANSWER, SIGN, DECLINE, EDIT = "answer", "sign", "decline", "edit"
_RULE = "gather"
#: the rules of these acts
ANSWERS, SIGNS, EDITS = f"{_RULE}.{ANSWER}", f"{_RULE}.{SIGN}", f"{_RULE}.{EDIT}"

#: the words on their buttons, by rule
LABELS: Mapping[str, Label] = {
    f"{_RULE}.{ANSWER}": Label(id="Kirim jawaban", en="Send the answer"),
    f"{_RULE}.{SIGN}": Label(id="Tanda tangani", en="Sign"),
    f"{_RULE}.{DECLINE}": Label(id="Tidak bersedia menjawab", en="Decline to answer"),
    f"{_RULE}.{EDIT}": Label(id="Kirim perubahan naskah", en="Send the changed text"),
}


def acts_of(state: State) -> tuple[Transition, ...]:
    """The acts of the state's gathering; none if it has no gathering."""
    rule = state.gather
    if rule is None:
        return ()
    acts = [_act(state, ANSWER, By(), rule.form) if rule.sign is None else _act(state, SIGN, By(), None)]
    if rule.may_decline:
        acts.append(_act(state, DECLINE, By(), None))
    if rule.edit is not None:
        acts.append(_act(state, EDIT, By(roles=(rule.edit,)), rule.sign))
    return tuple(acts)


def is_gather_act(transition: Transition) -> bool:
    """Whether this is an act of a gathering and no way out that a definition wrote."""
    return transition.rule in LABELS


def _act(state: State, name: str, trigger: By, form: str | None) -> Transition:
    return Transition(
        name=name, rule=f"{_RULE}.{name}", source=state.name, trigger=trigger, to=STAY, form=form
    )
