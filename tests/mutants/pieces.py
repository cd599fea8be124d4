"""Known answers for what looks at pieces: what is found in them, what is left to a second look, and by whom."""

from __future__ import annotations

import hashlib
import hmac
import zipfile
from base64 import b64encode
from collections.abc import Callable, Iterator
from functools import partial
from tempfile import TemporaryDirectory

from engine import verify
from engine.core.audit import START, entry
from engine.core.sealing.tree import inclusion, leaf_hash, root_of
from engine.verify import Piece, Terms, UnusableError

__all__ = ["ANSWERS_ON_PIECES"]

Answer = Callable[[], bool]


def _quickly() -> bool:
    """What is written in the one way is read at once; all else is left to the strict reader."""
    good = {
        b'{"a":1,"b":[-1,true,null,"x\\n"]}': {"a": 1, "b": [-1, True, None, "x\n"]},
        b'{"a":9007199254740991,"b":"\xc3\xa9"}': {"a": 2**53 - 1, "b": "é"},
        b"{}": {},
    }
    many = b'{"a":[' + b",".join([b"{}"] * 23) + b"]}"
    bad = [
        b'{"a":1,"a":1}', b'{"b":1,"a":1}', b'{"a": 1}', b'{"a":1} ', b' {"a":1}', b'{"a":1.5}', b'{"a":1e3}',
        b'{"a":NaN}', b'{"a":9007199254740992}', b'{"a":-0}', b'{"a":"\\u0041"}', b'{"a":"\\ud800"}', b'{"a":"\xff"}',
        b"[1]", b"", b'"x"', b'{"a":' + b"[" * 24 + b"]" * 24 + b"}", b'{"a":' + b"[" * 100_000, many,
    ]  # fmt: skip
    deep = verify.quickly(b'{"a":' + b"[" * 23 + b"]" * 23 + b"}") is not None
    read = all(verify.quickly(one) == told for one, told in good.items())
    return deep and read and not any(verify.quickly(one) is not None for one in bad)


def _wholes() -> bool:
    """Short numbers are worked out once, long ones each time."""
    kept = verify._Wholes()
    return [kept[one] for one in ("7", "7", "1234", "12345")] == [7, 7, 1234, 12345] and sorted(kept) == [
        "1234",
        "7",
    ]


def _runs() -> bool:
    """From any number on, cut anywhere, full trees make the root of the leaves, and as few as can be."""
    leaves = [verify.leaf_hash(bytes([one])) for one in range(40)]
    for first in range(20):
        for cut in (-1, first, first + 1, 13, 21, 99):
            grown, seen = verify.Tree(), None
            for one in leaves[:first]:
                grown.add(one)
            for height, node in verify.runs_of(first, leaves[first:33], cut):
                grown.add(node, height)
                seen = grown.root if grown.size == cut else seen
            if (grown.size, grown.root) != (33, root_of(leaves[:33])):
                return False
            if first < cut < 33 and seen != root_of(leaves[:cut]):
                return False
    few = [height for height, _ in verify.runs_of(0, leaves[:32], -1)]
    return few == [5] and [height for height, _ in verify.runs_of(0, leaves[:32], 16)] == [4, 4]


def _bodies() -> list[bytes]:
    """Two streams of two entries, and one of the log itself; the second commits to something."""
    heads: dict[str, tuple[int, str]] = {}
    made = []
    for stream, facts in (
        ("case/a", {"definition": "d" * 64}), ("case/b", {"content": {"reason": "ab"}, "definition": "e"}),
        ("case/a", {"content": {}}), ("log", {"kind": "x"}), ("case/b", {}),
    ):  # fmt: skip
        seq, prev = heads.get(stream, (0, START))
        one = entry(stream, seq + 1, prev, "heads", 0, facts)
        heads[stream] = (seq + 1, one.hash)
        made.append(one.body)
    return made


def _piece(bodies: list[bytes], first: int = 0) -> Piece:
    return Piece(first, b"\n".join(bodies), [leaf_hash(one) for one in bodies])


_TERMS = Terms(5, b"", -1, None, frozenset())


def _chained(body: bytes) -> str:
    return hashlib.sha256(b"\x02" + body).hexdigest()


