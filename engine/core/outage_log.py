"""What is known of the outages of an installation: told by the entries of one stream, read back by `outages_told`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from engine.core.audit import Entry
from engine.core.codec import decode
from engine.core.interruptions import Outage

__all__ = ["STREAM", "Declared", "name_of", "outages_told"]

#: the stream in which outages are told
STREAM = "outages"


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """An outage as it was declared and ended: by whom (a person key; "" is nobody named), when, why.

    `cases` are those it changed, so far.
    """

    outage: Outage
    declared_at: int
    declared_by: str
    reason: str
    ended_at: int | None = None
    ended_by: str = ""
    end_reason: str = ""
    cases: int = 0

    @property
    def lasts(self) -> bool:
        """Whether it is not over."""
        return self.outage.to_on is None and self.ended_at is None


def name_of(number: int) -> str:
    """What the outage declared by the entry of this number is called."""
    return f"outage-{number}"


def outages_told(entries: Iterable[Entry], words: Mapping[int, str]) -> tuple[Declared, ...]:
    """Every outage, the first declared first; `words` are the reasons that have not been erased, by entry."""
    found: dict[str, Declared] = {}
    for line in entries:
        facts = decode(line.body)
        person, reason = str(facts.get("actor", {}).get("person", "")), words.get(line.seq, "")
        if line.kind == "declared":
            last = facts.get("last")
            name = name_of(line.seq)
            outage = Outage(
                id=name,
                unit=facts["unit"],
                from_on=date.fromisoformat(facts["first"]),
                to_on=date.fromisoformat(last) if last else None,
            )
            found[name] = Declared(outage=outage, declared_at=line.at, declared_by=person, reason=reason)
        elif line.kind == "ended":
            found[facts["outage"]] = replace(
                found[facts["outage"]], ended_at=line.at, ended_by=person, end_reason=reason
            )
        elif line.kind == "applied" and facts["outage"] in found:
            one = found[facts["outage"]]
            found[one.outage.id] = replace(one, cases=max(one.cases, facts["cases"]))
    return tuple(found.values())
