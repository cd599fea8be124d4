"""The vocabulary of a definition: which keys stand where."""

from __future__ import annotations

import re

from engine.core.complaints import Said, say

#: Names of roles, forms, states and the like, and of transitions.
NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")
WORKFLOW_NAME = re.compile(r"[a-z][a-z0-9-]{0,59}")
#: Values of a choice field; `off`, `16` and `PNS` are all fine.
VALUE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}")
RANGE = re.compile(r"(-?[0-9]{1,15})\s*\.\.\s*(-?[0-9]{1,15})")
WHOLE = re.compile(r"-?[0-9]{1,15}")

#: Ten years, in each unit; whatever is longer was not meant, and leads out of the calendars.
LONGEST = {"working days": 2_500, "days": 3_653, "weeks": 521, "months": 120, "years": 10}

TOP_KEYS = (
    "workflow", "version", "basis", "subject", "period", "covers", "calendar", "settings", "roles", "forms", "figures",
    "choices", "ladders", "reads", "linked", "journals", "publishes", "phases", "tracks", "anytime", "visibility",
    "promises", "due", "timetable", "agency", "pauses",
    "catch_up", "public",
)  # fmt: skip
TOP_NEEDS = ("workflow", "version", "basis", "calendar", "roles", "phases")

#: What a phase says besides its states.
PHASE_KEYS = ("not_before", "due", "anytime")

#: What a role may be called besides: words that already mean something where a role may stand.
RESERVED_ROLES = (
    "holder", "substitute", "next_level", "auditor", "stay", "always", "colleagues", "unit", "agency", "parent",
    "previous",
)  # fmt: skip
#: Words that already mean something where a state, phase or choice may stand.
RESERVED_PLACES = ("stay", "anytime", "always", "due", "entry", "gather", "corrects")

#: The reader of everything who is no role of the chart; may stand in `visibility`.
AUDITOR = "auditor"


def not_read(word: str) -> Said:
    """The sentence that refuses a word of the language which this version does not know."""
    return say("not_read", word=word)
