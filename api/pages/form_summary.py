"""What stands above a form that comes back: what is wrong with it and where, and which files to choose again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from api.pages.forms import Box, html_id
from engine.core.definition import Label, Language

__all__ = ["anchor", "labels_of", "lost_files", "problems_in", "told_problems"]


def anchor(path: str) -> str:
    """The id of the element to go to for a problem at this path; an item that is no field leads to its list."""
    return html_id(re.sub(r"\[\d+\]$", "", path))


def labels_of(shown: tuple[Box, ...], item: str = "") -> dict[str, str]:
    """What each field is called, by the id of its element; fields of an item say which item."""
    found: dict[str, str] = {}
    for box in shown:
        found[box.id] = f"{item}{box.label}"
        found |= labels_of(box.inner, f"{item}{box.label}, ")
        for row in box.rows:
            found |= labels_of(row.boxes, f"{item}{box.item} {row.number}, ")
    return found


def problems_in(problems: Mapping[str, Label], form: str) -> Mapping[str, Label]:
    """Problems whose path lies in this form."""
    return {path: label for path, label in problems.items() if path == form or path.startswith(f"{form}.")}


def told_problems(
    shown: tuple[Box, ...], problems: Mapping[str, Label], form: str, language: Language
) -> tuple[tuple[str, str], ...]:
    """What is wrong with a form: the id of the element to go to, and what is wrong with which field."""
    names = labels_of(shown)
    listed = ((anchor(path), label[language]) for path, label in problems_in(problems, form).items())
    return tuple((at, f"{names[at]}: {told}" if at in names else told) for at, told in listed)


def lost_files(shown: tuple[Box, ...]) -> tuple[tuple[str, str], ...]:
    """The fields whose files must be chosen again: the id of the element, and what they are called with their names."""
    names = labels_of(shown)
    return tuple((f"{box.id}-new", f"{names[box.id]}: {', '.join(box.lost)}") for box in _losing(shown))


def _losing(shown: tuple[Box, ...]) -> Iterator[Box]:
    for box in shown:
        if box.lost:
            yield box
        for row in box.rows:
            yield from _losing(row.boxes)
