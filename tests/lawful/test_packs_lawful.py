"""A forged act that is properly chained, sealed and exported: nothing was changed, and the second report names it."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from dataclasses import replace as with_values
from pathlib import Path
from typing import Any

import pytest

from engine.core.audit import entry
from engine.core.codec import decode, replace
from engine.core.command import Actor, Fire
from engine.core.effects import Step
from engine.core.step import step
from engine.runtime.replaying import replayed
from engine.sealer import Keyring, Memory, Sealer, export
from tests.runtime.conftest import NOBODY, OPENING, Agency, HandClock, set_up
from tests.sealer.packs import policy_of
from tests.worlds import ordinary

ORIGIN = "agency.example/appraisal"
HOUR = 3_600_000_000
GOALS = {"plan": {"goals": [{"title": "Melayani", "weight": 100}]}}


@dataclass
class House:
    """An installation with a case, and what seals it."""

    agency: Agency
    sealer: Sealer
    folder: Path
    case: str
    subject: str

    def judged(self) -> tuple[int, dict[str, Any]]:
        """How the verifier of a pack of that case exits, alone in a folder, and what it says."""
        path = self.folder / "pack.zip"
        export(
            self.agency.engine.database, self.sealer, path, self.agency.clock.now() + HOUR,
            streams=frozenset({f"case/{self.case}", "definitions"}), with_words=True, actor="operator",
        )  # fmt: skip
        with zipfile.ZipFile(path) as pack:
            (self.folder / "verify.py").write_bytes(pack.read("verify.py"))
        (self.folder / "policy.txt").write_bytes(policy_of(self.sealer.keyring))
        asked = [
            sys.executable,
            "-I",
            "-S",
            "verify.py",
            "pack.zip",
            "--policy",
            "policy.txt",
            "--lawful",
            "--json",
        ]
        done = subprocess.run(asked, cwd=self.folder, capture_output=True, text=True, check=False)
        assert not done.stderr
        return done.returncode, json.loads(done.stdout)

    def handed_in(self) -> Step:
        """The step of handing in, before it is written."""
        engine = self.agency.engine
        with engine.database.read() as view:
            case = view.load(self.case)
            assert case is not None
            machine = engine._library.machine(view, case.definition)
            command = Fire(trigger="submit", actor=Actor(person=self.subject), forms=GOALS)
            return step(machine, case, command, engine._library.scene(view, machine, case))

    def save(self, done: Step) -> None:
        """Write a step as it is."""
        with self.agency.engine.database.write() as unit:
            unit.save([done])


def forged(done: Step, changed: Mapping[str, Any]) -> Step:
    """The step as somebody with the keys to everything would tell it: other facts, whole bytes, a right chain."""
    told = {**decode(done.entry.body), **changed}
    made = entry(done.case.stream, done.entry.seq, done.entry.prev, done.entry.kind, done.entry.at, told)
    return with_values(done, entry=made, case=replace(done.case, head=made.hash))


@pytest.fixture(name="house")
def _house(tmp_path: Path) -> Iterator[House]:
    clock = HandClock()
    engine = set_up(str(tmp_path / "siklus.db"), clock, definition="tests/definitions/small")
    engine.launch("small", opens=OPENING, actor=NOBODY)
    keyring = Keyring(tmp_path / "siklus-log.key")
    keyring.make(ORIGIN)
    sealer = Sealer(engine.database, keyring, Memory(tmp_path / "siklus-log.signed"), ORIGIN)
    subject = ordinary(engine.chart).key
    case = engine.cases(subject=subject)[0].id
    yield House(Agency(url="", clock=clock, engine=engine), sealer, tmp_path, case, subject)
    engine.database.close()


def test_an_honest_case_is_verified_and_lawful(house: House) -> None:
    house.save(house.handed_in())
    code, told = house.judged()

    assert (0, "VERIFIED", "LAWFUL") == (code, told["verdict"], told["law"]["verdict"])
    assert (1, 2, []) == (told["law"]["cases"], told["law"]["entries"], told["law"]["not judged"])


def test_a_forged_act_is_verified_and_unlawful(house: House) -> None:
    """The first report sees whole bytes in a signed log; the second sees that the act was not that person's."""
    house.save(forged(house.handed_in(), {"actor": {"person": "p-0001"}}))
    code, told = house.judged()

    assert (10, "VERIFIED", "UNLAWFUL") == (code, told["verdict"], told["law"]["verdict"])
    breach = told["law"]["told"][0]
    assert (f"case/{house.case}", 2, "role") == (breach["stream"], breach["seq"], breach["rule"])
    assert f"it is held by {house.subject}" == breach["lawful"]


def test_a_row_that_is_not_what_its_entries_say_is_named(house: House) -> None:
    """With the entry that last told the field, and both values."""
    database = house.agency.engine.database
    assert [] == replayed(database).differences
    done = house.handed_in()
    house.save(with_values(done, case=replace(done.case, opened_at=7, unit="Elsewhere")))
    found = replayed(database, (house.case,)).differences

    assert {"opened_at": (1, 7, done.case.opened_at), "unit": (1, "Elsewhere", done.case.unit)} == {
        one.field: (one.entry, one.live, one.rebuilt) for one in found
    }
