"""What holds whatever is delegated to whom: nobody decides their own case, and duties kept apart stay apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from engine.core.assigning import find
from engine.core.chart import Chart
from engine.core.codec import decode
from engine.core.command import Actor, Fire, Reassign
from engine.core.definition import By
from engine.core.delegation import MOST_LINKS, Delegation, ways_to
from engine.core.people import Subject
from engine.errors import NobodyFound, Refused
from tests.core.test_delegation import RATING
from tests.worlds import World, plan, rating_time

FORMS = {"rating": RATING, "plan": plan(100), "report": {"achieved": "selesai", "evidence": []}}
OLD = {"year": date(2026, 12, 1), "days": 60}


def crew(world: World) -> list[str]:
    """Everybody who fills a role of the case now, the subject, and two colleagues."""
    found = [world.case.subject]
    for role in world.machine.definition.roles:
        try:
            found.append(find(world.machine.definition, world.case, role, world.scene).person)
        except NobodyFound:
            continue
    plain = [one.key for one in world.chart.people(world.today) if not one.duties and not one.external]
    return list(dict.fromkeys([*found, *plain[:2]]))


@some.composite
def tangles(draw: some.DrawFn) -> tuple[World, list[str], list[tuple[str, str, str]]]:
    """A case at its rating in a chart with absences, any delegations at all, and what people then try."""
    world = rating_time()
    people = crew(world)
    anybody = some.sampled_from(people)
    given = []
    for number in range(draw(some.integers(1, 6))):
        first = OLD["year"] + timedelta(days=draw(some.integers(0, OLD["days"])))
        given.append(
            Delegation(
                id=f"d-{number}", giver=draw(anybody), taker=draw(anybody), first=first,
                last=first + timedelta(days=draw(some.integers(0, 400))), given_at=0,
                roles=draw(some.sampled_from(((), (), ("rater",), ("reviewer", "hr")))),
            )
        )  # fmt: skip
    away = draw(some.sets(some.sampled_from(people[1:]), max_size=2))
    substitute = draw(anybody)
    segments = tuple(
        replace(
            one, away_from=date(2027, 1, 1), away_to=date(2027, 1, 20),
            substitute=world.chart.person(substitute).person_id,
        ) if one.key in away else one
        for one in world.chart.segments
    )  # fmt: skip
    world.chart = Chart(segments=segments, version="tangled", delegations=tuple(given))
    act = some.sampled_from(
        ("rate", "agree", "accept", "give_back", "seen", "accept", "object", "reassign", "uphold", "wait")
    )
    tried = draw(some.lists(some.tuples(act, anybody, anybody), max_size=14))
    return world, people, tried


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tangles())
def test_whatever_is_delegated_nobody_decides_their_own_case_or_both_sides_of_a_pair(
    tangle: tuple[World, list[str], list[tuple[str, str, str]]],
) -> None:
    """Whoever tries whatever, for whomever: each entry names people who could have had that duty themselves."""
    world, people, tried = tangle
    for act, person, other in tried:
        attempt(world, act, person, other)
        for one in people:  # everybody tries every act of the state, unsaid for whom
            for way in world.machine.ways(world.case.state):
                if isinstance(way.trigger, By) and not world.case.ended and one == person:
                    attempt(world, way.name, one, "")

    nobody_decided_their_own(world)
    duties_stayed_apart(world)


def nobody_decided_their_own(world: World) -> None:
    """The subject acts for themselves alone, and nobody acts for them."""
    definition, subject = world.machine.definition, world.case.subject
    for done in world.steps:
        facts = decode(done.entry.body)
        cause = facts.get("cause", {})
        if "behalf" in facts["actor"]:
            assert subject not in involved(facts)
        elif subject in involved(facts):
            assert cause["role"] == "holder" or isinstance(definition.roles[cause["role"]].query, Subject)
    for role, rule in definition.roles.items():
        if not isinstance(rule.query, Subject):
            assert subject not in world.case.acted.get(role, ())


def duties_stayed_apart(world: World) -> None:
    """Of two duties that exclude one another no one has had a hand in both, by the entries."""
    hands: dict[str, set[str]] = {}
    before = None
    for done in world.steps:
        facts = decode(done.entry.body)
        role = facts.get("cause", {}).get("role")
        if role == "holder" and before is not None and before.task is not None:
            role = before.task.role
        if "act" in facts.get("cause", {}):
            hands.setdefault(str(role), set()).update(involved(facts))
        before = done.case
    for role, rule in world.machine.definition.roles.items():
        for other in rule.exclude:
            assert set() == hands.get(role, set()) & hands.get(other, set())


def involved(facts: dict[str, Any]) -> set[str]:
    """Everybody an entry names as acting: who did it, for whom, and who passed it on."""
    told = facts["actor"]
    found = {told.get("person"), told.get("behalf"), *facts.get("cause", {}).get("passed_by", ())}
    return found - {None}


def attempt(world: World, act: str, person: str, behalf: str) -> None:
    """Try it; a refusal changes nothing."""
    if world.case.ended:
        return
    if act == "wait":
        world.wait(4)
        return
    actor = Actor(person=person, behalf=behalf or None)
    form = next((one.form for one in world.machine.ways(world.case.state) if one.name == act), None)
    task = world.machine.state(world.case.state).task
    form = form or (task.form if task is not None else None)
    forms = {form: FORMS[form]} if form in FORMS else {}
    before = world.case
    try:
        if act == "reassign":
            world.obey(Reassign(to=behalf, actor=Actor(person=person), reason="dicoba"))
        else:
            world.obey(Fire(trigger=act, actor=actor, forms=forms, reason="dicoba", contents=world.written))
    except Refused:
        assert before == world.case


KEYS = some.sampled_from("abcdef")


@given(some.lists(some.tuples(KEYS, KEYS), max_size=12), KEYS)
def test_whatever_is_delegated_a_way_has_two_links_at_most_and_comes_back_to_nobody(
    pairs: list[tuple[str, str]], taker: str
) -> None:
    """Each way leads to the taker, link by link, through people who are all different."""
    given_ = [
        Delegation(id=f"{giver}{to}", giver=giver, taker=to, first=date.min, last=date.max, given_at=0)
        for giver, to in pairs
    ]
    for way in ways_to(taker, given_):
        people = [way[0].giver, *(link.taker for link in way)]

        assert taker == people[-1]
        assert len(set(people)) == len(people) <= MOST_LINKS + 1
        assert [link.taker for link in way[:-1]] == [link.giver for link in way[1:]]
