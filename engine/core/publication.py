"""How a version of a definition comes into force: proposed by one person, approved by another, or withdrawn.

What has happened is told by the entries of one stream; `publications` reads them back. Duties stay apart: nobody
approves what they proposed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from engine.core.assigning import PERSONNEL
from engine.core.audit import Entry
from engine.core.chart import Chart, Person
from engine.core.codec import decode
from engine.core.content import storable
from engine.core.permitting import LONGEST_REASON
from engine.errors import NotFound, NotYours, ReasonMissing, Refused

#: the stream in which publications are told
STREAM = "definitions"
#: what a reason is called where an entry commits to it
REASON = "reason"

Status = Literal["proposed", "published", "withdrawn"]
_NAME = re.compile(r"([a-z][a-z0-9-]{0,59})@([1-9][0-9]{0,8})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One act on the way of a version into force: by whom (a person key; "" is nobody named), when, and why."""

    kind: Status
    person: str
    at: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What became of one version: where it stands, since when it holds, what was said, what checks remarked."""

    workflow: str
    version: int
    digest: str
    status: Status
    #: the first day on which a cycle may be launched with it; None until it is approved, and in a demo
    effective: date | None
    said: tuple[Statement, ...]
    remarks: tuple[str, ...]
    #: put in force by a demo itself, approved by nobody
    demo: bool = False
    #: whose own numbers the rules hold with; "" if nobody's
    agency: str = ""

    @property
    def name(self) -> str:
        """Name and version as people write it: `asn-tahunan@1`."""
        return f"{self.workflow}@{self.version}"

    @property
    def author(self) -> str:
        """The key of whoever proposed it; "" in a demo."""
        return next((one.person for one in self.said if one.kind == "proposed"), "")


def parted(name: str) -> tuple[str, int]:
    """The workflow and the version of `asn-tahunan@4`. Raises: NotFound."""
    found = _NAME.fullmatch(name)
    if found is None:
        raise NotFound("version of a definition (written like asn-tahunan@4)", name)
    return found[1], int(found[2])


def entitled(chart: Chart, key: str, today: date) -> bool:
    """Whether a person may bring rules into force: on the personnel desk, or head of the agency, and in service."""
    person = chart.at(key, today)
    if person is None or person.external or not person.serves_on(today):
        return False
    head = chart.agency_head_post(today)
    return PERSONNEL in person.duties or (head is not None and head.key == key)


def demand_entitled(chart: Chart, person: Person | None, today: date) -> str:
    """The key of whoever may propose, approve and withdraw. Raises: NotYours."""
    if person is None or not entitled(chart, person.key, today):
        raise NotYours(
            "rules are proposed, approved and withdrawn by somebody in service on the personnel desk, or by the head"
            " of the agency; let one of them do it"
        )
    return person.key


def demand_another(author: str, approver: str, name: str) -> None:
    """Raises: NotYours, if whoever approves is whoever proposed."""
    if author == approver:
        raise NotYours(
            f"{name} was proposed by the same person; rules are approved by another one of the personnel desk, or by"
            " the head of the agency"
        )


def demand_reason(reason: str, act: str) -> str:
    """The reason, without blanks around it. Raises: ReasonMissing, Refused."""
    told = reason.strip()
    if not told:
        raise ReasonMissing(f"to {act} a definition needs a reason", allowed=[act])
    if not storable(told) or len(told) > LONGEST_REASON:
        raise Refused(f"a reason is plain text of at most {LONGEST_REASON} characters", allowed=[act])
    return told


def publications(entries: Iterable[Entry], reasons: Mapping[int, str]) -> tuple[Publication, ...]:
    """What the entries of the stream tell, by workflow and version; of one digest the last proposal counts.

    `reasons` are the words that entries commit to, by their number; erased ones are missing.
    """
    found: dict[str, Publication] = {}
    for entry in entries:
        if entry.kind not in {"proposed", "published", "withdrawn"}:
            continue
        facts = decode(entry.body)
        _tell(found, entry, facts, reasons.get(entry.seq, ""))
    return tuple(sorted(found.values(), key=lambda one: (one.workflow, one.version, one.said[0].at)))


def _tell(found: dict[str, Publication], entry: Entry, facts: Mapping[str, object], reason: str) -> None:
    actor = facts["actor"]
    assert isinstance(actor, dict)
    kind: Status = entry.kind  # type: ignore[assignment]  # the caller has looked
    said = Statement(kind=kind, person=actor.get("person") or "", at=entry.at, reason=reason)
    digest = str(facts["definition"])
    known = found.get(digest)
    effective = facts.get("effective")
    if known is None or kind == "proposed":
        workflow, version = parted(str(facts["name"]))
        remarks = facts.get("remarks", ())
        assert isinstance(remarks, list | tuple)
        known = Publication(
            workflow=workflow,
            version=version,
            digest=digest,
            status=kind,
            effective=None,
            said=(),
            remarks=tuple(remarks),
            demo=bool(facts.get("demo", False)),
            agency=str(facts.get("agency", "")),
        )
    found[digest] = replace(
        known,
        status=kind,
        said=(*known.said, said),
        effective=known.effective if effective is None else date.fromisoformat(str(effective)),
    )
