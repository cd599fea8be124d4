"""What a definition may ask of the chart, and the answer with its reasons.

Values only: the search is `engine.core.people`, the sentences are `engine.core.role_words`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol

__all__ = [
    "AGENCY",
    "COLLEAGUES",
    "PARENT",
    "UNIT",
    "Committee",
    "Desk",
    "Found",
    "HeadOf",
    "Look",
    "NamedIn",
    "Outside",
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

Via = Literal[
    "subject", "holder", "acting", "substitute", "next_level", "desk", "external", "member", "named"
]

#: What a question may start from besides a role: the unit the case is about or its subject works in, the unit above
#: that one, and the agency as a whole.
UNIT, PARENT, AGENCY = "unit", "parent of unit", "agency"
#: Everybody else in the subject's unit who serves today: whence people may be named, and who may write in a journal.
COLLEAGUES = "colleagues"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """The person the case is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SuperiorOf:
    """The direct superior of whoever fills the role `role`."""

    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadOf:
    """The head of the unit of whoever fills the role `of`.

    `agency` asks for the post below the external official, `unit` for the head of the case's own unit, and
    `parent of unit` for the head of the unit to which that one's superior belongs.
    """

    of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A holder of the desk `name`: in the unit of the role `of`, then in the units above it, then anywhere.

    `of` may also be `unit` (the case's own) or `agency`.
    """

    name: str
    of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Committee:
    """The members of the committee `name` who may serve: in the unit of the role `of`, then above it, then anywhere.

    They stand together where the first of them is found. `of` may also be `unit` or `agency`.
    """

    name: str
    of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedIn:
    """The persons whom the field `path` (`nomination.peers`) names, if they still belong to `source`."""

    path: str
    source: str = COLLEAGUES

    @property
    def form(self) -> str:
        """The form in which they are named."""
        return self.path.partition(".")[0]

    @property
    def field(self) -> str:
        """The field of it."""
        return self.path.partition(".")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """Nobody of the chart: whoever holds the case's link, `once` each if so said, `cap` answers in all."""

    once: bool = True
    cap: int = 500


Query = Subject | SuperiorOf | HeadOf | Desk | Committee | NamedIn | Outside


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A dated question to the chart.

    `as_of` is the definition's word for the day; the caller turns it into a date, nothing here reads it.
    `exclude` names roles whose people may not be chosen; `otherwise` names roles tried before the next level.
    `trained` is a training that whoever fills the role must have. What is not `delegable` nobody does for another.
    """

    name: str
    query: Query
    as_of: object = "now"
    exclude: tuple[str, ...] = ()
    otherwise: tuple[str, ...] = ()
    trained: str = ""
    delegable: bool = True

    @property
    def several(self) -> bool:
        """Whether the role may be filled by several people at a time."""
        return isinstance(self.query, Committee | NamedIn)

    @property
    def refers_to(self) -> str | None:
        """The role this one starts from, if any."""
        match self.query:
            case SuperiorOf(role=name):
                return name
            case HeadOf(of=name) | Desk(of=name) | Committee(of=name):
                return None if name in {UNIT, PARENT, AGENCY} else name
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

    `outcome` is chosen, left (no longer or not yet in post), away, inactive, subject (their own case), excluded,
    untrained, or elsewhere (no longer one of those they were named from).
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

    `query` is subject, superior_of, head_of, head_of_agency, desk:NAME, committee:NAME, named_in:FORM.FIELD, outside,
    next_level or substitute_of.
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
            return "head_of_agency" if of == AGENCY else "head_of"
        case Desk(name=name):
            return f"desk:{name}"
        case Committee(name=name):
            return f"committee:{name}"
        case NamedIn(path=path):
            return f"named_in:{path}"
        case Outside():
            return "outside"


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
