"""Working days the slow way: one day after the other, with nothing but a set of days off."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta

_DAY = timedelta(days=1)
_SATURDAY = 5
_YEAR = 12


class Days:
    """A five-day office with these days off."""

    def __init__(self, off: Iterable[date]) -> None:
        self.off = frozenset(off)

    def works(self, day: date) -> bool:
        """Whether anybody is there."""
        return day.weekday() < _SATURDAY and day not in self.off

    def after(self, day: date, amount: int, unit: str) -> date:
        """The day so much later, or earlier."""
        if unit == "working days":
            return self._walk(day, amount)
        if unit == "months":
            years, month = divmod(day.month - 1 + amount, _YEAR)
            last = monthrange(day.year + years, month + 1)[1]
            return date(day.year + years, month + 1, min(day.day, last))
        return day + amount * {"days": 1, "weeks": 7}[unit] * _DAY

    def next(self, day: date) -> date:
        """That day, or the first working day after it."""
        while not self.works(day):
            day += _DAY
        return day

    def between(self, first: date, last: date) -> int:
        """How many working days come after the first, up to and with the last."""
        return sum(self.works(first + n * _DAY) for n in range(1, (last - first).days + 1))

    def _walk(self, day: date, amount: int) -> date:
        step = _DAY if amount > 0 else -_DAY
        left = abs(amount)
        while left:
            day += step
            left -= self.works(day)
        return day
