"""Recorded trainings, beside the chart: the version of the people moves with each of them."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from engine.core.codec import decoder, encode
from engine.core.trainings import Training
from engine.store import filing
from engine.store.driver import Driver, execute, select
from engine.store.tables_training import training

_training = decoder(Training)


def all_of(driver: Driver) -> tuple[Training, ...]:
    """Every record there is, by id."""
    rows = select(driver, sa.select(training.c.body).order_by(training.c.id))
    return tuple(_training.decode(body) for (body,) in rows)


def put(driver: Driver, given: Iterable[Training], version: str, before: str) -> None:
    """Keep records beside the chart `before`, which is called `version` from then on. Raises: Conflict."""
    filing.demand_chart(driver, before)
    for one in given:
        execute(driver, sa.insert(training).values(id=one.id, person=one.person, body=encode(one)))
    filing.put_meta(driver, filing.PEOPLE_VERSION, version)
