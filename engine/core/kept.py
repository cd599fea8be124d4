"""Under which names the contents of a case are kept, beside its forms: results of gatherings, single answers.

- `@views`: all answers of a gathering that is over and had enough of them, as one list.
- `views#7.p-12`: what one person answered or signed in visit 7.
- `views#7`: answers of an anonymous visit, held as one list in no order of time until the gathering is over.

- `~plan`: a form that was taken back, held for whoever wrote it until they write it again.
- `+daily`: one line of a journal (see `engine.core.journal_pages`).
- `<superior.plan.results`: what a step read of other cases (see `engine.core.evidence`); no content of this case.

No name of a form holds any of these signs, so nothing is ever taken for something else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from engine.core.codec import decode
from engine.core.command import Contents
from engine.core.effects import Effect, WriteContent
from engine.core.journal_pages import is_line, pages, values_of

Entries = Mapping[str, Sequence[Mapping[str, object]]]

_RESULT, _OF_VISIT, _READ, _DRAFT = "@", "#", "<", "~"


def result_name(name: str) -> str:
    """Where the answers of a gathering that is over are kept."""
    return f"{_RESULT}{name}"


def answer_name(name: str, visit: int, person: str) -> str:
    """Where the answer or signature of one person is kept."""
    return f"{name}{_OF_VISIT}{visit}.{person}"


def held_name(name: str, visit: int) -> str:
    """Where anonymous answers are held until their gathering is over."""
    return f"{name}{_OF_VISIT}{visit}"


def read_name(path: str) -> str:
    """Where what a step read of other cases is kept."""
    return f"{_READ}{path}"


def draft_name(form: str) -> str:
    """Where a form that was taken back is held for whoever wrote it."""
    return f"{_DRAFT}{form}"


def is_form(name: str) -> bool:
    """Whether a name of kept content is a form's; reasons have none."""
    return (
        bool(name)
        and not name.startswith((_RESULT, _READ, _DRAFT))
        and _OF_VISIT not in name
        and not is_line(name)
    )


def contents_of(rows: Iterable[tuple[str, Any]]) -> Contents:
    """What has been written in a case, from names and values in the order they were written; the latest counts.

    A form or draft whose latest value is null is not there.
    """
    found = _Sorted()
    lines: list[tuple[str, Any]] = []
    for name, value in rows:
        if is_line(name):
            lines.append((name, value))
        elif not name.startswith(_READ):
            found.put(name, value)
    journals = values_of(pages((name, 0, value) for name, value in lines))
    return Contents(
        forms=_there(found.forms),
        gathered=found.gathered,
        answers=found.answers,
        journals=journals,
        drafts=_there(found.drafts),
    )


def with_written(contents: Contents, effects: Iterable[Effect]) -> Contents:
    """The contents after a step: as they were cleaned and kept, not as they were sent."""
    new = [(one.form, decode(one.value)) for one in effects if isinstance(one, WriteContent) and one.form]
    return after(contents, new)


def after(contents: Contents, rows: Sequence[tuple[str, Any]]) -> Contents:
    """The contents with these written on top of them; what is not touched is not read either."""
    if not rows:
        return contents
    lines = [(name, value) for name, value in rows if is_line(name)]
    touched = _Sorted()
    for name, value in rows:
        if not is_line(name) and not name.startswith(_READ):
            touched.put(name, value)
    journals = values_of(pages((name, 0, value) for name, value in lines))
    return replace(
        contents,
        forms=_there({**contents.forms, **touched.forms}) if touched.forms else contents.forms,
        gathered={**contents.gathered, **touched.gathered} if touched.gathered else contents.gathered,
        answers={**contents.answers, **touched.answers} if touched.answers else contents.answers,
        journals=_with_entries(contents.journals, journals),
        drafts=_there({**contents.drafts, **touched.drafts}) if touched.drafts else contents.drafts,
    )


def _with_entries(before: Entries, new: Entries) -> Entries:
    """The entries of journals with those written since."""
    if not new:
        return before
    return {**before, **{name: (*before.get(name, ()), *told) for name, told in new.items()}}


class _Sorted:
    """Kept values by what they are; the latest under each name."""

    __slots__ = ("answers", "drafts", "forms", "gathered")

    def __init__(self) -> None:
        self.forms: dict[str, Any] = {}
        self.gathered: dict[str, Any] = {}
        self.answers: dict[str, Any] = {}
        self.drafts: dict[str, Any] = {}

    def put(self, name: str, value: Any) -> None:
        """Sort one value in."""
        if name.startswith(_RESULT):
            self.gathered[name[1:]] = value
        elif name.startswith(_DRAFT):
            self.drafts[name[1:]] = value
        elif _OF_VISIT in name:
            self.answers[name] = value
        else:
            self.forms[name] = value


def _there(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values that are not null."""
    return {name: value for name, value in values.items() if value is not None}
