"""Kept: does each promise hold on all paths. One small automaton for each form of promise, walked beside the graph.

What ends a case from outside (a person leaves, an exemption) keeps nothing and breaks nothing: a promise that
something follows says so of cases that go their way.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from engine.core.definition import (
    AlwaysAfter,
    At,
    AtMost,
    Definition,
    EndsBy,
    NeverAfter,
    NeverBefore,
    NeverSame,
    Promise,
)
from engine.core.parse.graph import leads_on
from engine.core.promise_words import machines_of
from engine.core.proof.apart import never_same
from engine.core.proof.dated import both, tell_run
from engine.core.proof.finding import Ground, Proof, answer_of
from engine.core.proof.guards import impossible
from engine.core.proof.moves import Move, closure, edges_of, moves_of, shortest
from engine.core.proof.promise_findings import Held, broken, line, summary
from engine.core.proof.promised_days import Verdict, Worst, ends_by, follows_within
from engine.core.proof.stories import say_state, tell

__all__ = ["MOST_COUNTS", "prove_kept"]

#: so many states with their counts are walked through before "not proven" is the answer
MOST_COUNTS = 100_000


def prove_kept(ground: Ground) -> Proof:
    """Whether each promise of the definition holds on all paths."""
    definition = ground.definition
    told = [
        (number, promise, replace(ground, definition=machine))
        for number, promise in enumerate(definition.promises)
        for machine in machines_of(definition, promise)
    ]
    paths = {id(one.definition): _Paths(one.definition) for _, _, one in told}
    held = [(*one, _decide(one[2], paths[id(one[2].definition)], one[1])) for one in told]
    findings = [
        broken(definition, number, promise, one)
        for number, promise, _, one in held
        if one.verdict in {"no", "not_proven"}
    ]
    decided = [one for *_, one in held]
    return Proof(
        question="kept",
        answer=answer_of(findings),
        summary=summary(decided),
        findings=tuple(findings),
        lines=tuple(line(definition, promise, one) for _, promise, _, one in held),
        facts={"verdicts": [one.verdict for one in decided]},
    )


class _Paths:
    """The moves of a definition, and which of them make something happen."""

    def __init__(self, definition: Definition) -> None:
        self.definition = definition
        self.moves = moves_of(definition, *impossible(definition))
        #: moves that belong to a case's own way, not what happens to it from outside
        self.own = tuple(move for move in self.moves if leads_on(move.way))

    def takes(self, move: Move, name: str) -> bool:
        """Whether a move is the way of that name."""
        return name in (move.way.name, move.way.rule)

    def happens(self, move: Move, name: str) -> bool:
        """Whether a move makes it happen: by being that way, or by entering that state."""
        return self.takes(move, name) or (move.target == name and not move.stays)

    def begins(self, name: str) -> bool:
        """Whether it happens as a case is opened."""
        return name == self.definition.initial


def _decide(ground: Ground, paths: _Paths, promise: Promise) -> Held:
    match promise:
        case NeverBefore():
            return _never_before(paths, promise)
        case NeverAfter():
            return _never_after(paths, promise)
        case AlwaysAfter():
            return _always_after(ground, paths, promise)
        case AtMost():
            return _at_most(paths, promise)
        case EndsBy():
            return _timed(ground.definition, *ends_by(ground, promise))
        case NeverSame():
            story = never_same(paths.definition, paths.moves, promise)
            return Held(verdict="always" if story is None else "no", story=story or ())


def _never_before(paths: _Paths, promise: NeverBefore) -> Held:
    never, before = promise.never, promise.before
    if paths.begins(before):
        return Held(verdict="always")
    if paths.begins(never):
        return _no(paths, ())
    without = [move for move in paths.moves if not paths.happens(move, before)]
    # A way that leads to what must come first, and is itself what must come later, comes too soon all the same.
    soon = [move for move in paths.moves if paths.takes(move, never) and not paths.takes(move, before)]
    way = shortest(
        paths.definition.initial,
        (*without, *soon),
        lambda move: paths.happens(move, never) and not paths.takes(move, before),
    )
    return Held(verdict="always") if way is None else _no(paths, way)


def _never_after(paths: _Paths, promise: NeverAfter) -> Held:
    after, never = promise.after, promise.never
    for first in _starts(paths, after):
        start = paths.definition.initial if first is None else first.target
        at_once = (
            first is not None and paths.takes(first, after) and first.target == never and not first.stays
        )
        then = () if at_once else shortest(start, paths.moves, lambda move: paths.happens(move, never))
        if then is not None:
            return _no(paths, (*_way_to(paths, first), *then))
    return Held(verdict="always")


def _starts(paths: _Paths, name: str) -> Iterable[Move | None]:
    """The moves by which something happens that a case can come to; None for its opening."""
    reached = closure({paths.definition.initial}, edges_of(paths.moves))
    if paths.begins(name):
        yield None
    yield from (move for move in paths.moves if move.source in reached and paths.happens(move, name))


def _way_to(paths: _Paths, last: Move | None) -> tuple[Move, ...]:
    if last is None:
        return ()
    return shortest(paths.definition.initial, paths.moves, lambda move: move is last) or ()


def _always_after(ground: Ground, paths: _Paths, promise: AlwaysAfter) -> Held:
    always = promise.always
    definition = paths.definition
    left = [move for move in paths.own if not paths.happens(move, always)]
    ends = {name for name, state in definition.states.items() if state.final is not None}
    starts: set[str] = set()
    for first in _starts(paths, promise.after):
        start = definition.initial if first is None else first.target
        if start == always and (first is None or not first.stays):
            continue
        starts.add(start)
        over = (
            ()
            if start in ends
            else shortest(start, left, lambda move: move.target in ends and not move.stays)
        )
        if over is not None:
            return _no(paths, (*_way_to(paths, first), *over))
    if promise.within is not None and starts:
        keeping = frozenset(move for move in paths.own if paths.takes(move, always))
        return _timed(definition, *follows_within(ground, promise, tuple(sorted(starts)), keeping))
    waiting = closure(starts, edges_of(left)) - ends
    lasting = [name for name in waiting if name != always and not _moves_on(definition, name)]
    return Held(verdict="if_done_by_due" if lasting else "always")


def _moves_on(definition: Definition, name: str) -> bool:
    """Whether a moment leads out of a state, whoever is silent."""
    return any(isinstance(way.trigger, At) for way in definition.states[name].transitions)


def _at_most(paths: _Paths, promise: AtMost) -> Held:
    """Whether it happens so often at most: counted beside the uses of capped moves."""
    most = promise.most
    definition = paths.definition
    capped = {move.way.rule: move.way.at_most or 0 for move in paths.moves if move.way.at_most is not None}
    order = {rule: number for number, rule in enumerate(capped)}
    out: dict[str, list[Move]] = {}
    for move in paths.moves:
        out.setdefault(move.source, []).append(move)
    start = (definition.initial, (0,) * len(order), int(paths.begins(promise.of)))
    came: dict[tuple[str, tuple[int, ...], int], tuple[object, Move] | None] = {start: None}
    waiting = [start]
    for here in waiting:
        if len(came) > MOST_COUNTS:
            return Held(verdict="not_proven")
        for move in out.get(here[0], ()):
            uses = _used(here[1], move, order, capped)
            if uses is None:
                continue
            there = (move.target, uses, here[2] + paths.happens(move, promise.of))
            if there not in came:
                came[there] = (here, move)
                waiting.append(there)
            if there[2] > most:
                return _no(paths, _walked(came, there))
    return Held(verdict="always")


def _used(
    uses: tuple[int, ...], move: Move, order: dict[str, int], capped: dict[str, int]
) -> tuple[int, ...] | None:
    number = order.get(move.way.rule)
    if number is None:
        return uses
    if (uses[number] >= capped[move.way.rule]) != move.worn:
        return None
    return uses if move.worn else (*uses[:number], uses[number] + 1, *uses[number + 1 :])


def _walked(came: dict[Any, Any], there: Any) -> tuple[Move, ...]:
    way: list[Move] = []
    while came[there] is not None:
        there, move = came[there]
        way.append(move)
    return tuple(reversed(way))


def _no(paths: _Paths, way: Sequence[Move]) -> Held:
    return Held(verdict="no", story=tell(paths.definition, way), ways=tuple(move.way.rule for move in way))


def _timed(definition: Definition, verdict: Verdict, worst: Worst | None) -> Held:
    if worst is None:
        return Held(verdict=verdict)
    if worst.late is None:
        last = both(
            "Pada “{state}” kasus dapat menunggu tanpa hari terakhir, padahal batasnya {limit}.",
            "At “{state}” the case may rest without a last day, and it should be over by {limit}.",
            state=say_state(definition, worst.rests),
            limit=worst.limit,
        )
    else:
        last = both(
            "Terjadinya paling lambat {late}, padahal batasnya {limit}.",
            "It happens as late as {late}, and should by {limit}.",
            late=worst.late,
            limit=worst.limit,
        )
    story = tell_run(definition, worst.state, worst.since, worst.way)
    return Held(verdict=verdict, story=(*story, last), ways=tuple(move.way.rule for move, _ in worst.way))
