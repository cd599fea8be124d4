"""What a list shows is what the decision allows, whatever becomes of the chart and whoever asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from engine.core.access import Asker, asker_of, decide
from engine.core.chart import Chart, Person
from engine.core.delegation import Delegation
from engine.runtime import Engine
from tests.runtime.conftest import Agency

FIRST = date(2026, 1, 2)
DAYS = some.integers(0, 420).map(lambda number: FIRST + timedelta(days=number))
ANYBODY = some.integers(0, 30)
EVENTS = some.one_of(
    some.tuples(some.just("moves"), ANYBODY, ANYBODY, DAYS),
    some.tuples(some.just("leaves"), ANYBODY, ANYBODY, DAYS),
    some.tuples(some.just("acts"), ANYBODY, ANYBODY, DAYS),
    some.tuples(some.just("is away"), ANYBODY, ANYBODY, DAYS),
    some.tuples(some.just("delegates"), ANYBODY, ANYBODY, DAYS),
    some.tuples(some.just("serves"), ANYBODY, ANYBODY, DAYS),
)
STRETCHES = some.lists(some.tuples(some.lists(EVENTS, min_size=1, max_size=3), DAYS), min_size=1, max_size=3)


def told(chart: Chart, event: tuple[str, int, int, date], number: int) -> Chart:
    """The chart after an event of it."""
    kind, one, other, day = event
    people = [segment for segment in chart.segments if segment.valid_to is None]
    who, whom = people[one % len(people)], people[other % len(people)]
    if kind == "delegates":
        made = Delegation(
            id=f"d-{number}", giver=who.key, taker=whom.key, first=day, last=day + timedelta(days=60), given_at=0,
            roles=(("rater",), ())[one % 2], units=(whom.unit,) if other % 3 == 0 else (),
            workflows=("asn-tahunan",) if other % 2 else (),
        )  # fmt: skip
        return replace(chart, delegations=(*chart.delegations, made), version=f"chart:{number}")
    changed = _changed(kind, who, whom, day)
    rest = tuple(segment for segment in chart.segments if segment != who)
    return replace(chart, segments=(*rest, *changed), version=f"chart:{number}")


def _changed(kind: str, who: Person, whom: Person, day: date) -> tuple[Person, ...]:
    match kind:
        case "moves" if who.valid_from < day:
            return (
                replace(who, valid_to=day - timedelta(days=1)),
                replace(who, valid_from=day, superior=whom.person_id, unit=whom.unit),
            )
        case "leaves" if who.valid_from < day:
            return (replace(who, valid_to=day),)
        case "acts":
            until = day + timedelta(days=45)
            return (replace(who, acting_for=whom.person_id, acting_from=day, acting_to=until),)
        case "is away":
            return (replace(who, away_from=day, away_to=day + timedelta(days=30)),)
        case "serves":
            return (replace(who, duties=(*who.duties, "desk:performance")),)
        case _:
            return (who,)


def put(engine: Engine, chart: Chart) -> None:
    """Let the database have this chart, and the cases follow it."""
    before = engine.chart.delegations
    with engine.database.write() as unit:
        for one in chart.delegations:
            if one not in before:
                unit.put_delegation(one, f"{chart.version}:{one.id}", before=unit.people()[1])
        unit.put_people(chart.segments, chart.version)
        unit.put_meta("chart_seen_on", "")
    engine.follow_chart()


def askers(engine: Engine) -> list[Asker]:
    """Everybody of the chart, and accounts of each kind with and without a person."""
    chart, now = engine.chart, engine.now()
    keys = sorted({one.key for one in chart.segments})
    people = [asker_of(chart, key, now) for key in keys]
    roles: Any = ("administrator", "auditor", "privacy")
    accounts = [
        asker_of(chart, person, now, account="a-1", roles=frozenset({role}))
        for role in roles
        for person in ("", keys[0])
    ]
    glass = asker_of(chart, keys[1], now, glass=frozenset(one.id for one in engine.cases(limit=3)))
    scoped = asker_of(chart, keys[2], now, scopes=frozenset({"act"}))
    return [*people, *accounts, glass, scoped, Asker()]


def demand_agreement(engine: Engine) -> None:
    """Every asker lists exactly the cases they may read, and counts as many."""
    known = {one.id: (one, engine.access.case(one)) for one in engine.cases(limit=500)}
    for asker in askers(engine):
        allowed = [
            name for name, (_, case) in sorted(known.items()) if decide(asker, "case.read", case).allowed
        ]
        listed: list[str] = []
        after = ""
        while True:
            page, after = engine.access.visible(asker, after=after, limit=7)
            listed += [one.id for one in page]
            if not after:
                break
        assert allowed == listed, asker
        assert len(allowed) == sum(one.count for one in engine.access.counts(asker))


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(stretches=STRETCHES)
def test_a_list_is_what_the_decision_allows(
    agencies: Callable[[], Agency], stretches: list[tuple[list[tuple[str, int, int, date]], date]]
) -> None:
    """Over random moves, acting heads, absences, delegations, desks and days: list == filter(decide)."""
    agency = agencies()
    number = 0
    for events, day in sorted(stretches, key=lambda one: one[1]):
        agency.clock.put(day)
        chart = agency.engine.chart
        for event in events:
            number += 1
            chart = told(chart, event, number)
        put(agency.engine, chart)
        demand_agreement(agency.engine)


def test_a_list_is_what_the_decision_allows_after_a_year_of_escalations(launched: Agency) -> None:
    """Tasks that came to people by themselves count alike in both."""
    launched.hop_to(date(2026, 2, 20))
    demand_agreement(launched.engine)
