"""What an example names: people, units, forms, what is given, files; each read where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from engine.core.attachments import digest_of
from engine.core.chain import UNIT_KEY
from engine.core.chart import Chart
from engine.core.complaints import Sayable, say
from engine.core.definition import Definition, Field
from engine.core.parse.nodes import Node
from engine.core.places import Value, nearest

#: stands for "nobody", "none" and "not at all" where a name or a day is expected
NOBODY = "nobody"


class Names:
    """The people, the values and the files that the examples of one file share."""

    def __init__(
        self,
        definition: Definition,
        chart: Chart | None,
        given: Mapping[str, Value],
        files: Mapping[str, bytes],
    ) -> None:
        self.definition, self.chart, self.given, self.files = definition, chart, given, files
        #: the key of each person by person_id
        self.people = {one.person_id: one.key for one in chart.segments} if chart is not None else {}
        self.units = {one.unit for one in chart.segments} if chart is not None else set()

    def person(self, node: Node, *, nobody: bool = False) -> str | None:
        """The key of a person named by their person_id; "" for nobody, where that may be said."""
        name = node.text(say("a_person"))
        if name is None or self.chart is None:
            return None
        if nobody and name == NOBODY:
            return ""
        if name not in self.people:
            hint = nearest(name, self.people) or say("see_people")
            node.error("unknown_name", say("there_is_no_person", name=name), hint)
            return None
        return self.people[name]

    def persons(self, node: Node, what: Sayable) -> frozenset[str]:
        """The keys of several people; none for "nobody"."""
        if node.value == NOBODY:
            return frozenset()
        return frozenset(key for one in node.one_or_more(what) if (key := self.person(one)) is not None)

    def subject(self, node: Node) -> str | None:
        """Whom a case is about: a person, or a unit where cases are about units."""
        if self.definition.subject == "person":
            return self.person(node)
        name = node.text(say("a_unit"))
        if name is None or self.chart is None:
            return None
        if name not in self.units:
            node.error(
                "unknown_name",
                say("there_is_no_unit", name=name),
                nearest(name, self.units) or say("see_people"),
            )
            return None
        return f"{UNIT_KEY}{name}"

    def known(self, node: Node, what: Sayable, names: Iterable[str]) -> str | None:
        """The key this value stands under, if it is one of these names."""
        options = tuple(names)
        if node.key in options:
            return node.key
        hint = nearest(node.key, options) or (
            say("known", known=", ".join(options)) if options else say("leave_it_out")
        )
        node.error("unknown_name", say("definition_has_no", what=what, key=node.key), hint, on_key=True)
        return None

    def forms(self, node: Node) -> dict[str, Mapping[str, Any]]:
        """What is filled in, by form: its fields, or the name of what `given` holds."""
        found: dict[str, Mapping[str, Any]] = {}
        for name, one in node.entries("`with`").items():
            form = self.known(one, say("form"), self.definition.forms)
            values = self.values(one, form or "")
            if values is not None:
                found[name] = values
        return found

    def values(self, node: Node, form: str) -> Mapping[str, Any] | None:
        """The fields of a form, written here or given, with the files that they name."""
        value = self.taken(node)
        if isinstance(value, dict):
            known = self.definition.forms.get(form)
            return value if known is None else self._with_files(node, known.fields, value)
        if value is not None:
            node.error("wrong_shape", say("fill_is_a_mapping", name=node.key))
        return None

    def taken(self, node: Node) -> Value | None:
        """A value written here, or the one of that name in `given`; None and a complaint if there is none."""
        if not isinstance(node.value, str):
            return node.value
        if node.value not in self.given:
            node.error(
                "unknown_name", say("nothing_given", value=node.value), nearest(node.value, self.given)
            )
            return None
        return self.given[node.value]

    def _with_files(self, node: Node, fields: Iterable[Field], values: Mapping[str, Any]) -> dict[str, Any]:
        held = dict(values)
        for field in fields:
            told = held.get(field.name)
            if field.kind == "list" and isinstance(told, list):
                inner = field.item or self.definition.forms[field.item_form].fields
                held[field.name] = [
                    self._with_files(node, inner, one) if isinstance(one, dict) else one for one in told
                ]
            elif field.kind == "file" and told is not None:
                named = told if isinstance(told, list) else [told]
                held[field.name] = [self._file(node, one) if isinstance(one, str) else one for one in named]
        return held

    def _file(self, node: Node, name: str) -> object:
        if name not in self.files:
            node.error(
                "unknown_name",
                say("files_has_no", name=name),
                nearest(name, self.files) or say("add_it_there"),
            )
            return name
        return {"name": name, "sha256": digest_of(self.files[name])}


def day_of(node: Node) -> date | None:
    """A day written like 2026-01-31."""
    text = node.text(say("a_day"))
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        node.error("bad_value", say("is_no_day", text=text), say("write_a_full_date"))
        return None
