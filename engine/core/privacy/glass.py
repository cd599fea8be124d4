"""Break-glass as the log tells it: who asked for which cases to be opened to whom, who decided, what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from engine.core.audit import Entry
from engine.core.codec import decode
from engine.core.glass import Right
from engine.core.privacy.official import Official, official_of

__all__ = ["GLASS", "HOUR", "LONGEST", "MOST", "Grant", "grants_told"]

#: the stream in which break-glass is told
GLASS = "glass"
HOUR = 3_600_000_000
#: hours at most, and cases at most
LONGEST, MOST = 24, 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """A grant that was asked for, and what became of it. A reason that was erased is ""."""

    id: str
    to: Official
    cases: tuple[str, ...]
    rights: tuple[Right, ...]
    hours: int
    asked_by: Official
    asked_at: int
    reason: str
    state: Literal["asked", "given", "refused", "ended"] = "asked"
    decided_by: Official | None = None
    decided_at: int = 0
    until_at: int = 0
    ended_at: int = 0

    def is_open(self, now: int) -> bool:
        """Whether it is in force at an instant."""
        return self.state == "given" and now < self.until_at


def grants_told(entries: Iterable[Entry], words: Mapping[int, str]) -> tuple[Grant, ...]:
    """Every grant asked for, the first first; `words` are the reasons that are not erased, by entry."""
    found: dict[str, Grant] = {}
    for line in entries:
        facts = decode(line.body)
        if line.kind == "glass_asked":
            name = f"g-{line.seq}"
            found[name] = Grant(
                id=name,
                to=official_of(facts["to"]),
                cases=tuple(facts["cases"]),
                rights=tuple(facts["rights"]),
                hours=facts["hours"],
                asked_by=official_of(facts["actor"]),
                asked_at=line.at,
                reason=words.get(line.seq, ""),
            )
            continue
        name = facts["glass"]
        if line.kind == "glass_ended":
            found[name] = replace(found[name], state="ended", ended_at=line.at)
        else:
            found[name] = replace(
                found[name],
                state="given" if line.kind == "glass_given" else "refused",
                decided_by=official_of(facts["actor"]),
                decided_at=line.at,
                until_at=facts.get("until_at", 0),
            )
    return tuple(found.values())
