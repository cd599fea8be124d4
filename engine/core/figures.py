"""Figures worked out from what was filled in, and the values conditions read.

Missing input gives a missing figure, never 0: a total over half a list is worse than none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.core.definition import Count, Definition, Figure, Grid, Total

__all__ = ["figure_values", "guard_values"]

Contents = Mapping[str, Mapping[str, object]]
_PLAIN = ("text", "number", "choice", "date")
_MISSING = object()


def figure_values(definition: Definition, contents: Contents) -> dict[str, int | str]:
    """Every figure that can be worked out from these forms; those that cannot are absent."""
    found: dict[str, int | str] = {}
    for name, figure in definition.figures.items():
        value = _value(figure, contents)
        if value is not None:
            found[name] = value
    return found


def guard_values(definition: Definition, contents: Contents) -> dict[str, Any]:
    """What conditions may read: figures, plain fields (`rating.results`) and settings; missing ones are absent."""
    values: dict[str, Any] = {name: setting.value for name, setting in definition.settings.items()}
    for name, form in definition.forms.items():
        content = contents.get(name)
        if content is None or form.item_only:
            continue
        for field in form.fields:
            if field.kind in _PLAIN and field.name in content:
                values[f"{name}.{field.name}"] = content[field.name]
    values.update(figure_values(definition, contents))
    return values


def _value(figure: Figure, contents: Contents) -> int | str | None:
    match figure:
        case Total(path=path):
            return _total(path, contents)
        case Count(path=path):
            return _count(path, contents)
        case Grid():
            down, across = (_single(path, contents) for path in (figure.down, figure.across))
            if isinstance(down, str) and isinstance(across, str):
                return figure.cells.get((down, across))
            return None


def _total(path: str, contents: Contents) -> int | None:
    total = 0
    for value in _all(path, contents):
        # A bool is an int to Python and nothing to a total.
        if not isinstance(value, int) or isinstance(value, bool):
            return None
        total += value
    return total if _starts(path, contents) else None


def _count(path: str, contents: Contents) -> int | None:
    count = 0
    for value in _all(path, contents):
        if not isinstance(value, list):
            return None
        count += len(value)
    return count if _starts(path, contents) else None


def _single(path: str, contents: Contents) -> object:
    return next(_all(path, contents), None)


def _starts(path: str, contents: Contents) -> bool:
    """Whether the form and its field exist at all, so that an empty list is a known nought."""
    form, field, *_ = path.split(".")
    return field in contents.get(form, {})


def _all(path: str, contents: Contents) -> Iterator[object]:
    """Every value a path leads to, through lists; `_MISSING` for each that is not there."""
    form, *steps = path.split(".")
    content = contents.get(form)
    if content is None:
        yield _MISSING
        return
    yield from _inside(content, steps)


def _inside(value: object, steps: list[str]) -> Iterator[object]:
    if not steps:
        yield value
    elif isinstance(value, Mapping):
        yield from _inside(value.get(steps[0], _MISSING), steps[1:])
    elif isinstance(value, list):
        for item in value:
            yield from _inside(item, steps)
    else:
        yield _MISSING
