"""Verify an evidence pack of Siklus without Siklus: one file, Python 3.9 or newer, its standard library, nothing else.

    python3 -I verify.py pack.zip --policy policy.txt [--older checkpoint.txt] [--about case/ID]
                                  [--receipt receipt.txt] [--lawful] [--jobs N] [--json]

The policy is yours, never the pack's: a C2SP tlog-policy file with the key of the log and of the witnesses that you
trust. An older checkpoint that you kept (`--older`) shows whether history was changed or cut short since, and a receipt
that somebody was given for what they did (`--receipt`) whether that was removed before it was sealed.

Answers, and how this program exits:
    0  VERIFIED                 nothing was changed, dropped, reordered or put in
    1  VERIFIED WITH ERASURES   the same, and some words were erased by an order that the log tells of
    2  INCOMPLETE               nothing wrong is seen, but something that is needed is missing
    3  TAMPERED                 the first bad entry is named, and what was done
    4  FORK                     two checkpoints, both signed by the log, that cannot both be true
    5  UNUSABLE                 this is no pack, no policy or no checkpoint

With `--lawful` a second report follows, independent of the first: every case is replayed against its definition and
the calendar versions in the pack. It is made where the first answer is 0, 1 or 2, and adds to that number:
    +0   LAWFUL                 each move, act, rung, deadline and pause was what the rules in force allow
    +10  UNLAWFUL               each breach is named: entry, case, rule, and what would have been lawful
    +20  NOT JUDGED             nothing unlawful is seen, and some case cannot be judged from this pack
It says also how each promise of a definition stands: kept, broken, open, or lost.

Nothing in the pack is believed because the pack says so. It is read in pieces: only the names of streams, the list of
erased words and the ends of streams are held in memory; the second report holds one small record for each case.
Large packs are looked at by several processes (`--jobs`, as many as there are processors, at most four). No answer
depends on how many there are: where one finds anything wrong with a piece, that piece is read again entry by entry.
Which cases belong to a unit is not shown by a pack.
"""

from __future__ import annotations

import sys

if __name__ == "__main__":
    # Nothing that lies beside this file, unpacked from wherever, may stand in for the standard library.
    _HERE = {"", ".", __file__.replace("\\", "/").rpartition("/")[0]}
    sys.path[:] = [one for one in sys.path if one.replace("\\", "/") not in _HERE]

import argparse
import base64
import binascii
import gc
import hashlib
import hmac
import io
import json
import os
import re
import struct
import zipfile
import zlib
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple, NoReturn, TypeVar

if TYPE_CHECKING:
    from engine.lawful.report import LawReport, Share

VERIFIED, WITH_ERASURES, INCOMPLETE, TAMPERED, FORK, UNUSABLE = range(6)
NAMES = ("VERIFIED", "VERIFIED WITH ERASURES", "INCOMPLETE", "TAMPERED", "FORK", "UNUSABLE")

START = "0" * 64
LONGEST_LINE = 65_535
#: bytes of a pack, unpacked, and of one of its small files
LARGEST_PACK = 1 << 38
LARGEST_FILE = 4 << 20
LARGEST_NOTE = 64 << 10
MOST_SIGNATURES = 64
#: files in a pack: a handful, and the rules that its entries name
MOST_FILES = 4_096
#: bytes that are read at once, and in pieces of which entries are looked at
PIECE = 1 << 20
MOST_JOBS = 64
#: bytes of a pack, as it is handed over, from which on other processes are worth their start
WORTH = 1 << 20
#: how much larger than packed a file may be: entries compress well, a bomb compresses a thousandfold
MOST_PACKED = 200
DEEPEST = 24
MOST_WHOLE = 2**53 - 1


class UnusableError(Exception):
    """What was handed over cannot be read as what it should be."""


class TamperedError(Exception):
    """Something is there that the log cannot have written."""


# Reading strictly. One meaning has one spelling: what Python would also read is refused.

_NUMBER = re.compile(r"(?:0|[1-9][0-9]{0,18})\Z", re.ASCII)
_HASH = re.compile(r"[0-9a-f]{64}\Z", re.ASCII)


def number_of(text: str) -> int:
    """A number in ASCII digits. Raises: UnusableError."""
    if not _NUMBER.match(text):
        raise UnusableError(f"{text[:30]!r} is not a number written in digits")
    return int(text)


def bytes_of(text: str, length: int | None = None) -> bytes:
    """Bytes in standard base64, spelt in the one way. Raises: UnusableError."""
    try:
        value = base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError):
        raise UnusableError(f"{text[:40]!r} is not base64") from None
    if base64.b64encode(value).decode() != text or (length is not None and len(value) != length):
        raise UnusableError(f"{text[:40]!r} is base64 in another spelling or of another length")
    return value


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    told = dict(pairs)
    if len(told) != len(pairs):
        raise UnusableError("a key stands there twice")
    return told


def _never(text: str) -> Any:
    raise UnusableError(f"{text[:30]} is not a whole number")


def _whole(text: str) -> int:
    value = int(text) if len(text) <= len(f"-{MOST_WHOLE}") else MOST_WHOLE + 1
    if abs(value) > MOST_WHOLE:
        raise UnusableError("a number is beyond 2**53")
    return value


class _Wholes(dict):  # type: ignore[type-arg]
    """Numbers by how they are written; short ones, of which there are few, are worked out once."""

    def __missing__(self, text: str) -> int:
        """The number."""
        value = _whole(text)
        if len(text) <= _SHORT:
            self[text] = value
        return value


_SHORT = 4
#: made once: a log has millions of lines
_DECODER = json.JSONDecoder(
    object_pairs_hook=_once, parse_int=_whole, parse_float=_never, parse_constant=_never
)
_QUICK = json.JSONDecoder(parse_int=_Wholes().__getitem__, parse_float=_never, parse_constant=_never)
#: what was read cannot hold itself, so nobody looks for circles
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), check_circular=False)


def json_of(data: bytes) -> Any:
    """A JSON value without doubled keys, fractions or numbers beyond 2**53. Raises: UnusableError."""
    try:
        value = _DECODER.decode(data.decode("utf-8"))
    except (ValueError, RecursionError):
        raise UnusableError("this is not JSON") from None
    if data.count(b"[") + data.count(b"{") > DEEPEST:  # otherwise nothing can stand too deeply
        _bounded(value, 0)
    return value


def _bounded(value: Any, depth: int) -> None:
    if depth > DEEPEST:
        raise UnusableError("values stand within values too deeply")
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        _bounded(one, depth + 1)


def canonical(value: Any) -> bytes:
    """The one byte form of a value (RFC 8785, without fractions). Raises: UnusableError."""
    try:
        return _ENCODER.encode(value).encode()
    except UnicodeEncodeError:
        raise UnusableError("a text holds half a character") from None


def quickly(data: bytes) -> dict[str, Any] | None:
    """What an object says that is written in the one way; None for whatever must be looked at strictly.

    Written again it has the same bytes: so no name stands there twice, and nothing stands there otherwise or beside it.
    """
    try:
        told, _ = _QUICK.raw_decode(data.decode("utf-8"))
        again = _ENCODER.encode(told).encode()
    except (ValueError, RecursionError, UnusableError):
        return None
    few = data.count(b"[") + data.count(b"{") <= DEEPEST  # otherwise something may stand too deeply
    return told if few and again == data and isinstance(told, dict) else None


def object_of(data: bytes, what: str) -> dict[str, Any]:
    """A JSON object. Raises: UnusableError."""
    value = json_of(data)
    if not isinstance(value, dict):
        raise UnusableError(f"{what} is not an object")
    return value


def line_of(data: bytes, what: str, names: frozenset[str]) -> dict[str, Any]:
    """An object with just these names, written in the one way. Raises: UnusableError."""
    told = quickly(data)
    if told is None:
        told = object_of(data, what)
        if canonical(told) != data:
            raise UnusableError(f"{what} is written in another way")
    if told.keys() != names:
        raise UnusableError(f"{what} says something else, or more")
    return told


# Hashes of the log: leaves 0x00, nodes 0x01 (RFC 6962), chains of entries 0x02.

EMPTY = hashlib.sha256(b"").digest()


def leaf_hash(body: bytes) -> bytes:
    """The hash of an entry as a leaf."""
    return hashlib.sha256(b"\x00" + body).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of a node over two."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def chain_value(body: bytes) -> str:
    """What the next entry of its stream must name of an entry."""
    return hashlib.sha256(b"\x02" + body).hexdigest()


class Tree:
    """A tree that grows by leaves or by full trees over some of them, and its root."""

    def __init__(self) -> None:
        self.size = 0
        self._hashes: list[bytes] = []

    def add(self, node: bytes, height: int = 0) -> None:
        """One more leaf, or the root over 2**height of them; so many must be there several times over."""
        carry = self.size >> height
        while carry & 1:
            node = node_hash(self._hashes.pop(), node)
            carry >>= 1
        self._hashes.append(node)
        self.size += 1 << height

    @property
    def root(self) -> bytes:
        """The root as it is now."""
        if not self._hashes:
            return EMPTY
        node = self._hashes[-1]
        for left in reversed(self._hashes[:-1]):
            node = node_hash(left, node)
        return node


