"""The checks before rules are proposed: what refuses them, and what is only remarked and stands in the log."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import chain

from engine.core.calendar import Calendar
from engine.core.chart import Chart
from engine.core.definition import Definition
from engine.core.parse import Examined, examine
from engine.core.parse.overriding import problems_overridden, read_overridden
from engine.core.places import Problem, dotted
from engine.core.proof.finding import Finding, Ground
from engine.core.proof.proving import prove
from engine.core.zones import local_date
from engine.errors import DefinitionInvalid, NotFound
from engine.runtime.library import Library
from engine.store.view import View


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The texts a definition is read from, and how problems call their files.

    `override` is an agency's own numbers, or empty. `beside` are definitions it names that may not be in force yet:
    those that open, read or wait for each other can only be brought into force one by one.
    """

    rules: str
    texts: str
    name: str
    texts_name: str
    override: str = ""
    override_name: str = "override"
    beside: tuple[Definition, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Vetted:
    """A definition that nothing refuses, and what was remarked of it: severity, code, place."""

    definition: Definition
    remarks: tuple[str, ...]


def vet(given: Rules, view: View, library: Library) -> Vetted:
    """The definition, read and proven for this agency: its calendar, its people, the rules already in force.

    Raises: DefinitionInvalid, with every problem and every finding that is an error.
    """
    examined = examine(given.rules, given.texts, name=given.name, texts_name=given.texts_name)
    definition, problems = examined.definition, examined.problems
    if definition is not None and given.override:
        definition, problems = _overridden(given)
    if definition is None:
        raise DefinitionInvalid(given.name, problems)
    remarks = [_remark(one.severity, one.code, one.path) for one in problems]
    try:
        calendar = library.calendar(view, definition.calendar.use)
    except NotFound:
        return Vetted(definition=definition, remarks=(*remarks, "unproven calendar_missing calendar.use"))
    in_force = {one.workflow for one in view.definitions()}
    remarks += [
        _remark("unproven", "not_in_force", one.workflow)
        for one in given.beside
        if one.workflow not in {*in_force, definition.workflow}
    ]
    proofs = prove(_ground(definition, calendar, view, library, given.beside))
    findings = list(chain.from_iterable(one.findings for one in proofs))
    wrong = [one for one in findings if one.severity == "error"]
    if wrong:
        raise DefinitionInvalid(given.name, [_problem(examined, one) for one in wrong])
    remarks += [_remark(one.severity, one.code, dotted(one.path)) for one in findings]
    remarks += [_remark("unproven", one.question, "") for one in proofs if one.answer == "not_proven"]
    return Vetted(definition=definition, remarks=tuple(remarks))


def _overridden(given: Rules) -> tuple[Definition, tuple[Problem, ...]]:
    """The effective definition of an agency, and what is remarked of it. Raises: DefinitionInvalid."""
    texts = given.rules, given.texts, given.override
    names = {"name": given.name, "texts_name": given.texts_name, "override_name": given.override_name}
    return read_overridden(*texts, **names), problems_overridden(*texts, **names)


def _ground(
    definition: Definition, calendar: Calendar, view: View, library: Library, beside: Iterable[Definition]
) -> Ground:
    chart: Chart | None = library.chart(view)
    if chart is not None and not chart.segments:
        chart = None
    others = {one.workflow: one for one in beside}
    others |= {one.workflow: library.machine(view, one.digest).definition for one in view.definitions()}
    today = local_date(library.now(), "UTC")
    units = () if chart is None else chart.units(today)
    return Ground(
        definition=definition,
        calendar=calendar,
        units=library.calendars(view).of_units(calendar.name, units, *_years(today)),
        year=today.year,
        chart=chart,
        others=others | {definition.workflow: definition},
    )


def _years(today: date) -> tuple[date, date]:
    """This year and the next: a case that begins now is most often over by then."""
    return date(today.year, 1, 1), date(today.year + 1, 12, 31)


def _remark(severity: str, code: str, path: str) -> str:
    return f"{severity} {code} {path}".rstrip()


def _problem(examined: Examined, finding: Finding) -> Problem:
    return Problem(
        mark=examined.rules.key_mark(finding.path),
        severity="error",
        code=finding.code,
        path=dotted(finding.path),
        message=finding.message,
        suggestion=finding.suggestion,
    )
