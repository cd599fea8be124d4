"""The practices run: everybody of a people file lives through them from launch to close, and every claim holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.practices import claims
from tests.practices.living import FEW, Life, begun
from tests.runtime.conftest import NOBODY

FAMILIES = {
    "national": ("asn-perbaikan", "asn-triwulan", "asn-bulanan", "asn-tahunan", "unit-tahunan"),
    "bukitintan": ("pembinaan", "bukitintan-penilaian", "bukitintan-unit"),
    "kemenkeu": ("kemenkeu-triwulan", "kemenkeu-unit"),
}
#: long after everything of 2026 is over
NEVER = date(2030, 12, 31)
#: who moves to another unit, who leaves, and a superior who leaves
MOVER, LEAVER, SUPERIOR = "198706042010012020", "199602062022042018", "197410042000012007"
#: a condition or a form that says no to honest dice
EXPECTED = ("about: ", "There is no text to sign yet", ".improve: GuardRefused: ")


def launched(path: Path, family: str, *, people: tuple[str, ...], seed: int) -> Life:
    """A family in force and launched; quarters are launched as each is nearly over."""
    names = FAMILIES[family]
    if family == "kemenkeu":
        life = begun(path, names, people=people, on=date(2026, 3, 2), seed=seed)
        for part in (1, 2, 3, 4) if not people else (1, 2):
            life.events.append((date(2026, 3 * part, 20), lambda one, part=part: _quarter(one, names, part)))
        return life
    on = date(2025, 12, 1) if family == "national" else date(2026, 1, 2)
    life = begun(path, names, people=people, on=on, seed=seed)
    for name in names:
        if name not in {"asn-perbaikan", "asn-triwulan", "asn-bulanan", "pembinaan"}:
            life.engine.launch(name, opens=on, year=2026, actor=NOBODY)
    return life


def _quarter(life: Life, names: tuple[str, ...], part: int) -> None:
    for name in names:
        life.engine.launch(name, opens=date(2026, 3 * part - 2, 1), year=2026, part=part, actor=NOBODY)


def with_changes(life: Life) -> Life:
    """Somebody moves in June, somebody leaves in July, a superior in September."""
    above = "197611192002122023"
    life.events += [
        (date(2026, 6, 15), lambda one: one.bring(MOVER, unit=one.unit_of(above), atasan=above)),
        (date(2026, 7, 1), lambda one: one.bring(LEAVER, selesai="2026-07-31")),
        (date(2026, 9, 1), lambda one: one.bring(SUPERIOR, selesai="2026-09-15")),
    ]
    life.events.sort(key=lambda one: one[0])
    return life


def wrong(life: Life) -> Iterator[str]:
    """All that is wrong after a life, whatever the family."""
    yield from claims.unrested(life)
    yield from claims.overdue(life)
    yield from claims.broken(life)
    yield from claims.unwatched(life)
    yield from claims.usurped(life)
    yield from claims.linkable(life)
    yield from claims.undesigned(life)
    yield from (told for told in life.refused if not any(one in told for one in EXPECTED))
    yield from life.engine.verify()


def lived(path: Path, family: str, *, people: tuple[str, ...], seed: int) -> Life:
    """A whole life with its changes; what is still open after it is wrong."""
    life = with_changes(launched(path, family, people=people, seed=seed))
    life.live(NEVER)
    return life


def ends(life: Life) -> Counter[str]:
    """How many cases ended in which way."""
    return Counter(case.ended for case in life.all_cases())


def states(life: Life, workflow: str) -> Counter[str]:
    """In how many cases of a workflow each state was entered."""
    found = (case for case in life.all_cases() if life.definition(case).workflow == workflow)
    return Counter(state for case in found for state in case.reached)


@pytest.mark.heavy
def test_the_national_year_is_lived_from_launch_to_close(tmp_path: Path) -> None:
    """With its quarters, improvements, the units' sessions, a move, and two who leave."""
    life = lived(tmp_path, "national", people=FEW, seed=2)
    _national(life)
    assert 1 == ends(life)["continued"]
    life.engine.database.close()


