"""The same in many cases as it comes in over the web: who may is asked case by case, and each refusal told in words.

A row is written `CASE:VISIT:ENTRY`, as the page that showed the case knew it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from api import firing
from api.policy import demand_case_by_id
from api.problems import NOBODYS, NoPerson, RequestInvalid
from api.visiting import Visitor
from engine.core.access import Action
from engine.core.bulk import BulkCommand, BulkRow
from engine.core.command import Fire, Undo
from engine.core.definition import Label
from engine.errors import GuardRefused, Refused, SiklusError, UnknownTrigger, WrongPerson
from engine.runtime import BulkReport, Engine, Looked

__all__ = ["MOST_ROWS", "MOST_US", "apply", "demand_somebody", "look", "rows_of", "token_of"]

#: cases in one request
MOST_ROWS = 500
#: how long a request works, by the machine's clock; the rest is told as not tried
MOST_US = 8_000_000
_ROW = re.compile(r"(c-[0-9a-f]{1,40}):(\d{1,9}):(\d{1,9})")


def look(
    engine: Engine, visitor: Visitor, rows: Sequence[BulkRow], command: BulkCommand, workflow: str = ""
) -> tuple[Looked, ...]:
    """What it would come to, exceptions first; nothing is kept. Raises: RequestInvalid (none, or too many)."""
    _demand_few(rows)
    found = engine.bulk.look(rows, command, admits=_admits(engine, visitor, command), workflow=workflow)
    return tuple(
        replace(one, refused=_told(engine, visitor, one.row, command, one.refused)) if one.refused else one
        for one in found
    )


def apply(
    engine: Engine,
    visitor: Visitor,
    rows: Sequence[BulkRow],
    command: BulkCommand,
    *,
    key: str,
    workflow: str = "",
) -> BulkReport:
    """Do it, as far as the time of a request goes. Raises: RequestInvalid (none, or too many)."""
    _demand_few(rows)
    report = engine.bulk.apply(
        rows,
        command,
        key=key,
        admits=_admits(engine, visitor, command),
        workflow=workflow,
        most_us=MOST_US,
    )
    return BulkReport(
        results=tuple(
            replace(one, refused=_told(engine, visitor, one.row, command, one.refused))
            if one.refused
            else one
            for one in report.results
        )
    )


def demand_somebody(visitor: Visitor) -> None:
    """Pass if whoever asks may do anything in cases at all. Raises: NoPerson."""
    if not visitor.on_chart:
        raise NoPerson(NOBODYS.en, label=NOBODYS)


def rows_of(told: Iterable[str]) -> tuple[BulkRow, ...]:
    """Rows as pages write them. Raises: RequestInvalid."""
    found = []
    for text in told:
        read = _ROW.fullmatch(text)
        if read is None:
            raise RequestInvalid(f"{text[:60]!r} is no case of a list; open the list again and choose there")
        found.append(BulkRow(case=read[1], visit=int(read[2]), seq=int(read[3])))
    return tuple(found)


def token_of(row: BulkRow) -> str:
    """A row as a page writes it."""
    return f"{row.case}:{row.visit}:{row.seq}"


def _admits(engine: Engine, visitor: Visitor, command: BulkCommand) -> Callable[[str], None]:
    action: Action = "case.act" if isinstance(command, Fire | Undo) else "case.steer"

    def admits(case: str) -> None:
        demand_case_by_id(engine, visitor, case, action)

    return admits


def _told(
    engine: Engine, visitor: Visitor, row: BulkRow, command: BulkCommand, error: SiklusError
) -> SiklusError:
    """A refusal as this visitor may be told it."""
    if not isinstance(error, GuardRefused | UnknownTrigger | WrongPerson):
        return error
    trigger = command.trigger if isinstance(command, Fire) else ""
    right: Refused = firing.put_right(engine, visitor, row.case, error, row.visit, trigger)
    return right


def _demand_few(rows: Sequence[BulkRow]) -> None:
    if not rows:
        raise RequestInvalid(
            "no case was chosen; tick those it is to be done in",
            label=Label(
                id="Belum ada kasus yang dipilih; centang kasus yang dimaksud.",
                en="No case was chosen; tick those it is to be done in.",
            ),
        )
    if len(rows) > MOST_ROWS:
        raise RequestInvalid(
            f"{len(rows)} cases are too many at once; choose {MOST_ROWS} at most",
            label=Label(
                id=f"{len(rows)} kasus terlalu banyak sekaligus; pilih paling banyak {MOST_ROWS}.",
                en=f"{len(rows)} cases are too many at once; choose {MOST_ROWS} at most.",
            ),
        )
