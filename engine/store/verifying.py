"""Whether the log is whole, and whether the cases and heads beside it say the same."""

from __future__ import annotations

from itertools import groupby

import sqlalchemy as sa

from engine.core.audit import verify_stream
from engine.core.case import Case
from engine.core.codec import DecodeError, decoder
from engine.store.batch import case_row
from engine.store.driver import Driver, select
from engine.store.streams import everything
from engine.store.tables import cases, entry, stream

_PAGE = 1_000

_case = decoder(Case)


def problems(driver: Driver) -> tuple[str, ...]:
    """What is wrong, as sentences; empty when every stream verifies and every case stands where its stream ends."""
    found: list[str] = []
    for _, entries in groupby(everything(driver), key=lambda one: one.stream):
        found += verify_stream(entries)
    return (*found, *_cases(driver), *_heads(driver), *_nobodys(driver))


def _ends_elsewhere(
    name: sa.ColumnElement[str], seq: sa.Column[int], head: sa.Column[str]
) -> sa.ColumnElement[bool]:
    """Rows whose head is not the last entry of their stream."""
    last = sa.select(sa.literal(1)).where(entry.c.stream == name, entry.c.seq == seq, entry.c.hash == head)
    later = sa.select(sa.literal(1)).where(entry.c.stream == name, entry.c.seq > seq)
    return ~last.exists() | later.exists()


def _case_stream() -> sa.ColumnElement[str]:
    return sa.literal("case/", sa.Text) + cases.c.id


def _cases(driver: Driver) -> list[str]:
    told: list[str] = []
    asked = sa.select(cases.c.id).where(_ends_elsewhere(_case_stream(), cases.c.seq, cases.c.head))
    told += [f"case {key}: does not stand where its entries end" for (key,) in select(driver, asked)]
    last = ""
    while page := select(driver, sa.select(cases).where(cases.c.id > last).order_by(cases.c.id).limit(_PAGE)):
        last = page[-1][0]
        told += [f"case {row[0]}: its columns differ from its value" for row in page if not _agrees(row)]
    return told


def _agrees(row: tuple[object, ...]) -> bool:
    try:
        case = _case.decode(row[-1])  # type: ignore[arg-type]
    except DecodeError:
        return False
    return case_row(case) == tuple(row)


def _heads(driver: Driver) -> list[str]:
    asked = sa.select(stream.c.name).where(stream.c.seq > 0)
    asked = asked.where(_ends_elsewhere(stream.c.name, stream.c.seq, stream.c.head)).order_by(stream.c.name)
    return [f"stream {name}: its head is not its last entry" for (name,) in select(driver, asked)]


def _nobodys(driver: Driver) -> list[str]:
    """Streams that belong to no case and have no head: their owner's row is gone."""
    # The case's id is cut out of the stream's name, and not the name put together from it, so that keys are searched.
    its_case = (sa.func.substr(entry.c.stream, 1, 5) == "case/") & (
        cases.c.id == sa.func.substr(entry.c.stream, 6)
    )
    of_case = sa.select(sa.literal(1)).where(its_case).exists()
    of_stream = sa.select(sa.literal(1)).where(stream.c.name == entry.c.stream).exists()
    asked = sa.select(entry.c.stream).distinct().where(~of_case, ~of_stream).order_by(entry.c.stream)
    return [f"stream {name}: has entries but nothing they are about" for (name,) in select(driver, asked)]
