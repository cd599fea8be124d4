"""`siklus trainings`."""

from __future__ import annotations

from tests.cli.conftest import DESK


def test_trainings_are_listed_with_who_has_them(siklus, demo):
    """The demo's rules ask for none, so nothing is there before some that do are in force."""
    before = siklus.json("trainings", "--database", demo)["trainings"]
    siklus("launch", "bukitintan-penilaian", "--opens", "2026-01-02", "--database", demo)
    (after,) = siklus.json("trainings", "--database", demo)["trainings"]
    (mine,) = siklus.json("trainings", "--person", DESK, "--database", demo)["trainings"]
    told = siklus("trainings", "--database", demo).stdout

    assert [] == before
    assert ("penilai", ["bukitintan-penilaian@1"]) == (
        after["training"], [one["definition"] for one in after["given_by"]],
    )  # fmt: skip
    assert {one["person"] for one in after["holders"]} >= {one["person"] for one in mine["holders"]}
    assert "lets its holder serve as" in told
