"""Named: wherever a role is filled by those whom a form names, that form was surely filled before.

Nobody stands in for them: what a colleague would have said is asked of nobody else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.core.definition import By, Definition, Label
from engine.core.parse.graph import leads_on
from engine.core.places import Path
from engine.core.proof.finding import Finding
from engine.core.proof.moves import Move, closure, edges_of, moves_of, shortest
from engine.core.proof.placing import state_path, way_path
from engine.core.proof.stories import say_named, say_role, say_state, tell
from engine.core.proof.writing import names_somebody, surely_named
from engine.core.roles import NamedIn, Role

__all__ = ["check_named"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Use:
    """A place where only people who were named can do something; `stops` if the case needs them."""

    path: Path
    state: str
    roles: tuple[str, ...]
    stops: bool


def check_named(whole: Definition) -> Iterator[Finding]:
    """A finding for each task, gathering and act of people whom perhaps nobody has named by then."""
    for definition in (whole, *whole.tracks.values()):
        moves = moves_of(definition)
        reached = closure({definition.initial}, edges_of(moves))
        for use in _uses(definition):
            lost = [definition.roles[name] for name in use.roles if use.state in reached]
            # One role of several that is surely filled is enough: somebody is asked.
            if lost and not any(_filled(definition, moves, role, use.state) for role in lost):
                yield _unnamed(definition, moves, use, lost[0])


def _filled(definition: Definition, moves: Sequence[Move], role: Role, state: str) -> bool:
    return not isinstance(role.query, NamedIn) or surely_named(definition, moves, role, state)


def _uses(definition: Definition) -> Iterator[_Use]:
    told: set[Path] = set()
    for state in definition.states.values():
        path = state_path(definition, state.name)
        if state.task is not None:
            yield _Use(path=path, state=state.name, roles=(state.task.who,), stops=True)
        if state.gather is not None:
            yield _Use(path=path, state=state.name, roles=state.gather.who, stops=False)
        for way in state.transitions:
            if isinstance(way.trigger, By) and way.trigger.roles and way_path(definition, way) not in told:
                told.add(way_path(definition, way))
                alone = not any(one is not way and leads_on(one) for one in state.transitions)
                yield _Use(
                    path=way_path(definition, way), state=state.name, roles=way.trigger.roles, stops=alone
                )


def _unnamed(definition: Definition, moves: Sequence[Move], use: _Use, role: Role) -> Finding:
    assert isinstance(role.query, NamedIn)
    who, state = say_role(definition, role.name), say_state(definition, use.state)
    form = say_named(definition, role.query.form)
    without = [one for one in moves if not names_somebody(definition, one, role)]
    opened = use.state == definition.initial
    way = () if opened else shortest(definition.initial, without, lambda one: one.target == use.state)
    return Finding(
        code="nobody_named",
        question="decided",
        severity="error" if use.stops else "warning",
        path=use.path,
        message=Label(
            id=f"“{who.id}” diperlukan pada “{state.id}”, dan '{role.query.path}' mungkin belum menyebut siapa pun",
            en=f"“{who.en}” is needed in “{state.en}”, and '{role.query.path}' may not have named anybody",
        ),
        story=(
            *tell(definition, way or ()),
            Label(
                id=f"Di sini “{who.id}” diminta, padahal “{form.id}” belum menyebut siapa pun.",
                en=f"Here “{who.en}” is asked, but “{form.en}” has named nobody.",
            ),
        ),
        suggestion=Label(
            id="lewatkan semua jalan melalui pengisian yang menyebut mereka, atau lewati bagian ini bila tidak ada",
            en="let every way lead through an act that names them, or lead round this place where none does",
        ),
        facts={"role": role.name, "state": use.state, "ways": [one.way.rule for one in way or ()]},
    )
