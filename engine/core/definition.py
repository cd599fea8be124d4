"""The values a workflow definition is made of; see the language reference for what each key means.

Everything here is frozen and already checked: names resolve, settings are put in, `anytime` moves stand in the list
of every state that offers them. Reading and checking happen in `parse`; compiling in `machine`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from engine.core.moments import Duration, Moment
from engine.core.people import Role

Language = Literal["id", "en"]
DayOff = Literal["next", "previous", "stays"]
Scope = Literal["visit", "phase", "case"]
FinalKind = Literal["complete", "incomplete", "continued", "ended"]
FieldKind = Literal["text", "number", "choice", "date", "link", "list"]

#: The name that means "whoever holds the task" wherever a role may stand.
HOLDER = "holder"
#: The target that writes an entry and leaves state, visit, clocks and fired rungs untouched.
STAY = "stay"
#: Facts a transition may wait for with `upon`.
FACTS = ("employee leaves", "employee moves")


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """One text in both languages."""

    id: str
    en: str

    def __getitem__(self, language: str) -> str:
        return self.en if language == "en" else self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A number that is not firm law: what it is here, what an agency may make of it, and on what ground."""

    name: str
    value: str
    allow: str | tuple[str, ...]
    basis: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A CEL expression as written, and where it stands (`file:line:column`)."""

    text: str
    place: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a form. `limit` is the longest text in characters; `least`/`most` bound numbers and list lengths."""

    name: str
    kind: FieldKind
    limit: int = 0
    least: int = 0
    most: int = 0
    decimals: int = 0
    choices: tuple[str, ...] = ()
    #: the fields of one item, for kind "list"
    item: tuple[Field, ...] = ()
    #: the name of the item form, for kind "list"
    item_form: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form; `item_only` forms describe the items of lists and are never filled by themselves."""

    name: str
    fields: tuple[Field, ...]
    item_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """The sum of a number over a list: `plan.results.weight`. Missing input gives a missing figure."""

    name: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many items a list has: `plan.results`."""

    name: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table over two choices, every cell filled: `cells[(down, across)]`."""

    name: str
    down: str
    across: str
    cells: Mapping[tuple[str, str], str]


Figure = Total | Count | Grid


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a choice. `when` is None for `otherwise`."""

    when: Condition | None
    to: str
    notify: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A fork: rows exclude each other, one `otherwise`. Inline forks are named `<state>.<transition>`."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One step of a ladder. `offset` counts from the due time: None is at due, else before or after it."""

    offset: Duration | None = None
    before: bool = False
    remind: tuple[str, ...] = ()
    notify: tuple[str, ...] = ()
    #: opens an escalation task for this role: remind with a note, reassign, grant days
    task: str | None = None
    #: hands the task over: "substitute", "next_level" or a role
    reassign: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """The rungs of a due time, in order of time."""

    name: str
    rungs: tuple[Rung, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A due time: `within` a duration of entry, or at a `date` but `at_least` so long after entry."""

    within: Duration | None = None
    date: Moment | None = None
    at_least: Duration | None = None
    day_off: DayOff = "next"
    ladder: str = "standard"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Upon:
    """A fact, level-triggered: true on entry fires at once."""

    fact: str


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


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRule:
    """The work a state waits for: who, with which form, seeing what, until when."""

    who: str
    form: str | None = None
    shows: tuple[str, ...] = ()
    due: Due | None = None
    not_before: Moment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A state where a case rests. `final` ends it; a state without task waits."""

    name: str
    phase: str
    task: TaskRule | None = None
    transitions: tuple[Transition, ...] = ()
    final: FinalKind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """A phase: planning, monitoring, evaluation, feedback, remediation, closed. `due` is armed once."""

    name: str
    states: tuple[str, ...]
    not_before: Moment | None = None
    due: Due | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodRule:
    """What is appraised: one year from month/day to month/day."""

    from_month: int
    from_day: int
    to_month: int
    to_day: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Covers:
    """Who gets a case: a condition over `employee.kind`, `employee.unit`, ...; and which statuses are exempt."""

    who: Condition | None
    exempt: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarRule:
    """Whose days and zone: calendar `use`, of the person in role `of`; where due dates on a day off go."""

    use: str
    of: str
    day_off: DayOff


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """A role may read a form or figure since it first reached one of these states; empty means always."""

    what: str
    role: str
    since: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """The sidecar: every label by section and name, e.g. `labels["states"]["running"]`."""

    title: Label
    labels: Mapping[str, Mapping[str, Label]]

    def label(self, section: str, name: str) -> Label:
        """The label, which exists: the reader refuses a definition with a missing text."""
        return self.labels[section][name]


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """One immutable version of a workflow, known by `digest` (hex SHA-256 of the canonical effective values)."""

    workflow: str
    version: int
    digest: str
    basis: tuple[str, ...]
    period: PeriodRule
    covers: Covers
    calendar: CalendarRule
    settings: Mapping[str, Setting]
    roles: Mapping[str, Role]
    forms: Mapping[str, Form]
    figures: Mapping[str, Figure]
    choices: Mapping[str, Choice]
    ladders: Mapping[str, Ladder]
    phases: Mapping[str, Phase]
    states: Mapping[str, State]
    initial: str
    due: Due | None
    grants: tuple[Grant, ...]
    texts: Texts
    #: the canonical JSON the digest is taken of: rules and texts, effective, so that no YAML is needed later
    source: bytes = field(repr=False)

    @property
    def name(self) -> str:
        """Name and version as people write it: `asn-tahunan@1`."""
        return f"{self.workflow}@{self.version}"
