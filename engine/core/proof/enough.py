"""Enough people: as many to be asked as a gathering needs, and as many to be named as a form asks for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.core.definition import Definition, Field, State
from engine.core.proof.crew import Crew, Roster
from engine.core.proof.crew_words import case_of, names_of
from engine.core.proof.dated import both
from engine.core.proof.finding import Finding, Severity
from engine.core.proof.meeting import wanted_by
from engine.core.proof.placing import state_path
from engine.core.proof.stories import say_state

__all__ = ["check_enough"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Naming:
    """A field in which so many people are named, and how bad it is if there are fewer."""

    path: tuple[str, ...]
    least: int
    severity: Severity


def check_enough(roster: Roster, found: Sequence[Crew]) -> Iterator[Finding]:
    """A finding for each gathering and each form that asks for more people than there are for some case."""
    for machine in (roster.definition, *roster.definition.tracks.values()):
        for state in machine.states.values():
            lost = [crew for crew in found if _short(roster, machine, state, crew)]
            if lost:
                yield _too_few(roster, machine, state, lost)
    for naming in _namings(roster.definition):
        lost = [crew for crew in found if crew.colleagues < naming.least]
        if lost:
            yield _nobody_to_name(roster, naming, lost)


def _short(roster: Roster, machine: Definition, state: State, crew: Crew) -> bool:
    if state.gather is None or any(name in crew.missing for name in state.gather.who):
        return False
    return len(_asked(roster, machine, state, crew)) < wanted_by(state.gather)


def _asked(roster: Roster, machine: Definition, state: State, crew: Crew) -> set[str]:
    """Everybody a gathering asks, each once whatever roles they fill."""
    assert state.gather is not None
    alone = [name for name in state.gather.who if not roster.definition.roles[name].several]
    people = {crew.candidates[name][0] for name in alone}
    for name, one in roster.meeting.boards.items():
        if one.machine is machine and one.state == state.name:
            people.update(crew.members[name])
    return people


def _too_few(roster: Roster, machine: Definition, state: State, lost: Sequence[Crew]) -> Finding:
    assert state.gather is not None
    return Finding(
        code="too_few_people",
        question="staffed",
        severity="error",
        path=state_path(machine, state.name),
        message=both(
            "“{state}” memerlukan {wanted} jawaban, tetapi hanya ada {there} orang untuk {who}",
            "“{state}” needs {wanted} answers; people there are to give them: {there}, for {who}",
            state=say_state(machine, state.name),
            wanted=wanted_by(state.gather),
            there=len(_asked(roster, machine, state, lost[0])),
            who=names_of(roster, lost),
        ),
        story=(case_of(roster, lost[0].group),),
        suggestion=both(
            "turunkan `need` atau `least`, atau perluas peran yang ditanya",
            "lower `need` or `least`, or ask a wider role",
        ),
        facts={"state": state.name, "people": [key for crew in lost for key in crew.group.keys]},
    )


def _namings(definition: Definition) -> Iterator[_Naming]:
    """Every field in which people must be named, of the forms that somebody fills in."""
    acts, entries = _filled(definition)
    for name in dict.fromkeys((*acts, *entries)):
        severity: Severity = "error" if name in acts else "warning"
        for path, field in _named_in(definition.forms[name].fields, ("forms", name)):
            # Whether a condition that asks for them comes true for somebody is not known here.
            yield _Naming(
                path=path, least=max(field.least, 1), severity="unproven" if field.needed else severity
            )


def _filled(definition: Definition) -> tuple[list[str], list[str]]:
    """The forms that acts and answers fill in, and those of entries."""
    states = [state for one in (definition, *definition.tracks.values()) for state in one.states.values()]
    forms = [state.work.form for state in states if state.work is not None]
    forms += [way.form for state in states for way in state.transitions]
    entries = [one.form for one in definition.journals.values()]
    return [name for name in forms if name is not None], entries


def _named_in(fields: Sequence[Field], path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Field]]:
    """The fields, and those of items a form cannot do without, in which somebody must be named."""
    for field in fields:
        if field.optional:
            continue
        if field.kind == "person" and (field.least or not field.most):
            yield (*path, field.name), field
        elif field.kind == "list" and field.least and field.needed is None:
            inside = ("forms", field.item_form) if field.item_form else (*path, field.name, "list_of")
            yield from _named_in(field.item, inside)


def _nobody_to_name(roster: Roster, naming: _Naming, lost: Sequence[Crew]) -> Finding:
    field = ".".join(name for name in naming.path[1:] if name != "list_of")
    return Finding(
        code="too_few_to_name",
        question="staffed",
        severity=naming.severity,
        path=naming.path,
        message=both(
            "'{field}' meminta rekan: {least}; yang ada {there}, untuk {who}",
            "'{field}' asks for colleagues: {least}; there are {there}, for {who}",
            field=field,
            least=naming.least,
            there=lost[0].colleagues,
            who=names_of(roster, lost),
        ),
        story=(
            case_of(roster, lost[0].group),
            both(
                "Formulir itu tidak dapat dikirim: rekan di unitnya kurang.",
                "The form cannot be sent: there are not enough colleagues in the unit.",
            ),
        ),
        suggestion=both(
            "turunkan batas bawah `count`, atau jadikan isian itu `optional`",
            "lower the least of `count`, or make the field `optional`",
        ),
        facts={"field": field, "people": [key for crew in lost for key in crew.group.keys]},
    )
