"""The entries of journals as they are kept beside the forms, and read again.

- `+daily`: one line of the journal `daily` as a content row: an entry with its number, day, author and values, or a
  mark that later entries of the case's stream put on earlier lines (`confirmed`, `asked`, `released`, `withheld`).

No name of a form holds that sign. An entry that is `held` counts only once it was released; one of an anonymous
journal says below how many (`few`) none of them is given to anybody.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from engine.core.case import Case, Task
from engine.core.definition import Journal

__all__ = [
    "Page",
    "check_id",
    "checked_journal",
    "is_line",
    "is_within",
    "journal_of",
    "line_name",
    "pages",
    "values_of",
]

_SIGN = "+"

Mark = Literal["", "confirmed", "asked", "released", "withheld"]


def line_name(journal: str) -> str:
    """Under which name the lines of a journal are kept."""
    return f"{_SIGN}{journal}"


def is_line(name: str) -> bool:
    """Whether a name of kept content is that of a journal's lines."""
    return name.startswith(_SIGN)


def journal_of(name: str) -> str:
    """The journal whose lines are kept under this name."""
    return name.removeprefix(_SIGN)


def is_within(journal: Journal, case: Case) -> bool:
    """Whether the journal is open where the case stands now."""
    awake = not case.ended and case.sleeps_until is None
    return awake and (not journal.within or case.state in journal.within or case.phase in journal.within)


def check_id(case: Case, journal: Journal) -> str:
    """The id of the task of whoever checks a journal of a case."""
    return f"{case.id}.{line_name(journal.name)}"


def checked_journal(task: Task) -> str:
    """The journal whose entries a task asks to check."""
    return task.id.partition(f".{_SIGN}")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One entry of a journal. `mark` is the last one put on it; `author` is "" for somebody from outside."""

    journal: str
    number: int
    about: date | None
    author: str
    values: Mapping[str, object]
    held: bool = False
    few: int = 0
    mark: Mark = ""
    #: the number of the stream's entry that wrote it; below 0 for one that is told only with the others
    seq: int = 0
    #: the number of the stream's entry that put the mark on it; 0 while nobody did
    marked: int = 0

    @property
    def counts(self) -> bool:
        """Whether it may be read and counted by those who may read the journal."""
        return self.mark != "withheld" and (not self.held or self.mark == "released")


def pages(rows: Iterable[tuple[str, int, Any]]) -> dict[str, tuple[Page, ...]]:
    """The entries of each journal by number, from names, numbers and values of content rows in the order written."""
    found: dict[str, dict[int, Page]] = {}
    for name, seq, value in rows:
        if is_line(name):
            _put(found.setdefault(journal_of(name), {}), journal_of(name), seq, value)
    return {name: tuple(told[number] for number in sorted(told)) for name, told in found.items()}


def _put(told: dict[int, Page], journal: str, seq: int, value: Mapping[str, Any]) -> None:
    if "mark" in value:
        for number in value["numbers"]:
            if number in told:
                told[number] = replace(told[number], mark=value["mark"], marked=seq)
        return
    about = value.get("about")
    told[value["number"]] = Page(
        journal=journal,
        number=value["number"],
        about=date.fromisoformat(about) if about else None,
        author=value.get("by", ""),
        values=value["values"],
        held=value.get("held", False),
        few=value.get("few", 0),
        seq=seq,
    )


def values_of(told: Mapping[str, Sequence[Page]]) -> dict[str, tuple[Mapping[str, object], ...]]:
    """What figures may count: the values of each journal's entries; a journal of which too few are there is missing."""
    found = {}
    for name, entries in told.items():
        counted = tuple(page for page in entries if page.counts)
        few = max((page.few for page in entries), default=0)
        if len(counted) >= few:
            # In no order of time where nobody is to be told apart.
            ordered = sorted(counted, key=lambda page: repr(page.values)) if few else counted
            found[name] = tuple(page.values for page in ordered)
    return found
