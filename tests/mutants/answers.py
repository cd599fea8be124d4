"""Known answers for the small parts of the verifier: RFC 6962 vectors, and what must be refused."""

# ruff: noqa: E501 - a known answer stands on a line of its own
from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from functools import partial

from engine import verify
from engine.core.sealing.checkpoints import checkpoint_of
from engine.core.sealing.notes import COSIGNS_ED25519, ED25519, Note, Signature
from engine.core.sealing.tree import consistency, inclusion, node_hash, root_of
from engine.keys import sign
from engine.signing_keys import SigningKey
from engine.verify import UnusableError

__all__ = ["ANSWERS"]


def refused(work: Callable[[], object]) -> bool:
    """Whether it is."""
    try:
        work()
    except UnusableError:
        return True
    return False


def _numbers() -> bool:
    good = [verify.number_of(one) for one in ("0", "7", "10", "9" * 19)]
    bad = ("", "00", "01", "+1", "-1", " 1", "1\n", "1_0", "\uff11", "1.0", "9" * 20)
    return good == [0, 7, 10, int("9" * 19)] and all(refused(partial(verify.number_of, one)) for one in bad)


def _base64() -> bool:
    good = verify.bytes_of("QUI=") == b"AB" == verify.bytes_of("QUI=", 2) and verify.bytes_of("") == b""
    bad = ("QUJ=", "QUI", "QU I=", "QUI=\n", "QUI==", "_w==", "\uff21UI=")
    return (
        good
        and refused(lambda: verify.bytes_of("QUI=", 3))
        and all(refused(partial(verify.bytes_of, one)) for one in bad)
    )


def _json() -> bool:
    deep = {depth: b"[" * depth + b"]" * depth for depth in (24, 25, 26, 27)}
    good = [b'{"a":[1,-1,true,null,"x"]}', b"9007199254740991", b"-9007199254740991", deep[24], deep[25]]
    bad = [
        b'{"a":1,"a":2}', b"1.0", b"1e3", b"NaN", b"Infinity", b"9007199254740992", b"-9007199254740992", b"9" * 40, b"\xff", b"",
        b"[[9007199254740992]]", b'{"a":{"b":9007199254740992}}', b"[" * 100_000, deep[26], deep[27],
        b'{"a":' * 26 + b"1" + b"}" * 26,
    ]  # fmt: skip
    read = verify.json_of(good[0]) == {"a": [1, -1, True, None, "x"]}
    return (
        read
        and not any(refused(partial(verify.json_of, one)) for one in good)
        and all(refused(partial(verify.json_of, one)) for one in bad)
    )


def _objects() -> bool:
    names = frozenset({"a"})
    good = (
        verify.line_of(b'{"a":1}', "it", names) == {"a": 1}
        and verify.line_of(b'{"a":"' + b"{" * 30 + b'"}', "it", names) == {"a": "{" * 30}
        and verify.canonical({"b": 1, "a": "é"}) == '{"a":"é","b":1}'.encode()
    )
    bad = (b"[]", b'{"a":1,"b":2}', b'{"a": 1}', b"{}", b'{"a":1} ', b'{"b":1}')
    half = refused(lambda: verify.canonical("\ud800"))
    return good and half and all(refused(partial(verify.line_of, one, "it", names)) for one in bad)


def _tree() -> bool:
    leaves = [verify.leaf_hash(bytes([one])) for one in range(20)]
    made = verify.Tree()
    if made.root.hex() != "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855":
        return False
    for size, leaf in enumerate(leaves, start=1):
        made.add(leaf)
        if (made.size, made.root) != (size, root_of(leaves[:size])):
            return False
    return True


