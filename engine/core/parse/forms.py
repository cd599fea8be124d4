"""Forms: typed fields, and lists of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import cast, get_args

from engine.core.complaints import Said, Sayable, say
from engine.core.complaints.kinds import either
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
            self.forms[name] = self.fields(self.nodes[name], say("the_form", name=name))
            self.open.pop()
        return self.forms[name]

    def fields(self, node: Node, what: Sayable) -> tuple[Field, ...]:
        """The fields of a form or of the items of a list."""
        entries = node.named(what)
        if isinstance(node.value, dict) and not entries:
            node.error("wrong_shape", say("has_no_field", what=what), say("write_a_field"))
        fields = (self.field(name, one) for name, one in entries.items())
        return tuple(field for field in fields if field is not None)

    def field(self, name: str, node: Node) -> Field | None:
        """One field."""
        if isinstance(node.value, str) and NAME.fullmatch(node.value):
            hint = say("write_what_it_holds")
            node.error("wrong_shape", say("field_holds_nothing", name=name), hint)
            return None
        entries = node.fields(say("the_field", name=name), (*_KINDS, *_BESIDE, "optional", "needed"))
        kinds = [kind for kind in _KINDS if kind in entries]
        if len(kinds) != 1:
            if isinstance(node.value, dict):
                hint = say("write_one_of", names=", ".join(_KINDS))
                node.error("wrong_shape", say("field_kinds", name=name, count=len(kinds)), hint)
            return None
        kind = kinds[0]
        for key, owners in _BESIDE.items():
            if key in entries and kind not in owners:
                message = say("belongs_to", key=key, names=either(f"`{one}`" for one in owners), kind=kind)
                entries[key].error("unknown_key", message, say("remove_it"), on_key=True)
        optional = entries["optional"].truth("`optional`") if "optional" in entries else False
        needed = read_condition(entries["needed"]) if "needed" in entries else None
        if optional and needed is not None:
            hint = say("keep_needed")
            entries["optional"].error("not_here", say("optional_and_needed", name=name), hint, on_key=True)
        found = self.typed(name, kind, entries, node)
        return None if found is None else replace(found, optional=optional, needed=needed)

    def typed(self, name: str, kind: str, entries: Mapping[str, Node], node: Node) -> Field | None:
        """The field once its kind is known."""
        if kind in _READERS:
            return _READERS[kind](name, entries, node)
        if kind == "list_of":
            return self.list_field(name, entries, node)
        self.picks.append((self.open[-1], entries["pick"]))
        path = entries["pick"].text(say("list_picked_from"))
        return None if path is None else Field(name=name, kind="pick", source=path)

    def list_field(self, name: str, entries: Mapping[str, Node], node: Node) -> Field | None:
        """A list of items, described here or by another form."""
        if "count" not in entries:
            node.error(
                "missing_key",
                say("list_without_count", name=name),
                say("add_count"),
                on_key=True,
            )
            return None
        bounds = read_range(entries["count"], say("how_many_items"))
        of = entries["list_of"]
        if isinstance(of.value, dict):
            fields, form = self.fields(of, say("an_item_of", name=name)), ""
        else:
            form = of.name(say("what_the_list_holds"), "form") or ""
            if form in self.open:
                of.error("circle", say("form_holds_itself", form=form), say("list_of_another_form"))
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
            path = node.text(say("list_picked_from"))
            way = find_path(node, path, sources)
            if path is None or way is None:
                continue
            if way.root == "form" and path.partition(".")[0] == form:
                hint = say("pick_from_earlier_form")
                node.error("circle", say("picks_from_itself", form=form), hint)
            elif way.root == "read" and way.listed:
                message = say("set_of_cases", path=path)
                node.error("bad_value", message, say("pick_from_one_case"))
            elif way.root != "read" and (way.field is None or way.field.kind != "list" or way.listed):
                node.error("bad_value", say("is_not_a_list", path=path), say("pick_from_list"))


def _text_field(name: str, entries: Mapping[str, Node], _: Node) -> Field | None:
    limit = entries["text"].whole(say("the_longest_text"), 1, _MOST_LETTERS)
    return None if limit is None else Field(name=name, kind="text", limit=limit)


def _number_field(name: str, entries: Mapping[str, Node], _: Node) -> Field | None:
    bounds = read_range(entries["number"], say("a_number"))
    places = entries["decimals"].whole("`decimals`", 0, _MOST_DECIMALS) if "decimals" in entries else 0
    if bounds is None or places is None:
        return None
    return Field(name=name, kind="number", least=bounds[0], most=bounds[1], decimals=places)


def _link_field(name: str, entries: Mapping[str, Node], _: Node) -> Field | None:
    bounds = read_range(entries["link"], say("how_many_links"))
    if bounds is None or not _countable(entries["link"], bounds):
        return None
    return Field(name=name, kind="link", least=bounds[0], most=bounds[1])


def _file_field(name: str, entries: Mapping[str, Node], _: Node) -> Field | None:
    bounds = read_range(entries["file"], say("how_many_files"))
    if bounds is None:
        return None
    if bounds[0] < 0 or not 1 <= bounds[1] <= _MOST_FILES:
        hint = say("range_within", most=_MOST_FILES)
        entries["file"].error("bad_value", say("not_so_many_files"), hint)
        return None
    return Field(name=name, kind="file", least=bounds[0], most=bounds[1])


def _choice_field(name: str, entries: Mapping[str, Node], _: Node) -> Field | None:
    choices = _read_values(entries["choice"], say("a_choice_field"))
    return Field(name=name, kind="choice", choices=choices) if choices else None


def _date_field(name: str, entries: Mapping[str, Node], _: Node) -> Field | None:
    days = entries["date"].one_of(say("a_date_field"), _DAYS)
    return None if days is None else Field(name=name, kind="date", days=cast("Days", days))


def _scale_field(name: str, entries: Mapping[str, Node], _: Node) -> Field | None:
    bounds = read_range(entries["scale"], say("a_scale"))
    if bounds is None:
        return None
    if bounds[0] < 0 or not 1 <= bounds[1] - bounds[0] < _LONGEST_SCALE:
        hint = say("write_a_scale", most=_LONGEST_SCALE)
        entries["scale"].error("bad_value", say("scale_too_short"), hint)
        return None
    return Field(name=name, kind="scale", least=bounds[0], most=bounds[1])


def _person_field(name: str, entries: Mapping[str, Node], _: Node) -> Field | None:
    count = entries.get("count")
    source = entries["person"].one_of(say("whence_people"), PEOPLE)
    bounds = (0, 0) if count is None else read_range(count, say("how_many_people"))
    if source is None or bounds is None or (count is not None and not _countable(count, bounds)):
        return None
    return Field(name=name, kind="person", source=source, least=bounds[0], most=bounds[1])


def _checklist_field(name: str, entries: Mapping[str, Node], node: Node) -> Field | None:
    lines = _read_values(entries["checklist"], say("a_checklist"))
    if "answers" not in entries:
        hint = say("add_answers")
        node.error("missing_key", say("checklist_without_answers", name=name), hint, on_key=True)
        return None
    answers = _read_values(entries["answers"], say("the_answers"))
    for line in sorted(set(lines) & set(answers)):
        message = say("line_and_answer", line=line, name=name)
        entries["answers"].error("clash", message, say("rename_one_each_has_text"))
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


def read_range(node: Node, what: Sayable) -> tuple[int, int] | None:
    """`a .. b`, in order."""
    text = node.text(what)
    if text is None:
        return None
    match = RANGE.fullmatch(text)
    if match is None:
        node.error("bad_value", say("not_a_range_but", what=what, text=quoted(text)), say("write_a_range"))
        return None
    least, most = int(match[1]), int(match[2])
    if least > most:
        node.error(
            "bad_value",
            say("the_range_runs_backwards", text=quoted(text)),
            say("write_range", most=most, least=least),
        )
        return None
    return least, most


def _countable(node: Node, bounds: tuple[int, int]) -> bool:
    if bounds[0] >= 0 and 1 <= bounds[1] <= _MOST_ITEMS:
        return True
    node.error("bad_value", say("list_size_impossible"), say("range_within", most=_MOST_ITEMS))
    return False


def _read_values(node: Node, owner: Said) -> tuple[str, ...]:
    items = node.items(say("the_values_of", owner=owner))
    values: list[str] = []
    for item in items:
        text = item.text(say("a_value_of", owner=owner))
        if text is None:
            continue
        if not VALUE_NAME.fullmatch(text):
            item.error(
                "bad_name",
                say("not_a_value_name", text=quoted(text)),
                say("one_word_text_elsewhere"),
            )
        elif text in values:
            item.error("bad_value", say("value_twice", text=text), say("remove_one"))
        else:
            values.append(text)
    return tuple(values)
