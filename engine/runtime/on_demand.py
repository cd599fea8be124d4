"""What was written in a case, read when it is asked for: most steps never ask."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from engine.core.command import Contents
from engine.store.unit import View


def contents_on_demand(view: View, case_id: str) -> Contents:
    """The contents of a case; the first question reads them all, within the transaction they belong to."""
    read = _Once(view, case_id)
    return Contents(
        forms=_Part(lambda: read().forms),
        gathered=_Part(lambda: read().gathered),
        answers=_Part(lambda: read().answers),
        journals=_Part(lambda: read().journals),
    )


class _Once:
    """Reads once, however many parts are asked."""

    __slots__ = ("_case_id", "_contents", "_view")

    def __init__(self, view: View, case_id: str) -> None:
        self._view, self._case_id = view, case_id
        self._contents: Contents | None = None

    def __call__(self) -> Contents:
        if self._contents is None:
            self._contents = self._view.contents(self._case_id)
        return self._contents


class _Part(Mapping[str, Any]):
    """One part of the contents, by name."""

    __slots__ = ("_read",)

    def __init__(self, read: Callable[[], Mapping[str, Any]]) -> None:
        self._read = read

    def __getitem__(self, name: str) -> Any:
        return self._read()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._read())

    def __len__(self) -> int:
        return len(self._read())
