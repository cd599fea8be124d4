"""Who has an open task by the chart as it reads now: its holder, somebody else, or nobody any more."""

from __future__ import annotations

from typing import NamedTuple

from engine.core.assigning import find, follows, serves
from engine.core.breach_desk import next_looker
from engine.core.case import Case, Task
from engine.core.journal_checks import checkable
from engine.core.machine import Machine
from engine.core.people import Resolution
from engine.core.scene import Scene
from engine.errors import NobodyFound

__all__ = ["Follower", "follower", "must_follow"]


class Follower(NamedTuple):
    """Whom a task goes to; nobody, if it drops out."""

    to: Resolution | None


def must_follow(machine: Machine, case: Case, scene: Scene) -> tuple[tuple[Task, Resolution | None], ...]:
    """The open tasks that the changed chart takes from their holders, and who has each now.

    A task stays with whom it was given to by name, and with a role fixed on entry, but with nobody who has left. Of
    those who were asked together, whoever leaves and is followed by nobody drops out: None. The check of a journal
    follows its role as long as anything may be checked. What the personnel desk looks at stays on it, also when the
    case has ended.
    """
    looks = ((task, next_looker(case, task, scene)) for task in case.looks)
    following = tuple((task, found) for task, found in looks if found is not None)
    if case.ended:
        return following
    checks = (book.check for book in case.journals.values() if book.check and checkable(book, scene))
    asked = ((task, follower(machine, case, task, scene)) for task in (*case.waiting, *checks))
    return (*((task, after.to) for task, after in asked if after is not None), *following)


def follower(machine: Machine, case: Case, task: Task, scene: Scene) -> Follower | None:
    """Who has a task now by the chart, if not its holder."""
    role = machine.definition.roles[task.role]
    here = serves(case, task.holder, scene)
    by_name = task.kind == "answer" and (role.several or task.holder == case.subject)
    if here and (by_name or task.since == "reassigned" or not follows(role, case, scene)):
        return None
    if by_name:
        return Follower(None)
    try:
        found = find(machine.definition, case, task.role, scene)
    except NobodyFound:
        return None if task.kind in {"act", "check"} or here else Follower(None)
    return Follower(found) if found.person != task.holder else None
