"""A person as the people file tells of them: one post, from its first day to its last."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

__all__ = ["Person"]

_DAY = timedelta(days=1)
#: colons in a duty that has a last day: trained:penilai:2027-06-30
_DATED = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One dated segment of one person: a post held from `valid_from` to the end of `valid_to`.

    `key` is the pseudonym that stands in audit entries; every reference between people is a `person_id`.
    """

    key: str
    person_id: str
    name: str
    unit: str
    position: str
    superior: str | None
    zone: str
    kind: str
    valid_from: date
    valid_to: date | None = None
    scheme: str = "nip"
    email: str = ""
    status: str = "active"
    duties: tuple[str, ...] = ()
    acting_for: str | None = None
    acting_from: date | None = None
    acting_to: date | None = None
    acting_decree: str = ""
    acting_kind: str = ""
    substitute: str | None = None
    away_from: date | None = None
    away_to: date | None = None
    language: str = "id"
    #: "one", "two" or "lower"; "" is read as "lower"
    echelon: str = ""

    @property
    def external(self) -> bool:
        """Whether this is an official outside the agency, who is asked last."""
        return self.kind == "external" or "external" in self.duties

    def holds_on(self, day: date) -> bool:
        """Whether the segment is valid on that day, present or not."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def away_on(self, day: date) -> bool:
        """Whether leave or another absence covers the day; without a last day it is still going on."""
        return (
            self.away_from is not None
            and self.away_from <= day
            and (self.away_to is None or day <= self.away_to)
        )

    def serves_on(self, day: date) -> bool:
        """Whether this person can be given work on that day: in post, in active service, not away."""
        return self.status == "active" and self.holds_on(day) and not self.away_on(day)

    def acts_on(self, day: date) -> bool:
        """Whether an appointment to act for another post covers the day (serving is a question of its own)."""
        if self.acting_for is None or not self.holds_on(day):
            return False
        begun = self.acting_from is None or self.acting_from <= day
        return begun and (self.acting_to is None or day <= self.acting_to)

    def trained_on(self, training: str, day: date) -> bool:
        """Whether the people file gives this person a training on that day: for good, or to the end of its last day."""
        plain = f"trained:{training}"
        for duty in self.duties:
            if duty == plain or (duty.startswith(f"{plain}:") and day.isoformat() <= duty[len(plain) + 1 :]):
                return True
        return False

    def turning_days(self) -> Iterable[date]:
        """The days from which this segment reads differently: first days, and the days after last days."""
        for first in (self.valid_from, self.acting_from, self.away_from):
            if first is not None:
                yield first
        lapsing = (duty.split(":")[2] for duty in self.duties if duty.count(":") == _DATED)
        for last in (self.valid_to, self.acting_to, self.away_to, *map(date.fromisoformat, lapsing)):
            if last is not None and last < date.max:
                yield last + _DAY
