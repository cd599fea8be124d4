"""Packs that fit together and say something odd, each with what must be said of it: those that no attack makes."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from engine.core.codec import canonical
from engine.core.sealing.notes import Note, note_of
from engine.core.sealing.tree import inclusion, leaf_hash
from engine.verify import INCOMPLETE, TAMPERED, UNUSABLE, WITH_ERASURES
from tests.mutants.receipts import receipt, trusting
from tests.sealer.lived import ORIGIN, Lived
from tests.sealer.packs import Files, lines, with_lines
from tests.sealer.spoiling_packs import resealed, without_views
from tests.sealer.spoilt import chained, with_manifest

__all__ = ["Odd", "odd_packs"]


class Odd(NamedTuple):
    """A pack, with the verdict on it and what must be said, as a pattern."""

    code: int
    said: str
    files: Files
    older: bytes | None = None
    receipts: tuple[bytes, ...] = ()
    policy: bytes | None = None
    #: what becomes of the zip itself
    spoil: Callable[[bytes], bytes] = bytes


def odd_packs(lived: Lived) -> Iterator[Odd]:
    """All of them."""
    for some in (
        _manifests,
        _words,
        _views,
        _trusted,
        _kept,
        _promised,
        _first,
        _parts,
        _proofs,
        _ends,
        _unread,
    ):
        yield from some(lived)


def _manifests(lived: Lived) -> Iterator[Odd]:
    unknown, no_streams, neither = (
        "that this verifier does not know",
        "does not say which streams",
        "says neither",
    )
    for other in ({"v": 2}, {"whole": 1}, {"words": 1}):
        yield Odd(UNUSABLE, unknown, with_manifest(lived.whole, **other))
    for streams in ("people", [1], 5, {"people": 1}):
        yield Odd(UNUSABLE, no_streams, with_manifest(lived.part, streams=streams))
    yield Odd(UNUSABLE, neither, with_manifest(lived.whole, streams=["people"]))
    yield Odd(UNUSABLE, neither, with_manifest(lived.part, streams=[]))


def _words(lived: Lived) -> Iterator[Odd]:
    files, words = lived.whole, lines(lived.whole, "words.jsonl")
    unbound = "is in the pack, and the entry does not commit to it"
    told = json.loads(words[0])
    late = canonical(told | {"stream": "case/zz"})
    other = canonical(told | {"name": "unheard of"})
    yield Odd(
        TAMPERED,
        "case/zz entry .* out of order or of no entry",
        with_lines(files, [*words, late], "words.jsonl"),
    )
    for more in (words[0], other):
        yield Odd(TAMPERED, unbound, with_lines(files, [words[0], more, *words[1:]], "words.jsonl"))
    erased = lines(files, "erased.jsonl")
    unnamed = canonical(json.loads(erased[0]) | {"erasure": 1})
    for listed in ([*erased, erased[0]], [unnamed, *erased[1:]]):
        yield Odd(UNUSABLE, "twice, or without its erasure", with_lines(files, listed, "erased.jsonl"))
    gone = {name: told[name] for name in ("stream", "seq", "name")}
    untold = with_lines(files, [*erased, canonical(gone | {"erasure": "e-9"})], "erased.jsonl")
    yield Odd(TAMPERED, "was erased by e-9 and is in the pack", untold)
    yield Odd(TAMPERED, "erasure e-9: .* no entry tells of it", with_lines(untold, words[1:], "words.jsonl"))
    wordless = _changed_export(lived, words=False)
    yield Odd(INCOMPLETE, "^(?!.*neither there nor erased)", with_manifest(wordless, words=False))
    bodies = [
        canonical(json.loads(one) | {"content": ["reason"]}) if at == 3 else one
        for at, one in enumerate(lines(files))
    ]
    yield Odd(TAMPERED, r"leaf 3 .*: what it commits to is not written as", _signed(lived, bodies))


def _signed(lived: Lived, bodies: list[bytes]) -> Files:
    """A whole log of these entries, chained and signed by the log's own key."""
    return resealed(lived, chained(bodies), lived.last.keyring.signers()[0])


def _changed_export(lived: Lived, **other: object) -> Files:
    """The whole log, in which the export that handed it out is told of otherwise."""
    bodies = lines(lived.whole)
    at = max(at for at, one in enumerate(bodies) if b'"kind":"exported"' in one)
    bodies[at] = canonical(json.loads(bodies[at]) | other)
    return _signed(lived, bodies)


