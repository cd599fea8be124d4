"""Numbers about people as they may be told: none that tells of few of them, or that leads to one that does.

How many people there are is known to everybody who looks. So a cell of a spread that is hidden alone is told by its
total, a cell that holds everybody tells each, and none where somebody might be tells who is elsewhere. What is told
never lets a hidden cell be worked out, not even by those who know how cells are hidden.

Figures stand beside others that are worked out from the same people: were only the small one hidden, the rest would
tell it. So of such a table all is told, or nothing; to those who read the people one by one it tells nothing new.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from engine.core.command import Contents
from engine.core.definition import Count, Definition, Figure, Share, Spread, Total
from engine.core.figures import figure_values, paths_of

__all__ = ["LEAST", "figures_of_few", "tells_of_few", "told_counts"]

#: of fewer people than this their number is not told
LEAST = 5
#: fewer cells than this are not hidden: the total would tell the one
_TOGETHER = 2


def told_counts(counts: Mapping[str, int], least: int = LEAST) -> dict[str, int | None]:
    """The counts, None where hidden: small ones, and then the smallest others until those hidden are enough together.

    Cells as large as the last one hidden are hidden with it: which of them it was would tell of the small ones.
    """
    hidden = [name for name, count in counts.items() if count < least]
    small = len(hidden)
    others = sorted((name for name in counts if name not in hidden), key=lambda name: counts[name])
    while hidden and others:
        together = sum(counts[name] for name in hidden)
        # Small cells that are all as large as they can be are known by their sum.
        known = len(hidden) == small and together == small * (least - 1)
        if len(hidden) >= _TOGETHER and together >= least and not known:
            break
        size = counts[others[0]]
        hidden += [name for name in others if counts[name] == size]
        others = [name for name in others if counts[name] != size]
    return {name: None if name in hidden else count for name, count in counts.items()}


def tells_of_few(definition: Definition, contents: Contents, names: Iterable[str]) -> bool:
    """Whether one of these figures tells of few people of a set, or of few who are left when they are taken away.

    What cannot be counted is not told either: nobody knows then how few they are.
    """
    counted = tuple(_counted(definition, contents, names))
    return any(one is None or _is_of_few(*one) for one in counted)


def figures_of_few(definition: Definition, contents: Contents) -> frozenset[str]:
    """The figures over those sets that the rules look at as a whole (`least`) and whose table tells of few people."""
    found: set[str] = set()
    for read in definition.reads.values():
        if read.many and read.least:
            table = {
                name
                for name in definition.figures
                if any(_set_of(definition, one) == read.name for one in _beneath(definition, [name]))
            }
            # a figure that is missing, as where too few published for it, is told nowhere
            counted = _counted(definition, contents, sorted(table))
            if any(one is not None and _is_of_few(*one) for one in counted):
                found |= table
    return frozenset(found)


def _counted(
    definition: Definition, contents: Contents, names: Iterable[str]
) -> Iterator[tuple[int, int] | None]:
    """Of each figure over a set beneath these: how many people it tells of and how many there are; None if unknown."""
    counts: dict[str, Figure] = {}
    for one in _beneath(definition, names):
        if _set_of(definition, one):
            path, *_ = paths_of(one)
            where = one.where if isinstance(one, Count | Share) else None
            counts[f"{one.name}:part"] = Count(name=f"{one.name}:part", path=path, where=where)
            counts[f"{one.name}:whole"] = Count(name=f"{one.name}:whole", path=path)
    found = figure_values(replace(definition, figures=counts), contents)
    for name in sorted({name.partition(":")[0] for name in counts}):
        part, whole = found.get(f"{name}:part"), found.get(f"{name}:whole")
        yield (part, whole) if isinstance(part, int) and isinstance(whole, int) else None


def _is_of_few(part: int, whole: int) -> bool:
    return any(0 < count < LEAST for count in (part, whole - part))


def _beneath(definition: Definition, names: Iterable[str]) -> Iterator[Figure]:
    """These figures and those they are worked out from."""
    waiting = list(names)
    seen = set(waiting)
    while waiting:
        one = definition.figures[waiting.pop()]
        yield one
        further = {path for path in paths_of(one) if path in definition.figures} - seen
        seen |= further
        waiting += sorted(further)


def _set_of(definition: Definition, figure: Figure) -> str:
    """The set of cases that a figure counts or brings together; "" if it does neither."""
    if not isinstance(figure, Count | Share | Spread | Total) or (
        isinstance(figure, Spread) and figure.by_days
    ):
        return ""
    read = definition.reads.get(figure.path.partition(".")[0])
    return read.name if read is not None and read.many else ""
