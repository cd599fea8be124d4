"""A definition as one value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.core.definition.figures import Figure
from engine.core.definition.forms import Form
from engine.core.definition.head import CalendarRule, Covers, Grant, PeriodRule, Public, Setting, SubjectKind
from engine.core.definition.links import Link, Read
from engine.core.definition.promises import Promise
from engine.core.definition.states import Journal, Phase, State
from engine.core.definition.times import Due, Ladder, PauseRule, Window
from engine.core.definition.ways import Choice
from engine.core.definition.words import Texts
from engine.core.people import Role


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
    subject: SubjectKind = "person"
    #: whose own numbers these are, if an agency changed settings; "" for the definition as it came
    agency: str = ""
    timetable: Mapping[str, Window] = field(default_factory=dict)
    pauses: Mapping[str, PauseRule] = field(default_factory=dict)
    journals: Mapping[str, Journal] = field(default_factory=dict)
    reads: Mapping[str, Read] = field(default_factory=dict)
    linked: Mapping[str, Link] = field(default_factory=dict)
    #: states, forms, fields of forms (`achievement.predicate`) and figures that other cases may read
    publishes: tuple[str, ...] = ()
    #: small child machines in the same file. Each is a definition of its own that shares everything but its states;
    #: its digest is this one's, a `#` and its name
    tracks: Mapping[str, Definition] = field(default_factory=dict)
    promises: tuple[Promise, ...] = ()
    #: what anybody may read, by the state in which they may
    public: tuple[Public, ...] = ()

    @property
    def name(self) -> str:
        """Name and version as people write it: `asn-tahunan@1`."""
        return f"{self.workflow}@{self.version}"
