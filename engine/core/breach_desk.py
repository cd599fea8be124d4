"""Who of the personnel desk looks at a broken promise or a questioned superior, and who once they are not of it."""

from __future__ import annotations

from engine.core.assigning import PERSONNEL, personnel_desk
from engine.core.case import Case, Task
from engine.core.people import Desk, Resolution, Role, resolve
from engine.core.scene import Scene
from engine.errors import NobodyFound, NotFound

__all__ = ["looker", "next_looker"]

_DESK = {PERSONNEL: Role(name=PERSONNEL, query=Desk(name="personnel", of="unit"))}


def looker(case: Case, scene: Scene, blamed: frozenset[str]) -> Resolution | None:
    """Somebody of the desk who had no part in it, if there is anybody; never the subject; None if nobody is left."""
    today = scene.today(case.zone)
    for barred in (blamed | {case.subject}, frozenset({case.subject})):
        try:
            return resolve(PERSONNEL, _DESK, scene.chart, case.subject, lambda _: today, today, barred=barred)
        except (NobodyFound, NotFound):
            continue
    return None


def next_looker(case: Case, task: Task, scene: Scene) -> Resolution | None:
    """Who has a look of the desk now that its holder left the desk; None if they are of it, or nobody follows.

    Whoever acted in the case or lets it wait is spared, as long as there is another.
    """
    if task.holder in personnel_desk(case, scene):
        return None
    part = {person for people in case.acted.values() for person in people}
    found = looker(case, scene, frozenset(part | {one.holder for one in case.waiting}))
    return found if found is not None and found.person != task.holder else None
