"""Who gets a case: the people a definition covers, and the units it does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from engine.core.chart import Chart, Person
from engine.core.conditions import compile_condition, cover_names
from engine.core.definition import Definition

__all__ = ["not_covered", "unit_not_covered"]


def not_covered(definition: Definition) -> Callable[[Person], str]:
    """What says why a person gets no case of this definition; "" if they get one."""
    who = definition.covers.who
    guard = None if who is None else compile_condition(who.text, cover_names())

    def why(person: Person) -> str:
        if person.status in definition.covers.exempt:
            return f"exempt: {person.status}"
        if guard is None:
            return ""
        values = {
            "employee.kind": person.kind,
            "employee.unit": person.unit,
            "employee.status": person.status,
            "employee.position": person.position,
        }
        return "" if guard.verdict(values).passed else f"not covered: kind {person.kind}"

    return why


def unit_not_covered(definition: Definition, chart: Chart, day: date) -> Callable[[str], str]:
    """What says why a unit gets no case of this definition on that day; "" if it gets one.

    Its rated people are those of the agency who hold a post in it and have no status that exempts them.
    """
    counts: dict[str, int] = {}
    for one in chart.people(day):
        if not one.external and one.status not in definition.covers.exempt:
            counts[one.unit] = counts.get(one.unit, 0) + 1
    who = definition.covers.who
    guard = None if who is None else compile_condition(who.text, cover_names("unit"))

    def why(unit: str) -> str:
        count = counts.get(unit, 0)
        if guard is None or guard.verdict({"unit.rated_people": count}).passed:
            return "" if count else "nobody in it is appraised"
        return f"not covered: {count} people appraised"

    return why
