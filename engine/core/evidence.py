"""What of other cases bore on a step: committed to in its entry, so that it can be shown later which value decided.

What other cases say is somebody else's. It goes to an erasable row that no page shows, as all content does, with the
cases it was read of and how far each had come; the entry names one case that was read, and of a set only its size.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from engine.core.command import Contents
from engine.core.conditions import Verdict
from engine.core.definition import Definition, Field, Form
from engine.core.draft import Draft
from engine.core.kept import read_name
from engine.core.machine import Machine
from engine.core.paths import MISSING, Lost, find, reach, sources_of
from engine.core.visibility import inputs_of

__all__ = ["bear_out", "behind_form", "behind_verdicts"]


def bear_out(draft: Draft, paths: Iterable[str], contents: Contents | None = None) -> None:
    """Keep what these paths led to in other cases, each once in a step; that there was nothing is kept as well."""
    definition, known = draft.machine.definition, contents or draft.contents
    for path in dict.fromkeys(paths):
        way = find(sources_of(definition), path)
        if isinstance(way, Lost) or way.root != "read" or _is_kept(draft, path):
            continue
        found = reach(way, known)
        values = None if found is None else [None if one is MISSING else one for one in found]
        cases = [list(one) for one in known.read_of.get(way.name, ())]
        weights = {"days": list(known.days[way.name])} if way.name in known.days else {}
        draft.write(read_name(path), {"of": cases, "values": values, **weights})
        of = len(cases) if definition.reads[way.name].many else cases
        draft.facts.setdefault("read", []).append({"path": path, "of": of})


def behind_verdicts(definition: Definition, verdicts: Mapping[str, Verdict]) -> Iterator[str]:
    """The paths into other cases that conditions came from, those included that led nowhere."""
    for verdict in verdicts.values():
        yield from _behind(definition, (*verdict.reads, *verdict.missing))


def behind_form(machine: Machine, form: str) -> Iterator[str]:
    """The paths into other cases that a form is filled by: what is picked from, and what decides on what is needed."""
    definition = machine.definition
    for field in _fields(definition.forms, definition.forms[form].fields):
        if field.kind == "pick" and field.source.partition(".")[0] in definition.reads:
            yield field.source
        if field.needed is not None:
            yield from _behind(definition, machine.asks(field.needed))


def _behind(definition: Definition, names: Iterable[str]) -> Iterator[str]:
    for name in names:
        if name in definition.figures:
            inputs = sorted(inputs_of(definition, name))
            yield from (path for path in inputs if path.partition(".")[0] in definition.reads)


def _fields(forms: Mapping[str, Form], fields: tuple[Field, ...]) -> Iterator[Field]:
    for field in fields:
        yield field
        yield from _fields(forms, field.item or (forms[field.item_form].fields if field.item_form else ()))


def _is_kept(draft: Draft, path: str) -> bool:
    return read_name(path) in draft.facts.get("content", {})