def runs_of(first: int, leaves: list[bytes], cut: int) -> list[tuple[int, bytes]]:
    """Leaves from a number on as few full trees, each with its height; none of them reaches over `cut`."""
    found, at, end = [], first, first + len(leaves)
    while at < end:
        stop, height = min(cut, end) if at < cut else end, 0
        while not at >> height & 1 and at + (2 << height) <= stop:
            height += 1
        nodes = leaves[at - first : at - first + (1 << height)]
        while len(nodes) > 1:
            nodes = [node_hash(left, right) for left, right in zip(nodes[::2], nodes[1::2])]  # noqa: B905 - 3.9
        found.append((height, nodes[0]))
        at += 1 << height
    return found


def is_included(leaf: bytes, index: int, size: int, root: bytes, path: Sequence[bytes]) -> bool:
    """Whether a path leads from a leaf to the root (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    place, last, node = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return False
        if place & 1 or place == last:
            node = node_hash(sibling, node)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            node = node_hash(node, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and node == root


def is_consistent(old: int, old_root: bytes, size: int, root: bytes, path: Sequence[bytes]) -> bool:
    """Whether a path shows an old tree at the beginning of a newer one (RFC 9162, 2.1.4.2)."""
    if old in (0, size):
        return not path and old_root == (EMPTY if old == 0 else root)
    if not 0 < old < size:
        return False
    proof = list(path)
    if old & (old - 1) == 0:
        proof.insert(0, old_root)
    if not proof:
        return False
    place, last = old - 1, size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    before = after = proof[0]
    for sibling in proof[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            before, after = node_hash(sibling, before), node_hash(sibling, after)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            after = node_hash(after, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and (before, after) == (old_root, root)


# Ed25519 (RFC 8032, 5.1.7), verification alone: everything in it is public, so time tells nobody anything.

_P = 2**255 - 19
_L = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, _P - 2, _P) % _P
_ROOT = pow(2, (_P - 1) // 4, _P)
_Point = tuple[int, int, int, int]
_NEUTRAL: _Point = (0, 1, 1, 0)


def _added(one: _Point, other: _Point) -> _Point:
    a = (one[1] - one[0]) * (other[1] - other[0]) % _P
    b = (one[1] + one[0]) * (other[1] + other[0]) % _P
    c = 2 * one[3] * other[3] * _D % _P
    d = 2 * one[2] * other[2] % _P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % _P, g * h % _P, f * g % _P, e * h % _P


def _times(factor: int, point: _Point) -> _Point:
    found = _NEUTRAL
    while factor:
        if factor & 1:
            found = _added(found, point)
        point, factor = _added(point, point), factor >> 1
    return found


def _x_of(y: int, sign: int) -> int | None:
    square = (y * y - 1) * pow(_D * y * y + 1, _P - 2, _P) % _P
    x = pow(square, (_P + 3) // 8, _P)
    if (x * x - square) % _P:
        x = x * _ROOT % _P
    if (x * x - square) % _P or (x == 0 and sign):
        return None
    return _P - x if x & 1 != sign else x


def _point_of(data: bytes) -> _Point | None:
    y, sign = int.from_bytes(data, "little") & ((1 << 255) - 1), data[31] >> 7
    x = _x_of(y, sign) if y < _P else None
    return None if x is None else (x, y, 1, x * y % _P)


_BASE_Y = 4 * pow(5, _P - 2, _P) % _P
_BASE_X = _x_of(_BASE_Y, 0)
assert _BASE_X is not None
_BASE: _Point = (_BASE_X, _BASE_Y, 1, _BASE_X * _BASE_Y % _P)


def is_signed(key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether an Ed25519 key made a signature."""
    if (len(key), len(signature)) != (32, 64):
        return False
    point, commitment = _point_of(key), _point_of(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if point is None or commitment is None or scalar >= _L:
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % _L
    left, right = _times(scalar, _BASE), _added(commitment, _times(challenge, point))
    return (left[0] * right[2] - right[0] * left[2]) % _P == 0 and (
        left[1] * right[2] - right[1] * left[2]
    ) % _P == 0


# Signed notes, checkpoints and the policy (C2SP signed-note, tlog-checkpoint, tlog-cosignature, tlog-policy).

_LOG_KEY, _WITNESS_KEY, _LASTING_KEY = 0x01, 0x04, 0x06
_KEY_LENGTHS = {_LOG_KEY: 32, _WITNESS_KEY: 32, _LASTING_KEY: 1312}
_HEADER = "\u2014 "
#: bytes of a key's id, of a cosignature with its time, of a hash; lines of a checkpoint; words of a group line
_ID, _COSIGNED, _HASH_BYTES, _CHECKPOINT_LINES, _GROUP = 4, 72, 32, 3, 3
#: hashes that are read at once
_AT_ONCE = 4_096


class Key(NamedTuple):
    """A key as a policy names it."""

    name: str
    kind: int
    key: bytes

    @property
    def id(self) -> bytes:
        """The four bytes before its signatures."""
        return hashlib.sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.key).digest()[:4]


class Checkpoint(NamedTuple):
    """The log at a size, the text that was signed, and the lines under it."""

    origin: str
    size: int
    root: bytes
    text: str
    lines: tuple[tuple[str, bytes, bytes], ...]

    def by(self, key: Key) -> list[bytes]:
        """What stands there as signed by a key."""
        return [value for name, id_, value in self.lines if (name, id_) == (key.name, key.id)]

    def is_by_log(self, key: Key) -> bool:
        """Whether a key of the log signed it, and every line in its name is right."""
        lines = self.by(key)
        return bool(lines) and all(is_signed(key.key, self.text.encode(), one) for one in lines)

    def seen_by(self, key: Key) -> int | None:
        """The second at which a witness says that it saw it; None if it does not."""
        at = None
        for line in self.by(key):
            if len(line) != _COSIGNED:
                return None
            at = int.from_bytes(line[:8], "big")
            message = f"cosignature/v1\ntime {at}\n{self.text}".encode()
            if at >= 2**63 or not is_signed(key.key, message, line[8:]):
                return None
        return at


def key_of(text: str) -> Key:
    """A key written name+id+base64. Raises: UnusableError."""
    name, _, rest = text.partition("+")
    said, _, encoded = rest.partition("+")
    value = bytes_of(encoded)
    found = Key(name, value[0] if value else 0, value[1:])
    if _KEY_LENGTHS.get(found.kind) != len(found.key) or not name or found.id.hex() != said:
        raise UnusableError(f"{text[:60]!r} is not a key, or was changed on the way")
    return found


def checkpoint_of(data: bytes) -> Checkpoint:
    """A checkpoint from its note. Raises: UnusableError."""
    parts, lines = _note_of(data, _CHECKPOINT_LINES, "a checkpoint")
    text = "".join(f"{one}\n" for one in parts)
    return Checkpoint(parts[0], number_of(parts[1]), bytes_of(parts[2], 32), text, tuple(lines))


def _note_of(data: bytes, count: int, what: str) -> tuple[list[str], list[tuple[str, bytes, bytes]]]:
    """The lines of a note's text, so many, and those under it: name, id of the key, signature."""
    try:
        whole = data.decode("utf-8")
    except UnicodeDecodeError:
        raise UnusableError(f"{what} is UTF-8") from None
    text, _, under = whole.rpartition("\n\n")
    parts = text.split("\n")
    if not under.endswith("\n") or len(parts) != count or not parts[0]:
        raise UnusableError(f"{what} is {count} lines, an empty one and signatures")
    if any(one < " " and one != "\n" for one in whole):
        raise UnusableError(f"{what} has no control characters")
    lines = []
    if under.count("\n") > MOST_SIGNATURES:
        raise UnusableError(f"{what} has at most {MOST_SIGNATURES} signatures")
    for line in under[:-1].split("\n"):
        name, _, encoded = line[len(_HEADER) :].partition(" ")
        value = bytes_of(encoded)
        if not line.startswith(_HEADER) or not name or len(value) <= _ID:
            raise UnusableError(f"a line under {what} is no signature")
        lines.append((name, value[:4], value[4:]))
    return parts, lines


class Receipt(NamedTuple):
    """What somebody was promised for what they did: in which log it stands, where, and its chain value."""

    log: str
    stream: str
    seq: int
    hash: str
    at: str
    text: str
    lines: tuple[tuple[str, bytes, bytes], ...]

    def is_by(self, key: Key) -> bool:
        """Whether a key signed it, and every line in its name is right."""
        mine = [value for name, id_, value in self.lines if (name, id_) == (key.name, key.id)]
        return bool(mine) and all(is_signed(key.key, self.text.encode(), one) for one in mine)


#: within so long a promised entry is in the log that is handed out
_PROMISED = timedelta(minutes=5)
_RECEIPT = re.compile(
    r"siklus receipt v1\nlog ([^ \n]+)\nentry ([^ \n]+) ([1-9][0-9]{0,18})\nhash ([0-9a-f]{64})\n"
    r"at ([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z)\n",
    re.ASCII,
)
_RECEIPT_LINES = 5


def receipt_of(data: bytes) -> Receipt:
    """A receipt from its note. Raises: UnusableError."""
    parts, lines = _note_of(data, _RECEIPT_LINES, "a receipt")
    text = "".join(f"{one}\n" for one in parts)
    found = _RECEIPT.fullmatch(text)
    if found is None:
        raise UnusableError("a receipt names the log, the entry, its hash and when it was written")
    log, stream, seq, chained, at = found.groups()
    _moment(at)
    return Receipt(log, stream, int(seq), chained, at, text, tuple(lines))


