"""Break-glass: two people open named cases to one for some hours, to read them or to steer them, and it ends by itself.

What is open now is a fact of the database beside the log, so that every step and every page knows it without asking
anew; the entries of one stream tell who asked, who approved, why, and what became of it (`engine.core.privacy.glass`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from engine.core.codec import Struct

__all__ = ["RIGHTS", "Glass", "Right", "is_open", "opening"]

Right = Literal["read", "steer"]
RIGHTS: tuple[Right, ...] = ("read", "steer")


class Glass(Struct, frozen=True, kw_only=True):
    """What is open by one grant: to whom, which cases, what may be done, and until when."""

    id: str
    person: str = ""
    account: str = ""
    cases: tuple[str, ...]
    rights: tuple[Right, ...]
    until_at: int

    def is_of(self, who: str) -> bool:
        """Whether it is open to this person (a key) or account (an id)."""
        return bool(who) and who in {self.person, self.account}


def is_open(open_now: Iterable[Glass], *, who: str, case: str) -> bool:
    """Whether anything of a case is open to this person or account by break-glass now."""
    return any(one.is_of(who) and case in one.cases for one in open_now)


def opening(open_now: Iterable[Glass], right: Right, *, who: str, case: str) -> str:
    """The id of a grant by which this person or account may do this in a case now; "" if there is none."""
    found = (one.id for one in open_now if one.is_of(who) and case in one.cases and right in one.rights)
    return next(found, "")
