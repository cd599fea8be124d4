"""Roles to persons over the dated chart: who, on which day, and why this person and no other.

The search of one role is `engine.core.asking`; these are the questions others ask.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date

from engine.core.asking import Circle, Days, Question
from engine.core.chain import Pick, last_resorts, levels_above, stand_ins
from engine.core.chart import Chart, Person
from engine.core.role_words import explain
from engine.core.roles import (
    Committee,
    Desk,
    Found,
    HeadOf,
    Look,
    NamedIn,
    Outside,
    Query,
    Resolution,
    Role,
    Subject,
    SuperiorOf,
    Trace,
    Via,
    asked,
    circles,
    retrace,
)
from engine.errors import DefinitionInvalid, NobodyFound, NotFound

__all__ = [
    "Chart",
    "Committee",
    "Desk",
    "Found",
    "HeadOf",
    "Look",
    "NamedIn",
    "Outside",
    "Person",
    "Query",
    "Resolution",
    "Role",
    "Subject",
    "SuperiorOf",
    "Trace",
    "Via",
    "circles",
    "explain",
    "line_of",
    "next_level",
    "resolve",
    "resolve_all",
    "retrace",
    "substitute_of",
]

_NOBODY: frozenset[str] = frozenset()


@contextmanager
def _circles_told() -> Iterator[None]:
    """Says of roles that wait for each other that the definition is wrong; the one place where it is said."""
    try:
        yield
    except Circle as circle:
        raise DefinitionInvalid("roles", [f"these roles wait for each other: {circle}"]) from None


def resolve(  # noqa: PLR0913 - what surrounds one question
    role_name: str,
    roles: Mapping[str, Role],
    chart: Chart,
    subject_key: str,
    days: Days,
    today: date,
    *,
    fixed: Mapping[str, Found | str] | None = None,
    barred: frozenset[str] = _NOBODY,
    named: Mapping[str, tuple[str, ...]] | None = None,
) -> Resolution:
    """Who fills a role of a case, with the reasons; of several people the first.

    `days` gives the date each role is asked for; a role that a mapping does not name, and a day still to come,
    is read as `today`. `fixed` holds what was decided earlier in the case (a resolution or a bare key): it is
    not asked again when another role starts from it or excludes it. `barred` are those who may not be chosen for
    this role whatever the chart says: duties are kept apart by what was done. `named` are the persons (keys) that
    the fields of the case's forms name (`nomination.peers`).
    Raises: NobodyFound, NotFound (unknown role or person), DefinitionInvalid (roles that wait for each other).
    """
    question = Question(
        roles=roles,
        chart=chart,
        subject=subject_key,
        days=days,
        today=today,
        fixed=fixed or {},
        barred={role_name: barred},
        named=named or {},
    )
    with _circles_told():
        return question.answer(role_name)


def line_of(
    role_name: str,
    roles: Mapping[str, Role],
    chart: Chart,
    subject_key: str,
    today: date,
    *,
    fixed: Mapping[str, Found | str],
    named: Mapping[str, tuple[str, ...]] | None = None,
) -> Iterator[Resolution]:
    """Who fills a role, then who would if those before them could not, nearest first; asked only as far as read.

    Raises: NobodyFound (after the last), NotFound (unknown role or person), DefinitionInvalid.
    """
    question = Question(
        roles=roles,
        chart=chart,
        subject=subject_key,
        days={},
        today=today,
        fixed=fixed,
        barred={},
        named=named or {},
    )
    with _circles_told():
        yield from question.line(role_name)


def resolve_all(  # noqa: PLR0913 - the same question as `resolve`, of all
    role_name: str,
    roles: Mapping[str, Role],
    chart: Chart,
    subject_key: str,
    days: Days,
    today: date,
    *,
    fixed: Mapping[str, Found | str] | None = None,
    barred: frozenset[str] = _NOBODY,
    named: Mapping[str, tuple[str, ...]] | None = None,
) -> tuple[Resolution, ...]:
    """Everybody who fills a role: each member of a committee, each person named; else the one; () if nobody does.

    Raises: NotFound (unknown role or person), DefinitionInvalid.
    """
    question = Question(
        roles=roles,
        chart=chart,
        subject=subject_key,
        days=days,
        today=today,
        fixed=fixed or {},
        barred={role_name: barred},
        named=named or {},
    )
    try:
        with _circles_told():
            role = roles.get(role_name)
            if role is not None and role.several:
                return question.answers(role_name)
            return (question.answer(role_name),)
    except NobodyFound:
        return ()


def substitute_of(
    chart: Chart,
    key: str,
    day: date,
    *,
    exclude: frozenset[str] = _NOBODY,
    role: str = "",
    trained: str = "",
) -> Resolution | None:
    """Who stands in for a person on that day (acting head first, then the substitute), or None.

    Raises: NotFound.
    """
    pick = Pick(chart, day, day, barred=exclude | {key}, asks=asked("substitute_of", key), trained=trained)
    found = pick.first(stand_ins(chart, _known(chart, key, day), day))
    return None if found is None else pick.resolution(found, role, chart)


def next_level(
    chart: Chart,
    key: str,
    day: date,
    exclude: frozenset[str] = _NOBODY,
    *,
    role: str = "",
    trained: str = "",
) -> Resolution:
    """The nearest level above a person that somebody serves on that day, external officials included.

    Vacant, absent and excluded levels are filled by their acting head or substitute, else passed over; above the
    top the personnel desk is asked, then any external official. Raises: NobodyFound, NotFound.
    """
    own = _known(chart, key, day)
    pick = Pick(chart, day, day, barred=exclude | {key}, asks=asked("next_level", key), trained=trained)
    found = pick.first(levels_above(chart, own, day, externals=True))
    if found is None:
        pick.trained = ""
        found = pick.first(last_resorts(chart, own, day))
    if found is None:
        raise NobodyFound(role or "next level", pick.path[1:])
    return pick.resolution(found, role, chart)


def _known(chart: Chart, key: str, day: date) -> Person:
    person = chart.near(key, day)
    if person is None:
        raise NotFound("person", key)
    return person
