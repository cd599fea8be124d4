"""The bar on every page of a demo: its time, and everybody one may act as. A real database has none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from api.pages.words import WORDS, Words
from api.visiting import DEMO_AUDITOR, Visitor
from engine.core.chart import Person
from engine.core.telling_days import say_moment
from engine.core.zones import local_date
from engine.runtime import Engine


@dataclass(frozen=True, slots=True, kw_only=True)
class Persona:
    """Somebody to act as, with a hint at what they are."""

    person_id: str
    name: str
    hint: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoBar:
    """What the bar shows: the demo's time, and everybody to act as, by unit."""

    now: str
    units: Mapping[str, tuple[Persona, ...]]
    #: whether there is a clock to move
    travels: bool


def demo_bar(engine: Engine, visitor: Visitor | None, word: Words, *, travels: bool) -> DemoBar | None:
    """The bar of this page; None outside a demo."""
    if engine.database.kind != "demo":
        return None
    now, chart = engine.now(), engine.chart
    # Before anybody is chosen, the agency's own time: that of whoever comes first on its chart.
    zone = visitor.person.zone if visitor else next((one.zone for one in chart.segments), "UTC")
    today = local_date(now, zone)
    units: dict[str, list[Persona]] = {}
    for person in chart.people(today):
        units.setdefault(person.unit, []).append(
            Persona(
                person_id=person.person_id,
                name=person.name,
                hint=hint(person, today, word),
                chosen=visitor is not None and visitor.key == person.key,
            )
        )
    by_unit = {unit: tuple(units[unit]) for unit in sorted(units)}
    if by_unit:
        by_unit[word("demo.outside_chart")] = (
            Persona(
                person_id=DEMO_AUDITOR.login,
                name=DEMO_AUDITOR.name,
                hint=word("demo.auditor"),
                chosen=visitor is not None and visitor.account == DEMO_AUDITOR,
            ),
        )
    return DemoBar(now=say_moment(now, zone, word.language), units=by_unit, travels=travels)


def hint(person: Person, today: date, word: Words) -> str:
    """What somebody is in few words: position, duties, acting head, away."""
    parts = [person.position]
    names = [*person.duties, *(["external"] if person.external and "external" not in person.duties else [])]
    parts += [word(f"duty.{name}") for name in names if f"duty.{name}" in WORDS]
    if person.acts_on(today):
        parts.append(word("duty.acting"))
    if person.away_on(today):
        parts.append(word("duty.away"))
    return ", ".join(part for part in parts if part)
