"""A way through a cycle told as a short story, about somebody invented."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from engine.core.definition import At, By, Definition, Label, Transition
from engine.core.labels import transition_label, value_label
from engine.core.proof.moves import Move

#: whom stories are about; no person of any agency
SOMEBODY = "Sari"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated(Label):
    """A line that tells its day."""

    day: date = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told(Label):
    """A line that knows what it tells, so that it can be dated: how a case of a definition opens, or its moves.

    A line that stands `alone` is about another case than the line before: it goes all its way by itself.
    """

    definition: Definition = field(repr=False, compare=False)
    moves: tuple[Move, ...] = field(default=(), repr=False, compare=False)
    alone: bool = field(default=False, repr=False, compare=False)


def begins(definition: Definition) -> Told:
    """The first line of every story."""
    state = say_state(definition, definition.initial)
    return Told(
        id=f"Kasus {SOMEBODY} dibuka pada “{state.id}”.",
        en=f"{SOMEBODY}'s case opens at “{state.en}”.",
        definition=definition,
    )


def tell(definition: Definition, way: Iterable[Move]) -> tuple[Label, ...]:
    """The opening and one line for each move."""
    return (begins(definition), *(say_move(definition, move) for move in way))


def say_move(definition: Definition, move: Move) -> Told:
    """One move: who or what sets it off, and where the case then stands."""
    how, to = say_trigger(definition, move.way), say_state(definition, move.target)
    again = Label(id="", en="")
    if move.worn:
        times = move.way.at_most
        again = Label(id=f", sesudah {times} kali", en=f", after {times} times")
    if move.stays:
        onward = Label(id="kasus tetap di sana.", en="the case stays.")
    else:
        onward = Label(id=f"kasus pindah ke “{to.id}”.", en=f"the case moves to “{to.en}”.")
    return Told(
        id=f"{how.id}{again.id}; {onward.id}",
        en=f"{how.en}{again.en}; {onward.en}",
        definition=definition,
        moves=(move,),
    )


def say_trigger(definition: Definition, way: Transition) -> Label:
    """What sets a transition off: whose act, which moment, which fact."""
    name = transition_label(definition, way)
    match way.trigger:
        case By(roles=roles):
            who = [say_role(definition, role) for role in roles or _holder(definition, way)]
            return Label(
                id=f"{' atau '.join(one.id for one in who) or 'Pemegang tugas'} memilih “{name.id}”",
                en=f"{' or '.join(one.en for one in who) or 'The holder'} chooses “{name.en}”",
            )
        case At():
            return Label(id=f"Waktunya tiba: “{name.id}”", en=f"The time comes: “{name.en}”")
        case _:
            texts = ", ".join(way.trigger.texts)
            return Label(id=f"Terjadi {texts}: “{name.id}”", en=f"It happens ({texts}): “{name.en}”")


def _holder(definition: Definition, way: Transition) -> tuple[str, ...]:
    state = definition.states.get(way.source)
    return () if state is None or state.task is None else (state.task.who,)


def say_state(definition: Definition, name: str) -> Label:
    """What a state is called."""
    return _label(definition, "states", name)


def say_role(definition: Definition, name: str) -> Label:
    """What a role is called."""
    return _label(definition, "roles", name)


def say_named(definition: Definition, name: str) -> Label:
    """What a form, field or figure is called."""
    for section in ("figures", "forms", "fields", "journals"):
        found = definition.texts.labels.get(section, {}).get(name)
        if found is not None:
            return found
    return Label(id=name, en=name)


def say_value(definition: Definition, owner: str, value: object) -> Label:
    """A value as people read it; a number as it is."""
    try:
        return value_label(definition, owner, str(value))
    except KeyError:
        return Label(id=str(value), en=str(value))


def _label(definition: Definition, section: str, name: str) -> Label:
    return definition.texts.labels.get(section, {}).get(name) or Label(id=name, en=name)
