"""Which values a condition is true for, exactly: a union of boxes, each with one range of values for each name.

Numbers are whole (decimals are scaled), so a range of them has a first and a last; texts are a set, or everything but
a set. A box that lies within another of the same union says nothing and is left out, so a condition that repeats
itself has no more boxes than one that does not. Where it would still need too many, `TooMany` is raised and whoever
asked claims nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

__all__ = [
    "All",
    "Any",
    "Atom",
    "Box",
    "Not",
    "Range",
    "Says",
    "Texts",
    "TooMany",
    "boxes_of",
    "meet",
    "unlike",
]

#: a condition of more boxes than this, none within another, is not looked at
MOST_BOXES = 1_000


class TooMany(Exception):
    """The values a condition is true for are too many boxes, or it compares what cannot be told."""


@dataclass(frozen=True, slots=True)
class Range:
    """Whole numbers from one to another; None is no bound."""

    first: int | None = None
    last: int | None = None


@dataclass(frozen=True, slots=True)
class Texts:
    """These texts; with `others`, every text but these."""

    values: frozenset[str]
    others: bool = False


Values = Range | Texts
#: what each name may be; a name that is not there may be anything
Box = Mapping[str, Values]


@dataclass(frozen=True, slots=True)
class Atom:
    """A name has one of these values."""

    name: str
    union: tuple[Values, ...]


@dataclass(frozen=True, slots=True)
class All:
    """All of these are true; of none, always."""

    parts: tuple[Says, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """One of these is true; of none, never."""

    parts: tuple[Says, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """This is not true."""

    part: Says


Says = Atom | All | Any | Not
#: what a name may be at all, and, for a figure that is looked up in a table, what its values say of its inputs
Domain = Callable[[str], Values | None]
Unfold = Callable[[Atom], Says | None]


def boxes_of(says: Says, domain: Domain, unfold: Unfold) -> list[Box]:
    """The boxes for which this is true; none if it never is. Raises: TooMany."""
    return _boxes(says, domain, unfold, true=True)


def _boxes(says: Says, domain: Domain, unfold: Unfold, *, true: bool) -> list[Box]:
    match says:
        case Not(part=part):
            return _boxes(part, domain, unfold, true=not true)
        case Atom():
            inside = unfold(says)
            if inside is not None:
                return _boxes(inside, domain, unfold, true=true)
            union = says.union if true else unlike(says.union)
            known = domain(says.name)
            met = [both for one in union if (both := meet(one, known)) is not None]
            return [{says.name: one} for one in met]
        case All(parts=parts) | Any(parts=parts):
            joined = [_boxes(part, domain, unfold, true=true) for part in parts]
            return _product(joined) if isinstance(says, All) == true else _sum(joined)


def _sum(unions: Sequence[Sequence[Box]]) -> list[Box]:
    return _outermost(box for union in unions for box in union)


def _product(unions: Sequence[Sequence[Box]]) -> list[Box]:
    found: list[Box] = [{}]
    for union in unions:
        pairs = (together(one, other) for one in found for other in union)
        found = _outermost(box for box in pairs if box is not None)
    return found


def _outermost(boxes: Iterable[Box]) -> list[Box]:
    """These without those that lie within another. Raises: TooMany."""
    found: list[Box] = []
    for box in boxes:
        if any(_is_within(box, other) for other in found):
            continue
        found = [other for other in found if not _is_within(other, box)]
        found.append(box)
        if len(found) > MOST_BOXES:
            raise TooMany
    return found


def _is_within(one: Box, other: Box) -> bool:
    """Whether whatever is in the one box is in the other."""
    return all(name in one and meet(one[name], values) == one[name] for name, values in other.items())


def together(one: Box, other: Box) -> Box | None:
    """What is in both boxes; None if nothing is."""
    joined = dict(one)
    for name, values in other.items():
        both = meet(values, joined.get(name))
        if both is None:
            return None
        joined[name] = both
    return joined


def meet(one: Values, other: Values | None) -> Values | None:
    """The values that are in both; None if none is. Without another, the one."""
    if other is None:
        return one
    if isinstance(one, Range) and isinstance(other, Range):
        first = max((end for end in (one.first, other.first) if end is not None), default=None)
        last = min((end for end in (one.last, other.last) if end is not None), default=None)
        return None if first is not None and last is not None and first > last else Range(first, last)
    if isinstance(one, Texts) and isinstance(other, Texts):
        return _meet_texts(one, other)
    return None


def _meet_texts(one: Texts, other: Texts) -> Texts | None:
    if one.others and other.others:
        return Texts(one.values | other.values, others=True)
    if one.others or other.others:
        listed, left_out = (other, one) if one.others else (one, other)
        values = listed.values - left_out.values
    else:
        values = one.values & other.values
    return Texts(values) if values else None


def unlike(union: Iterable[Values]) -> tuple[Values, ...]:
    """Everything that is in none of these."""
    union = tuple(union)
    texts = [one for one in union if isinstance(one, Texts)]
    if texts:
        left: Texts | None = Texts(frozenset(), others=True)
        for text in texts:
            left = None if left is None else _meet_texts(left, Texts(text.values, others=not text.others))
        return () if left is None else (left,)
    found: list[Values] = [Range()]
    for one in union:
        if isinstance(one, Range):
            found = [rest for gap in found for rest in _around(gap, one)]
    return tuple(found)


def _around(gap: Values, one: Range) -> list[Values]:
    """What is left of a gap before and after a range."""
    before = None if one.first is None else meet(gap, Range(None, one.first - 1))
    after = None if one.last is None else meet(gap, Range(one.last + 1, None))
    return [rest for rest in (before, after) if rest is not None]
