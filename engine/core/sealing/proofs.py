"""A proof that one entry is in the log, as a file of C2SP tlog-proof that needs nothing but a policy to verify."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.core.sealing.checkpoints import checkpoint_of
from engine.core.sealing.notes import Note, note_of
from engine.core.sealing.strict import HASH, bytes_of, number_of, text_of
from engine.core.sealing.tree import is_included
from engine.errors import NoteUnreadable

__all__ = ["Proof", "proof_of"]

_FIRST = "c2sp.org/tlog-proof@v1"
#: hashes of a path in a tree of at most 2**63 leaves
_LONGEST = 63


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """Where an entry stands in the log, the path from it to the root, and the note that commits to the root."""

    index: int
    path: tuple[bytes, ...]
    note: Note

    def shows(self, leaf: bytes) -> bool:
        """Whether it leads from this leaf hash to the root of its note; who signed the note is not asked here.

        Raises: NoteUnreadable, if the note is no checkpoint.
        """
        point = checkpoint_of(self.note)
        return is_included(leaf, self.index, point.size, point.root, self.path)

    def __str__(self) -> str:
        """The file."""
        path = "".join(f"{text_of(one)}\n" for one in self.path)
        return f"{_FIRST}\nindex {self.index}\n{path}\n{self.note}"


def proof_of(data: bytes) -> Proof:
    """A proof from the bytes of its file. Raises: NoteUnreadable. Extra data is passed over: nobody signs it."""
    head, empty, rest = data.partition(b"\n\n")
    try:
        lines = head.decode("ascii").split("\n")
    except UnicodeDecodeError:
        raise NoteUnreadable("a proof is ASCII down to its checkpoint, and this is not") from None
    if lines[0] != _FIRST or not empty:
        raise NoteUnreadable(f"a proof begins with {_FIRST} and holds a checkpoint below an empty line")
    lines = lines[1:]
    if lines and lines[0].startswith("extra "):
        if bytes_of(lines[0].removeprefix("extra ")) is None:
            raise NoteUnreadable("the extra data of a proof is not standard base64")
        lines = lines[1:]
    index = number_of(lines[0].removeprefix("index ")) if lines and lines[0].startswith("index ") else None
    if index is None:
        raise NoteUnreadable("a proof names the entry's place: index <number>")
    return Proof(index=index, path=_path(lines[1:]), note=note_of(rest))


def _path(lines: Sequence[str]) -> tuple[bytes, ...]:
    found = [bytes_of(one, HASH) for one in lines]
    if len(found) > _LONGEST or None in found:
        raise NoteUnreadable(f"the path of a proof is at most {_LONGEST} hashes, each 32 bytes in base64")
    return tuple(one for one in found if one is not None)
