"""A case that gathers answers and signatures, and the people who give them; shared by tests about gatherings."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection
from dataclasses import replace

from engine.core.chart import Chart, Person
from tests.worlds import OPENING, ROOT, World, chart, ordinary

GATHERING = "tests/definitions/gathering"
PLAN = {"goals": [{"title": "Satu", "weight": 60}, {"title": "Dua", "weight": 40}]}
PEERS, BOARD = 4, 3


def staffed(people: Chart | None = None, *, peers: int = PEERS, board: int = BOARD) -> Chart:
    """The demo's agency with a committee of peers and a board."""
    people = people or chart()
    subject = ordinary(people)
    above = people.superior(subject.key, OPENING)
    assert above is not None
    duties = dict.fromkeys(_together(people, subject, above, peers), "committee:peers")
    duties |= dict.fromkeys(_together(people, subject, above, board, without=set(duties)), "committee:board")
    segments = tuple(
        replace(one, duties=(*one.duties, duties[one.key])) if one.key in duties else one
        for one in people.segments
    )
    return Chart(segments=segments, version="chart:gathering")


def _together(
    people: Chart, subject: Person, above: Person, count: int, without: Collection[str] = ()
) -> list[str]:
    """So many people of one unit: a committee stands together where its first member is found."""
    units: dict[str, list[str]] = {}
    for one in people.people(OPENING):
        if _free(one, subject, above) and one.key not in without:
            units.setdefault(one.unit, []).append(one.key)
    return max(units.values(), key=len)[:count]


def _free(one: Person, subject: Person, above: Person) -> bool:
    line = {subject.key, above.key, above.superior}
    return one.key not in line and not one.duties and not one.external and one.serves_on(OPENING)


def people_file() -> bytes:
    """The demo's people file with the duties of `staffed`."""
    duties = {one.person_id: one.duties for one in staffed().segments if any(_serving(one))}
    rows = list(csv.reader(io.StringIO((ROOT / "workflows/examples/people-demo.csv").read_text("utf-8"))))
    number, tasks = rows[0].index("nip"), rows[0].index("tugas")
    for row in rows[1:]:
        found = [one for one in duties.get(row[number], ()) if one.startswith("committee:")]
        row[tasks] = "; ".join([*filter(None, [row[tasks]]), *found])
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


def _serving(one: Person) -> list[str]:
    return [duty for duty in one.duties if duty.startswith("committee:")]


def members(people: Chart, name: str) -> list[str]:
    """The keys of a committee, in the order in which they are asked."""
    found = [one for one in people.people(OPENING) if f"committee:{name}" in one.duties]
    return [one.key for one in sorted(found, key=lambda one: one.person_id)]


def asked(world: World) -> dict[str, str]:
    """Who is asked, and how each of them stands."""
    gathering = world.case.gathering
    assert gathering is not None, world.case.state
    return {one.person: one.state for one in gathering.asked}


def signing(people: Chart | None = None) -> World:
    """A case whose plan waits for the signatures of the employee and of the rater."""
    world = World(definition=GATHERING, people=people or staffed())
    world.fire("submit", plan=PLAN)
    return world


def both(world: World) -> tuple[str, str]:
    """Employee and rater, as they are asked."""
    employee, rater = asked(world)
    return employee, rater


def answering(people: Chart | None = None) -> World:
    """A case that asks four peers for their views, without names."""
    world = signing(people)
    for person in both(world):
        world.fire("sign", by=person)
    return world


def view(marks: int, comment: str = "") -> dict[str, object]:
    """A peer's view."""
    return {"marks": marks, "comment": comment} if comment else {"marks": marks}
