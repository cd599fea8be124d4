"""What Siklus says to people, in Indonesian and English: the one source of its sentences.

Pages, mails, the API and the command line call the same functions, so that a task reads the same wherever it is met.
Everything here is pure: the instant, the calendar and the chart are arguments. Names are put in for keys, labels for
names of a definition.
"""

from __future__ import annotations

from engine.core.standing import Standing
from engine.core.telling_ahead import say_consequences, say_each
from engine.core.telling_days import say_date, say_day, say_due, say_instant, say_left, say_short, say_span
from engine.core.telling_gathering import say_progress, say_waiting
from engine.core.telling_names import (
    say_list,
    say_name,
    say_role,
    say_state,
    say_via,
    say_way,
    say_who,
    say_why,
    way_of,
)
from engine.core.telling_past import say_entry
from engine.core.telling_standing import say_raised, say_since, say_standing, say_stands
from engine.core.telling_task import Telling, held_by, say_rule, tell, tell_onlooker, tell_task

__all__ = [
    "Standing",
    "Telling",
    "held_by",
    "say_consequences",
    "say_date",
    "say_day",
    "say_due",
    "say_each",
    "say_entry",
    "say_instant",
    "say_left",
    "say_list",
    "say_name",
    "say_progress",
    "say_raised",
    "say_role",
    "say_rule",
    "say_short",
    "say_since",
    "say_span",
    "say_standing",
    "say_stands",
    "say_state",
    "say_via",
    "say_waiting",
    "say_way",
    "say_who",
    "say_why",
    "tell",
    "tell_onlooker",
    "tell_task",
    "way_of",
]
