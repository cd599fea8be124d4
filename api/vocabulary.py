"""Every key of the definition language, from one file: the JSON Schemas for editors, and the pages of keys.

`python -m api.vocabulary` writes them anew. A test says that they are current, and that the file names exactly the
keys the reader reads.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from engine.core.definition import Label, Language
from engine.core.source import read_yaml

_ROOT = Path(__file__).resolve().parents[1]
#: what is made of the vocabulary: a file of the repository, and the function that makes its text
RULES, TEXTS = "a definition", "the file of texts"
_DIALECT = "http://json-schema.org/draft-07/schema#"
#: a plain value: editors take `4` for a number and `true` for a truth, the reader takes all of them as typed
_SCALAR: Mapping[str, Any] = {"type": ["string", "number", "boolean"]}
_PLAIN: Mapping[str, Mapping[str, Any]] = {
    "text": _SCALAR,
    "texts": {"anyOf": [_SCALAR, {"type": "array", "items": _SCALAR}]},
    "word": _SCALAR,
    "words": {"anyOf": [_SCALAR, {"type": "array", "items": _SCALAR}]},
    "whole": {"anyOf": [{"type": "integer"}, {"type": "string", "pattern": "^[a-z0-9_-]+$"}]},
    "truth": {"enum": [True, False, "true", "false"]},
    "any": {},
}


#: words of shapes as the Indonesian page has them; names of mappings stay as problems call them
_SHAPES_ID = (
    ("map of", "peta"), ("list of", "daftar"), ("one of", "salah satu:"), ("or", "atau"),
    ("texts", "teks atau daftar teks"), ("text", "teks"), ("words", "kata atau daftar kata"), ("word", "kata"),
    ("whole", "bilangan bulat"), ("truth", "true/false"), ("any", "apa saja"),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One key: its shape, whether it must stand there, and what it says."""

    name: str
    shape: str
    needed: bool
    says: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Mould:
    """One kind of mapping: the section of the reference that explains it, its keys, and the shape of other names."""

    name: str
    section: int
    keys: Mapping[str, Key]
    others: str


@cache
def vocabulary() -> Mapping[str, Mould]:
    """Every kind of mapping by the name the reader calls it."""
    text = files("api").joinpath("vocabulary.yaml").read_text(encoding="utf-8")
    document = read_yaml(text, "vocabulary.yaml")
    assert not document.problems, [str(one) for one in document.problems]
    found: dict[str, Mould] = {}
    for name, told in document.values.items():
        assert isinstance(told, dict)
        keys: Any = told["keys"]
        found[name] = Mould(
            name=name,
            section=int(str(told["section"])),
            keys={key: _key(key, one) for key, one in keys.items()},
            others=str(told.get("others", "")),
        )
    return found


def _key(name: str, told: Mapping[str, str]) -> Key:
    says = Label(id=told["id"], en=told["en"])
    return Key(name=name, shape=told["shape"], needed=told.get("needed") == "yes", says=says)


def schema(root: str, title: str) -> str:
    """The JSON Schema of a kind of file, as text."""
    names = _reached(root)
    made = {
        "$schema": _DIALECT,
        "title": title,
        "$ref": f"#/definitions/{_slug(root)}",
        "definitions": {_slug(name): _mapping(vocabulary()[name]) for name in sorted(names)},
    }
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"


def page(language: Language) -> str:
    """The page of all keys in one language, in Markdown."""
    parts = [_INTRODUCTION[language]]
    columns = {"en": "| key | shape | says |", "id": "| kunci | bentuk | arti |"}[language]
    for mould in vocabulary().values():
        rows = [
            f"| `{key.name}` | {_shape(key, language)} | {key.says[language]} |"
            for key in mould.keys.values()
        ]
        section = {"en": "section", "id": "bagian"}[language]
        parts.append(
            f"\n## {mould.name.replace('`', '')} ({section} {mould.section})\n\n{columns}\n|---|---|---|"
        )
        parts += rows
    return "\n".join(parts) + "\n"


_INTRODUCTION: Mapping[str, str] = {
    "en": (
        "# Every key\n\nMade from `api/vocabulary.yaml` by `python -m api.vocabulary`, as the JSON Schemas in"
        " `workflows/schema` are.\nHeadings are what problems call each mapping; the number is the section of the"
        " [reference](definitions.md) that explains it.\nA star marks a key that must stand there."
    ),
    "id": (
        "# Semua kunci\n\nDibuat dari `api/vocabulary.yaml` oleh `python -m api.vocabulary`, seperti JSON Schema di"
        " `workflows/schema`.\nJudul ialah sebutan tiap bagian dalam pesan kesalahan; angkanya bagian"
        " [acuan](definitions.id.md) yang menjelaskannya.\nTanda bintang menandai kunci yang wajib ada."
    ),
}


def made() -> Mapping[str, str]:
    """Everything that is made of the vocabulary: path in the repository to text."""
    return {
        "workflows/schema/siklus-definition.schema.json": schema(RULES, "A Siklus definition: the rules"),
        "workflows/schema/siklus-texts.schema.json": schema(TEXTS, "A Siklus definition: its texts"),
        "docs/reference/keys.md": page("en"),
        "docs/reference/keys.id.md": page("id"),
    }


def _shape(key: Key, language: Language) -> str:
    shape = key.shape.replace("`", "")
    if language == "id":
        for english, indonesian in _SHAPES_ID:
            shape = re.sub(rf"\b{english}\b", indonesian, shape)
    return f"{shape} *" if key.needed else shape


def _mapping(mould: Mould) -> dict[str, Any]:
    """A kind of mapping as a schema. What it says in English is what editors show."""
    found: dict[str, Any] = {
        "type": "object",
        "properties": {
            key.name: {"description": key.says.en.replace("`", ""), **_fragment(key.shape)}
            for key in mould.keys.values()
        },
        "additionalProperties": _fragment(mould.others) if mould.others else False,
    }
    needed = [key.name for key in mould.keys.values() if key.needed]
    if needed:
        found["required"] = needed
    return found


def _fragment(shape: str) -> dict[str, Any]:
    """A shape as a schema: `map of ...`, `list of ...`, `one of ...`, a plain value, a mapping, `... or ...`."""
    kind, _, rest = shape.partition(" of ")
    if kind == "map":
        return {"type": "object", "additionalProperties": _fragment(rest)}
    if kind == "list":
        return {"type": "array", "items": _fragment(rest)}
    if kind == "one":
        return {"enum": rest.split()}
    first, _, rest = shape.partition(" or ")
    if rest:
        return {"anyOf": [_fragment(first), _fragment(rest)]}
    if shape in _PLAIN:
        return dict(_PLAIN[shape])
    return {"allOf": [{"$ref": f"#/definitions/{_slug(shape)}"}]}


def _reached(root: str) -> set[str]:
    """The kinds of mapping that a file of this kind can hold."""
    found, waiting = set[str](), [root]
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        mould = vocabulary()[name]
        shapes = [key.shape for key in mould.keys.values()] + ([mould.others] if mould.others else [])
        for part in (part for shape in shapes for part in shape.split(" or ")):
            leaf = part.replace("map of ", "").replace("list of ", "")
            if leaf in vocabulary():
                waiting.append(leaf)
    return found


def _slug(name: str) -> str:
    return name.replace("`", "").replace(" ", "_")


if __name__ == "__main__":
    for name, text in made().items():
        (_ROOT / name).write_text(text, encoding="utf-8")