def _views(lived: Lived) -> Iterator[Odd]:
    files = lived.whole
    exports = [json.loads(one) for one in lines(files) if b'"kind":"exported"' in one]
    named: dict[str, Any] = exports[-1]["views"]
    not_named, changed = (
        "it is in the pack, and the entry of the export does not name it",
        "this is not what was handed out",
    )
    nets = "views/nets/"
    yield Odd(
        TAMPERED,
        "what the entry of the export says of views is not written",
        _changed_export(lived, views=["x"]),
    )
    for name in ("views/log.xes", nets):
        without = {one: told for one, told in named.items() if one != name}
        yield Odd(TAMPERED, f"{name}: {not_named}", _changed_export(lived, views=without))
    yield Odd(TAMPERED, f"views/log.xes: {changed}", files | {"views/log.xes": files["views/log.xes"] + b" "})
    netless = {name: data for name, data in files.items() if not name.startswith(nets)}
    yield Odd(TAMPERED, f"{nets}: {changed}", netless)
    for name in ("views/log.xes", "README.en.txt"):
        left = {one: data for one, data in files.items() if one != name}
        yield Odd(INCOMPLETE, f"{name} was handed out and is not in the pack", left)


def _trusted(lived: Lived) -> Iterator[Odd]:
    """A line of the trusted key that is not its signature is none, whatever stands beside it."""
    note = note_of(lived.whole["checkpoint"])
    false = tuple(replace(one, value=bytes(64)) for one in note.signatures)
    files = lived.whole | {"checkpoint": str(Note(text=note.text, signatures=false)).encode()}
    yield Odd(TAMPERED, "not signed by the log that the policy trusts", files)


def _kept(lived: Lived) -> Iterator[Odd]:
    """Who kept the pack's own checkpoint learns nothing new; without a proof of growth nothing shows it."""
    whole, part = lived.whole, lived.part
    yield Odd(WITH_ERASURES, "^1 word|^2 word", whole, older=whole["checkpoint"])
    yield Odd(0, "^$", part, older=part["checkpoint"])
    grown = {name: data for name, data in part.items() if name != "consistency.json"}
    yield Odd(INCOMPLETE, "nothing in the pack shows how it grew", grown, older=lived.kept[0])


def _promised(lived: Lived) -> Iterator[Odd]:
    """An entry must be in a pack that was handed out five minutes after it was promised, and not in an earlier one."""
    files, policy = lived.whole, trusting(lived)
    last = json.loads([one for one in lines(files) if b'"kind":"exported"' in one][-1])
    assert last["at"] == "2026-02-01T00:01:00.000000Z"
    gone, young = "and is gone: it was removed", "the pack is too old to hold"
    for code, said, at in (
        (TAMPERED, gone, "2026-01-31T23:56:00.000000Z"), (INCOMPLETE, young, "2026-01-31T23:56:00.000001Z"),
    ):  # fmt: skip
        yield Odd(
            code, said, files, receipts=(receipt(ORIGIN, "case/c-none 1", "ab" * 32, at),), policy=policy
        )
    unexported = without_views(
        _signed(lived, [one for one in lines(files) if b'"kind":"exported"' not in one])
    )
    late = receipt(ORIGIN, "case/c-none 1", "ab" * 32, "2025-12-02T00:00:00.000000Z")
    yield Odd(INCOMPLETE, young, unexported, receipts=(late,), policy=policy)
    for number, digest in enumerate(("d" * 64, "d" * 64 + "#track")):
        stream = f"case/c-{number}"
        told = canonical({"stream": stream, "kind": "x", "definition": digest})
        lone = without_views(_signed(lived, [told]))
        one = receipt(ORIGIN, f"{stream} 1", "ab" * 32, "2025-12-02T00:00:00.000000Z")
        yield Odd(TAMPERED, "it was changed before it was sealed", lone, receipts=(one,), policy=policy)
        yield Odd(INCOMPLETE, f"the rules {'d' * 64} are named by entries", lone, policy=policy)


def _first(lived: Lived) -> Iterator[Odd]:
    """What is wrong first is named, whatever is wrong after it."""
    files, bodies = lived.whole, lines(lived.whole)
    words = lines(files, "words.jsonl")
    changed = [bodies[0].replace(b'"added"', b'"taken"'), *bodies[1:]]
    yield Odd(TAMPERED, "^leaf 0 ", with_lines(files, [*changed, bodies[-1]]))
    for shown in (files, lived.part):
        mine = lines(shown, "words.jsonl")
        told = json.loads(mine[0])
        another = [canonical(told | {"value": "another"}), *mine[1:]]
        entries = lines(shown)
        place = next(
            at
            for at, one in enumerate(entries)
            if told["stream"].encode() in one and f'"seq":{told["seq"]},'.encode() in one
        )
        entries[place + 1] = entries[place + 1].replace(b'"at":"202', b'"at":"302')
        both = with_lines(with_lines(shown, another, "words.jsonl"), entries)
        yield Odd(TAMPERED, f"{told['name']} is not what the entry commits to", both)
    assert words
    # A piece of its own each: the second fits by itself, and what it commits to is not written as any entry writes it.
    large = "x" * 30_000
    two = chained([canonical({"stream": f"case/{name}", "kind": "x", "text": large, "content": bound})
                   for name, bound in (("a", {}), ("b", ["reason"]))])  # fmt: skip
    signed = without_views(_signed(lived, two))
    yield Odd(
        TAMPERED,
        "^leaf 0 .*the entry was changed",
        with_lines(signed, [two[0].replace(b"xx", b"xy", 1), two[1]]),
    )


