"""Small parts of the JSON of a case: the parts of its period, and an act that may be taken back."""

from __future__ import annotations

from datetime import date

from api.schemas import Out, Text

__all__ = ["PartOut", "UndoOut"]


class PartOut(Out):
    """One part of a period in which somebody moved: its case, where it was, and how many days of the whole it has."""

    case: str
    segment: int
    unit: str
    first: date
    last: date
    days: int
    whole: int
    text: Text


class UndoOut(Out):
    """The latest act, which this person may take back until then."""

    act: str
    until: str
    visit: int
    text: Text
