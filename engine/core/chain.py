"""The order in which the chart offers people for a post, and the pick of the first who may take it.

Generators offer, `Pick` refuses: separation of duties is kept in one place whatever is offered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from engine.core.chart import Chart, Person
from engine.core.roles import Resolution, Via

__all__ = [
    "UNIT_KEY",
    "Candidate",
    "Pick",
    "committees",
    "desk_holders",
    "is_unit",
    "last_resorts",
    "levels_above",
    "stand_ins",
    "start_of",
]

#: what a subject that is a unit begins with: `unit:Puskesmas Melati`
UNIT_KEY = "unit:"

#: by which way, who, and whose post is served when it is not their own
Candidate = tuple[Via, Person, Person | None]


class Pick:
    """Takes the first candidate who may be chosen, and keeps account of the others.

    `day` chooses the post; who is chosen must serve on that day, and today as well: nobody is given work who has left.
    `trained` is a training that is asked for, `unit` where they must still work; "" asks for neither.
    """

    __slots__ = ("barred", "chart", "day", "path", "subject", "today", "trained", "unit")

    def __init__(
        self,
        chart: Chart,
        day: date,
        today: date,
        *,
        barred: frozenset[str],
        subject: str = "",
        asks: str = "",
        trained: str = "",
        unit: str = "",
    ) -> None:
        self.chart, self.day, self.today = chart, day, today
        self.barred, self.subject = barred, subject
        self.trained, self.unit = trained, unit
        self.path: list[str] = [asks] if asks else []

    def first(self, candidates: Iterable[Candidate]) -> Candidate | None:
        """The first who is in post, in service, present, not the subject and not barred; None if nobody is."""
        return next((candidate for candidate in candidates if self.takes(candidate)), None)

    def each(self, candidates: Iterable[Candidate], role: str) -> Iterator[Resolution]:
        """Those who may be chosen, one after the other: whoever was chosen is then passed over."""
        for candidate in candidates:
            if self.takes(candidate):
                yield self.resolution(candidate, role, self.chart)
                self.barred |= {candidate[1].key}
                self.path[-1] = self.path[-1].replace(" chosen", " excluded")

    def takes(self, candidate: Candidate) -> bool:
        """Whether this one may be chosen; the answer is kept in the path."""
        via, one, post = candidate
        outcome = self._outcome(one)
        line = f"{via} {one.key} {outcome} {post.key}" if post is not None else f"{via} {one.key} {outcome}"
        if line not in self.path:
            self.path.append(line)
        return outcome == "chosen"

    def _outcome(self, one: Person) -> str:
        if one.key == self.subject:
            return "subject"
        if one.key in self.barred:
            return "excluded"
        outcome = _serving(one, self.day)
        now: Person | None = one
        if outcome == "chosen" and self.day != self.today:
            now = self.chart.at(one.key, self.today)
            outcome = "left" if now is None else _serving(now, self.today)
        if outcome != "chosen" or now is None:
            return outcome
        if self.unit and now.unit != self.unit:
            return "elsewhere"
        # A training is asked for today: it is about who does the work, not about whose post it is.
        return (
            "untrained"
            if self.trained and not self.chart.trained(now, self.trained, self.today)
            else "chosen"
        )

    def resolution(self, found: Candidate, role: str, chart: Chart) -> Resolution:
        """The answer that records this pick."""
        via, one, _ = found
        return Resolution(
            person=one.key, role=role, via=via, as_of=self.day, chart=chart.version, path=tuple(self.path)
        )


def _serving(one: Person, day: date) -> str:
    if not one.holds_on(day):
        return "left"
    if one.status != "active":
        return "inactive"
    return "away" if one.away_on(day) else "chosen"


def stand_ins(chart: Chart, post: Person, day: date) -> Iterator[Candidate]:
    """Acting heads of a post, then the substitute its holder named (a mandate that ends with the holder's)."""
    for one in chart.acting_for(post.person_id, day):
        yield "acting", one, post
    if post.substitute is not None and post.holds_on(day):
        substitute = chart.near(post.substitute, day)
        if substitute is not None:
            yield "substitute", substitute, post


def levels_above(
    chart: Chart, start: Person, day: date, *, spare: str = "", externals: bool = False
) -> Iterator[Candidate]:
    """The levels above a post with their stand-ins; none stands in for `spare`; without externals it ends there."""
    for level in chart.line_above(start.key, day):
        if level.external and not externals:
            return
        via: Via = "external" if level.external else "next_level"
        yield from _post(chart, via, level, day, spare=spare)


def is_unit(subject: str) -> bool:
    """Whether a case is about a unit and not about a person."""
    return subject.startswith(UNIT_KEY)


def start_of(chart: Chart, subject: str, day: date) -> Person | None:
    """The person the line of a case begins with: its subject; of a unit its head, else anybody in it."""
    if not subject.startswith(UNIT_KEY):
        return chart.near(subject, day)
    unit = subject.removeprefix(UNIT_KEY)
    return chart.head_post(unit, day) or next(iter(chart.members(unit, day)), None)


def desk_holders(chart: Chart, name: str, of: Person, day: date) -> Iterator[Person]:
    """Holders of a desk: own unit, the units up the line, the whole agency; by person_id within each."""
    for unit in _units_of(chart, of, day):
        yield from chart.on_duty(f"desk:{name}", unit, day)


def committees(chart: Chart, name: str, of: Person, day: date) -> Iterator[tuple[Person, ...]]:
    """The members of a committee, unit by unit: own unit, the units up the line, the whole agency; by person_id."""
    for unit in _units_of(chart, of, day):
        yield tuple(chart.on_duty(f"committee:{name}", unit, day))


def _units_of(chart: Chart, of: Person, day: date) -> Iterator[str]:
    yield of.unit
    yield from (unit for unit in chart.units_above(of.key, day) if unit != of.unit)
    yield ""


def last_resorts(chart: Chart, of: Person, day: date, *, spare: str = "") -> Iterator[Candidate]:
    """The personnel desk, its stand-ins, then external officials: those above first, then any."""
    for holder in desk_holders(chart, "personnel", of, day):
        yield "desk", holder, None
    for holder in desk_holders(chart, "personnel", of, day):
        if holder.key != spare:
            yield from (("desk", one, post) for _, one, post in stand_ins(chart, holder, day))
    for official in (one for one in chart.line_above(of.key, day) if one.external):
        yield from _post(chart, "external", official, day, spare=spare)
    for official in chart.externals(day):
        yield from _post(chart, "external", official, day, spare=spare)


def _post(chart: Chart, via: Via, post: Person, day: date, *, spare: str) -> Iterator[Candidate]:
    yield via, post, None
    if post.key != spare:  # those who stand in for the subject do not judge the subject
        yield from ((via, one, held) for _, one, held in stand_ins(chart, post, day))
