"""What a page's form sends, read before the endpoint's thread begins."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from api.problems import RequestInvalid
from engine.core.attachments import digest_of

_MOST_FIELDS = 2_000
_MOST_FILES = 200
#: browsers end the lines of a text with two characters, of which one is kept
_LINE_END = re.compile(r"\r\n?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A sent form that may bring files."""

    #: the fields as texts
    fields: dict[str, str]
    #: the files of each field: name and hash
    named: dict[str, list[tuple[str, str]]]
    #: their bytes by hash
    files: dict[str, bytes]


async def posted_fields(request: Request) -> dict[str, str]:
    """The fields of a sent form as texts. Files are not taken. Raises: RequestInvalid."""
    async with request.form(max_fields=_MOST_FIELDS, max_files=0) as sent:
        return _once((name, value) for name, value in sent.multi_items() if isinstance(value, str))


async def posted_with_files(request: Request) -> Sent:
    """A sent form with its files; a field of files in which nothing was chosen brings none. Raises: RequestInvalid."""
    fields: list[tuple[str, str]] = []
    named: dict[str, list[tuple[str, str]]] = {}
    files: dict[str, bytes] = {}
    async with request.form(max_fields=_MOST_FIELDS, max_files=_MOST_FILES) as sent:
        for name, value in sent.multi_items():
            if isinstance(value, str):
                fields.append((name, value))
            elif value.filename:
                data = await value.read()
                digest = digest_of(data)
                files[digest] = data
                named.setdefault(name, []).append((value.filename, digest))
    return Sent(fields=_once(fields), named=named, files=files)


def _once(sent: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Fields by name, lines ended as they are kept. Raises: RequestInvalid where one came twice, or cannot be kept."""
    fields: dict[str, str] = {}
    for name, value in sent:
        if name in fields:
            raise RequestInvalid(f"the form says {name[:60]!r} twice; open the page again and send it once")
        if "\0" in name or "\0" in value:
            raise RequestInvalid("the form holds the character U+0000, which no database keeps; leave it out")
        fields[name] = _LINE_END.sub("\n", value)
    return fields


Posted = Annotated[dict[str, str], Depends(posted_fields)]
PostedWithFiles = Annotated[Sent, Depends(posted_with_files)]
