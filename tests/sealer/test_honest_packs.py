"""Packs of agencies that did nothing wrong: keys rotated and retired, words erased, logs begun again, all or parts."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from engine import verify
from engine.core.privacy.erasing import Scope
from engine.core.privacy.official import Official
from engine.core.sealing.checkpoints import checkpoint_of
from engine.core.sealing.notes import note_of
from engine.runtime import Engine
from engine.sealer import export, opened, restart, retire, rotate, streams_of
from engine.sealer.opening import origin_of
from engine.store import Database
from engine.verify import NAMES, VERIFIED, WITH_ERASURES
from tests.privacy.conftest import people_of
from tests.runtime.conftest import HandClock
from tests.sealer.lived import MINUTE, WORDS, Day, Lived
from tests.store.raw import Raw

ACTS = ("told", "sealed", "rotated", "retired", "restarted", "erased", "exported")


class Keeper:
    """Whoever runs an agency honestly for some minutes, and what an auditor knows of it meanwhile."""

    def __init__(self, day: Day, older: bytes, rng: Random) -> None:
        self.day, self.rng, self.older = day, rng, older
        self.clock = HandClock()
        self.clock.instant = day.now
        self.database = Database(day.url)
        #: the keys that the log has had since it has its name
        self.keys = [str(one.public) for one in day.keyring.signers()]

    def sealer(self):
        return opened(self.database, self.day.keyring.path, origin="", host="here", chance=bytes)

    def do(self, act: str) -> None:
        self.clock.instant += MINUTE
        getattr(self, act)(self.clock.instant)
        new = [str(one.public) for one in self.day.keyring.signers()]
        self.keys = list(dict.fromkeys([*self.keys, *new]))

    def told(self, now: int) -> None:
        with self.database.write() as unit:
            for _ in range(self.rng.randrange(1, 40)):
                unit.append("people", "imported", now, {"rows": self.rng.randrange(1, 99)})

    def sealed(self, now: int) -> None:
        self.sealer().seal(now)

    def rotated(self, now: int) -> None:
        rotate(self.database, self.sealer(), self.day.keyring, now, actor="operator")

    def retired(self, now: int) -> None:
        retire(self.database, self.day.keyring, now, actor="operator")

    def restarted(self, now: int) -> None:
        name = f"agency.example/appraisal-{now}"
        restart(self.database, self.day.keyring.path, name, now, actor="operator", reason="Pindah server")
        self.keys, self.older = [], b""

    def erased(self, now: int) -> None:
        engine = Engine(self.database, self.clock, self.clock)
        people = people_of(engine)[0]
        desk, second = (Official(person=one) for one in people)
        over = [one.id for one in engine.cases(limit=1000) if one.ended and one.subject not in people]
        scope = Scope(cases=(self.rng.choice(over),), classes=WORDS)
        asked = engine.privacy.erasures.ask(scope, "request", who=desk, reason="Sesuai permohonan")
        engine.privacy.erasures.approve(asked.id, who=second, reason="Diperiksa")

    def exported(self, now: int) -> None:
        self.pack(now, self.day.folder / "between.zip")

    def pack(self, now: int, path: Path) -> frozenset[str] | None:
        """A pack of everything, of some cases, or of a unit."""
        with closing(Raw(self.day.url)) as raw:
            cases = raw.run("SELECT id, unit FROM cases ORDER BY id")
        some = self.rng.sample(cases, self.rng.randrange(1, 5))
        how = self.rng.choice(["--all", "--case", "--unit"])
        streams = None
        if how == "--case":
            streams = streams_of(self.database, cases=[case for case, _ in some])
        elif how == "--unit":
            streams = streams_of(self.database, units=[some[0][1]])
        export(
            self.database, self.sealer(), path, now + MINUTE, streams=streams, with_words=self.rng.random() < 0.7,
            actor="operator", since=checkpoint_of(note_of(self.older)) if self.older else None,
        )  # fmt: skip
        return streams

    def gone(self, streams: frozenset[str] | None) -> int:
        """How many words of these streams were erased."""
        with closing(Raw(self.day.url)) as raw:
            rows = raw.run("SELECT stream FROM erased")
        return sum(streams is None or stream in streams for (stream,) in rows)


def alarms(numbers: range, lived: Lived, folder: Path) -> list[tuple[int, str]]:
    """What is said of honest packs that should not be."""
    found = []
    for number in numbers:
        rng = Random(f"honest/{number}")
        at = rng.randrange(len(lived.days))
        keeper = Keeper(lived.days[at].copy(folder / "honest"), lived.kept[rng.randrange(at + 1)], rng)
        keeper.keys += [one for one in lived.policy.decode().split() if "+" in one]
        with keeper.database:
            for _ in range(rng.randrange(4)):
                keeper.do(rng.choice(ACTS))
            path = folder / "honest.zip"
            streams = keeper.pack(keeper.clock.instant, path)
            name = origin_of(keeper.database)
        logs = [f"log {one}\n" for one in dict.fromkeys(keeper.keys) if one.startswith(f"{name}+")]
        policy = "".join([*logs, "quorum none\n"]).encode()
        about = sorted(streams or ())
        verdict = verify.verify(str(path), policy, keeper.older or None, about)
        erased = keeper.gone(streams)
        wanted = WITH_ERASURES if erased else VERIFIED
        if (verdict.code, verdict.facts.get("erased")) != (wanted, erased):
            found.append((number, "; ".join((NAMES[verdict.code], *verdict.reasons))))
    return found


def test_honest_packs_raise_no_alarm(lived: Lived, tmp_path: Path) -> None:
    """Four agencies that go on for some minutes from a day of theirs."""
    assert [] == alarms(range(4), lived, tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("share", range(4))
def test_two_hundred_honest_packs_raise_no_alarm(share: int, lived: Lived, tmp_path: Path) -> None:
    """Rotation, retirement, erasure, a log begun again; `--all`, `--case`, `--unit`, with words and without."""
    assert [] == alarms(range(share * 50, share * 50 + 50), lived, tmp_path)
