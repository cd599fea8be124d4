"""A definition as a pack carries it, read anew: states, ways out, ladders, roles that are kept apart, promises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

__all__ = ["DueRule", "NoRulesError", "Place", "RuleBook", "Way", "book_of", "promised_names"]

_PHASE_WORDS = ("not_before", "due", "anytime")
#: pauses every definition knows, and how long each lasts at most
_PAUSES_ALWAYS = {
    "leave": (6, "month"),
    "dispute": (3, "month"),
    "outage": (1, "month"),
    "superior_plan": (15, "working day"),
}


class NoRulesError(Exception):
    """A definition cannot be read by this program."""


class DueRule(NamedTuple):
    """A due time: within so long of entry, or at a moment; its ladder, and the pauses that stop it."""

    within: str | None
    date: str | None
    at_least: str | None
    day_off: str
    ladder: str
    pauses: tuple[str, ...]


class Way(NamedTuple):
    """One way out of a state. `by` are roles (empty: the holder), `at` a moment, `upon` facts."""

    name: str
    rule: str
    by: tuple[str, ...] | None
    at: DueRule | None
    upon: tuple[str, ...]
    to: str
    then: str | None
    at_most: int | None
    guarded: bool
    reason: bool
    undo: int
    anytime: bool
    scope: str
    starts: tuple[str, ...]
    within: tuple[str, ...]
    #: the form it fills of its own, and the rule of the act it voids
    form: str | None
    restores: str | None


class Place(NamedTuple):
    """A state: its phase, how it ends a case, whose task it is, whom it gathers from."""

    name: str
    phase: str
    final: str | None
    who: str | None
    gather: Mapping[str, Any] | None
    due: DueRule | None
    not_before: str | None
    ways: Mapping[str, Way]


class RuleBook:
    """One machine of a definition: its states, or those of one of its tracks. Raises: NoRulesError."""

    def __init__(self, whole: Mapping[str, Any], track: str = "") -> None:
        rules = whole["rules"]
        self._rules, self._order = rules, whole.get("order", {})
        self.day_off = str(rules["calendar"]["day_off"])
        self.settings = {name: str(one["is"]) for name, one in rules.get("settings", {}).items()}
        self.choices: dict[str, list[tuple[str | None, str]]] = {}
        for name, rows in rules.get("choices", {}).items():
            self._choice(name, rows)
        self.ladders = {
            name: [str(one["at"]) for one in rungs] for name, rungs in rules.get("ladders", {}).items()
        }
        self.rungs: dict[str, list[Mapping[str, Any]]] = {
            name: list(rungs) for name, rungs in rules.get("ladders", {}).items()
        }
        self.phase_dues: dict[str, DueRule] = {}
        self.phase_opens: dict[str, str] = {}
        self.states: dict[str, Place] = {}
        self.initial = ""
        if track:
            tracks = rules.get("tracks", {})
            if track not in tracks:
                raise NoRulesError(f"the definition has no track {track!r}")
            self._phases({track: tracks[track]}, ("tracks",), {})
        else:
            self._phases(rules["phases"], ("phases",), rules.get("anytime", {}))
        due = rules.get("due")
        self.due = None if due is None or track else self._due(due)
        self._roles(rules["roles"])
        self.links: Mapping[str, Any] = rules.get("linked", {})
        self.pauses = dict(_PAUSES_ALWAYS)
        self.own_pauses: dict[str, Mapping[str, Any]] = dict(rules.get("pauses", {}))
        self.promises: list[tuple[int, Mapping[str, Any]]] = []
        #: the clocks that each state asks for, once somebody has worked them out
        self.clocks_asked: dict[str, list[str]] = {}

    def apart_from(self, role: str) -> frozenset[str]:
        """The roles that must not be one person with this one, whichever of the two says so."""
        return self._apart.get(role, frozenset())

    def is_subject(self, role: str) -> bool:
        """Whether a role is the very person the case is about."""
        return role in self._subjects

    def may_be_subject(self, role: str) -> bool:
        """Whether the person the case is about may act in this role at all."""
        return role in self._subjects or role not in self._known

    def _roles(self, roles: Mapping[str, Any]) -> None:
        self._known = frozenset(roles)
        self._subjects = frozenset(name for name, one in roles.items() if one == "subject")
        apart: dict[str, set[str]] = {name: set() for name in roles}
        for name, one in roles.items():
            for other in _several(one.get("not")) if isinstance(one, Mapping) else ():
                apart[name].add(other)
                apart.setdefault(other, set()).add(name)
        self._apart = {name: frozenset(others) for name, others in apart.items()}
        self.several = frozenset(
            name
            for name, one in roles.items()
            if isinstance(one, Mapping) and ("committee" in one or "named_in" in one)
        )

    def _choice(self, name: str, rows: Sequence[Mapping[str, Any]]) -> None:
        self.choices[name] = [
            (None, str(row["otherwise"])) if "otherwise" in row else (f"{name}[{at}]", str(row["to"]))
            for at, row in enumerate(rows)
        ]

    def _phases(self, phases: Mapping[str, Any], path: tuple[str, ...], anytime: Mapping[str, Any]) -> None:
        everywhere = [self._way("anytime", name, one, scope="case") for name, one in anytime.items()]
        for phase in self._ordered(phases, ".".join(path)):
            told = phases[phase]
            in_phase = [
                self._way(phase, name, one, scope="phase") for name, one in told.get("anytime", {}).items()
            ]
            if "due" in told:
                self.phase_dues[phase] = self._due(told["due"])
            if "not_before" in told:
                self.phase_opens[phase] = str(told["not_before"])
            for name in self._ordered(told, ".".join((*path, phase))):
                if name in _PHASE_WORDS:
                    continue
                self.initial = self.initial or name
                self.states[name] = self._place(name, phase, told[name], [*in_phase, *everywhere])

    def _ordered(self, mapping: Mapping[str, Any], path: str) -> list[str]:
        first = [name for name in self._order.get(path, ()) if name in mapping]
        return [*first, *(name for name in mapping if name not in first)]

    def _place(self, name: str, phase: str, told: Mapping[str, Any], shared: list[Way]) -> Place:
        final = told.get("final")
        task, gather = told.get("task"), told.get("gather")
        work = task or gather or {}
        own = [self._way(name, key, one, scope="visit") for key, one in told.get("transitions", {}).items()]
        ways = [*own]
        if final is None:
            ways += [one for one in shared if not one.within or name in one.within or phase in one.within]
        found: dict[str, Way] = {}
        for one in ways:
            found.setdefault(one.rule, one)
        return Place(
            name=name,
            phase=phase,
            final=None if final is None else str(final),
            who=None if task is None else str(task["who"]),
            gather=gather,
            due=self._due(work["due"]) if "due" in work else None,
            not_before=str(work["not_before"]) if "not_before" in work else None,
            ways=found,
        )

    def _way(self, owner: str, name: str, told: Mapping[str, Any], *, scope: str) -> Way:
        rule = f"{owner}.{name}"
        if "choose" in told:
            self._choice(rule, told["choose"])
        at = told.get("at")
        by = None if at is not None or "upon" in told else _several(told.get("by"))
        most = told.get("at_most")
        return Way(
            name=name,
            rule=rule,
            by=() if by == ("holder",) else by,
            at=None if at is None else self._moment(at, _several(told.get("pauses"))),
            upon=tuple(
                " ".join(one.split()).replace(" reached ", " reaches ") for one in _several(told.get("upon"))
            ),
            to=rule if "choose" in told else str(told["to"]),
            then=None if told.get("then") is None else str(told["then"]),
            at_most=None if most is None else int(most),
            guarded="when" in told,
            reason="reason" in told,
            undo=_minutes(told.get("undo")),
            form=told.get("form"),
            restores=None if told.get("restores") is None else f"{owner}.{told['restores']}",
            anytime=owner == "anytime" or scope == "phase",
            scope=scope,
            starts=_several(told.get("starts")),
            within=_several(told.get("in")),
        )

    def _moment(self, told: Any, pauses: tuple[str, ...]) -> DueRule:
        if isinstance(told, str):
            return DueRule(None, told, None, "stays", "", pauses)
        return DueRule(
            None, str(told["date"]), told.get("at_least"), told.get("day_off", "stays"), "", pauses
        )

    def _due(self, told: Any) -> DueRule:
        if isinstance(told, str):
            plain = self.settings.get(told.strip(), told)
            if _is_span(plain):
                return DueRule(told, None, None, self.day_off, "standard", ())
            return DueRule(None, told, None, self.day_off, "standard", ())
        day_off = told.get("day_off", self.day_off)
        ladder = told.get("ladder", "standard")
        date = f"{told['window']}.to" if "window" in told else told.get("date")
        return DueRule(
            told.get("within"), date, told.get("at_least"), day_off, ladder, _several(told.get("pauses"))
        )

    def names(self) -> frozenset[str]:
        """Everything a promise may call by name here: states, and ways by name and by rule."""
        ways = [way for place in self.states.values() for way in place.ways.values()]
        return frozenset({*self.states, *(way.name for way in ways), *(way.rule for way in ways)})


def _promises(
    book: RuleBook, told: Sequence[Mapping[str, Any]], main: RuleBook
) -> list[tuple[int, Mapping[str, Any]]]:
    """The promises about this machine, with their numbers; a track has those alone that are not about its case."""
    mine, theirs = book.names(), main.names()
    if book is main:
        return [(at, one) for at, one in enumerate(told) if promised_names(one) <= mine]
    beside = [one for one in told if not promised_names(one) <= theirs and promised_names(one) <= mine]
    return list(enumerate(beside))


def promised_names(one: Mapping[str, Any]) -> frozenset[str]:
    """The names that a promise uses."""
    names = {one[key] for key in ("never", "before", "after", "always", "of") if key in one}
    return frozenset(names | set(one.get("never_same", ())))


def _is_span(text: str) -> bool:
    first, _, unit = text.strip().partition(" ")
    return first.isdigit() and unit.strip().rstrip("s") in {"working day", "day", "week", "month", "year"}


def _several(told: Any) -> tuple[str, ...]:
    """One name or a list of them, as names."""
    if told is None:
        return ()
    if isinstance(told, str):
        return (told,)
    return tuple(str(one) for one in told)


def _minutes(told: str | None) -> int:
    if told is None:
        return 0
    amount, _, unit = told.partition(" ")
    return int(amount) * (60 if unit.startswith("hour") else 1)


def book_of(whole: Any, track: str = "") -> RuleBook:
    """The rules of a definition or of a track of it. Raises: NoRulesError, for what this program cannot read."""
    try:
        main = RuleBook(whole)
        book = RuleBook(whole, track) if track else main
        book.promises = _promises(book, whole["rules"].get("promises", ()), main)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise NoRulesError(f"the definition cannot be read: {type(error).__name__} {error}") from None
    return book
