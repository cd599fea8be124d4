"""The demo's agency: made once, found again afterwards, and who in it is worth being."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path

from api.shipped import add_shipped_calendars, demo_people, shipped_definition
from engine.core.command import OPERATOR
from engine.core.roster import read_roster
from engine.errors import StoreUnusable
from engine.runtime import Engine
from engine.sealer import files_of, key_file_of
from engine.store.database import Database

#: where the demo lives unless it is told otherwise
PLACE = ".siklus/demo.db"
WORKFLOW = "asn-tahunan"
OPENS = date(2025, 12, 1)
YEAR = 2026

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


def settle_agency(engine: Engine, *, told: Callable[[str], object]) -> int:
    """Put calendar, definition and people in place and launch the cycle, unless all that is done; cases launched."""
    if engine.cycles():
        return 0
    told("Adding the calendar and the definition.")
    add_shipped_calendars(engine)
    source = shipped_definition(WORKFLOW)
    engine.publish(source.rules, source.texts, name=source.name, texts_name=source.texts_name, actor=OPERATOR)
    told("Importing the people of the agency.")
    content, name = demo_people()
    numbers = count(1)
    roster = read_roster(content, name, keys=engine.person_keys(), new_key=lambda: f"p-{next(numbers):03}")
    engine.import_people(roster, actor=OPERATOR)
    told("Launching the annual cycle.")
    return engine.launch(WORKFLOW, opens=OPENS, year=YEAR, actor=OPERATOR).launched


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
