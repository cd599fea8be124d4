"""Forms: typed fields, and lists of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import cast, get_args

from engine.core.definition import Days, Field, Form
from engine.core.parse.finding import find_path
from engine.core.parse.head import read_condition
from engine.core.parse.nodes import Node
from engine.core.parse.words import NAME, RANGE, VALUE_NAME
from engine.core.paths import Sources
from engine.core.places import quoted

_KINDS = (
    "text",
    "number",
    "choice",
    "date",
    "link",
    "list_of",
    "pick",
    "person",
    "file",
    "scale",
    "checklist",
)
#: which kinds a key besides belongs to
_BESIDE = {"count": ("list_of", "person"), "decimals": ("number",), "answers": ("checklist",)}
_DAYS: tuple[Days, ...] = get_args(Days)
#: whence people may be named
PEOPLE = ("colleagues",)
_MOST_DECIMALS = 6
_LONGEST_SCALE = 100
_MOST_LETTERS = 100_000
_MOST_ITEMS = 1_000
_MOST_FILES = 10


class FormReader:
    """Reads all forms; a list may hold items described by another form."""

    def __init__(self, nodes: Mapping[str, Node]) -> None:
        self.nodes = nodes
        self.forms: dict[str, tuple[Field, ...]] = {}
        self.items: set[str] = set()
        self.open: list[str] = []
        #: where fields pick from: the form each stands in, and where its list is named
        self.picks: list[tuple[str, Node]] = []

    def read(self) -> dict[str, Form]:
        """All forms by name. `item_only` is settled by who fills a form, which is not known here."""
        for name in self.nodes:
            self.fields_of(name)
        return {name: Form(name=name, fields=self.forms[name]) for name in self.nodes}

    def fields_of(self, name: str) -> tuple[Field, ...]:
        """The fields of a form, read once, however many lists hold it."""
        if name not in self.forms:
            self.open.append(name)
            self.forms[name] = self.fields(self.nodes[name], f"the form '{name}'")
            self.open.pop()
        return self.forms[name]

    def fields(self, node: Node, what: str) -> tuple[Field, ...]:
        """The fields of a form or of the items of a list."""
        entries = node.named(what)
        if isinstance(node.value, dict) and not entries:
            node.error(
                "wrong_shape", f"{what} has no field", "write at least one, such as `text: {text: 2000}`"
            )
        fields = (self.field(name, one) for name, one in entries.items())
        return tuple(field for field in fields if field is not None)

    def field(self, name: str, node: Node) -> Field | None:
        """One field."""
        if isinstance(node.value, str) and NAME.fullmatch(node.value):
            hint = "write what it holds: `{text: 300}`, `{number: 0..100}`, `{choice: [yes, no]}`"
            node.error("wrong_shape", f"the field '{name}' does not say what it holds", hint)
            return None
        entries = node.fields(f"the field '{name}'", (*_KINDS, *_BESIDE, "optional", "needed"))
        kinds = [kind for kind in _KINDS if kind in entries]
        if len(kinds) != 1:
            if isinstance(node.value, dict):
                hint = f"write one of: {', '.join(_KINDS)}"
                node.error("wrong_shape", f"the field '{name}' is of {len(kinds)} kinds, not one", hint)
            return None
        kind = kinds[0]
        for key, owners in _BESIDE.items():
            if key in entries and kind not in owners:
                message = f"`{key}` belongs to `{'` or `'.join(owners)}`, not to `{kind}`"
                entries[key].error("unknown_key", message, "remove it", on_key=True)
        optional = entries["optional"].truth("`optional`") if "optional" in entries else False
        needed = read_condition(entries["needed"]) if "needed" in entries else None
        if optional and needed is not None:
            hint = "keep `needed`: without it being true the field may be left empty"
            entries["optional"].error("not_here", f"'{name}' says `optional` and `needed`", hint, on_key=True)
        found = self.typed(name, kind, entries, node)
        return None if found is None else replace(found, optional=optional, needed=needed)

    def typed(self, name: str, kind: str, entries: Mapping[str, Node], node: Node) -> Field | None:
        """The field once its kind is known."""
        if kind in _READERS:
            return _READERS[kind](name, entries, node)
        if kind == "list_of":
            return self.list_field(name, entries, node)
        self.picks.append((self.open[-1], entries["pick"]))
        path = entries["pick"].text("the list that is picked from")
        return None if path is None else Field(name=name, kind="pick", source=path)

    def list_field(self, name: str, entries: Mapping[str, Node], node: Node) -> Field | None:
        """A list of items, described here or by another form."""
        if "count" not in entries:
            node.error(
                "missing_key",
                f"the list '{name}' does not say how many items",
                "add `count: 1..12`",
                on_key=True,
            )
            return None
        bounds = read_range(entries["count"], "how many items")
        of = entries["list_of"]
        if isinstance(of.value, dict):
            fields, form = self.fields(of, f"an item of '{name}'"), ""
        else:
            form = of.name("what the list holds", "form") or ""
            if form in self.open:
                of.error(
                    "circle", f"the form '{form}' holds a list of itself", "let the list hold another form"
                )
                return None
            self.items.add(form)
            fields = self.fields_of(form) if form in self.nodes else ()
        if bounds is None or not _countable(entries["count"], bounds) or not fields:
            return None
        return Field(
            name=name,
            kind="list",
            least=bounds[0],
            most=bounds[1],
            item=fields,
            item_form=form,
        )

    def check_picks(self, sources: Sources) -> None:
        """Complains of fields that pick from what is no list, or from their own form."""
        for form, node in self.picks:
            path = node.text("the list that is picked from")
            way = find_path(node, path, sources)
            if path is None or way is None:
                continue
            if way.root == "form" and path.partition(".")[0] == form:
                hint = "pick from a form that is filled before"
                node.error("circle", f"a field of the form '{form}' picks from '{form}' itself", hint)
            elif way.root == "read" and way.listed:
                message = f"'{path}' is a set of other cases, and nobody is singled out of it"
                node.error("bad_value", message, "pick from one case: a read with `case_of`")
            elif way.root != "read" and (way.field is None or way.field.kind != "list" or way.listed):
                node.error(
                    "bad_value", f"'{path}' is not a list", "pick from a field with `list_of`: form.list"
                )


def _text_field(name: str, entries: Mapping[str, Node], _: Node) -> Field | None:
    limit = entries["text"].whole("the longest text", 1, _MOST_LETTERS)
    return None if limit is None else Field(name=name, kind="text", limit=limit)


def _number_field(name: str, entries: Mapping[str, Node], _: Node) -> Field | None:
    bounds = read_range(entries["number"], "a number")
    places = entries["decimals"].whole("`decimals`", 0, _MOST_DECIMALS) if "decimals" in entries else 0
    if bounds is None or places is None:
        return None
    return Field(name=name, kind="number", least=bounds[0], most=bounds[1], decimals=places)


def _link_field(name: str, entries: Mapping[str, Node], _: Node) -> Field | None:
    bounds = read_range(entries["link"], "how many links")
    if bounds is None or not _countable(entries["link"], bounds):
        return None
    return Field(name=name, kind="link", least=bounds[0], most=bounds[1])


def _file_field(name: str, entries: Mapping[str, Node], _: Node) -> Field | None:
    bounds = read_range(entries["file"], "how many files")
    if bounds is None:
        return None
    if bounds[0] < 0 or not 1 <= bounds[1] <= _MOST_FILES:
        hint = f"write a range within 0..{_MOST_FILES}"
        entries["file"].error("bad_value", "a field cannot hold that few or many files", hint)
        return None
    return Field(name=name, kind="file", least=bounds[0], most=bounds[1])


def _choice_field(name: str, entries: Mapping[str, Node], _: Node) -> Field | None:
    choices = _read_values(entries["choice"], "a choice")
    return Field(name=name, kind="choice", choices=choices) if choices else None


def _date_field(name: str, entries: Mapping[str, Node], _: Node) -> Field | None:
    days = entries["date"].one_of("a date field", _DAYS)
    return None if days is None else Field(name=name, kind="date", days=cast("Days", days))


def _scale_field(name: str, entries: Mapping[str, Node], _: Node) -> Field | None:
    bounds = read_range(entries["scale"], "a scale")
    if bounds is None:
        return None
    if bounds[0] < 0 or not 1 <= bounds[1] - bounds[0] < _LONGEST_SCALE:
        hint = f"write two whole numbers from 0 on, such as 1..4, at most {_LONGEST_SCALE} steps"
        entries["scale"].error("bad_value", "a scale has at least two steps", hint)
        return None
    return Field(name=name, kind="scale", least=bounds[0], most=bounds[1])


def _person_field(name: str, entries: Mapping[str, Node], _: Node) -> Field | None:
    count = entries.get("count")
    source = entries["person"].one_of("whence people are named", PEOPLE)
    bounds = (0, 0) if count is None else read_range(count, "how many people")
    if source is None or bounds is None or (count is not None and not _countable(count, bounds)):
        return None
    return Field(name=name, kind="person", source=source, least=bounds[0], most=bounds[1])


def _checklist_field(name: str, entries: Mapping[str, Node], node: Node) -> Field | None:
    lines = _read_values(entries["checklist"], "a checklist")
    if "answers" not in entries:
        hint = "add `answers: [seen, not_seen]`"
        node.error("missing_key", f"the checklist '{name}' does not say its answers", hint, on_key=True)
        return None
    answers = _read_values(entries["answers"], "the answers")
    for line in sorted(set(lines) & set(answers)):
        message = f"'{line}' is a line and an answer of '{name}'"
        entries["answers"].error("clash", message, "rename one of them: each has a text")
    return Field(name=name, kind="checklist", lines=lines, choices=answers) if lines and answers else None


_READERS: Mapping[str, Callable[[str, Mapping[str, Node], Node], Field | None]] = {
    "text": _text_field,
    "number": _number_field,
    "link": _link_field,
    "file": _file_field,
    "choice": _choice_field,
    "date": _date_field,
    "scale": _scale_field,
    "person": _person_field,
    "checklist": _checklist_field,
}


def read_range(node: Node, what: str) -> tuple[int, int] | None:
    """`a .. b`, in order."""
    text = node.text(what)
    if text is None:
        return None
    match = RANGE.fullmatch(text)
    if match is None:
        node.error(
            "bad_value", f"{what} must be a range, not {quoted(text)}", "write two whole numbers: 1..12"
        )
        return None
    least, most = int(match[1]), int(match[2])
    if least > most:
        node.error("bad_value", f"the range {quoted(text)} runs backwards", f"write {most}..{least}")
        return None
    return least, most


def _countable(node: Node, bounds: tuple[int, int]) -> bool:
    if bounds[0] >= 0 and 1 <= bounds[1] <= _MOST_ITEMS:
        return True
    node.error("bad_value", "a list cannot be that short or long", f"write a range within 0..{_MOST_ITEMS}")
    return False


def _read_values(node: Node, owner: str) -> tuple[str, ...]:
    items = node.items(f"the values of {owner}")
    values: list[str] = []
    for item in items:
        text = item.text(f"a value of {owner}")
        if text is None:
            continue
        if not VALUE_NAME.fullmatch(text):
            item.error(
                "bad_name",
                f"{quoted(text)} is not a value's name",
                "one word; how it reads stands in the texts",
            )
        elif text in values:
            item.error("bad_value", f"the value '{text}' stands there twice", "remove one")
        else:
            values.append(text)
    return tuple(values)
