"""Whether the words beside the log are those its entries commit to, and whether what is missing was erased by order.

Three things may be so of a word: it is there and fits its commitment; it is gone and an erasure tells of it; anything
else is a fault. An erasure's own entry commits to the list of all that it took.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from engine.core.audit import SALT, Entry, commitment
from engine.core.codec import DecodeError, canonical, decode
from engine.core.privacy.erasing import PRIVACY, Word, digest_of
from engine.store.driver import Driver, select
from engine.store.streams import history
from engine.store.tables import content, statement

__all__ = ["erasure_problems", "word_problems", "words_of_entries"]

_CASE = "case/"
_COMMITS = b'"content":{'
_Row = tuple[str, int, bytes, bytes]


def word_problems(
    driver: Driver, stream: str, entries: Sequence[Entry], gone: Mapping[Word, str]
) -> Iterator[str]:
    """What is wrong with the words of one stream, as sentences; `gone` are the words that were erased."""
    bound = {(one.seq, name): hexed for one in entries for name, hexed in _bound(one)}
    kept = {(seq, name): (value, salt) for name, seq, value, salt in _words_of(driver, stream)}
    for (seq, name), (value, salt) in kept.items():
        place = f"{stream} entry {seq}: {name}"
        if (stream, seq, name) in gone:
            yield f"{place} was erased by {gone[stream, seq, name]} and is there"
        elif seq > 0 and (seq, name) not in bound:
            yield f"{place} is told by no entry"
        elif seq > 0 and (len(salt) != SALT or bound[seq, name] != commitment(name, value, salt)):
            yield f"{place} is not what the entry commits to"
    for seq, name in bound.keys() - kept.keys():
        if (stream, seq, name) not in gone:
            yield f"{stream} entry {seq}: {name} is missing, and no erasure tells of it"


def erasure_problems(driver: Driver, gone: Mapping[Word, str]) -> Iterator[str]:
    """Erasures whose list is not the one their entry commits to."""
    lists: dict[str, list[Word]] = {}
    for word, erasure in gone.items():
        lists.setdefault(erasure, []).append(word)
    told = {}
    for one in history(driver, PRIVACY):
        facts = _told(one) if one.kind == "erased" else {}
        if facts:
            told[str(facts.get("erasure"))] = facts.get("words", {}).get("digest")
    for erasure in sorted(told.keys() | lists.keys()):
        if erasure not in told:
            yield f"erasure {erasure}: no entry tells that it was carried out"
        elif told[erasure] != digest_of(lists.get(erasure, ())):
            yield f"erasure {erasure}: the list of what it took is not the one its entry commits to"


def _words_of(driver: Driver, stream: str) -> Iterator[_Row]:
    """The words kept of a stream, as their entries call them."""
    if stream.startswith(_CASE):
        asked: Any = sa.select(content.c.form, content.c.seq, content.c.value, content.c.salt)
        for form, seq, value, salt in select(driver, asked.where(content.c.case_id == stream[len(_CASE) :])):
            yield form or "reason", seq, bytes(value), bytes(salt)
        return
    asked = sa.select(statement.c.seq, statement.c.value, statement.c.salt)
    for seq, value, salt in select(driver, asked.where(statement.c.stream == stream)):
        yield "reason", seq, canonical(value), bytes(salt)


def words_of_entries(
    driver: Driver, places: Sequence[tuple[str, int]]
) -> Iterator[tuple[str, int, str, bytes, bytes]]:
    """The words kept of these entries, given by stream and number, in their order: with names, values and salts."""
    wanted = set(places)
    found: dict[tuple[str, int], list[tuple[str, bytes, bytes]]] = {}
    for stream in sorted({one for one, _ in places}):
        for name, seq, value, salt in _words_of(driver, stream):
            if (stream, seq) in wanted:
                found.setdefault((stream, seq), []).append((name, value, salt))
    for stream, seq in places:
        for name, value, salt in sorted(found.get((stream, seq), ())):
            yield stream, seq, name, value, salt


def _bound(one: Entry) -> Iterator[tuple[str, str]]:
    """What an entry commits to: name and commitment."""
    if _COMMITS in one.body:
        bound = _told(one).get("content", {})
        yield from bound.items() if isinstance(bound, dict) else ()


def _told(one: Entry) -> dict[str, Any]:
    """What an entry says; nothing, if it cannot be read, which is told of elsewhere."""
    try:
        told = decode(one.body)
    except DecodeError:
        return {}
    return told if isinstance(told, dict) else {}
