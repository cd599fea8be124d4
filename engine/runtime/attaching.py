"""Files that people attached to a case, for those who may read the form that names them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.core.attachments import files_in
from engine.core.paths import gatherings
from engine.errors import NotFound
from engine.runtime.reports import CaseView
from engine.store import queries
from engine.store.database import Database

__all__ = ["AttachedFile", "attached_file", "readable_files"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachedFile:
    """A file as it was attached."""

    name: str
    media_type: str
    data: bytes


def attached_file(database: Database, view: CaseView, sha256: str) -> AttachedFile:
    """The file with this hash, if something names it that the viewer may read. Raises: NotFound."""
    told = next((one for one in readable_files(view) if one.get("sha256") == sha256), None)
    if told is not None:
        with database.read() as snapshot:
            data = queries.attached(snapshot, view.case.id, sha256)
        if data is not None:
            return AttachedFile(name=told["name"], media_type=told["media_type"], data=data)
    raise NotFound("file", sha256[:64])


def readable_files(view: CaseView) -> Iterator[Mapping[str, Any]]:
    """What is told of each file that the viewer may read: its name, type, size and hash."""
    forms = view.definition.forms
    for form, values in _readable_values(view):
        if form in forms:
            yield from files_in(forms[form].fields, forms, values)


def _readable_values(view: CaseView) -> Iterator[tuple[str, object]]:
    """All that the viewer may read, each with the name of its form."""
    yield from view.contents.items()
    yield from view.drafts.items()
    gathered = {name: one.form for name, one in gatherings(view.definition).items() if one.form is not None}
    for name, answers in view.gathered.items():
        if name in gathered:
            yield from ((gathered[name], one) for one in answers)
    under_way = view.case.gathering
    if view.own_answer is not None and under_way is not None and under_way.name in gathered:
        yield gathered[under_way.name], view.own_answer
    for shown in view.journals:
        yield from ((shown.journal.form, page.values) for page in shown.pages)
