"""A small agency over a real database, with a clock that tests move: three people, one of whom is appraised."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from pathlib import Path

from engine.core.command import TIMER
from engine.core.parse import read
from engine.core.roster import Roster, read_roster
from engine.core.source import read_yaml
from engine.outbox import Outbox
from engine.runtime import Engine
from engine.store import StoredDefinition
from engine.store.database import Database
from notifications.channels import MailServer, SmtpChannel
from notifications.dispatch import Dispatched, dispatch
from tests.worlds import ROOT, calendar

MINUTE = 60_000_000
HOUR = 60 * MINUTE
ZONE = "Asia/Makassar"
BASE_URL = "https://siklus.test"
HEADER = "person_id,name,unit,position,superior,zone,email,kind,scheme,valid_from,duties,language"
TOP = "TOP,Rusman Daeng,Kabupaten,Bupati,,WITA,,external,own,2020-01-01,,id"
HEAD = "HEAD,Yusuf Hakim,Dinas,Kepala Dinas,TOP,WITA,yusuf@dinas.test,PPPK,own,2020-01-01,head,en"
DESK = "DESK,Ani Lestari,Dinas,Kepegawaian,HEAD,WITA,ani@dinas.test,PPPK,own,2020-01-01,desk:personnel,id"
SITI = "SITI,Siti Aminah,Dinas,Analis,HEAD,WITA,siti@dinas.test,PNS,own,2020-01-01,,id"
BUDI = "BUDI,Budi Santoso,Dinas,Analis,HEAD,WITA,budi@dinas.test,PNS,own,2020-01-01,,en"


@dataclass
class Hands:
    """A clock that stands still until it is moved."""

    at: int

    def now(self) -> int:
        """The instant it shows."""
        return self.at


@dataclass
class Office:
    """An agency at work, and its outbox."""

    database: Database
    clock: Hands
    engine: Engine
    outbox: Outbox
    keys: dict[str, str] = field(default_factory=dict)

    def dispatch(self, channel: object, **more: object) -> Dispatched:
        """One pass with this channel."""
        return dispatch(self.engine, self.outbox, channel, self.clock, base_url=BASE_URL, **more)

    def pass_days(self, day: date) -> None:
        """Let time pass to 08:00 of a day, everything ringing when it was due."""
        target = calendar().start_of(day, ZONE) + 8 * HOUR
        while (following := self.engine.next_at()) is not None and following <= target:
            self.clock.at = max(following, self.clock.at)
            self.engine.fire_due()
        self.clock.at = target

    def outcomes(self, person: str) -> list[tuple[str, str]]:
        """Kind and outcome of everything a person was told, oldest first; "" waits."""
        letters = self.engine.messages(self.keys[person])
        return [(one.kind, one.outcome if one.settled_at is not None else "") for one in reversed(letters)]

    def case_of(self, person: str) -> str:
        """The case of a person."""
        return self.engine.cases(subject=self.keys[person])[0].id


def roster_of(*people: str) -> Roster:
    """A people file of these lines, with an official outside at the top."""
    numbers = count(1)
    data = "\n".join((HEADER, TOP, *people)).encode()
    return read_roster(data, "people.csv", keys={}, new_key=lambda: f"p-{next(numbers):04d}")


def open_office(folder: Path, *people: str, kind: str = "real") -> Office:
    """An agency of these people, launched on 5 January 2026: whoever is appraised has a task."""
    database = Database.create(f"sqlite:///{folder / 'office.db'}", kind)
    clock = Hands(at=calendar().start_of(date(2026, 1, 5), ZONE) + 8 * HOUR)
    engine = Engine(database, clock)
    path = ROOT / "workflows/calendars/id-asn.yaml"
    engine.add_calendar(read_yaml(path.read_text(encoding="utf-8"), path.name).values)
    rules, texts = (
        (ROOT / f"tests/definitions/{name}").read_text(encoding="utf-8")
        for name in ("small.yaml", "small.texts.yaml")
    )
    roster = roster_of(*people)
    engine.import_people(roster, actor=TIMER)
    definition = read(rules, texts)
    with database.write() as unit:  # these offices have no desk of two people who could approve it
        unit.put_definition(
            StoredDefinition(
                digest=definition.digest,
                workflow=definition.workflow,
                version=definition.version,
                source=definition.source,
                published_at=clock.at,
            )
        )
    engine.launch("small", opens=date(2026, 1, 5), year=2026, actor=TIMER)
    keys = {one.person_id: one.key for one in roster.people}
    return Office(database, clock, engine, Outbox(database, os.urandom), keys)


def by_smtp(port: int, **more: object) -> SmtpChannel:
    """A channel to a server on this machine."""
    given = {
        "host": "127.0.0.1",
        "port": port,
        "sender": "Siklus <siklus@dinas.test>",
        "timeout_seconds": 5.0,
    }
    return SmtpChannel(MailServer(**{**given, **more}))