def _moment(text: str) -> datetime:
    try:
        return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ")  # noqa: DTZ007 - all are UTC, as the Z says
    except ValueError:
        raise UnusableError(f"{text[:40]!r} is no time") from None


class Policy:
    """Whom the reader of this trusts. Raises: UnusableError, with the line that is wrong."""

    def __init__(self, data: bytes) -> None:
        self.logs: list[Key] = []
        self._witnesses: dict[str, Key] = {}
        self._groups: dict[str, tuple[int, list[str]]] = {}
        self._grouped: set[str] = set()
        self._quorum = ""
        for number, line in enumerate(data.decode("latin-1").split("\n"), start=1):
            if any((one < " " and one != "\t") or one == "\x7f" for one in line):
                raise UnusableError(f"line {number} of the policy has a control character")
            words = [one for one in re.split("[ \t]+", line) if one]
            if words and not words[0].startswith("#"):
                try:
                    self._take(words)
                except (UnusableError, UnicodeDecodeError) as error:
                    raise UnusableError(f"line {number} of the policy: {error}") from None
        if not self._quorum or not self.logs:
            raise UnusableError("a policy has a log line and a quorum line")

    def needs(self, point: Checkpoint) -> str:
        """What is still needed of witnesses; "" if nothing is."""
        return "" if self._met(self._quorum, point) else f"the quorum {self._quorum!r} of witnesses"

    def _met(self, name: str, point: Checkpoint) -> bool:
        if name == "none":
            return True
        if name in self._witnesses:
            return point.seen_by(self._witnesses[name]) is not None
        least, members = self._groups[name]
        return sum(self._met(one, point) for one in members) >= least

    def _take(self, words: list[str]) -> None:
        kind, rest = words[0], words[1:]
        if kind == "log" and len(rest) in (1, 2):
            self._log(rest[0])
        elif kind == "witness" and len(rest) in (2, 3):
            self._witness(rest[0], rest[1])
        elif kind == "group" and len(rest) >= _GROUP:
            self._group(rest[0], rest[1], rest[2:])
        elif kind == "quorum" and len(rest) == 1 and not self._quorum:
            if rest[0] != "none" and not self._known(rest[0]):
                raise UnusableError(f"{rest[0]} does not stand above")
            self._quorum = rest[0]
        else:
            raise UnusableError(f"{kind!r} cannot stand there like that")

    def _log(self, text: str) -> None:
        key = key_of(text.encode("latin-1").decode("utf-8"))
        if any(one.key == key.key for one in (*self.logs, *self._witnesses.values())):
            raise UnusableError("this key is another's as well")
        if key.kind == _LOG_KEY:
            self.logs.append(key)
        elif key.kind != _LASTING_KEY:  # of ML-DSA-44 the standard library knows nothing: passed over
            raise UnusableError("this is no key of a log")

    def _witness(self, name: str, text: str) -> None:
        key = key_of(text.encode("latin-1").decode("utf-8"))
        if key.kind != _WITNESS_KEY:
            raise UnusableError("this verifier knows witnesses that sign with Ed25519 (0x04)")
        if name == "none" or self._known(name):
            raise UnusableError(f"{name} is taken")
        if any(one.key == key.key for one in (*self._witnesses.values(), *self.logs)):
            raise UnusableError("this key is another's as well, and would count twice")
        self._witnesses[name] = key

    def _group(self, name: str, how: str, members: list[str]) -> None:
        if name == "none" or self._known(name):
            raise UnusableError(f"{name} is taken")
        for one in members:
            if not self._known(one) or one in self._grouped or members.count(one) > 1:
                raise UnusableError(f"{one} does not stand above, or is a member already")
        least = {"all": len(members), "any": 1}.get(how)
        least = number_of(how) if least is None else least
        if not 1 <= least <= len(members):
            raise UnusableError(f"{how} of {len(members)} members")
        self._grouped.update(members)
        self._groups[name] = (least, members)

    def _known(self, name: str) -> bool:
        return name in self._witnesses or name in self._groups


# The pack: a zip whose files are read in pieces, and in which nothing can hide.

_LAYOUT = re.compile(
    r"manifest\.json|checkpoint|entries\.jsonl|leaves\.bin|proofs\.jsonl|heads\.jsonl|consistency\.json|words\.jsonl"
    r"|erased\.jsonl|verify\.py|definitions/[0-9a-f]{64}\.json|calendars/[0-9a-f]{8}\.json|README\.(?:en|id)\.txt"
    r"|views/(?:log\.xes|log\.ocel\.json|log\.ocel\.sqlite|entries\.csv|nets/[0-9a-f]{64}(?:\.[a-z][a-z0-9_]*)?\.pnml)",
    re.ASCII,
)


#: bytes of the fixed part of a file's header within a zip, and of its entry in the directory
_LOCAL = 30
_CENTRAL = 46
#: what a header says instead of a size that stands beside the name (PKWARE APPNOTE, 4.5.3), and how that is marked
_TOLD_LATER = 0xFFFFFFFF
_LARGE = 1
_OF_SIZES = struct.Struct("<HHQQ")


def _is_plain(one: zipfile.ZipInfo) -> bool:
    """Whether the directory says of a file nothing but its name and its measures: these stand beside it if large."""
    sizes, start = (one.file_size, one.compress_size), (one.header_offset,)
    told = [
        struct.pack(f"<HH{len(some)}Q", _LARGE, 8 * len(some), *some)
        for some in (sizes, start, sizes + start)
    ]
    measures = one.extra in (b"", *told)
    return not one.flag_bits and not one.comment and measures and one.orig_filename == one.filename


def _headers(one: zipfile.ZipInfo) -> set[bytes]:
    """What may stand before a file, up to the length of its name: its sizes there, or beside its name."""
    year, month, day, hour, minute, second = one.date_time
    date, time = (year - 1980) << 9 | month << 5 | day, hour << 11 | minute << 5 | second // 2
    found = set()
    for version in (20, 45):
        for packed, size, beside in (
            (one.compress_size, one.file_size, 0),
            (_TOLD_LATER, _TOLD_LATER, _OF_SIZES.size),
        ):
            told = (
                version,
                0,
                one.compress_type,
                time,
                date,
                one.CRC,
                min(packed, _TOLD_LATER),
                min(size, _TOLD_LATER),
            )
            name = one.filename.encode("ascii")
            found.add(struct.pack("<4s5H3L2H", b"PK\x03\x04", *told, len(name), beside) + name)
    return found


def _local_length(raw: BinaryIO, one: zipfile.ZipInfo) -> int:
    """The bytes before a file's own, whose fixed part was just read. Raises: UnusableError."""
    raw.seek(one.header_offset + _LOCAL - 2)
    length = int.from_bytes(raw.read(2), "little")
    raw.seek(len(one.filename), 1)
    if length and raw.read(length) != _OF_SIZES.pack(_LARGE, 16, one.file_size, one.compress_size):
        raise UnusableError(f"{one.filename}: what stands before it is not what the directory says")
    return _LOCAL + len(one.filename) + length


def _ends_of(count: int, length: int, start: int) -> tuple[bytes, ...]:
    """What may stand after a directory: where it is and how much is in it, in the usual and in the large form."""
    few, short, near = min(count, 0xFFFF), min(length, _TOLD_LATER), min(start, _TOLD_LATER)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, few, few, short, near, 0)
    large = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, length, start)
    return end, large + struct.pack("<4sLQL", b"PK\x06\x07", 0, start + length, 1) + end


def _ends_here(raw: BinaryIO, count: int, length: int, start: int) -> bool:
    """Whether a pack ends with its directory, and with what says where that is."""
    raw.seek(start + length)
    ends = _ends_of(count, length, start)
    return raw.read(max(map(len, ends)) + 1) in ends


