"""The name behind a key, taken away: posts and days stay, so that entries can still be followed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from engine.core.chart import Person

__all__ = ["is_unnamed", "without_name"]


def without_name(segments: Iterable[Person], key: str) -> tuple[Person, ...]:
    """The chart with this person's name, number, address and decrees gone; others who named them name their key."""
    found = tuple(segments)
    numbers = {one.person_id for one in found if one.key == key}
    return tuple(_unnamed(one) if one.key == key else _pointing(one, numbers, key) for one in found)


def is_unnamed(person: Person) -> bool:
    """Whether a person's name was erased."""
    return person.name == person.person_id == person.key


def _unnamed(one: Person) -> Person:
    return replace(one, person_id=one.key, name=one.key, scheme="key", email="", acting_decree="")


def _pointing(one: Person, numbers: set[str], key: str) -> Person:
    named = {name: key for name in ("superior", "acting_for", "substitute") if getattr(one, name) in numbers}
    return replace(one, **named) if named else one  # type: ignore[arg-type]  # fields that hold a person_id
