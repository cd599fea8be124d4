"""Trainings that were recorded in a journal, beside those the people file names: who has which, from when to when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

__all__ = ["Training", "has_training", "standing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Training:
    """One record: from its first day somebody has a training, to the end of its last one, or for good.

    `id` names the case, the entry and the training. A record that is `over` ends what was recorded before.
    """

    id: str
    person: str
    name: str
    first: date
    last: date | None
    at: int
    over: bool = False


def has_training(records: Iterable[Training], name: str, day: date) -> bool:
    """Whether these records of one person give them a training on that day."""
    return standing(records, name, day) is not None


def standing(records: Iterable[Training], name: str, day: date) -> Training | None:
    """The record of one person by which they have a training that day: the latest that has begun says whether."""
    about = [one for one in records if one.name == name and one.first <= day]
    latest = max(about, key=lambda one: (one.at, one.id), default=None)
    counts = latest is not None and not latest.over and (latest.last is None or day <= latest.last)
    return latest if counts else None
