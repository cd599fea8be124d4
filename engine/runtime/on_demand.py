"""What was written in a case and what it reads of others, read when it is asked for: most steps never ask."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from typing import Any, TypeVar

from engine.core.case import Case
from engine.core.codec import decode
from engine.core.command import Contents
from engine.core.contents import Earlier
from engine.core.kept import contents_of as kept_of
from engine.core.kept import is_form
from engine.core.machine import Machine
from engine.core.scene import Scene
from engine.runtime.library import Library
from engine.runtime.others import Each, Others, written_in
from engine.store import queries
from engine.store.view import View

_Name = TypeVar("_Name")


def contents_of(view: View, library: Library, machine: Machine, case: Case, scene: Scene) -> Contents:
    """All a step may ask of what was written, in this case and in those it reads.

    The first question reads everything that was written, within the transaction it belongs to; of other cases each
    read by itself.
    """
    definition = machine.definition
    read = _Once(lambda: written_in(view, definition, case))
    others = Others(view, library, definition, case, scene)
    sets = (name for name, one in definition.reads.items() if one.many)
    limited = (name for name, link in definition.linked.items() if link.open_at_most)
    return Contents(
        forms=_Part(lambda: read().forms),
        gathered=_Part(lambda: read().gathered),
        answers=_Part(lambda: read().answers),
        journals=_Part(lambda: read().journals),
        reads=Each(definition.reads, others.read),
        days=Each(definition.reads, others.days),
        read_of=Each(definition.reads, others.read_of),
        still_open=Each(limited, others.still_open),
        sets=Each(sets, others.members),
        drafts=_Part(lambda: read().drafts),
        before=_Part(lambda: _before(view, case)),
        earlier=_Part(lambda: _earlier(view, case)),
    )


def _before(view: View, case: Case) -> Mapping[str, Any]:
    """The forms of a case as they stood before the move that may be taken back."""
    if case.undoable is None:
        return {}
    rows = queries.written(view, case.id, before=case.undoable.entry)
    return kept_of((one.form, decode(one.value)) for one in rows if is_form(one.form)).forms


def _earlier(view: View, case: Case) -> Mapping[tuple[str, int], Earlier]:
    """The versions of forms that an act may put back."""
    wanted = {(one.form, one.was) for one in case.shelved}
    rows = (
        row for seq in sorted({seq for _, seq in wanted}) for row in queries.written(view, case.id, seq=seq)
    )
    return {
        (row.form, row.seq): Earlier(value=decode(row.value), salt=row.salt)
        for row in rows
        if (row.form, row.seq) in wanted
    }


def at_hand(contents: Contents) -> Contents:
    """The same, all of it read by now: for whoever looks at it after the transaction is over."""
    return Contents(**{one.name: dict(getattr(contents, one.name)) for one in fields(contents)})


class _Once:
    """Reads once, however many parts are asked."""

    __slots__ = ("_contents", "_read")

    def __init__(self, read: Callable[[], Contents]) -> None:
        self._read = read
        self._contents: Contents | None = None

    def __call__(self) -> Contents:
        if self._contents is None:
            self._contents = self._read()
        return self._contents


class _Part(Mapping[_Name, Any]):
    """One part of the contents, by name."""

    __slots__ = ("_read",)

    def __init__(self, read: Callable[[], Mapping[_Name, Any]]) -> None:
        self._read = read

    def __getitem__(self, name: _Name) -> Any:
        return self._read()[name]

    def __iter__(self) -> Iterator[_Name]:
        return iter(self._read())

    def __len__(self) -> int:
        return len(self._read())