def _examined() -> bool:
    """All that an honest piece says, and nothing of one in which anything is wrong."""
    bodies = _bodies()
    found = verify.examined(_TERMS._replace(promised=frozenset({("case/a", 2)})), _piece(bodies))
    wanted = (
        5,
        {
            "case/a": (1, START, 2, _chained(bodies[2])), "case/b": (1, START, 2, _chained(bodies[4])),
            "log": (1, START, 1, _chained(bodies[3])),
        },
        [
            (1, b"", {"stream": "case/b", "seq": 1, "content": {"reason": "ab"}}), (2, bodies[2], {}),
            (3, bodies[3], {}),
        ],
        {"d" * 64, "e"}, verify.runs_of(0, [leaf_hash(one) for one in bodies], -1), (0, 4),
    )  # fmt: skip
    if found is None or tuple(found) != wanted:
        return False
    later = verify.examined(_TERMS._replace(size=9), _piece(bodies, first=4))
    bad = [
        (_TERMS._replace(size=4), _piece(bodies)), (_TERMS, _piece([bodies[0], bodies[0]])),
        (_TERMS, _piece([bodies[0], bodies[2].replace(b'"seq":2', b'"seq":3')])), (_TERMS, _piece([b"{}"])),
        (_TERMS, Piece(0, bodies[0], [bytes(32)])), (_TERMS, Piece(0, bodies[0], [])),
        (_TERMS, _piece([bodies[0], bodies[2].replace(_chained(bodies[0]).encode(), b"0" * 64)])),
        (_TERMS, _piece([bodies[0].replace(b":", b": ", 1)])),
    ]  # fmt: skip
    return later is not None and later.between == (4, 8) and all(verify.examined(*one) is None for one in bad)


def _entries() -> bool:
    """An entry says which one it is, in words and numbers; it follows the one before it by number and by hash."""
    told = {"prev": START, "seq": 1, "stream": "a"}
    other: list[dict[str, object]] = [
        {"prev": 1},
        {"seq": "1"},
        {"seq": True},
        {"stream": 1},
        {"stream": None},
    ]
    bodies = [verify.canonical({**told, **one}) for one in other]
    alike: list[dict[str, object]] = [{"prev": "b" * 64}, {"seq": 2}, {"seq": 0}]
    return (
        verify.entry_of(3, verify.canonical(told)).leaf == 3
        and all(_is_tampered(partial(verify.entry_of, 0, one)) for one in bodies)
        and all(
            _is_tampered(partial(verify.Chains().take, verify.Entry(0, b"", {**told, **one})))
            for one in alike
        )
    )


def _is_tampered(work: Callable[[], object]) -> bool:
    try:
        work()
    except verify.TamperedError:
        return True
    return False


def _long() -> bool:
    """An entry has at most 65,535 bytes."""
    told = {"prev": START, "seq": 1, "stream": "a", "x": ""}
    room = verify.LONGEST_LINE - len(verify.canonical(told))
    longest, longer = (verify.canonical({**told, "x": "x" * (room + more)}) for more in (0, 1))
    return verify.entry_of(0, longest).body == longest and _is_tampered(partial(verify.entry_of, 0, longer))


def _lines() -> bool:
    """Lines come as they are, however they lie across what is read at once; one without an end does not come."""
    whole = b"x" * 32 + b"\n\nab\nabcdefg\n"
    return (
        _read_by_eight(whole) == [b"x" * 32, b"", b"ab", b"abcdefg"]
        and _read_by_eight(b"") == []
        and _read_by_eight(b"ab\nc") == "ends in the middle of a line"
        and _read_by_eight(b"ab\n" + b"x" * 41) == "has no end"
    )


def _read_by_eight(data: bytes) -> list[bytes] | str:
    before = verify.PIECE, verify.LARGEST_FILE
    with TemporaryDirectory() as folder:
        path = f"{folder}/pack.zip"
        with zipfile.ZipFile(path, "w") as pack:
            pack.writestr("entries.jsonl", data)
        try:
            verify.PIECE, verify.LARGEST_FILE = 8, 32
            opened = verify.Pack(path)
            return [*opened.lines("entries.jsonl"), *opened.lines("words.jsonl")]
        except UnusableError as error:
            return next(one for one in ("ends in the middle of a line", "has no end") if one in str(error))
        finally:
            verify.PIECE, verify.LARGEST_FILE = before