def _included() -> bool:
    leaves = [verify.leaf_hash(bytes([one])) for one in range(20)]
    for size in range(1, 20):
        root, kept = root_of(leaves[:size]), lambda _level, first, last: leaves[first:last]
        for index in range(size):
            path = inclusion(index, size, kept)
            wrong = [
                (leaves[index], index, size, root, (*path, root)), (leaves[19], index, size, root, path),
                (leaves[index], index, size, node_hash(root, root), (*path, root)), (leaves[index], index, 2 * size, root, path),
                (leaves[index], index, size, leaves[19], path), (leaves[index], -1, size, root, path),
                (leaves[index], size, size, root, path), (leaves[index], index + size, size, root, path),
                *([(leaves[index], index, size, root, path[:-1]), (leaves[index], index, size, root, path[1:]),
                   (leaves[index], index ^ 1, size, root, path)] if path else []),
            ]  # fmt: skip
            if not verify.is_included(leaves[index], index, size, root, path) or any(
                verify.is_included(*one) for one in wrong
            ):
                return False
    return True


def _consistent() -> bool:
    leaves = [verify.leaf_hash(bytes([one])) for one in range(20)]
    for size in range(20):
        root = root_of(leaves[:size])
        for old in range(size + 1):
            kept, before = (lambda _level, first, last: leaves[first:last]), root_of(leaves[:old])
            path = consistency(old, size, kept)
            wrong = [
                (old, before, size, root, (*path, root)), (old, leaves[19], size, root, path),
                (old, node_hash(root, before), size, node_hash(root, root), (*path, root)),
                (size + 1, before, size, root, path), (-1, before, size, root, path),
                *([(old, before, size, root, path[:-1]), (old, before, size, root, path[1:]),
                   (old, before, size, leaves[19], path), (old, before, size, root, ()),
                   (old - 1, before, size, root, path), (old, before, size, root, path[::-1])] if len(path) > 1 else []),
            ]  # fmt: skip
            if not verify.is_consistent(old, before, size, root, path) or any(
                verify.is_consistent(*one) for one in wrong
            ):
                return False
    return True


_LOG = SigningKey.of("log.example", ED25519, bytes(range(32)))
_SEEN = [SigningKey.of(f"w{at}.example", COSIGNS_ED25519, bytes([at]) * 32) for at in range(1, 4)]
_ROOT = b64encode(bytes(range(32))).decode()
_TEXT = f"log.example\n7\n{_ROOT}\n"
_POINT = checkpoint_of(Note(text=_TEXT, signatures=()))


def _note(*more: SigningKey) -> bytes:
    note = _LOG.signed(Note(text=_TEXT, signatures=()), _POINT, 0)
    for one in more:
        note = one.signed(note, _POINT, 1_700_000_000)
    return str(note).encode()


def _checkpoints() -> bool:
    read = verify.checkpoint_of(_note(_SEEN[0]))
    good = (read.origin, read.size, read.root, read.text, len(read.lines)) == (
        "log.example",
        7,
        bytes(range(32)),
        _TEXT,
        2,
    )
    many = _note() + _note().split(b"\n\n")[1] * 64
    most = _note() + _note().split(b"\n\n")[1] * 63
    plain = _note()
    bad = [
        plain[:-1], plain[:-1] + b"x", plain.replace(b"\n\n", b"\n"), plain.replace(b"log.example\n", b"\n", 1), b"x\n" + plain, b"\xff" + plain,
        plain.replace(b"\n7\n", b"\n7\nextension\n"), plain.replace("\u2014 ".encode(), b"- "), plain.replace(b"\n7", b"\n07"),
        plain.replace(b"log.example\n", b"log\texample\n", 1), many, plain + b"\n", b"", plain.split(b"\n\n")[0] + b"\n\n",
        plain.split(b"\n\n")[0] + "\n\n\u2014 log.example QUJDRA==\n".encode(),
        plain.split(b"\n\n")[0] + "\n\n\u2014  QUJDREU=\n".encode(),
    ]  # fmt: skip
    short = verify.checkpoint_of(plain.split(b"\n\n")[0] + "\n\n\u2014 log.example QUJDREU=\n".encode())
    return (
        good and short.lines == (("log.example", b"ABCD", b"E"),) and len(verify.checkpoint_of(most).lines) == 64
        and all(refused(partial(verify.checkpoint_of, one)) for one in bad)
    )  # fmt: skip


