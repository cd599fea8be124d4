"""A15: proofs forged against a lax verifier. Each trick is small, and each must be refused for what it is."""

from __future__ import annotations

import json
import re
from base64 import b64decode, b64encode
from collections.abc import Callable
from random import Random

from engine.core.codec import canonical
from engine.core.sealing.checkpoints import checkpoint_of
from engine.core.sealing.notes import Note, Signature, note_of
from engine.verify import INCOMPLETE, TAMPERED, UNUSABLE
from tests.sealer.lived import Lived
from tests.sealer.packs import Files, lines, policy_of, stranger, with_lines, witness
from tests.sealer.spoilt import Spoilt, in_leaf

__all__ = ["forge"]

#: the order of the group of Ed25519: a signature with it added would be another spelling of the same
_ORDER = 2**252 + 27742317777372353535851937790883648493
_LETTERS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


def forge(rng: Random, lived: Lived) -> Spoilt:
    """One of the tricks."""
    return rng.choice(_TRICKS)(rng, lived)


def _unusable(files: Files, named: str) -> Spoilt:
    return Spoilt(files=files, named=named, codes=(UNUSABLE,))


def _path_changed(rng: Random, lived: Lived) -> Spoilt:
    """A path longer, shorter, turned round, or with a step of another."""
    proofs = lines(lived.part, "proofs.jsonl")
    at = rng.randrange(len(proofs))
    told = json.loads(proofs[at])
    path = told["path"]
    change = rng.randrange(4)
    if change == 0:
        path.append(rng.choice(path))
    elif change == 1:
        path.pop(rng.randrange(len(path)))
    elif change == 2:
        path.reverse()
    else:
        path[rng.randrange(len(path))] = b64encode(rng.randbytes(32)).decode()
    proofs[at] = canonical(told)
    return Spoilt(files=with_lines(lived.part, proofs, "proofs.jsonl"), named=in_leaf(told["index"]))


def _index_changed(rng: Random, lived: Lived) -> Spoilt:
    """The path of another leaf, one beyond the tree, one below nothing."""
    proofs = lines(lived.part, "proofs.jsonl")
    at = rng.randrange(len(proofs))
    told = json.loads(proofs[at])
    other = rng.choice([told["index"] + rng.choice([1, 2, 256]), -1, 10**9, 2**53 - 1])
    proofs[at] = canonical(told | {"index": other})
    return Spoilt(files=with_lines(lived.part, proofs, "proofs.jsonl"), named=rf"\bleaf {other}\b")


def _index_no_number(rng: Random, lived: Lived) -> Spoilt:
    """An index that Python would take for a number."""
    proofs = lines(lived.part, "proofs.jsonl")
    at = rng.randrange(len(proofs))
    told = json.loads(proofs[at])
    other = rng.choice(
        ["true", f'"{told["index"]}"', f"{told['index']}.0", f"{told['index']}e0", "NaN", "null"]
    )
    proofs[at] = re.sub(rb'"index":\d+', f'"index":{other}'.encode(), proofs[at])
    named = "a proof is an index and a path|not a whole number|written in another way"
    return _unusable(with_lines(lived.part, proofs, "proofs.jsonl"), named)


def _key_twice(rng: Random, lived: Lived) -> Spoilt:
    """A key that stands twice: the first for one reader, the last for another."""
    name = rng.choice(["proofs.jsonl", "heads.jsonl", "words.jsonl"])
    files = lived.part if name != "words.jsonl" else lived.whole
    rows = lines(files, name)
    at = rng.randrange(len(rows))
    first = next(iter(json.loads(rows[at])))
    value = canonical(json.loads(rows[at])[first]).decode()
    rows[at] = f'{{"{first}":{value},'.encode() + rows[at][1:]
    return _unusable(with_lines(files, rows, name), "a key stands there twice")


def _key_twice_in_entry(rng: Random, lived: Lived) -> Spoilt:
    """The same in an entry: its bytes are not those that were sealed."""
    rows = lines(lived.whole)
    at = rng.randrange(len(rows))
    rows[at] = b'{"at":"2025-01-01T00:00:00.000000Z",' + rows[at][1:]
    return Spoilt(files=with_lines(lived.whole, rows), named=in_leaf(at))


