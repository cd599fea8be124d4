"""The keys that words are sealed with: one for each class of words of a case, in a file apart from the database.

A copy of the database opens with the keys that are here now, so what was erased stays erased in every copy: its key
is gone. That is why keys are in no table of the database. Each is wrapped by the installation's own (`engine.keys`).
"""

from __future__ import annotations

import base64
import os
import sqlite3
import threading
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from engine.errors import KeysUnusable
from engine.keys import Keys, open_with, seal_with
from engine.secret_files import write_alone

__all__ = ["NoWordKeys", "WordKeys", "is_sealed", "key_number"]

#: what a sealed value begins with; no JSON does, and a file that does is sealed like any other
_MARK = b"\x01siklus-words-1\x02"
_TEXT = _MARK.decode()
_NUMBER = 8
_SECRET = 32
_MOST_KNOWN = 50_000
_AT_ONCE = 400
_WAITS_SECONDS = 20
_TABLE = """
CREATE TABLE IF NOT EXISTS word_key (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    wrapped BLOB NOT NULL,
    retired INTEGER NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX IF NOT EXISTS ix_word_key_name ON word_key (name) WHERE retired = 0;
"""


def is_sealed(value: object) -> bool:
    """Whether this is a sealed value, of bytes or of text."""
    if isinstance(value, bytes):
        return value.startswith(_MARK)
    return isinstance(value, str) and value.startswith(_TEXT)


def key_number(value: object) -> int:
    """The number of the key that a sealed value was sealed with."""
    sealed = _bytes_of(value)
    return int.from_bytes(sealed[len(_MARK) : len(_MARK) + _NUMBER], "big")


