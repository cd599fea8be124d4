"""Sound: every case can always finish, every state and way has a use, and loops are capped.

First the cheap question: is an end reachable from everywhere without a move that may be used up? Only where that fails
are the uses counted, one by one; if there are too many of them, nothing is claimed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from engine.core.definition import At, By, Definition, Label, Transition
from engine.core.moments import DueItself, Entry, Offset
from engine.core.parse.graph import leads_on
from engine.core.proof.finding import Finding, Ground, Proof, answer_of
from engine.core.proof.guards import impossible
from engine.core.proof.moves import Move, closure, edges_of, moves_of, shortest
from engine.core.proof.nets import decide_net, net_of
from engine.core.proof.placing import state_path, way_path
from engine.core.proof.stories import begins, say_move, say_state, tell

__all__ = ["MOST_COUNTS", "prove_sound"]

#: so many states with their counts are walked through before "not proven" is the answer
MOST_COUNTS = 200_000

_Count = tuple[str, tuple[int, ...]]


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
    counts = _counted(definition.initial, moves, capped)
    if counts is None:
        return [_too_many(definition)]
    stuck = _stuck(counts, ends, {move.way.rule for move in ordinary})
    names = [name for name in definition.states if name in {state for state, _ in stuck}]
    return [_no_end(definition, name, moves) for name in names]


def _check_beside(definition: Definition, moves: Sequence[Move]) -> list[Finding]:
    """What tracks add: a case that waits for one that can never close."""
    if not definition.tracks or definition.digest.partition("#")[2]:
        return []
    answer = decide_net(net_of(definition, moves))
    if answer.verdict == "not_decided":
        return [_too_many(definition)]
    if answer.can_always_end or answer.verdict == "unsafe":
        return []
    told = tuple(_told(definition, step) for step in answer.way)
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


def _told(definition: Definition, step: str) -> Label:
    """A step of the net in words: what happens in the case, or in which of its tracks."""
    track, _, moved = step.rpartition(":")
    machine = definition.tracks.get(track, definition)
    rule, _, target = moved.partition("->")
    target = target.partition("#")[0]
    for move in moves_of(machine):
        if (move.way.rule, move.target) == (rule, target):
            told = say_move(machine, move)
            title = machine.texts.title
            return replace(told, id=f"{title.id}: {told.id}", en=f"{title.en}: {told.en}") if track else told
    return begins(definition)


def _counted(
    initial: str, moves: Sequence[Move], capped: Mapping[str, int]
) -> dict[_Count, list[tuple[Move, _Count]]] | None:
    """Every state with every count of uses it can have, and the moves from there; None if there are too many."""
    order = {rule: number for number, rule in enumerate(capped)}
    out: dict[str, list[Move]] = {}
    for move in moves:
        out.setdefault(move.source, []).append(move)
    start: _Count = (initial, (0,) * len(order))
    found: dict[_Count, list[tuple[Move, _Count]]] = {}
    waiting = [start]
    while waiting:
        here = waiting.pop()
        if here in found:
            continue
        if len(found) >= MOST_COUNTS:
            return None
        found[here] = onward = []
        for move in out.get(here[0], ()):
            after = _after(here, move, order, capped)
            if after is not None:
                onward.append((move, after))
                waiting.append(after)
    return found


def _after(here: _Count, move: Move, order: Mapping[str, int], capped: Mapping[str, int]) -> _Count | None:
    """State and counts after a move; None if it is used up, or not yet."""
    number = order.get(move.way.rule)
    if number is None:
        return move.target, here[1]
    used = here[1][number]
    if (used >= capped[move.way.rule]) != move.worn:
        return None
    counts = here[1] if move.worn else (*here[1][:number], used + 1, *here[1][number + 1 :])
    return move.target, counts


def _stuck(
    counts: Mapping[_Count, Sequence[tuple[Move, _Count]]], ends: Collection[str], ordinary: Collection[str]
) -> set[_Count]:
    """The states with counts from which no end is reachable by moves one can count on."""
    back: dict[_Count, list[_Count]] = {}
    for here, onward in counts.items():
        for move, after in onward:
            if move.way.rule in ordinary:
                back.setdefault(after, []).append(here)
    fine = {here for here in counts if here[0] in ends}
    waiting = list(fine)
    while waiting:
        for before in back.get(waiting.pop(), ()):
            if before not in fine:
                fine.add(before)
                waiting.append(before)
    return counts.keys() - fine


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
            findings.append(_never_worn(definition, way))
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
    counts = _counted(definition.initial, moves, capped)
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
            findings.append(_endless(definition, lap, moves))
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


def _no_end(definition: Definition, name: str, moves: Sequence[Move]) -> Finding:
    state = say_state(definition, name)
    way = shortest(definition.initial, moves, lambda move: move.target == name) or ()
    last = Label(
        id="Dari sana tidak ada jalan menuju akhir: yang ada sudah terpakai habis.",
        en="From there no way leads to an end: what led there is used up.",
    )
    return Finding(
        code="cannot_finish",
        question="sound",
        severity="error",
        path=state_path(definition, name),
        message=Label(
            id=f"kasus di '{name}' (“{state.id}”) bisa tidak dapat selesai lagi",
            en=f"a case in '{name}' (“{state.en}”) may be unable to finish",
        ),
        story=(*tell(definition, way), last),
        suggestion=Label(
            id="beri jalan ke luar tanpa `at_most`, atau sebutkan `then`",
            en="add a way out without `at_most`, or say where it leads `then`",
        ),
        facts={"state": name},
    )


def _too_many(definition: Definition) -> Finding:
    return Finding(
        code="too_many_counts",
        question="sound",
        severity="unproven",
        path=state_path(definition, definition.initial),
        message=Label(
            id=f"lebih dari {MOST_COUNTS} gabungan keadaan dan hitungan; tidak semuanya diperiksa",
            en=f"more than {MOST_COUNTS} states with counts; not all of them were looked at",
        ),
        suggestion=Label(
            id="kurangi `at_most`, atau beri setiap putaran jalan ke luar yang tidak dihitung",
            en="lower `at_most`, or give each loop a way out that is not counted",
        ),
    )


def _never_worn(definition: Definition, way: Transition) -> Finding:
    return Finding(
        code="then_never",
        question="sound",
        severity="warning",
        path=way_path(definition, way),
        message=Label(
            id=f"'{way.name}' tidak pernah dipakai lebih dari {way.at_most} kali, jadi `then` tidak pernah berlaku",
            en=f"'{way.name}' is never used more than {way.at_most} times, so `then` never counts",
        ),
        suggestion=Label(id="hapus `at_most` dan `then`", en="remove `at_most` and `then`"),
    )


def _endless(definition: Definition, lap: Sequence[Move], moves: Sequence[Move]) -> Finding:
    start = lap[0].source
    first = shortest(definition.initial, moves, lambda move: move.target == start) or ()
    round_trip = " -> ".join([start, *(move.target for move in lap)])
    again = Label(id="Lalu semuanya berulang, tanpa batas.", en="Then it all begins again, without limit.")
    return Finding(
        code="loop_without_cap",
        question="sound",
        severity="warning",
        path=way_path(definition, lap[-1].way),
        message=Label(
            id=f"orang dapat berputar tanpa batas: {round_trip}",
            en=f"people can go round for ever: {round_trip}",
        ),
        story=(*tell(definition, (*first, *lap)), again),
        suggestion=Label(
            id="beri salah satunya `at_most: 2` dan `then`, atau tanggal yang mengakhirinya",
            en="give one of them `at_most: 2` and `then`, or a date that ends it",
        ),
        facts={"states": [start, *(move.target for move in lap)]},
    )
