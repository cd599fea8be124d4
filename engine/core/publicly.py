"""What everybody may be told of units without telling of anybody in them: a small number hides the whole table.

Were only the small number hidden, it could be worked out from the others beside it. So nothing of that unit is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from engine.core.command import Contents
from engine.core.definition import Count, Definition, Figure, Share
from engine.core.figures import figure_values, paths_of

__all__ = ["tells_of_few"]

#: so many people, or nobody, stand behind each number that is told
_FEWEST = 5


def tells_of_few(definition: Definition, contents: Contents, names: Iterable[str]) -> bool:
    """Whether one of these figures tells of few people of a set, or of few who are left when they are taken away."""
    counted: dict[str, Figure] = {}
    for one in _beneath(definition, names):
        if isinstance(one, Count | Share) and _of_a_set(definition, one):
            counted[f"{one.name}:part"] = Count(name=f"{one.name}:part", path=one.path, where=one.where)
            counted[f"{one.name}:whole"] = Count(name=f"{one.name}:whole", path=one.path)
    found = figure_values(replace(definition, figures=counted), contents)
    for name in counted:
        part, whole = found.get(name), found.get(f"{name.partition(':')[0]}:whole")
        if not isinstance(part, int) or not isinstance(whole, int):
            return True  # what cannot be counted is not told either
        if 0 < part < _FEWEST or 0 < whole - part < _FEWEST:
            return True
    return False


def _beneath(definition: Definition, names: Iterable[str]) -> Iterator[Figure]:
    """These figures and those they are worked out from."""
    waiting, seen = list(names), set(names)
    while waiting:
        one = definition.figures[waiting.pop()]
        yield one
        further = {path for path in paths_of(one) if path in definition.figures} - seen
        seen |= further
        waiting += sorted(further)


def _of_a_set(definition: Definition, figure: Count | Share) -> bool:
    read = definition.reads.get(figure.path.partition(".")[0])
    return read is not None and read.many
