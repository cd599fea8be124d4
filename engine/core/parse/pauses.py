"""A definition's own pauses: why a clock stands still, since or until when, and how long at most."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from engine.core.definition import At, Fact, Gathered, PauseRule
from engine.core.moments import Offset
from engine.core.parse.facts import read_fact
from engine.core.parse.nodes import Node

_REASONS = ("until", "while", "by")
#: Reasons that people may always give, and that no definition explains anew.
BUILT_IN = ("leave", "dispute", "outage")


def read_pauses(nodes: Mapping[str, Node]) -> dict[str, PauseRule]:
    """Every pause that could be read."""
    return {name: rule for name, node in nodes.items() if (rule := _read_pause(name, node))}


def _read_pause(name: str, node: Node) -> PauseRule | None:
    fields = node.fields(f"the pause '{name}'", (*_REASONS, "longest"), ("longest",))
    said = [key for key in _REASONS if key in fields]
    if isinstance(node.value, dict) and len(said) != 1:
        hint = "write `until: fact`, `while: fact` or `by: role`"
        message = f"the pause '{name}' gives {len(said)} reasons, not one"
        node.error("wrong_shape", message, hint, on_key=True)
    longest = fields["longest"].duration("`longest`") if "longest" in fields else None
    until = _read_fact(fields["until"]) if "until" in fields else None
    while_ = _read_fact(fields["while"]) if "while" in fields else None
    by = fields["by"].names("who may pause", "role") if "by" in fields else ()
    if longest is None or len(said) != 1 or not (until or while_ or by):
        return None
    return PauseRule(name=name, longest=longest, until=until, while_=while_, by=by)


def _read_fact(node: Node) -> Fact | None:
    fact = read_fact(node)
    if isinstance(fact, Gathered):
        hint = "wait for it with `upon: gathered` in its state"
        node.error("bad_value", "`gathered` belongs to one state, and a pause to the whole definition", hint)
        return None
    return fact


def read_stops(node: Node) -> tuple[str, ...]:
    """The definition's own pauses that stop a due time, besides those that stop every one."""
    names = tuple(name for name in node.texts("a pause") if name in BUILT_IN)
    if names:
        message = f"{', '.join(names)} stops every clock that counts `within` anyway"
        node.error("bad_value", message, "name the definition's own pauses only")
        return ()
    return node.names("what stops it", "pause")


def read_stopping(node: Node, trigger: object) -> tuple[str, ...]:
    """The pauses that stop a moment counted from entry, of which none stops it unsaid."""
    names = node.names("what stops it", "pause", also=BUILT_IN)
    if not isinstance(trigger, At):
        node.error("not_here", "`pauses` belongs to a moment", "remove it, or write `at:`", on_key=True)
        return ()
    moment = trigger.moment
    if trigger.scope != "visit":
        hint = "write the move among the ways out of a state"
        node.error("not_here", "a pause stops a clock of one state", hint, on_key=True)
        return ()
    counted = isinstance(moment, Offset) and moment.anchor in {"entry", "notified"}
    if not counted or cast("Offset", moment).side == "before":
        hint = (
            "count it from entry: `at: 6 months after entry`; what counts from due stands still with the task"
        )
        node.error("not_here", "no pause stops a fixed moment", hint, on_key=True)
        return ()
    return names
