"""The attacks on a pack that is handed over: each takes chance and the agency, and gives a pack nobody may believe."""

from __future__ import annotations

import json
from collections.abc import Callable
from random import Random

from engine.core.codec import canonical
from engine.core.sealing.checkpoints import Checkpoint, checkpoint_of
from engine.core.sealing.notes import Note, note_of
from engine.core.sealing.tree import leaf_hash, root_of
from engine.signing_keys import SigningKey
from engine.verify import FORK, INCOMPLETE, TAMPERED
from tests.sealer.lived import Lived, cosigned
from tests.sealer.packs import Files, lines, stranger, with_lines
from tests.sealer.spoiling_proofs import forge
from tests.sealer.spoilt import Spoilt, chained, edited, in_leaf, whole_with, with_manifest

__all__ = ["ON_PACKS", "resealed", "without_views"]

Attack = Callable[[Random, Lived], Spoilt]
_HOW = ("plain", "hashes", "chains")


def edit(rng: Random, lived: Lived) -> Spoilt:
    """A1: an actor, an instant, a state or a word is another."""
    which = rng.choice((*_HOW, "part", "word"))
    if which == "word":
        return _edited_word(rng, lived.whole)
    files = lived.part if which == "part" else lived.whole
    bodies = lines(files)
    at = rng.randrange(len(bodies))
    bodies[at] = edited(rng, bodies[at])
    if which == "part":
        return Spoilt(files=with_lines(files, bodies), named=in_leaf(_leaves(files)[at]))
    return whole_with(files, bodies, which)


def _edited_word(rng: Random, files: Files) -> Spoilt:
    words = lines(files, "words.jsonl")
    at = rng.randrange(len(words))
    told = json.loads(words[at])
    words[at] = canonical(told | {"value": told["value"].replace("a", "e", 1) + rng.choice(" .")})
    place = rf"\({told['stream']} entry {told['seq']}\): {told['name']} is not what the entry commits to"
    return Spoilt(files=with_lines(files, words, "words.jsonl"), named=place)


def delete(rng: Random, lived: Lived) -> Spoilt:
    """A2: an entry in the middle is gone."""
    how = rng.choice((*_HOW, "part"))
    if how == "part":
        return _left_out_of_part(rng, lived.part, newest=False)
    bodies = lines(lived.whole)
    del bodies[rng.randrange(len(bodies) - 1)]
    return whole_with(lived.whole, bodies, how)


def _leaves(files: Files) -> list[int]:
    return [json.loads(one)["index"] for one in lines(files, "proofs.jsonl")]


def _left_out_of_part(rng: Random, files: Files, *, newest: bool) -> Spoilt:
    """An entry and its proof are left out of a part: one in the middle of a stream, or the newest ones of it."""
    entries, proofs = lines(files), lines(files, "proofs.jsonl")
    told = [json.loads(one) for one in entries]
    stream = next(one for one in json.loads(files["manifest.json"])["streams"] if one.startswith("case/"))
    mine = [at for at, one in enumerate(told) if one["stream"] == stream]
    if newest:
        first = rng.randrange(len(mine))
        gone = set(mine[first:])
        named = f"{stream} entry {first + 1} and all after it are left out"
    else:
        first = rng.randrange(len(mine) - 1)
        gone, named = {mine[first]}, in_leaf(_leaves(files)[mine[first + 1]])
    stay = [at for at in range(len(entries)) if at not in gone]
    shorter = with_lines(
        with_lines(files, [entries[at] for at in stay]), [proofs[at] for at in stay], "proofs.jsonl"
    )
    words = [
        one for one in lines(files, "words.jsonl") if not _of(json.loads(one), [told[at] for at in gone])
    ]
    return Spoilt(files=with_lines(shorter, words, "words.jsonl"), named=named)


def _of(word: dict[str, object], told: list[dict[str, object]]) -> bool:
    return any((word["stream"], word["seq"]) == (one["stream"], one["seq"]) for one in told)


def truncate(rng: Random, lived: Lived) -> Spoilt:
    """A3: the newest entries are gone."""
    bodies = lines(lived.whole)
    left = rng.randrange(len(bodies) - 60, len(bodies))
    how = rng.choice((*_HOW, "forged"))
    if how == "forged":
        return _resigned(rng, lived, bodies[:left])
    return whole_with(lived.whole, bodies[:left], how)


def roll_back(rng: Random, lived: Lived) -> Spoilt:
    """A4: the pack is an honest one of the log as it was on an earlier day, or of one that went on otherwise since."""
    bodies = lines(lived.whole)
    if rng.random() < 0.5:
        day = rng.randrange(len(lived.kept) - 1)
        left = checkpoint_of(note_of(lived.kept[day])).size + rng.randrange(3)
        return _signed_again(lived, bodies[:left], older=lived.kept[-1])
    left = rng.randrange(10, checkpoint_of(note_of(lived.kept[-1])).size)
    others = [edited(rng, rng.choice(bodies)) for _ in range(rng.randrange(len(bodies) - left + 9))]
    return _signed_again(lived, [*bodies[:left], *others], older=lived.kept[-1])


