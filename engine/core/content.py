"""What people fill in, checked against the form it is for: everything wrong at once, in both languages.

What passes is plain: texts, whole numbers, lists and mappings, ready to be stored and hashed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from engine.core.definition import Field, Form, Label

__all__ = ["check_form"]

_LONGEST_LINK = 2_000
#: what no database and no JSON takes: control letters other than tab and line end, and half surrogates
_UNSTORABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_NUMBER = re.compile(r"-?[0-9]{1,15}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LINK = re.compile(r"https?://[^\s/?#@\\]+(?:[/?#][^\s\\]*)?", re.IGNORECASE)

_REQUIRED = Label(id="Wajib diisi.", en="This is required.")
_UNKNOWN = Label(id="Isian ini tidak ada dalam formulir.", en="The form has no such field.")
_NOT_TEXT = Label(id="Isian ini harus berupa teks.", en="This must be a text.")
_BAD_LETTERS = Label(
    id="Teks ini memuat karakter yang tidak dapat disimpan.",
    en="This text holds characters that cannot be stored.",
)
_NOT_NUMBER = Label(id="Isian ini harus berupa bilangan bulat.", en="This must be a whole number.")
_NOT_CHOICE = Label(id="Pilih salah satu nilai yang tersedia.", en="Choose one of the values offered.")
_NOT_DATE = Label(
    id="Tulis tanggal sebagai tahun-bulan-hari, misalnya 2026-01-31.", en="Write a date as in 2026-01-31."
)
_NOT_LINK = Label(
    id="Tulis tautan lengkap yang diawali https:// atau http://.",
    en="Write a full link that begins with https:// or http://.",
)
_NOT_LIST = Label(id="Isian ini harus berupa daftar.", en="This must be a list.")
_NOT_FIELDS = Label(
    id="Bagian ini harus berisi isian-isian formulir.", en="This must hold the fields of the form."
)


def check_form(
    form: Form, forms: Mapping[str, Form], values: object
) -> tuple[dict[str, object], dict[str, Label]]:
    """The cleaned values of a form, and what is wrong with each by its path (`results[0].weight`).

    If anything is wrong, the cleaned values are what could be kept of the rest, and must not be stored as an act.
    `forms` are the definition's forms, which may describe the items of lists.
    """
    check = _Check(forms)
    if not isinstance(values, Mapping):
        return {}, {form.fields[0].name: _NOT_FIELDS}
    return check.fields(form.fields, values, ""), check.problems


class _Check:
    """One check of one form; collects problems by path."""

    def __init__(self, forms: Mapping[str, Form]) -> None:
        self.forms = forms
        self.problems: dict[str, Label] = {}

    def fields(
        self, fields: tuple[Field, ...], values: Mapping[str, object], prefix: str
    ) -> dict[str, object]:
        """The cleaned values of these fields; what is wrong is noted under `prefix`."""
        known = {field.name for field in fields}
        for name in values:
            if name not in known:
                self.problems[f"{prefix}{_shown(name)}"] = _UNKNOWN
        cleaned: dict[str, object] = {}
        for field in fields:
            value = values.get(field.name)
            path = prefix + field.name
            if _is_empty(value):
                if field.optional:
                    continue
                value = [] if field.kind in {"list", "link"} else None
            kept = _REQUIRED if value is None else self.value(field, value, path)
            if isinstance(kept, Label):
                self.problems[path] = kept
            else:
                cleaned[field.name] = kept
        return cleaned

    def value(self, field: Field, value: object, path: str) -> object | Label:
        """One value that is there, cleaned, or what is wrong with it."""
        match field.kind:
            case "text":
                return _text(field, value)
            case "number":
                return _number(field, value)
            case "choice":
                return value if isinstance(value, str) and value in field.choices else _NOT_CHOICE
            case "date":
                return value if _is_date(value) else _NOT_DATE
            case "link" | "list":
                return self.items(field, value, path)

    def items(self, field: Field, value: object, path: str) -> list[object] | Label:
        """A list of links, or of items with fields of their own; each item's problems are noted under its number."""
        if not isinstance(value, list):
            return _NOT_LIST
        if not field.least <= len(value) <= field.most:
            return _REQUIRED if not value and field.least == 1 else _count_label(field, len(value))
        cleaned: list[object] = []
        for number, item in enumerate(value):
            at = f"{path}[{number}]"
            if field.kind == "link":
                link = item.strip() if isinstance(item, str) else ""
                if len(link) > _LONGEST_LINK or not _LINK.fullmatch(link) or _UNSTORABLE.search(link):
                    self.problems[at] = _NOT_LINK
                cleaned.append(link)
            elif isinstance(item, Mapping):
                cleaned.append(self.fields(field.item or self.forms[field.item_form].fields, item, f"{at}."))
            else:
                self.problems[at] = _NOT_FIELDS
        return cleaned


def _text(field: Field, value: object) -> str | Label:
    if not isinstance(value, str):
        return _NOT_TEXT
    # Browsers send line ends as CR LF; a letter counts once however it was sent.
    text = value.replace("\r\n", "\n").replace("\r", "\n").strip()
    if _UNSTORABLE.search(text):
        return _BAD_LETTERS
    if len(text) > field.limit:
        return Label(
            id=f"Paling banyak {field.limit} karakter, saat ini {len(text)}.",
            en=f"At most {field.limit} characters, now {len(text)}.",
        )
    return text


def _number(field: Field, value: object) -> int | Label:
    if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        return _NOT_NUMBER
    if not field.least <= value <= field.most:
        return Label(
            id=f"Harus antara {field.least} dan {field.most}.",
            en=f"Must be from {field.least} to {field.most}.",
        )
    return value


def _count_label(field: Field, count: int) -> Label:
    if field.least == field.most:
        return Label(
            id=f"Harus {field.least} butir, saat ini {count}.",
            en=f"Must have {field.least} items, now {count}.",
        )
    return Label(
        id=f"Harus {field.least} sampai {field.most} butir, saat ini {count}.",
        en=f"Must have {field.least} to {field.most} items, now {count}.",
    )


def _is_empty(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip()) or value == []


def _is_date(value: object) -> bool:
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def storable(text: str) -> bool:
    """Whether a text can be written to any database and sent as JSON."""
    return _UNSTORABLE.search(text) is None


def _shown(name: object) -> str:
    """An unknown name, short and harmless enough to repeat."""
    return "".join(letter for letter in str(name) if letter.isprintable())[:60]
