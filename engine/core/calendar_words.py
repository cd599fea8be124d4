"""What is wrong with a calendar or a list of days, as an error that tells all of it in either language."""

from __future__ import annotations

from collections.abc import Sequence

from engine.core.complaints import InBoth, Lines
from engine.errors import CalendarInvalid

__all__ = ["calendar_invalid"]


def calendar_invalid(what: InBoth, problems: Sequence[InBoth] = (), **data: object) -> CalendarInvalid:
    """The error: what cannot be done, then each problem on a line; `data` has the problems and the whole as a label."""
    told = Lines((what, *problems))
    return CalendarInvalid(told["en"], label=told, problems=tuple(problems), **data)
