"""Who looked at whose data: a look is noted once for an actor, an object, a class and an hour.

An actor is a person's key or an account's id; an object is a case's id, or a person's key for what is about them and
in no case. Looks at one's own data are not noted: nobody needs to be told of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

__all__ = ["HOUR", "READS", "UNNAMED", "Look", "facts_of", "hour_of", "looks_told", "parted"]

#: the stream in which looks are told
READS = "reads"
HOUR = 3_600_000_000
#: one of those who are asked for answers without names: who looked would tell who was asked
UNNAMED = "unnamed"
#: looks in one entry: each takes some 100 bytes of the 65,535 there are
MOST = 400


class Look(NamedTuple):
    """Somebody looked at one class of data of an object within the hour that begins at an instant."""

    object: str
    hour: int
    actor: str
    data: str
    #: the break-glass grant it was read by; "" by everyday rights
    under: str = ""


def hour_of(instant: int) -> int:
    """The instant at which the hour of an instant began."""
    return instant - instant % HOUR


def parted(looks: Iterable[Look]) -> Iterator[tuple[Look, ...]]:
    """Looks in as many entries as they need, in an order that says nothing of the moment within the hour."""
    ordered = sorted(set(looks))
    for first in range(0, len(ordered), MOST):
        yield tuple(ordered[first : first + MOST])


def facts_of(looks: Sequence[Look]) -> dict[str, object]:
    """Looks as an entry tells them."""
    return {"looks": [list(one) for one in looks]}


def looks_told(facts: object) -> tuple[Look, ...]:
    """The looks an entry tells."""
    assert isinstance(facts, dict)
    return tuple(Look(*one) for one in facts["looks"])