def _words() -> bool:
    """A word has a value and a salt, both texts; a piece of words is worked out at once."""
    told = {"stream": "case/a", "seq": 1, "name": "n", "value": "v", "salt": b64encode(bytes(32)).decode()}
    good = verify.canonical(told)
    bad = [
        verify.canonical({**told, **one})
        for one in ({"value": 1}, {"salt": 1}, {"seq": "1"}, {"name": 1}, {"x": 1})
    ]
    hashed = hmac.digest(bytes(32), b"n\x00v", "sha256").hex()
    word = (("case/a", 1, "n"), hashed)
    return (
        verify.word_of(good) == word
        and verify._committed(good + b"\n" + good) == [word, word]
        and all(verify._committed(one) is None for one in bad)
    )


def _parts() -> bool:
    """Entries of a part are in the log, in its order, each with a proof, and are what the part is about."""
    bodies = _bodies()
    leaves = [leaf_hash(one) for one in bodies]
    kept = lambda _level, first, last: leaves[first:last]  # noqa: E731
    proofs = [
        verify.canonical(
            {
                "index": at,
                "path": [b64encode(one).decode() for one in inclusion(at, len(leaves), kept)],
            }
        )
        for at in range(len(leaves))
    ]
    terms = _TERMS._replace(root=root_of(leaves), about=frozenset({"case/a", "case/b"}))
    mine = [0, 1, 2, 3, 4]

    def found(entries: list[int], shown: list[int], about: Terms = terms) -> verify.Found | None:
        piece = Piece(0, b"\n".join(bodies[at] for at in entries), [proofs[at] for at in shown])
        return verify.examined(about, piece)

    whole, one = (
        found(mine, mine),
        found([0, 2], [0, 2], _TERMS._replace(root=terms.root, about=frozenset({"case/a"}))),
    )
    bad = [
        found(mine, mine[:-1]),
        found(mine[:-1], mine),
        found([1, 0], [1, 0]),
        found([3, 3], [3, 3]),
        found([0], [1]),
    ]
    other = found([0, 1], [0, 1], _TERMS._replace(root=terms.root, about=frozenset({"case/a"})))
    return (
        whole is not None and (whole.entries, whole.between, whole.runs) == (5, (0, 4), [])
        and sorted(whole.ends) == ["case/a", "case/b"]
        and one is not None and one.between == (0, 2) and bad == [None] * 5 and other is None
    )  # fmt: skip


def _joined() -> bool:
    """Ends follow ends; where they do not, nothing is taken over."""
    chains = verify.Chains()
    first = chains.join({"a": (1, START, 3, "x"), "b": (1, START, 1, "y")})
    wrong = [
        {"a": (4, "z", 5, "q")},
        {"a": (5, "x", 5, "q")},
        {"c": (2, START, 2, "q")},
        {"c": (1, "x", 2, "q")},
    ]
    none = [chains.join({"b": (2, "y", 9, "q"), **one}) for one in wrong]
    return (
        first and none == [False] * 4 and chains.heads == {"a": (3, "x"), "b": (1, "y")}
        and chains.join({"a": (4, "x", 4, "w")}) and chains.heads["a"] == (4, "w")
    )  # fmt: skip


def _hands() -> bool:
    """Everything comes, in order, whoever did it; what cannot be read comes last."""

    def pieces() -> Iterator[bytes]:
        yield from (b"x" * size for size in range(60))
        raise UnusableError("cut")

    for jobs in (1, 2):
        met: list[int] = []
        with verify.Hands(jobs) as hands:
            if (hands._pool is None) != (jobs == 1):
                return False
            try:
                for one, size in hands.each(len, pieces()):
                    if len(one) != size:
                        return False
                    met.append(size)
            except UnusableError:
                met.append(-1)
        if met != [*range(60), -1]:
            return False
    return True


def _worth() -> bool:
    return verify.is_worth(verify.__file__) is (verify.WORTH <= 50_000) and not verify.is_worth(
        "/nowhere/at/all"
    )


ANSWERS_ON_PIECES: dict[str, Answer] = {
    "quickly": _quickly, "wholes": _wholes, "runs": _runs, "examined": _examined, "joined": _joined,
    "entries": _entries, "long": _long, "lines": _lines, "words": _words, "parts": _parts, "worth": _worth,
    "hands": partial(_hands),
}  # fmt: skip
