"""The demo's agency: made once, found again afterwards, and who in it is worth being."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path

from api.demo_clock import ZONE
from api.demo_cycles import OFFERS, OPENS, YEAR, offer_of, publish_shipped
from api.shipped import add_shipped_calendars, demo_people
from engine.core.command import OPERATOR
from engine.core.roster import read_roster
from engine.core.zones import local_date
from engine.errors import StoreUnusable
from engine.runtime import Engine
from engine.sealer import files_of, key_file_of
from engine.store.database import Database

#: where the demo lives unless it is told otherwise
PLACE = ".siklus/demo.db"
WORKFLOW = "asn-tahunan"

#: rows of the people file (officials outside the agency are not counted) and why to be that person
WORTH_BEING = (
    (9, "an employee: drafts a plan, reports, may object"),
    (3, "that employee's rater: agrees, signs, rates"),
    (6, "a performance manager: checks plans, and drafts them for those who do not"),
    (21, "the personnel desk: sees every case, extends, reassigns, exempts"),
    (32, "acts for the vacant post of the head of health"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A person of the demo's people file: their row (0: an official outside the agency), and their key."""

    row: int
    key: str
    person_id: str
    name: str
    position: str


def open_demo(url: str, *, fresh: bool, told: Callable[[str], object]) -> Database:
    """The demo's database: the one that is there, or a new one; `fresh` removes the one that is there.

    `told` hears what is done. Raises: StoreUnusable, if what is there is no demo.
    """
    path = file_of(url)
    if fresh and path is not None and Database.exists(url):
        _remove(url, path)
        told(f"Removed the demo in {path}.")
    elif fresh and path is None and Database.exists(url):
        raise StoreUnusable(
            "a demo on a server is not removed from here; drop its database and make it again"
        )
    if not Database.exists(url):
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
        told(f"Making a demo database in {path or 'the database you named'}.")
        return Database.create(url, "demo")
    return demand_demo(Database(url))


def demand_demo(database: Database) -> Database:
    """The database, if it is a demo's. Raises: StoreUnusable."""
    if database.kind == "demo":
        return database
    name = database.name
    database.close()
    raise StoreUnusable(
        f"{name} is a real database, not a demo, and was left as it is; name another place with --database"
    )


def settle_agency(engine: Engine, *, told: Callable[[str], object], cycle: str = "") -> int:
    """Put calendars, definitions and people in place and launch a cycle, unless all that is done; cases launched.

    Without a name it is the annual cycle, and nothing is done where any cycle is launched. Named, it joins those that
    are. Raises: NotFound, StoreUnusable if it is for other people than those of this demo.
    """
    if not cycle and engine.cycles():
        return 0
    offer = offer_of(cycle or WORKFLOW)
    launched = {engine.definition(one.definition).workflow for one in engine.cycles()}
    left = [one for one in offer.launches if one not in launched]
    if not left:
        return 0
    content, name = demo_people(offer.people)
    numbers = count(1)

    def new_key() -> str:
        if launched:
            raise StoreUnusable(
                f"{cycle} is for other people than those of this demo; start again with --fresh"
            )
        return f"p-{next(numbers):03}"

    roster = read_roster(content, name, keys=engine.person_keys(), new_key=new_key)
    told("Adding the calendar and the definitions.")
    add_shipped_calendars(engine)
    for one in left:
        publish_shipped(engine, one)
    if not launched:
        told("Importing the people of the agency.")
        engine.import_people(roster, actor=OPERATOR)
    told("Launching the annual cycle." if not cycle else f"Launching {cycle}.")
    return sum(_launch(engine, one, offer.opens) for one in left)


def _launch(engine: Engine, workflow: str, first: date) -> int:
    """Launch it as of the demo's day, for the part of its year in which that day is; cases launched."""
    every = engine.definition(engine.in_force(workflow).digest).period.every
    today = max(local_date(engine.now(), ZONE), first)
    inside = max(today, date(YEAR, 1, 1))
    part = {"quarter": (inside.month + 2) // 3, "month": inside.month}.get(every)
    opens = OPENS if workflow == WORKFLOW else today
    return engine.launch(workflow, opens=opens, year=inside.year, part=part, actor=OPERATOR).launched


def worth_being(engine: Engine) -> tuple[tuple[Member, str], ...]:
    """Who of the demo's agency is worth being, and why; nobody where other people live another cycle."""
    workflows = {engine.definition(one.definition).workflow for one in engine.cycles()}
    if any(OFFERS[one].people != OFFERS[WORKFLOW].people for one in workflows & OFFERS.keys()):
        return ()
    by_row = {one.row: one for one in members(engine)}
    return tuple((by_row[row], why) for row, why in WORTH_BEING)


def members(engine: Engine) -> tuple[Member, ...]:
    """The people of the demo's file, in its order."""
    content, name = demo_people()
    known = engine.person_keys()
    found: dict[str, Member] = {}
    rows = count(1)
    for person in read_roster(content, name, keys=known, new_key=_nobody).people:
        if person.key not in found:
            found[person.key] = Member(
                row=0 if person.external else next(rows),
                key=person.key,
                person_id=person.person_id,
                name=person.name,
                position=person.position,
            )
    return tuple(found.values())


def file_of(url: str) -> Path | None:
    """The file a database is in; None if a server keeps it."""
    scheme, colon, rest = url.partition("://")
    if not colon:
        return Path(url).expanduser()
    return Path(rest.removeprefix("/")).expanduser() if scheme == "sqlite" else None


def _remove(url: str, path: Path) -> None:
    """Remove a demo's file and what the engine keeps beside it; never anything but a demo."""
    try:
        with demand_demo(Database(url)) as demo:
            of_log = files_of(key_file_of(demo))
    except StoreUnusable as unusable:
        # Of what kind a database is can only be read when it can be opened: nothing is removed on a guess.
        raise StoreUnusable(f"{unusable.message}; nothing was removed") from None
    for ending in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
    for one in of_log:
        one.unlink(missing_ok=True)


def _nobody() -> str:
    raise StoreUnusable("this demo was made from another people file; start again with: siklus demo --fresh")
