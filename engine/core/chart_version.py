"""The name of exactly these people, what they delegated and which trainings were recorded.

It has two parts, so that a delegation names the chart anew without looking at everybody on it: who holds what by the
people file, then, after a point, what stands beside it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date

from engine.core.chart import Person
from engine.core.codec import canonical
from engine.core.delegation import Delegation
from engine.core.trainings import Training

__all__ = ["people_part", "version_beside", "version_of"]

_POINT = "."


def version_of(
    segments: Iterable[Person], delegations: Iterable[Delegation], trainings: Iterable[Training] = ()
) -> str:
    """The name of a chart."""
    ordered = sorted(segments, key=lambda one: (one.key, one.valid_from))
    return version_beside(f"chart:{_hash(map(_told, ordered))}", delegations, trainings)


def version_beside(
    version: str, delegations: Iterable[Delegation], trainings: Iterable[Training] = ()
) -> str:
    """The name of the chart with the same people as this one, these delegations and these trainings."""
    told = [_told(one) for one in sorted(delegations, key=lambda one: one.id)]
    told += [_told(one) for one in sorted(trainings, key=lambda one: one.id)]
    people = people_part(version)
    return f"{people}{_POINT}{_hash(told)}" if told else people


def people_part(version: str) -> str:
    """What the name of a chart says of its people alone."""
    return version.partition(_POINT)[0]


def _hash(told: Iterable[dict[str, object]]) -> str:
    return hashlib.sha256(canonical(list(told))).hexdigest()[:16]


def _told(one: Person | Delegation | Training) -> dict[str, object]:
    return {name: _plain(getattr(one, name)) for name in one.__slots__}


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
