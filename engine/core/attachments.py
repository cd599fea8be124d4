"""Files that people attach to a form: what is taken, under which name, and what is kept of one beside its bytes.

The value of a field of files is a list of `{name, media_type, size, sha256}`; the bytes are kept apart, by their hash.
What kind of file it is says its content, never the sender alone: a browser guesses, and a name can be changed.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, MutableMapping, Sequence
from types import MappingProxyType
from typing import Any

from engine.core.content_words import (
    EMPTY_FILE,
    FILE_KIND,
    FILE_TWICE,
    LARGE_ACT,
    LARGE_FILE,
    NO_FILE,
    NOT_FILE,
)
from engine.core.definition import Field, Form, Label

__all__ = [
    "KINDS",
    "LARGEST_ACT",
    "LARGEST_FILE",
    "NO_FILES",
    "clean_name",
    "digest_of",
    "files_in",
    "has_files",
    "kept_files",
]

Fields = tuple[Field, ...]

#: bytes of one file, and of all files that one act brings
LARGEST_FILE = 2_000_000
LARGEST_ACT = 10_000_000
_LONGEST_NAME = 200
_LONGEST_ENDING = 10
NO_FILES: Mapping[str, bytes] = MappingProxyType({})

_DIGEST = re.compile(r"[0-9a-f]{64}")
#: control letters that no plain text holds
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."


def _begins(*signs: bytes) -> Callable[[bytes], bool]:
    return lambda data: data.startswith(signs)


def _packed(folder: bytes) -> Callable[[bytes], bool]:
    """An archive that holds a document of this folder."""
    return lambda data: data.startswith(b"PK\x03\x04") and folder in data


def _open(name: str) -> Callable[[bytes], bool]:
    """An archive that says first of all, unpacked, what it is."""
    said = b"mimetype" + f"{_OPEN}{name}".encode()
    return lambda data: data.startswith(b"PK\x03\x04") and data[30:].startswith(said)


def _is_text(data: bytes) -> bool:
    try:
        return _CONTROLS.search(data.decode()) is None
    except UnicodeDecodeError:
        return False


#: by the ending of the name: the media type, and whether these bytes are of it
KINDS: Mapping[str, tuple[str, Callable[[bytes], bool]]] = {
    "pdf": ("application/pdf", _begins(b"%PDF-")),
    "png": ("image/png", _begins(b"\x89PNG\r\n\x1a\n")),
    "jpg": ("image/jpeg", _begins(b"\xff\xd8\xff")),
    "jpeg": ("image/jpeg", _begins(b"\xff\xd8\xff")),
    "txt": ("text/plain", _is_text),
    "docx": (f"{_OFFICE}wordprocessingml.document", _packed(b"word/")),
    "xlsx": (f"{_OFFICE}spreadsheetml.sheet", _packed(b"xl/")),
    "odt": (f"{_OPEN}text", _open("text")),
    "ods": (f"{_OPEN}spreadsheet", _open("spreadsheet")),
}


def digest_of(data: bytes) -> str:
    """By what the bytes of a file are known."""
    return hashlib.sha256(data).hexdigest()


def clean_name(name: str) -> str:
    """A file's name without its folders and without letters that cannot be seen; a long one loses its middle."""
    last = unicodedata.normalize("NFC", re.split(r"[/\\]", name)[-1])
    seen = "".join(" " if letter.isspace() else letter for letter in last if _is_seen(letter))
    told = " ".join(seen.split()).lstrip(".").strip()
    if len(told) <= _LONGEST_NAME:
        return told
    stem, _, ending = told.rpartition(".")
    kept = f".{ending}" if stem and len(ending) <= _LONGEST_ENDING else ""
    return told[: _LONGEST_NAME - len(kept)] + kept


def _is_seen(letter: str) -> bool:
    return letter.isspace() or not unicodedata.category(letter).startswith("C")


def kept_files(
    sent: Sequence[object],
    files: Mapping[str, bytes],
    before: Mapping[str, Mapping[str, Any]],
    brought: MutableMapping[str, int],
) -> tuple[list[object], dict[int, Label]]:
    """What is kept of different files, and what is wrong with each by its number.

    `brought` counts what comes with the act over all its fields: hashes and sizes.
    """
    kept: dict[str, object] = {}
    wrong: dict[int, Label] = {}
    for number, one in enumerate(sent):
        told = _kept_file(one, files, before)
        if isinstance(told, Label):
            wrong[number] = told
            continue
        digest = told["sha256"]
        if digest in kept:
            wrong[number] = FILE_TWICE
        kept[digest] = told
        if digest in files:
            brought[digest] = told["size"]
            if sum(brought.values()) > LARGEST_ACT:
                wrong[number] = LARGE_ACT
    return list(kept.values()), wrong


def _kept_file(
    sent: object, files: Mapping[str, bytes], before: Mapping[str, Mapping[str, Any]]
) -> dict[str, Any] | Label:
    """What is kept of one file, or what is wrong with it.

    `files` are the bytes that come with the act, `before` what the form held of each file when it was last filled:
    such a file need not be sent again. Both by hash.
    """
    told: Mapping[Any, Any] = sent if isinstance(sent, Mapping) else {}
    name, digest = told.get("name"), told.get("sha256")
    if not isinstance(digest, str) or not _DIGEST.fullmatch(digest):
        return NOT_FILE
    data = files.get(digest)
    if data is None:
        return dict(before[digest]) if digest in before else NO_FILE
    cleaned = clean_name(name) if isinstance(name, str) else ""
    if not cleaned or digest_of(data) != digest:
        return NOT_FILE
    if not data:
        return EMPTY_FILE
    if len(data) > LARGEST_FILE:
        return LARGE_FILE
    media_type = _media_type(cleaned, data)
    if media_type is None or told.get("media_type") not in (None, "", media_type):
        return FILE_KIND
    return {"name": cleaned, "media_type": media_type, "size": len(data), "sha256": digest}


def _media_type(name: str, data: bytes) -> str | None:
    """What a file is, if it is of a kind that is taken and its name and its content agree on it."""
    _, dot, ending = name.rpartition(".")
    found = KINDS.get(ending.lower()) if dot else None
    return found[0] if found is not None and found[1](data) else None


def has_files(fields: Fields, forms: Mapping[str, Form]) -> bool:
    """Whether files may be attached anywhere in these fields."""
    return any(
        field.kind == "file" or (field.kind == "list" and has_files(_inner(field, forms), forms))
        for field in fields
    )


def files_in(fields: Fields, forms: Mapping[str, Form], values: object) -> Iterator[Mapping[str, Any]]:
    """What is kept of every file that these values name, those in the items of lists too."""
    if not isinstance(values, Mapping):
        return
    for field in fields:
        held = values.get(field.name)
        if not isinstance(held, list):
            continue
        for item in held:
            if field.kind == "list":
                yield from files_in(_inner(field, forms), forms, item)
            elif field.kind == "file" and isinstance(item, Mapping):
                yield item


def _inner(field: Field, forms: Mapping[str, Form]) -> Fields:
    return field.item or forms[field.item_form].fields
