"""Several processes at one pack: the same verdict in the same words, whoever looked at what, also where one dies."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import verify
from tests.mutants.killing import Judged, packs
from tests.sealer.lived import Lived
from tests.sealer.packs import lines, put_together, with_lines
from tests.sealer.spoilt import ROOT
from tests.sealer.test_bad_packs import spoilt_bytes

Said = tuple[int, list[str], str]


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pieces of a few entries, and other processes from the first byte on."""
    monkeypatch.setattr(verify, "PIECE", 3_000)
    monkeypatch.setattr(verify, "WORTH", 0)


def said(verdict: verify.Verdict) -> Said:
    """Everything a verdict says."""
    return verdict.code, verdict.reasons, repr(verdict.facts)


def one_by_one(found: Callable[[], verify.Verdict]) -> Said:
    """What is said when every piece is looked at entry by entry."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(verify, "examined", lambda *_: None)
        return said(found())


def told_alike(judged: Iterable[Judged]) -> set[int]:
    """The verdicts on these packs: by one process, by two, and entry by entry as if there were no pieces."""
    codes = set()
    for one in judged:
        ask = partial(verify.verify, str(one.path), one.policy, one.older, one.about, one.receipts)
        told = said(ask())
        codes.add(told[0])
        assert told == said(ask(2)), one.name
        assert told == one_by_one(ask), one.name
    return codes


def spoilt_alike(numbers: range, lived: Lived, folder: Path) -> None:
    """Packs with seeded damage, by one process and by two."""
    whole = put_together(lived.whole, folder / "whole.zip").read_bytes()
    path = folder / "spoilt.zip"
    for number in numbers:
        path.write_bytes(spoilt_bytes(Random(f"hands/{number}"), whole))
        ask = partial(verify.verify, str(path), lived.policy, lived.kept[number % 4])
        assert said(ask()) == said(ask((), (), 2)), number


def test_packs_are_told_alike_by_one_process_and_by_two(lived: Lived, tmp_path: Path) -> None:
    """Every sixteenth of the honest and the spoilt ones, and some with damaged bytes."""
    assert {verify.WITH_ERASURES, verify.TAMPERED} <= told_alike(
        islice(packs(lived, tmp_path, each=1), 0, None, 16)
    )
    spoilt_alike(range(8), lived, tmp_path)


@pytest.mark.long
def test_all_packs_are_told_alike_by_one_process_and_by_two(lived: Lived, tmp_path: Path) -> None:
    """Every honest one, every way to spoil one, two of each attack, and two hundred with damaged bytes."""
    assert set(range(6)) == told_alike(packs(lived, tmp_path, each=2))
    spoilt_alike(range(200), lived, tmp_path)


@given(
    st.integers(0, 40),
    st.lists(st.binary(min_size=1, max_size=3), min_size=1, max_size=70),
    st.integers(-1, 80),
)
def test_runs_make_the_root_that_leaves_make(before: int, bodies: list[bytes], cut: int) -> None:
    """From any number on; and where they are cut there is a root as of so many leaves."""
    leaves = [verify.leaf_hash(one) for one in bodies]
    one, other, cut_at = verify.Tree(), verify.Tree(), None
    for _ in range(before):
        one.add(verify.EMPTY)
        other.add(verify.EMPTY)
    for leaf in leaves:
        one.add(leaf)
        cut_at = one.root if one.size == cut else cut_at
    seen = None
    for height, node in verify.runs_of(before, leaves, cut):
        other.add(node, height)
        seen = other.root if other.size == cut else seen

    assert (one.size, one.root, cut_at) == (other.size, other.root, seen)


def test_of_two_bad_entries_in_two_pieces_the_first_is_named(lived: Lived, tmp_path: Path) -> None:
    """The later one is found by the other process long before."""
    bodies = lines(lived.whole)
    for at in (len(bodies) // 3, len(bodies) - 2):
        bodies[at] = bodies[at].replace(b'"kind":', b'"kinb":')
    pack = put_together(with_lines(lived.whole, bodies), tmp_path / "two.zip")
    for jobs in (1, 2, 3):
        found = verify.verify(str(pack), lived.policy, None, (), (), jobs)
        assert (found.code, f"leaf {len(bodies) // 3} " in found.reasons[0], ROOT in found.reasons[0]) == (
            verify.TAMPERED, True, False
        )  # fmt: skip


class Deadly:
    """Work that is the end of every process but the one that made it, as when a machine runs out of memory."""

    def __init__(self) -> None:
        self._mine = os.getpid()

    def __call__(self, piece: bytes) -> int:
        if os.getpid() != self._mine:
            os.kill(os.getpid(), signal.SIGKILL)
        return len(piece)


def test_work_of_a_process_that_dies_is_done_by_this_one() -> None:
    given = [b"x" * size for size in range(40)]
    with verify.Hands(2) as hands:
        found = list(hands.each(Deadly(), iter(given)))

    assert [(one, len(one)) for one in given] == found


def test_where_no_process_can_be_made_one_does_it_all(
    lived: Lived, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A system without fork, or without semaphores."""
    import multiprocessing  # noqa: PLC0415

    def none(_how: str) -> None:
        raise ValueError

    pack = put_together(lived.whole, tmp_path / "whole.zip")
    alone = said(verify.verify(str(pack), lived.policy, None))
    monkeypatch.setattr(multiprocessing, "get_context", none)

    assert alone == said(verify.verify(str(pack), lived.policy, None, (), (), 2))


def test_what_cannot_be_read_is_said_after_all_that_could_be() -> None:
    """Pieces before it are handed on first, by whomever they were looked at."""

    def pieces() -> Iterator[bytes]:
        yield from (b"a", b"bb", b"ccc")
        raise verify.UnusableError("cut")

    for jobs in (1, 2):
        with verify.Hands(jobs) as hands:
            found = hands.each(len, pieces())
            assert [1, 2, 3] == [size for _, size in islice(found, 3)]
            with pytest.raises(verify.UnusableError, match="cut"):
                next(found)