class _Member:
    """A file within a zip, read in pieces; it must end where it says, with the size and the sum that it says."""

    def __init__(self, path: str, info: zipfile.ZipInfo) -> None:
        self.name = info.filename
        self.ended = False
        self._raw = Path(path).open("rb")  # noqa: SIM115 - closed with this
        self._raw.seek(info.header_offset + _LOCAL - 2)
        self._raw.seek(int.from_bytes(self._raw.read(2), "little") + len(self.name), 1)
        self._left, self._size, self._sum = info.compress_size, info.file_size, info.CRC
        self._plain = info.compress_type == zipfile.ZIP_STORED
        self._inflater = zlib.decompressobj(-15)
        self._got, self._summed, self._waiting = 0, 0, b""

    def __enter__(self) -> _Member:  # noqa: PYI034 - Python 3.9 has no Self
        """Itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self._raw.close()

    def read(self, count: int) -> bytes:
        """So many bytes, fewer at the end. Raises: UnusableError, zlib.error."""
        data = b""
        while len(data) < count and not self.ended:
            data += self._some(count - len(data))
        return data

    def _some(self, count: int) -> bytes:
        packed = self._waiting or self._raw.read(min(self._left, 1 << 16))
        self._left -= 0 if self._waiting else len(packed)
        if self._plain:
            data, self._waiting = packed[:count], packed[count:]
            is_over = not self._left and not self._waiting
        else:
            data = self._inflater.decompress(packed, count)
            self._waiting = self._inflater.unconsumed_tail
            is_over = self._inflater.eof
        self._got, self._summed = self._got + len(data), zlib.crc32(data, self._summed)
        if is_over or not (packed or data) or self._got > self._size:
            self._close(is_whole=is_over)
        return data

    def _close(self, *, is_whole: bool) -> None:
        self.ended = True
        more = self._left or self._waiting or self._inflater.unused_data
        if not is_whole or more or (self._got, self._summed) != (self._size, self._sum):
            raise UnusableError(f"the pack is damaged: {self.name} is not what its directory says")


class Pack:
    """An opened pack. Raises: UnusableError."""

    def __init__(self, path: str) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
        except (OSError, zipfile.BadZipFile, NotImplementedError, ValueError) as error:
            raise UnusableError(f"{path} cannot be opened as a zip: {error}") from None
        names = [one.filename for one in self._zip.infolist()]
        if len(set(names)) != len(names):
            raise UnusableError("a name stands in the pack twice")
        whole = 0
        for one in self._zip.infolist():
            mode = one.external_attr >> 16
            if not _LAYOUT.fullmatch(one.filename) or (mode & 0o170000) not in (0, 0o100000):
                raise UnusableError(f"{one.filename[:60]!r} does not belong into a pack")
            if one.flag_bits & 1 or one.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise UnusableError(f"{one.filename} is locked, or packed in an unusual way")
            if one.file_size > max(1 << 20, one.compress_size * MOST_PACKED):
                raise UnusableError(f"{one.filename} would unpack to {one.file_size} bytes: a bomb")
            whole += one.file_size
        if len(names) > MOST_FILES:
            raise UnusableError(f"{len(names)} files are more than any pack has")
        self._stands_alone(path)
        if whole > LARGEST_PACK:
            raise UnusableError(f"the pack would unpack to {whole} bytes")
        self.names = frozenset(names)
        self._path = path
        self._read_through: set[str] = set()

    def small(self, name: str, most: int = LARGEST_FILE) -> bytes:
        """A file in one piece. Raises: UnusableError."""
        with self.opened(name) as file:
            data = self._read(file, most + 1)
        if len(data) > most:
            raise UnusableError(f"{name} is larger than {most} bytes")
        return data

    def digest(self, name: str) -> str:
        """The SHA-256 of a file, read in pieces. Raises: UnusableError."""
        hashed = hashlib.sha256()
        with self.opened(name) as file:
            while data := self._read(file, PIECE):
                hashed.update(data)
        return hashed.hexdigest()

    def _stands_alone(self, path: str) -> None:
        """Pass if the files follow one another from the first byte to the directory, with nothing in between.

        What stands before a file must say what the directory says of it: some programs read the one, some the other.
        """
        files, directory, at, listed = self._zip.infolist(), self._zip.start_dir, 0, 0
        with Path(path).open("rb") as raw:
            for one in sorted(files, key=lambda info: info.header_offset):
                if not one.header_offset == at < directory or not _is_plain(one):
                    raise UnusableError("something stands in the pack that its directory does not name")
                raw.seek(at)
                if raw.read(_LOCAL + len(one.filename)) not in _headers(one):
                    raise UnusableError(
                        f"{one.filename}: what stands before it is not what the directory says"
                    )
                at += _local_length(raw, one) + one.compress_size
                listed += _CENTRAL + len(one.filename) + len(one.extra)
            if at != directory or not _ends_here(raw, len(files), listed, at):
                raise UnusableError("something stands in the pack that its directory does not name")

    def lines(self, name: str) -> Iterator[bytes]:
        """A file line by line, without the line feeds. Raises: UnusableError."""
        for piece in self.pieces(name):
            yield from piece.split(b"\n")

    def pieces(self, name: str) -> Iterator[bytes]:
        """A file some lines at a time, without the last line feed of each piece. Raises: UnusableError."""
        if name not in self.names:
            return
        with self.opened(name) as file:
            rest = b""
            while data := self._read(file, PIECE):
                piece, feed, rest = (rest + data).rpartition(b"\n")
                if feed:
                    yield piece
                if len(rest) > LARGEST_FILE:
                    raise UnusableError(f"a line of {name} has no end")
            if rest:
                raise UnusableError(f"{name} ends in the middle of a line")

    def hashes(self, file: _Member, count: int) -> list[bytes]:
        """The next so many hashes of a file, fewer at its end. Raises: UnusableError."""
        data = self._read(file, count * _HASH_BYTES)
        if len(data) % _HASH_BYTES:
            raise UnusableError(f"{file.name} is cut off")
        return [data[at : at + _HASH_BYTES] for at in range(0, len(data), _HASH_BYTES)]

    def rest(self) -> None:
        """Read what nothing has asked for: it must be what the directory says it is. Raises: UnusableError."""
        for name in sorted(self.names - self._read_through):
            with self.opened(name) as file:
                while self._read(file, PIECE):
                    pass

    def opened(self, name: str) -> _Member:
        """A file to be read in pieces. Raises: UnusableError."""
        if name not in self.names:
            raise UnusableError(f"there is no {name} in the pack")
        try:
            return _Member(self._path, self._zip.getinfo(name))
        except OSError as error:
            raise UnusableError(f"{name} cannot be read: {error}") from None

    def _read(self, file: _Member, count: int) -> bytes:
        try:
            data = file.read(count)
        except (OSError, EOFError, ValueError, OverflowError, zlib.error) as error:
            raise UnusableError(f"the pack is damaged: {error}") from None
        if file.ended:
            self._read_through.add(file.name)
        return data


# What was written, entry by entry.


class Entry(NamedTuple):
    """One entry: where it stands in the log, its exact bytes, what they say."""

    leaf: int
    body: bytes
    told: dict[str, Any]

    @property
    def place(self) -> str:
        """How people find it."""
        return f"leaf {self.leaf} ({self.told.get('stream')} entry {self.told.get('seq')})"


def entry_of(index: int, body: bytes) -> Entry:
    """The entry of these bytes. Raises: TamperedError."""
    place = f"leaf {index}"
    if len(body) > LONGEST_LINE:
        raise TamperedError(f"{place}: an entry has at most {LONGEST_LINE} bytes")
    quick = quickly(body)
    try:
        told = object_of(body, "an entry") if quick is None else quick
        again = body if quick is not None else canonical(told)
    except UnusableError as error:
        raise TamperedError(f"{place}: {error}; no entry was ever written so") from None
    entry = Entry(index, body, told)
    if again != body:
        raise TamperedError(f"{entry.place}: its bytes are not the one way to write what they say")
    stream, seq, prev = told.get("stream"), told.get("seq"), told.get("prev")
    if not isinstance(stream, str) or type(seq) is not int or not isinstance(prev, str):
        raise TamperedError(f"{place}: it does not say which entry of which stream it is")
    return entry


class Chains:
    """The streams so far: each entry must name the one before it in its stream."""

    def __init__(self) -> None:
        self.heads: dict[str, tuple[int, str]] = {}

    def take(self, entry: Entry) -> None:
        """One more entry. Raises: TamperedError."""
        stream, seq, prev = (entry.told[name] for name in ("stream", "seq", "prev"))
        last, head = self.heads.get(stream, (0, START))
        if seq != last + 1:
            raise TamperedError(
                f"{entry.place}: entry {last + 1} of its stream should stand here (removed, put in or reordered)"
            )
        if prev != head:
            raise TamperedError(
                f"{entry.place}: it does not follow the entry before it as that is written here"
            )
        self.heads[stream] = (seq, chain_value(entry.body))

    def join(self, ends: Mapping[str, End]) -> bool:
        """Whether what some entries begin with follows what came before; then where they end is where streams end."""
        heads, new = self.heads, (0, START)
        for stream, (seq, prev, _, _) in ends.items():
            last, head = heads.get(stream, new)
            if seq != last + 1 or prev != head:
                return False
        for stream, (_, _, seq, head) in ends.items():
            heads[stream] = (seq, head)
        return True


# Pieces of a log. Whoever looks at one says only that nothing is wrong with it by itself, and what the rest of the
# log must fit; where anything is, the piece is looked at entry by entry: what is first bad depends on nobody's pace.


class Terms(NamedTuple):
    """What entries are held against, beside one another: the log as it was signed, and what is asked of it."""

    size: int
    root: bytes
    #: the size of the checkpoint that was kept, -1 for none
    cut: int
    #: what a part is about, None for all
    about: frozenset[str] | None
    #: entries that receipts promise
    promised: frozenset[tuple[str, int]]


class Piece(NamedTuple):
    """Some lines of a log, and what stands beside them: the hashes of leaves in a whole one, proofs in a part."""

    first: int
    lines: bytes
    beside: list[bytes]


#: of one stream: number and `prev` of the first entry, number and chain value of the last
End = tuple[int, str, int, str]


class Found(NamedTuple):
    """A piece in which nothing is wrong by itself."""

    entries: int
    ends: dict[str, End]
    #: entries that say more than their place: what they commit to; or all of it, if it matters to the verdict
    telling: list[tuple[int, bytes, dict[str, Any]]]
    definitions: set[str]
    #: of a whole log: its leaves as full trees; of a part: the numbers of the first and the last leaf
    runs: list[tuple[int, bytes]]
    between: tuple[int, int]


def examined(terms: Terms, piece: Piece) -> Found | None:
    """What is found in a piece; None if something is wrong with it."""
    lines = piece.lines.split(b"\n")
    try:
        if terms.about is not None:
            places = _proven(lines, piece.beside, terms)
            return None if places is None else _read_through(lines, places, terms, [])
        if piece.first + len(lines) > terms.size or piece.beside != [leaf_hash(body) for body in lines]:
            return None
        runs = runs_of(piece.first, piece.beside, terms.cut)
        return _read_through(lines, range(piece.first, piece.first + len(lines)), terms, runs)
    except (UnusableError, TamperedError):
        return None


def _proven(lines: list[bytes], proofs: list[bytes], terms: Terms) -> list[int] | None:
    """Where in the log the entries of a part stand, in its order; None if one is not in it. Raises: UnusableError."""
    last, places = -1, []
    if len(lines) != len(proofs):
        return None
    for body, proof in zip(lines, proofs):  # noqa: B905 - Python 3.9 has no `strict`
        index, path = _path_of(line_of(proof, "a proof", _OF_PROOFS))
        if index <= last or not is_included(leaf_hash(body), index, terms.size, terms.root, path):
            return None
        places.append(index)
        last = index
    return places


def _read_through(
    lines: list[bytes], places: Sequence[int], terms: Terms, runs: list[tuple[int, bytes]]
) -> Found | None:
    """What entries say. Raises: TamperedError."""
    ends: dict[str, End] = {}
    telling: list[tuple[int, bytes, dict[str, Any]]] = []
    definitions: set[str] = set()
    about = terms.about
    for leaf, body in zip(places, lines):  # noqa: B905
        entry = entry_of(leaf, body)
        told = entry.told
        stream, seq, prev = told["stream"], told["seq"], told["prev"]
        if about is None or stream in about:
            before = ends.get(stream)
            if before is not None and (seq, prev) != (before[2] + 1, before[3]):
                return None
            first = (seq, prev) if before is None else before[:2]
            ends[stream] = (*first, seq, chain_value(body))
        elif not _is_beside(entry):
            return None
        if stream in _OF_THE_LOG or (stream, seq) in terms.promised:
            telling.append((leaf, body, {}))
        else:
            if told.get("content", {}) != {}:
                telling.append((leaf, b"", {"stream": stream, "seq": seq, "content": told["content"]}))
            definition = told.get("definition")
            if isinstance(definition, str):
                definitions.add(definition)
    return Found(len(lines), ends, telling, definitions, runs, (places[0], places[-1]))


#: streams in which the log tells of itself, of what it hands out, and of what was erased
_OF_THE_LOG = frozenset({"log", "privacy"})


class Hands:
    """This process, and others beside it that look at pieces; whoever looks, results come in the order of the pieces.

    Others are children of this process with its memory (fork), which start no program and import nothing: where that
    cannot be, or one of them dies, this one does the work alone.
    """

    def __init__(self, jobs: int) -> None:
        self._others = jobs - 1
        self._pool: Any = _pool(self._others) if jobs > 1 else None

    def __enter__(self) -> Hands:  # noqa: PYI034 - Python 3.9 has no Self
        """Itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let the others go."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def each(
        self, work: Callable[[_Work], _Out], pieces: Iterator[_Work], ahead: int = 2
    ) -> Iterator[tuple[_Work, _Out]]:
        """Each piece with what comes of it. What cannot be read is said when all before it has been handed on.

        Each of the others is given so many pieces at once; what comes while they have enough is done here.
        """
        waiting: deque[tuple[_Work, _Out | None, Any]] = deque()
        broken: UnusableError | None = None
        while broken is None:
            try:
                piece = next(pieces)
            except StopIteration:
                break
            except UnusableError as error:
                broken = error
                break
            busy = sum(one is not None and not one.done() for _, _, one in waiting)
            given = self._given(work, piece) if busy < ahead * self._others else None
            waiting.append((piece, work(piece) if given is None else None, given))
            while waiting and (len(waiting) > _AHEAD or waiting[0][2] is None or waiting[0][2].done()):
                yield self._taken(work, *waiting.popleft())
        while waiting:
            yield self._taken(work, *waiting.popleft())
        if broken is not None:
            raise broken

    def _given(self, work: Callable[[_Work], _Out], piece: _Work) -> Any:
        """The promise of another to do it; None if there is no other."""
        try:
            return None if self._pool is None else self._pool.submit(work, piece)
        except (OSError, RuntimeError):
            return None

    def _taken(
        self, work: Callable[[_Work], _Out], piece: _Work, done: _Out | None, given: Any
    ) -> tuple[_Work, _Out]:
        if given is None:
            return piece, done  # type: ignore[return-value]
        try:
            return piece, given.result()
        except (OSError, RuntimeError):  # the other process is gone
            return piece, work(piece)


