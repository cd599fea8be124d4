"""What rings after a standstill of the engine, by ladder."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import cast, get_args

from engine.core.complaints import say
from engine.core.definition import CatchUp, Ladder
from engine.core.parse.dues import LadderUse
from engine.core.parse.nodes import Node

__all__ = ["check_extended", "read_catch_up"]

_POLICIES = get_args(CatchUp)


def read_catch_up(node: Node, ladders: Mapping[str, Ladder]) -> dict[str, Ladder]:
    """The ladders, each with what was said of it."""
    told = dict(ladders)
    for name, one in node.entries("`catch_up`").items():
        node.reading.use(name, ("ladder",), one)
        policy = one.one_of(say("what_rings_after"), _POLICIES)
        if policy in _POLICIES and name in told:
            told[name] = replace(told[name], catch_up=cast("CatchUp", policy))
    return told


def check_extended(node: Node, ladders: Mapping[str, Ladder], uses: Iterable[LadderUse]) -> None:
    """Complains where time is to be given to clocks none of which could take it."""
    counting = {use.ladder for use in uses if use.counts}
    for name, one in node.entries("`catch_up`").items():
        ladder = ladders.get(name)
        if ladder is not None and ladder.catch_up == "extend" and name not in counting:
            one.error("bad_value", say("nothing_to_extend", ladder=name), say("extend_counts_within"))
