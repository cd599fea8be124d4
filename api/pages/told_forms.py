"""A form's contents to be read: labels and texts, lists as numbered items."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.core.definition import Definition, Field, Language
from engine.core.labels import number_words, size_words, step_words, value_label
from engine.core.telling_days import say_date

#: how a person is called, by key
Named = Callable[[str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldFile:
    """A file: its name, how large it is, and where it can be downloaded ("" if nowhere)."""

    name: str
    size: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One field to be read: a text, links, files, or items."""

    label: str
    text: str = ""
    links: tuple[str, ...] = ()
    files: tuple[ToldFile, ...] = ()
    items: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A form to be read."""

    name: str
    title: str
    lines: tuple[Line, ...]


def told_values(
    definition: Definition,
    form: str,
    values: Mapping[str, Any],
    language: Language,
    named: Named = str,
    files_at: str = "",
) -> Told:
    """A form's contents to be read. `files_at` is where files are downloaded, before their hash."""
    tell = _Telling(definition, language, named, files_at)
    title = definition.texts.label("forms", form)[language]
    return Told(name=form, title=title, lines=tell.lines(form, definition.forms[form].fields, values))


def typed_texts(told: Told) -> Iterator[Line]:
    """Every text in it that somebody typed, for a page that can only keep it."""
    for line in told.lines:
        if line.items:
            for item in line.items:
                yield from typed_texts(item)
        else:
            yield line


@dataclass(frozen=True, slots=True)
class _Telling:
    definition: Definition
    language: Language
    named: Named
    files_at: str

    def lines(self, owner: str, fields: tuple[Field, ...], values: Mapping[str, Any]) -> tuple[Line, ...]:
        found = ((field, values.get(field.name)) for field in fields)
        return tuple(self.line(owner, field, value) for field, value in found if value not in (None, [], {}))

    def line(self, owner: str, field: Field, value: Any) -> Line:
        key = f"{owner}.{field.name}"
        label = self.definition.texts.label("fields", key)[self.language]
        if field.kind == "list" and isinstance(value, list):
            inner = field.item_form or key
            items = (self.lines(inner, field.item, item) for item in value if isinstance(item, dict))
            return Line(label=label, items=tuple(Told(name=inner, title="", lines=one) for one in items))
        if field.kind == "link" and isinstance(value, list):
            return Line(label=label, links=tuple(map(str, value)))
        if field.kind == "file" and isinstance(value, list):
            files = tuple(self.file(one) for one in value if isinstance(one, Mapping))
            return Line(label=label, text=", ".join(one.name for one in files), files=files)
        return Line(label=label, text=self.text(key, field, value))

    def file(self, told: Mapping[str, Any]) -> ToldFile:
        """A file as it is kept; one that was only chosen has no size and no address."""
        name, size = str(told.get("name", "")), told.get("size")
        if not isinstance(size, int):
            return ToldFile(name=name)
        address = f"{self.files_at}{told['sha256']}" if self.files_at else ""
        return ToldFile(name=name, size=size_words(size, self.language), address=address)

    def text(self, key: str, field: Field, value: Any) -> str:
        """One value in words."""
        match field.kind:
            case "choice" if value in field.choices:
                return value_label(self.definition, key, str(value))[self.language]
            case "number" if field.decimals:
                return number_words(value, self.language)
            case "date":
                return self.day(str(value))
            case "scale":
                return step_words(self.definition, key, field, str(value), self.language)
            case "pick" if isinstance(value, Mapping):
                return f"{value.get('number', '')}. {value.get('text', '')}"
            case "person":
                several = value if isinstance(value, list) else [value]
                return ", ".join(self.named(str(one)) for one in several)
            case "checklist" if isinstance(value, Mapping):
                return "; ".join(self.tick(key, field, line, value.get(line)) for line in field.lines)
            case _:
                return str(value)

    def day(self, told: str) -> str:
        """A day as it is said; what was typed and is no day stays as it was typed."""
        try:
            return say_date(date.fromisoformat(told), self.language)
        except ValueError:
            return told

    def tick(self, key: str, field: Field, line: str, answer: Any) -> str:
        asked = value_label(self.definition, key, line)[self.language]
        said = value_label(self.definition, key, answer)[self.language] if answer in field.choices else "–"
        return f"{asked}: {said}"
