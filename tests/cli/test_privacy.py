"""`siklus privacy` and `siklus glass`: what an office does about personal data from the command line."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest

from tests.cli.conftest import DESK, EMPLOYEE, OTHER, RATER

WHY = ("--reason", "Permohonan tertulis")


def as_(who: str) -> tuple[str, ...]:
    return ("--as", who, *WHY)


@pytest.fixture
def at(demo: str) -> tuple[str, ...]:
    """Where the demo's database is."""
    return ("--database", demo)


@pytest.fixture
def exempted(siklus, at, case_of) -> str:
    """The employee's case, which the desk has ended."""
    case = case_of(EMPLOYEE)
    siklus("fire", case, "exempt", "--as", DESK, "--reason", "Alasan-Beril-1234", *at)
    return case


def test_classes_are_listed_and_their_years_are_set(siklus, at) -> None:
    before = {one["class"]: one["years"] for one in siklus.json("privacy", "classes", *at)["classes"]}
    siklus("privacy", "keep", "forms", 7, *as_(DESK), *at)
    after = {one["class"]: one["years"] for one in siklus.json("privacy", "classes", *at)["classes"]}

    assert {**before, "forms": 7} == after
    assert "7 years after the case ended" in siklus("privacy", "classes", *at).stdout
    assert "auditor" not in siklus("privacy", "keep", "forms", 7, *as_(EMPLOYEE), *at, code=3).stderr
    assert "gossip" in siklus("privacy", "keep", "gossip", 7, *as_(DESK), *at, code=4).stderr


def test_one_persons_data_is_written_for_its_owner_only(siklus, at, folder: Path) -> None:
    siklus("privacy", "export", EMPLOYEE, "-o", "data.zip", *as_(DESK), *at)
    made = folder / "data.zip"
    with zipfile.ZipFile(io.BytesIO(made.read_bytes())) as archive:
        told = json.loads(archive.read("data.json"))

    assert EMPLOYEE == told["chart"][0]["person_id"]
    assert 0o600 == made.stat().st_mode & 0o777
    siklus("privacy", "export", EMPLOYEE, "-o", "data.zip", *as_(DESK), *at, code=1)
    siklus("privacy", "export", EMPLOYEE, "-o", "own.zip", "--as", EMPLOYEE, *at)
    siklus("privacy", "export", EMPLOYEE, "-o", "other.zip", *as_(RATER), *at, code=3)
    assert not (folder / "other.zip").exists()


def test_an_erasure_takes_two_and_the_audit_says_what_went(siklus, at, exempted: str) -> None:
    """Asked by one of the desk, held up by a legal hold, approved by the other; the log verifies, with erasures."""
    asked = siklus("privacy", "erase", EMPLOYEE, *as_(DESK), *at)
    (one,) = siklus.json("privacy", "erasures", *at)["erasures"]
    assert ("e-1", "asked", [exempted]) == (one["erasure"], one["state"], one["scope"]["cases"])
    assert "in the way" not in asked.stderr
    assert "the same person" in siklus("privacy", "approve", "e-1", *as_(DESK), *at, code=3).stderr
    siklus("privacy", "hold", exempted, *as_(DESK), *at)
    assert "legal hold, h-2" in siklus("privacy", "approve", "e-1", *as_(OTHER), *at, code=3).stderr
    siklus("privacy", "lift", "h-2", *as_(OTHER), *at)
    done = siklus("privacy", "approve", "e-1", *as_(OTHER), *at)
    told = siklus.json("audit", "verify", *at)

    assert "3 reasons" in done.stdout  # one of the case, two of the hold
    assert ("verified with erasures", True) == (told["verdict"], told["verified"])
    assert f"case/{exempted}" in {stream for stream, _, _ in told["erasures"][0]["words"]}
    heard = siklus("audit", "verify", *at)
    assert "with erasures" in heard.stdout
    assert f"case/{exempted} entry" in heard.stderr


def test_what_is_over_is_nothing_yet_and_refusals_are_kept(siklus, at, exempted: str) -> None:
    assert [] == siklus.json("privacy", "over", *at)["over"]
    assert [] == siklus.json("privacy", "propose", *as_(DESK), *at)["erasures"]
    siklus("privacy", "erase", EMPLOYEE, "--ground", "mistake", *as_(DESK), *at)
    siklus("privacy", "refuse", "e-1", *as_(OTHER), *at)
    (one,) = siklus.json("privacy", "erasures", *at)["erasures"]
    assert ("refused", "mistake", 0) == (one["state"], one["ground"], one["words"])
    assert [] == siklus.json("privacy", "looks", exempted, *at)["looks"]
    siklus("privacy", "erase", EMPLOYEE, "--ground", "whim", *as_(DESK), *at, code=4)


def test_glass_is_broken_by_two_and_doctor_says_so(siklus, at, case_of) -> None:
    case = case_of(EMPLOYEE)
    siklus("glass", "ask", case, "--to", RATER, "--hours", 3, "--steer", *as_(DESK), *at)
    siklus("glass", "approve", "g-1", *as_(DESK), *at, code=3)
    siklus("glass", "approve", "g-1", *as_(OTHER), *at)
    (one,) = siklus.json("glass", "list", *at)["grants"]
    assert (True, [case], ["read", "steer"]) == (one["open"], one["cases"], one["rights"])
    assert "break-glass g-1" in siklus("doctor", *at, code=6).stdout
    siklus("glass", "end", "g-1", *as_(OTHER), *at)
    assert "break-glass" not in siklus("doctor", *at).stdout
    assert "over" not in siklus("glass", "list", *at).stderr
    siklus("glass", "ask", case, "--to", RATER, *as_(DESK), *at)
    siklus("glass", "refuse", "g-4", *as_(OTHER), *at)
    assert ["refused", "ended"] == [one["state"] for one in siklus.json("glass", "list", *at)["grants"]]


def test_reasons_are_erased_by_their_name_and_nothing_is_left_in_the_files(siklus, at, exempted: str) -> None:
    siklus("privacy", "hold", exempted, *as_(DESK), *at)
    siklus("privacy", "lift", "h-1", *as_(OTHER), *at)
    assert "outage-9" in siklus("privacy", "erase-reasons", "outage-9", *as_(DESK), *at, code=4).stderr
    siklus("privacy", "erase-reasons", "h-1", *as_(DESK), *at)
    done = siklus("privacy", "approve", "e-3", *as_(OTHER), *at)
    (one,) = siklus.json("privacy", "erasures", *at)["erasures"]

    assert "2 reasons" in done.stdout
    assert (["h-1"], 2, False) == (one["scope"]["said"], one["words"], one["residue"])
    assert "Nothing" in siklus("privacy", "overwrite", *at).stdout
