"""Where a silent case would stay for ever: nothing moves it, or moments turn it in a circle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from engine.core.definition import STAY, At, Definition, EmployeeFact, Label, State, Transition, Upon
from engine.core.parse.dues import reaches_somebody
from engine.core.places import Path
from engine.core.proof.dated import both
from engine.core.proof.finding import Finding
from engine.core.proof.moves import Move, closure, moves_of, shortest
from engine.core.proof.placing import state_path, way_path
from engine.core.proof.stories import say_state, tell

__all__ = ["check_rests", "check_turns"]


def check_rests(definition: Definition) -> Iterator[Finding]:
    """States that a silent case can come to and that nothing, and nobody who hears of it, ever ends."""
    for state in definition.states.values():
        if state.final is None and not any(_ends_it(one) for one in state.transitions):
            yield from _rest(definition, state)


def _ends_it(transition: Transition) -> bool:
    """Whether a moment surely leads out: one that may be used up does so only with a `then`."""
    if not isinstance(transition.trigger, At) or transition.to == STAY:
        return False
    return transition.at_most is None or transition.then is not None


def _rest(definition: Definition, state: State) -> Iterator[Finding]:
    awaited = [
        one for one in state.transitions if isinstance(one.trigger, Upon) and not _of_employee(one.trigger)
    ]
    worn = [one for one in state.transitions if isinstance(one.trigger, At) and one.at_most is not None]
    dues = [one.due for one in (state.task, state.gather) if one is not None and one.due is not None]
    if worn:
        yield finding("timer_worn_out", definition, state, way_path(definition, worn[0]))
    elif awaited:
        yield finding("upon_without_at", definition, state, way_path(definition, awaited[0]))
    elif state.task is None and state.gather is None:
        yield finding("waits_for_ever", definition, state, state_path(definition, state.name))
    elif not dues:
        yield finding("no_deadline", definition, state, state_path(definition, state.name))
    elif not any(reaches_somebody(definition.ladders[due.ladder]) for due in dues):
        yield finding("silent_ladder", definition, state, state_path(definition, state.name))


def _of_employee(trigger: Upon) -> bool:
    """Leaving and moving happen to a case from outside; nobody waits for them."""
    return all(isinstance(fact, EmployeeFact) for fact in trigger.facts)


_SAID: Mapping[str, tuple[Label, Label]] = {
    "timer_worn_out": (
        Label(
            id="saat yang mengakhiri “{state}” dapat terpakai habis, lalu tidak ada yang memindahkan kasus",
            en="the moment that ends “{state}” may be used up, and then nothing moves the case",
        ),
        Label(
            id="hapus `at_most`, atau sebutkan `then`", en="remove `at_most`, or say where it leads `then`"
        ),
    ),
    "upon_without_at": (
        Label(
            id="“{state}” menunggu fakta yang mungkin tidak pernah terjadi, tanpa `at` di sampingnya",
            en="“{state}” waits for a fact that may never come, and no `at` stands beside it",
        ),
        Label(
            id="tambahkan `at` dengan tanggal atau jangka waktu di samping `upon`",
            en="add an `at` with a date or a time beside the `upon`",
        ),
    ),
    "waits_for_ever": (
        Label(
            id="“{state}” menunggu tanpa tugas, tanpa tanggal, dan tanpa siapa pun yang diingatkan",
            en="“{state}” waits without a task, without a date, and without anybody who is reminded",
        ),
        Label(id="tambahkan `at`, atau `task` dengan `due`", en="add an `at`, or a `task` with a `due`"),
    ),
    "no_deadline": (
        Label(
            id="tugas pada “{state}” tidak bertenggat: bila pemegangnya diam, tidak ada yang tahu",
            en="the task of “{state}” has no due time: if its holder is silent, nobody hears of it",
        ),
        Label(id="tambahkan `due`, atau `at`", en="add a `due`, or an `at`"),
    ),
    "silent_ladder": (
        Label(
            id="anak tangga terakhir pada “{state}” hanya mengingatkan orang yang diam itu sendiri",
            en="the last rung of “{state}” only reminds the one who is silent",
        ),
        Label(
            id="beri anak tangga terakhir `notify`, `task` atau `reassign`, atau tambahkan `at`",
            en="give the last rung `notify`, `task` or `reassign`, or add an `at`",
        ),
    ),
}


def finding(code: str, definition: Definition, state: State, path: Path) -> Finding:
    """What was found about a state, told from the opening of a case."""
    message, suggestion = _SAID[code]
    way = shortest(definition.initial, moves_of(definition), partial(_leads_to, state.name)) or ()
    still = both(
        "Tidak ada yang bertindak; kasus tetap di “{state}” untuk selamanya.",
        "Nobody acts; the case stays in “{state}” for ever.",
        state=say_state(definition, state.name),
    )
    return Finding(
        code=code,
        question="never_stuck",
        severity="error",
        path=path,
        message=both(message.id, message.en, state=say_state(definition, state.name)),
        story=(*tell(definition, way), still),
        suggestion=suggestion,
        facts={"state": state.name},
    )


def _leads_to(name: str, move: Move) -> bool:
    return move.target == name


def check_turns(definition: Definition) -> Iterator[Finding]:
    """Circles of moments: a silent case would turn in them for ever."""
    alone = [
        move
        for move in moves_of(definition)
        if isinstance(move.way.trigger, At) and not move.counted and not move.stays
    ]
    edges: dict[str, set[str]] = {}
    for move in alone:
        edges.setdefault(move.source, set()).add(move.target)
    told: set[str] = set()
    for name in definition.states:
        if name in told or name not in closure(edges.get(name, ()), edges):
            continue
        lap = shortest(name, alone, partial(_leads_to, name)) or ()
        told |= {name, *(move.target for move in lap)}
        first = shortest(definition.initial, moves_of(definition), partial(_leads_to, name))
        yield Finding(
            code="never_ends",
            question="never_stuck",
            severity="error",
            path=way_path(definition, lap[-1].way),
            message=both(
                "bila tidak ada yang bertindak, kasus berputar selamanya melalui “{state}”",
                "if nobody acts, a case turns for ever through “{state}”",
                state=say_state(definition, name),
            ),
            story=tell(definition, (*(first or ()), *lap)),
            suggestion=Label(
                id="beri salah satu `at` itu `at_most` dan `then`, atau biarkan menuju akhir",
                en="give one of these `at` an `at_most` and `then`, or let it lead to an end",
            ),
            facts={"states": [name, *(move.target for move in lap)]},
        )
