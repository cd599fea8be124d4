"""The values conditions read of a case: figures, fields and settings by their names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.core.case_names import PLAIN
from engine.core.command import Contents
from engine.core.definition import Definition
from engine.core.figures import Sheet
from engine.core.paths import sources_of

__all__ = ["guard_values"]


def guard_values(definition: Definition, contents: Contents) -> Mapping[str, Any]:
    """What conditions read: figures, plain fields (`rating.results`) and settings; missing ones are absent."""
    return _Read(definition, contents)


class _Read(Mapping[str, Any]):
    """Values by name, each worked out when it is asked for: most acts have no condition, and those few names.

    What one figure rests on may have to be read of many other cases.
    """

    __slots__ = ("_contents", "_definition", "_sheet")

    def __init__(self, definition: Definition, contents: Contents) -> None:
        self._definition, self._contents = definition, contents
        self._sheet = Sheet(sources_of(definition), contents)

    def __getitem__(self, name: str) -> Any:
        if name in self._definition.figures:
            value = self._sheet.figure(name)
            if value is None:
                raise KeyError(name)
            return value
        if name in self._definition.settings:
            return self._definition.settings[name].value
        form, _, field = name.partition(".")
        if field not in self._fields(form):
            raise KeyError(name)
        return self._contents.forms[form][field]

    def __iter__(self) -> Iterator[str]:
        for name in (*self._definition.settings, *self._definition.figures):
            if name in self:
                yield name
        for name in self._definition.forms:
            yield from (f"{name}.{field}" for field in self._fields(name))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _fields(self, name: str) -> tuple[str, ...]:
        """The fields of a form that conditions can read, those that are filled in."""
        form, content = self._definition.forms.get(name), self._contents.forms.get(name)
        if form is None or content is None or form.item_only:
            return ()
        return tuple(one.name for one in form.fields if one.kind in PLAIN and one.name in content)