#: pieces that may wait to be taken
_AHEAD = 16
_Work = TypeVar("_Work")
_Out = TypeVar("_Out")


def _pool(others: int) -> Any:
    """So many processes; None where they cannot be made."""
    try:
        import multiprocessing  # large packs alone need it
        from concurrent.futures import ProcessPoolExecutor

        return ProcessPoolExecutor(others, multiprocessing.get_context("fork"))
    except (ImportError, OSError, ValueError):
        return None


_OF_WORDS = frozenset({"stream", "seq", "name", "value", "salt"})
_OF_ERASED = frozenset({"stream", "seq", "name", "erasure"})
_OF_PROOFS = frozenset({"index", "path"})
_OF_HEADS = frozenset({"stream", "seq", "hash", "index", "path"})
_Place = tuple[str, int, str]


def _place_of(one: dict[str, Any], what: str) -> _Place:
    stream, seq, name = one["stream"], one["seq"], one["name"]
    if not isinstance(stream, str) or type(seq) is not int or not isinstance(name, str):
        raise UnusableError(f"{what} does not say whose it is")
    return stream, seq, name


def word_of(line: bytes) -> tuple[_Place, str]:
    """A word of the pack: whose it is, and what it commits to with its salt. Raises: UnusableError."""
    one = line_of(line, "a word", _OF_WORDS)
    place = _place_of(one, "a word")
    if not isinstance(one["value"], str) or not isinstance(one["salt"], str):
        raise UnusableError("a word has a value and a salt")
    message = place[2].encode() + b"\x00" + one["value"].encode()
    return place, hmac.new(bytes_of(one["salt"], 32), message, hashlib.sha256).hexdigest()


def words_of(pack: Pack, hands: Hands) -> Iterator[tuple[_Place, str]]:
    """The words of the pack in their order. Raises: UnusableError, at the first line that is none."""
    for piece, found in hands.each(_committed, pack.pieces("words.jsonl")):
        yield from map(word_of, piece.split(b"\n")) if found is None else found


def _committed(piece: bytes) -> list[tuple[_Place, str]] | None:
    try:
        return [word_of(line) for line in piece.split(b"\n")]
    except UnusableError:
        return None


class Words:
    """What entries commit to, against the words in the pack, which come in their order, and what was erased."""

    def __init__(self, pack: Pack, hands: Hands) -> None:
        self._shown = words_of(pack, hands)
        self._next = next(self._shown, None)
        self._lists: dict[str, list[_Place]] = {}
        self._gone: dict[_Place, str] = {}
        for line in pack.lines("erased.jsonl"):
            one = line_of(line, "an erased word", _OF_ERASED)
            place = _place_of(one, "an erased word")
            if place in self._gone or not isinstance(one["erasure"], str):
                raise UnusableError("a word stands in erased.jsonl twice, or without its erasure")
            self._lists.setdefault(one["erasure"], []).append(place)
            self._gone[place] = one["erasure"]
        self._told: set[str] = set()
        self.shown = 0
        self.erased: dict[str, int] = {}
        self.withheld = 0
        #: the first word that is neither there nor erased
        self.first_withheld = ""
        #: erasures that the log tells of, and whose list is not in the pack
        self.unlisted: list[str] = []

    def take(self, entry: Entry) -> None:
        """Hold the words of an entry against it. Raises: TamperedError."""
        if _is(entry, "privacy", "erased"):
            self._erasure(entry)
        bound = entry.told.get("content", {})
        if not isinstance(bound, dict):
            raise TamperedError(f"{entry.place}: what it commits to is not written as any entry writes it")
        mine = (entry.told["stream"], entry.told["seq"])
        shown: dict[str, str] = {}
        while self._next is not None and self._next[0][:2] == mine:
            (_, _, name), committed = self._next
            if name in shown or name not in bound:
                raise TamperedError(
                    f"{entry.place}: {name!r} is in the pack, and the entry does not commit to it"
                )
            shown[name] = committed
            self._next = next(self._shown, None)
        for name, committed in bound.items():
            self._one(entry, (*mine, name), shown.get(name), committed)

    def close(self) -> None:
        """Look at what is left. Raises: TamperedError."""
        if self._next is not None:
            stream, seq, name = self._next[0]
            raise TamperedError(f"{stream} entry {seq}: {name!r} is in the pack, out of order or of no entry")
        for erasure in sorted(self.erased):
            if erasure not in self._told:
                raise TamperedError(
                    f"erasure {erasure}: words are said to be erased by it, and no entry tells of it"
                )

    def _one(self, entry: Entry, place: _Place, shown: str | None, committed: Any) -> None:
        gone, name = self._gone.get(place), place[2]
        if shown is not None and gone is not None:
            raise TamperedError(f"{entry.place}: {name} was erased by {gone} and is in the pack")
        if shown is not None and shown != committed:
            raise TamperedError(f"{entry.place}: {name} is not what the entry commits to")
        if shown is not None:
            self.shown += 1
        elif gone is not None:
            self.erased[gone] = self.erased.get(gone, 0) + 1
        else:
            self.first_withheld = self.first_withheld or f"{entry.place}: {name}"
            self.withheld += 1

    def _erasure(self, entry: Entry) -> None:
        erasure, words = str(entry.told.get("erasure")), entry.told.get("words")
        self._told.add(erasure)
        said = words.get("digest") if isinstance(words, dict) else None
        mine = sorted(list(one) for one in self._lists.get(erasure, []))
        if hashlib.sha256(canonical(mine)).hexdigest() == said:
            return
        if mine:
            raise TamperedError(
                f"{entry.place}: the list of what {erasure} took is not the one it commits to"
            )
        self.unlisted.append(erasure)


