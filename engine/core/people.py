"""Roles to persons over the dated chart: who, on which day, and why this person and no other.

The order is fixed: holder of the post, acting head, substitute, the role's own `otherwise`, the next level up,
the personnel desk, at last an external official. Nobody ever acts on their own case as somebody else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from engine.core.chain import Candidate, Pick, desk_holders, last_resorts, levels_above, stand_ins
from engine.core.chart import Chart, Person
from engine.core.role_words import explain
from engine.core.roles import (
    Desk,
    Found,
    HeadOf,
    Look,
    Query,
    Resolution,
    Role,
    Subject,
    SuperiorOf,
    Trace,
    Via,
    asked,
    circles,
    query_text,
    retrace,
)
from engine.errors import DefinitionInvalid, NobodyFound, NotFound

__all__ = [
    "Chart",
    "Desk",
    "Found",
    "HeadOf",
    "Look",
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
    "next_level",
    "resolve",
    "retrace",
    "substitute_of",
]

Days = Mapping[str, date] | Callable[[str], date]
_NOBODY: frozenset[str] = frozenset()


def resolve(
    role_name: str,
    roles: Mapping[str, Role],
    chart: Chart,
    subject_key: str,
    days: Days,
    today: date,
    *,
    fixed: Mapping[str, Found | str] | None = None,
    barred: frozenset[str] = _NOBODY,
) -> Resolution:
    """Who fills a role of a case, with the reasons.

    `days` gives the date each role is asked for; a role that a mapping does not name, and a day still to come,
    is read as `today`. `fixed` holds what was decided earlier in the case (a resolution or a bare key): it is
    not asked again when another role starts from it or excludes it. `barred` are those who may not be chosen for
    this role whatever the chart says: duties are kept apart by what was done.
    Raises: NobodyFound, NotFound (unknown role or person), DefinitionInvalid (roles that wait for each other).
    """
    question = _Question(
        roles, chart, subject_key, days, today, fixed=fixed or {}, barred={role_name: barred}
    )
    try:
        return question.answer(role_name)
    except _Circle as circle:
        raise DefinitionInvalid("roles", [f"these roles wait for each other: {circle}"]) from None


def substitute_of(
    chart: Chart, key: str, day: date, *, exclude: frozenset[str] = _NOBODY, role: str = ""
) -> Resolution | None:
    """Who stands in for a person on that day (acting head first, then the substitute), or None.

    Raises: NotFound.
    """
    pick = Pick(chart, day, day, barred=exclude | {key}, asks=asked("substitute_of", key))
    found = pick.first(stand_ins(chart, _known(chart, key, day), day))
    return None if found is None else pick.resolution(found, role, chart)


def next_level(
    chart: Chart, key: str, day: date, exclude: frozenset[str] = _NOBODY, *, role: str = ""
) -> Resolution:
    """The nearest level above a person that somebody serves on that day, external officials included.

    Vacant, absent and excluded levels are filled by their acting head or substitute, else passed over; above the
    top the personnel desk is asked, then any external official. Raises: NobodyFound, NotFound.
    """
    own = _known(chart, key, day)
    pick = Pick(chart, day, day, barred=exclude | {key}, asks=asked("next_level", key))
    found = pick.first(levels_above(chart, own, day, externals=True)) or pick.first(
        last_resorts(chart, own, day)
    )
    if found is None:
        raise NobodyFound(role or "next level", pick.path[1:])
    return pick.resolution(found, role, chart)


def _known(chart: Chart, key: str, day: date) -> Person:
    person = chart.near(key, day)
    if person is None:
        raise NotFound("person", key)
    return person


class _Circle(Exception):
    """A turn in the search, never seen outside."""


class _Question:
    """One call of `resolve`: remembers what it has found out, so that no role is worked out twice."""

    __slots__ = ("barred", "chart", "days", "fixed", "known", "open", "roles", "subject", "today")

    def __init__(
        self,
        roles: Mapping[str, Role],
        chart: Chart,
        subject: str,
        days: Days,
        today: date,
        *,
        fixed: Mapping[str, Found | str],
        barred: Mapping[str, frozenset[str]],
    ) -> None:
        self.roles, self.chart, self.subject = roles, chart, subject
        self.days, self.today, self.fixed, self.barred = days, today, fixed, barred
        self.known: dict[str, Resolution | None] = {}
        self.open: list[str] = []  # roles being worked out, outermost first

    def answer(self, name: str) -> Resolution:
        role, day = self._role(name), self._day(name)
        own = _known(self.chart, self.subject, day)
        if isinstance(role.query, Subject):
            pick = Pick(self.chart, day, self.today, barred=_NOBODY, asks=asked("subject", self.subject))
            pick.path.append(str(Look(via="subject", person=self.subject, outcome="chosen")))
            return pick.resolution(("subject", own, None), name, self.chart)
        if name in self.open:
            raise _Circle(" -> ".join((*self.open[self.open.index(name) :], name)))
        self.open.append(name)
        try:
            return self._search(role, day, own)
        finally:
            self.open.pop()

    def _search(self, role: Role, day: date, own: Person) -> Resolution:
        barred, of = self._barred(role.exclude), self._of(role, day)
        pick = self._pick(day, barred | self.barred.get(role.name, _NOBODY), _asks(role, of))
        found = pick.first(self._natural(role, of, day))
        if found is None:
            other = self._alternative(role, pick, next(iter(self._posts(role.query, of, day)), None))
            if other is not None:
                return other
            if role.otherwise:
                pick.path.append(_asks(role, of))
            found = pick.first(self._upwards(role.query, of, own, day))
        if found is None:
            raise NobodyFound(role.name, pick.path[1:])
        return pick.resolution(found, role.name, self.chart)

    def _pick(self, day: date, barred: frozenset[str], asks: str) -> Pick:
        return Pick(self.chart, day, self.today, barred=barred, subject=self.subject, asks=asks)

    def _role(self, name: str) -> Role:
        role = self.roles.get(name)
        if role is None:
            raise NotFound("role", name, sorted(self.roles))
        return role

    def _day(self, name: str) -> date:
        days = self.days
        wanted = days(name) if callable(days) else days.get(name, self.today)
        return min(wanted, self.today)

    def _who(self, name: str) -> tuple[str, str] | None:
        """Key and served post of a role another one depends on; None when nobody fills it."""
        known = self.fixed.get(name)
        if isinstance(known, str):
            return known, known
        if known is None and isinstance(self._role(name).query, Subject):
            return self.subject, self.subject
        if known is None:
            known = self._found(name)
        if known is None:
            return None
        own = known.via in {"subject", "holder"}
        return known.person, known.person if own else retrace(known.path).post or known.person

    def _found(self, name: str) -> Resolution | None:
        if name in self.known:
            return self.known[name]
        try:
            found = self.answer(name)
        except NobodyFound:
            found = None
        self.known[name] = found
        return found

    def _of(self, role: Role, day: date) -> Person | None:
        """The person a query starts from: for a stand-in the one whose post is served, for theirs is the line."""
        name = role.refers_to
        who = self._who(name) if name is not None else None
        return None if who is None else self.chart.near(who[1], day) or self.chart.near(who[0], day)

    def _barred(self, exclude: Iterable[str]) -> frozenset[str]:
        return frozenset(who[0] for who in map(self._who, exclude) if who is not None)

    def _natural(self, role: Role, of: Person | None, day: date) -> Iterator[Candidate]:
        """Those in the post that was asked for: its holders, then acting heads, then substitutes."""
        via: Via = "desk" if isinstance(role.query, Desk) else "holder"
        for post in self._posts(role.query, of, day):
            yield via, post, None
        for post in self._posts(role.query, of, day):
            if post.key != self.subject:  # those who stand in for the subject do not judge the subject
                yield from stand_ins(self.chart, post, day)
                if day != self.today:  # who fills the post by now
                    yield from stand_ins(self.chart, post, self.today)

    def _posts(self, query: Query, of: Person | None, day: date) -> Iterable[Person]:
        chart = self.chart
        match query:
            case HeadOf(of="agency"):
                post = chart.agency_head_post(day)
            case HeadOf() if of is not None:
                post = chart.head_post(of.unit, day)
            case SuperiorOf() if of is not None:
                post = chart.superior(of.key, day)
            case Desk(name=name) if of is not None:
                return desk_holders(chart, name, of, day)
            case _:
                return ()
        return () if post is None else (post,)

    def _alternative(self, role: Role, pick: Pick, passed_over: Person | None) -> Resolution | None:
        """The first of the role's own alternatives whose post somebody serves who may also be chosen here."""
        for name in role.otherwise:
            other, day = self._role(name), self._day(name)
            if isinstance(other.query, Subject):
                continue  # nobody acts on their own case
            # "otherwise the superior of whom I could not take": an alternative that starts from the role it is
            # tried for means the one passed over, and cannot exclude that role.
            of = passed_over if other.refers_to == role.name else self._of(other, day)
            barred = pick.barred | self._barred(one for one in other.exclude if one != role.name)
            inner = self._pick(day, barred, _asks(other, of))
            found = inner.first(self._natural(other, of, day))
            pick.path += inner.path
            if found is not None:
                inner.path = pick.path
                return inner.resolution(found, role.name, self.chart)
        return None

    def _upwards(self, query: Query, of: Person | None, own: Person, day: date) -> Iterator[Candidate]:
        """The levels above the post (externals only after the desk), the personnel desk, the external officials."""
        posts = tuple(self._posts(query, of, day))
        if not posts and of is not None and not isinstance(query, Desk):
            posts = (of,)
        top = self.chart.superior(own.key, day)
        externals = (
            top is not None and top.external
        )  # nobody below the agency's head judges the agency's head
        for post in posts:
            yield from levels_above(self.chart, post, day, spare=self.subject, externals=externals)
        yield from last_resorts(self.chart, of or own, day, spare=self.subject)


def _asks(role: Role, of: Person | None) -> str:
    return asked(query_text(role.query), "" if of is None else of.key)
