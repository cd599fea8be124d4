"""Forms: typed fields, and lists of them."""

from __future__ import annotations

from collections.abc import Mapping

from engine.core.definition import Field, FieldKind, Form
from engine.core.parse.nodes import Node
from engine.core.parse.words import LATER, NAME, RANGE, VALUE_NAME
from engine.core.places import quoted

_KINDS = ("text", "number", "choice", "date", "link", "list_of")
_MOST_LETTERS = 100_000
_MOST_ITEMS = 1_000


class FormReader:
    """Reads all forms; a list may hold items described by another form."""

    def __init__(self, nodes: Mapping[str, Node]) -> None:
        self.nodes = nodes
        self.forms: dict[str, tuple[Field, ...]] = {}
        self.items: set[str] = set()
        self.open: list[str] = []

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
        known = (*_KINDS, "count", "decimals", "optional")
        entries = node.fields(f"the field '{name}'", known)
        kinds = [kind for kind in _KINDS if kind in entries]
        if len(kinds) != 1:
            if isinstance(node.value, dict) and not node.value.keys() & LATER.keys():
                hint = f"write one of: {', '.join(_KINDS)}"
                node.error("wrong_shape", f"the field '{name}' is of {len(kinds)} kinds, not one", hint)
            return None
        kind = kinds[0]
        for key, owner in (("count", "list_of"), ("decimals", "number")):
            if key in entries and kind != owner:
                entries[key].error(
                    "unknown_key", f"`{key}` belongs to `{owner}`, not to `{kind}`", "remove it", on_key=True
                )
        optional = entries["optional"].truth("`optional`") if "optional" in entries else False
        if "decimals" in entries and kind == "number" and entries["decimals"].whole("`decimals`", 0, 6):
            hint = "count in a smaller unit: hundredths instead of 2 decimals"
            entries["decimals"].error("not_yet", "this version of Siklus reads whole numbers only", hint)
        return self.typed(name, kind, entries, node, optional=optional)

    def typed(
        self, name: str, kind: str, entries: Mapping[str, Node], node: Node, *, optional: bool
    ) -> Field | None:
        """The field once its kind is known."""
        value = entries[kind]
        if kind == "text":
            limit = value.whole("the longest text", 1, _MOST_LETTERS)
            return None if limit is None else Field(name=name, kind="text", limit=limit, optional=optional)
        if kind in {"number", "link"}:
            bounds = read_range(value, "a number" if kind == "number" else "how many links")
            if bounds is None or (kind == "link" and not _countable(value, bounds)):
                return None
            of: FieldKind = "number" if kind == "number" else "link"
            return Field(name=name, kind=of, least=bounds[0], most=bounds[1], optional=optional)
        if kind == "choice":
            choices = _read_choices(value)
            return Field(name=name, kind="choice", choices=choices, optional=optional) if choices else None
        if kind == "date":
            word = value.one_of("a date field", ("any", "past", "future"))
            if word in {"past", "future"}:
                value.error(
                    "not_yet", f"this version of Siklus does not read `date: {word}` yet", "write `date: any`"
                )
            return Field(name=name, kind="date", optional=optional) if word == "any" else None
        return self.list_field(name, entries, node, optional=optional)

    def list_field(
        self, name: str, entries: Mapping[str, Node], node: Node, *, optional: bool
    ) -> Field | None:
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
            optional=optional,
        )


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


def _read_choices(node: Node) -> tuple[str, ...]:
    items = node.items("the values of a choice")
    values: list[str] = []
    for item in items:
        text = item.text("a value of a choice")
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