def reorder(rng: Random, lived: Lived) -> Spoilt:
    """A5: two entries stand in each other's place."""
    how = rng.choice((*_HOW, "part", "proofs"))
    files = lived.whole if how in _HOW else lived.part
    bodies = lines(files)
    one, other = sorted(rng.sample(range(len(bodies)), 2))
    bodies[one], bodies[other] = bodies[other], bodies[one]
    if how in _HOW:
        return whole_with(files, bodies, how)
    numbers = _leaves(files)
    if how == "part":
        return Spoilt(files=with_lines(files, bodies), named=in_leaf(numbers[one]))
    proofs = lines(files, "proofs.jsonl")
    proofs[one], proofs[other] = proofs[other], proofs[one]
    both = with_lines(with_lines(files, bodies), proofs, "proofs.jsonl")
    # The later entry now stands first: unless its stream misses one before it, what stands after it is out of order.
    after = [numbers[at] for at in range(one + 1, other)] + [numbers[one]]
    return Spoilt(files=both, named="|".join((in_leaf(numbers[other]), in_leaf(after[0]))))


def insert(rng: Random, lived: Lived) -> Spoilt:
    """A6: an approval that was never given, with an instant before the deadline."""
    how = rng.choice((*_HOW, "part"))
    files = lived.part if how == "part" else lived.whole
    bodies = lines(files)
    at = rng.randrange(len(bodies))
    made = edited(rng, bodies[at])
    bodies.insert(at, made)
    if how != "part":
        return whole_with(files, bodies, how)
    proofs = lines(files, "proofs.jsonl")
    proofs.insert(at, proofs[at])
    put_in = with_lines(with_lines(files, bodies), proofs, "proofs.jsonl")
    return Spoilt(files=put_in, named=in_leaf(_leaves(files)[at]))


def drop(rng: Random, lived: Lived) -> Spoilt:
    """A7: a whole case and everything about it."""
    bodies = lines(lived.whole)
    told = [json.loads(one)["stream"] for one in bodies]
    stream = rng.choice(sorted({one for one in told if one.startswith("case/")}))
    how = rng.choice((*_HOW, "part"))
    left = [body for body, one in zip(bodies, told, strict=True) if one != stream]
    if how != "part":
        return whole_with(lived.whole, left, how)
    mine = next(one for one in lived.streams if one.startswith("case/"))
    return _without_stream(lived, mine, about=rng.random() < 0.5)


def _without_stream(lived: Lived, stream: str, *, about: bool) -> Spoilt:
    """A part that is no longer about one of its streams, also by its manifest; or that has a manifest of more."""
    files = lived.part
    told = [json.loads(one)["stream"] for one in lines(files)]
    stay = [at for at, one in enumerate(told) if one != stream]
    changed = with_lines(files, [lines(files)[at] for at in stay])
    changed = with_lines(changed, [lines(files, "proofs.jsonl")[at] for at in stay], "proofs.jsonl")
    words = [one for one in lines(files, "words.jsonl") if json.loads(one)["stream"] != stream]
    changed = with_lines(changed, words, "words.jsonl")
    if not about:
        return Spoilt(files=changed, named=f"{stream} entry 1 and all after it are left out")
    streams = [one for one in lived.streams if one != stream]
    changed = with_manifest(changed, streams=streams)
    return Spoilt(files=changed, named=f"not about {stream}.*another pack was handed out", about=(stream,))


def rewrite(rng: Random, lived: Lived) -> Spoilt:
    """A8: history is written anew, chained, hashed and signed with the log's own key."""
    bodies = lines(lived.whole)
    day = rng.randrange(len(lived.kept))
    at = rng.randrange(checkpoint_of(note_of(lived.kept[day])).size)
    bodies[at] = edited(rng, bodies[at])
    if rng.random() < 0.3:
        del bodies[at]
    forged = _signed_again(lived, bodies, older=lived.kept[day])
    if rng.random() < 0.5:
        return forged
    # Whoever asks for a witness kept nothing: the witness did, and what it signed of the true log fits no other.
    assert forged.files is not None
    seen = note_of(cosigned(lived, lived.whole)["checkpoint"]).signatures[-1:]
    note = note_of(forged.files["checkpoint"]).with_signatures(seen)
    files = forged.files | {"checkpoint": str(note).encode()}
    return Spoilt(
        files=files, named="'w1' of witnesses did not sign", codes=(INCOMPLETE,), policy=lived.strict
    )


def _signed_again(lived: Lived, bodies: list[bytes], *, older: bytes) -> Spoilt:
    """A pack of these entries that is honest in itself, held against a checkpoint that somebody kept."""
    made = resealed(lived, chained(bodies), lived.last.keyring.signers()[0])
    kept, size = checkpoint_of(note_of(older)), len(bodies)
    code, named = (TAMPERED, "cut short or put back") if kept.size > size else (FORK, "two histories")
    return Spoilt(files=made, older=older, codes=(code,), named=named)


