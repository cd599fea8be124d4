"""What an attack leaves behind, and the oracle that says what must be named of it: it shares nothing with the verifier.

The oracle knows the honest log. Where the hashes that were sealed are still there, the first bad entry is the first
one whose bytes are not those that were sealed. Where somebody worked them out anew, it is the first one that does not
follow the entry before it in its stream; where that too was made to fit, only what was signed does not.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from engine.core.codec import canonical
from engine.core.sealing.tree import leaf_hash
from engine.verify import TAMPERED
from tests.sealer.lived import Day
from tests.sealer.packs import Files, lines, with_lines

__all__ = [
    "ROOT",
    "Spoilt",
    "chained",
    "edited",
    "first_bad",
    "in_leaf",
    "saying",
    "whole_with",
    "with_manifest",
]

START = "0" * 64
#: what is said where every entry was made to fit and only the root, which is signed, does not
ROOT = "do not make the root that was signed"
#: what an entry says that other rules hang on, which would be named before the entry itself
_KEPT = {
    "v",
    "stream",
    "seq",
    "prev",
    "content",
    "words",
    "erasure",
    "size",
    "root",
    "count",
    "definition",
    "streams",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoilt:
    """A pack or a database after an attack: what must be said of it, as a pattern, and with which verdict."""

    named: str
    files: Files | None = None
    day: Day | None = None
    codes: tuple[int, ...] = (TAMPERED,)
    older: bytes | None = None
    policy: bytes | None = None
    about: tuple[str, ...] = ()


def in_leaf(index: int) -> str:
    """The pattern of a leaf's number."""
    return rf"\bleaf {index}\b"


def edited(rng: Random, body: bytes) -> bytes:
    """The entry with one fact changed: who, when, what, for which reason; its place in the log stays."""
    told = json.loads(body)
    places = [one for one in _places(told) if one[0] not in _KEPT]
    place = rng.choice(places)
    holder: Any = told
    for step in place[:-1]:
        holder = holder[step]
    holder[place[-1]] = _other(rng, holder[place[-1]])
    return canonical(told)


def _places(value: Any, place: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(value, dict):
        return [found for name, one in value.items() for found in _places(one, (*place, name))]
    if isinstance(value, list):
        return [found for name, one in enumerate(value) for found in _places(one, (*place, name))]
    return [place]


def _other(rng: Random, value: Any) -> Any:
    if isinstance(value, bool) or value is None:
        return not value
    if isinstance(value, int):
        return value + rng.choice([-7, -1, 1, 30])
    digits = [at for at, one in enumerate(value) if one.isdigit()]
    if not digits:
        return f"{value}x"
    at = rng.choice(digits)
    return value[:at] + str((int(value[at]) + rng.randrange(1, 10)) % 10) + value[at + 1 :]


def chained(bodies: Sequence[bytes]) -> list[bytes]:
    """The entries numbered and chained anew, stream by stream."""
    heads: dict[str, tuple[int, str]] = {}
    made = []
    for body in bodies:
        told = json.loads(body)
        seq, prev = heads.get(told["stream"], (0, START))
        one = canonical(told | {"seq": seq + 1, "prev": prev})
        heads[told["stream"]] = (seq + 1, hashlib.sha256(b"\x02" + one).hexdigest())
        made.append(one)
    return made


def _hashes_of(bodies: Sequence[bytes]) -> bytes:
    """The hashes of these leaves."""
    return b"".join(map(leaf_hash, bodies))


def whole_with(files: Files, bodies: list[bytes], how: str) -> Spoilt:
    """A pack of everything with other entries: `plain`, with their `hashes`, or with hashes and `chains` made to fit.

    Where numbers shift, words would be of other entries and would be named for that; who does all that leaves them out.
    """
    if how == "plain":
        return Spoilt(files=with_lines(files, bodies), named=_plain(lines(files), bodies))
    made = chained(bodies) if how == "chains" else bodies
    changed = with_lines(files, made) | {"leaves.bin": _hashes_of(made), "words.jsonl": b""}
    misfit = first_bad(made)
    size = json.loads(files["manifest.json"])["size"]
    if misfit is not None and misfit < size:
        return Spoilt(files=changed, named=in_leaf(misfit))
    if len(made) > size:
        return Spoilt(files=changed, named=in_leaf(size))
    return Spoilt(files=changed, named=ROOT)


def _plain(honest: Sequence[bytes], bodies: Sequence[bytes]) -> str:
    """The first entry that is not what was sealed."""
    pairs = zip(honest, bodies, strict=False)
    return in_leaf(
        next((at for at, (one, other) in enumerate(pairs) if one != other), min(len(honest), len(bodies)))
    )


def first_bad(bodies: Sequence[bytes]) -> int | None:
    """The first entry that does not follow the one before it in its stream."""
    heads: dict[str, tuple[int, str]] = {}
    for at, body in enumerate(bodies):
        told = json.loads(body)
        seq, prev = heads.get(told["stream"], (0, START))
        if (told["seq"], told["prev"]) != (seq + 1, prev):
            return at
        heads[told["stream"]] = (told["seq"], hashlib.sha256(b"\x02" + body).hexdigest())
    return None


def saying(spoilt: Spoilt, text: str) -> bool:
    """Whether what must be named is."""
    return re.search(spoilt.named, text) is not None


def with_manifest(files: Files, **other: object) -> Files:
    """The files with another manifest."""
    return files | {"manifest.json": canonical(json.loads(files["manifest.json"]) | other)}
