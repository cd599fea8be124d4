"""The verifier with one thing changed at a time: at least 95 of 100 such mutants are noticed (`make test-mutants`).

SIKLUS_MUTANTS names how many, chosen by seed, or the beginnings of names of functions, with commas between them;
without it none is tried here, and "all" are in that target. Every processor tries its share.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from random import Random

import pytest

from engine import verify
from tests.mutants.answers import ANSWERS
from tests.mutants.commands import commands
from tests.mutants.hands import ANSWERS_ON_HANDS
from tests.mutants.killing import Judged, killer_of, packs
from tests.mutants.mutating import Mutant, mutants
from tests.mutants.opening import ANSWERS_ON_OPENING
from tests.mutants.pieces import ANSWERS_ON_PIECES
from tests.mutants.receipts import receipts
from tests.mutants.signatures import ANSWERS_ON_SIGNATURES
from tests.mutants.zips import ANSWERS_ON_ZIPS
from tests.sealer.lived import live
from tests.worlds import ROOT

#: what small parts answer
KNOWN = (
    ANSWERS
    | ANSWERS_ON_SIGNATURES
    | ANSWERS_ON_PIECES
    | ANSWERS_ON_ZIPS
    | ANSWERS_ON_OPENING
    | ANSWERS_ON_HANDS
)
#: of a hundred, so many at least
WANTED = 95
#: mutants that do what the true verifier does, each with the reason why nothing can notice
EQUIVALENT: dict[str, str] = {
    "bytes_of: True -> False": "what is read is spelt again and compared: what was passed over is missed there",
    "_whole: 1 -> 2": "either number stands for one that is beyond the bound, and is refused",
    "json_of: if data.count(b'[') + data.count(b'{') > DEEPEST: -> if True:": "the count only saves the walk",
    "json_of: data.count(b'[') + data.count(b'{') > DEEPEST -> data.count(b'[') + data.count(b'{') >= DEEPEST": (
        "the count only saves the walk"
    ),
    "line_of: if told is None: -> if True:": "the strict reader says of a line what the quick one said",
    "is_included: place and (not place & 1) -> not place & 1": "here a place is odd, or equals a last above zero",
    "is_consistent: place and (not place & 1) -> not place & 1": "here a place is odd, or equals a last above zero",
    "is_consistent: 0 < old < size -> 0 <= old < size": "an old size of zero was answered before",
    "is_consistent: 0 < old < size -> 0 < old <= size": "an old size that is the size was answered before",
    "_x_of: 3 -> 4": "the prime leaves 5 if divided by 8: 3 more and 4 more have the same eighth, rounded down",
    "is_signed: 32 -> 33": "of a point's bytes those from the 33rd on are masked, and its sign is in the 32nd",
    "Checkpoint.seen_by: if len(line) != _COSIGNED: -> if False:": "a signature of another length is none",
    "_Member._close: self._left or self._waiting or self._inflater.unused_data"
    " -> self._left or self._inflater.unused_data": (
        "a file of which something waits is not at its end, and is refused for that"
    ),
    "key_of: 0 -> 1": "a key of no bytes has the length of neither kind",
    "_ends_here: 1 -> 2": "behind the end one byte is too many, and so are two",
    "_proven: 1 -> 2": "no proof shows a leaf whose number is below zero",
    "Log.__init__: 1 -> 2": "no leaf has a number below zero, nor follows one that has",
    "Log._terms: 1 -> 2": "no tree has a size below zero, so none is that of a checkpoint that nobody kept",
    "Log._note: if place in self.promised: -> if True:": "what nobody was promised is remembered, and not asked for",
    "Log.part: 0 -> 1": "the entries of a part are numbered by their proofs, not by where their piece begins",
    "_root_then: 0 -> 1": "of the proof of growth the path alone is taken, any number stands for the other half",
}


def few_people() -> bytes:
    """A small agency, the heads, one unit and its personnel desk, taken by name: its packs are judged in a moment."""
    rows = (ROOT / "workflows/examples/people-demo.csv").read_bytes().splitlines(keepends=True)
    units = (b",Pemerintah Provinsi,", b",Pemerintah Kabupaten Telaga Biru,", b",Sekretariat Daerah,")
    desk = (b"197112121997042003,", b"197305161996011024,", b"197611192002122023,")
    taken = (b"nip,", *desk)
    return b"".join(
        one
        for one in rows
        if one.startswith(taken) or b",pengelola kepegawaian," in one or any(unit in one for unit in units)
    )


def at_first_sight(one: Judged) -> bool:
    """Whether an honest pack is known as such without a second look at any of its pieces."""
    with pytest.MonkeyPatch.context() as patched:
        patched.delattr(verify.Log, "_one_by_one")
        patched.delattr(verify.Log, "_each_proven")
        return one.is_as_known()


def _named(name: str, judged: list[Judged]) -> Judged:
    return next(one for one in judged if one.name == name)


def test_known_answers_are_given() -> None:
    """By the verifier as it is."""
    assert [] == [name for name, check in KNOWN.items() if not check()]


def test_no_reason_outlives_its_mutant() -> None:
    """Whatever is excused is there."""
    there = {f"{one.function}: {one.told}" for one in mutants(Path(verify.__file__).read_text())}

    assert EQUIVALENT.keys() <= there


def test_a_function_is_put_back_after_its_mutant() -> None:
    """What is tried leaves nothing behind."""
    one = next(each for each in mutants(Path(verify.__file__).read_text()) if each.function == "leaf_hash")
    before, code = verify.leaf_hash, verify.leaf_hash.__code__

    assert killer_of(one, [(name, check) for name, check in ANSWERS.items()]) != ""
    assert before is verify.leaf_hash
    assert code is verify.leaf_hash.__code__


def test_a_mutant_reaches_whoever_took_hold_of_its_function() -> None:
    """The reader of JSON was given its hook when the module was read, and a change of that hook is noticed."""
    hooks = [one for one in mutants(Path(verify.__file__).read_text()) if one.function == "_once"]

    assert hooks
    assert "" not in {killer_of(one, [*ANSWERS.items()]) for one in hooks}


@pytest.mark.long
@pytest.mark.timeout(0)
@pytest.mark.skipif("SIKLUS_MUTANTS" not in os.environ, reason="`make test-mutants` tries them")
def test_mutants_of_the_verifier_are_noticed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Printed are those that live. Packs are looked at in many pieces, as large ones are."""
    monkeypatch.setattr(verify, "PIECE", 20_000)
    lived = live(tmp_path / "agency", few_people())
    judged = list(packs(lived, tmp_path, each=4))
    checks: list[tuple[str, Callable[[], bool]]] = [
        *KNOWN.items(),
        *((one.name, one.is_as_known) for one in judged),
        *((f"{name} at once", partial(at_first_sight, _named(name, judged))) for name in ("whole", "part")),
        *commands(lived, tmp_path, next(receipts(lived))),
    ]
    assert "" == next((name for name, check in checks if not check()), "")
    every = list(mutants(Path(verify.__file__).read_text()))
    tried = _asked(every, os.environ["SIKLUS_MUTANTS"])
    with capsys.disabled():
        alive = _alive(tried, checks, tmp_path)
        killed = len(tried) - len(alive)
        # A reason excuses one mutant, not all that are told alike.
        excused = EQUIVALENT.keys() & set(alive)
        sys.stdout.write(
            f"{killed} of {len(tried)} killed, {len(excused)} of those alive do what the true one does\n"
        )
    assert killed * 100 >= (len(tried) - len(excused)) * WANTED


