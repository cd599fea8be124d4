"""What surrounds the filling of a form in a case: who may be named, what may be picked, what is needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from engine.core.attachments import NO_FILES, files_in
from engine.core.case import Case
from engine.core.chain import UNIT_KEY, is_unit
from engine.core.chart import Chart, Person
from engine.core.command import Contents
from engine.core.condition_values import guard_values
from engine.core.content import Around
from engine.core.definition import Condition, Field
from engine.core.machine import Machine
from engine.core.paths import Lost, Sources, Way, find, reach, sources_of
from engine.core.scene import Scene

__all__ = ["around", "colleagues_of", "nameable", "pickable"]


def around(
    machine: Machine,
    case: Case,
    form: str,
    contents: Contents,
    scene: Scene,
    files: Mapping[str, bytes] = NO_FILES,
) -> Around:
    """What the values of this form are checked against; `files` come with the act."""
    sources = sources_of(machine.definition)
    forms = machine.definition.forms
    written = (contents.forms.get(form), contents.drafts.get(form) if form in case.drafts else None)
    attached = [one for values in written for one in files_in(forms[form].fields, forms, values)]

    def holds(condition: Condition, values: Mapping[str, object]) -> bool:
        now = replace(contents, forms={**contents.forms, form: values})
        return machine.holds(condition, guard_values(machine.definition, now))

    return Around(
        today=scene.today(case.zone),
        people=lambda source: frozenset(one.key for one in nameable(source, case, scene)),
        picks=lambda path: pickable(sources, path, contents),
        holds=holds,
        files=files,
        attached={str(one["sha256"]): one for one in attached},
    )


def nameable(source: str, case: Case, scene: Scene) -> tuple[Person, ...]:
    """The people a field may name: `colleagues` serve in the same unit, and are not the subject."""
    assert source == "colleagues"
    return colleagues_of(scene.chart, case.subject, scene.today(case.zone))


def colleagues_of(chart: Chart, subject: str, day: date) -> tuple[Person, ...]:
    """Who works with somebody on a day, whether they are there or away; of a unit, everybody in it."""
    own = chart.near(subject, day)
    unit = subject.removeprefix(UNIT_KEY) if is_unit(subject) else own.unit if own is not None else None
    if unit is None:
        return ()
    return tuple(
        one
        for one in chart.members(unit, day)
        if one.key != subject and one.status == "active" and not one.external
    )


def pickable(sources: Sources, path: str, contents: Contents) -> tuple[str, ...]:
    """What each item of a list is called, by its first text; () if the list is not there."""
    way = find(sources, path)
    found = None if isinstance(way, Lost) else reach(way, contents)
    if isinstance(way, Lost) or found is None:
        return ()
    items = [item for one in found if isinstance(one, list) for item in one]
    fields = _item_fields(sources, way)
    return tuple(_title(item, fields) for item in items)


def _item_fields(sources: Sources, way: Way) -> Sequence[Field]:
    """The fields of the items; those of another case are looked for among this definition's own forms."""
    known: Way | Lost = way if way.root != "read" else find(sources, ".".join(way.steps))
    return known.fields[0].item if isinstance(known, Way) and known.field is not None else ()


def _title(item: object, fields: Sequence[Field]) -> str:
    if not isinstance(item, Mapping):
        return str(item)
    named = [field.name for field in fields if field.kind == "text"]
    texts = [value for name in named if isinstance(value := item.get(name), str)]
    # Nothing is known of the forms of other definitions: what says most is its longest text.
    texts = texts or sorted(
        (value for value in item.values() if isinstance(value, str)), key=len, reverse=True
    )
    return texts[0] if texts else ""
