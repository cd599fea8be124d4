"""What `steered.yaml` and `aside.yaml` say, told once more by hand: the model reads no definition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from tests.model.promises import Promise

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
    #: instead of one role: those who are all asked
    gather: tuple[str, ...] = ()
    delegable: bool = True
    #: the link it opens when it is first entered
    starts: str = ""
    final: str = ""


@dataclass(frozen=True, kw_only=True)
class Journal:
    """A journal: who writes in it, while the case is in which phase ("": in any), until how many days later."""

    by: tuple[str, ...] = ()
    phase: str = ""
    late: int = 0
    one_per_day: bool = False
    checked: bool = False
    held: bool = False
    outside: bool = False


@dataclass(frozen=True, kw_only=True)
class Rules:
    """One definition: its states, where what happens by itself leads, and the clocks of phases and the case."""

    first: str
    states: Mapping[str, State]
    leads: Mapping[str, str]
    phases: Mapping[str, Rule]
    case: Rule | None = None
    #: the state in which its result may be corrected
    corrected: str = ""
    promises: tuple[Promise, ...] = ()
    journals: Mapping[str, Journal] = field(default_factory=dict)
    #: where it goes when the case that opened it ends
    off: str = ""
    #: from which phase a move to another unit leads on
    moves_from: str = ""


GENERAL_AND_FLOOD = GENERAL | {"flood"}
STEERED = Rules(
    first="drafting",
    case=Rule(within=(4, "months"), ladder="gentle"),
    phases={"planning": Rule(within=(25, WORKED), ladder="gentle")},
    states={
        "drafting": State(
            phase="planning",
            role="employee",
            task=Rule(
                within=(5, WORKED),
                pauses=GENERAL_AND_FLOOD,
                moves=(("drafting.nudged", 2, WORKED), ("drafting.late", 6, WORKED)),
            ),
            acts=(("submit", "checking"),),
        ),
        "checking": State(
            phase="planning",
            role="rater",
            task=Rule(
                within=(10, "days"),
                pauses=GENERAL_AND_FLOOD | {"elsewhere"},
                moves=(("checking.silent", 8, WORKED),),
            ),
            acts=(("agree", "sharing"), ("return", "drafting")),
        ),
        "sharing": State(
            phase="monitoring",
            gather=("rater", "head"),
            task=Rule(
                within=(6, "days"),
                ladder="gentle",
                pauses=GENERAL_AND_FLOOD,
                moves=(("sharing.late", 2, WORKED),),
            ),
            acts=(("answer", "stay"), ("decline", "stay")),
            delegable=False,
        ),
        "waiting": State(
            phase="monitoring",
            move=(
                "waiting.over",
                Rule(within=(3, "weeks"), rolls=False, ladder="", pauses=frozenset({"leave", "flood"})),
            ),
            starts="aside",
        ),
        "reviewing": State(
            phase="monitoring",
            role="rater",
            task=Rule(on=date(1, 6, 20), at_least=(5, WORKED), moves=(("reviewing.closed", 4, "weeks"),)),
            acts=(("close", "done"),),
        ),
        "opining": State(
            phase="parting",
            role="last_rater",
            task=Rule(
                within=(6, WORKED),
                ladder="gentle",
                pauses=GENERAL_AND_FLOOD,
                moves=(("opining.nobody", 4, WORKED),),
            ),
            acts=(("opine", "handed_over"),),
        ),
        "done": State(phase="closed", final="complete"),
        "handed_over": State(phase="closed", final="continued"),
        "left": State(phase="closed", final="ended"),
    },
    leads={
        "drafting.nudged": "stay",
        "drafting.late": "checking",
        "checking.silent": "waiting",
        "sharing.enough": "waiting",
        "sharing.late": "waiting",
        "waiting.over": "reviewing",
        "reviewing.closed": "done",
        "opining.nobody": "handed_over",
        "anytime.moves": "opining",
        "anytime.leaves": "left",
    },
    corrected="done",
    moves_from="monitoring",
    journals={
        "daily": Journal(by=("employee", "head"), late=3, one_per_day=True, checked=True),
        "remarks": Journal(by=("rater", "hr"), phase="planning", held=True),
        "voices": Journal(phase="monitoring", outside=True),
    },
    promises=(
        Promise(form="never before", first="close", then="agree"),
        Promise(
            form="always after",
            first="submit",
            then="agree",
            within=25,
            hope=frozenset({"drafting", "checking"}),
        ),
        Promise(form="at most", first="return", most=1),
        Promise(form="never same", first="agree", then="close"),
        Promise(form="ends by", on=date(1, 11, 30)),
    ),
)
ASIDE = Rules(
    first="helping",
    phases={},
    states={
        "helping": State(
            phase="working",
            role="rater",
            task=Rule(
                within=(20, "days"),
                ladder="gentle",
                pauses=GENERAL_AND_FLOOD,
                moves=(("helping.unfinished", 10, WORKED),),
            ),
            acts=(("finish", "finished"),),
        ),
        "finished": State(phase="closed", final="complete"),
        "dropped": State(phase="closed", final="incomplete"),
        "off": State(phase="closed", final="ended"),
    },
    leads={"helping.unfinished": "dropped", "anytime.leaves": "off"},
    off="off",
)
#: by link: what a case opens, and whether it goes on when that case ends
LINKED = {"aside": (ASIDE, False), "correction": (ASIDE, True), "next_part": (STEERED, True)}
#: what is filled in by whoever does this
FORMS: Mapping[str, Mapping[str, Mapping[str, object]]] = {
    "close": {"rating": {"points": 80}},
    "opine": {"rating": {"points": 65}},
    "finish": {"rating": {"points": 80}},
    "answer": {"view": {"mark": 3}},
}
#: what a part of the year was rated with, by whichever act
POINTS = {"close": 80, "opine": 65}
#: a shorter rest of the year is no part of its own
LEAST_REST = 30
MOST_RETURNS = 2
#: hours in which one of these acts is taken back
UNDONE_WITHIN = 6
UNDOABLE = frozenset({"submit"})
MOST_VISITORS = 3
#: working days
CHECKED_WITHIN = 3


def in_year(rule: Rule, year: int) -> Rule:
    """A rule whose day without a year lies in this one."""
    return rule if rule.on is None else replace(rule, on=rule.on.replace(year=year))
