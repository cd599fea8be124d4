"""What people fill in, checked against the form it is for: everything wrong at once, in both languages.

What passes is plain: texts, whole numbers, lists and mappings, ready to be stored and hashed. A number with decimals
is kept as its decimal text with exactly that many of them, "82.50": never a binary float.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as by_default
from datetime import date

from engine.core.attachments import kept_files
from engine.core.comparisons import scaled_text
from engine.core.content_words import (
    BAD_LETTERS,
    IN_FUTURE,
    IN_PAST,
    NO_PICK,
    NOT_CHOICE,
    NOT_DATE,
    NOT_FIELDS,
    NOT_LINK,
    NOT_LIST,
    NOT_NUMBER,
    NOT_PERSON,
    NOT_SCALE,
    NOT_TEXT,
    REQUIRED,
    TWICE,
    UNKNOWN,
    at_most_letters,
    between,
    how_many,
    with_decimals,
)
from engine.core.definition import CANNOT_JUDGE, Condition, Field, FieldKind, Form, Label
from engine.core.figures import told_number

__all__ = ["Around", "check_form", "storable"]

_LONGEST_LINK = 2_000
#: what no database and no JSON takes: control letters other than tab and line end, and half surrogates
_UNSTORABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_NUMBER = re.compile(r"-?[0-9]{1,15}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LINK = re.compile(r"https?://[^\s/?#@\\]+(?:[/?#][^\s\\]*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What surrounds the filling of a form. Asked only where a field needs it."""

    #: the day of the act
    today: date | None = None
    #: who may be named, by where they come from ("colleagues")
    people: Callable[[str], Collection[str]] = lambda _: ()
    #: what each item of the list at a path is called; empty if there is no list yet
    picks: Callable[[str], Sequence[str]] = lambda _: ()
    #: whether a condition holds with these values of the form
    holds: Callable[[Condition, Mapping[str, object]], bool] = lambda _, __: False
    #: the bytes of the files that come with the act, by hash
    files: Mapping[str, bytes] = by_default(default_factory=dict)
    #: what the form held of each file when it was last filled, by hash
    attached: Mapping[str, Mapping[str, object]] = by_default(default_factory=dict)


_NOTHING_AROUND = Around()


def check_form(
    form: Form, forms: Mapping[str, Form], values: object, around: Around = _NOTHING_AROUND
) -> tuple[dict[str, object], dict[str, Label]]:
    """The cleaned values of a form, and what is wrong with each by its path (`results[0].weight`).

    If anything is wrong, the cleaned values are what could be kept of the rest, and must not be stored as an act.
    `forms` are the definition's forms, which may describe the items of lists.
    """
    check = _Check(forms, around)
    if not isinstance(values, Mapping):
        return {}, {form.fields[0].name: NOT_FIELDS}
    cleaned = check.fields(form.fields, values, "")
    check.needs(cleaned)
    return cleaned, check.problems


