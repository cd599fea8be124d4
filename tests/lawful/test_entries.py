"""What entries carry: every kind of a case's entries is known to both readings, whole, and never larger than 64 KiB."""

from __future__ import annotations

import re
from typing import Any

import pytest

from engine.core.audit import LONGEST, START, entry
from engine.core.telling_past import _WRITERS
from engine.errors import EntryTooLarge
from engine.lawful.beside import HANDLERS
from tests.lawful.lives import honest

#: what every entry of a case says: its place, whose it is, by which rules, who acted, before and after
ALWAYS = {
    "v", "stream", "seq", "prev", "kind", "at", "case", "cycle", "subject", "definition", "visit", "from", "to",
    "actor",
}  # fmt: skip
HASH = re.compile(r"[0-9a-f]{64}")


def test_every_kind_of_entry_is_judged_and_told_in_words():
    """The closed list of kinds is one and the same for both; a refusal is told in a stream of its own."""
    assert {*HANDLERS, "launched", "moved", "stayed"} == _WRITERS.keys() - {"refused"}


@pytest.mark.parametrize("told", honest(), ids=lambda one: f"{one['seq']}-{one['kind']}")
def test_an_entry_says_who_why_by_which_rule_and_what_was_before(told: dict[str, Any]):
    prev = honest()[told["seq"] - 2]["seq"] if told["seq"] > 1 else 0

    assert told.keys() >= ALWAYS
    assert told["seq"] == prev + 1
    assert HASH.fullmatch(told["prev"])
    assert (told["seq"] == 1) == (told["prev"] == START)
    assert HASH.fullmatch(told["definition"])
    assert told["actor"].keys() & {"person", "timer", "operator"}
    assert told["kind"] == "launched" or told["cause"] or told["kind"] == "resumed"
    assert all(HASH.fullmatch(one) for one in told.get("content", {}).values())
    assert told["kind"] not in {"moved", "stayed"} or "guards" in told
    if "act" in told.get("cause", {}) and told["kind"] != "undone":
        assert told["cause"]["role"]


def test_a_launch_says_of_whom_and_of_what():
    told = honest()[0]

    assert {"period", "zone", "unit", "segment", "clocks", "found"} <= told.keys()


def test_clocks_are_told_whenever_one_comes_goes_or_has_another_day():
    """Held against what each entry does to them: a rung changes none, an extension does."""
    entries = honest()

    assert all(
        "clocks" in one for one in entries if one["kind"] in {"paused", "resumed", "extended", "undone"}
    )
    assert not any("clocks" in one for one in entries if one["kind"] in {"rung", "reminded"})


def test_an_entry_that_would_be_too_large_is_refused_by_name_and_not_cut():
    room = LONGEST - len(entry("case/c-1", 1, START, "moved", 0, {"told": ""}).body)
    assert LONGEST == len(entry("case/c-1", 1, START, "moved", 0, {"told": "x" * room}).body)
    with pytest.raises(EntryTooLarge, match=r"an entry of case/c-1 would have 65536 bytes, more than 65535"):
        entry("case/c-1", 1, START, "moved", 0, {"told": "x" * (room + 1)})
