"""What holds for roles whatever the chart: nobody decides their own case, every search ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from engine.core.people import (
    Chart,
    Committee,
    Desk,
    HeadOf,
    Person,
    Resolution,
    Role,
    Subject,
    SuperiorOf,
    circles,
    explain,
    line_of,
    next_level,
    resolve,
    resolve_all,
    retrace,
    substitute_of,
)
from engine.errors import NobodyFound
from tests.charts import START, named, person, role

IDS = ("a", "b", "c", "d", "e", "f")
DAYS = some.dates(date(2025, 11, 1), date(2026, 8, 1))
UNITS = some.sampled_from(("North", "South"))


DUTIES = ("head", "desk:personnel", "desk:performance", "committee:board", "trained:penilai")
# Made once: a strategy made anew for each draw is also looked through anew, which takes longer than drawing.
SOMEONE = some.none() | some.sampled_from((*IDS, "stranger"))
FIRSTS, LENGTHS = some.just(START) | DAYS, some.none() | some.integers(0, 300).map(timedelta)
ABSENCES = some.none() | DAYS
KINDS = some.sampled_from(("PNS", "PNS", "external"))
STATUSES = some.sampled_from(("active", "active", "active", "suspended"))
SOME_DUTIES = some.lists(some.sampled_from(DUTIES), max_size=2, unique=True)
MOVES_ON = some.booleans()
TRAINED = some.sampled_from(("", "penilai"))


@some.composite
def segments(draw: some.DrawFn) -> tuple[Person, ...]:
    """Any chart, holes, loops and strangers included."""
    found = []
    for name in IDS:
        first, length = draw(FIRSTS), draw(LENGTHS)
        last = None if length is None else first + length
        absent = draw(ABSENCES)
        found.append(
            person(
                name, draw(SOMEONE), unit=draw(UNITS), valid_from=first, valid_to=last,
                kind=draw(KINDS), status=draw(STATUSES), duties=tuple(draw(SOME_DUTIES)),
                acting_for=draw(SOMEONE), substitute=draw(SOMEONE), away_from=absent,
            )
        )  # fmt: skip
        if last is not None and draw(MOVES_ON):
            found.append(
                replace(found[-1], valid_from=last + timedelta(days=1), valid_to=None, unit=draw(UNITS))
            )
    return tuple(found)


@some.composite
def role_sets(draw: some.DrawFn) -> dict[str, Role]:
    """Any roles that do not wait for each other: each looks only at earlier ones, alternatives at all."""
    roles = [role("employee", Subject())]
    names = ["employee", "r1", "r2", "r3"]
    for name in names[1:]:
        earlier = some.sampled_from([one.name for one in roles])
        query = draw(
            earlier.map(lambda of: SuperiorOf(role=of))
            | earlier.map(lambda of: HeadOf(of=of))
            | some.just(HeadOf(of="agency"))
            | earlier.map(lambda of: Desk(name="performance", of=of))
            | earlier.map(lambda of: Committee(name="board", of=of))
        )
        exclude = tuple(draw(some.lists(earlier, max_size=2, unique=True)))
        otherwise = tuple(
            draw(some.lists(some.sampled_from([one for one in names if one != name]), max_size=1))
        )
        trained = draw(TRAINED)
        roles.append(replace(role(name, query, exclude=exclude, otherwise=otherwise), trained=trained))
    if circles(named(*roles)):
        roles = [replace(one, otherwise=()) for one in roles]
    return named(*roles)


@settings(max_examples=150, deadline=None)
@given(segments(), role_sets(), DAYS, some.sampled_from(IDS))
def test_whatever_the_chart_nobody_gets_their_own_case_nor_a_part_that_excludes_them(
    people: tuple[Person, ...], roles: dict[str, Role], day: date, subject: str
) -> None:
    """Every search ends: with somebody who serves on that day and may be chosen, or with nobody."""
    on = Chart(segments=people, version="1")
    answers = {name: answer(name, roles, on, f"p-{subject}", day) for name in roles}

    assert f"p-{subject}" == getattr(answers.pop("employee"), "person", None)
    for name, found in answers.items():
        if found is None:
            continue
        own, last = on.at(found.person, found.as_of), retrace(found.path).looks[-1]
        excluded = {one.person for other in roles[name].exclude if (one := answers.get(other)) is not None}

        assert found.person not in {f"p-{subject}", *excluded}
        assert own is not None
        assert own.serves_on(day)
        assert ("chosen", found.person) == (last.outcome, last.person)
        assert explain(found, on, "id") != explain(found, on, "en")


@settings(max_examples=150, deadline=None)
@given(segments(), role_sets(), DAYS, some.sampled_from(IDS))
def test_whatever_the_chart_each_of_several_serves_and_may_be_chosen(
    people: tuple[Person, ...], roles: dict[str, Role], day: date, subject: str
) -> None:
    """Everybody once, the single answer first among them, nobody who is excluded or untrained."""
    on = Chart(segments=people, version="1")
    for name, rule in roles.items():
        everybody = resolve_all(name, roles, on, f"p-{subject}", {}, day)
        keys = [one.person for one in everybody]
        apart = {
            one.person
            for other in rule.exclude
            for one in resolve_all(other, roles, on, f"p-{subject}", {}, day)
        }

        assert len(keys) == len(set(keys))
        assert not {*keys} & apart
        if rule.several:
            trained = [not rule.trained or on.person(key).trained_on(rule.trained, day) for key in keys]
            assert f"p-{subject}" not in keys
            assert all(trained)
            assert keys[:1] == [
                one for one in keys[:1] if one == resolve(name, roles, on, f"p-{subject}", {}, day).person
            ]


@settings(max_examples=150, deadline=None)
@given(segments(), role_sets(), DAYS, some.sampled_from(IDS))
def test_whatever_the_chart_the_line_of_a_role_is_who_comes_when_those_before_are_barred(
    people: tuple[Person, ...], roles: dict[str, Role], day: date, subject: str
) -> None:
    """One look along the line finds what asking again and again finds."""
    on, key = Chart(segments=people, version="1"), f"p-{subject}"
    for name in [one for one in roles if one != "employee"]:
        again: list[Resolution] = []
        while True:
            barred = frozenset(one.person for one in again)
            try:
                again.append(resolve(name, roles, on, key, {}, day, barred=barred))
            except NobodyFound:
                break
        line = line_of(name, roles, on, key, day, fixed={})
        found = list(islice(line, len(again)))

        assert again[:1] == found[:1]
        assert [(one.person, one.via) for one in again] == [(one.person, one.via) for one in found]
        with pytest.raises(NobodyFound):
            next(line)


def answer(name: str, roles: dict[str, Role], on: Chart, subject: str, day: date) -> Resolution | None:
    """Who it is, or nobody."""
    try:
        return resolve(name, roles, on, subject, {}, day)
    except NobodyFound:
        return None


@given(segments(), DAYS, some.sets(some.sampled_from([f"p-{name}" for name in IDS])))
def test_whatever_the_chart_no_rung_gives_work_back_to_the_late_or_the_excluded(
    people: tuple[Person, ...], day: date, exclude: set[str]
) -> None:
    """Stand-ins and the next level serve on that day; loops in the line do not keep the search from ending."""
    on = Chart(segments=people, version="1")
    for key in (f"p-{name}" for name in IDS):
        found = [substitute_of(on, key, day, exclude=frozenset(exclude))]
        try:
            found.append(next_level(on, key, day, frozenset(exclude)))
        except NobodyFound:
            found.append(None)
        for one in found:
            assert one is None or one.person not in {key, *exclude}
            assert one is None or getattr(on.at(one.person, day), "status", "") == "active"
