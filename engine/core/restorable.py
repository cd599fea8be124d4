"""What a case remembers of a form that an act wrote anew: which version stood before it, to be put back."""

from __future__ import annotations

from engine.core.codec import Struct
from engine.core.definition import State, Transition

__all__ = ["Shelved", "may_restore", "restored_by", "to_put_back"]


class Shelved(Struct, frozen=True, kw_only=True):
    """An act in this visit that wrote a form anew, and the entry whose text stood there before."""

    act: str
    form: str
    entry: int
    was: int


def to_put_back(shelved: tuple[Shelved, ...], act: str) -> Shelved | None:
    """The latest of these acts that has not been voided yet, by its rule; or None."""
    return next((one for one in reversed(shelved) if one.act == act), None)


def restored_by(state: State, way: Transition) -> str:
    """The rule of the act that this one voids."""
    return next(one.rule for one in state.transitions if one.name == way.restores)


def may_restore(shelved: tuple[Shelved, ...], state: State, way: Transition) -> bool:
    """Whether an act that voids another finds any to void; of every other act, yes."""
    return way.restores is None or to_put_back(shelved, restored_by(state, way)) is not None