def _parts(lived: Lived) -> Iterator[Odd]:
    part, entries, proofs = lived.part, lines(lived.part), lines(lived.part, "proofs.jsonl")

    def of(order: list[int]) -> Files:
        moved = with_lines(part, [entries[at] for at in order])
        return with_lines(moved, [proofs[at] for at in order], "proofs.jsonl")

    numbers = list(range(len(entries)))
    streams = [json.loads(one)["stream"] for one in entries]
    at = next(at for at in numbers[1:] if streams[at] != streams[at - 1])
    swapped = [*numbers[: at - 1], at, at - 1, *numbers[at + 1 :]]
    for order in (swapped, [*numbers, numbers[-1]]):
        yield Odd(TAMPERED, "do not stand in the order of the log", of(order))
    for count in (len(entries) - 1, 1):
        short = with_lines(part, proofs[:count], "proofs.jsonl")
        yield Odd(TAMPERED, f"^entry {count + 1} of the pack has no proof", short)
    fewer = [one for one in lived.streams if one != "people"]
    yield Odd(
        TAMPERED, "it is in the pack, and the manifest does not say so", with_manifest(part, streams=fewer)
    )


def _proofs(lived: Lived) -> Iterator[Odd]:
    """A proof is a number and a list of texts, also where an empty one would be enough."""
    for index, path in (("0", []), (True, []), (0, ""), (0, {}), (0, [1])):
        files = _part(lived, [canonical({"stream": "case/a", "kind": "x"})], ["case/a"])
        proof = canonical({"index": index, "path": path})
        yield Odd(UNUSABLE, "a proof is an index and a path", with_lines(files, [proof], "proofs.jsonl"))


def _part(lived: Lived, bodies: list[bytes], streams: list[str], heads: tuple[object, ...] = ()) -> Files:
    """A part of a log of these entries, with everything in it, and with these lines about ends."""
    made = chained(bodies)
    leaves = [leaf_hash(one) for one in made]
    proofs = [
        canonical({"index": at, "path": [b64encode(step).decode() for step in
                                         inclusion(at, len(leaves), lambda _level, first, last: leaves[first:last])]})
        for at in range(len(leaves))
    ]  # fmt: skip
    whole = without_views(_signed(lived, bodies))
    del whole["leaves.bin"]
    files = with_lines(whole, proofs, "proofs.jsonl")
    return with_manifest(
        with_lines(files, [canonical(one) for one in heads], "heads.jsonl"), whole=False, streams=streams
    )


def _ends(lived: Lived) -> Iterator[Odd]:
    """Where streams end is told by an entry of all leaves before it, in a tree of streams, numbers and chain values."""
    body = canonical({"stream": "case/a", "kind": "x"})

    def part(seq: object, *after: bytes, **other: object) -> Files:
        triple = ["case/a", seq, "ab" * 32]
        root = leaf_hash(canonical(triple)).hex()
        heads = {"stream": "log", "kind": "heads", "root": root, "count": 1, "size": 1} | other
        line = dict(zip(("stream", "seq", "hash"), triple, strict=True)) | {"index": 0, "path": []}
        return _part(lived, [body, canonical(heads), *after], ["case/a"], (line,))

    no_heads = "it tells no heads of the leaves before it"
    for other in ({"root": 5}, {"root": "x"}, {"count": "1"}, {"count": True}, {"size": 2}, {"size": 0}):
        yield Odd(TAMPERED, no_heads, part(1, **other))
    yield Odd(UNUSABLE, "a head is a stream, a number and a chain value", part("1"))
    yield Odd(INCOMPLETE, "^no entry tells that this pack was handed out", part(1))
    yield Odd(INCOMPLETE, "^ends are shown up to leaf 1 of 3 only", part(1, body))
    yield Odd(TAMPERED, "case/a entry 2 and all after it are left out: the log had 2 of them", part(2))
    headless = with_lines(lived.part, lines(lived.part, "heads.jsonl")[1:], "heads.jsonl")
    yield Odd(INCOMPLETE, f"{lived.streams[0]}: nothing shows where it ends", headless)


def _unread(lived: Lived) -> Iterator[Odd]:
    """A file that nothing asks for is what the directory says of it too."""
    files = lived.whole | {"heads.jsonl": bytes(range(200))}

    def spoil(pack: bytes) -> bytes:
        at = pack.index(b"heads.jsonl") + len("heads.jsonl") + 20
        return pack[:at] + bytes([pack[at] ^ 1]) + pack[at + 1 :]

    yield Odd(UNUSABLE, "the pack is damaged", files, spoil=spoil)
