"""Packs that are asked for at the same moment: each tells of its own export, and nobody is accused of anything."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from engine import verify
from engine.sealer import Sealer, export
from engine.sealer.sealing import Sealing
from engine.store import sealing
from engine.verify import NAMES
from tests.sealer.conftest import ORIGIN, House
from tests.sealer.packs import policy_of
from tests.store.cases import handing_in

HOUR = 3_600_000_000


@dataclass(frozen=True)
class Desk:
    """A log, and a place for packs of it."""

    house: House
    folder: Path

    def export(self, name: str, *streams: str, sealer: Sealer | None = None) -> Path:
        """A pack of these streams, or of everything, by a sealer of its own as another process has one."""
        path = self.folder / f"{name}.zip"
        export(
            self.house.bench.db, sealer or self.house.sealer(), path, HOUR, streams=frozenset(streams) or None,
            with_words=True, actor=name,
        )  # fmt: skip
        return path

    def verdict(self, pack: Path) -> tuple[str, str]:
        """What the verifier says of it."""
        said = verify.verify(str(pack), policy_of(self.house.keyring), None)
        return NAMES[said.code], "; ".join(said.reasons)

    def exports_told(self) -> list[str]:
        """By whom the log says that packs were handed out, in its order."""
        with self.house.bench.db.read() as view:
            size = sealing.size(view.driver)
            found = sealing.leaves_of_kind(view.driver, "log", "exported", size)
        return [str(body).partition('"account":"')[2].partition('"')[0] for _, body in found]


@pytest.fixture
def desk(house: House, tmp_path: Path) -> Desk:
    for case in house.bench.cases("c-01", "c-02"):
        house.bench.save(handing_in(case))
    house.tell(3)
    house.sealer().seal(0)
    return Desk(house, tmp_path)


class Overtaken(Sealer):
    """A sealer before which, at a chosen moment, somebody else does something, once."""

    before_heads: Any = None
    before_signing: Any = None

    def seal_heads(self, now: int, **more: Any) -> Sealing:
        """As it is, after what comes between."""
        between, self.before_heads = self.before_heads, None
        if between is not None:
            between()
        return super().seal_heads(now, **more)

    def _sign(self, now: int, *more: Any, **named: Any) -> Any:
        between = self.before_signing if self._told_heads() else None
        if between is not None:
            self.before_signing = None
            between()
        return super()._sign(now, *more, **named)

    def _told_heads(self) -> bool:
        with self._database.read() as view:
            size = sealing.size(view.driver)
            return bool(sealing.leaves_of_kind(view.driver, "log", "heads", size, last=True))


def overtaken(desk: Desk) -> Overtaken:
    house = desk.house
    return Overtaken(house.bench.db, house.keyring, house.memory, ORIGIN)


@pytest.mark.parametrize("mine", [(), ("case/c-01",)], ids=["everything", "a case"])
@pytest.mark.parametrize("moment", ["before_heads", "before_signing"])
def test_an_export_between_another_and_its_seal_accuses_nobody(
    desk: Desk, mine: tuple[str, ...], moment: str
) -> None:
    """Each pack is verified by the entry of its own export, whoever else was handed something meanwhile."""
    sealer, others = overtaken(desk), []
    setattr(sealer, moment, lambda: others.append(desk.export("other", "case/c-02")))

    pack = desk.export("mine", *mine, sealer=sealer)

    assert [("VERIFIED", "")] * 2 == [desk.verdict(one) for one in (pack, *others)]
    assert {"mine", "other"} == set(desk.exports_told())


def test_a_seal_between_an_export_and_its_signature_leaves_the_end_shown(desk: Desk) -> None:
    """A worker that seals what came meanwhile signs a longer log; the pack's ends are told of that one then."""

    def work() -> None:
        desk.house.tell(2, at=5_000)
        desk.house.sealer().seal(HOUR)

    sealer = overtaken(desk)
    sealer.before_signing = work

    assert ("VERIFIED", "") == desk.verdict(desk.export("mine", "case/c-01", sealer=sealer))


def test_many_who_export_at_once_get_packs_that_verify(desk: Desk) -> None:
    """Four at one barrier, for everything and for parts."""
    asked: Mapping[str, tuple[str, ...]] = {
        "one": (), "two": ("case/c-01",), "three": ("case/c-02",), "four": ("people",)
    }  # fmt: skip
    gate, made, failures = threading.Barrier(len(asked)), {}, []

    def ask(name: str) -> None:
        gate.wait()
        try:
            made[name] = desk.export(name, *asked[name])
        except Exception as error:  # noqa: BLE001 - told by the test, whatever it is
            failures.append(error)

    threads = [threading.Thread(target=ask, args=(name,)) for name in asked]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert [] == failures
    assert dict.fromkeys(asked, ("VERIFIED", "")) == {name: desk.verdict(pack) for name, pack in made.items()}
