"""A world read aloud: what tests about sentences share."""

from __future__ import annotations

from dataclasses import replace

from engine.core.chart import Chart
from engine.core.command import Actor
from engine.core.definition import At
from engine.core.outlook import if_nobody_acts
from engine.core.stepping_in import offers
from engine.core.telling import (
    Standing,
    Telling,
    say_consequences,
    say_entry,
    tell_onlooker,
    tell_task,
)
from tests.worlds import OPENING, World, chart, ordinary, plan

LANGUAGES = ("id", "en")
HOUR = 3_600_000_000


def name(world: World, key: str) -> str:
    """The name of a person of this world."""
    return world.chart.person(key).name


def personnel(world: World) -> Actor:
    """Somebody of the personnel desk whose case it is not."""
    staff = [one for one in world.chart.people(world.today) if "desk:personnel" in one.duties]
    return Actor(person=next(one.key for one in staff if one.serves_on(world.today)))


def coming(world: World):
    """What comes if nobody acts."""
    return if_nobody_acts(world.machine, world.case, world.written, world.scene)


def ahead(world: World, language: str, viewer: str | None = None) -> tuple[str, ...]:
    """What comes if nobody acts, in sentences."""
    definition = world.machine.definition
    return say_consequences(definition, world.case, coming(world), world.chart, language, viewer=viewer)


def told(world: World, language: str, task=None) -> Telling:
    """The open task, or another, as it explains itself."""
    return tell_task(standing(world, task), task or world.case.task, language)


def standing(world: World, task=None) -> Standing:
    """The case with all that is told of it, to the holder of its open task or of another."""
    held = task or world.case.task
    steering = offers(world.machine, world.case, held.holder, world.scene) if held is not None else ()
    return Standing(
        definition=world.machine.definition,
        case=world.case,
        scene=world.scene,
        consequences=coming(world),
        history=[one.entry for one in world.steps],
        offers=steering,
    )


def seen(world: World, language: str, viewer: str, roles=()) -> Telling:
    """The case as somebody reads it whose turn it is not."""
    return tell_onlooker(standing(world), language, viewer=viewer, roles=roles)


def history(world: World, language: str) -> list[str]:
    """Every entry so far as a sentence."""
    definition = world.machine.definition
    return [say_entry(definition, one.entry, world.chart, language) for one in world.steps]


def without_moments(definition):
    """The definition whose first state has no moment that moves it."""
    first = definition.states[definition.initial]
    ways = tuple(way for way in first.transitions if not isinstance(way.trigger, At))
    states = {**definition.states, first.name: replace(first, transitions=ways)}
    return replace(definition, states=states)


def waiting_for_the_rater(*, substitute: bool) -> World:
    """A world whose task waits for a rater who has named a substitute, or nobody."""
    people = chart()
    subject = ordinary(people)
    rater = people.superior(subject.key, OPENING)
    free = (one for one in people.people(OPENING) if one.key not in {subject.key, rater.key})
    taker = next(one for one in free if one.kind == "PNS" and one.serves_on(OPENING) and not one.duties)
    named = taker.person_id if substitute else None
    segments = tuple(
        replace(one, substitute=named) if one.key == rater.key else one for one in people.segments
    )
    world = World(subject, people=Chart(segments=segments, version="chart:named"))
    world.fire("submit", plan=plan(100))
    world.fire("pass")
    return world


def running() -> World:
    """A world whose plan is in force."""
    world = World()
    world.fire("submit", plan=plan(100))
    for trigger in ("pass", "agree", "sign", "set_plan"):
        world.fire(trigger)
    return world
