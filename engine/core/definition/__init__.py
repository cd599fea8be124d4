"""The values a workflow definition is made of; see the language reference for what each key means.

Everything here is frozen and already checked: names resolve, settings are put in, `anytime` moves stand in the list
of every state that offers them. Reading and checking happen in `parse`; compiling in `machine`.
"""

from __future__ import annotations

from engine.core.definition.facts import FACTS, MOVES, Closed, EmployeeFact, Fact, Gathered, Reached
from engine.core.definition.figures import (
    Cell,
    Count,
    Figure,
    Formula,
    Grid,
    Rounding,
    Share,
    Spread,
    Table,
    TableRow,
    Total,
)
from engine.core.definition.forms import CANNOT_JUDGE, Days, Field, FieldKind, Form
from engine.core.definition.head import CalendarRule, Covers, Grant, PeriodRule, Public, Setting, SubjectKind
from engine.core.definition.links import Every, Link, Read
from engine.core.definition.promises import (
    AlwaysAfter,
    AtMost,
    EndsBy,
    NeverAfter,
    NeverBefore,
    NeverSame,
    Promise,
)
from engine.core.definition.states import (
    Check,
    FinalKind,
    Gather,
    Gives,
    Journal,
    Pace,
    Phase,
    State,
    TaskRule,
)
from engine.core.definition.times import CatchUp, DayOff, Due, Ladder, Opening, PauseRule, Rung, Scope, Window
from engine.core.definition.ways import At, By, Choice, Row, Transition, Trigger, Upon
from engine.core.definition.whole import Definition
from engine.core.definition.words import HOLDER, STAY, Condition, Label, Language, Texts

__all__ = [
    "CANNOT_JUDGE",
    "FACTS",
    "HOLDER",
    "MOVES",
    "STAY",
    "AlwaysAfter",
    "At",
    "AtMost",
    "By",
    "CalendarRule",
    "CatchUp",
    "Cell",
    "Check",
    "Choice",
    "Closed",
    "Condition",
    "Count",
    "Covers",
    "DayOff",
    "Days",
    "Definition",
    "Due",
    "EmployeeFact",
    "EndsBy",
    "Every",
    "Fact",
    "Field",
    "FieldKind",
    "Figure",
    "FinalKind",
    "Form",
    "Formula",
    "Gather",
    "Gathered",
    "Gives",
    "Grant",
    "Grid",
    "Journal",
    "Label",
    "Ladder",
    "Language",
    "Link",
    "NeverAfter",
    "NeverBefore",
    "NeverSame",
    "Opening",
    "Pace",
    "PauseRule",
    "PeriodRule",
    "Phase",
    "Promise",
    "Public",
    "Reached",
    "Read",
    "Rounding",
    "Row",
    "Rung",
    "Scope",
    "Setting",
    "Share",
    "Spread",
    "State",
    "SubjectKind",
    "Table",
    "TableRow",
    "TaskRule",
    "Texts",
    "Total",
    "Transition",
    "Trigger",
    "Upon",
    "Window",
]
