"""The search for who fills a role: what is asked of the chart, in which order, and who is passed over.

The order is fixed: holder of the post, acting head, substitute, the role's own `otherwise`, the next level up,
the personnel desk, at last an external official. Nobody ever acts on their own case as somebody else. A role that
asks for a training asks it of all of these but the last two, who take over when nobody is left to ask; members of a
committee and people named in a form have no stand-ins.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date

from engine.core.chain import (
    Candidate,
    Pick,
    last_resorts,
    levels_above,
    stand_ins,
    start_of,
)
from engine.core.chart import Chart, Person
from engine.core.posts import groups_of, posts_of
from engine.core.roles import (
    AGENCY,
    PARENT,
    UNIT,
    Committee,
    Desk,
    Found,
    HeadOf,
    Look,
    NamedIn,
    Outside,
    Resolution,
    Role,
    Subject,
    Via,
    asked,
    query_text,
    retrace,
)
from engine.errors import NobodyFound, NotFound

__all__ = ["Circle", "Days", "Question"]

Days = Mapping[str, date] | Callable[[str], date]
_NOBODY: frozenset[str] = frozenset()


class Circle(Exception):
    """A turn in the search, never seen outside."""


@dataclass(slots=True, kw_only=True)
class Question:
    """One look at the chart on behalf of a case: remembers what it found, so that no role is worked out twice.

    `fixed` was decided before, `barred` may not be chosen for a role, `named` are the persons a form's field names.
    """

    roles: Mapping[str, Role]
    chart: Chart
    subject: str
    days: Days
    today: date
    fixed: Mapping[str, Found | str]
    barred: Mapping[str, frozenset[str]]
    named: Mapping[str, tuple[str, ...]]
    _known: dict[str, Resolution | None] = field(default_factory=dict)
    #: roles being worked out, outermost first
    _open: list[str] = field(default_factory=list)

    def answer(self, name: str) -> Resolution:
        """Who fills the role. Raises: NobodyFound, NotFound, Circle."""
        with closing(self.line(name)) as line:
            return next(line)

    def line(self, name: str) -> Generator[Resolution, None, None]:
        """Who fills the role, then who would if those before them could not, nearest first.

        Raises: NobodyFound (after the last), NotFound, Circle.
        """
        role, day = self._role(name), self._day(name)
        own = self._own(day)
        if isinstance(role.query, Subject):
            pick = Pick(self.chart, day, self.today, barred=_NOBODY, asks=asked("subject", self.subject))
            pick.path.append(str(Look(via="subject", person=self.subject, outcome="chosen")))
            yield pick.resolution(("subject", own, None), name, self.chart)
            return
        with_this = self._opened(name)
        try:
            yield from self._search(with_this, day, own)
        finally:
            self._open.pop()

    def answers(self, name: str) -> tuple[Resolution, ...]:
        """Everybody who fills a role of several people, each with the whole path; () if nobody does.

        Raises: NotFound, Circle.
        """
        day = self._day(name)
        self._own(day)
        role = self._opened(name)
        try:
            return self._everybody(role, day)
        finally:
            self._open.pop()

    def _search(self, role: Role, day: date, own: Person) -> Iterator[Resolution]:
        of = self._of(role, day)
        pick = self._pick(role, day, of, self._apart(role))
        yield from pick.each(self._natural(role, of, day), role.name)
        passed_over = next(iter(posts_of(self.chart, role.query, of, day)), None)
        yield from self._alternatives(role, pick, passed_over)
        if role.otherwise:
            pick.path.append(_asks(role, of))
        yield from self._upwards(role, pick, of, own)
        raise NobodyFound(role.name, pick.path[1:])

    def _everybody(self, role: Role, day: date) -> tuple[Resolution, ...]:
        of = self._of(role, day)
        pick = self._pick(role, day, of, self._apart(role))
        found: list[Candidate] = []
        for group in groups_of(self.chart, role, of, self.named, day):
            found = [candidate for candidate in group if pick.takes(candidate)]
            if found:
                break
        looked = tuple(pick.path)
        answers = []
        for candidate in found:
            pick.path = [line for line in looked if " chosen" not in line]
            pick.path.append(str(Look(via=candidate[0], person=candidate[1].key, outcome="chosen")))
            answers.append(pick.resolution(candidate, role.name, self.chart))
        return tuple(answers)

    def _apart(self, role: Role) -> frozenset[str]:
        return self._barred(role.exclude) | self.barred.get(role.name, _NOBODY)

    def _pick(self, role: Role, day: date, of: Person | None, barred: frozenset[str]) -> Pick:
        # Colleagues are those who work with the subject today, whenever they were named.
        own = start_of(self.chart, self.subject, self.today) if isinstance(role.query, NamedIn) else None
        return Pick(
            self.chart,
            day,
            self.today,
            barred=barred,
            subject=self.subject,
            asks=_asks(role, of),
            trained=role.trained,
            unit="" if own is None else own.unit,
        )

    def _own(self, day: date) -> Person:
        own = start_of(self.chart, self.subject, day)
        if own is None:
            raise NotFound("unit" if self.subject.startswith("unit:") else "person", self.subject)
        return own

    def _opened(self, name: str) -> Role:
        if name in self._open:
            raise Circle(" -> ".join((*self._open[self._open.index(name) :], name)))
        self._open.append(name)
        return self._role(name)

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
        if name in self._known:
            return self._known[name]
        try:
            found = self.answer(name)
        except NobodyFound:
            found = None
        self._known[name] = found
        return found

    def _of(self, role: Role, day: date) -> Person | None:
        """The person a query starts from: for a stand-in the one whose post is served, for theirs is the line."""
        match role.query:
            case HeadOf(of=of) | Desk(of=of) | Committee(of=of) if of in {UNIT, PARENT, AGENCY}:
                return self._place(of, day)
            case NamedIn():
                return start_of(self.chart, self.subject, day)
            case _:
                name = role.refers_to
        who = self._who(name) if name is not None else None
        return None if who is None else self.chart.near(who[1], day) or self.chart.near(who[0], day)

    def _place(self, name: str, day: date) -> Person | None:
        """Somebody who stands for a place: the head of the case's own unit, of the unit above it, of the agency."""
        if name == AGENCY:
            return self.chart.agency_head_post(day)
        own = self._own(day)
        head = self.chart.head_post(own.unit, day) or own
        if name == UNIT:
            return head
        return next((one for one in self.chart.line_above(head.key, day) if one.unit != head.unit), None)

    def _barred(self, exclude: Iterable[str]) -> frozenset[str]:
        out: set[str] = set()
        for name in exclude:
            if self._role(name).several and name not in self.fixed:
                out.update(one.person for one in self.answers(name))
            who = self._who(name)
            out.update(() if who is None else (who[0],))
        return frozenset(out)

    def _natural(self, role: Role, of: Person | None, day: date) -> Iterator[Candidate]:
        """Those in the post that was asked for: its holders, then acting heads, then substitutes."""
        if role.several:
            for group in groups_of(self.chart, role, of, self.named, day):
                yield from group
            return
        via: Via = "desk" if isinstance(role.query, Desk) else "holder"
        for post in posts_of(self.chart, role.query, of, day):
            yield via, post, None
        for post in posts_of(self.chart, role.query, of, day):
            if post.key != self.subject:  # those who stand in for the subject do not judge the subject
                yield from stand_ins(self.chart, post, day)
                if day != self.today:  # who fills the post by now
                    yield from stand_ins(self.chart, post, self.today)

    def _alternatives(self, role: Role, pick: Pick, passed_over: Person | None) -> Iterator[Resolution]:
        """The role's own alternatives, in order, whose post somebody serves who may also be chosen here."""
        for name in role.otherwise:
            other, day = self._role(name), self._day(name)
            if isinstance(other.query, Subject):
                continue  # nobody acts on their own case
            # "otherwise the superior of whom I could not take": an alternative that starts from the role it is
            # tried for means the one passed over, and cannot exclude that role.
            of = passed_over if other.refers_to == role.name else self._of(other, day)
            barred = pick.barred | self._barred(one for one in other.exclude if one != role.name)
            inner = self._pick(other, day, of, barred)
            looked = pick.path
            for found in inner.each(self._natural(other, of, day), role.name):
                yield replace(found, path=(*looked, *found.path))
                pick.barred |= {found.person}
            pick.path = [*looked, *inner.path]

    def _upwards(self, role: Role, pick: Pick, of: Person | None, own: Person) -> Iterator[Resolution]:
        """The levels above the post (externals only after the desk), the personnel desk, the external officials."""
        if isinstance(role.query, NamedIn | Outside):
            return  # what one person thinks cannot be asked of another
        day = pick.day
        posts = tuple(posts_of(self.chart, role.query, of, day))
        if not posts and of is not None and not isinstance(role.query, Desk | Committee):
            posts = (of,)
        top = self.chart.superior(own.key, day)
        externals = (
            top is not None and top.external
        )  # nobody below the agency's head judges the agency's head
        for post in posts:
            levels = levels_above(self.chart, post, day, spare=self.subject, externals=externals)
            yield from pick.each(levels, role.name)
        pick.trained = ""  # somebody must take the work on, if only to give it to whoever may do it
        yield from pick.each(last_resorts(self.chart, of or own, day, spare=self.subject), role.name)


def _asks(role: Role, of: Person | None) -> str:
    return asked(query_text(role.query), "" if of is None else of.key)
