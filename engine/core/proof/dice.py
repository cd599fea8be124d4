"""Chance that is an argument: numbers from a seed, the same on every machine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

__all__ = ["Dice"]

_Thing = TypeVar("_Thing")
_WORD = (1 << 64) - 1


class Dice:
    """A row of numbers that looks like chance (SplitMix64, Steele, Lea, Flood 2014) and is known by its seed."""

    __slots__ = ("_state",)

    def __init__(self, seed: int) -> None:
        self._state = seed & _WORD

    def below(self, limit: int) -> int:
        """A number from 0 up to but not including `limit`, which is at least 1."""
        self._state = (self._state + 0x9E3779B97F4A7C15) & _WORD
        mixed = self._state
        mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & _WORD
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & _WORD
        return (mixed ^ (mixed >> 31)) % limit

    def between(self, least: int, most: int) -> int:
        """A number from `least` to `most`, both included."""
        return least + self.below(max(most - least, 0) + 1)

    def chance(self, times: int, of: int) -> bool:
        """True so many times of so many."""
        return self.below(of) < times

    def one_of(self, things: Sequence[_Thing]) -> _Thing:
        """One of several things, of which there is at least one."""
        return things[self.below(len(things))]
