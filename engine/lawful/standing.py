"""How one case stands after each of its entries, as far as the law needs to know it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from engine.lawful.days import DayClock, UnknownDayError, WorkDays, Written, instant_of
from engine.lawful.rules import DueRule, Place, RuleBook, Way

__all__ = ["Asked", "Breach", "Life", "Running", "World"]


class Breach(NamedTuple):
    """Something that was not lawful: in which entry, by which rule in words, and what would have been lawful."""

    leaf: int
    stream: str
    seq: int
    rule: str
    said: str
    lawful: str


class World(NamedTuple):
    """What a pack holds besides entries: definitions and calendars by what entries call them; None if not there."""

    book: Callable[[str], RuleBook | None]
    calendar: Callable[[str], WorkDays | None]
    zone: Callable[[str], DayClock]


class Asked:
    """Somebody the case waits for, and in which role."""

    def __init__(self, role: str, person: str) -> None:
        self.role, self.person = role, person
        #: "waiting", "answered", "declined", "dropped"
        self.state = "waiting"

    def copied(self) -> Asked:
        """One of its own."""
        other = Asked(self.role, self.person)
        other.state = self.state
        return other


class Running:
    """A clock that runs: its last day, and what has happened to it."""

    def __init__(self, name: str, due: date, calendar: str, visit: int) -> None:
        self.name, self.due, self.calendar, self.visit = name, due, calendar, visit
        self.generation = 1
        #: since when it counts, or runs on
        self.counts = datetime.min  # noqa: DTZ901 - as the life's own instant
        self.fired: set[int] = set()
        #: rungs whose day was over when the clock was armed or counted again
        self.skipped: set[int] = set()
        #: reasons it stands still for, and since when
        self.holds: dict[str, datetime] = {}
        #: since when it stands still without a break, for whatever reasons one after the other
        self.still: datetime | None = None
        #: whether more than its rule decides its day by now: time granted, given back, a calendar kept
        self.grown = False
        #: whether it has ever stood still: then what was to come may come later
        self.stood = False
        #: whether its moment has come
        self.over = False

    def copied(self) -> Running:
        """One of its own."""
        other = Running.__new__(Running)
        other.__dict__.update(self.__dict__)
        other.fired, other.skipped, other.holds = {*self.fired}, {*self.skipped}, {**self.holds}
        return other


class Life:
    """One case, from its first entry on."""

    def __init__(self, world: World, stream: str, keep: Callable[[Breach], None]) -> None:
        self.world, self.stream = world, stream
        self._keep = keep
        self.book: RuleBook | None = None
        self.zone: DayClock | None = None
        self.written: Written | None = None
        self.definition = self.cycle = self.subject = self.state = self.ended = self.parent = ""
        self.link = ""
        self.seq = self.visit = self.visits = 0
        self.at = datetime.min  # noqa: DTZ901 - instants here are UTC without saying so
        self.entered: date | None = None
        self.opened: date | None = None
        self.phases: dict[str, date] = {}
        self.uses: dict[str, int] = {}
        self.acted: dict[str, set[str]] = {}
        self.facts: set[str] = set()
        self.asked: list[Asked] = []
        #: whether who of those asked still waits is not told by the log: answers without names
        self.unnamed = 0
        self.clocks: dict[str, Running] = {}
        self.sleeps: date | None = None
        self.opens: set[str] = set()
        #: the move that may be taken back: what the case was before it
        self.before: dict[str, Any] | None = None
        self.undo: tuple[int, str, str, datetime] | None = None
        self.spent = ""
        #: which entry wrote each form last, and its commitment
        self.wrote: dict[str, tuple[int, str]] = {}
        #: acts of this visit that may be voided: way, form, entry, and what was written before it
        self.shelved: list[tuple[str, str, int, tuple[int, str]]] = []
        self._leaf = 0
        self._today: date | None = None
        #: why this case cannot be judged any further
        self.unjudged = ""

    @property
    def place(self) -> Place:
        """The state the case is in."""
        assert self.book is not None
        return self.book.states[self.state]

    @property
    def today(self) -> date:
        """The civil day of the present entry, worked out when it is first asked for."""
        if self._today is None:
            assert self.zone is not None
            self._today = self.zone.day(self.at)
        return self._today

    def say(self, rule: str, said: str, lawful: str) -> None:
        """One breach of the present entry."""
        self._keep(Breach(self._leaf, self.stream, self.seq, rule, said, lawful))

    def begin(self, leaf: int, told: Mapping[str, Any]) -> None:
        """Take up the next entry."""
        self._leaf, self.seq = leaf, told["seq"]
        at = instant_of(str(told["at"]))
        if at < self.at:
            self.say("time", f"it is of {at}, and the entry before it of {self.at}", "time runs on in a case")
        self.at, self._today = max(at, self.at), None

    def note_written(self, told: Mapping[str, Any]) -> None:
        """Remember what an entry committed to; one that takes a move back has the older versions count again."""
        if told["kind"] != "undone":
            self.wrote |= {name: (self.seq, str(bound)) for name, bound in told.get("content", {}).items()}

    def days(self, version: str) -> WorkDays:
        """The working days of a calendar version. Raises: UnknownDayError."""
        found = self.world.calendar(version)
        if found is None:
            raise UnknownDayError(f"the calendar {version[:80]} is not in the pack")
        return found

    def waiting(self) -> list[Asked]:
        """Those the case waits for."""
        return [one for one in self.asked if one.state == "waiting"]

    def holding(self, person: str | None) -> Asked | None:
        """The work of a person that the case waits for."""
        return next((one for one in self.waiting() if one.person == person), None)

    def apart(self, role: str) -> dict[str, str]:
        """Those from whom a role is kept apart by what they did, with the role they did it in."""
        assert self.book is not None
        found: dict[str, str] = {}
        for other in self.book.apart_from(role):
            for person in self.acted.get(other, ()):
                found[person] = other
        return found

    def has_acted(self, role: str, *persons: str | None) -> None:
        """Remember who acted in a role."""
        self.acted.setdefault(role, set()).update(one for one in persons if one)

    def way(self, rule: str) -> Way | None:
        """The way out of the present state that has this rule."""
        return self.place.ways.get(rule)

    def due_rule(self, name: str) -> DueRule | None:
        """What a clock of this name counts by."""
        assert self.book is not None
        if name == "task":
            return self.place.due
        if name == "case":
            return self.book.due
        if name.startswith("phase:"):
            return self.book.phase_dues.get(name[len("phase:") :])
        if name.startswith("move:"):
            way = self.way(name[len("move:") :])
            return None if way is None else way.at
        return None

    def snapshot(self) -> dict[str, Any]:
        """The case as it stands, to be gone back to."""
        return {
            "state": self.state,
            "visit": self.visit,
            "entered": self.entered,
            "opened": self.opened,
            "phases": {**self.phases},
            "uses": {**self.uses},
            "acted": {role: {*people} for role, people in self.acted.items()},
            "facts": {*self.facts},
            "asked": [one.copied() for one in self.asked],
            "unnamed": self.unnamed,
            "clocks": {name: one.copied() for name, one in self.clocks.items()},
            "sleeps": self.sleeps,
            "opens": {*self.opens},
            "ended": self.ended,
            "wrote": {**self.wrote},
            "shelved": [*self.shelved],
        }

    def restore(self, kept: Mapping[str, Any]) -> None:
        """Go back to how the case stood; what has rung since stays rung."""
        since = self.clocks
        for name, value in kept.items():
            setattr(self, name, value)
        for name, clock in self.clocks.items():
            other = since.get(name)
            if other is not None and (other.visit, other.generation) == (clock.visit, clock.generation):
                clock.fired |= other.fired
