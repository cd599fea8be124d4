"""The order in which an author wrote names, where it means something or is shown to people.

Canonical JSON sorts keys, and the first state of the first phase is where a case begins. So the order of phases,
states, transitions, forms and fields, roles, figures, journals and settings is kept beside the values and is part of a
definition's identity; the order of all other keys is not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from engine.core.parse.words import PHASE_KEYS
from engine.core.places import Value, dotted

__all__ = ["order_of", "restored"]

_PLAIN = (
    "settings", "timetable", "pauses", "roles", "forms", "figures", "reads", "linked", "journals", "phases", "tracks",
    "anytime",
)  # fmt: skip


def order_of(rules: Mapping[str, Value]) -> dict[str, list[str]]:
    """The names of each ordered mapping, by its path."""
    return {path: list(names) for path, names, _ in _ordered(dict(rules), ())}


def restored(rules: dict[str, Value], order: Mapping[str, Sequence[str]]) -> dict[str, Value]:
    """The same values with their names in the order they were written."""
    for path, _, mapping in list(_ordered(rules, ())):
        names = [name for name in order.get(path, ()) if name in mapping]
        written = {name: mapping[name] for name in names}
        rest = {name: value for name, value in mapping.items() if name not in written}
        mapping.clear()
        mapping.update(written | rest)
    return rules


def _ordered(value: Value, path: tuple[str, ...]) -> Iterator[tuple[str, list[str], dict[str, Value]]]:
    if not isinstance(value, dict):
        return
    if _means_something(path):
        fixed = PHASE_KEYS if path[0] in {"phases", "tracks"} else ()
        yield dotted(path), [name for name in value if name not in fixed], value
    for key, inner in list(value.items()):
        if not path and key not in _PLAIN:
            continue
        yield from _ordered(inner, (*path, key))


def _means_something(path: tuple[str, ...]) -> bool:
    match path:
        case (name,):
            return name in _PLAIN
        case ("forms", _):
            return True
        case ("forms", *_, "list_of"):
            return True
        case ("phases", _) | ("phases", _, "anytime") | ("phases", _, _, "transitions"):
            return True
        case ("tracks", _) | ("tracks", _, "anytime") | ("tracks", _, _, "transitions"):
            return True
        case _:
            return False
