"""Known answers for work shared between processes: who does what, when it is handed on, and that it is done anyway.

The other processes are played here, so that each claim holds at every pace; `pieces.py` starts true ones.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from engine import verify
from engine.lawful import report
from engine.lawful.report import Share

__all__ = ["ANSWERS_ON_HANDS"]


class _Promise:
    """What another process has promised to do, and does when it is told to."""

    def __init__(self, work: Callable[[Any], object], piece: object, *, dies: bool) -> None:
        self._work, self._piece, self._dies, self.ready = work, piece, dies, False

    def done(self) -> bool:
        return self.ready

    def result(self) -> object:
        if self._dies:
            raise OSError
        return self._work(self._piece)


class _Pool:
    """Other processes that are played."""

    def __init__(self, *, ready: Sequence[object] = (), dies: bool = False, refuses: bool = False) -> None:
        self.given: list[Any] = []
        self.left: list[object] = []
        self._ready, self._dies, self._refuses = ready, dies, refuses

    def submit(self, work: Callable[[Any], object], piece: object) -> _Promise:
        if self._refuses:
            raise RuntimeError
        self.given.append(piece)
        made = _Promise(work, piece, dies=self._dies)
        made.ready = piece in self._ready
        return made

    def shutdown(self, *, cancel_futures: bool) -> None:
        self.left.append(cancel_futures)


@contextmanager
def _with(pool: _Pool | None) -> Iterator[list[int]]:
    """The verifier with these others; how many were asked for."""
    kept, asked = verify._pool, list[int]()

    def played(others: int) -> Any:
        asked.append(others)
        return pool

    verify._pool = played
    try:
        yield asked
    finally:
        verify._pool = kept


def _told(pool: _Pool | None, jobs: int, count: int) -> list[str]:
    """What happened in its order: a piece was taken up, here or elsewhere, or handed on."""
    told: list[str] = []

    def pieces() -> Iterator[int]:
        for one in range(count):
            told.append(f"next {one}")
            yield one

    with _with(pool), verify.Hands(jobs) as hands:
        for piece, size in hands.each(lambda one: one * 10, pieces()):
            assert size == piece * 10
            told.append(f"on {piece}")
    return told


def _nexts(*numbers: int) -> list[str]:
    return [f"next {one}" for one in numbers]


def _ons(*numbers: int) -> list[str]:
    return [f"on {one}" for one in numbers]


def _slow() -> bool:
    """Of those who never are ready each is given two pieces, no more than 16 wait, and the rest is done here."""
    pool = _Pool()
    told = _told(pool, 2, 20)
    # With the first of them 17 wait: that is waited for, then the second, and all that was done here comes after it.
    return (
        told
        == _nexts(*range(17)) + _ons(0) + _nexts(17) + _ons(*range(1, 17)) + _nexts(18, 19) + _ons(17, 18, 19)
        and pool.given == [0, 1, 17, 18]
        and pool.left == [True]
    )


def _many() -> bool:
    """Three others are given two pieces each."""
    pool = _Pool()
    return len(_told(pool, 4, 12)) == 24 and pool.given == [0, 1, 2, 3, 4, 5]


def _quick() -> bool:
    """What is ready is handed on at once, and whoever is ready is given more."""
    pool = _Pool(ready=range(9))
    alternating = [told for one in range(9) for told in (f"next {one}", f"on {one}")]
    late = _Pool(ready=(1, 2, 3))
    return (
        _told(pool, 2, 9) == alternating
        and pool.given == [*range(9)]
        and _told(late, 2, 5) == _nexts(*range(5)) + _ons(*range(5))
        and late.given == [0, 1, 2, 3, 4]
    )


def _gone() -> bool:
    """Where others die, take nothing or cannot be made, everything is done here all the same."""
    alone = [told for one in range(5) for told in (f"next {one}", f"on {one}")]
    dying, refusing = _Pool(dies=True), _Pool(refuses=True)
    return (
        _told(dying, 2, 5) == _nexts(*range(5)) + _ons(*range(5))
        and dying.given == [0, 1]
        and _told(refusing, 2, 5) == alone
        and refusing.left == [True]
        and _told(None, 2, 5) == alone
        and _told(None, 1, 5) == alone
    )


def _asked() -> bool:
    """Others are asked for, one fewer than there are processes in all, if a pack is worth their start."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "pack.zip"
        found = []
        for size in (verify.WORTH - 1, verify.WORTH):
            with path.open("wb") as file:
                file.truncate(size)
            for jobs in ((), (1,), (4,)):
                with _with(None) as asked:
                    verify.verify(str(path), None, None, (), (), *jobs)
                found.append(asked)
    return found == [[], [], [], [], [], [3]]


def _shared() -> bool:
    """The second report is worked out in as many shares as there are processes, one of them here; else in one."""
    kept, worth, dealt = verify.share_of_pack, verify.is_worth, list[tuple[int, int]]()

    def share(_path: str, shares: int, number: int) -> Share:
        dealt.append((shares, number))
        return report.share_of((), lambda _: None, lambda _: None)

    pool = _Pool()
    try:
        setattr(verify, "share_of_pack", share)  # noqa: B010 - functions are exchanged
        with _with(pool):
            for large in ((), ("it",)):
                setattr(verify, "is_worth", large.__contains__)  # noqa: B010
                verify.lawful_of("it", 3)
            verify.lawful_of("it")
    finally:
        verify.share_of_pack, verify.is_worth = kept, worth
    return sorted(dealt) == [(1, 0), (1, 0), (3, 0), (3, 1), (3, 2)] and pool.given == [0, 1]


def _uncollected() -> bool:
    """While a share is worked out nobody looks for circles, and whoever did goes on doing so afterwards."""
    seen: list[bool] = []
    kept = report.share_of

    def share(*_: object) -> Share:
        seen.append(gc.isenabled())
        return kept((), lambda _: None, lambda _: None)

    setattr(report, "share_of", share)  # noqa: B010 - a function is exchanged
    try:
        with TemporaryDirectory() as folder:
            path = Path(folder) / "pack.zip"
            path.write_bytes(b"PK\x05\x06" + bytes(18))
            verify.share_of_pack(str(path), 1, 0)
    finally:
        report.share_of = kept
    return [*seen, gc.isenabled()] == [False, True]


ANSWERS_ON_HANDS: dict[str, Callable[[], bool]] = {
    "slow hands": _slow, "many hands": _many, "quick hands": _quick, "hands gone": _gone, "hands asked for": _asked,
    "shares dealt": _shared, "uncollected": _uncollected,
}  # fmt: skip
