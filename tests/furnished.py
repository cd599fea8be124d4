"""Databases that are filled once and copied: migrating, proving and importing take a second, a copy a moment."""

from __future__ import annotations

import atexit
import shutil
from collections.abc import Callable, Hashable
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.postgres import server_of

__all__ = ["furnish"]

#: what was filled in this process: for a file its path, for a server the name of a database on it
_files: dict[Hashable, Path] = {}
_databases: dict[Hashable, str] = {}


def furnish(url: str, what: Hashable, fill: Callable[[str], None]) -> None:
    """Put a database at this address that is as `fill` makes them; `what` says of two whether they are alike.

    `fill` gets the address of nothing (a file) or of an empty database (a server), and closes what it opens.
    """
    server = server_of(url)
    if server is None:
        if what not in _files:
            made = _folder() / f"{next(_numbers)}.db"
            fill(str(made))
            _files[what] = made
        shutil.copyfile(_files[what], url)
        return
    known = (server, what)
    if known not in _databases:
        fill(url)
        _databases[known] = server.kept(url)
        return
    server.refill(url, _databases[known])


def _folder() -> Path:
    if not _opened:
        _opened.append(TemporaryDirectory(prefix="siklus-furnished-"))
        atexit.register(_opened[0].cleanup)
    return Path(_opened[0].name)


_numbers = count(1)
_opened: list[TemporaryDirectory[str]] = []
