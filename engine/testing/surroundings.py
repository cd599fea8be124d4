"""What a step knows of other cases without opening them: what they publish, how many are open, what tracks wrote."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.core.complaints import say
from engine.core.definition import Definition, Gather
from engine.core.parse.nodes import Node
from engine.core.parse.words import WHOLE
from engine.core.places import Value, nearest
from engine.testing.naming import Names

SURROUNDING_KEYS = ("reads", "still_open", "written")
#: what is said where a read finds no case
_NONE = "none"
#: beside what a part of the period publishes: how many days it has
_DAYS = "days"

Published = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What holds from a step on, until another one says otherwise."""

    #: read to what its case publishes, to that of each case of a set, or to None where there is no case
    reads: Mapping[str, Published | Sequence[Published] | None] = field(default_factory=dict)
    #: link with a limit to how many of what it opens are open
    still_open: Mapping[str, int] = field(default_factory=dict)
    #: forms and results of gatherings that tracks of the case wrote, or that the case of this track wrote
    written: Mapping[str, Mapping[str, Any] | Sequence[Mapping[str, Any]]] = field(default_factory=dict)


def read_surroundings(fields: Mapping[str, Node], definition: Definition, names: Names) -> Surroundings:
    """What an example, or a step of it, says of other cases."""
    reads: dict[str, Published | Sequence[Published] | None] = {}
    for name, one in fields["reads"].entries("`reads`").items() if "reads" in fields else ():
        if names.known(one, say("read"), definition.reads):
            reads[name] = _published(one, names, many=definition.reads[name].many)
    limited = [name for name, link in definition.linked.items() if link.open_at_most]
    still_open = {
        name: one.whole(say("how_many_are_open"), 0, 1_000) or 0
        for name, one in (
            fields["still_open"].entries("`still_open`").items() if "still_open" in fields else ()
        )
        if names.known(one, say("link_with_a_limit"), limited)
    }
    written = _written(fields["written"], definition, names) if "written" in fields else {}
    return Surroundings(reads=reads, still_open=still_open, written=written)


def gatherings_around(definition: Definition) -> dict[str, Gather]:
    """Every gathering of a case and its tracks, by the name its answers have."""
    parts = (definition, *definition.tracks.values())
    found = (state.gather for part in parts for state in part.states.values())
    return {one.name: one for one in found if one is not None}


def each(told: Published | Sequence[Published] | None) -> Sequence[Published]:
    """What each case that is read publishes; none if there is no case."""
    if told is None:
        return ()
    return (told,) if isinstance(told, Mapping) else told


def of_a_set(published: Sequence[Published], *, parts: bool) -> dict[str, object]:
    """What cases of a set publish, as a list for each path; parts of a period have one place each, empty or not."""
    paths = dict.fromkeys(path for one in published for path in one)
    if parts:
        return {path: [one.get(path) for one in published] for path in paths if path != _DAYS}
    return {path: [one[path] for one in published if path in one] for path in paths}


def days_of_parts(published: Sequence[Published], whole: int) -> tuple[int, ...]:
    """The days of each part of a period of so many days, as the example tells them; the last has the rest."""
    told = [days if isinstance(days := one.get(_DAYS), int) else 0 for one in published]
    return (*told, whole - sum(told))


def _published(node: Node, names: Names, *, many: bool) -> Published | Sequence[Published] | None:
    if node.value == _NONE:
        return None
    if many:
        # A set may be empty, which is not the same as a read that has no case.
        return [_paths(one, names) for one in node.items(say("cases_of_a_set"))] if node.value else ()
    return _paths(node, names)


def _paths(node: Node, names: Names) -> Published:
    """What one case publishes: a value by path, or the name of what `given` holds."""
    value = names.taken(node)
    if isinstance(value, dict):
        return {path: _as_kept(_given(one, names)) for path, one in value.items()}
    if value is not None:
        node.error("wrong_shape", say("published_by_path"), say("write_published_paths"))
    return {}


def _given(value: Value, names: Names) -> Value:
    return names.given.get(value, value) if isinstance(value, str) else value


def _as_kept(value: object) -> object:
    """A value as a case keeps it: whole numbers as numbers, everything else as the text it is."""
    if isinstance(value, Mapping):
        return {key: _as_kept(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_as_kept(one) for one in value]
    return int(value) if isinstance(value, str) and WHOLE.fullmatch(value) else value


def _written(
    node: Node, definition: Definition, names: Names
) -> dict[str, Mapping[str, Any] | Sequence[Mapping[str, Any]]]:
    found: dict[str, Mapping[str, Any] | Sequence[Mapping[str, Any]]] = {}
    gatherings = gatherings_around(names.definition)
    for name, one in node.entries("`written`").items():
        if name in gatherings and isinstance(one.value, list):
            form = gatherings[name].form or ""
            answers = (names.values(item, form) for item in one.items(say("the_answers")))
            found[name] = [answer for answer in answers if answer is not None]
        elif name in definition.forms:
            values = names.values(one, name)
            if values is not None:
                found[name] = values
        else:
            known = (*definition.forms, *gatherings)
            one.error(
                "unknown_name", say("no_form_or_gathering", name=name), nearest(name, known), on_key=True
            )
    return found
