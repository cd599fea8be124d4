"""Entries that are of no case are told in words, whichever kind they are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from engine.core.audit import START, Entry, entry
from engine.core.identity.account_log import ACCOUNT_KINDS
from engine.core.telling_beside import BESIDE_KINDS, say_beside

ROOT = Path(__file__).parents[2]
#: an entry is appended in one of these ways, its kind a word or one of a few
_APPENDED = re.compile(r'\.append\(\s*[^,()]+,\s*"(\w+)",')
_SAID = re.compile(r'(?:\bsay|_say|_tell)\((?:unit|held)[^"()]*,\s*"(\w+)"')


def _told(stream: str, kind: str, **facts: object) -> Entry:
    return entry(stream, 1, START, kind, 0, facts)


def test_every_kind_that_is_written_beside_cases_is_told() -> None:
    """Found in the sources, so that a new kind cannot stay raw."""
    written: set[str] = set()
    for path in (*(ROOT / "engine/runtime").rglob("*.py"), *(ROOT / "engine/sealer").rglob("*.py")):
        if "identity" in path.parts:
            continue  # accounts have sentences of their own
        source = path.read_text(encoding="utf-8")
        written |= {*_APPENDED.findall(source), *_SAID.findall(source)}

    assert {"heads", "exported", "key_rotated", "erased", "documented", "imported"} <= written
    assert set() == written - {kind for _, kind in BESIDE_KINDS} - set(ACCOUNT_KINDS)


@pytest.mark.parametrize(("stream", "kind"), sorted(BESIDE_KINDS))
def test_a_sentence_stands_without_any_fact(stream: str, kind: str) -> None:
    """An entry of an older version may say less."""
    both = {say_beside(_told(stream, kind), language) for language in ("id", "en")}

    assert (2, []) == (len(both), [one for one in both if not one.endswith(".") or "{" in one])


def test_the_log_tells_what_it_did_with_its_keys_and_packs() -> None:
    """With the names of keys, never their bytes."""
    assert "The log's key was rotated; the new one is agency.example+1a2b." == say_beside(
        _told("log", "key_rotated", new="agency.example+1a2b+AAAA"), "en"
    )
    assert "Paket bukti diserahkan: seluruh log." == say_beside(
        _told("log", "exported", whole=True, streams=[]), "id"
    )
    assert "An evidence pack was handed out: case/c-1, definitions." == say_beside(
        _told("log", "exported", whole=False, streams=["case/c-1", "definitions"]), "en"
    )


def test_what_is_of_a_case_is_told_elsewhere() -> None:
    assert "" == say_beside(_told("case/c-1", "moved"), "en")
