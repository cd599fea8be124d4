"""What became of the promises of a definition in each case, worked out from its entries alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from engine.lawful.days import UnknownDayError
from engine.lawful.rules import RuleBook, Way, promised_names
from engine.lawful.standing import Life

__all__ = ["Keeping", "leads_on", "promises_after"]

_UNSETTLED = ("open", "lost")
#: acts before which a day that is over has been told; what comes by itself comes in the order of its own instants
_ACTS = frozenset({"moved", "stayed", "answered", "signed", "declined", "edited"})


def leads_on(way: Way) -> bool:
    """Whether a way is one to count on, and not what comes to a case from outside (leaving, exemption)."""
    return way.at is not None or not way.rule.startswith("anytime.")


class Keeping:
    """One promise in one case."""

    def __init__(self, number: int, promise: Mapping[str, Any]) -> None:
        self.number, self.promise = number, promise
        #: what it speaks of
        self.names = promised_names(promise)
        #: "open", "kept", "broken", "lost" (not broken, and nothing keeps it any more)
        self.standing = "open"
        #: the entries that show it
        self.evidence: tuple[int, ...] = ()
        self._begun = self._count = 0
        self._outside = False
        self._asks = "always" in promise
        self._acts: list[tuple[str, str, int]] = []
        #: the last day on which it can be kept, and the day that is counted from
        self.day: date | None = None
        self.basis: date | None = None

    def copied(self) -> Keeping:
        """One of its own."""
        other = Keeping.__new__(Keeping)
        other.__dict__.update(self.__dict__, _acts=[*self._acts])
        return other

    @property
    def owes(self) -> bool:
        """Whether something has yet to follow."""
        due = self._asks and bool(self._begun) and not self._outside
        return due and self.standing in _UNSETTLED

    def over(self, entry: int) -> None:
        """Its day is over, and it was not kept."""
        if self.standing in _UNSETTLED:
            self._broken(entry)

    def outside(self) -> None:
        """The case went another way from outside: what was owed is owed no more."""
        if self._begun:
            self._outside = True

    def happens(self, names: frozenset[str], persons: tuple[str, ...], entry: int) -> None:
        """Something of these names happened."""
        if self.standing not in _UNSETTLED:
            return
        told = self.promise
        if "before" in told:
            self._never_before(told, names, entry)
        elif "always" in told:
            self._always_after(told, names, entry)
        elif "never" in told:
            self._never_after(told, names, entry)
        elif "of" in told and told["of"] in names:
            self._count += 1
            self._begun = self._begun or entry
            if self._count > int(told["at_most"]):
                self._broken(entry)
        elif "never_same" in told:
            self._never_same(told["never_same"], names, persons, entry)

    def _always_after(self, told: Mapping[str, Any], names: frozenset[str], entry: int) -> None:
        if told["always"] in names:
            self._begun, self._outside = 0, False
        elif told["after"] in names and (self._outside or not self._begun):
            self._begun, self._outside = entry, False

    def _never_after(self, told: Mapping[str, Any], names: frozenset[str], entry: int) -> None:
        if self._begun and told["never"] in names:
            self._broken(entry)
        elif told["after"] in names and not self._begun:
            self._begun = entry

    def ends(self, entry: int, *, outside: bool) -> None:
        """The case is over."""
        if self.standing not in _UNSETTLED:
            return
        if "always" not in self.promise or not self._begun:
            self.standing, self.evidence = "kept", (entry,)
        elif self._outside or (outside and self._begun < entry):
            self.standing, self.evidence = "lost", (self._begun, entry)
        else:
            self._broken(entry)

    def hopeless(self, entry: int) -> None:
        """Nothing that may still happen keeps it."""
        if self._begun and self.standing == "open":
            self.standing, self.evidence = "lost", (self._begun, entry)

    def _broken(self, entry: int) -> None:
        self.standing = "broken"
        self.evidence = (self._begun, entry) if self._begun else (entry,)

    def _never_before(self, told: Mapping[str, Any], names: frozenset[str], entry: int) -> None:
        if told["before"] in names:
            self.standing, self.evidence = "kept", (entry,)
        elif told["never"] in names:
            self._broken(entry)

    def _never_same(
        self, acts: list[str], names: frozenset[str], persons: tuple[str, ...], entry: int
    ) -> None:
        mine = [act for act in acts if act in names]
        for act in mine:
            for other, person, then in self._acts:
                if other != act and person in persons and then != entry:
                    self._begun = then
                    self._broken(entry)
                    return
        self._acts += [(act, person, entry) for act in mine for person in persons]


def promises_after(
    life: Life,
    told: Mapping[str, Any],
    way: Way | None,
    kept: list[Keeping],
    hopeful: Callable[[str, str], bool],
) -> None:
    """Move every promise of a case on by one entry that moved it, or after which it stayed."""
    kind, entry = told["kind"], int(told["seq"])
    if kind == "promise" or (kind in _ACTS and "person" in told.get("actor", {})):
        # Of several days that are over each is told by an entry of its own.
        mine = [one for one in kept if kind != "promise" or one.number == told["cause"]["promise"]]
        _days_over(life, mine, entry, kind)
    if kind == "recounted":
        _counted_again(life, told, kept)
    if kind not in {"launched", "moved", "stayed", "ended", "cancelled"}:
        return
    if kind == "cancelled":
        for one in kept:
            one.ends(entry, outside=True)
        return
    happened = {str(told["to"])} if way is None else {str(told["to"]), way.name, way.rule}
    calm = not life.ended and kind != "launched" and (way is None or leads_on(way))
    for one in kept:
        if not (calm and not one.owes and one.names.isdisjoint(happened)):
            _moved_on(life, told, way, one, hopeful)


def _moved_on(
    life: Life, told: Mapping[str, Any], way: Way | None, one: Keeping, hopeful: Callable[[str, str], bool]
) -> None:
    kind, entry, owed = told["kind"], int(told["seq"]), one.owes
    actor = told.get("actor", {})
    people = tuple(who for who in (actor.get("person"), actor.get("behalf")) if who)
    persons = people if way is not None and way.by is not None else ()
    if way is not None:
        if not leads_on(way):
            one.outside()
        one.happens(frozenset({way.name, way.rule}), persons, entry)
    if kind != "stayed":
        one.happens(frozenset({str(told["to"])}), persons, entry)
    if life.ended and kind != "stayed":
        one.ends(entry, outside=kind == "ended" or way is None or not leads_on(way))
    elif one.owes and not hopeful(str(one.promise.get("always")), life.state):
        one.hopeless(entry)
    if one.owes != owed or kind == "launched":
        _set_day(life, one)


def _set_day(life: Life, one: Keeping) -> None:
    """The last day for what must follow within a time runs from when it is owed."""
    text, within = one.promise.get("ends_by"), one.promise.get("within")
    if text is None and (within is None or not one.owes):
        one.day = None
        return
    one.basis = life.today
    _count(life, one)


def _counted_again(life: Life, told: Mapping[str, Any], kept: list[Keeping]) -> None:
    """Another calendar moves the day of a promise as it moves every clock, or leaves it."""
    for line in told.get("recounted", ()):
        for one in kept:
            if line["clock"] == f"promise:{one.number}" and line.get("kept"):
                one.day = date.fromisoformat(line["to"])
            elif line["clock"] == f"promise:{one.number}":
                _count(life, one)


def _count(life: Life, one: Keeping) -> None:
    clock = life.clocks.get(f"promise:{one.number}")
    if clock is None or life.written is None or one.basis is None:
        return
    text = one.promise.get("ends_by")
    try:
        days = life.days(clock.calendar)
        if text is not None:
            one.day = life.written.moment(text, days, one.basis)
        else:
            one.day = days.counted(one.basis, *life.written.span(str(one.promise["within"])))
    except UnknownDayError as unknown:
        life.unjudged = life.unjudged or str(unknown)
        return
    if one.day != clock.due:
        life.say("deadline", f"promise {one.number} runs until {clock.due}", f"by its words until {one.day}")


def _days_over(life: Life, kept: list[Keeping], entry: int, kind: str) -> None:
    assert life.zone is not None
    for one in kept:
        if one.day is None:
            continue
        over = life.zone.end(one.day)
        if life.at > over or (life.at == over and kind == "promise"):
            one.over(entry)
            one.day = None


def reachable(book: RuleBook, name: str) -> frozenset[str]:
    """The states from which something of that name can still happen, however often ways were used."""
    onward: dict[str, set[str]] = {}
    found: set[str] = set()
    for place in book.states.values():
        onward[place.name] = set()
        for way in place.ways.values():
            for to in (way.to, way.then):
                rows = book.choices.get(to or "")
                names = [row for _, row in rows] if rows is not None else [to] if to else []
                onward[place.name].update(one for one in names if one != "stay")
            if name in {way.name, way.rule}:
                found.add(place.name)
        if name in onward[place.name]:
            found.add(place.name)
    more = True
    while more:
        more = False
        for state, leads in onward.items():
            if state not in found and leads & found:
                found.add(state)
                more = True
    return frozenset(found)
