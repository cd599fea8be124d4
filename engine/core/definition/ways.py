"""Ways out of a state: transitions with their one trigger each, and the forks they may lead to."""

from __future__ import annotations

from dataclasses import dataclass

from engine.core.definition.facts import Fact
from engine.core.definition.times import DayOff, Scope
from engine.core.definition.words import Condition
from engine.core.moments import Duration, Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a choice. `when` is None for `otherwise`."""

    when: Condition | None
    to: str
    notify: tuple[str, ...] = ()
    #: linked cases this row opens
    starts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A fork: rows exclude each other, one `otherwise`. Inline forks are named `<state>.<transition>`."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class By:
    """An act of people in these roles; empty means the task's holder."""

    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class At:
    """A moment. `scope` says whose entry `at_least` and `after entry` count from."""

    moment: Moment
    at_least: Duration | None = None
    day_off: DayOff = "stays"
    scope: Scope = "visit"
    #: the reasons that stop this clock ("leave", a pause of the definition), if it counts from entry
    pauses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Upon:
    """Facts, level-triggered: once all of them are true; true on entry fires at once."""

    facts: tuple[Fact, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """The facts as a case remembers them."""
        return tuple(fact.text for fact in self.facts)


Trigger = By | At | Upon


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """One way out of a state.

    `to` names a state, a choice, or STAY. `at_most` caps its uses over the life of a case; once used up it leads to
    `then` (or is refused if `then` is None). `anytime` moves are listed in each state that offers them; their `rule`
    is the one name they are known by ("anytime.leaves", "planning.default_draft", "employee_drafts.submit").
    """

    name: str
    rule: str
    source: str
    trigger: Trigger
    to: str
    when: Condition | None = None
    form: str | None = None
    reason_required: bool = False
    at_most: int | None = None
    then: str | None = None
    notify: tuple[str, ...] = ()
    anytime: bool = False
    basis: str = ""
    #: linked cases this transition opens
    starts: tuple[str, ...] = ()
    #: the journal to which the act's form is added as an entry
    adds: str | None = None
    #: whether it may be done in many cases at once; None: unless it judges (see `engine.core.bulk`)
    bulk: bool | None = None
    #: minutes for which whoever acted may take the act back
    undo: int | None = None
    #: the act of the same state that this one voids: what it wrote counts again as it stood before
    restores: str | None = None
