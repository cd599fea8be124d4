"""Messages as the engine writes them, and the mails they become; shared by tests about wording."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from engine.core.chart import Chart
from engine.core.command import Actor, Contents, Extend, Notice, Reassign, Remind
from engine.core.effects import Notify
from engine.core.moments import Duration
from engine.core.outlook import if_nobody_acts
from engine.store.values import Letter
from notifications.message import Mail, Matter
from notifications.render import render
from tests.notifications.office import DESK, HEAD, SITI, roster_of
from tests.worlds import World, plan

BASE_URL = "https://siklus.test/"


def letter(effect: Notify, number: int, at: int) -> Letter:
    """The outbox row an effect becomes."""
    return Letter(
        id=number,
        key=effect.key,
        to=effect.to,
        kind=effect.kind,
        case_id="c-1",
        task_id=effect.task_id,
        data=effect.data,
        created_at=at,
        read_at=None,
        attempts=1,
        fence="f",
        settled_at=None,
        outcome="",
    )


def matter(world: World, note: str = "") -> Matter:
    """The world's case as it stands."""
    coming = if_nobody_acts(world.machine, world.case, Contents(forms=world.contents), world.scene)
    return Matter(
        definition=world.machine.definition,
        case=world.case,
        consequences=coming,
        scene=world.scene,
        roles=("rater",),
        note=note,
        history=[one.entry for one in world.steps],
    )


def told_by(world: World, step_number: int = -1) -> list[Letter]:
    """The messages of a step."""
    done = world.steps[step_number]
    notes = [effect for effect in done.effects if isinstance(effect, Notify)]
    return [letter(note, number, world.now) for number, note in enumerate(notes)]


def mail(world: World, one: Letter, language: str = "id", **person: object) -> Mail:
    """A message as a mail to whoever is told."""
    reader = replace(world.chart.person(one.to), language=language, **person)
    return render(one, matter(world), reader, BASE_URL)


def personnel(world: World) -> Actor:
    """Somebody of the personnel desk."""
    staff = [one for one in world.chart.people(world.today) if "desk:personnel" in one.duties]
    return Actor(person=next(one.key for one in staff if one.serves_on(world.today)))


def handed_over() -> World:
    """A world whose open task the desk has just given to somebody else."""
    world = World()
    world.fire("submit", plan=plan(100))
    taken = (world.case.subject, world.case.task.holder)
    free = (one.key for one in world.chart.people(world.today) if one.key not in taken)
    taker = next(key for key in free if world.chart.person(key).serves_on(world.today))
    world.obey(Reassign(to=taker, actor=personnel(world), reason="beban kerja"))
    return world


def every_kind() -> list[tuple[World, Letter]]:
    """A message of every kind there is, with the world as it was when it was written."""
    found: dict[str, tuple[World, Letter]] = {}

    def keep(world: World) -> None:
        for one in told_by(world):
            found.setdefault(
                f"{one.kind}{'+' if one.data.get('before') or one.data.get('by') else ''}", (world, one)
            )

    for days in range(14):
        world = World()
        world.fire("submit", plan=plan(100))
        world.fire("pass")
        keep(world)
        world.wait(days)
        keep(world)
    for days in (2, 30):
        world = World()
        world.wait(days)
        keep(world)
        world.obey(Remind(actor=personnel(world), note="mohon"))
        keep(world)
    keep(handed_over())
    world = World()
    world.obey(Extend(by=Duration(3, "working days"), actor=personnel(world), reason="sakit"))
    keep(world)
    world = World()
    world.obey(Notice(fact="employee leaves", actor=personnel(world)))
    keep(world)
    return list(found.values())


def small_world() -> World:
    """Siti's small cycle in an agency of three, about to be checked by Yusuf."""
    people = Chart(segments=roster_of(HEAD, DESK, SITI).people, version="chart:three")
    world = World(
        people.by_id("SITI"), definition="tests/definitions/small", on=date(2026, 1, 5), people=people
    )
    world.fire("submit", plan={"goals": [{"title": "Laporan", "weight": 100}]})
    return world
