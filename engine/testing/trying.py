"""A whole file of examples tried: what fails, what no example touches, and which mutations nobody would notice."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from engine.core.calendar import Calendar
from engine.core.correction_acts import corrections_of
from engine.core.definition import Definition
from engine.core.machine import Machine, compile_machine
from engine.core.places import Path
from engine.errors import SiklusError
from engine.testing.examples import Example, Examples
from engine.testing.mutants import Mutant, in_track, mutants, rule_path
from engine.testing.running import Outcome, run

#: more mutants than this are not tried, and the report says so
MOST_MUTANTS = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Untouched:
    """A transition, or a rung of a ladder, that no example has seen happen."""

    told: str
    path: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What came of a file of examples. Mutants are counted; those that no example notices are listed."""

    outcomes: tuple[Outcome, ...]
    untouched: tuple[Untouched, ...]
    mutants: int
    unnoticed: tuple[Mutant, ...]
    #: whether there were more mutants than were tried
    capped: bool = False

    @property
    def failed(self) -> tuple[Outcome, ...]:
        """The examples that came out otherwise than expected."""
        return tuple(one for one in self.outcomes if one.failure is not None)


def try_definition(
    definition: Definition, examples: Examples, calendar: Calendar, *, mutate: bool = True
) -> Report:
    """The report on a definition's examples.

    Only when all of them pass is it told what they do not touch, and are mutations tried: an example that comes out
    otherwise is not played to its end.
    """
    parts = {"": definition, **definition.tracks}
    machines = {track: compile_machine(one) for track, one in parts.items()}
    outcomes = tuple(
        run(one, machines[one.track], calendar=calendar, examples=examples) for one in examples.examples
    )
    if any(one.failure is not None for one in outcomes):
        return Report(outcomes=outcomes, untouched=(), mutants=0, unnoticed=())
    untouched = tuple(_untouched(definition, outcomes))
    if not mutate:
        return Report(outcomes=outcomes, untouched=untouched, mutants=0, unnoticed=())
    tried, unnoticed = 0, []
    made = mutants(definition)
    for mutant in islice(made, MOST_MUTANTS):
        changed = _compiled(mutant)
        if changed is None:
            continue
        tried += 1
        concerned = [
            example
            for example, outcome in zip(examples.examples, outcomes, strict=True)
            if outcome.track == mutant.track and outcome.states & mutant.states
        ]
        if not _noticed(concerned, changed, calendar, examples):
            unnoticed.append(mutant)
    return Report(
        outcomes=outcomes,
        untouched=untouched,
        mutants=tried,
        unnoticed=tuple(unnoticed),
        capped=next(made, None) is not None,
    )


def _noticed(concerned: Sequence[Example], machine: Machine, calendar: Calendar, examples: Examples) -> bool:
    return any(
        run(one, machine, calendar=calendar, examples=examples).failure is not None for one in concerned
    )


def _compiled(mutant: Mutant) -> Machine | None:
    try:
        return compile_machine(mutant.definition)
    except SiklusError:
        return None


def _untouched(definition: Definition, outcomes: Sequence[Outcome]) -> Iterator[Untouched]:
    rungs = {rung for one in outcomes for rung in one.rungs}
    yield from _untaken(definition, {rule for one in outcomes if not one.track for rule in one.rules})
    for name, part in definition.tracks.items():
        taken = {rule for one in outcomes if one.track == name for rule in one.rules}
        for untaken in _untaken(part, taken):
            yield replace(untaken, path=in_track(name, untaken.path))
    for ladder in definition.ladders.values():
        for number in range(len(ladder.rungs)):
            if (ladder.name, number) not in rungs:
                yield Untouched(
                    told=f"no example hears rung {number + 1} of the ladder '{ladder.name}'",
                    path=("ladders", ladder.name, number),
                )


def _untaken(definition: Definition, taken: Collection[str]) -> Iterator[Untouched]:
    states = definition.states.values()
    known = dict.fromkeys(way.rule for state in states for way in state.transitions)
    known |= dict.fromkeys(way.rule for state in states for way in corrections_of(definition, state))
    for rule in known:
        if rule not in taken:
            yield Untouched(told=f"no example takes '{rule}'", path=rule_path(definition, rule))
