"""Choices: forks whose rows exclude each other, with one `otherwise`."""

from __future__ import annotations

from engine.core.complaints import say
from engine.core.conditions import names_in
from engine.core.definition import HOLDER, STAY, Choice, Row
from engine.core.parse.head import read_condition
from engine.core.parse.nodes import Node

_MOST_NAMES = 4


def read_choice(name: str, node: Node, states: str = "state") -> Choice | None:
    """The rows of a fork; complaints if there is not exactly one `otherwise`.

    `states` is the kind of names it leads to: a track has states of its own.
    """
    nodes = node.items(say("the_choice", name=name))
    rows = [row for one in nodes if (row := _read_row(one, states)) is not None]
    others = [one for one in nodes if isinstance(one.value, dict) and "otherwise" in one.value]
    if nodes and len(others) != 1:
        hint = say("end_with_otherwise")
        node.error("missing_key", say("choice_otherwise", name=name, count=len(others)), hint, on_key=True)
    if nodes and len(nodes) == len(others) == 1:
        node.error(
            "wrong_shape",
            say("choice_one_way", name=name),
            say("write_state_after_to"),
            on_key=True,
        )
    read = {word for row in rows if row.when is not None for word in names_in(row.when.text)}
    if len(read) > _MOST_NAMES:
        message = say("choice_reads_too_much", name=name, count=len(read), most=_MOST_NAMES)
        node.error("bad_value", message, say("figure_for_some"), on_key=True)
    if len(rows) != len(nodes) or len(others) != 1:
        node.reading.ways_unsure = True
        return None
    return Choice(name=name, rows=tuple(rows))


def _read_row(node: Node, states: str) -> Row | None:
    if isinstance(node.value, dict) and "otherwise" in node.value:
        fields = node.fields(say("a_row"), ("otherwise", "notify", "starts"))
        target, when = fields["otherwise"], None
    else:
        fields = node.fields(say("a_row"), ("when", "to", "notify", "starts"), ("when", "to"))
        if "to" not in fields or "when" not in fields:
            return None
        target, when = fields["to"], read_condition(fields["when"])
        if when is None:
            return None
    # No choice may stand here: a row of a fork leads to a state.
    to = target.name(say("where_a_row_leads"), states, also=(STAY,))
    if to is None:
        return None
    notify = fields["notify"].names(say("who_is_told"), "role", also=(HOLDER,)) if "notify" in fields else ()
    starts = fields["starts"].names(say("what_is_opened"), "link") if "starts" in fields else ()
    return Row(when=when, to=to, notify=notify, starts=starts)