# The verdict.


class Verdict:
    """What came out, in words and for programs."""

    def __init__(self) -> None:
        self.code = VERIFIED
        self.reasons: list[str] = []
        self.facts: dict[str, Any] = {}

    def say(self, code: int, reason: str) -> None:
        """A reason, and the code it stands for; the graver code stays."""
        self.code = max(self.code, code)
        self.reasons.append(reason)

    def json(self) -> dict[str, Any]:
        """For programs."""
        return {"verdict": NAMES[self.code], "code": self.code, "reasons": self.reasons, **self.facts}


def verify(
    path: str,
    policy: bytes | None,
    older: bytes | None,
    about: Sequence[str] = (),
    receipts: Sequence[bytes] = (),
    jobs: int = 1,
) -> Verdict:
    """The verdict on a pack; never raises for anything that is in it. `about` are streams that it must be about.

    Of several processes (`jobs`) nothing depends but the time it takes.
    """
    verdict = Verdict()
    try:
        with Hands(jobs if is_worth(path) else 1) as hands:
            _verify(path, policy, older, about, [receipt_of(one) for one in receipts], verdict, hands=hands)
    except UnusableError as error:
        verdict.say(UNUSABLE, str(error))
    except TamperedError as error:
        verdict.say(TAMPERED, str(error))
    except (MemoryError, RecursionError):
        verdict.say(UNUSABLE, "the pack is too large or too deep to be read here")
    return verdict


def is_worth(path: str) -> bool:
    """Whether a pack is so large that other processes are worth their start."""
    try:
        return Path(path).stat().st_size >= WORTH
    except (OSError, ValueError):
        return False


_OF_MANIFEST = frozenset({"v", "whole", "streams", "words", "origin", "size"})


def _verify(
    path: str,
    policy: bytes | None,
    older: bytes | None,
    about: Sequence[str],
    receipts: Sequence[Receipt],
    verdict: Verdict,
    *,
    hands: Hands,
) -> None:
    trusted = Policy(policy) if policy is not None else None
    kept = checkpoint_of(older) if older is not None else None
    pack = Pack(path)
    manifest = line_of(pack.small("manifest.json"), "the manifest", _OF_MANIFEST)
    streams = manifest["streams"]
    if manifest["v"] != 1 or type(manifest["whole"]) is not bool or type(manifest["words"]) is not bool:
        raise UnusableError("this pack is of a version that this verifier does not know")
    if not isinstance(streams, list) or not all(isinstance(one, str) for one in streams):
        raise UnusableError("the manifest does not say which streams the pack is about")
    if bool(streams) == manifest["whole"]:
        raise UnusableError("the manifest says neither that the pack is whole nor which streams it is about")
    point = checkpoint_of(pack.small("checkpoint", LARGEST_NOTE))
    if (manifest["origin"], manifest["size"]) != (point.origin, point.size):
        raise UnusableError("the manifest is of another log, or of another size of it, than the checkpoint")
    verdict.facts = {
        "origin": point.origin,
        "size": point.size,
        "root": base64.b64encode(point.root).decode(),
    }
    verdict.facts["about"] = streams or "everything"
    _trust(point, trusted, verdict)
    if kept is not None:
        _same_log(point, kept, trusted)
    log = Log(pack, point, kept, verdict, hands, trusted=trusted is not None)
    log.promised = {(one.stream, one.seq): "" for one in receipts}
    if manifest["whole"]:
        log.whole()
    else:
        log.part(streams)
    log.words.close()
    _conclude(pack, manifest, about, log, verdict)
    for one in receipts:
        _receipted(one, manifest, point, trusted, log, verdict)


def _receipted(
    receipt: Receipt,
    manifest: dict[str, Any],
    point: Checkpoint,
    trusted: Policy | None,
    log: Log,
    verdict: Verdict,
) -> None:
    """Whether what a receipt promises is in the log."""
    place = f"{receipt.stream} entry {receipt.seq}"
    if receipt.log != point.origin:
        verdict.say(
            INCOMPLETE, f"the receipt for {place} is of the log {receipt.log}, which this pack is not of"
        )
        return
    if trusted is None:
        verdict.say(INCOMPLETE, f"without a policy nobody says whether the receipt for {place} is genuine")
        return
    keys = [one for one in trusted.logs if one.name == f"{point.origin}/receipts"]
    if not keys:
        verdict.say(INCOMPLETE, f"the policy names no key {point.origin}/receipts, which signs receipts")
        return
    if not any(receipt.is_by(one) for one in keys):
        raise UnusableError(f"the receipt for {place} is not signed by the key that the policy trusts")
    found = log.promised[receipt.stream, receipt.seq]
    if found and found != receipt.hash:
        raise TamperedError(
            f"{place} is not what was promised at {receipt.at}: it was changed before it was sealed"
        )
    if found:
        verdict.facts["receipts held"] = verdict.facts.get("receipts held", 0) + 1
    elif not manifest["whole"] and receipt.stream not in manifest["streams"]:
        verdict.say(INCOMPLETE, f"the pack is not about {receipt.stream}, which a receipt is for")
    elif log.exported is None or _moment(str(log.exported.told.get("at"))) < _moment(receipt.at) + _PROMISED:
        verdict.say(
            INCOMPLETE, f"the pack is too old to hold {place}, promised at {receipt.at}: ask for a new one"
        )
    else:
        raise TamperedError(
            f"{place} was promised at {receipt.at} and is gone: it was removed before it was sealed"
        )


def _conclude(pack: Pack, manifest: dict[str, Any], about: Sequence[str], log: Log, verdict: Verdict) -> None:
    """What is left to say when every entry has been held against the log."""
    words = log.words
    verdict.facts |= {"entries": log.count, "in streams": len(log.chains.heads)}
    verdict.facts |= {"words": words.shown, "withheld": words.withheld, "erased": sum(words.erased.values())}
    for erasure, number in sorted(words.erased.items()):
        verdict.say(WITH_ERASURES, f"{number} word(s) erased by {erasure}, as the log tells")
    for erasure in words.unlisted:
        verdict.say(INCOMPLETE, f"the log tells of {erasure}, and the pack does not list what it took")
    for stream in about:
        if not manifest["whole"] and stream not in manifest["streams"]:
            verdict.say(INCOMPLETE, f"the pack is not about {stream}")
    _as_told(manifest, log, verdict)
    _rules(pack, log, verdict)
    _views(pack, log, verdict)
    pack.rest()


def _as_told(manifest: dict[str, Any], log: Log, verdict: Verdict) -> None:
    """Hold what the pack says of itself against the entry that tells that it was handed out."""
    if log.exported is None:
        verdict.say(
            INCOMPLETE, "no entry tells that this pack was handed out: who made it may have chosen freely"
        )
        return
    told = log.exported.told
    if any(told.get(name) != manifest[name] for name in ("whole", "streams", "words")):
        raise TamperedError(f"{log.exported.place}: another pack was handed out than this one says it is")
    if manifest["words"] and log.words.withheld:
        missing = (
            f"{log.words.withheld} word(s) are neither there nor erased, the first {log.words.first_withheld}"
        )
        verdict.say(INCOMPLETE, missing)


_NETS = "views/nets/"


def _views(pack: Pack, log: Log, verdict: Verdict) -> None:
    """The views for other programs: each must be the one that the entry of the export names by its hash.

    More is not said of them: whoever made the pack worked them out, and this program does not do it again.
    """
    there = {name for name in pack.names if name.startswith(("views/", "README."))}
    named = log.exported.told.get("views", {}) if log.exported is not None else {}
    if not isinstance(named, dict):
        raise TamperedError(
            "what the entry of the export says of views is not written as any entry writes it"
        )
    hashes = {name: pack.digest(name) for name in there}
    nets = sorted([name, hashes.pop(name)] for name in there if name.startswith(_NETS))
    if nets or _NETS in named:
        hashes[_NETS] = hashlib.sha256(canonical(nets)).hexdigest()
    for name in sorted(hashes):
        if name not in named:
            raise TamperedError(f"{name}: it is in the pack, and the entry of the export does not name it")
        if hashes[name] != named[name]:
            raise TamperedError(f"{name}: this is not what was handed out: changed, or something left out")
    missing = sorted(set(named) - set(hashes))
    if missing:
        verdict.say(INCOMPLETE, f"{missing[0]} was handed out and is not in the pack")
    if there:
        verdict.facts["views"] = (
            f"{len(there)} as handed out; that they say what entries say is not shown here"
        )


