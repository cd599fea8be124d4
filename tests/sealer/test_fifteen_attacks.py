"""The fifteen attacks on the log, on database and pack: every one is detected, and what is first bad is named.

A long run has two hundred seeded mutations of each, 3,000 in all: half on a database and half on a pack where an attack
can be made on both, otherwise all on the one. What only an outside memory can know (A4, A8, A9, a consistent A3) is
held against a checkpoint that an auditor kept or against a witness who did not sign.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from engine.verify import VERIFIED, WITH_ERASURES
from tests.sealer.lived import Lived, cosigned, noticed, verdict_on
from tests.sealer.spoiling_databases import ON_DATABASES
from tests.sealer.spoiling_packs import ON_PACKS
from tests.sealer.spoilt import Spoilt, saying

ATTACKS = tuple(f"A{number}" for number in range(1, 16))
MUTATIONS = 200
#: mutations in one share of a long run
_SHARE = 50


def runs(each: int) -> Iterator[tuple[str, str, int]]:
    """Attack, on what, and the number of the mutation: so many of each attack, shared where it can be made on both."""
    for name in ATTACKS:
        places = [place for place, table in (("database", ON_DATABASES), ("pack", ON_PACKS)) if name in table]
        for number in range(each):
            yield name, places[number % len(places)], number


def attacked(name: str, place: str, number: int, lived: Lived, folder: Path) -> Spoilt:
    """One mutation."""
    rng = Random(f"{name}/{place}/{number}")
    if place == "pack":
        return ON_PACKS[name](rng, lived)
    return ON_DATABASES[name](rng, lived, folder / "attacked")


def seen(spoilt: Spoilt, lived: Lived, folder: Path) -> tuple[bool, bool, str]:
    """Whether it was detected, whether what must be named was, and what was said."""
    if spoilt.day is not None:
        said = noticed(spoilt.day, spoilt.policy or lived.policy, spoilt.older)
        return said != "", saying(spoilt, said), said
    assert spoilt.files is not None
    code, said = verdict_on(spoilt.files, folder, spoilt.policy or lived.policy, spoilt.older, spoilt.about)
    return code in spoilt.codes, saying(spoilt, said), said


def test_there_are_three_thousand() -> None:
    """Fifteen attacks, two hundred each; on packs and on databases."""
    each = Counter(name for name, _, _ in runs(MUTATIONS))
    assert dict.fromkeys(ATTACKS, MUTATIONS) == each
    assert {"A10", "A15"} == set(ATTACKS) - set(ON_DATABASES)
    assert {"A11", "A12", "A13"} == set(ATTACKS) - set(ON_PACKS)


def test_what_is_attacked_is_honest(lived: Lived, tmp_path: Path) -> None:
    """Both packs verify, with a witness and against the kept checkpoint of each day; of a database nothing is said."""
    erasure = "VERIFIED WITH ERASURES; 2 word(s) erased by e-1, as the log tells"
    said = [verdict_on(lived.whole, tmp_path, lived.policy, one)[1] for one in lived.kept]

    assert [erasure] * len(lived.kept) == said
    assert (WITH_ERASURES, erasure) == verdict_on(cosigned(lived, lived.whole), tmp_path, lived.strict)
    assert (VERIFIED, "VERIFIED") == verdict_on(
        lived.part, tmp_path, lived.policy, lived.kept[0], lived.streams
    )
    assert "" == noticed(lived.last.copy(tmp_path / "honest"), lived.policy, lived.kept[1])


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_detected(name: str, lived: Lived, tmp_path: Path) -> None:
    """Four mutations of each."""
    for _, place, number in (one for one in runs(4) if one[0] == name):
        detected, named, said = seen(attacked(name, place, number, lived, tmp_path), lived, tmp_path)
        assert (True, True) == (detected, named), (place, number, said)


_SHARES = [(name, share) for name in ATTACKS for share in range(0, MUTATIONS, _SHARE)]


@pytest.mark.long
@pytest.mark.parametrize(("name", "share"), _SHARES)
def test_two_hundred_of_each_attack_are_detected(name: str, share: int, lived: Lived, tmp_path: Path) -> None:
    """3,000 of 3,000."""
    missed = []
    for _, place, number in [one for one in runs(MUTATIONS) if one[0] == name][share : share + _SHARE]:
        detected, named, said = seen(attacked(name, place, number, lived, tmp_path), lived, tmp_path)
        if not (detected and named):
            missed.append((place, number, said))
    assert [] == missed
