"""What erasures may have left in the database's files: known until it is overwritten, and tried again until it is.

It is noted in the transaction that erases, so that a process that ends there leaves it to the next one.
"""

from __future__ import annotations

from engine.core.codec import decode, encode
from engine.store.database import Database
from engine.store.unit import Unit
from engine.store.view import View

__all__ = ["Residue", "leave_residue", "residue_of"]

#: the fact of the database that names the erasures whose bytes may still be there
_RESIDUE = "residue"


class Residue:
    """Has it overwritten."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def left(self) -> tuple[str, ...]:
        """The erasures of which the files may still hold something."""
        with self._database.read() as view:
            return residue_of(view)

    def overwrite(self) -> tuple[str, ...]:
        """Have it overwritten if that can be done now; the erasures of which something is left."""
        self._database.destroy_keys()
        before = self.left()
        if not before or not self._database.leave_no_residue():
            return before
        with self._database.write() as unit:
            left = tuple(one for one in residue_of(unit) if one not in before)
            unit.put_meta(_RESIDUE, encode(left).decode())
        return left


def residue_of(view: View) -> tuple[str, ...]:
    """As `Residue.left`, within a transaction."""
    told = view.meta(_RESIDUE)
    return tuple(decode(told)) if told else ()


def leave_residue(unit: Unit, erasure: str) -> None:
    """Note that the files may hold what this erasure takes."""
    unit.put_meta(_RESIDUE, encode((*residue_of(unit), erasure)).decode())
