"""Why a value may be missing although every form it is made of was filled in: something left out, nothing in a list.

A mean of nothing is missing, and so is a total of which one part is: figures never count what is not there as nought.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from engine.core.condition_words import names_in
from engine.core.definition import Count, Definition, Field, Figure, Formula, Share, Spread, Total
from engine.core.figures import paths_of
from engine.core.formula import Constant, Expression, Joined, Named, Over, names_of_formula, parse_formula
from engine.core.paths import NUMERIC, Lost, Sources, Way, find, sources_of
from engine.core.proof.writing import left_empty

__all__ = ["Hollow", "hollows_of"]

Why = Literal["left_out", "nothing", "unjudged", "nought"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hollow:
    """One reason: a field left out, a list with nothing in it, nobody who could judge, a division by nought.

    `path` is what may be so, `source` the form, gathering or journal it belongs to.
    """

    why: Why
    path: str
    source: str


def hollows_of(definition: Definition, name: str) -> Iterator[Hollow]:
    """Each reason why what a condition reads, a figure or a plain field, may be missing once all forms are filled."""
    sources = sources_of(definition)
    waiting, seen = [name], {name}
    while waiting:
        one = waiting.pop()
        figure = sources.figures.get(one)
        if figure is None:
            yield from _of_path(sources, one, over=None)
            continue
        yield from _of_figure(sources, figure)
        for path in paths_of(figure):
            if path in sources.figures and path not in seen:
                seen.add(path)
                waiting.append(path)


def _of_figure(sources: Sources, figure: Figure) -> Iterator[Hollow]:
    match figure:
        case Total(path=path):
            yield from _of_path(sources, path, over="total")
        case Spread(by_days=True):
            yield from _of_path(sources, figure.own, over=None)
        case Spread(path=path, of=of):
            yield from _of_path(sources, path, over=of, judged=True)
        case Count(path=path, where=where):
            yield from _of_path(sources, path, over=None, where=where.text if where is not None else "")
        case Share(path=path, where=where):
            yield from _of_path(sources, path, over="mean", where=where.text)
        case Formula(text=text):
            whole = parse_formula(text)
            for named, over in names_of_formula(whole):
                yield from _of_path(sources, named.path, over=over.kind if over is not None else None)
            yield from _divided(sources, whole)
        case _:
            for path in paths_of(figure):
                yield from _of_path(sources, path, over=None)


def _of_path(
    sources: Sources, path: str, *, over: str | None, judged: bool = False, where: str = ""
) -> Iterator[Hollow]:
    way = find(sources, path)
    if isinstance(way, Lost) or way.root not in {"form", "gathering", "journal"}:
        return
    passed = _passed(sources, way)
    asked = [one for one in _leaves(way) if one.name in names_in(where)] if where else _read(way, over)
    for field in (*passed, *asked):
        if left_empty(field):
            yield Hollow(why="left_out", path=_to(way, passed, field), source=way.name)
    empty = next((one for one in passed if one.kind == "list" and not one.least), None)
    if over not in {None, "total"} and empty is not None:
        yield Hollow(why="nothing", path=_to(way, passed, empty), source=way.name)
    # Who cannot judge is left out of a mean, and of nothing else.
    scales = [one for one in (*passed, *asked) if one.kind == "scale"]
    if scales and (not judged or all(one.kind == "scale" for one in _numbers(way))):
        yield Hollow(why="unjudged", path=path, source=way.name)


def _read(way: Way, over: str | None) -> list[Field]:
    """What is read of each answer of a whole form: its numbers, if they are brought together."""
    return _numbers(way) if way.whole and over is not None else []


def _numbers(way: Way) -> list[Field]:
    return [one for one in way.fields if one.kind in NUMERIC]


def _leaves(way: Way) -> tuple[Field, ...]:
    """The fields of each item that `where` may ask about."""
    return way.fields if way.whole else way.fields[0].item


def _passed(sources: Sources, way: Way) -> list[Field]:
    """The fields a path names, one within the other."""
    form = way.name
    if way.root == "gathering":
        form = sources.gatherings[way.name].form or ""
    elif way.root == "journal":
        form = sources.journals[way.name].form
    fields, passed = sources.forms[form].fields, list[Field]()
    for step in way.steps:
        passed.append(next(one for one in fields if one.name == step))
        fields = passed[-1].item
    return passed


def _to(way: Way, passed: list[Field], field: Field) -> str:
    """The path as far as a field, or to a field of the items at its end."""
    if field in passed:
        return ".".join((way.name, *way.steps[: passed.index(field) + 1]))
    return ".".join((way.name, *way.steps, field.name))


def _divided(sources: Sources, expression: Expression) -> Iterator[Hollow]:
    """The divisions of a formula whose divisor is not surely more than nought."""
    match expression:
        case Joined(sign=sign, left=left, right=right):
            yield from _divided(sources, left)
            yield from _divided(sources, right)
            if sign == "/" and not _positive(sources, right):
                named = next((one.path for one, _ in names_of_formula(right)), "0")
                yield Hollow(why="nought", path=named, source=named.partition(".")[0])
        case Over(each=each):
            yield from _divided(sources, each)
        case _:
            return


def _positive(sources: Sources, expression: Expression) -> bool:
    """Whether an expression is surely more than nought, if it is anything; False where that is not seen at once."""
    match expression:
        case Constant(value=value):
            return value > 0
        case Named(path=path):
            way = find(sources, path)
            field = None if isinstance(way, Lost) else way.field
            return field is not None and field.kind in NUMERIC and field.least > 0
        case Over(kind=kind, each=each):
            return _positive(sources, each) and (kind != "total" or not _may_be_nothing(sources, each))
        case Joined(sign=sign, left=left, right=right):
            return sign in "+*/" and _positive(sources, left) and _positive(sources, right)


def _may_be_nothing(sources: Sources, each: Expression) -> bool:
    ways = (find(sources, named.path) for named, _ in names_of_formula(each))
    listed = (_passed(sources, way) for way in ways if not isinstance(way, Lost) and way.root == "form")
    return any(one.kind == "list" and not one.least for passed in listed for one in passed)
