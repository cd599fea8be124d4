"""The dated organisation chart: who held which post on which day.

It knows nothing of roles (that is `engine.core.people`) and nothing of files (that is `engine.core.roster`).
A vacancy is not a row: it is a superior whose segments have all ended while subordinates still point there.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from engine.core.delegation import Delegation, ways_to
from engine.core.person import Person
from engine.core.trainings import Training, has_training
from engine.errors import NotFound

__all__ = ["Chart", "Person"]

_DAY = timedelta(days=1)


_MOST_LINES = 10_000
_Segments = tuple[Person, ...]
_Index = dict[str, _Segments]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """The organisation chart on every day it knows, indexed once; no look-up scans all people.

    `segments` may come in any order; `version` is the caller's name for exactly this content. `delegations` stand
    beside the posts: they say who may act for whom, and never who holds what. So do `trainings` that were recorded.
    """

    segments: tuple[Person, ...]
    version: str
    delegations: tuple[Delegation, ...] = ()
    trainings: tuple[Training, ...] = ()
    _by_id: _Index = field(init=False, repr=False, compare=False)
    _by_key: _Index = field(init=False, repr=False, compare=False)
    _reports: _Index = field(init=False, repr=False, compare=False)
    _heads: _Index = field(init=False, repr=False, compare=False)
    _acting: _Index = field(init=False, repr=False, compare=False)
    _duties: dict[tuple[str, str], _Segments] = field(init=False, repr=False, compare=False)
    _units: _Index = field(init=False, repr=False, compare=False)
    _externals: _Segments = field(init=False, repr=False, compare=False)
    _tops: _Segments = field(init=False, repr=False, compare=False)
    _turning: tuple[date, ...] = field(init=False, repr=False, compare=False)
    _takers: frozenset[str] = field(init=False, repr=False, compare=False)
    _trainings: dict[str, tuple[Training, ...]] = field(init=False, repr=False, compare=False)
    #: lines of superiors asked for lately: each role of a case climbs the same one
    _lines: dict[tuple[str, date], tuple[Person, ...]] = field(init=False, repr=False, compare=False)
    _units_above: dict[tuple[str, date], tuple[str, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        ordered = sorted(self.segments, key=lambda one: (one.person_id, one.valid_from))
        external_ids = {one.person_id for one in ordered if one.external}
        duties: dict[tuple[str, str], list[Person]] = {}
        for one in ordered:
            for duty in one.duties:
                if duty.startswith(("desk:", "committee:")):
                    duties.setdefault((duty, one.unit), []).append(one)
                    duties.setdefault((duty, ""), []).append(one)
        tops = [one for one in ordered if not one.external and one.superior in external_ids]
        tops.sort(key=lambda one: "head" not in one.duties)
        set_once = object.__setattr__
        set_once(self, "_by_id", _grouped((one.person_id, one) for one in ordered))
        set_once(self, "_by_key", _grouped((one.key, one) for one in ordered))
        set_once(self, "_reports", _grouped((one.superior, one) for one in ordered if one.superior))
        set_once(self, "_heads", _grouped((one.unit, one) for one in ordered if "head" in one.duties))
        set_once(self, "_acting", _grouped((one.acting_for, one) for one in ordered if one.acting_for))
        set_once(self, "_duties", {name: tuple(held) for name, held in duties.items()})
        set_once(self, "_units", _grouped((one.unit, one) for one in ordered))
        set_once(self, "_externals", tuple(one for one in ordered if one.external))
        set_once(self, "_tops", tuple(tops))
        set_once(self, "_lines", {})
        set_once(self, "_units_above", {})
        turning = {day for one in ordered for day in one.turning_days()}
        turning |= {one.last + _DAY for one in self.trainings if one.last is not None and one.last < date.max}
        set_once(self, "_turning", tuple(sorted(turning)))
        recorded: dict[str, list[Training]] = {}
        for record in self.trainings:
            recorded.setdefault(record.person, []).append(record)
        set_once(self, "_trainings", {person: tuple(held) for person, held in recorded.items()})
        set_once(self, "_takers", frozenset(one.taker for one in self.delegations))

    def trained(self, one: Person, training: str, day: date) -> bool:
        """Whether a person has a training on that day, by the people file or by what was recorded."""
        return one.trained_on(training, day) or has_training(self._trainings.get(one.key, ()), training, day)

    def person(self, key: str) -> Person:
        """The newest segment of the person with this pseudonym. Raises: NotFound."""
        found = self._by_key.get(key)
        if found is None:
            raise NotFound("person", key)
        return found[-1]

    def by_id(self, person_id: str) -> Person:
        """The newest segment of the person with this number. Raises: NotFound."""
        found = self._by_id.get(person_id)
        if found is None:
            raise NotFound("person", person_id)
        return found[-1]

    def history(self, who: str) -> tuple[Person, ...]:
        """All segments of a person (key or person_id), oldest first; empty for a stranger."""
        return self._by_key.get(who) or self._by_id.get(who, ())

    def at(self, who: str, day: date) -> Person | None:
        """The segment of a person (key or person_id) on that day, or None when there is none."""
        for one in self.history(who):
            if one.holds_on(day):
                return one
        return None

    def near(self, who: str, day: date) -> Person | None:
        """The segment on that day, else the last one before it, else the first one to come."""
        return _near(self.history(who), day)

    def people(self, day: date) -> tuple[Person, ...]:
        """Everybody who holds a segment on that day, by person_id."""
        return tuple(one for held in self._by_id.values() for one in held if one.holds_on(day))

    def units(self, day: date) -> tuple[str, ...]:
        """The units that have anybody of the agency in them on that day, by name."""
        return tuple(sorted({one.unit for one in self.people(day) if not one.external}))

    def superior(self, who: str, day: date) -> Person | None:
        """Whom the chart names as superior, in post or (a vacancy) by the last segment before that day."""
        own = self.near(who, day)
        return None if own is None or own.superior is None else self.near(own.superior, day)

    def line_above(self, who: str, day: date) -> tuple[Person, ...]:
        """The posts above a person, nearest first; a loop in the chart is walked once."""
        known = self._lines.get((who, day))
        if known is None:
            line: dict[str, Person] = {}
            level = self.superior(who, day)
            while level is not None and level.key != who and level.key not in line:
                line[level.key] = level
                level = self.superior(level.key, day)
            if len(self._lines) >= _MOST_LINES:
                self._lines.clear()
            known = self._lines[who, day] = tuple(line.values())
        return known

    def units_above(self, who: str, day: date) -> tuple[str, ...]:
        """The units of the posts above a person, nearest first."""
        known = self._units_above.get((who, day))
        if known is None:
            if len(self._units_above) >= _MOST_LINES:
                self._units_above.clear()
            units = dict.fromkeys(one.unit for one in self.line_above(who, day))
            known = self._units_above[who, day] = tuple(units)
        return known

    def head_of_unit(self, unit: str, day: date) -> Person | None:
        """The head of a unit who is in post on that day; None while the post is vacant."""
        post = self.head_post(unit, day)
        return post if post is not None and post.holds_on(day) else None

    def head_post(self, unit: str, day: date) -> Person | None:
        """The head in post on that day, else (a vacancy) whoever headed the unit last."""
        return _near(self._heads.get(unit, ()), day)

    def agency_head_post(self, day: date) -> Person | None:
        """The post right below the external official: its holder on that day, else whoever held it last."""
        return _near(self._tops, day)

    def direct_reports(self, who: str, day: date) -> tuple[Person, ...]:
        """Those in post on that day whose superior is this person, by person_id."""
        own = self.history(who)
        reports = self._reports.get(own[-1].person_id, ()) if own else ()
        return tuple(one for one in reports if one.holds_on(day))

    def acting_for(self, person_id: str, day: date) -> tuple[Person, ...]:
        """Those whose appointment to act for this person's post covers the day."""
        held = self._acting.get(person_id)
        return tuple(one for one in held if one.acts_on(day)) if held else ()

    def appointed_for(self, person_id: str) -> tuple[Person, ...]:
        """Those who were, are or will be appointed to act for this person's post, on whatever days."""
        return self._acting.get(person_id, ())

    def on_duty(self, duty: str, unit: str, day: date) -> Iterable[Person]:
        """Those with a duty (`desk:personnel`) in one unit ("" asks the whole agency), by person_id."""
        held = self._duties.get((duty, unit))
        return (one for one in held if one.holds_on(day)) if held else ()

    def members(self, unit: str, day: date) -> Iterable[Person]:
        """Everybody in post in a unit on that day, by person_id."""
        return (one for one in self._units.get(unit, ()) if one.holds_on(day))

    def externals(self, day: date) -> Iterable[Person]:
        """The external officials in office on that day, by person_id."""
        return (one for one in self._externals if one.holds_on(day))

    def stands_for(self, key: str, now: int, day: date) -> tuple[tuple[Delegation, ...], ...]:
        """The ways by which a person may act for others at an instant of that day, shortest first; mostly ()."""
        if key not in self._takers:
            return ()
        return tuple(ways_to(key, (one for one in self.delegations if one.runs(now, day))))

    def stood_in_for(self, key: str, now: int, day: date) -> tuple[tuple[Delegation, ...], ...]:
        """The ways by which others may act for this person, the direct takers first; mostly ()."""
        direct = [one.taker for one in self.delegations if one.giver == key and one.runs(now, day)]
        further = [one.taker for one in self.delegations if one.giver in direct and one.runs(now, day)]
        takers = dict.fromkeys((*direct, *further))
        return tuple(
            way for taker in takers for way in self.stands_for(taker, now, day) if way[0].giver == key
        )

    def change_days(self, after: date, until: date) -> tuple[date, ...]:
        """The days in (after, until] from which anything dated reads differently than the day before."""
        return self._turning[bisect_right(self._turning, after) : bisect_right(self._turning, until)]


def _grouped(pairs: Iterable[tuple[str | None, Person]]) -> _Index:
    groups: dict[str, list[Person]] = {}
    for name, one in pairs:
        if name is not None:
            groups.setdefault(name, []).append(one)
    return {name: tuple(held) for name, held in groups.items()}


def _near(held: tuple[Person, ...], day: date) -> Person | None:
    before: Person | None = None
    coming: Person | None = None
    for one in held:
        if one.holds_on(day):
            return one
        if one.valid_from > day:
            coming = one if coming is None or one.valid_from < coming.valid_from else coming
        elif before is None or (one.valid_to or day) > (before.valid_to or day):
            before = one
    return before or coming
