"""Roles: dated questions to the organisation chart."""

from __future__ import annotations

from collections.abc import Mapping

from engine.core.moments import Offset
from engine.core.parse.nodes import Node
from engine.core.parse.words import NAME
from engine.core.people import Desk, HeadOf, Query, Role, Subject, SuperiorOf, circles
from engine.core.places import quoted

_QUERIES = ("superior_of", "head_of", "desk")
_KEYS = (*_QUERIES, "of", "as_of", "not", "else")
_DAYS = ("now", "entry", "period.from", "period.to")
#: The agency as a whole, which needs no role to start from.
AGENCY = "agency"


def read_role(name: str, node: Node) -> Role | None:
    """`subject`, or a question with the day it is asked for and who may not be the answer."""
    if isinstance(node.value, str):
        if node.one_of(f"the role '{name}'", ("subject",)) is None:
            return None
        return Role(name=name, query=Subject())
    fields = node.fields(f"the role '{name}'", _KEYS)
    asked = [key for key in _QUERIES if key in fields]
    if len(asked) != 1:
        if isinstance(node.value, dict) and not _is_later(node):
            hint = f"write `subject`, or one of: {', '.join(_QUERIES)}"
            node.error(
                "wrong_shape", f"the role '{name}' asks {len(asked)} questions of the chart, not one", hint
            )
        return None
    query = _read_query(asked[0], fields, node)
    as_of = _read_as_of(fields["as_of"]) if "as_of" in fields else "now"
    exclude = fields["not"].names("who may not be chosen", "role") if "not" in fields else ()
    otherwise = fields["else"].names("who else is asked", "role") if "else" in fields else ()
    if query is None or as_of is None:
        return None
    return Role(name=name, query=query, as_of=as_of, exclude=exclude, otherwise=otherwise)


def _is_later(node: Node) -> bool:
    return isinstance(node.value, dict) and not node.value.keys() <= set(_KEYS)


def _read_query(kind: str, fields: Mapping[str, Node], node: Node) -> Query | None:
    what = fields[kind]
    if kind != "desk":
        if "of" in fields:
            fields["of"].error(
                "unknown_key", f"`of` belongs to a desk, not to `{kind}`", "remove it", on_key=True
            )
        start = what.name("whom the role starts from", "role", also=(AGENCY,) if kind == "head_of" else ())
        if start is None:
            return None
        return SuperiorOf(role=start) if kind == "superior_of" else HeadOf(of=start)
    desk = what.text("the desk's name")
    if desk is not None and not NAME.fullmatch(desk):
        what.error("bad_name", f"{quoted(desk)} is not a desk", "use lower-case letters, digits and _")
        return None
    if "of" not in fields:
        node.error("missing_key", "a desk does not say `of` whom it is", "add `of: employee`", on_key=True)
        return None
    of = fields["of"].name("whose desk it is", "role")
    return Desk(name=desk, of=of) if desk is not None and of is not None else None


def _read_as_of(node: Node) -> object:
    """One of four words, or so long before or after entry or an edge of the period."""
    if node.value in _DAYS:
        return node.value
    moment = node.moment("the day a role is asked for")
    if moment is None or (isinstance(moment, Offset) and moment.anchor != "due"):
        return moment
    hint = f"write one of: {', '.join(_DAYS)}, `1 day before entry`"
    node.error("bad_value", f"a role cannot be asked as of {quoted(str(node.value))}", hint)
    return None


def check_circles(roles: Mapping[str, Role], nodes: Mapping[str, Node]) -> None:
    """Complains of roles that wait for each other."""
    for circle in circles(roles):
        hint = "let one of them start from the subject, or take it out of `not`"
        nodes[circle[0]].error(
            "circle", f"these roles wait for each other: {' -> '.join(circle)}", hint, on_key=True
        )
