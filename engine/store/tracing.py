"""Looking entries up: rows made from sealed entries, and the newest of them that fit what is asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from engine.core.mining import Trace, trace_of
from engine.store.driver import Driver, execute, select
from engine.store.sealed import SealingDriver, saying
from engine.store.tables import cases, content, entry, statement
from engine.store.tables_sealing import leaf
from engine.store.tables_search import trace
from engine.store.texts import filling

__all__ = ["Wanted", "again", "among", "fitting", "found", "put", "traced", "untraced"]

_COLUMNS = tuple(trace.c.keys())
_CASES = "case/"
_PAGE = 2_000
#: streams and numbers in one statement
_PLACES = 500
#: a silence of so many days is found by its index
_LONG = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which entries are looked for: all that is said must hold; "" and None say nothing."""

    #: who acted, or for whom (keys and accounts)
    who: tuple[str, ...] = ()
    #: whom the case is about
    subject: str = ""
    #: whose own record is left out, because they ask
    besides: str = ""
    stream: str = ""
    unit: str = ""
    kind: str = ""
    rule: str = ""
    definition: str = ""
    automatic: bool | None = None
    override: bool = False
    #: at least so many days in which nothing was told before it
    silent: int = 0
    #: what the reason given with it says, in any letters
    reason: str = ""
    first: int | None = None
    until: int | None = None


def traced(driver: Driver) -> int:
    """How many leaves can be looked up."""
    rows = select(driver, sa.select(trace.c.leaf).order_by(trace.c.leaf.desc()).limit(1))
    return rows[0][0] + 1 if rows else 0


def untraced(driver: Driver, first: int, last: int) -> list[Trace]:
    """What the entries of the leaves `[first, last)` are found by."""
    before = entry.alias("before")
    asked = (
        sa.select(leaf.c.idx, entry.c.stream, entry.c.at, entry.c.body, before.c.at)
        .select_from(leaf)
        .join(entry, (entry.c.stream == leaf.c.stream) & (entry.c.seq == leaf.c.seq))
        .outerjoin(before, (before.c.stream == leaf.c.stream) & (before.c.seq == leaf.c.seq - 1))
        .where(leaf.c.idx >= first, leaf.c.idx < last)
        .order_by(leaf.c.idx)
    )
    rows = select(driver, asked)
    units = _units(driver, {str(row[1]) for row in rows})
    return [
        trace_of(index, at, bytes(body), before=earlier, unit=units.get(stream, ""))
        for index, stream, at, body, earlier in rows
    ]


def _units(driver: Driver, streams: Iterable[str]) -> dict[str, str]:
    ids = sorted(name.removeprefix(_CASES) for name in streams if name.startswith(_CASES))
    found_units: dict[str, str] = {}
    for first in range(0, len(ids), _PAGE):
        asked = sa.select(cases.c.id, cases.c.unit).where(cases.c.id.in_(ids[first : first + _PAGE]))
        found_units |= {f"{_CASES}{case_id}": unit for case_id, unit in select(driver, asked)}
    return found_units


def put(driver: Driver, traces: Iterable[Trace]) -> None:
    """Keep rows to look entries up by. Raises: Conflict, if somebody else has put them meanwhile."""
    rows = [
        (
            one.leaf, one.stream, one.seq, one.kind, one.at, one.actor, one.behalf, one.subject, one.unit, one.rule,
            one.definition, int(one.automatic), int(one.override), one.silent,
        )
        for one in traces
    ]  # fmt: skip
    driver.run_many(filling(driver.kind, trace, _COLUMNS), rows)


def again(driver: Driver) -> None:
    """Forget all rows, to make them anew from the entries."""
    execute(driver, sa.delete(trace))


def found(driver: Driver, wanted: Wanted, *, before: int | None, limit: int) -> tuple[Trace, ...]:
    """The newest that fit, those before a leaf if one is given."""
    rows: list[Any] = []
    for asked in _fitting(driver, sa.select(trace), wanted):
        earlier = asked if before is None else asked.where(trace.c.leaf < before)
        rows += select(driver, earlier.order_by(*_newest_first(wanted)).limit(limit))
    return tuple(sorted(map(_trace, rows), key=lambda one: -one.leaf)[:limit])


def among(driver: Driver, leaves: Iterable[int]) -> tuple[Trace, ...]:
    """The rows of these leaves, in the order of the log."""
    wanted = sorted(leaves)
    rows: list[Any] = []
    for first in range(0, len(wanted), _PAGE):
        rows += select(driver, sa.select(trace).where(trace.c.leaf.in_(wanted[first : first + _PAGE])))
    return tuple(sorted(map(_trace, rows), key=lambda one: one.leaf))