def _rules(pack: Pack, log: Log, verdict: Verdict) -> None:
    """The rules that entries name by their digest: each must be the one, and there."""
    for name in sorted(pack.names):
        if name.startswith("definitions/"):
            digest = hashlib.sha256(b"\x03" + pack.small(name, LARGEST_FILE)).hexdigest()
            if name != f"definitions/{digest}.json":
                raise TamperedError(f"{name}: these are not the rules of that digest")
        elif name.startswith("calendars/"):
            digest = hashlib.sha256(pack.small(name, LARGEST_FILE)).hexdigest()
            if name != f"calendars/{digest[:8]}.json":
                raise TamperedError(f"{name}: these are not the days of that calendar version")
    missing = [one for one in sorted(log.definitions) if f"definitions/{one}.json" not in pack.names]
    if missing:
        verdict.say(INCOMPLETE, f"the rules {missing[0]} are named by entries and are not in the pack")


def _trust(point: Checkpoint, trusted: Policy | None, verdict: Verdict) -> None:
    if trusted is None:
        verdict.say(
            INCOMPLETE, "no policy was given: nobody says whose signature counts, and the pack may not"
        )
        return
    keys = [one for one in trusted.logs if one.name == point.origin]
    if not keys:
        raise TamperedError(f"the checkpoint is of {point.origin}, and the policy trusts no log of that name")
    signed = [point.is_by_log(one) for one in keys if point.by(one)]
    if not signed or not all(signed):
        raise TamperedError("the checkpoint is not signed by the log that the policy trusts")
    missing = trusted.needs(point)
    if missing:
        verdict.say(INCOMPLETE, f"{missing} did not sign the checkpoint")


def _same_log(point: Checkpoint, kept: Checkpoint, trusted: Policy | None) -> None:
    if kept.origin != point.origin:
        raise UnusableError(f"the older checkpoint is of {kept.origin}, the pack of {point.origin}")
    # The key of receipts is in the hands of whoever serves: it says nothing of checkpoints.
    if trusted is not None and not any(
        kept.is_by_log(one) for one in trusted.logs if one.name == kept.origin
    ):
        raise UnusableError("the older checkpoint is not signed by a log that the policy trusts")


def _older(
    point: Checkpoint, kept: Checkpoint, root_then: bytes | None, verdict: Verdict, *, trusted: bool
) -> None:
    """What a kept checkpoint says of the log in the pack; `root_then` is worked out from all leaves, if it is."""
    both = f"{kept.text.strip()!r} and {point.text.strip()!r}"
    if kept.size > point.size:
        said = (
            f"the log had {kept.size} leaves when you kept a checkpoint and has {point.size} here: it was cut"
        )
        verdict.say(
            TAMPERED,
            f"{said} short or put back, unless the pack is older than your checkpoint: ask for a new one",
        )
    elif root_then is None:
        verdict.say(INCOMPLETE, f"nothing in the pack shows how it grew from the {kept.size} leaves you know")
    elif root_then != kept.root and trusted:
        verdict.say(
            FORK, f"two histories: {both} are both signed, and the one is not the beginning of the other"
        )
    elif root_then != kept.root:
        verdict.say(
            INCOMPLETE, f"{both} do not fit together, and without a policy nobody says which of them counts"
        )


class Log:
    """The entries of a pack, held against the checkpoint; `whole` and `part` go through them once."""

    def __init__(
        self,
        pack: Pack,
        point: Checkpoint,
        kept: Checkpoint | None,
        verdict: Verdict,
        hands: Hands,
        *,
        trusted: bool,
    ) -> None:
        self._trusted = trusted
        self._pack = pack
        self._hands = hands
        self._point = point
        self._kept = kept
        self._verdict = verdict
        self._tree = Tree()
        self._root_then: bytes | None = None
        #: the first entry that is not what was sealed, in words
        self._bad = ""
        self._heads: Entry | None = None
        self._last = -1
        self.chains = Chains()
        self.words = Words(pack, hands)
        self.count = 0
        #: the newest entry that tells of an export, and the digests of rules that entries name
        self.exported: Entry | None = None
        self.definitions: set[str] = set()
        #: of the entries that receipts promise the chain value that is here, "" for none
        self.promised: dict[tuple[str, int], str] = {}

    def whole(self) -> None:
        """A pack of the whole log: every leaf in order. The list of hashes says which entry is the first bad one."""
        with self._pack.opened("leaves.bin") as listed:
            for piece, found in self._hands.each(partial(examined, self._terms(None)), self._pieces(listed)):
                if self._bad or found is None or not self._takes(found):
                    self._one_by_one(piece)
            while rest := self._pack.hashes(listed, _AT_ONCE):
                for one in rest:
                    self._grow(one)
        self._remember()
        if (self._tree.size, self._tree.root) != (self._point.size, self._point.root):
            where = f"; {self._bad}" if self._bad else ""
            raise TamperedError(f"the hashes of the leaves do not make the root that was signed{where}")
        if self._bad or self.count != self._point.size:
            raise TamperedError(self._bad or f"leaf {self.count}: this entry and all after it are missing")
        if self._kept is not None:
            _older(self._point, self._kept, self._root_then, self._verdict, trusted=self._trusted)

    def _terms(self, wanted: list[str] | None) -> Terms:
        kept, point = self._kept, self._point
        about = None if wanted is None else frozenset(wanted)
        return Terms(
            point.size, point.root, -1 if kept is None else kept.size, about, frozenset(self.promised)
        )

    def _pieces(self, listed: _Member) -> Iterator[Piece]:
        first = 0
        for lines in self._pack.pieces("entries.jsonl"):
            count = lines.count(b"\n") + 1
            yield Piece(first, lines, self._pack.hashes(listed, count))
            first += count

    def _takes(self, found: Found) -> bool:
        """Whether what is found in a piece follows what came before; then it is taken over. Raises: TamperedError."""
        if found.between[0] <= self._last or not self.chains.join(found.ends):
            return False
        self._last = found.between[1]
        for height, node in found.runs:
            self._grow(node, height)
        self.definitions.update(filter(_HASH.match, (one.partition("#")[0] for one in found.definitions)))
        for leaf, body, told in found.telling:
            if body:
                self._note(entry_of(leaf, body))
            else:
                self.words.take(Entry(leaf, body, told))
        self.count += found.entries
        return True

    def _one_by_one(self, piece: Piece) -> None:
        """The same entry by entry, up to the first one that is bad. Raises: TamperedError."""
        for at, body in enumerate(piece.lines.split(b"\n")):
            if self.count >= self._point.size:
                more = f"leaf {self.count}: the log has {self._point.size} leaves, and here are more"
                raise TamperedError(self._bad or more)
            self._leaf(body, piece.beside[at] if at < len(piece.beside) else None)
            self.count += 1

    def part(self, wanted: list[str]) -> None:
        """A pack of some streams: each entry with its path to the root, and where each of its streams ends."""
        proofs = self._pack.lines("proofs.jsonl")
        pieces = (
            Piece(0, lines, list(islice(proofs, lines.count(b"\n") + 1)))
            for lines in self._pack.pieces("entries.jsonl")
        )
        for piece, found in self._hands.each(partial(examined, self._terms(wanted)), pieces):
            if found is None or not self._takes(found):
                self._each_proven(piece, wanted)
        if next(proofs, None) is not None:
            raise TamperedError("a proof is there whose entry is missing")
        if self._kept is not None:
            grown = _root_then(self._pack, self._point, self._kept)
            _older(self._point, self._kept, grown, self._verdict, trusted=self._trusted)
        self._ends(wanted)

    def _each_proven(self, piece: Piece, wanted: list[str]) -> None:
        for at, body in enumerate(piece.lines.split(b"\n")):
            if at >= len(piece.beside):
                raise TamperedError(f"entry {self.count + 1} of the pack has no proof that it is in the log")
            self._proven(body, piece.beside[at], wanted)
            self.count += 1

    def _leaf(self, body: bytes, wanted: bytes | None) -> None:
        mine = leaf_hash(body)
        if mine != wanted and not self._bad:
            self._bad = _first_bad(self.count, body, mine, wanted)
        self._grow(wanted if wanted is not None else mine)
        if not self._bad:
            entry = entry_of(self.count, body)
            self.chains.take(entry)
            self._note(entry)

    def _grow(self, node: bytes, height: int = 0) -> None:
        self._remember()
        self._tree.add(node, height)

    def _remember(self) -> None:
        """The root as it was when the log was as large as the checkpoint that was kept."""
        if self._kept is not None and self._tree.size == self._kept.size:
            self._root_then = self._tree.root

    def _proven(self, body: bytes, line: bytes, wanted: list[str]) -> None:
        index, path = _path_of(line_of(line, "a proof", _OF_PROOFS))
        if not is_included(leaf_hash(body), index, self._point.size, self._point.root, path):
            raise TamperedError(
                f"leaf {index}: the entry is not in the log as it was signed: changed, or put in"
            )
        if index <= self._last:
            raise TamperedError(f"leaf {index}: the entries do not stand in the order of the log")
        self._last = index
        entry = entry_of(index, body)
        if entry.told["stream"] in wanted:
            self.chains.take(entry)
        elif not _is_beside(entry):
            raise TamperedError(f"{entry.place}: it is in the pack, and the manifest does not say so")
        self._note(entry)

    def _note(self, entry: Entry) -> None:
        self.words.take(entry)
        place = (entry.told["stream"], entry.told["seq"])
        if place in self.promised:
            self.promised[place] = chain_value(entry.body)
        if _is(entry, "log", "heads"):
            self._heads = entry
        elif _is(entry, "log", "exported"):
            self.exported = entry
        digest = entry.told.get("definition")
        whole = (
            digest.partition("#")[0] if isinstance(digest, str) else ""
        )  # a track is in the file of its case
        if _HASH.match(whole):
            self.definitions.add(whole)

    def _ends(self, wanted: list[str]) -> None:
        """Whether each stream that the pack is about goes up to where the heads say that it ends."""
        heads, verdict = self._heads, self._verdict
        if heads is None:
            verdict.say(INCOMPLETE, "no heads of streams: the pack may hide what came last")
            return
        root, count, size = (heads.told.get(name) for name in ("root", "count", "size"))
        if not isinstance(root, str) or not _HASH.match(root) or type(count) is not int or size != heads.leaf:
            raise TamperedError(f"{heads.place}: it tells no heads of the leaves before it")
        if heads.leaf != self._point.size - 1:
            verdict.say(INCOMPLETE, f"ends are shown up to leaf {heads.leaf} of {self._point.size} only")
        shown: dict[str, int] = {}
        for line in self._pack.lines("heads.jsonl"):
            one = line_of(line, "a head", _OF_HEADS)
            index, path = _path_of(one)
            triple = [one["stream"], one["seq"], one["hash"]]
            if type(triple[1]) is not int:
                raise UnusableError("a head is a stream, a number and a chain value")
            if not is_included(leaf_hash(canonical(triple)), index, count, bytes.fromhex(root), path):
                raise TamperedError(f"{triple[0]}: its end is not among the heads that {heads.place} tells")
            shown[str(triple[0])] = triple[1]
        for stream in wanted:
            last, _ = self.chains.heads.get(stream, (0, START))
            if stream not in shown:
                verdict.say(INCOMPLETE, f"{stream}: nothing shows where it ends")
            elif last < shown[stream]:
                raise TamperedError(
                    f"{stream} entry {last + 1} and all after it are left out: the log had {shown[stream]} of them"
                )


