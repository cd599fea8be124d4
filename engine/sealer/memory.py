"""What the sealer last signed, in a file of its own: it stays when a database is put back to an earlier day.

Written before a signature leaves the sealer, so that it never signs a root it does not remember. A crash in between
leaves a memory of leaves that are there already, and the same root is signed again.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from engine.core.sealing.checkpoints import Checkpoint
from engine.core.sealing.strict import HASH, bytes_of, text_of
from engine.errors import KeysUnusable
from engine.secret_files import write_alone

__all__ = ["Memory"]


@dataclass(frozen=True, slots=True)
class Memory:
    """The file; beside the key that signs, readable by its owner alone."""

    path: Path

    def last(self) -> Checkpoint | None:
        """What was last signed; None before the first time. Raises: KeysUnusable, if the file is spoilt."""
        try:
            told = json.loads(self.path.read_text(encoding="utf-8"))
            origin, size, root = told["origin"], told["size"], bytes_of(told["root"], HASH)
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError):
            raise self._spoilt() from None
        if not isinstance(origin, str) or type(size) is not int or size < 0 or root is None:
            raise self._spoilt()
        return Checkpoint(origin=origin, size=size, root=root)

    def keep(self, point: Checkpoint) -> None:
        """Remember what is about to be signed, for good before this returns. Raises: KeysUnusable."""
        told = {"origin": point.origin, "size": point.size, "root": text_of(point.root)}
        try:
            write_alone(json.dumps(told) + "\n", self.path)
        except OSError as error:
            raise KeysUnusable(
                f"what is signed cannot be remembered in {self.path}: {error.strerror}; nothing was signed"
            ) from None

    def _spoilt(self) -> KeysUnusable:
        return KeysUnusable(
            f"{self.path} does not say what was last signed; bring it back from a copy, or take a checkpoint that"
            " somebody else kept and compare the log with it before you remove the file"
        )
