"""A document of a case: what it was made from, and the one hash of that by which it is known.

The hash is taken of the place in the log and of the commitments to every text on it, never of the texts: it stays the
same however the sheet is printed, and tells nothing when texts are erased.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.core.audit import Entry, commitment
from engine.core.codec import canonical

__all__ = ["MadeFrom", "PrintedText", "made_from", "newest_equal"]

_DOMAIN = b"siklus document v1\x00"


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedText:
    """A form on a document: in which case and entry it was written, under which name, and the commitment to it."""

    case: str
    seq: int
    name: str
    commitment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeFrom:
    """What a document was made from: the case as of its entry `seq` with the chain value `hash`, and the texts."""

    case: str
    seq: int
    hash: str
    texts: tuple[PrintedText, ...]

    @property
    def digest(self) -> str:
        """The hash by which the document is known, in hex."""
        told = {
            "case": self.case,
            "entry": self.seq,
            "hash": self.hash,
            "texts": [[one.case, one.seq, one.name, one.commitment] for one in self.texts],
        }
        return hashlib.sha256(_DOMAIN + canonical(told)).hexdigest()

    def facts(self) -> dict[str, object]:
        """As an entry of the log tells it: no text, no name of a person."""
        return {"digest": self.digest, "entry": self.seq, "hash": self.hash}


def made_from(case: str, last: Entry, texts: Iterable[PrintedText]) -> MadeFrom:
    """What a document of the case is made from, as of its `last` entry."""
    ordered = sorted(texts, key=lambda one: (one.name, one.case, one.seq))
    return MadeFrom(case=case, seq=last.seq, hash=last.hash, texts=tuple(ordered))


def newest_equal(
    written: Iterable[tuple[str, int, str, bytes, bytes]], forms: Mapping[str, Mapping[str, Any]]
) -> tuple[PrintedText, ...]:
    """Of what was written (case, entry, name, value, salt) the newest that says what each of these forms says."""
    wanted = {name: canonical(values) for name, values in forms.items()}
    found: dict[str, PrintedText] = {}
    for case, seq, name, value, salt in written:
        if wanted.get(name) == value:
            found[name] = PrintedText(case=case, seq=seq, name=name, commitment=commitment(name, value, salt))
    return tuple(found[name] for name in sorted(found))
