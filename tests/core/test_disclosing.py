"""What was disclosed stays readable as it was: after a case is sent back, drafts wait for the next disclosure."""

from __future__ import annotations

import pytest

from engine.core.disclosing import Came, Disclosing, Record, Stay, Version, before
from engine.core.machine import Machine
from tests.worlds import machine

SIGHTED = "tests/definitions/sighted"


def rules() -> Machine:
    return machine(SIGHTED)


def came(*states: str) -> Came:
    """A case that came by these states, one entry and one hour each, the first in entry 1."""
    stays = tuple(Stay(seq=seq, at=seq * 10, state=state) for seq, state in enumerate(states, 1))
    return Came(case="c", machine=rules().disclosing, stays=stays)


def written(seq: int, source: str, *, case: str = "c") -> Version:
    return Version(case=case, seq=seq, at=seq * 10, source=source)


def test_before_a_disclosure_lies_what_comes_to_it_and_is_reached_without_it() -> None:
    """What lies behind it, and what leads there no more, does not."""
    found = before(rules().definition, {"disclosed"})
    assert {"drafting", "agreeing", "running", "naming", "asking", "rating", "looking"} == found


def test_a_grant_that_begins_where_a_case_begins_has_nothing_before_it() -> None:
    assert frozenset() == before(rules().definition, {"drafting", "disclosed"})


def test_the_shipped_cycle_knows_no_way_back_behind_its_disclosure() -> None:
    """So nobody there ever reads anything but the newest."""
    annual = machine().disclosing
    assert not annual.reopens({"disclosed", "handed_over"})
    assert rules().disclosing.reopens({"disclosed"})


@pytest.mark.parametrize(
    ("states", "version", "expected"),
    [
        (("rating", "looking", "disclosed"), written(2, "rating"), True),
        (("rating", "looking", "disclosed", "rating"), written(2, "rating"), True),
        (("rating", "looking", "disclosed", "rating", "looking"), written(5, "rating"), False),
        (("rating", "looking", "disclosed", "rating", "looking", "left"), written(5, "rating"), False),
        (("rating", "looking", "disclosed", "rating", "looking", "disclosed"), written(5, "rating"), True),
        (("rating", "disclosed", "both_explain", "ruling", "both_sign"), written(5, "ruling"), True),
        (("rating", "disclosed"), written(2, "rating"), True),
        (("rating", "looking"), written(2, "rating"), False),
    ],
    ids=[
        "written before", "sent back", "a new draft", "never disclosed again", "disclosed again",
        "a ruling behind the disclosure", "written by the act that discloses", "not disclosed at all",
    ],
)  # fmt: skip
def test_a_version_is_open_once_it_was_disclosed_and_then_for_ever(
    states: tuple[str, ...], version: Version, expected: bool
) -> None:
    record = Record(came=(came(*states),), versions={})
    assert expected is record.opens(version, ["disclosed"])


def test_a_grant_without_a_moment_opens_every_version() -> None:
    assert Record(came=(came("drafting"),), versions={}).opens(written(9, "drafting"), ())


def test_what_a_track_wrote_is_a_draft_if_its_case_stood_before_the_disclosure_then() -> None:
    """By time: entries of two cases have no common order but that."""
    record = Record(came=(came("rating", "disclosed", "rating", "looking"),), versions={})
    early, late = written(2, "there", case="track"), written(4, "there", case="track")
    assert record.opens(early, ["disclosed"])
    assert not record.opens(late, ["disclosed"])


def test_what_was_written_before_a_machine_began_is_open_by_its_states() -> None:
    track = Came(
        case="track",
        machine=Disclosing(rules().definition),
        stays=(Stay(seq=1, at=90, state="rating"), Stay(seq=2, at=95, state="disclosed")),
    )
    assert Record(came=(track,), versions={}).opens(written(3, "drafting"), ["disclosed"])
