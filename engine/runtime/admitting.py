"""What a new chart must leave as it is, or it does not come in: the keys of people, the days that divide a period."""

from __future__ import annotations

from collections.abc import Iterable

from engine.core.chart import Chart, Person
from engine.core.moved_days import corrected_move, is_told_anew, problem_of
from engine.errors import Conflict, PeopleInvalid
from engine.store import queries
from engine.store.unit import View

__all__ = ["demand_known_keys", "demand_undivided"]

#: open cases about one person
_MOST = 500


def demand_known_keys(old: Chart, people: tuple[Person, ...]) -> None:
    """A person keeps the key their entries name them by. Raises: Conflict, before anything is written."""
    changed = [
        one.person_id for one in people if (held := old.history(one.person_id)) and held[0].key != one.key
    ]
    if changed:
        raise Conflict(
            f"{len(changed)} people of this file are known under other keys (first {changed[0]}): the chart was"
            " changed since the file was read; read it again"
        )


def demand_undivided(view: View, old: Chart, new: Chart, changed: Iterable[str]) -> None:
    """A move that has divided somebody's period keeps its day. Raises: PeopleInvalid, naming each who has another."""
    told = [key for key in changed if is_told_anew(key, old, new)]
    parts = (part for key in told for part in queries.cases(view, subject=key, ended="", limit=_MOST))
    found = dict.fromkeys(one for part in parts if (one := corrected_move(part, old, new)) is not None)
    if found:
        raise PeopleInvalid("the people", [problem_of(one, new) for one in found])