def fitting(driver: Driver, wanted: Wanted, *, before: int) -> Iterator[tuple[int, str]]:
    """Leaf and unit of all that fit before a leaf, a page at a time, to draw from."""
    for asked in _fitting(driver, sa.select(trace.c.leaf, trace.c.unit), wanted):
        last = before
        while True:
            earlier = asked.where(trace.c.leaf < last)
            page = select(driver, earlier.order_by(*_newest_first(wanted)).limit(_PAGE * 10))
            yield from ((index, unit) for index, unit in page)
            if len(page) < _PAGE * 10:
                break
            last = page[-1][0]


def _led_by(wanted: Wanted) -> str:
    """The column to look along where nothing narrower is asked for; "" for none.

    Rules and kinds come and go: of a value that many old entries have and no new one, a planner that knows how many
    but not where would walk through the whole log from its end.
    """
    if wanted.who or wanted.stream or wanted.subject or wanted.unit or wanted.reason:
        return ""
    return next((name for name in ("definition", "rule", "kind") if getattr(wanted, name)), "")


def _newest_first(wanted: Wanted) -> tuple[Any, ...]:
    led = _led_by(wanted)
    return (trace.c[led].desc(), trace.c.leaf.desc()) if led else (trace.c.leaf.desc(),)


def _fitting(driver: Driver, asked: Any, wanted: Wanted) -> Iterator[Any]:
    """What to ask for; more than one question where reasons are sealed, of which no two find the same."""
    chosen = asked.where(*_conditions(wanted))
    if not wanted.reason:
        yield chosen
    elif isinstance(driver, SealingDriver) and driver.keys.used:
        places = list(saying(driver, wanted.reason, subject=wanted.subject, unit=wanted.unit))
        for first in range(0, len(places), _PLACES):
            yield chosen.where(sa.tuple_(trace.c.stream, trace.c.seq).in_(places[first : first + _PLACES]))
    else:
        said = _said(driver, wanted.reason)
        yield chosen.join(said, (said.c.stream == trace.c.stream) & (said.c.seq == trace.c.seq))


def _conditions(wanted: Wanted) -> Iterator[Any]:
    for name in ("stream", "subject", "unit", "kind", "rule", "definition"):
        value = getattr(wanted, name)
        if value and name == _led_by(wanted):
            # Not as an equality, by which a planner would see that the order is that of the leaves alone.
            yield (trace.c[name] >= value) & (trace.c[name] <= value)
        elif value:
            yield trace.c[name] == value
    if wanted.who:
        yield trace.c.actor.in_(wanted.who) | (
            trace.c.behalf.in_(wanted.who) & (trace.c.behalf != sa.text("''"))
        )
    if wanted.besides:
        yield trace.c.subject != wanted.besides
    yield from _when_and_how(wanted)


def _when_and_how(wanted: Wanted) -> Iterator[Any]:
    if wanted.automatic is not None:
        yield trace.c.automatic == int(wanted.automatic)
    # What an index is limited to is written out, so that a planner sees that it may be used.
    if wanted.override:
        yield trace.c.override == sa.literal_column("1")
    if wanted.silent >= _LONG:
        yield trace.c.silent >= sa.literal_column(str(_LONG))
    if wanted.silent:
        yield trace.c.silent >= wanted.silent
    if wanted.first is not None:
        yield trace.c.at >= wanted.first
    if wanted.until is not None:
        yield trace.c.at < wanted.until


def _said(driver: Driver, reason: str) -> Any:
    """Entries whose reason says so: of cases, and of the streams beside them."""
    value: Any = content.c.value
    text = sa.cast(value, sa.Text) if driver.kind == "sqlite" else sa.func.convert_from(value, "UTF8")
    part = reason.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    stream = sa.literal(_CASES) + content.c.case_id
    of_cases = sa.select(stream.label("stream"), content.c.seq).where(
        content.c.form == sa.literal_column("''"), text.ilike(f"%{part}%", escape="\\")
    )
    beside = sa.select(statement.c.stream, statement.c.seq).where(
        statement.c.value.ilike(f"%{part}%", escape="\\")
    )
    return sa.union_all(of_cases, beside).subquery("said")


def _trace(row: Any) -> Trace:
    told = dict(zip(_COLUMNS, row, strict=True))
    return Trace(**told | {"automatic": bool(told["automatic"]), "override": bool(told["override"])})
