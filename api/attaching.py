"""Files on their way in and out: base64 in the JSON of an act, bytes in a page's form, a download for its readers."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from starlette.responses import Response

from engine.core.attachments import LARGEST_ACT, digest_of, has_files
from engine.core.definition import Field, Form
from engine.errors import NotFound
from engine.runtime import AttachedFile, CaseView, Engine

__all__ = [
    "LARGEST_BODY",
    "LARGEST_WITH_FILES",
    "download",
    "files_address",
    "sent_entry",
    "sent_files",
    "takes_files",
]

#: bytes of a request; in base64 four letters stand for three bytes
LARGEST_BODY = 1 << 20
LARGEST_WITH_FILES = LARGEST_BODY + LARGEST_ACT * 4 // 3

_BRINGING = re.compile(
    r"(?:/api/v1)?/cases/(?P<case>c-[0-9a-f]{8,64})/(?:acts(?:/(?P<act>[a-z0-9_]+))?|journals/(?P<journal>[a-z0-9_]+))"
    r"(?:/preview)?"
)
_DATA = "data"


def takes_files(engine: Engine, path: str) -> bool:
    """Whether what is sent to an address may bring files: an act that the case knows now, or an entry of a journal."""
    found = _BRINGING.fullmatch(path)
    if found is None:
        return False
    try:
        view = engine.case(found["case"], None)
    except NotFound:
        return False
    definition = view.definition
    if found["journal"]:
        journal = definition.journals.get(found["journal"])
        names = {journal.form} if journal is not None else set()
    else:
        state = view.machine.state(view.case.state)
        acts = (one for one in view.machine.ways(state.name) if found["act"] in (None, one.name))
        names = {form for one in acts if (form := state.form_of(one)) is not None}
    return any(has_files(definition.forms[name].fields, definition.forms) for name in names)


def sent_files(
    engine: Engine, case_id: str, forms: Mapping[str, Mapping[str, Any]]
) -> tuple[dict[str, Mapping[str, Any]], dict[str, bytes]]:
    """The forms of an act with the hash of each file in the place of its data, and the data of each by its hash.

    Raises: NotFound.
    """
    files: dict[str, bytes] = {}
    if not _may_bring(forms.values()):
        return dict(forms), files
    known = engine.case(case_id, None).definition.forms
    taken = {
        name: _taken(known[name].fields, known, values, files) if name in known else values
        for name, values in forms.items()
    }
    return taken, files


def sent_entry(
    engine: Engine, case_id: str, journal: str, values: Mapping[str, Any]
) -> tuple[Mapping[str, Any], dict[str, bytes]]:
    """The values of an entry, and the data of its files by hash. Raises: NotFound."""
    if not _may_bring([values]):
        return values, {}
    rule = engine.case(case_id, None).definition.journals.get(journal)
    if rule is None:
        return values, {}
    taken, files = sent_files(engine, case_id, {rule.form: values})
    return taken[rule.form], files


def _may_bring(values: Iterable[Any]) -> bool:
    """Whether anything in there looks like a file with its data."""
    for value in values:
        if isinstance(value, Mapping):
            if isinstance(value.get(_DATA), str) or _may_bring(value.values()):
                return True
        elif isinstance(value, list) and _may_bring(value):
            return True
    return False


def _taken(fields: tuple[Field, ...], forms: Mapping[str, Form], values: Any, files: dict[str, bytes]) -> Any:
    if not isinstance(values, Mapping):
        return values
    taken = dict(values)
    for field in fields:
        held = taken.get(field.name)
        if not isinstance(held, list):
            continue
        if field.kind == "file":
            taken[field.name] = [_hashed(one, files) for one in held]
        elif field.kind == "list":
            inner = field.item or forms[field.item_form].fields
            taken[field.name] = [_taken(inner, forms, one, files) for one in held]
    return taken


def _hashed(sent: Any, files: dict[str, bytes]) -> Any:
    """A file with its hash instead of its data; as it is, where there is no data that can be read."""
    if not isinstance(sent, Mapping) or not isinstance(sent.get(_DATA), str):
        return sent
    try:
        data = base64.b64decode(sent[_DATA], validate=True)
    except (binascii.Error, ValueError):
        return {name: value for name, value in sent.items() if name == "name"}
    digest = digest_of(data)
    files[digest] = data
    return {**{name: value for name, value in sent.items() if name != _DATA}, "sha256": digest}


def download(file: AttachedFile) -> Response:
    """A file to be kept, never to be shown: what people attach is not trusted to be a page of ours."""
    plain = re.sub(r"[^A-Za-z0-9 ._-]", "_", file.name)
    return Response(
        file.data,
        media_type=file.media_type,
        headers={
            "content-disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(file.name, safe='')}",
            "content-security-policy": "default-src 'none'; sandbox",
            "x-content-type-options": "nosniff",
        },
    )


def files_address(view: CaseView) -> str:
    """Where the files of a case are downloaded, before their hash."""
    return f"/api/v1/cases/{view.case.id}/files/"