def _national(life: Life) -> None:
    assert [] == list(wrong(life))
    assert 0 == ends(life)[""]
    assert [] == list(claims.missing_quarters(life, "asn-tahunan"))
    assert [] == list(claims.unopened(life, "predicate", "improvement"))
    assert [] == list(claims.unlisted(life, "unit reaches calibrated"))
    sessions = [one for one in life.all_cases() if one.subject.startswith("unit:")]
    assert all(one.lists["members"].cases for one in sessions if "session_open" in one.reached)
    moved = [one for one in life.all_cases() if one.subject == life.key(MOVER)]
    annual = {one.segment: one for one in moved if life.definition(one).workflow == "asn-tahunan"}
    if annual[1].ended != "ended":  # as that of somebody who was exempted before they moved
        assert ("continued", annual[1].id) == (annual[1].ended, annual[2].parent)
    left = [one for one in life.all_cases() if one.subject == life.key(LEAVER)]
    assert {"ended"} == {one.ended for one in left if one.entered_at > _noon(life, date(2026, 7, 31))}
    assert states(life, "asn-perbaikan")["improving"]
    assert states(life, "asn-tahunan")["disclosed"]


def _noon(life: Life, day: date) -> int:
    zone = life.all_cases()[0].zone
    return life.engine.calendar("id-asn").start_of(day, zone)


@pytest.mark.heavy
def test_trained_raters_peers_and_citizens_are_lived_from_launch_to_close(tmp_path: Path) -> None:
    """With views of peers that leave no names, and the units' sessions."""
    life = lived(tmp_path, "bukitintan", people=FEW, seed=1)
    _bukitintan(life)
    life.engine.database.close()


def _bukitintan(life: Life) -> None:
    assert [] == list(wrong(life))
    assert 0 == ends(life)[""]
    assert [] == list(claims.unlisted(life, "unit reaches calibrated"))
    assert life.unnamed
    assert any("peer_views" in case.gathered for case in life.all_cases())


@pytest.mark.heavy
def test_two_tracks_and_a_decree_are_lived_from_launch_to_close(tmp_path: Path) -> None:
    """Quarter by quarter, each signed after the one before it."""
    life = lived(tmp_path, "kemenkeu", people=FEW, seed=1)
    _kemenkeu(life)
    life.engine.database.close()


def _kemenkeu(life: Life) -> None:
    assert [] == list(wrong(life))
    assert 0 == ends(life)[""]
    tracks = [case for case in life.all_cases() if "#" in case.definition]
    wholes = [case for case in life.all_cases() if case.id in {one.parent for one in tracks}]
    assert 2 * len(wholes) == len(tracks)
    assert states(life, "kemenkeu-triwulan")["signed"]


@pytest.mark.heavy
@pytest.mark.parametrize("family", FAMILIES)
def test_if_nobody_ever_acts_every_case_ends_or_rests_with_somebody_who_can_be_reached(
    tmp_path: Path, family: str
) -> None:
    life = with_changes(launched(tmp_path, family, people=FEW, seed=1))
    life.zeal = 0
    life.live(NEVER)
    assert [] == list(wrong(life))
    assert not life.accepted
    life.engine.database.close()


@pytest.mark.long
@pytest.mark.timeout(3_600)
@pytest.mark.parametrize("seed", [11])
@pytest.mark.parametrize(
    ("family", "claimed"), [("national", _national), ("bukitintan", _bukitintan), ("kemenkeu", _kemenkeu)]
)
def test_a_whole_agency_lives_through_a_practice(
    tmp_path: Path, family: str, claimed: Callable[[Life], None], seed: int
) -> None:
    """All people of the file."""
    life = lived(tmp_path, family, people=(), seed=seed)
    claimed(life)
    life.engine.database.close()
