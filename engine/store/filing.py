"""What is filed beside the cases: definitions, calendars, people, cycles, answers already given, beats."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from engine.core.codec import decoder, encode
from engine.core.people import Person
from engine.core.timetable import decree_of, decree_text
from engine.errors import Conflict
from engine.store.driver import Driver, Prepared, Row, execute, select
from engine.store.tables import beat, calendar, cases, cycle, definition, meta, person
from engine.store.texts import texts
from engine.store.values import Beat, Cycle, StoredCalendar, StoredDefinition

PEOPLE_VERSION = "people_version"
_FIXED = ("kind",)

_person = decoder(Person)
_META = Prepared(sa.select(meta.c.value).where(meta.c.key == sa.bindparam("key")))
_CYCLE = Prepared(sa.select(cycle).where(cycle.c.id == sa.bindparam("cycle_id")))
_DEFINITION = Prepared(sa.select(definition).where(definition.c.digest == sa.bindparam("wanted")))
_HELD_CYCLE = Prepared(sa.select(cycle.c.id).where(cycle.c.id == sa.bindparam("cycle_id")).with_for_update())
_PEOPLE = Prepared(sa.select(person.c.body).order_by(person.c.key, person.c.valid_from))


def _launched_of(among: Any) -> Prepared:
    asked = sa.select(cases.c.subject, cases.c.segment)
    return Prepared(asked.where(cases.c.cycle_id == sa.bindparam("cycle_id"), among))


_LISTED = sa.func.json_each(sa.bindparam("subjects", type_=sa.Text)).table_valued("value")
_LAUNCHED = {
    "sqlite": _launched_of(cases.c.subject.in_(sa.select(_LISTED.c.value))),
    "postgresql": _launched_of(
        cases.c.subject == sa.func.any(sa.bindparam("subjects", type_=ARRAY(sa.Text)))
    ),
}


def meta_of(driver: Driver, key: str) -> str | None:
    """A fact about the database, or None."""
    found = _META.rows(driver, key=key)
    return str(found[0][0]) if found else None


def metas(driver: Driver) -> dict[str, str]:
    """All facts about the database."""
    found: dict[str, str] = dict(driver.rows(texts(driver.kind).metas))
    return found


def put_meta(driver: Driver, key: str, value: str) -> None:
    """Set a fact about the database."""
    assert key not in _FIXED, f"{key} is fixed when the database is made"
    if not execute(driver, sa.update(meta).where(meta.c.key == key).values(value=value)):
        execute(driver, sa.insert(meta).values(key=key, value=value))


def swap_meta(driver: Driver, key: str, before: str, after: str) -> bool:
    """Set a fact about the database if it is still this one; whether it was."""
    asked = sa.update(meta).where(meta.c.key == key, meta.c.value == before)
    return execute(driver, asked.values(value=after)) > 0


def put_definition(driver: Driver, stored: StoredDefinition) -> bool:
    """File a definition; whether it was new."""
    same_version = (definition.c.workflow == stored.workflow) & (definition.c.version == stored.version)
    there = select(
        driver, sa.select(definition.c.digest).where((definition.c.digest == stored.digest) | same_version)
    )
    if there and there[0][0] != stored.digest:
        raise Conflict(
            f"{stored.workflow}@{stored.version} is published already with other content; give it the next version",
            workflow=stored.workflow, version=stored.version,
        )  # fmt: skip
    if not there:
        execute(
            driver,
            sa.insert(definition).values(
                digest=stored.digest,
                workflow=stored.workflow,
                version=stored.version,
                source=stored.source,
                published_at=stored.published_at,
                effective_at=stored.effective_at,
            ),
        )
    return not there


def definition_of(driver: Driver, digest: str) -> StoredDefinition | None:
    """The definition with this digest, or None."""
    found = _DEFINITION.rows(driver, wanted=digest)
    return _definition(found[0]) if found else None


def definitions(driver: Driver) -> tuple[StoredDefinition, ...]:
    """All definitions, by workflow and version."""
    asked = sa.select(definition).order_by(definition.c.workflow, definition.c.version)
    return tuple(map(_definition, select(driver, asked)))


def _definition(row: Row) -> StoredDefinition:
    digest, workflow, version, source, published_at, effective_at = row
    return StoredDefinition(
        digest=digest,
        workflow=workflow,
        version=version,
        source=source,
        published_at=published_at,
        effective_at=effective_at,
    )


def put_calendar(driver: Driver, stored: StoredCalendar) -> bool:
    """File a version of a calendar; whether it was new."""
    there = calendar_of(driver, stored.name, stored.version)
    if there is not None:
        if there.source != stored.source:
            raise Conflict(
                f"calendar {stored.name} has a version {stored.version} already, with other content",
                name=stored.name, version=stored.version,
            )  # fmt: skip
        return False
    execute(
        driver,
        sa.insert(calendar).values(
            name=stored.name,
            version=stored.version,
            known_on=stored.known_on.isoformat(),
            added_at=stored.added_at,
            source=stored.source,
        ),
    )
    return True


def calendar_of(driver: Driver, name: str, version: str | None = None) -> StoredCalendar | None:
    """A version of a calendar, the latest known if none is named; or None."""
    asked = sa.select(calendar).where(calendar.c.name == name)
    if version is not None:
        asked = asked.where(calendar.c.version == version)
    latest = asked.order_by(calendar.c.known_on.desc(), calendar.c.added_at.desc(), calendar.c.version.desc())
    for called, numbered, known_on, added_at, source in select(driver, latest.limit(1)):
        return StoredCalendar(
            name=called,
            version=numbered,
            known_on=date.fromisoformat(known_on),
            source=source,
            added_at=added_at,
        )
    return None


def put_people(driver: Driver, segments: Iterable[Person], version: str, before: str | None = None) -> None:
    """Put this chart in the place of the one before, which must be the version `before` if one is given."""
    if before is not None:
        demand_chart(driver, before)
    execute(driver, sa.delete(person))
    rows = [(one.key, one.valid_from.isoformat(), one.person_id, one.unit, encode(one)) for one in segments]
    driver.run_many(texts(driver.kind).people, rows)
    put_meta(driver, PEOPLE_VERSION, version)


def demand_chart(driver: Driver, before: str) -> None:
    """Hold the people against other writers. Raises: Conflict, if they are no longer those of this chart."""
    if driver.kind == "postgresql":  # a second writer waits here, and then sees what the first has made of it
        driver.run("LOCK TABLE person IN SHARE ROW EXCLUSIVE MODE")
    found = meta_of(driver, PEOPLE_VERSION) or ""
    if found != before:
        raise Conflict(
            f"the people are no longer those of chart {before or '(none)'}: somebody else imported people or "
            "delegated first; nothing was kept, try again",
            before=before, found=found,
        )  # fmt: skip


def people(driver: Driver) -> tuple[tuple[Person, ...], str]:
    """All segments of all people, and the version of the chart they make."""
    rows = _PEOPLE.rows(driver)
    return tuple(_person.decode(body) for (body,) in rows), meta_of(driver, PEOPLE_VERSION) or ""


def put_cycle(driver: Driver, launched_cycle: Cycle) -> bool:
    """File a cycle; whether it was new. What it is does not change, when it was launched first stays."""
    there = cycle_of(driver, launched_cycle.id)
    if there is not None:
        if _identity(there) != _identity(launched_cycle):
            raise Conflict(f"cycle {launched_cycle.id} is another one already", cycle=launched_cycle.id)
        return False
    one = launched_cycle
    execute(
        driver,
        sa.insert(cycle).values(
            id=one.id,
            definition=one.definition,
            period_from=one.period_from.isoformat(),
            period_to=one.period_to.isoformat(),
            opens_at=one.opens_at,
            launched_at=one.launched_at,
            timetable=decree_text(one.decreed),
        ),
    )
    return True


def cycle_of(driver: Driver, cycle_id: str) -> Cycle | None:
    """A launched cycle, or None."""
    found = _CYCLE.rows(driver, cycle_id=cycle_id)
    return _cycle(found[0]) if found else None


def cycles(driver: Driver) -> tuple[Cycle, ...]:
    """All launched cycles, in the order they were launched."""
    return tuple(map(_cycle, select(driver, sa.select(cycle).order_by(cycle.c.launched_at, cycle.c.id))))


def _cycle(row: Row) -> Cycle:
    key, of_definition, period_from, period_to, opens_at, launched_at, timetable = row
    return Cycle(
        id=key,
        definition=of_definition,
        period_from=date.fromisoformat(period_from),
        period_to=date.fromisoformat(period_to),
        opens_at=opens_at,
        launched_at=launched_at,
        decreed=decree_of(timetable),
    )


def _identity(one: Cycle) -> tuple[object, ...]:
    return one.definition, one.period_from, one.period_to, one.opens_at, one.decreed


def launched(driver: Driver, cycle_id: str, subjects: Sequence[str]) -> set[tuple[str, str, int]]:
    """Which of the subjects have a case in the cycle; the cycle is held against other launches."""
    _HELD_CYCLE.rows(driver, cycle_id=cycle_id)
    listed = encode(list(subjects)).decode() if driver.kind == "sqlite" else list(subjects)
    rows = _LAUNCHED[driver.kind].rows(driver, cycle_id=cycle_id, subjects=listed)
    return {(cycle_id, subject, segment) for subject, segment in rows}


def recall(driver: Driver, actor: str, key: str) -> tuple[str, bytes] | None:
    """The hash of the request made under this key, and its answer."""
    found = driver.rows(texts(driver.kind).recall, (actor, key))
    return (found[0][0], found[0][1]) if found else None


def remember(driver: Driver, actor: str, key: str, request_hash: str, response: bytes, at: int) -> None:
    """Keep what a request was answered."""
    driver.run(texts(driver.kind).remember, (actor, key, request_hash, response, at))


def put_beat(driver: Driver, worker: str, at: int) -> None:
    """Say that a worker is alive."""
    if not execute(driver, sa.update(beat).where(beat.c.worker == worker).values(at=at)):
        execute(driver, sa.insert(beat).values(worker=worker, at=at))


def beats(driver: Driver) -> tuple[Beat, ...]:
    """When each worker last said that it is alive."""
    return tuple(
        Beat(worker=worker, at=at) for worker, at in select(driver, sa.select(beat).order_by(beat.c.worker))
    )