class WordKeys:
    """The file of keys, safe to share among threads; other processes may have it open as well."""

    def __init__(self, path: Path, keys: Keys) -> None:
        self.path = path
        self._keys = keys
        self._opened: sqlite3.Connection | None = None
        self._turn = threading.RLock()
        self._wraps: bytes | None = None
        #: whether there must be a file, because what is sealed with its keys is known to be there
        self.expected = False
        #: keys by number, each with what it is for
        self._known: dict[int, tuple[bytes, str]] = {}

    @property
    def made(self) -> bool:
        """Whether there is a file."""
        return self.path.exists()

    def make(self) -> bool:
        """Make the file, readable by its owner alone, if there is none; whether it was made. Raises: KeysUnusable."""
        self._keys.make()
        self._keys.derive("words")
        try:
            if not write_alone("", self.path, once=True):
                return False
        except OSError as error:
            raise KeysUnusable(
                f"the file of keys {self.path} cannot be made: {error.strerror}; name another place with"
                " SIKLUS_WORD_KEYS_FILE"
            ) from None
        return True

    @property
    def used(self) -> bool:
        """Whether words are sealed here: from the moment on in which somebody makes the file."""
        return self.expected or self.made

    def seal(self, name: str, value: bytes) -> bytes:
        """A value that opens with the key of this name only, which is made if there is none; or as it is, unused.

        Raises: KeysUnusable.
        """
        if not self.used:
            return value
        number, key = self._current(name)
        return _MARK + number.to_bytes(_NUMBER, "big") + seal_with(key, value, about=name)

    def seal_text(self, name: str, value: str) -> str:
        """The same of a text, as a text."""
        if not self.used:
            return value
        sealed = self.seal(name, value.encode())
        return _TEXT + base64.b64encode(sealed[len(_MARK) :]).decode()

    def opened(self, values: Sequence[object]) -> list[object]:
        """The values, those opened that are sealed; one that was changed since stays as it is.

        Raises: KeysUnusable, if a key is not there any more.
        """
        found = [_bytes_of(one) if is_sealed(one) else None for one in values]
        keys = self._numbered({key_number(one) for one in found if one is not None})
        return [
            plain if sealed is None else _open(plain, sealed, *keys[key_number(sealed)])
            for plain, sealed in zip(values, found, strict=True)
        ]

    def ready(self, names: Iterable[str]) -> None:
        """Make the keys of these names that are not there, all at once: each by itself would wait for the disk."""
        if not self.used:
            return
        with self._file() as file:
            file.executemany(
                "INSERT OR IGNORE INTO word_key (name, wrapped) VALUES (?, ?)",
                [(one, seal_with(self._wrapping(), os.urandom(_SECRET), about=one)) for one in names],
            )

    def retire(self, names: Iterable[str]) -> None:
        """Seal nothing more with the keys of these names; what is sealed with them still opens."""
        if not self.used:
            return
        with self._file() as file:
            file.executemany(
                "UPDATE word_key SET retired = 1 WHERE name = ? AND retired = 0", [(one,) for one in names]
            )

    def retired(self) -> list[tuple[int, str]]:
        """Number and name of each key that seals nothing more and is still there."""
        if not self.used:
            return []
        with self._file() as file:
            return list(file.execute("SELECT id, name FROM word_key WHERE retired = 1"))

    def destroy(self, numbers: Collection[int]) -> None:
        """Let keys go for good: what is sealed with them, in whatever copy, opens never again."""
        if not numbers:
            return
        with self._file() as file:
            file.executemany(
                "UPDATE word_key SET wrapped = zeroblob(length(wrapped)) WHERE id = ?",
                [(one,) for one in numbers],
            )
            file.executemany("DELETE FROM word_key WHERE id = ? AND retired = 1", [(one,) for one in numbers])
            for one in numbers:
                self._known.pop(one, None)

    def close(self) -> None:
        """Give the file back."""
        with self._turn:
            if self._opened is not None:
                self._opened.close()
                self._opened = None

    def _current(self, name: str) -> tuple[int, bytes]:
        """The key that seals for a name: another process may have retired the one that was known."""
        asked = "SELECT id, wrapped FROM word_key WHERE name = ? AND retired = 0"
        with self._file() as file:
            row = file.execute(asked, (name,)).fetchone()
            if row is None:
                self.ready([name])
                row = file.execute(asked, (name,)).fetchone()
            return row[0], self._unwrapped(row[0], name, row[1])

    def _numbered(self, numbers: Collection[int]) -> dict[int, tuple[bytes, str]]:
        missing = sorted(one for one in numbers if one not in self._known)
        with self._turn:
            for first in range(0, len(missing), _AT_ONCE):
                part = missing[first : first + _AT_ONCE]
                marks = ",".join("?" * len(part))
                asked = f"SELECT id, name, wrapped FROM word_key WHERE id IN ({marks})"  # noqa: S608 - marks alone
                with self._file() as file:
                    for number, name, wrapped in file.execute(asked, part).fetchall():
                        self._unwrapped(number, name, wrapped)
            known = {one: self._known.get(one) for one in numbers}
        gone = [one for one, key in known.items() if key is None]
        if gone:
            raise KeysUnusable(
                f"{len(gone)} key(s) of words are not in {self.path}: they went with an erasure, and this database is"
                " a copy from before it; or the file is not the one that belongs to this database, then bring it back"
            )
        return {one: key for one, key in known.items() if key is not None}

    def _unwrapped(self, number: int, name: str, wrapped: bytes) -> bytes:
        known = self._known.get(number)
        if known is None:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            key = open_with(self._wrapping(), wrapped, about=name) or self._keys.open(
                "words", wrapped, about=name
            )
            known = self._known[number] = key, name
        return known[0]

    def _wrapping(self) -> bytes:
        """The key that keys are wrapped with, derived once. Raises: KeysUnusable."""
        if self._wraps is None:
            self._wraps = self._keys.derive("words")
        return self._wraps

    @contextmanager
    def _file(self) -> Iterator[sqlite3.Connection]:
        """The open file; what is changed is kept when the block ends. Raises: KeysUnusable."""
        with self._turn:
            try:
                opened = self._opened or self._connected()
                with opened:
                    yield opened
            except sqlite3.Error as error:
                raise KeysUnusable(f"the file of keys of words {self.path} cannot be used: {error}") from None

    def _connected(self) -> sqlite3.Connection:
        if not self.made:
            raise KeysUnusable(
                f"the words of this database are sealed, and {self.path}, which has their keys, is not there: bring it"
                " back, or name its place with SIKLUS_WORD_KEYS_FILE"
            )
        self._opened = sqlite3.connect(self.path, timeout=_WAITS_SECONDS, check_same_thread=False)
        self._opened.execute("PRAGMA secure_delete = ON")
        self._opened.executescript(_TABLE)
        return self._opened


class NoWordKeys(WordKeys):
    """What stands for the keys where somebody opened a database without them."""

    def __init__(self, database: str) -> None:
        super().__init__(Path(os.devnull), Keys(Path(os.devnull)))
        self._database = database
        self.expected = True

    @property
    def made(self) -> bool:
        """There are none."""
        return False

    def _connected(self) -> sqlite3.Connection:
        raise KeysUnusable(
            f"the words of {self._database} are sealed, and it was opened without their keys; open it as an"
            " installation (`siklus`), which knows where they are"
        )


def _bytes_of(value: object) -> bytes:
    """A sealed value as bytes, whichever way it is kept."""
    if isinstance(value, bytes):
        return value
    return _MARK + base64.b64decode(str(value)[len(_TEXT) :])


def _open(kept: object, sealed: bytes, key: bytes, name: str) -> object:
    value = open_with(key, sealed[len(_MARK) + _NUMBER :], about=name)
    if value is None:
        return kept  # somebody changed it: it is not what its entry commits to, and is told so where that is looked at
    return value.decode() if isinstance(kept, str) else value
