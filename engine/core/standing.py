"""A case as it stands, with all that is told of it: the one value from which every telling is made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.core.audit import Entry
from engine.core.case import Case
from engine.core.definition import Definition
from engine.core.outlook import Consequence
from engine.core.scene import Scene
from engine.core.stepping_in import Offer

__all__ = ["Standing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A case as it stands, with all that is told of it.

    `history` are its entries, oldest first, and `offers` what the reader may do about somebody else's delay; without
    them a telling leaves out what has happened, and what one may do.
    """

    definition: Definition
    case: Case
    scene: Scene
    consequences: Sequence[Consequence]
    history: Sequence[Entry] = ()
    offers: Sequence[Offer] = ()
