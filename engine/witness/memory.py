"""What a witness has signed: one file for each log, written for good before a cosignature leaves, never by two.

A folder belongs to one process at a time: two that signed from one memory could each sign another history.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from engine.core.sealing.checkpoints import Checkpoint, checkpoint_of
from engine.core.sealing.notes import Note, note_of
from engine.errors import KeysUnusable, NoteUnreadable, WitnessUnusable
from engine.secret_files import write_alone

__all__ = ["Memories", "Remembered"]

#: notes of a log that does not hold together, kept for whoever must judge: a hostile log shall not fill the disk
_MOST_EVIDENCE = 100
Evidence = Literal["fork", "unproven"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """The checkpoint of a log that was last signed, its note with the witness's own line, and the second it was."""

    point: Checkpoint
    note: Note
    at: int


@dataclass(frozen=True, slots=True)
class Memories:
    """The folder."""

    folder: Path

    def make(self) -> None:
        """Make the folder, for a witness that has signed nothing yet. Raises: WitnessUnusable."""
        try:
            self.folder.mkdir(mode=0o700, parents=True)
        except OSError as error:
            raise WitnessUnusable(f"{self.folder} cannot be made: {error.strerror}") from None

    @contextmanager
    def held(self) -> Iterator[None]:
        """The folder for this process alone. Raises: WitnessUnusable, if another one has it."""
        try:
            opened = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise WitnessUnusable(
                f"the memory {self.folder} cannot be used: {error.strerror}; siklus witness init makes one. A witness"
                " that lost its memory is retired: another key, another name"
            ) from None
        try:
            try:
                fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise WitnessUnusable(
                    f"another witness works with {self.folder}; two could sign two histories from one memory. Stop the"
                    " other one, or give this one a folder and a key of its own"
                ) from None
            yield
        finally:
            os.close(opened)

    def of(self, origin: str) -> Remembered | None:
        """What was last signed of a log; None before the first time. Raises: KeysUnusable, if that is spoilt."""
        place = self._place(origin)
        try:
            told = json.loads(place.read_text(encoding="utf-8"))
            note, at = note_of(told["note"].encode()), told["at"]
            point = checkpoint_of(note)
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError, AttributeError, NoteUnreadable):
            raise self._spoilt(place) from None
        if point.origin != origin or type(at) is not int:
            raise self._spoilt(place)
        return Remembered(point=point, note=note, at=at)

    def keep(self, one: Remembered) -> None:
        """Remember a checkpoint, for good when this returns. Raises: KeysUnusable."""
        place = self._place(one.point.origin)
        try:
            write_alone(json.dumps({"at": one.at, "note": str(one.note)}) + "\n", place)
        except OSError as error:
            raise KeysUnusable(
                f"what is signed cannot be remembered in {place}: {error.strerror}; nothing was signed"
            ) from None

    def keep_evidence(self, known: Note, other: Note, point: Checkpoint, kind: Evidence) -> None:
        """Keep two notes, both signed by the log: "fork" if they contradict, "unproven" if no proof led there.

        The second may be somebody else's mischief with a note that is true. Only so many of a log are kept.
        """
        place = self.folder / f"{_name(point.origin)}-{point.size}-{point.root.hex()[:16]}.{kind}"
        if len(self.evidence(point.origin, kind)) >= _MOST_EVIDENCE:
            return
        # That it was refused is what counts: no room for what speaks against the log is no reason to fail.
        with suppress(OSError):
            write_alone(f"{known}\n{other}", place, once=True)

    def evidence(self, origin: str, kind: Evidence = "fork") -> tuple[Path, ...]:
        """What is kept against a log."""
        return tuple(sorted(self.folder.glob(f"{_name(origin)}-*.{kind}")))

    def _place(self, origin: str) -> Path:
        return self.folder / f"{_name(origin)}.json"

    def _spoilt(self, place: Path) -> KeysUnusable:
        return KeysUnusable(
            f"{place} does not say what was last signed; bring it back from a copy, or retire this witness and make"
            " another with a key of its own: one that forgot may sign another history"
        )


def _name(origin: str) -> str:
    """A log's files: by the hash of its name, as logs are named with strokes and in any letters."""
    return hashlib.sha256(origin.encode()).hexdigest()[:32]
