"""Cases judged apart, by several processes: the report is the one of a single judge, in the same words and order."""

from __future__ import annotations

import copy
import gc
import json
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import verify
from engine.lawful.report import LawReport, _Judge, joined, share_of
from tests.lawful.lives import Told, _lived, honest, rules
from tests.lawful.test_forged import FORGED
from tests.sealer.packs import put_together
from tests.worlds import calendar


@cache
def crowd() -> tuple[tuple[int, Told], ...]:
    """A life for every ninth forgery, an honest one between any two, hanging on one another."""
    lives = []
    for number, forge in enumerate(one for pair in FORGED[::9] for one in (None, pair[0])):
        entries = honest()
        if forge is not None:
            forge(entries)
        if number % 7 == 3:
            entries[0]["parent"] = [f"c-{number - 2}", "objection"]
        if number % 7 == 5:
            entries.append(
                {
                    **entries[-1],
                    "kind": "corrected",
                    "cause": {"corrected_by": f"c-{number + 1}"},
                    "seq": len(entries) + 1,
                }
            )
        lives.append(
            [copy.deepcopy(one) | {"case": f"c-{number}", "stream": f"case/c-{number}"} for one in entries]
        )
    longest = max(map(len, lives))
    published = {
        "stream": "definitions",
        "kind": "published",
        "seq": 1,
        "definition": "x",
        "at": honest()[0]["at"],
    }
    told = [one[at] for at in range(longest) for one in lives if at < len(one)]
    return tuple(enumerate([published, *told]))


def said(report: LawReport) -> tuple[str, list[str], object]:
    return json.dumps(report.json()), report.lines(), report.standings


def report_of(dealt: list[int], hands: int) -> LawReport:
    """The report of so many judges, of whom each gets the streams that were dealt to it."""
    source, days = json.dumps(rules()).encode(), calendar().days_told()
    known = {_lived()[2].definition: source}
    ends = {calendar().version.rpartition(":")[2]: days}

    def turn(stream: str) -> int:
        return dealt[int(stream.rpartition("-")[2] if "-" in stream else 0) % len(dealt)] % hands

    shares = []
    for mine in range(hands):
        entries = ((leaf, one) for leaf, one in crowd() if turn(one["stream"]) == mine)
        shares.append(share_of(entries, known.get, ends.get))
    return joined(shares)


@cache
def alone() -> tuple[str, list[str], object]:
    """What one judge says."""
    report = report_of([0], 1)
    rules_broken = Counter(one.rule for one in report.breaches)
    assert {"begin", "correction", "rules"} <= rules_broken.keys()
    return said(report)


@settings(max_examples=25)
@given(st.lists(st.integers(0, 5), min_size=1, max_size=40), st.integers(2, 4))
def test_however_cases_are_dealt_out_the_report_is_the_same(dealt: list[int], hands: int) -> None:
    assert alone() == said(report_of(dealt, hands))


def test_judging_leaves_no_circles_behind() -> None:
    """So the verifier may go through millions of entries without anybody looking for some."""
    judging = _Judge(lambda _: json.dumps(rules()).encode(), lambda _: calendar().days_told())
    gc.collect()
    gc.disable()
    try:
        for leaf, one in crowd():
            judging.take(leaf, one)
        assert gc.collect() < len(crowd()) // 10
    finally:
        gc.enable()


def test_processes_judge_a_pack_as_one_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Through the verifier's own dealing, with children of this process."""
    monkeypatch.setattr(verify, "WORTH", 0)
    lines = b"".join(json.dumps(one).encode() + b"\n" for _, one in crowd())
    files = {
        "entries.jsonl": lines,
        f"definitions/{_lived()[2].definition}.json": json.dumps(rules()).encode(),
    }
    files[f"calendars/{calendar().version.rpartition(':')[2]}.json"] = calendar().days_told()
    pack = str(put_together(files, tmp_path / "pack.zip"))
    one = said(verify.lawful_of(pack))

    assert one == alone()
    assert [one, one] == [said(verify.lawful_of(pack, jobs)) for jobs in (2, 3)]