def _alive(tried: list[Mutant], checks: list[tuple[str, Callable[[], bool]]], folder: Path) -> list[str]:
    """Those that nothing notices. Each of the processes has a share of them, and this one's memory with all packs."""
    fork, count = get_context("fork"), os.cpu_count() or 1
    paths = [folder / f"alive-{number}.txt" for number in range(count)]
    hands = [
        fork.Process(target=_try, args=(tried[at::count], checks, path)) for at, path in enumerate(paths)
    ]
    for one in hands:
        one.start()
    for one in hands:
        one.join()
    assert [one.exitcode for one in hands] == [0] * count
    return [line for path in paths for line in path.read_text().splitlines()]


def _try(share: list[Mutant], checks: list[tuple[str, Callable[[], bool]]], path: Path) -> None:
    with path.open("w") as alive:
        for one in share:
            killer = killer_of(one, checks)
            if killer:  # what noticed this one is asked first about the next
                checks.sort(key=lambda check: check[0] != killer.partition(" (")[0])
            else:
                told = f"{one.function}: {one.told}"
                alive.write(f"{told}\n")
                reason = EQUIVALENT.get(told, "nothing noticed it")
                sys.stdout.write(f"alive: line {one.line}, {told} ({reason})\n")
                sys.stdout.flush()


def _asked(every: list[Mutant], asked: str) -> list[Mutant]:
    """Those that are to be tried."""
    if asked.isdecimal():
        return Random("mutants").sample(every, int(asked))
    return [one for one in every if asked == "all" or one.function.startswith(tuple(asked.split(",")))]