def _first_bad(index: int, body: bytes, mine: bytes, wanted: bytes | None) -> str:
    if wanted is None:
        return f"leaf {index}: there is no leaf for this entry"
    try:
        told = object_of(body, "an entry")
        name = f" (it says that it is {told.get('stream')} entry {told.get('seq')})"
    except UnusableError:
        name = ""
    return f"leaf {index}{name}: the entry was changed, or another stands in its place: {mine.hex()} for {wanted.hex()}"


def _is(entry: Entry, stream: str, kind: str) -> bool:
    return (entry.told["stream"], entry.told.get("kind")) == (stream, kind)


def _is_beside(entry: Entry) -> bool:
    """Whether an entry stands in every part: where its streams end, what was erased, that it was handed out."""
    return any(_is(entry, *one) for one in (("log", "heads"), ("log", "exported"), ("privacy", "erased")))


def _path_of(one: dict[str, Any]) -> tuple[int, list[bytes]]:
    index, path = one["index"], one["path"]
    if (
        type(index) is not int
        or not isinstance(path, list)
        or not all(isinstance(step, str) for step in path)
    ):
        raise UnusableError("a proof is an index and a path")
    return index, [bytes_of(step, 32) for step in path]


def _root_then(pack: Pack, point: Checkpoint, kept: Checkpoint) -> bytes | None:
    """The root at the older size, as far as a part can show it. Raises: TamperedError."""
    if kept.size == point.size:
        return point.root
    if "consistency.json" not in pack.names:
        return None
    told = line_of(pack.small("consistency.json"), "the proof of growth", frozenset({"size", "path"}))
    if told["size"] != kept.size:
        return None
    _, path = _path_of({"index": 0, "path": told["path"]})
    if not is_consistent(kept.size, kept.root, point.size, point.root, path):
        raise TamperedError(
            "the proof of how the log grew does not lead from your checkpoint to that of the pack"
        )
    return kept.root


# The second report. In a pack the rooms of `engine/lawful` stand here, and nothing is imported.


def lawful_of(path: str, jobs: int = 1) -> LawReport:
    """Whether what a pack tells was lawful; of a pack that `verify` found whole. Raises: UnusableError."""
    from engine.lawful.report import joined

    shares = jobs if is_worth(path) else 1
    with Hands(shares) as hands:
        found = hands.each(partial(share_of_pack, path, shares), iter(range(shares)), ahead=1)
        return joined([one for _, one in found])


def share_of_pack(path: str, shares: int, number: int) -> Share:
    """What comes of the streams whose turn it is, if they are dealt out to so many. Raises: UnusableError."""
    from engine.lawful.report import share_of

    pack = Pack(path)

    def small(name: str) -> bytes | None:
        return pack.small(name, LARGEST_FILE) if name in pack.names else None

    entries = (
        (leaf, told)
        for leaf, told in _entries_of(pack)
        if zlib.crc32(told["stream"].encode()) % shares == number
    )
    # The records of cases are held to the end, and no circle is left behind before it: looking for one takes a tenth.
    was_looking = gc.isenabled()
    gc.disable()
    try:
        return share_of(
            entries,
            lambda digest: small(f"definitions/{digest}.json"),
            lambda digest: small(f"calendars/{digest}.json"),
        )
    finally:
        if was_looking:
            gc.enable()


def _entries_of(pack: Pack) -> Iterator[tuple[int, dict[str, Any]]]:
    """Every entry of a pack, with the number of its leaf."""
    proofs = pack.lines("proofs.jsonl")
    for at, body in enumerate(pack.lines("entries.jsonl")):
        line = next(proofs, None)
        yield (at if line is None else json_of(line)["index"]), _QUICK.decode(body.decode())


def _read(path: str, what: str) -> bytes:
    try:
        with Path(path).open("rb") as file:
            return file.read(LARGEST_FILE)
    except OSError as error:
        raise UnusableError(f"the {what} {path} cannot be read: {error.strerror}") from None


class _Parser(argparse.ArgumentParser):
    """One whose own complaint is no verdict about any pack."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the command."""
        self.print_usage(sys.stderr)
        self.exit(UNUSABLE, f"{self.prog}: {message}\n")


def plain(text: str) -> str:
    """A text that cannot move a cursor or look like another: ASCII, with everything else spelt out."""
    spelt = text.encode("ascii", "backslashreplace").decode("ascii")
    return "".join(one if " " <= one <= "~" else f"\\x{ord(one):02x}" for one in spelt)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from a command line; the number to exit with, which is never one of a verdict that was not reached."""
    try:
        return _main(arguments)
    except Exception as error:  # noqa: BLE001 - a traceback would exit with 1, and 1 is a verdict
        sys.stdout = (
            io.StringIO()
        )  # what could not be written is not tried again at the end, which has a code of its own
        sys.stderr.write(f"verify.py broke, and nothing is verified: {plain(repr(error))}\n")
        return UNUSABLE


def _main(arguments: Sequence[str] | None) -> int:
    parser = _Parser(
        prog="verify.py", formatter_class=argparse.RawDescriptionHelpFormatter, description=__doc__
    )
    parser.add_argument("pack", help="the evidence pack (.zip)")
    parser.add_argument("--policy", help="your own trust policy (C2SP tlog-policy)")
    parser.add_argument("--older", help="a checkpoint that you kept")
    parser.add_argument("--about", action="append", default=[], help="a stream it must be about: case/ID")
    parser.add_argument("--receipt", action="append", default=[], help="a receipt that somebody was given")
    parser.add_argument("--lawful", action="store_true", help="judge also whether what happened was lawful")
    parser.add_argument(
        "--jobs", type=int, default=min(4, os.cpu_count() or 1), help="processes for a large pack"
    )
    parser.add_argument("--json", action="store_true", help="answer with one JSON document")
    asked = parser.parse_args(arguments)
    if not 1 <= asked.jobs <= MOST_JOBS:
        parser.error(f"--jobs is a number from 1 to {MOST_JOBS}")
    law: LawReport | None = None
    try:
        policy = _read(asked.policy, "policy") if asked.policy else None
        older = _read(asked.older, "checkpoint") if asked.older else None
        receipts = [_read(one, "receipt") for one in asked.receipt]
        verdict = verify(asked.pack, policy, older, asked.about, receipts, asked.jobs)
        if asked.lawful and verdict.code < TAMPERED:
            law = lawful_of(asked.pack, asked.jobs)
    except UnusableError as error:
        verdict = Verdict()
        verdict.say(UNUSABLE, str(error))
    second = {} if law is None else {"law": law.json()}
    if asked.json:
        told = json.dumps(verdict.json() | second, ensure_ascii=True, indent=2)
    else:
        facts = [f"  {name}: {plain(str(value))}" for name, value in verdict.facts.items()]
        lines = [NAMES[verdict.code], *facts, *(f"  - {plain(one)}" for one in verdict.reasons)]
        told = "\n".join([*lines, *(plain(one) for one in (() if law is None else law.lines()))])
    sys.stdout.write(told + "\n")
    sys.stdout.flush()
    return verdict.code + (0 if law is None else law.code)


if __name__ == "__main__":
    sys.exit(main())
