"""What `steered.yaml` says, told once more by hand: the model reads no definition."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

WORKED = "working days"
#: reasons every clock of a task that counts a duration stands still for
GENERAL = frozenset({"leave", "dispute", "outage", "superior_plan"})
#: how long each pause lasts at most
LONGEST = {
    "leave": (6, "months"),
    "dispute": (3, "months"),
    "outage": (1, "months"),
    "superior_plan": (15, WORKED),
    "flood": (4, WORKED),
    "elsewhere": (6, "days"),
}
#: reasons people may give
GIVEN = frozenset(LONGEST) - {"elsewhere"}
MOVES, LEAVES = "employee moves", "employee leaves"


@dataclass(frozen=True)
class Rung:
    """One rung: so many days after due (before, if negative), and what it does."""

    days: int
    unit: str
    does: str


LADDERS = {
    "standard": (
        Rung(-2, WORKED, "remind"),
        Rung(0, WORKED, "remind and tell"),
        Rung(1, WORKED, "escalate"),
        Rung(3, WORKED, "reassign"),
    ),
    "gentle": (Rung(-3, "days", "tell hr"), Rung(0, "days", "tell head")),
}


@dataclass(frozen=True)
class Rule:
    """What a clock counts: a duration, or a day of the year; what stops it."""

    within: tuple[int, str] | None = None
    on: date | None = None
    at_least: tuple[int, str] | None = None
    rolls: bool = True
    ladder: str = "standard"
    pauses: frozenset[str] = frozenset()
    #: moves that hang on the due day: their names, and so many days after it
    moves: tuple[tuple[str, int, str], ...] = ()

    @property
    def unit(self) -> str:
        """What it stands still in."""
        return self.within[1] if self.within else ""


@dataclass(frozen=True)
class State:
    """A state: whose task, which acts lead where, which moments."""

    phase: str
    role: str = ""
    task: Rule | None = None
    acts: tuple[tuple[str, str], ...] = ()
    #: a move that counts from entry
    move: tuple[str, Rule] | None = None
    final: str = ""


CASE = Rule(within=(4, "months"), ladder="gentle")
PLANNING = Rule(within=(25, WORKED), ladder="gentle")
STATES = {
    "drafting": State(
        phase="planning",
        role="employee",
        task=Rule(
            within=(5, WORKED),
            pauses=GENERAL | {"flood"},
            moves=(("drafting.nudged", 2, WORKED), ("drafting.late", 6, WORKED)),
        ),
        acts=(("submit", "checking"),),
    ),
    "checking": State(
        phase="planning",
        role="rater",
        task=Rule(
            within=(10, "days"),
            pauses=GENERAL | {"flood", "elsewhere"},
            moves=(("checking.silent", 8, WORKED),),
        ),
        acts=(("agree", "waiting"), ("return", "drafting")),
    ),
    "waiting": State(
        phase="monitoring",
        move=(
            "waiting.over",
            Rule(within=(3, "weeks"), rolls=False, ladder="", pauses=frozenset({"leave", "flood"})),
        ),
    ),
    "reviewing": State(
        phase="monitoring",
        role="rater",
        task=Rule(on=date(1, 6, 20), at_least=(5, WORKED), moves=(("reviewing.closed", 4, "weeks"),)),
        acts=(("close", "done"),),
    ),
    "done": State(phase="closed", final="complete"),
    "left": State(phase="closed", final="ended"),
}
#: where what happens by itself leads
LEADS = {
    "drafting.nudged": "stay",
    "drafting.late": "checking",
    "checking.silent": "waiting",
    "waiting.over": "reviewing",
    "reviewing.closed": "done",
    "anytime.leaves": "left",
}
MOST_RETURNS = 2


def in_year(rule: Rule, year: int) -> Rule:
    """A rule whose day without a year lies in this one."""
    return rule if rule.on is None else replace(rule, on=rule.on.replace(year=year))
