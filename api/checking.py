"""Everything that can be said of a definition file before it is used: what is wrong with it, and what is proven.

The files a check needs are found by themselves: texts beside the rules, calendars among those that come with the
program, and the definitions that this one opens or reads beside it, or among those that come with the program.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from api.calendar_texts import calendar_values
from api.cli_options import read_bytes, read_text
from api.limits import Limits, try_limits
from api.shipped import Source, shipped_calendar, shipped_definition, texts_beside
from engine.core.calendar import Calendar
from engine.core.calendar_files import with_base
from engine.core.calendars import Calendars
from engine.core.chart import Chart
from engine.core.complaints import say
from engine.core.definition import Definition
from engine.core.parse import Examined, examine
from engine.core.parse.overriding import examine_overridden
from engine.core.places import Mark, Problem
from engine.core.proof.finding import Finding, Ground, Proof
from engine.core.proof.proving import prove
from engine.core.roster import read_roster
from engine.errors import NotFound
from engine.runtime import Rules

__all__ = ["Checked", "calendar_for", "check_file", "place_of"]

#: stands in for texts that are missing, so that the rules are read all the same
_NO_TEXTS = "title: {id: '-', en: '-'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What came of a check. Without a definition, or without its calendar, nothing was proven."""

    texts: Path
    examined: Examined
    problems: tuple[Problem, ...]
    year: int
    proofs: tuple[Proof, ...] = ()
    #: what agencies could make of it, if that was asked for
    limits: Limits | None = None

    @property
    def refuted(self) -> int:
        """How many findings of the proofs are errors, those of what agencies could make of it included."""
        found = [one for proof in self.proofs for one in proof.findings]
        found += self.limits.findings if self.limits is not None else ()
        return sum(one.severity == "error" for one in found)

    @property
    def errors(self) -> int:
        """How many problems are errors."""
        return sum(one.severity == "error" for one in self.problems)


def check_file(
    file: Path,
    *,
    texts: Path | None = None,
    override: Path | None = None,
    others: Sequence[Path] = (),
    people: Path | None = None,
    year: int,
    allowed: bool = False,
) -> Checked:
    """The whole check of one file, with an agency's own numbers, or what it allows agencies (`allowed`).

    Raises: FileUnreadable, PeopleInvalid, CalendarInvalid.
    """
    beside = texts or texts_beside(file)
    chart = _chart(people) if people is not None else None
    if override is None:
        examined, problems = _examine(file, beside, given=texts is not None)
    else:
        examined = examine_overridden(
            read_text(file), read_text(beside), read_text(override),
            name=str(file), texts_name=str(beside), override_name=str(override),
        )  # fmt: skip
        problems = examined.problems
    definition = examined.definition
    if definition is None or any(one.severity == "error" for one in problems):
        return Checked(texts=beside, examined=examined, problems=problems, year=year)
    calendar, missing = _calendar(definition, file, examined)
    if calendar is None:
        return Checked(texts=beside, examined=examined, problems=(*problems, *missing), year=year)
    known, wrong = _others(definition, file.parent, others)
    units = _unit_calendars(definition, file, chart, year) if chart is not None else ()
    ground = Ground(
        definition=definition, calendar=calendar, units=units, year=year, chart=chart, others=known
    )
    proofs = prove(ground)
    limits = try_limits(_source(file, beside), ground, proofs) if allowed else None
    return Checked(
        texts=beside, examined=examined, problems=(*problems, *wrong), year=year, proofs=proofs, limits=limits
    )


def place_of(examined: Examined, finding: Finding) -> Mark:
    """Where the rules say what a finding is about."""
    return examined.rules.key_mark(finding.path)


def _examine(file: Path, beside: Path, *, given: bool) -> tuple[Examined, tuple[Problem, ...]]:
    """Everything to say about a definition. Texts that were not named and are not there are one problem."""
    rules = read_text(file)
    if given or beside.is_file():
        examined = examine(rules, read_text(beside), name=str(file), texts_name=str(beside))
        return examined, examined.problems
    missing = Problem(
        mark=Mark(str(file), 1, 1),
        severity="error",
        code="texts_missing",
        path="",
        message=say("texts_are_missing", beside=repr(str(beside))),
        suggestion=say("write_texts"),
    )
    # Without texts every label is missing; one line says so, the rules' own problems follow.
    examined = examine(rules, _NO_TEXTS, name=str(file), texts_name=str(beside))
    return examined, (missing, *(one for one in examined.problems if one.mark.file == str(file)))


def calendar_for(definition: Definition, file: Path) -> Calendar:
    """The calendar a definition names: beside it in `calendars`, or one that comes with the program.

    Raises: NotFound, CalendarInvalid.
    """
    name = definition.calendar.use
    if not _own_calendar(name, file).is_file():
        return _shipped(name)
    return Calendar.from_values(with_base(_calendar_values(name, file), lambda base: _base(base, file)))


