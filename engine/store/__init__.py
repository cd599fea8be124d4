"""Where cases, entries and everything beside them are kept: SQLite in a file, or PostgreSQL.

The store decides nothing. What goes in and what comes out are plain frozen values, never rows; only a unit of work
commits, and whatever a driver raises leaves here as one of our errors.
"""

from engine.store.database import Database
from engine.store.unit import Unit
from engine.store.values import (
    Beat,
    Cycle,
    Letter,
    Proposal,
    StoredCalendar,
    StoredDefinition,
    Waiting,
    Written,
)
from engine.store.view import View

__all__ = [
    "Beat",
    "Cycle",
    "Database",
    "Letter",
    "Proposal",
    "StoredCalendar",
    "StoredDefinition",
    "Unit",
    "View",
    "Waiting",
    "Written",
]
