"""Retention: what is past its years is listed and proposed for erasure, never silently deleted.

The years are counted from the day the case ended, or from somebody's last day in service; what is kept from the day it
was written is kept until its case's years are over too, so nothing is proposed too early.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from engine.core.chart import Person
from engine.core.codec import decode, encode
from engine.core.definition import Label
from engine.core.permitting import demand_reason
from engine.core.privacy.beside import Said
from engine.core.privacy.classes import CLASSES, ERASABLE, ClassName, past, retention_of
from engine.core.privacy.erasing import PRIVACY, Erasure, Scope
from engine.core.privacy.naming import is_unnamed
from engine.core.privacy.official import Official, demand_office
from engine.core.zones import local_date
from engine.errors import NotFound, Refused
from engine.runtime.library import Library
from engine.runtime.privacy.beside import beside
from engine.runtime.privacy.erasing import MOST_CASES, Erasures
from engine.runtime.privacy.saying import say, today_of
from engine.store import accounts as filed
from engine.store import erasing, queries
from engine.store.database import Database
from engine.store.view import View

__all__ = ["LONGEST", "Over", "Retaining"]

#: the fact of the database that holds the years an agency set itself
_YEARS = "retention"
LONGEST = 100
_PAGE = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Over:
    """Data past its years: of which classes, since when the years count, and where.

    In a case, of a person, or in the reasons beside no case of what is `said`.
    """

    classes: tuple[ClassName, ...]
    since: date
    case: str = ""
    person: str = ""
    said: str = ""

    @property
    def of(self) -> str:
        """The case, person or thing it is about."""
        return self.case or self.person or self.said


class Retaining:
    """Knows the years, lists what is past them, and proposes its erasure."""

    def __init__(self, database: Database, library: Library, erasures: Erasures) -> None:
        self._database = database
        self._library = library
        self._erasures = erasures

    def years(self) -> Mapping[ClassName, int]:
        """For how many years each class is kept here; 0 is as long as the log."""
        with self._database.read() as view:
            own = _own(view)
        return {name: retention_of(one, own) for name, one in CLASSES.items()}

    def keep(self, name: str, years: int, *, who: Official, reason: str) -> None:
        """Set for how many years a class is kept. Raises: NotFound, NotYours, ReasonMissing, Refused."""
        told = demand_reason(reason)
        known = next((one for one in CLASSES.values() if one.name == name), None)
        if known is None:
            raise NotFound("class of data", name, sorted(CLASSES))
        if known.since == "ever" or not 1 <= years <= LONGEST:
            why = Label(
                id=f"Masa simpan 1 sampai {LONGEST} tahun; catatan audit disimpan selama ada.",
                en=f"data is kept for 1 to {LONGEST} years, and the log for as long as it stands",
            )
            raise Refused(f"these years cannot be set: {why.en}", label=why)
        with self._database.write() as unit:
            unit.hold(PRIVACY)
            chart = self._library.chart(unit)
            demand_office(chart, who, today_of(self._library, chart, who))
            own = _own(unit)
            facts = {"class": name, "years": years, "before": retention_of(known, own)}
            say(unit, self._library, "retention_set", facts, who=who, reason=told)
            unit.put_meta(_YEARS, encode({**own, name: years}).decode())

    def over(self) -> tuple[Over, ...]:
        """What is past its years now: cases by id, then people who left, then reasons beside no case."""
        with self._database.read() as view:
            return (*self._cases(view), *self._people(view), *self._said(view))

    def propose(self, *, who: Official, reason: str) -> tuple[Erasure, ...]:
        """Ask for the erasure of what is past its years and not asked for yet, for another to decide.

        One request for each set of classes, of at most so many cases; one for each person who left; and one for so
        many reasons beside no case.
        Raises: NotYours, ReasonMissing.
        """
        told = demand_reason(reason)
        with self._database.read() as view:
            chart = self._library.chart(view)
            demand_office(chart, who, today_of(self._library, chart, who))
        waiting = [one.scope for one in self._erasures.known() if one.state == "asked"]
        asked = {name for scope in waiting for name in scope.cases}
        groups: dict[tuple[ClassName, ...], list[str]] = {}
        told_of = {name for scope in waiting for name in scope.said}
        scopes, said = [], []
        for one in self.over():
            if one.case and one.case not in asked:
                groups.setdefault(one.classes, []).append(one.case)
            elif one.person and not any(scope.person == one.person for scope in waiting):
                scopes.append(Scope(person=one.person, classes=one.classes))
            elif one.said and one.said not in told_of:
                said.append(one.said)
        for classes, names in sorted(groups.items()):
            scopes += [
                Scope(cases=tuple(names[first : first + MOST_CASES]), classes=classes)
                for first in range(0, len(names), MOST_CASES)
            ]
        scopes += [
            Scope(said=tuple(said[first : first + MOST_CASES]), classes=("reasons",))
            for first in range(0, len(said), MOST_CASES)
        ]
        return tuple(self._erasures.ask(scope, "retention", who=who, reason=told) for scope in scopes)

    def _cases(self, view: View) -> Iterator[Over]:
        own, now, after = _own(view), self._library.now(), ""
        while page := queries.cases(view, after=after, limit=_PAGE):
            after = page[-1].id
            ended = {one.id: one for one in page if one.ended}
            kept = erasing.classes_in(view.driver, tuple(ended))
            for name, classes in sorted(kept.items()):
                case = ended[name]
                since, today = local_date(case.entered_at, case.zone), local_date(now, case.zone)
                over = tuple(
                    one for one in ERASABLE
                    if one in classes and past(since, retention_of(CLASSES[one], own), today)
                )  # fmt: skip
                if over:
                    yield Over(classes=over, since=since, case=name)

    def _said(self, view: View) -> Iterator[Over]:
        """Reasons beside no case, of what is over; why something was erased is kept for whoever doubts it."""
        last: dict[str, Said] = {one.name: one for one, _ in beside(view) if not one.of_erasure}
        years = retention_of(CLASSES["reasons"], _own(view))
        today = local_date(self._library.now(), "UTC")
        for name, one in sorted(last.items()):
            since = local_date(one.at, "UTC")
            if one.settled and past(since, years, today):
                yield Over(classes=("reasons",), since=since, said=name)

    def _people(self, view: View) -> Iterator[Over]:
        own, now = _own(view), self._library.now()
        last: dict[str, Person] = {}
        for one in self._library.chart(view).segments:
            if one.key not in last or one.valid_from > last[one.key].valid_from:
                last[one.key] = one
        for key, one in sorted(last.items()):
            if one.valid_to is None:
                continue
            today = local_date(now, one.zone)
            if not is_unnamed(one) and past(one.valid_to, retention_of(CLASSES["chart"], own), today):
                yield Over(classes=("letters", "requests", "chart"), since=one.valid_to, person=key)
            elif (
                past(one.valid_to, retention_of(CLASSES["accounts"], own), today)
                and filed.account_of(view.driver, person=key) is not None
            ):
                yield Over(classes=("accounts",), since=one.valid_to, person=key)


def _own(view: View) -> Mapping[str, int]:
    """The years an agency set itself, by class."""
    told = view.meta(_YEARS)
    own: Mapping[str, int] = decode(told) if told else {}
    return own
