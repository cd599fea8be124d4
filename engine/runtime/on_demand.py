"""What was written in a case, read when it is asked for: most steps never ask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.store.unit import View


class OnDemand(Mapping[str, Mapping[str, Any]]):
    """The forms of a case by name; the first question reads them, within the transaction they belong to."""

    __slots__ = ("_case_id", "_forms", "_view")

    def __init__(self, view: View, case_id: str) -> None:
        self._view, self._case_id = view, case_id
        self._forms: Mapping[str, Mapping[str, Any]] | None = None

    def __getitem__(self, form: str) -> Mapping[str, Any]:
        return self._read()[form]

    def __iter__(self) -> Iterator[str]:
        return iter(self._read())

    def __len__(self) -> int:
        return len(self._read())

    def _read(self) -> Mapping[str, Mapping[str, Any]]:
        if self._forms is None:
            self._forms = self._view.contents(self._case_id).forms
        return self._forms
