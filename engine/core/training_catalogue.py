"""Which trainings there are: what gives each, what it lets its holder do, and who holds it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from engine.core.chart import Chart
from engine.core.definition import Definition, Gives, Journal, Label
from engine.core.labels import value_label
from engine.core.trainings import standing

__all__ = ["Held", "Offered", "Source", "Use", "held_trainings", "offered_trainings"]

#: how a duty of the people file begins that is a training
_BY_FILE = "trained:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A journal in which an entry gives the training."""

    definition: Definition
    journal: Journal
    gives: Gives


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """A role that only somebody with the training fills."""

    definition: Definition
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A training, by the name that rules and people files have for it."""

    name: str
    sources: tuple[Source, ...]
    uses: tuple[Use, ...]

    @property
    def title(self) -> Label:
        """What it is called: as the choice of that name in the journal that gives it, else by its name."""
        for one in self.sources:
            for field in one.definition.forms[one.journal.form].fields:
                if self.name in field.choices:
                    return value_label(one.definition, f"{one.journal.form}.{field.name}", self.name)
        return Label(id=self.name, en=self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Who has a training today: since when (None where the people file says so), and until when (None: for good)."""

    name: str
    person: str
    first: date | None
    last: date | None


def offered_trainings(definitions: Iterable[Definition]) -> tuple[Offered, ...]:
    """Every training that these definitions give or ask for, by name."""
    known = tuple(definitions)
    sources = [
        Source(definition=one, journal=journal, gives=gives)
        for one in known
        for journal in one.journals.values()
        for gives in journal.gives
    ]
    uses = [
        (role.trained, Use(definition=one, role=name))
        for one in known
        for name, role in one.roles.items()
        if role.trained
    ]
    names = {one.gives.training for one in sources} | {name for name, _ in uses}
    return tuple(
        Offered(
            name=name,
            sources=tuple(one for one in sources if one.gives.training == name),
            uses=tuple(use for asked, use in uses if asked == name),
        )
        for name in sorted(names)
    )


def held_trainings(chart: Chart, day: date) -> tuple[Held, ...]:
    """What everybody in post has on that day, by training, then by name; what counts longer tells until when."""
    people = [one for one in chart.people(day) if one.holds_on(day)]
    names = {one.key: one.name for one in people}
    found: dict[tuple[str, str], Held] = {}
    for person in people:
        for name, last in _by_file(person.duties, day):
            _keep(found, Held(name=name, person=person.key, first=None, last=last))
    recorded = {(one.person, one.name) for one in chart.trainings if one.person in names}
    for key, name in recorded:
        one = standing((record for record in chart.trainings if record.person == key), name, day)
        if one is not None:
            _keep(found, Held(name=name, person=key, first=one.first, last=one.last))
    return tuple(sorted(found.values(), key=lambda one: (one.name, names[one.person], one.person)))


def _by_file(duties: Iterable[str], day: date) -> Iterator[tuple[str, date | None]]:
    for duty in duties:
        if duty.startswith(_BY_FILE):
            name, _, last = duty.removeprefix(_BY_FILE).partition(":")
            if not last or day <= date.fromisoformat(last):
                yield name, date.fromisoformat(last) if last else None


def _keep(found: dict[tuple[str, str], Held], one: Held) -> None:
    """Of two by which somebody has a training, the one that counts longer."""
    known = found.get((one.name, one.person))
    if known is None or (known.last is not None and (one.last is None or one.last > known.last)):
        found[(one.name, one.person)] = one
