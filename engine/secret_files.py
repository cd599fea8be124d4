"""Files that only their owner may read, written whole and for good, or not at all."""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["write_alone"]


def write_alone(text: str, path: Path, *, once: bool = False) -> bool:
    """Write a file that nobody else can read; whether it was written. Raises: OSError.

    With `once` a file that is there stays as it is, also if somebody else makes it at the same moment. When this
    returns, the file outlives a power cut.
    """
    beside = path.with_name(f".{path.name}.{os.urandom(4).hex()}")
    try:
        with os.fdopen(
            os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
        ) as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if once:  # a link is there whole or not at all, and never over another
            try:
                path.hardlink_to(beside)
            except FileExistsError:
                return False
        else:
            beside.replace(path)
        _settle(path.parent)
    finally:
        beside.unlink(missing_ok=True)
    return True


def _settle(folder: Path) -> None:
    """Make the folder's own list of names outlive a power cut, where folders can be opened."""
    if os.name != "posix":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