def _base(name: str, file: Path) -> Mapping[str, object] | None:
    """What a calendar beside a definition is based on: another one beside it, or one that comes with the program."""
    try:
        return _calendar_values(name, file) if _own_calendar(name, file).is_file() else shipped_calendar(name)
    except NotFound:
        return None


def _calendar_values(name: str, file: Path) -> Mapping[str, object]:
    own = _own_calendar(name, file)
    return calendar_values(read_text(own), str(own))


def _unit_calendars(definition: Definition, file: Path, chart: Chart, year: int) -> tuple[Calendar, ...]:
    """The calendars beside a definition by which units of the chart are counted. Raises: CalendarInvalid."""
    use = definition.calendar.use
    beside = sorted((file.parent / "calendars").glob("*.yaml"))
    own = {one.stem: _calendar_values(one.stem, file) for one in beside}
    whole = {name: with_base(values, lambda base: _base(base, file)) for name, values in own.items()}
    known = {name: Calendar.from_values(values) for name, values in whole.items()}
    first, last = date(year, 1, 1), date(year + 1, 12, 31)
    return Calendars(known=known).of_units(use, chart.units(date(year, 1, 1)), first, last)


def _own_calendar(name: str, file: Path) -> Path:
    return file.parent / "calendars" / f"{name}.yaml"


def _calendar(
    definition: Definition, file: Path, examined: Examined
) -> tuple[Calendar | None, tuple[Problem, ...]]:
    """The calendar a definition names, or the problem that it is not here."""
    name = definition.calendar.use
    own = _own_calendar(name, file)
    try:
        return calendar_for(definition, file), ()
    except NotFound as unknown:
        problem = Problem(
            mark=examined.rules.value_mark(("calendar", "use")),
            severity="warning",
            code="calendar_missing",
            path="calendar.use",
            message=say("calendar_not_here", name=name),
            suggestion=say("put_calendar", own=repr(str(own)), name=name, names=", ".join(unknown.known)),
        )
        return None, (problem,)


@cache
def _shipped(name: str) -> Calendar:
    return Calendar.from_values(shipped_calendar(name))


def _chart(people: Path) -> Chart:
    """The chart of a people file. Raises: FileUnreadable, PeopleInvalid."""
    numbers = iter(range(1, 10_000_000))
    roster = read_roster(
        read_bytes(people), people.name, keys={}, new_key=lambda: f"p-{next(numbers):07d}", existing=()
    )
    return Chart(segments=roster.people, version=str(people))


def _others(
    definition: Definition, folder: Path | None, given: Sequence[Path]
) -> tuple[Mapping[str, Definition], tuple[Problem, ...]]:
    """The definitions that this one opens or reads, those that they do, and those that were named.

    What is wrong with one of them is told by its first error; who wants them all checks that file.
    """
    known = {definition.workflow: definition}
    wrong: list[Problem] = []
    waiting = list(_named(definition))
    for path in given:
        source = _source(path)
        other = _read(source, wrong)
        if other is not None:
            known.setdefault(other.workflow, other)
            waiting.extend(_named(other))
    for name in waiting:
        if name not in known and (found := _find(name, folder)) is not None:
            other = _read(found, wrong)
            if other is not None:
                known[name] = other
                waiting.extend(_named(other))
    return known, tuple(wrong)


def neighbours(given: Rules, folder: Path | None) -> tuple[Definition, ...]:
    """The definitions that these rules name, and those that they do, from a folder or of those that are shipped."""
    definition = examine(given.rules, given.texts, name=given.name, texts_name=given.texts_name).definition
    if definition is None:
        return ()
    known, _ = _others(definition, folder, ())
    return tuple(one for one in known.values() if one is not definition)


def _named(definition: Definition) -> Iterator[str]:
    """The workflows a definition names."""
    yield from (link.workflow for link in definition.linked.values() if link.workflow)
    yield from (read.workflow for read in definition.reads.values() if read.workflow)


def _find(workflow: str, folder: Path | None) -> Source | None:
    if folder is not None and (own := folder / f"{workflow}.yaml").is_file() and texts_beside(own).is_file():
        return _source(own)
    try:
        return shipped_definition(workflow)
    except NotFound:
        return None


def _source(file: Path, texts: Path | None = None) -> Source:
    texts = texts or texts_beside(file)
    return Source(rules=read_text(file), texts=read_text(texts), name=str(file), texts_name=str(texts))


def _read(source: Source, wrong: list[Problem]) -> Definition | None:
    """The other definition; the first thing that is wrong with it is noted."""
    examined = examine(source.rules, source.texts, name=source.name, texts_name=source.texts_name)
    first = next((one for one in examined.problems if one.severity == "error"), None)
    if first is not None:
        wrong.append(first)
    return examined.definition
