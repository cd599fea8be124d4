"""The answer of a proof: proven, refuted with findings, or not proven; each finding tells its counterexample."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from engine.core.calendar import Calendar
from engine.core.chart import Chart
from engine.core.definition import Definition, Label

Question = Literal[
    "sound", "never_stuck", "decided", "on_time", "staffed", "seen_rightly", "kept", "across_files"
]
Answer = Literal["proven", "refuted", "not_proven"]
Severity = Literal["error", "warning", "unproven"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What a proof stands on. Without a chart nothing is said about persons; `others` are definitions by workflow."""

    definition: Definition
    calendar: Calendar
    #: the year in which the period begins
    year: int
    chart: Chart | None = None
    others: Mapping[str, Definition] = field(default_factory=dict)
    #: calendars based on this one, by which units of the chart are counted instead
    units: tuple[Calendar, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing a proof found: a stable code, a place, one sentence, a story with names and dates, a suggestion.

    `path` leads through the rules as written ("phases", "planning", "drafting", "transitions", "submit"); whoever has
    the file turns it into line and column. `facts` is the witness for programs.
    """

    code: str
    question: Question
    severity: Severity
    path: tuple[str | int, ...]
    message: Label
    story: tuple[Label, ...] = ()
    suggestion: Label | None = None
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What came of one question.

    `summary` says it in one sentence, `lines` say more where more was asked; `facts` holds figures such as the latest
    end.
    """

    question: Question
    answer: Answer
    summary: Label
    findings: tuple[Finding, ...] = ()
    lines: tuple[Label, ...] = ()
    facts: Mapping[str, object] = field(default_factory=dict)


def answer_of(findings: Iterable[Finding]) -> Answer:
    """Refuted by one error, not proven by one gap, else proven: warnings take nothing away from it."""
    severities = {one.severity for one in findings}
    return "refuted" if "error" in severities else "not_proven" if "unproven" in severities else "proven"
