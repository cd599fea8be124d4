"""Whether the log is whole, and whether the cases, the definitions and the heads beside it say the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from engine.core.audit import verify_stream
from engine.core.case import Case
from engine.core.codec import DecodeError, decode, decoder
from engine.core.definition.identity import identity
from engine.core.publication import STREAM
from engine.core.zones import midnight
from engine.store.batch import case_row
from engine.store.driver import Driver, select
from engine.store.erasing import erased_words
from engine.store.filing import definitions
from engine.store.streams import everything, history
from engine.store.tables import cases, entry, stream
from engine.store.values import StoredDefinition
from engine.store.verifying_words import erasure_problems, word_problems

_PAGE = 1_000

_case = decoder(Case)


def problems(driver: Driver) -> tuple[str, ...]:
    """What is wrong, as sentences; empty when every stream verifies and what stands beside the log agrees with it."""
    found: list[str] = []
    gone = erased_words(driver)
    for name, entries in groupby(everything(driver), key=lambda one: one.stream):
        lines = list(entries)
        found += verify_stream(lines)
        found += word_problems(driver, name, lines, gone)
    found += erasure_problems(driver, gone)
    return (*found, *_cases(driver), *_definitions(driver), *_heads(driver), *_nobodys(driver))


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


def _definitions(driver: Driver) -> list[str]:
    """The rules that cases run on must be those that were published, in the words and from the day that were told."""
    told = dict(_published(driver))
    filed = {one.digest: one for one in definitions(driver)}
    found = [
        f"definition {one.workflow}@{one.version}: {problem}"
        for one in filed.values()
        for problem in _untold(one, told.get(one.digest))
    ]
    gone = [facts for digest, facts in told.items() if digest not in filed]
    return found + [f"definition {facts.get('name')}: was published and is not there" for facts in gone]


def _published(driver: Driver) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """What entries tell of published definitions, by digest; an entry that cannot be read is told of elsewhere."""
    for one in history(driver, STREAM):
        if one.kind != "published":
            continue
        try:
            facts = decode(one.body)
        except DecodeError:
            continue
        if isinstance(facts, dict):
            yield str(facts.get("definition")), {**facts, "at": one.at}


def _untold(filed: StoredDefinition, told: Mapping[str, Any] | None) -> Iterator[str]:
    if identity(filed.source) != filed.digest:
        yield "its rules are not those of its digest"
    if told is None:
        yield "no entry tells that it was published"
        return
    said = {
        "name": (f"{filed.workflow}@{filed.version}", told.get("name")),
        "time of publication": (filed.published_at, told["at"]),
        "effective date": (filed.effective_at, _since(told)),
    }
    yield from (
        f"its {what} is not what its entry tells" for what, (is_now, was) in said.items() if is_now != was
    )


def _since(told: Mapping[str, Any]) -> int | None:
    """The instant from which a definition holds by its entry; None if the entry names no day that there is."""
    effective, zone = told.get("effective", ""), told.get("zone", "")
    if not effective:
        return 0
    try:
        return midnight(date.fromisoformat(effective).toordinal(), zone)
    except (TypeError, ValueError, KeyError):
        return None


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