def _spelt(key: verify.Key) -> str:
    """A key as a policy has it, with the id that is right for it."""
    return f"{key.name}+{key.id.hex()}+{b64encode(bytes([key.kind]) + key.key).decode()}"


def _keys() -> bool:
    text = str(_LOG.public)
    read = verify.key_of(text)
    good = (read.name, read.kind, read.key, read.id) == ("log.example", 1, _LOG.public.key, _LOG.public.id)
    other = text.replace("log.", "lag.")
    nameless, cut = (_spelt(one) for one in (read._replace(name=""), read._replace(key=read.key[:-1])))
    short = "x+00000000+" + b64encode(b"\x01" + bytes(31)).decode()
    return good and all(
        refused(partial(verify.key_of, one))
        for one in (other, text[:-4], short, nameless, cut, "", "x+y+", text[11:])
    )


def _receipts() -> bool:
    text = f"siklus receipt v1\nlog log.example\nentry case/c-01 17\nhash {'ab' * 32}\nat 2026-01-31T16:00:00.000000Z\n"
    line = Signature(name="log.example", id=_LOG.public.id, value=sign(ED25519, _LOG.seed, text.encode()))
    note = str(Note(text=text, signatures=(line,)))
    read = verify.receipt_of(note.encode())
    said = (read.log, read.stream, read.seq, read.hash, read.text) == (
        "log.example",
        "case/c-01",
        17,
        "ab" * 32,
        text,
    )
    keys = [verify.key_of(str(one.public)) for one in (_LOG, _SEEN[0])]
    twice = (
        note.encode()
        + str(Note(text="", signatures=(Signature(name=line.name, id=line.id, value=bytes(64)),))).encode()[
            1:
        ]
    )
    bad = [
        ("2026-01-31", "2026-02-31"),
        ("v1", "v2"),
        (" 17", " 017"),
        ("ab" * 32, "ab" * 31),
        ("entry", "Entry"),
    ]
    signed = read.is_by(keys[0]) and not read.is_by(keys[1]) and not verify.receipt_of(twice).is_by(keys[0])
    return (
        said
        and signed
        and all(refused(partial(verify.receipt_of, note.replace(*one).encode())) for one in bad)
    )


def _cosigned_at(at: int) -> verify.Checkpoint:
    """The checkpoint with a signature of the first witness that names a second, however late."""
    one = _SEEN[0]
    value = at.to_bytes(8, "big") + sign(ED25519, one.seed, f"cosignature/v1\ntime {at}\n{_TEXT}".encode())
    line = Signature(name=one.public.name, id=one.public.id, value=value)
    return verify.checkpoint_of(str(Note(text=_TEXT, signatures=(line,))).encode())


def _seen() -> bool:
    read = verify.checkpoint_of(_note(_SEEN[0]))
    keys = [verify.key_of(str(one.public)) for one in (_LOG, *_SEEN)]
    if [_cosigned_at(at).seen_by(keys[1]) for at in (2**63 - 1, 2**63)] != [2**63 - 1, None]:
        return False
    return (
        read.is_by_log(keys[0]) and not read.is_by_log(keys[1]) and not read.is_by_log(keys[2])
        and read.seen_by(keys[1]) == 1_700_000_000 and read.seen_by(keys[2]) is None and read.seen_by(keys[0]) is None
    )  # fmt: skip


_OTHER = SigningKey.of("other.example", COSIGNS_ED25519, bytes([9]) * 32)
#: a key of a kind that is passed over
_LASTING = _spelt(verify.Key("lasting.example", 6, bytes(1312)))


