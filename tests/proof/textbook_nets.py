"""Workflow nets redrawn after the literature, each with the published or obvious verdict.

[A98] W.M.P. van der Aalst, The Application of Petri Nets to Workflow Management, Journal of Circuits, Systems and
Computers 8(1), 1998: the handling of complaints, and the four ways to join what was split.
[A11] W.M.P. van der Aalst et al., Soundness of Workflow Nets: Classification, Decidability, and Analysis, Formal
Aspects of Computing 23(3), 2011: the three demands, each broken by itself.
[PM] W.M.P. van der Aalst, Process Mining, Springer 2016: the claim of the running example; a choice made early.
"""

from __future__ import annotations

from collections.abc import Mapping

from engine.core.proof.nets import Net, Step


def net(*steps: str) -> Net:
    """A net from `i` to `o`, each step written `name: a b -> c d`."""
    read = []
    for text in steps:
        name, _, arcs = text.partition(": ")
        takes, _, gives = arcs.partition(" -> ")
        read.append(Step(name=name, takes=tuple(takes.split()), gives=tuple(gives.split())))
    return Net(begins="i", ends=frozenset({"o"}), steps=tuple(read))


#: source, verdict, net
TEXTBOOK: Mapping[str, tuple[str, str, Net]] = {
    "complaints": ("A98", "sound", net(
        "register: i -> c1 c2", "send_questionnaire: c1 -> c3", "process_questionnaire: c3 -> c5",
        "time_out: c3 -> c5", "evaluate: c2 -> c4", "no_processing: c4 -> c9", "processing_required: c4 -> c6",
        "process_complaint: c6 c5 -> c7 c5", "check_processing: c7 -> c8", "processing_nok: c8 -> c6",
        "processing_ok: c8 -> c9", "archive: c9 c5 -> o",
    )),
    "and_split_and_join": ("A98", "sound", net("split: i -> a b", "x: a -> c", "y: b -> d", "join: c d -> o")),
    "or_split_or_join": ("A98", "sound", net("x: i -> c", "y: i -> c", "end: c -> o")),
    "or_split_and_join": ("A98", "unsound", net("x: i -> a", "y: i -> b", "join: a b -> o")),
    "and_split_or_join": ("A98", "unsafe", net("split: i -> a b", "x: a -> c", "y: b -> c", "end: c -> o")),
    "and_split_or_end": ("A98", "unsound", net("split: i -> a b", "x: a -> o", "y: b -> d")),
    "claim": ("PM", "sound", net(
        "register: i -> c1 c2", "examine_thoroughly: c1 -> c3", "examine_casually: c1 -> c3", "check_ticket: c2 -> c4",
        "decide: c3 c4 -> c5", "reinitiate: c5 -> c1 c2", "pay: c5 -> o", "reject: c5 -> o",
    )),
    "early_choice": ("PM", "sound", net(
        "a: i -> p1 p2", "b: i -> p1 p3", "c: p1 -> p4", "d: p4 p2 -> o", "e: p4 p3 -> o",
    )),
    "no_option_to_complete": ("A11", "unsound", net("a: i -> p", "b: p -> q", "c: q -> p", "d: i -> o")),
    "improper_completion": ("A11", "unsound", net("a: i -> p q", "b: p -> o", "c: q p -> o")),
    "dead_step": ("A11", "unsound", net("a: i -> p", "b: p -> o", "c: p r -> o")),
    "unbounded": ("A11", "unsafe", net("a: i -> p", "b: p -> p q", "c: p q -> o")),
    "loop_with_exit": ("A11", "sound", net("a: i -> p", "b: p -> q", "back: q -> p", "c: q -> o")),
    "parallel_loop": ("A11", "sound", net(
        "split: i -> a b", "x: a -> c", "again: c -> a", "y: b -> d", "join: c d -> o",
    )),
    "race": ("A11", "unsound", net(
        "split: i -> a b", "x: a -> c", "steal: a b -> d", "join: c b -> o", "late: c -> e",
    )),
}  # fmt: skip
