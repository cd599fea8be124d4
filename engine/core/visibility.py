"""Who may read what in a case: grants only, each since a moment that never reverts; everything else is hidden.

The holder of a task reads what the task shows and fills for as long as it is theirs. A figure inherits the
strictest grant of the forms it is worked out from. Subjects read what they wrote themselves.
"""

from __future__ import annotations

from collections.abc import Iterable

from engine.core.case import Case
from engine.core.definition import Count, Definition, Grid, Total


def readable(definition: Definition, case: Case, person: str, roles: Iterable[str]) -> frozenset[str]:
    """The forms and figures this person may read in this case now, given the roles they fill in it."""
    filled = frozenset(roles)
    open_to = {
        grant.what
        for grant in definition.grants
        if grant.role in filled and (not grant.since or any(state in case.reached for state in grant.since))
    }
    for task in (case.task, *case.escalations):
        if task is not None and task.holder == person and task.kind == "act":
            rule = definition.states[case.state].task
            if rule is not None:
                open_to.update(rule.shows)
                open_to.update((rule.form,) if rule.form else ())
    for name, figure in definition.figures.items():
        if name not in open_to and forms_of(figure) and forms_of(figure) <= open_to:
            open_to.add(name)
    return frozenset(open_to)


def forms_of(figure: Total | Count | Grid) -> frozenset[str]:
    """The forms a figure is worked out from."""
    paths = (figure.down, figure.across) if isinstance(figure, Grid) else (figure.path,)
    return frozenset(path.split(".", 1)[0] for path in paths)
