"""A definition's own pauses: why a clock stands still, since or until when, and how long at most."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from engine.core.complaints import say
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
    fields = node.fields(say("the_pause", name=name), (*_REASONS, "longest"), ("longest",))
    said = [key for key in _REASONS if key in fields]
    if isinstance(node.value, dict) and len(said) != 1:
        hint = say("write_pause_reason")
        message = say("pause_reasons", name=name, count=len(said))
        node.error("wrong_shape", message, hint, on_key=True)
    longest = fields["longest"].duration("`longest`") if "longest" in fields else None
    until = _read_fact(fields["until"]) if "until" in fields else None
    while_ = _read_fact(fields["while"]) if "while" in fields else None
    by = fields["by"].names(say("who_may_pause"), "role") if "by" in fields else ()
    if longest is None or len(said) != 1 or not (until or while_ or by):
        return None
    return PauseRule(name=name, longest=longest, until=until, while_=while_, by=by)


def _read_fact(node: Node) -> Fact | None:
    fact = read_fact(node)
    if isinstance(fact, Gathered):
        hint = say("wait_for_gathered")
        node.error("bad_value", say("gathered_of_one_state"), hint)
        return None
    return fact


def read_stops(node: Node) -> tuple[str, ...]:
    """The definition's own pauses that stop a due time, besides those that stop every one."""
    names = tuple(name for name in node.texts(say("a_pause")) if name in BUILT_IN)
    if names:
        message = say("stops_anyway", names=", ".join(names))
        node.error("bad_value", message, say("name_own_pauses"))
        return ()
    return node.names(say("what_stops_it"), "pause")


def read_stopping(node: Node, trigger: object) -> tuple[str, ...]:
    """The pauses that stop a moment counted from entry, of which none stops it unsaid."""
    names = node.names(say("what_stops_it"), "pause", also=BUILT_IN)
    if not isinstance(trigger, At):
        node.error("not_here", say("pauses_need_moment"), say("remove_or_write_at"), on_key=True)
        return ()
    moment = trigger.moment
    if trigger.scope != "visit":
        hint = say("write_among_state_ways")
        node.error("not_here", say("pause_stops_one_state"), hint, on_key=True)
        return ()
    counted = isinstance(moment, Offset) and moment.anchor in {"entry", "notified"}
    if not counted or cast("Offset", moment).side == "before":
        hint = say("count_from_entry")
        node.error("not_here", say("fixed_moment_not_paused"), hint, on_key=True)
        return ()
    return names