def _digits(rng: Random, lived: Lived) -> Spoilt:
    """A size in foreign digits, with a sign, a space, an underscore, a zero in front."""
    note = lived.whole["checkpoint"].decode()
    name, size, rest = note.split("\n", 2)
    foreign = size.translate({ord("0") + at: rng.choice([0xFF10, 0x0660, 0x0966]) + at for at in range(10)})
    other = rng.choice(
        [foreign, f"+{size}", f" {size}", f"{size[0]}_{size[1:]}", f"0{size}", f"{size}.0", "", "-1"]
    )
    files = lived.whole | {"checkpoint": f"{name}\n{other}\n{rest}".encode()}
    return _unusable(files, "not a number written in digits")


def _spelling(rng: Random, lived: Lived) -> Spoilt:
    """Base64 with loose bits, without its end, with a space or a line feed: the same bytes to many readers."""
    point = checkpoint_of(note_of(lived.whole["checkpoint"]))
    text = b64encode(point.root).decode()
    loose = text[:-2] + chr(_LETTERS[_LETTERS.index(text[-2].encode()) | rng.randrange(1, 4)]) + "="
    assert b64decode(loose) == point.root
    other = rng.choice(
        [loose, text[:-1], text + "=", f"{text[:9]} {text[9:]}", text.replace(text[3], "\uff21", 1)]
    )
    files = lived.whole | {"checkpoint": lived.whole["checkpoint"].replace(text.encode(), other.encode())}
    return _unusable(files, "base64")


def _salt_spelling(rng: Random, lived: Lived) -> Spoilt:
    """The same in the salt of a word."""
    rows = lines(lived.whole, "words.jsonl")
    at = rng.randrange(len(rows))
    told = json.loads(rows[at])
    salt = told["salt"]
    loose = salt[:-2] + chr(_LETTERS[_LETTERS.index(salt[-2].encode()) | rng.randrange(1, 4)]) + "="
    rows[at] = canonical(
        told | {"salt": rng.choice([loose, salt[:-1], salt + "\n", b64encode(b"short").decode()])}
    )
    return _unusable(with_lines(lived.whole, rows, "words.jsonl"), "base64")


