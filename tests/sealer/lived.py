"""An agency that has lived: its log sealed on several days, under two keys, with an erasure and with packs handed out.

Made once for all attacks on it and only read; whoever attacks a database gets a copy of a whole day's folder.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from engine import verify
from engine.core.command import Actor
from engine.core.privacy.erasing import Scope
from engine.core.privacy.official import Official
from engine.core.sealing.checkpoints import Checkpoint, checkpoint_of
from engine.core.sealing.notes import Note, note_of
from engine.errors import LogDamaged, StoreUnusable
from engine.runtime import Engine
from engine.sealer import Keyring, Sealer, export, latest_note, opened, retire, rotate
from engine.sealer.keyring import SigningKey
from engine.store import Database
from engine.verify import NAMES, VERIFIED, WITH_ERASURES
from tests.privacy.conftest import people_of
from tests.runtime.conftest import NOBODY, OPENING, Agency, HandClock, set_up
from tests.sealer.packs import Files, policy_of, put_together, witness
from tests.sealer.packs import opened as unpacked
from tests.store.raw import Raw

__all__ = ["MINUTE", "ORIGIN", "WORDS", "Day", "Lived", "cosigned", "live", "noticed", "verdict_on"]

ORIGIN = "agency.example/appraisal"
MINUTE = 60_000_000
_DAYS = (date(2025, 12, 10), date(2025, 12, 20), date(2026, 1, 10), date(2026, 2, 1))
WORDS = ("forms", "answers", "journals", "files", "reasons", "evidence", "letters", "requests")


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A folder with all that an installation is: database, keys, what was last signed; and the time of its clock."""

    folder: Path
    now: int

    @property
    def url(self) -> str:
        """Where the database is."""
        return str(self.folder / "siklus.db")

    def copy(self, folder: Path) -> Day:
        """The same elsewhere, to be spoilt."""
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.folder, folder)
        return Day(folder=folder, now=self.now)

    @property
    def keyring(self) -> Keyring:
        """The keys that sign."""
        return Keyring(self.folder / "siklus-log.key")

    def sealer(self, database: Database) -> Sealer:
        """A sealer that has just started."""
        return opened(database, self.keyring.path, origin=ORIGIN, host="here", chance=bytes)

    def note(self) -> Note:
        """The newest checkpoint."""
        with Database(self.url) as database:
            found = latest_note(database)
        assert found is not None
        return found

    @contextmanager
    def as_insider(self) -> Iterator[Raw]:
        """Somebody with all rights to the database: no guard is left, and all stand there again afterwards."""
        with closing(Raw(self.url)) as raw:
            guards = raw.run("SELECT sql FROM sqlite_master WHERE type = 'trigger'")
            raw.run("BEGIN")
            raw.drop_guards()
            yield raw
            for (text,) in guards:
                raw.run(text)
            raw.run("COMMIT")

    def told(self) -> list[tuple[int, str, int, bytes]]:
        """What is sealed: number of the leaf, stream, number in it, bytes."""
        with closing(Raw(self.url)) as raw:
            return [
                (idx, stream, seq, bytes(body))
                for idx, stream, seq, body in raw.run(
                    "SELECT idx, leaf.stream, leaf.seq, body FROM leaf JOIN entry USING (stream, seq) ORDER BY idx"
                )
            ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lived:
    """The agency's days, the last of them with everything; packs of it; what an auditor has of their own."""

    days: tuple[Day, ...]
    #: the checkpoints that an auditor kept, one of each day
    kept: tuple[bytes, ...]
    whole: Files
    part: Files
    #: what the part is about
    streams: tuple[str, ...]
    witness: SigningKey
    policy: bytes
    #: the same, with the witness asked for
    strict: bytes

    @property
    def last(self) -> Day:
        """The last day."""
        return self.days[-1]


def live(folder: Path, people: bytes | None = None) -> Lived:
    """An agency from its launch to the end of its year, of the demo's twenty-five people or of others."""
    folder.mkdir(parents=True, exist_ok=True)
    now = folder / "now"
    now.mkdir()
    clock = HandClock()
    engine = set_up(str(now / "siklus.db"), clock, definition="tests/definitions/small", people=people)
    engine.launch("small", opens=OPENING, actor=NOBODY)
    agency = Agency(url=engine.database.name, clock=clock, engine=engine)
    place = Day(folder=now, now=clock.now())
    sealer = place.sealer(engine.database)
    keys = [one.public for one in place.keyring.signers()]
    days: list[Day] = []
    for number, day in enumerate(_DAYS):
        _work(engine, number)
        agency.hop_to(day)
        sealer.seal_heads(clock.now())
        if number == 1:
            keys.append(rotate(engine.database, sealer, place.keyring, clock.now(), actor="operator"))
        elif number == 2:
            _erase(engine)
            retire(engine.database, place.keyring, clock.now(), actor="operator")
        sealer.seal(clock.now())
        _closed(engine)
        days.append(Day(folder=now, now=clock.now()).copy(folder / f"day-{number}"))
        engine = Engine(Database(agency.url), clock, clock)
        agency.engine, sealer = engine, place.sealer(engine.database)
    person = people_of(engine)[1]
    case = engine.cases(subject=person)[0].id
    streams = (f"case/{case}", "definitions", "people")
    _closed(engine)
    return _handed_out(folder, tuple(days), streams, keys)


def _closed(engine: Engine) -> None:
    """Close, so that the file is all there is."""
    engine.database.close()


def _work(engine: Engine, day: int) -> None:
    """On the first day many hand in their plans; each day one more is exempted, for a reason."""
    desk = people_of(engine)[0]
    cases = engine.cases(limit=1000)
    for case in cases[:12] if day == 0 else ():
        plan = {"plan": {"goals": [{"title": f"Sasaran {case.id}", "weight": 100}]}}
        engine.fire(case.id, "submit", actor=Actor(person=case.subject), forms=plan, key=f"k-{case.id}")
    for case in [one for one in cases if one.subject not in desk and not one.ended][:1]:
        engine.fire(case.id, "exempt", actor=Actor(person=desk[0]), reason=f"Alasan {case.id}")


def _erase(engine: Engine) -> None:
    """The words of a case that is over go, asked for by one of the desk and approved by another."""
    officials = people_of(engine)[0]
    desk, second = (Official(person=one) for one in officials)
    over = next(one for one in engine.cases(limit=1000) if one.ended and one.subject not in officials)
    erasures = engine.privacy.erasures
    scope = Scope(cases=(over.id,), classes=WORDS)
    asked = erasures.ask(scope, "request", who=desk, reason="Sesuai permohonan")
    erasures.approve(asked.id, who=second, reason="Diperiksa")


def _handed_out(
    folder: Path, days: tuple[Day, ...], streams: tuple[str, ...], keys: Iterable[object]
) -> Lived:
    """Two packs, made of a copy so that the last day is as it was."""
    place = days[-1].copy(folder / "handed-out")
    kept = tuple(str(day.note()).encode() for day in days)
    since = checkpoint_of(note_of(kept[0]))
    with Database(place.url) as database:
        whole = made(database, place, folder / "whole.zip")
        part = made(database, place, folder / "part.zip", streams=frozenset(streams), since=since)
    seen = witness("w1.example")
    logs = "".join(f"log {one}\n" for one in keys).encode()
    return Lived(
        days=days, kept=kept, whole=whole, part=part, streams=streams, witness=seen,
        policy=logs + b"quorum none\n",
        strict=logs + policy_of(place.keyring, seen, quorum="w1").split(b"\n", 1)[1],
    )  # fmt: skip


def made(
    database: Database,
    place: Day,
    path: Path,
    streams: frozenset[str] | None = None,
    since: Checkpoint | None = None,
) -> Files:
    """The files of a pack with words."""
    export(
        database, place.sealer(database), path, place.now + MINUTE, streams=streams, with_words=True,
        actor="operator", since=since,
    )  # fmt: skip
    return unpacked(path)


def cosigned(lived: Lived, files: Files) -> Files:
    """The pack with the witness's line under its checkpoint."""
    note = note_of(files["checkpoint"])
    return files | {
        "checkpoint": str(lived.witness.signed(note, checkpoint_of(note), 1_700_000_000)).encode()
    }


def verdict_on(
    files: Files, folder: Path, policy: bytes, older: bytes | None = None, about: Iterable[str] = ()
) -> tuple[int, str]:
    """What the verifier says of files that are made a pack: its number, and everything in words."""
    found = verify.verify(str(put_together(files, folder / "spoilt.zip")), policy, older, tuple(about))
    return found.code, "; ".join((NAMES[found.code], *found.reasons))


def noticed(day: Day, policy: bytes, older: bytes | None) -> str:
    """What comes to light of a database: by its own check, by a pack that is asked for, by whoever verifies that."""
    found: list[str] = []
    pack = day.folder / "asked.zip"
    with Database(day.url) as database, database.read() as view:
        found += view.verify()
    with Database(day.url) as database:
        try:
            export(
                database,
                day.sealer(database),
                pack,
                day.now + MINUTE,
                streams=None,
                with_words=True,
                actor="operator",
            )
        except (LogDamaged, StoreUnusable) as error:
            return "; ".join((*found, *getattr(error, "problems", ()), str(error)))
    verdict = verify.verify(str(pack), policy, older)
    if verdict.code in (VERIFIED, WITH_ERASURES):
        return "; ".join(found)
    return "; ".join((*found, NAMES[verdict.code], *verdict.reasons))
