"""Sound: every case can always finish, every state and way has a use, and loops are capped.

First the cheap question: is an end reachable from everywhere without a move that may be used up? Only where that fails
are the uses counted, one by one; if there are too many of them, nothing is claimed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from engine.core.definition import At, By, Definition, Label, Transition
from engine.core.moments import DueItself, Entry, Offset
from engine.core.parse.graph import leads_on
from engine.core.proof.counting import counted, stuck_counts
from engine.core.proof.finding import Finding, Ground, Proof, answer_of
from engine.core.proof.graph_findings import endless, never_worn, no_end, told_step, too_many
from engine.core.proof.guards import impossible
from engine.core.proof.moves import Move, closure, edges_of, moves_of, shortest
from engine.core.proof.nets import decide_net, net_of
from engine.core.proof.placing import state_path

__all__ = ["prove_sound"]


def prove_sound(ground: Ground) -> Proof:
    """Whether every case of this definition and of its tracks can always finish."""
    findings: list[Finding] = []
    states = ways = 0
    for one in (ground.definition, *ground.definition.tracks.values()):
        moves = moves_of(one, *impossible(one))
        findings += _check_ends(one, moves)
        findings += _check_uses(one, moves)
        findings += _check_loops(one, moves)
        findings += _check_beside(one, moves)
        states += len(one.states)
        ways += len({move.way.rule for move in moves})
    return Proof(
        question="sound",
        answer=answer_of(findings),
        summary=_summary(findings, states, ways),
        findings=tuple(findings),
        facts={"states": states, "ways": ways},
    )


def _summary(findings: Sequence[Finding], states: int, ways: int) -> Label:
    match answer_of(findings):
        case "proven":
            return Label(
                id=f"setiap kasus selalu dapat selesai: {states} keadaan, {ways} jalan ke luar",
                en=f"every case can always finish: {states} states, {ways} ways out",
            )
        case "refuted":
            return Label(id="ada kasus yang tidak dapat selesai", en="some case cannot finish")
        case _:
            return Label(
                id="hitungannya terlalu banyak untuk dijelajahi",
                en="there are too many counts to walk through",
            )


def _check_ends(definition: Definition, moves: Sequence[Move]) -> list[Finding]:
    """States from which no end is reachable, however often what may be used up was used."""
    ordinary = [move for move in moves if leads_on(move.way) and not move.stays]
    reached = closure({definition.initial}, edges_of(moves))
    ends = {name for name, state in definition.states.items() if state.final is not None}
    lasting = closure(ends, _back([move for move in ordinary if not move.counted and not move.worn]))
    doubtful = [name for name in definition.states if name in reached and name not in lasting]
    if not doubtful:
        return []
    capped = {move.way.rule: move.way.at_most or 0 for move in ordinary if move.way.at_most is not None}
    counts = counted(definition.initial, moves, capped)
    if counts is None:
        return [too_many(definition)]
    stuck = stuck_counts(counts, ends, {move.way.rule for move in ordinary})
    names = [name for name in definition.states if name in {state for state, _ in stuck}]
    return [no_end(definition, name, moves) for name in names]


def _check_beside(definition: Definition, moves: Sequence[Move]) -> list[Finding]:
    """What tracks add: a case that waits for one that can never close."""
    if not definition.tracks or definition.digest.partition("#")[2]:
        return []
    answer = decide_net(net_of(definition, moves))
    if answer.verdict == "not_decided":
        return [too_many(definition)]
    if answer.can_always_end or answer.verdict == "unsafe":
        return []
    told = tuple(told_step(definition, step) for step in answer.way)
    return [
        Finding(
            code="tracks_stuck",
            question="sound",
            severity="error",
            path=("tracks",),
            message=Label(
                id="kasus bisa tidak dapat selesai, karena menunggu jalur yang tidak pernah berakhir",
                en="a case may be unable to finish, since it waits for a track that never ends",
            ),
            story=told,
            suggestion=Label(
                id="beri keadaan yang menunggu jalan `at`, atau jalur itu akhir yang dapat dicapai",
                en="give the state that waits an `at` way out, or the track an end it can come to",
            ),
        )
    ]


def _check_uses(definition: Definition, moves: Sequence[Move]) -> list[Finding]:
    """States no case enters, and `then` that no case comes to."""
    edges = edges_of(moves)
    reached = closure({definition.initial}, edges)
    findings = [
        Finding(
            code="never_entered",
            question="sound",
            severity="error",
            path=state_path(definition, name),
            message=Label(
                id=f"tidak ada kasus yang pernah sampai ke '{name}'", en=f"no case ever comes to '{name}'"
            ),
            suggestion=Label(
                id="biarkan satu jalan menuju ke sana, atau hapus", en="let a way lead there, or remove it"
            ),
        )
        for name, state in definition.states.items()
        # Where a child case goes when the case that opened it ends is entered from outside.
        if name not in reached and state.final != "ended"
    ]
    told: set[str] = set()
    for move in moves:
        way = move.way
        if way.then is None or way.rule in told or move.source not in reached:
            continue
        told.add(way.rule)
        if _most_uses(definition, way, moves) <= (way.at_most or 0):
            findings.append(never_worn(definition, way))
    return findings


def _most_uses(definition: Definition, way: Transition, moves: Sequence[Move]) -> int:
    """How often a capped way can be used at most, and once more than its cap if it can be used up.

    Once, if nothing leads back to where it is offered; else as often as the other caps on every way back allow.
    """
    own = [move for move in moves if move.way.rule == way.rule and not move.worn]
    sources = {move.source for move in own}
    if any(move.stays for move in own):
        return (way.at_most or 0) + 1
    free = edges_of([move for move in moves if move.way.rule != way.rule and not move.counted])
    if closure({move.target for move in own}, free) & sources:
        return (way.at_most or 0) + 1
    others = [move for move in moves if move.way.rule != way.rule]
    if not closure({move.target for move in own}, edges_of(others)) & sources:
        return 1
    capped = {move.way.rule: move.way.at_most or 0 for move in moves if move.way.at_most is not None}
    counts = counted(definition.initial, moves, capped)
    if counts is None:
        return (way.at_most or 0) + 1
    used = any(move.worn and move.way.rule == way.rule for onward in counts.values() for move, _ in onward)
    return (way.at_most or 0) + (1 if used else 0)


def _check_loops(definition: Definition, moves: Sequence[Move]) -> list[Finding]:
    """Loops of acts that go on as long as people like: without a cap, and without a moment that ends them."""
    acts = [
        move for move in moves if isinstance(move.way.trigger, By) and not move.stays and not move.counted
    ]
    breaking = {move.source for move in moves if _breaks(move)}
    acts = [move for move in acts if move.source not in breaking]
    findings: list[Finding] = []
    told: set[str] = set()
    for move in acts:
        if move.source in told:
            continue
        lap = shortest(move.source, acts, lambda one, home=move.source: one.target == home)  # type: ignore[misc]
        if lap is not None:
            told.update(one.source for one in lap)
            findings.append(endless(definition, lap, moves))
    return findings


def _breaks(move: Move) -> bool:
    """Whether a move ends a loop: a moment that does not begin again with each visit, and leads elsewhere."""
    trigger = move.way.trigger
    if not isinstance(trigger, At) or move.stays:
        return False
    moment = trigger.moment
    renewed = isinstance(moment, DueItself | Entry) or (
        isinstance(moment, Offset) and moment.anchor in {"due", "entry"}
    )
    return trigger.scope != "visit" or not renewed


def _back(moves: Iterable[Move]) -> dict[str, set[str]]:
    edges: dict[str, set[str]] = {}
    for move in moves:
        edges.setdefault(move.target, set()).add(move.source)
    return edges