def _lines_added(rng: Random, lived: Lived) -> Spoilt:
    """More lines than are signed: by characters at which some readers break a line, or plainly."""
    note = lived.whole["checkpoint"].decode()
    name, rest = note.split("\n", 1)
    other = rng.choice(["\r", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\n"])
    files = lived.whole | {"checkpoint": f"{name}{other}x\n{rest}".encode()}
    return _unusable(files, "control characters|3 lines|not a number")


def _breaks_added(rng: Random, lived: Lived) -> Spoilt:
    """The same with breaks that are no control characters: another name, then, which nobody trusts."""
    note = lived.whole["checkpoint"].decode()
    name, rest = note.split("\n", 1)
    other = name + rng.choice("\x85\u2028\u2029") + "x"
    return _unusable(lived.whole | {"checkpoint": f"{other}\n{rest}".encode()}, "another log")


def _signature_again(rng: Random, lived: Lived) -> Spoilt:
    """A signature in another spelling (with the group's order added), or with a bit turned, or cut."""
    note = note_of(lived.whole["checkpoint"])
    (line,) = note.signatures
    scalar = int.from_bytes(line.value[32:], "little")
    flipped = bytearray(line.value)
    flipped[rng.randrange(64)] ^= 1 << rng.randrange(8)
    other = rng.choice([
        line.value[:32] + (scalar + _ORDER).to_bytes(32, "little"), bytes(flipped), line.value[:-1], bytes(64),
        line.value + b"\x00",
    ])  # fmt: skip
    made = Note(text=note.text, signatures=(Signature(name=line.name, id=line.id, value=other),))
    both = made.with_signatures(note.signatures) if rng.random() < 0.5 else made
    files = lived.whole | {"checkpoint": str(both).encode()}
    return Spoilt(files=files, named="not signed by the log that the policy trusts")


def _stranger(rng: Random, lived: Lived) -> Spoilt:
    """A key of the same name, with its own id or with the id of the true one."""
    signer = lived.last.keyring.signers()[0].public
    note = note_of(lived.whole["checkpoint"])
    made = stranger(signer).signed(Note(text=note.text, signatures=()), checkpoint_of(note), 0)
    if rng.random() < 0.5:
        (line,) = made.signatures
        made = Note(text=note.text, signatures=(Signature(name=line.name, id=signer.id, value=line.value),))
    files = lived.whole | {"checkpoint": str(made).encode()}
    return Spoilt(files=files, named="not signed by the log that the policy trusts")


def _one_witness_twice(rng: Random, lived: Lived) -> Spoilt:
    """One witness whose line stands there twice, or whose line is another's, where two are asked for."""
    one, two = lived.witness, witness("w2.example")
    logs = b"".join(each + b"\n" for each in lived.policy.split(b"\n") if each.startswith(b"log"))
    asked = policy_of(lived.last.keyring, one, two, quorum="both").split(b"\n", 1)[1]
    policy = logs + asked.replace(b"quorum", b"group both all w1 w2\nquorum")
    note = note_of(lived.whole["checkpoint"])
    point = checkpoint_of(note)
    seen = one.signed(note, point, rng.randrange(1, 2**31))
    if rng.random() < 0.5:
        seen = one.signed(seen, point, rng.randrange(2**31, 2**32))
    else:
        line = seen.signatures[-1]
        named = Signature(name=two.public.name, id=two.public.id, value=line.value)
        seen = seen.with_signatures([named])
    files = lived.whole | {"checkpoint": str(seen).encode()}
    return Spoilt(files=files, named="'both' of witnesses did not sign", codes=(INCOMPLETE,), policy=policy)


def _one_key_twice(rng: Random, lived: Lived) -> Spoilt:
    """A policy in which one key has two names, or a key of the log is a witness: refused before anything is read."""
    one = lived.witness
    again = f"witness w2 {one.public}\n" if rng.random() < 0.5 else f"log {one.public}\n"
    policy = lived.strict.replace(b"quorum", again.encode() + b"quorum")
    return Spoilt(
        files=lived.whole,
        named="this key is another's as well|no key of a log",
        codes=(UNUSABLE,),
        policy=policy,
    )


def _pack_of_another_log(rng: Random, lived: Lived) -> Spoilt:
    """The name of another log, in the checkpoint and the manifest."""
    other = rng.choice([b"agency.example/appraisa1", b"agency.example/Appraisal", b"agency.example"])
    files = {
        name: data.replace(b"agency.example/appraisal", other)
        if name in ("checkpoint", "manifest.json")
        else data
        for name, data in lived.whole.items()
    }
    return Spoilt(files=files, named="the policy trusts no log of that name", codes=(TAMPERED,))


def _end_of_another(rng: Random, lived: Lived) -> Spoilt:
    """The end of one stream shown as that of another, or an end with another number or value."""
    rows = [json.loads(one) for one in lines(lived.part, "heads.jsonl")]
    at = rng.randrange(len(rows))
    change = rng.choice(["stream", "seq", "hash", "index"])
    told = rows[at]
    if change == "stream":
        told["stream"] = rng.choice([one for one in lived.streams if one != told["stream"]])
    elif change == "hash":
        told["hash"] = rng.randbytes(32).hex()
    else:
        told[change] += rng.choice([1, 3])
    files = with_lines(lived.part, [canonical(one) for one in rows], "heads.jsonl")
    return Spoilt(files=files, named=f"{re.escape(told['stream'])}: its end is not among the heads")


def _growth_forged(rng: Random, lived: Lived) -> Spoilt:
    """The proof that the log grew from a kept checkpoint, for another log or another size."""
    told = json.loads(lived.part["consistency.json"])
    path = told["path"]
    path[rng.randrange(len(path))] = b64encode(rng.randbytes(32)).decode()
    if rng.random() < 0.3:
        path.pop()
    files = lived.part | {"consistency.json": canonical(told)}
    return Spoilt(files=files, named="proof of how the log grew does not lead", older=lived.kept[0])


_TRICKS: tuple[Callable[[Random, Lived], Spoilt], ...] = (
    _path_changed, _index_changed, _index_no_number, _key_twice, _key_twice_in_entry, _digits, _spelling,
    _salt_spelling, _lines_added, _breaks_added, _signature_again, _stranger, _one_witness_twice, _one_key_twice,
    _pack_of_another_log, _end_of_another, _growth_forged,
)  # fmt: skip
