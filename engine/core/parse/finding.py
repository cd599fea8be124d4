"""Paths as they are written: what they lead to, or a complaint where they break off."""

from __future__ import annotations

from engine.core.case_names import figure_kind
from engine.core.parse.nodes import Node
from engine.core.parse.reading import Placed
from engine.core.paths import NUMERIC, Lost, Sources, Way, find
from engine.core.settings import sort_of


def find_path(node: Node, path: str | None, sources: Sources, *, offset: int = 0) -> Way | None:
    """What a path leads to, its first name counted as used; a complaint if it leads nowhere."""
    if path is None:
        return None
    reading = node.reading
    head = path.partition(".")[0]
    if "form" in reading.unreadable:
        return None
    found = find(sources, path)
    if isinstance(found, Lost):
        if not _explained(node, head, found.step):
            node.error("unknown_name", found.message, found.hint, offset=offset)
        return None
    if head in reading.names(found.root):
        reading.use(head, (found.root,), node)
    return found


def is_number(way: Way, sources: Sources) -> bool:
    """Whether numbers are to be found there; of what other cases publish that is not known here."""
    match way.root:
        case "figure":
            return figure_kind(sources.figures[way.name]).type == "int"
        case "setting":
            return sort_of(sources.settings[way.name].value) == "a number"
        case "read":
            return True
        case _:
            return way.field is not None and way.field.kind in NUMERIC


def _explained(node: Node, head: str, step: str) -> bool:
    """Whether the name stands in the file but could not be read, so that its absence was already explained."""
    if step == head:
        return any(
            head in node.reading.names(kind) for kind in ("form", "figure", "journal", "read", "setting")
        )
    form: Placed | None = node.reading.names("form").get(head)
    return form is not None and isinstance(form.value, dict) and step in form.value