def _policy(*lines: str) -> bytes:
    named = [f"witness w{at} {one.public}" for at, one in enumerate(_SEEN, start=1)]
    return "\n".join([f"log {_LOG.public} https://log.example", *named, *lines, ""]).encode()


def _quorums() -> bool:
    """Which of no, one, two, three witnesses are enough."""
    wanted = {
        ("quorum none",): "yyyy", ("quorum w1",): "nyyy", ("quorum w3",): "nnny",
        ("group g all w1 w2 w3", "quorum g"): "nnny", ("group g any w2 w3", "quorum g"): "nnyy",
        ("group g 2 w1 w2 w3", "quorum g"): "nnyy", ("group h any w2 w3", "group g all w1 h", "quorum g"): "nnyy",
        ("# a comment", "", "\tgroup  g 3 w1 w2 w3 ", "quorum g"): "nnny", ("group g any w1", "quorum g"): "nyyy",
        (f"witness w4 {_OTHER.public} https://w4.example", "quorum none"): "yyyy", (f"log {_LASTING}", "quorum none"): "yyyy",
    }  # fmt: skip
    for lines, told in wanted.items():
        read = verify.Policy(_policy(*lines))
        met = ["n" if read.needs(verify.checkpoint_of(_note(*_SEEN[:count]))) else "y" for count in range(4)]
        if "".join(met) != told or [one.name for one in read.logs] != ["log.example"]:
            return False
    return True


def _policies() -> bool:
    bad = [
        (), ("quorum w4",), ("quorum",), ("quorum none", "quorum none"), ("quorum w1 w2",), ("nonsense", "quorum none"),
        ("group g any w1", "group h any w1 w2", "quorum g"), ("group g 0 w1 w2", "quorum g"),
        ("group g 3 w1 w2", "quorum g"), ("group g any w1 w1", "quorum g"), ("group g any w1 w9", "quorum g"),
        ("group none any w1 w2", "quorum none"), ("group w1 any w2 w3", "quorum none"), ("group g any", "quorum none"),
        ("group g x w1 w2", "quorum g"), ("group g", "quorum none"), ("group", "quorum none"), ("log", "quorum none"), ("log a b c", "quorum none"),
        (f"log {_LOG.public}", "quorum none"), (f"log {_SEEN[0].public}", "quorum none"),
        (f"witness w1 {SigningKey.of('x', COSIGNS_ED25519, bytes(32)).public}", "quorum none"),
        (f"witness none {SigningKey.of('x', COSIGNS_ED25519, bytes(32)).public}", "quorum none"),
        (f"witness w4 {_SEEN[0].public}", "quorum none"), (f"witness w4 {SigningKey.of('x', ED25519, bytes(32)).public}", "quorum none"),
        (f"witness w4 {SigningKey.of('x', COSIGNS_ED25519, bytes(range(32))).public}", "quorum none"), ("witness w4", "quorum none"),
        (f"log {_OTHER.public}", "quorum none"), ("nonsense g any w1", "quorum none"), ("nonsense none",),
        ("quorum\x0bnone",), ("quorum none\x7f",), ("# a\x0bb", "quorum none"), ("# a\x7fb", "quorum none"), ("witness w4 a b c", "quorum none"),
    ]  # fmt: skip
    lone = b"quorum none\n"
    return refused(lambda: verify.Policy(lone)) and all(
        refused(partial(verify.Policy, _policy(*one))) for one in bad
    )


def _plain() -> bool:
    return verify.plain("a\x1b~ \x7f\u200b") == "a\\x1b~ \\x7f\\u200b"


ANSWERS: dict[str, Callable[[], bool]] = {
    "numbers": _numbers, "base64": _base64, "json": _json, "objects": _objects, "tree": _tree, "included": _included,
    "consistent": _consistent, "keys": _keys, "policies": _policies, "plain": _plain,
    "checkpoints": _checkpoints, "receipts": _receipts, "seen": _seen, "quorums": _quorums,
}  # fmt: skip
