"""Tries that all workers count together, and the key file."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.core.identity.trying import take, wait_seconds
from engine.errors import KeysUnusable
from engine.keys import Keys
from tests.identity.conftest import NOON, SECOND, House

#: each example counts for itself
NUMBERS = count()


def test_two_workers_take_from_one(worker: Callable[[], House]) -> None:
    """However they take turns, together they get no more than one would."""
    houses = [worker() for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        taken = list(
            pool.map(lambda number: houses[number % 4].rates.take("x", most=10, per_seconds=600), range(40))
        )
    assert 10 == taken.count(0)
    assert {60} == set(taken) - {0}
    assert 0 == houses[0].rates.take("y", most=1, per_seconds=600)


def test_what_was_taken_comes_back_evenly(house: House) -> None:
    """And a refused try costs nothing."""
    for _ in range(3):
        assert 0 == house.rates.take("x", most=3, per_seconds=30)
    for _ in range(5):
        assert 10 == house.rates.take("x", most=3, per_seconds=30)
    house.clock.instant += 10 * SECOND
    assert 0 == house.rates.take("x", most=3, per_seconds=30)
    assert 10 == house.rates.take("x", most=3, per_seconds=30)
    assert 9 == house.rates.take("x", most=3, per_seconds=30, now=house.clock.now() + SECOND)


def test_rows_that_say_nothing_any_more_are_forgotten(house: House) -> None:
    """What is still counted stays."""
    house.rates.take("x", most=3, per_seconds=30)
    house.rates.take("y", most=1, per_seconds=3_000)
    house.clock.instant += 10 * SECOND
    assert 1 == house.rates.tidy()
    assert 0 < house.rates.take("y", most=1, per_seconds=3_000)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.integers(1, 6),
    st.integers(1, 90),
    st.lists(st.integers(-200 * SECOND, 60 * SECOND), min_size=1, max_size=15),
)
def test_the_database_does_the_same_sum(house: House, most: int, seconds: int, waits: list[int]) -> None:
    """As the rule, for clocks that go either way."""
    now, full_at, key = NOON, 0, f"sum {next(NUMBERS)}"
    for wait in waits:
        now += wait
        full_at, left = take(full_at, now, most=most, span=seconds * SECOND)
        assert wait_seconds(left) == house.rates.take(key, most=most, per_seconds=seconds, now=now)


def test_a_key_file_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    """By however many at once."""
    path = tmp_path / "siklus.key"
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: Keys(path).make(), range(8)))
    assert 1 == sum(made)
    assert [path] == list(tmp_path.iterdir())
    assert 0o600 == path.stat().st_mode & 0o777
    assert Keys(path).name() == Keys(path).name()


def test_every_purpose_has_a_key_of_its_own_and_seals_for_one_thing(tmp_path: Path) -> None:
    """What was sealed opens for the same purpose and the same thing, unchanged."""
    keys = Keys(tmp_path / "siklus.key")
    keys.make()
    assert keys.derive("totp") != keys.derive("slips")
    sealed = keys.seal("totp", b"secret", about="a-1")
    assert sealed != keys.seal("totp", b"secret", about="a-1")
    assert b"secret" == Keys(keys.path).open("totp", sealed, about="a-1")
    changed = sealed[:-1] + bytes([sealed[-1] ^ 1])
    for purpose, value, about in (
        ("slips", sealed, "a-1"), ("totp", sealed, "a-2"), ("totp", changed, "a-1"), ("totp", b"", "a-1"),
    ):  # fmt: skip
        with pytest.raises(KeysUnusable, match="does not open"):
            keys.open(purpose, value, about=about)  # type: ignore[arg-type]


@pytest.mark.skipif(os.name != "posix", reason="rights of files are those of POSIX")
@pytest.mark.parametrize(
    ("mode", "taken"), [(0o600, True), (0o400, True), (0o640, True), (0o644, False), (0o660, False)]
)
def test_a_key_file_that_others_reach_is_not_used(tmp_path: Path, mode: int, taken: bool) -> None:
    """Its group may read it, as secrets are handed to services; nobody else."""
    keys = Keys(tmp_path / "siklus.key")
    keys.make()
    keys.path.chmod(mode)
    if taken:
        assert keys.derive("totp")
        return
    with pytest.raises(KeysUnusable, match="chmod 600"):
        keys.derive("totp")


@pytest.mark.parametrize("content", ["", "zz", "00" * 31, "00" * 33])
def test_a_key_file_that_is_none_is_told(tmp_path: Path, content: str) -> None:
    """With its place."""
    path = tmp_path / "siklus.key"
    path.write_text(content)
    path.chmod(0o600)
    with pytest.raises(KeysUnusable, match=r"siklus\.key"):
        Keys(path).derive("totp")
    with pytest.raises(KeysUnusable, match="cannot be made"):
        Keys(tmp_path / "none" / "siklus.key").make()
