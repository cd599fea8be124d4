"""What a new chart must leave as it is, or it does not come in: the keys of people, the days that divide a period."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.core.chart import Chart, Person
from engine.core.moved_days import corrected_move, is_told_anew, problem_of
from engine.core.roster_words import RowProblem
from engine.errors import Conflict
from engine.store import queries
from engine.store.view import View

__all__ = ["demand_known_keys", "told_anew"]

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


def told_anew(
    view: View, old: Chart, new: Chart, changed: Iterable[str]
) -> Mapping[str, tuple[RowProblem, ...]]:
    """Those of whom a move that has divided a period is told with another day, each with what is wrong."""
    told = [key for key in changed if is_told_anew(key, old, new)]
    parts = (part for key in told for part in queries.cases(view, subject=key, ended="", limit=_MOST))
    found = dict.fromkeys(one for part in parts if (one := corrected_move(part, old, new)) is not None)
    return {
        key: tuple(problem_of(one, new) for one in found if one.person == key)
        for key in dict.fromkeys(one.person for one in found)
    }
