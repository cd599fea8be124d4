"""What a definition may ask of the chart, and the answer with its reasons.

Values only: the search is `engine.core.people`, the sentences are `engine.core.role_words`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol

__all__ = [
    "Desk",
    "Found",
    "HeadOf",
    "Look",
    "Query",
    "Resolution",
    "Role",
    "Subject",
    "SuperiorOf",
    "Trace",
    "Via",
    "asked",
    "circles",
    "query_text",
    "retrace",
]

_ASKED = 2  # words in a path's line that asks; a look has three or four

Via = Literal["subject", "holder", "acting", "substitute", "next_level", "desk", "external"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """The person the case is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SuperiorOf:
    """The direct superior of whoever fills the role `role`."""

    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadOf:
    """The head of the unit of whoever fills the role `of`; `agency` asks for the post below the external official."""

    of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A holder of the desk `name`: in the unit of the role `of`, then in the units above it, then anywhere."""

    name: str
    of: str


Query = Subject | SuperiorOf | HeadOf | Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A dated question to the chart.

    `as_of` is the definition's word for the day; the caller turns it into a date, nothing here reads it.
    `exclude` names roles whose people may not be chosen; `otherwise` names roles tried before the next level.
    """

    name: str
    query: Query
    as_of: object = "now"
    exclude: tuple[str, ...] = ()
    otherwise: tuple[str, ...] = ()

    @property
    def refers_to(self) -> str | None:
        """The role this one starts from, if any."""
        match self.query:
            case SuperiorOf(role=name) | Desk(of=name):
                return name
            case HeadOf(of=name):
                return None if name == "agency" else name
            case _:
                return None


class Found(Protocol):
    """What every record of a resolution has: enough to explain it, and to start another role from it."""

    @property
    def person(self) -> str:
        """The key of the person found."""
        ...

    @property
    def via(self) -> str:
        """By which way."""
        ...

    @property
    def as_of(self) -> date:
        """The day that was asked for."""
        ...

    @property
    def path(self) -> tuple[str, ...]:
        """What was asked and who was looked at, as `retrace` reads it."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """Who fills a role on a day, and why this person. `person` is a key; `path` is read with `retrace`."""

    person: str
    role: str
    via: Via
    as_of: date
    chart: str
    path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One person who was considered: how, who, what came of it, and whose post is meant if not their own.

    `outcome` is chosen, left (no longer or not yet in post), away, inactive, subject (their own case) or excluded.
    """

    via: str
    person: str
    outcome: str
    post: str = ""

    def __str__(self) -> str:
        return " ".join(filter(None, (self.via, self.person, self.outcome, self.post)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """A path in parts: what was asked of the chart about whom (a key), and the looks, the chosen one last.

    `query` is subject, superior_of, head_of, head_of_agency, desk:NAME, next_level or substitute_of.
    """

    query: str
    of: str
    looks: tuple[Look, ...]

    @property
    def post(self) -> str:
        """Whose post the chosen person serves, when it is not their own."""
        return self.looks[-1].post if self.looks else ""


def asked(query: str, of: str) -> str:
    """The line of a path that says what was asked; the looks that answer it follow."""
    return f"{query} {of or '-'}"


def query_text(query: Query) -> str:
    """A query as it stands in a path."""
    match query:
        case Subject():
            return "subject"
        case SuperiorOf():
            return "superior_of"
        case HeadOf(of=of):
            return "head_of_agency" if of == "agency" else "head_of"
        case Desk(name=name):
            return f"desk:{name}"


def retrace(path: tuple[str, ...]) -> Trace:
    """The last question of a path and the looks that answered it."""
    query, of, looks = "", "", list[Look]()
    for line in path:
        words = line.split(" ")
        if len(words) == _ASKED:
            query, of, looks = words[0], words[1].removeprefix("-"), []
        else:
            looks.append(Look(via=words[0], person=words[1], outcome=words[2], post="".join(words[3:])))
    return Trace(query=query, of=of, looks=tuple(looks))


def circles(roles: Mapping[str, Role]) -> tuple[tuple[str, ...], ...]:
    """The circles in which roles wait for each other through what they start from or exclude; () is well.

    An alternative waits on behalf of the role it is tried for, but may start from it (the one passed over is
    meant). A definition with a circle has no meaning and must be refused: each is listed once, as ("a", "b", "a").
    """
    found: dict[frozenset[str], tuple[str, ...]] = {}
    done: set[str] = set()

    def walk(name: str, trail: tuple[str, ...]) -> None:
        if name in trail:
            circle = (*trail[trail.index(name) :], name)
            found.setdefault(frozenset(circle), circle)
        elif name not in done and name in roles:
            for other in _waits_for(roles[name], roles):
                walk(other, (*trail, name))
            done.add(name)

    for name in roles:
        walk(name, ())
    return tuple(found.values())


def _waits_for(role: Role, roles: Mapping[str, Role]) -> Iterator[str]:
    yield from filter(None, (role.refers_to, *role.exclude))
    for name in role.otherwise:
        other = roles.get(name)
        if other is not None:
            yield from (one for one in (other.refers_to, *other.exclude) if one and one != role.name)
