"""What somebody has typed into a form and not sent: a text with a version, and whether another text stands beside it.

It belongs to nobody but its writer and is no part of the case: no entry tells of it, no rule reads it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["Unsent"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsent:
    """The text of one form as it was saved last: `version` counts how often, from 1."""

    version: int
    at: int
    values: Mapping[str, Any]
    reason: str = ""

    def stands_beside(self, begun_with: int, values: Mapping[str, Any], reason: str) -> bool:
        """Whether this is another text than one that goes on from an earlier version: saved elsewhere meanwhile."""
        return self.version > begun_with and (self.values != values or self.reason != reason)
