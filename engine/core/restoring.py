"""Voiding an act: the form it wrote counts again as it stood before, by an entry of its own. Nothing is deleted.

The version that counts again is bound with the salt it was bound with first, so both entries hold the same commitment:
whoever has the entries alone can see that nothing else was put in its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.core.case import Case
from engine.core.codec import decode
from engine.core.contents import Earlier
from engine.core.definition import Label, Transition
from engine.core.draft import Draft
from engine.core.effects import Step, WriteContent
from engine.core.restorable import Shelved, restored_by, to_put_back
from engine.errors import NothingToUndo

__all__ = ["earlier_in", "shelve_or_restore"]


def shelve_or_restore(draft: Draft, way: Transition) -> None:
    """Remember what stood before this act, if another may void it; put it back, if this is that other.

    Raises: NothingToUndo.
    """
    state = draft.machine.state(draft.case.state)
    if way.restores is not None:
        _restore(draft, restored_by(state, way))
    elif any(one.restores == way.name for one in state.transitions):
        _shelve(draft, way)


def _shelve(draft: Draft, way: Transition) -> None:
    assert way.form is not None, "what may be voided has a form of its own"
    was = draft.begun.filled.get(way.form)
    if was is not None:  # where nothing stood there is nothing to put back
        new = Shelved(act=way.rule, form=way.form, entry=draft.seq, was=was)
        draft.change(shelved=(*draft.case.shelved, new))


def _restore(draft: Draft, act: str) -> None:
    case = draft.case
    one = to_put_back(case.shelved, act)
    if one is None:
        raise NothingToUndo(
            f"there is nothing in case {case.id} to put back: {act} was not done in this visit, or is voided already",
            case=case.id,
            label=_NOTHING,
        )
    earlier = draft.contents.earlier.get((one.form, one.was))
    if earlier is None:
        raise NothingToUndo(
            f"what entry {one.was} of case {case.id} wrote has been erased and cannot count again",
            case=case.id,
            label=_ERASED,
        )
    draft.write(one.form, earlier.value, salt=earlier.salt)
    draft.facts["restored"] = {"form": one.form, "instead_of": one.entry, "as_in": one.was}
    draft.change(shelved=tuple(other for other in case.shelved if other is not one))


_NOTHING = Label(id="tidak ada lagi yang dapat dibatalkan", en="there is nothing left to void")
_ERASED = Label(
    id="teks sebelumnya sudah dihapus dan tidak dapat berlaku lagi",
    en="the earlier text has been erased and cannot count again",
)


def earlier_in(case: Case, steps: Iterable[Step]) -> Mapping[tuple[str, int], Earlier]:
    """The versions that may be put back in a case, from the steps it has taken: for lives that are only imagined."""
    wanted = {(one.form, one.was) for one in case.shelved}
    return {
        (effect.form, done.entry.seq): Earlier(value=decode(effect.value), salt=effect.salt)
        for done in steps
        for effect in done.effects
        if isinstance(effect, WriteContent) and (effect.form, done.entry.seq) in wanted and not effect.held
    }