def resealed(lived: Lived, bodies: list[bytes], signer: SigningKey) -> Files:
    """A pack of these entries that fits together, signed by whom you like; its words are left out."""
    hashes = [leaf_hash(one) for one in bodies]
    point = Checkpoint(origin="agency.example/appraisal", size=len(hashes), root=root_of(hashes))
    note = signer.signed(Note(text=point.text, signatures=()), point, 0)
    files = with_lines(lived.whole, bodies) | {
        "leaves.bin": b"".join(hashes),
        "checkpoint": str(note).encode(),
    }
    bare = files if any(b'"kind":"exported"' in one for one in bodies) else without_views(files)
    return with_manifest(bare | {"words.jsonl": b"", "erased.jsonl": b""}, size=len(hashes))


def without_views(files: Files) -> Files:
    """Without what only the entry of the export vouches for."""
    return {name: data for name, data in files.items() if not name.startswith(("views/", "README."))}


def _resigned(rng: Random, lived: Lived, bodies: list[bytes]) -> Spoilt:
    """The same by somebody without the log's key: another key under its name, or the true line under a false root."""
    signer = lived.last.keyring.signers()[0]
    forged = resealed(lived, chained(bodies), stranger(signer.public))
    if rng.random() < 0.5:
        true = note_of(lived.whole["checkpoint"]).signatures
        text = note_of(forged["checkpoint"]).text
        forged = forged | {"checkpoint": str(Note(text=text, signatures=true)).encode()}
    return Spoilt(files=forged, named="not signed by the log that the policy trusts")


def split_view(rng: Random, lived: Lived) -> Spoilt:
    """A9: two readers get two histories with a common beginning, both signed; they compare checkpoints."""
    day = rng.randrange(1, len(lived.kept))
    shared = checkpoint_of(note_of(lived.kept[day - 1])).size
    other = checkpoint_of(note_of(lived.kept[day])).size
    bodies = lines(lived.whole)
    at = rng.randrange(shared, other)
    bodies[at] = edited(rng, bodies[at])
    length = rng.randrange(other, len(bodies) + 1)
    return _signed_again(lived, bodies[:length], older=lived.kept[day])


def select(rng: Random, lived: Lived) -> Spoilt:
    """A10: a convenient part: the newest entries left out, one in the middle, a stream, the ends, or the export."""
    how = rng.randrange(5)
    if how == 0:
        return _left_out_of_part(rng, lived.part, newest=True)
    if how == 1:
        return _left_out_of_part(rng, lived.part, newest=False)
    if how == 2:
        stream = rng.choice(lived.streams)
        return _without_stream(lived, stream, about=rng.random() < 0.5)
    files = lived.part
    kinds = [json.loads(one)["kind"] for one in lines(files)]
    gone = kinds.index("heads" if how == 3 else "exported")
    stay = [at for at in range(len(kinds)) if at != gone]
    changed = with_lines(files, [lines(files)[at] for at in stay])
    changed = with_lines(changed, [lines(files, "proofs.jsonl")[at] for at in stay], "proofs.jsonl")
    changed = changed if how == 3 else without_views(changed)
    said = "no heads of streams" if how == 3 else "no entry tells that this pack was handed out"
    return Spoilt(files=changed, named=said, codes=(INCOMPLETE,))


def cover(rng: Random, lived: Lived) -> Spoilt:
    """A14: words are gone "for privacy", and no order took them."""
    files = lived.whole
    words = lines(files, "words.jsonl")
    at = rng.randrange(len(words))
    told = json.loads(words[at])
    gone = {name: told[name] for name in ("stream", "seq", "name")}
    place = f"{told['stream']} entry {told['seq']}"
    stay = with_lines(files, [*words[:at], *words[at + 1 :]], "words.jsonl")
    how = rng.randrange(4)
    if how == 0:
        said = f"1 word.* neither there nor erased, the first .*{place}"
        return Spoilt(files=stay, named=said, codes=(INCOMPLETE,))
    erasure = "e-1" if how == 1 else f"e-{rng.randrange(2, 99)}"
    listed = sorted([*lines(files, "erased.jsonl"), canonical(gone | {"erasure": erasure})])
    if how == 3:  # listed as erased, and still there
        return Spoilt(
            files=with_lines(files, listed, "erased.jsonl"), named=f"{place}.* was erased by {erasure}"
        )
    said = (
        "list of what e-1 took is not the one" if how == 1 else f"erasure {erasure}: .* no entry tells of it"
    )
    return Spoilt(files=with_lines(stay, listed, "erased.jsonl"), named=said)


ON_PACKS: dict[str, Attack] = {
    "A1": edit,
    "A2": delete,
    "A3": truncate,
    "A4": roll_back,
    "A5": reorder,
    "A6": insert,
    "A7": drop,
    "A8": rewrite,
    "A9": split_view,
    "A10": select,
    "A14": cover,
    "A15": forge,
}
