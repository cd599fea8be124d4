"""Delegations as they stand, beside the chart: the version of the people moves with each of them."""

from __future__ import annotations

import sqlalchemy as sa

from engine.core.codec import decoder, encode
from engine.core.delegation import Delegation
from engine.store import filing
from engine.store.driver import Driver, execute, select
from engine.store.tables import delegation

_delegation = decoder(Delegation)


def all_of(driver: Driver) -> tuple[Delegation, ...]:
    """Every delegation there has been, ended ones included, by id."""
    rows = select(driver, sa.select(delegation.c.body).order_by(delegation.c.id))
    return tuple(_delegation.decode(body) for (body,) in rows)


def put(driver: Driver, one: Delegation, version: str, before: str) -> None:
    """Keep a delegation as it stands now, beside the chart `before`, which is called `version` from then on."""
    filing.demand_chart(driver, before)
    values = {"giver": one.giver, "taker": one.taker, "body": encode(one)}
    if not execute(driver, sa.update(delegation).where(delegation.c.id == one.id).values(**values)):
        execute(driver, sa.insert(delegation).values(id=one.id, **values))
    filing.put_meta(driver, filing.PEOPLE_VERSION, version)
