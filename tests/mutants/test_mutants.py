"""The verifier with one thing changed at a time: at least 95 of 100 such mutants are noticed (`make test-mutants`).

SIKLUS_MUTANTS names how many, chosen by seed, or the beginnings of names of functions, with commas between them;
without it none is tried here, and "all" are in that target.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random

import pytest

from engine import verify
from tests.mutants.answers import ANSWERS
from tests.mutants.killing import Judged, killer_of, packs
from tests.mutants.mutating import mutants
from tests.mutants.pieces import ANSWERS_ON_PIECES
from tests.mutants.signatures import ANSWERS_ON_SIGNATURES
from tests.sealer.lived import live
from tests.worlds import ROOT

#: of a hundred, so many at least
WANTED = 95
#: mutants that do what the true verifier does, each with the reason why nothing can notice
EQUIVALENT: dict[str, str] = {}


def few_people() -> bytes:
    """A small agency: packs of it are judged in a moment."""
    rows = (ROOT / "workflows/examples/people-demo.csv").read_bytes().splitlines(keepends=True)
    return b"".join([*rows[:6], *rows[19:30]])


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
    assert [] == [
        name for name, check in (ANSWERS | ANSWERS_ON_SIGNATURES | ANSWERS_ON_PIECES).items() if not check()
    ]


def test_a_function_is_put_back_after_its_mutant() -> None:
    """What is tried leaves nothing behind."""
    one = next(each for each in mutants(Path(verify.__file__).read_text()) if each.function == "leaf_hash")
    before = verify.leaf_hash

    assert killer_of(one, [(name, check) for name, check in ANSWERS.items()]) != ""
    assert before is verify.leaf_hash


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
        *ANSWERS.items(),
        *ANSWERS_ON_SIGNATURES.items(),
        *ANSWERS_ON_PIECES.items(),
        *((one.name, one.is_as_known) for one in judged),
        *((f"{name} at once", partial(at_first_sight, _named(name, judged))) for name in ("whole", "part")),
    ]
    assert "" == next((name for name, check in checks if not check()), "")
    every = list(mutants(Path(verify.__file__).read_text()))
    asked = os.environ["SIKLUS_MUTANTS"]
    if asked.isdecimal():
        tried = Random("mutants").sample(every, int(asked))
    else:  # all, or those of functions whose names begin so
        rooms = tuple(asked.split(","))
        tried = [one for one in every if asked == "all" or one.function.startswith(rooms)]
    alive = []
    for one in tried:
        if not killer_of(one, checks):
            alive.append(f"{one.function}: {one.told}")
            _say(capsys, f"alive: line {one.line}, {alive[-1]}")
    killed = len(tried) - len(alive)
    _say(capsys, f"{killed} of {len(tried)} killed, {len(every)} in all")
    assert killed * 100 >= (len(tried) - sum(one in EQUIVALENT for one in alive)) * WANTED


def _say(capsys: pytest.CaptureFixture[str], text: str) -> None:
    with capsys.disabled():
        sys.stdout.write(f"{text}\n")
