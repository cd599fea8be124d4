"""The posts that a query of a role means on a day, and the groups of people that a role of several means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from engine.core.chain import Candidate, committees, desk_holders
from engine.core.chart import Chart, Person
from engine.core.roles import Committee, Desk, HeadOf, NamedIn, Query, Role, SuperiorOf

__all__ = ["groups_of", "posts_of"]


def groups_of(
    chart: Chart, role: Role, of: Person | None, named: Mapping[str, tuple[str, ...]], day: date
) -> Iterator[Iterable[Candidate]]:
    """Those whom a role of several people means, nearest first; the first group with anybody in it is meant."""
    match role.query:
        case Committee(name=name) if of is not None:
            for members in committees(chart, name, of, day):
                yield (("member", one, None) for one in members)
        case NamedIn(path=path):
            near = (chart.near(key, day) for key in named.get(path, ()))
            yield (("named", one, None) for one in near if one is not None)
        case _:
            return


def posts_of(chart: Chart, query: Query, of: Person | None, day: date) -> Iterable[Person]:
    """Those whose post is asked for, starting from `of`: one superior or head, every holder of a desk."""
    match query:
        case HeadOf(of="agency"):
            post = chart.agency_head_post(day)
        case HeadOf() if of is not None:
            post = chart.head_post(of.unit, day) or (of if of.external else None)
        case SuperiorOf() if of is not None:
            post = chart.superior(of.key, day)
        case Desk(name=name) if of is not None:
            return desk_holders(chart, name, of, day)
        case _:
            return ()
    return () if post is None else (post,)
