"""Entries of the log, looked up by auditors: by who, whom, where, which rule, when, and some drawn by lot."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query

from api.auditing import AUDIT, MOST, Sought, looked_up, page_out, wanted
from api.schemas import FoundPageOut
from api.visiting import TheEngine, TheVisitor

router = APIRouter(prefix="/audit", tags=["audit"])

_Short = Annotated[str, Query(max_length=100)]


@router.get("/entries")
def search(  # noqa: PLR0913 - everything entries are looked up by
    engine: TheEngine,
    visitor: TheVisitor,
    *,
    person: Annotated[
        str, Query(max_length=100, description="Who acted, or for whom: a login or number.")
    ] = "",
    subject: Annotated[str, Query(max_length=200, description="Whom the case is about.")] = "",
    case: _Short = "",
    stream: _Short = "",
    unit: Annotated[str, Query(max_length=200)] = "",
    kind: _Short = "",
    transition: Annotated[str, Query(max_length=200, description="The rule: employee_drafts.submit.")] = "",
    version: Annotated[str, Query(max_length=200, description="The rules: asn-tahunan@1, or a digest.")] = "",
    reason: Annotated[str, Query(max_length=100, description="A part of the reason that was given.")] = "",
    automatic: Literal["", "yes", "no"] = "",
    override: Annotated[
        bool, Query(description="By break-glass, or from outside the ways of the case.")
    ] = False,
    gap: Annotated[int, Query(ge=0, le=36_500, description="After so many days without an entry.")] = 0,
    first: Annotated[str, Query(max_length=10, description="From this day on, in UTC.")] = "",
    last: Annotated[str, Query(max_length=10, description="Up to this day.")] = "",
    before: Annotated[
        int | None, Query(ge=0, description="Before this leaf: `next_before` of a page.")
    ] = None,
    limit: Annotated[int, Query(ge=1, le=MOST)] = 50,
    sample: Annotated[int, Query(ge=0, le=MOST, description="So many drawn by lot, of all that fit.")] = 0,
    seed: Annotated[int, Query(ge=0, description="The same seed draws the same.")] = 0,
    by_unit: Annotated[bool, Query(description="So many of each unit.")] = False,
) -> FoundPageOut:
    """Entries that fit, the newest first; those of one's own record are left out. That somebody looked is a look."""
    sought = Sought(
        person=person, subject=subject, case=case, stream=stream, unit=unit, kind=kind, transition=transition,
        version=version, reason=reason, automatic=automatic, override=override, gap=gap, first=first, last=last,
    )  # fmt: skip
    if not sample:
        found = looked_up(engine, visitor.key, sought, before=before, limit=limit)
        return page_out(engine, found, visitor.language)
    asked = wanted(engine, sought, besides=visitor.key)
    engine.privacy.reads.note(visitor.key, AUDIT, ["log"])
    drawn = engine.search.sample(asked, count=sample, seed=seed, by_unit=by_unit, before=before)
    return page_out(engine, drawn, visitor.language)