class _Check:
    """One check of one form; collects problems by path."""

    def __init__(self, forms: Mapping[str, Form], around: Around) -> None:
        self.forms, self.around = forms, around
        self.problems: dict[str, Label] = {}
        #: fields left empty that are needed under a condition, by path
        self._perhaps: dict[str, Condition] = {}
        #: the files that come with the act and are named so far, with their sizes
        self._brought: dict[str, int] = {}

    def needs(self, cleaned: Mapping[str, object]) -> None:
        """Notes the empty fields whose condition is true with the rest of the form."""
        for path, condition in self._perhaps.items():
            if self.around.holds(condition, cleaned):
                self.problems[path] = REQUIRED

    def fields(
        self, fields: tuple[Field, ...], values: Mapping[str, object], prefix: str
    ) -> dict[str, object]:
        """The cleaned values of these fields; what is wrong is noted under `prefix`."""
        known = {field.name for field in fields}
        for name in values:
            if name not in known:
                self.problems[f"{prefix}{_shown(name)}"] = UNKNOWN
        cleaned: dict[str, object] = {}
        for field in fields:
            value = values.get(field.name)
            path = prefix + field.name
            if _is_empty(value):
                if field.needed is not None:
                    self._perhaps[path] = field.needed
                if field.optional or field.needed is not None or self._nothing_to_pick(field):
                    continue
                value = [] if field.kind in _LISTS or (field.most and field.kind == "person") else None
            kept = REQUIRED if value is None else self.value(field, value, path)
            if isinstance(kept, Label):
                self.problems[path] = kept
            else:
                cleaned[field.name] = kept
        return cleaned

    def _nothing_to_pick(self, field: Field) -> bool:
        return field.kind == "pick" and not self.around.picks(field.source)

    def value(self, field: Field, value: object, path: str) -> object | Label:
        """One value that is there, cleaned, or what is wrong with it."""
        plain = _PLAIN.get(field.kind)
        if plain is not None:
            return plain(field, value)
        match field.kind:
            case "date":
                return self.day(field, value)
            case "pick":
                return self.picked(field, value)
            case "person":
                return self.people(field, value, path)
            case "checklist":
                return self.ticks(field, value, path)
            case "file":
                return self.attachments(field, value, path)
            case _:
                return self.items(field, value, path)

    def day(self, field: Field, value: object) -> object | Label:
        """A day that exists, on the right side of the day of the act."""
        if not isinstance(value, str) or not _is_date(value):
            return NOT_DATE
        if field.days == "any":
            return value
        assert self.around.today is not None, "a day before or after needs the day of the act"
        today = self.around.today.isoformat()
        if field.days == "past":
            return value if value <= today else IN_PAST
        return value if value > today else IN_FUTURE

    def picked(self, field: Field, value: object) -> object | Label:
        """One item of the list picked from: its number, counted from 1, and what it is called now."""
        number = value.get("number") if isinstance(value, Mapping) else value
        if isinstance(number, str) and _NUMBER.fullmatch(number.strip()):
            number = int(number)
        offered = self.around.picks(field.source)
        if not isinstance(number, int) or isinstance(number, bool) or not 1 <= number <= len(offered):
            return NO_PICK
        return {"number": number, "text": offered[number - 1]}

    def people(self, field: Field, value: object, path: str) -> object | Label:
        """One person, or several different ones, by key; `most` 0 is exactly one."""
        offered = self.around.people(field.source)
        if not field.most:
            return value if isinstance(value, str) and value in offered else NOT_PERSON
        if not isinstance(value, list):
            return NOT_LIST
        if not field.least <= len(value) <= field.most:
            return REQUIRED if not value and field.least == 1 else how_many(field, len(value))
        for number, key in enumerate(value):
            if not isinstance(key, str) or key not in offered:
                self.problems[f"{path}[{number}]"] = NOT_PERSON
            elif key in value[:number]:
                self.problems[f"{path}[{number}]"] = TWICE
        return list(value)

    def ticks(self, field: Field, value: object, path: str) -> object | Label:
        """An answer for each line."""
        if not isinstance(value, Mapping):
            return NOT_FIELDS
        for line in value:
            if line not in field.lines:
                self.problems[f"{path}.{_shown(line)}"] = UNKNOWN
        for line in field.lines:
            answer = value.get(line)
            if _is_empty(answer):
                self.problems[f"{path}.{line}"] = REQUIRED
            elif answer not in field.choices:
                self.problems[f"{path}.{line}"] = NOT_CHOICE
        return {line: value.get(line) for line in field.lines}

    def attachments(self, field: Field, value: object, path: str) -> object | Label:
        """Different files, each as it is kept; their bytes come with the act, or stand since it was last filled."""
        if not isinstance(value, list):
            return NOT_LIST
        if not field.least <= len(value) <= field.most:
            return REQUIRED if not value and field.least == 1 else how_many(field, len(value))
        kept, wrong = kept_files(value, self.around.files, self.around.attached, self._brought)
        self.problems.update({f"{path}[{number}]": problem for number, problem in wrong.items()})
        return kept

    def items(self, field: Field, value: object, path: str) -> list[object] | Label:
        """A list of links, or of items with fields of their own; each item's problems are noted under its number."""
        if not isinstance(value, list):
            return NOT_LIST
        if not field.least <= len(value) <= field.most:
            return REQUIRED if not value and field.least == 1 else how_many(field, len(value))
        cleaned: list[object] = []
        for number, item in enumerate(value):
            at = f"{path}[{number}]"
            if field.kind == "link":
                link = item.strip() if isinstance(item, str) else ""
                if len(link) > _LONGEST_LINK or not _LINK.fullmatch(link) or _UNSTORABLE.search(link):
                    self.problems[at] = NOT_LINK
                cleaned.append(link)
            elif isinstance(item, Mapping):
                cleaned.append(self.fields(field.item or self.forms[field.item_form].fields, item, f"{at}."))
            else:
                self.problems[at] = NOT_FIELDS
        return cleaned


def _text(field: Field, value: object) -> str | Label:
    if not isinstance(value, str):
        return NOT_TEXT
    # Browsers send line ends as CR LF; a letter counts once however it was sent.
    text = value.replace("\r\n", "\n").replace("\r", "\n").strip()
    if _UNSTORABLE.search(text):
        return BAD_LETTERS
    return at_most_letters(field.limit, len(text)) if len(text) > field.limit else text


def _number(field: Field, value: object) -> int | str | Label:
    if field.decimals:
        return _decimal(field, value)
    if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        return NOT_NUMBER
    return value if field.least <= value <= field.most else between(field)


def _decimal(field: Field, value: object) -> int | str | Label:
    """A number typed with at most so many decimals. A JSON float is not taken: what was typed is already lost."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    scaled = scaled_text(value.strip(), field.decimals) if isinstance(value, str) else None
    if scaled is None:
        return with_decimals(field.decimals)
    unit = 10**field.decimals
    fits = field.least * unit <= scaled <= field.most * unit
    return told_number(scaled, field.decimals) if fits else between(field)


def _scale(field: Field, value: object) -> int | str | Label:
    if value == CANNOT_JUDGE:
        return CANNOT_JUDGE
    kept = _number(field, value)
    return kept if isinstance(kept, int) else NOT_SCALE if kept is NOT_NUMBER else between(field)


def _choice(field: Field, value: object) -> str | Label:
    return value if isinstance(value, str) and value in field.choices else NOT_CHOICE


#: kinds whose value stands for itself
_PLAIN: Mapping[FieldKind, Callable[[Field, object], object | Label]] = {
    "text": _text,
    "number": _number,
    "choice": _choice,
    "scale": _scale,
}


#: kinds of which a form holds several or none
_LISTS = frozenset({"list", "link", "file"})


def _is_empty(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip()) or value in ([], {})


def _is_date(value: str) -> bool:
    if not _DATE.fullmatch(value):
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
