"""Who may do what in a case, in their own right or for another: the one place where a delegation is weighed.

A delegation adds nobody to a role and takes nobody out of it. Whoever acts by it must be free to act twice over: the
giver may do it in their own right, and each taker on the way could have been given the very task, being neither the
subject nor anybody from whom the role is kept apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from engine.core.assigning import may_act, reserved
from engine.core.case import Case, Task
from engine.core.command import Actor
from engine.core.definition import HOLDER, Definition, Label
from engine.core.delegation import Delegation
from engine.core.roles import Outside, Subject
from engine.core.scene import Scene

__all__ = [
    "HINDRANCES",
    "Held",
    "Seat",
    "held",
    "hindrance",
    "hindrance_label",
    "roles_of",
    "seat_of",
    "stand_ins_of",
    "why_not_for",
    "with_checks",
]

Way = tuple[Delegation, ...]


class Seat(NamedTuple):
    """In which role somebody acts, for whom if not for themselves, and everybody it was passed on by."""

    role: str
    behalf: str | None = None
    passed_by: tuple[str, ...] = ()

    def facts(self) -> dict[str, object]:
        """The seat as an entry tells it, beside its actor."""
        return {"role": self.role, **({"passed_by": list(self.passed_by)} if self.passed_by else {})}

    def actor(self, asked: Actor) -> Actor:
        """The actor as the entry names them."""
        return asked if self.behalf is None else Actor(person=asked.person, behalf=self.behalf)


class Held(NamedTuple):
    """An open task somebody may do, and for whom if it is not their own."""

    task: Task
    behalf: str | None


def seat_of(
    definition: Definition, case: Case, roles: tuple[str, ...], actor: Actor, scene: Scene
) -> Seat | None:
    """In which of these roles an actor may act; None if in none. Unsaid for whom, one's own right comes first."""
    person = actor.person
    assert person is not None, "a seat is a person's"
    own = may_act(definition, case, roles, person, scene) if actor.behalf is None else None
    if own is not None:
        return Seat(own)
    for way in scene.chart.stands_for(person, scene.now, scene.today(case.zone)):
        giver = way[0].giver
        if actor.behalf not in {None, giver}:
            continue
        for role in roles:
            if _lends(definition, case, role, way, scene):
                return Seat(role, giver, tuple(link.giver for link in way[1:]))
    return None


def held(definition: Definition, case: Case, person: str, scene: Scene) -> tuple[Held, ...]:
    """The open tasks that this person holds, and those they may do for others."""
    tasks = with_checks(case)
    found = [Held(task, None) for task in tasks if task.holder == person]
    for way in scene.chart.stands_for(person, scene.now, scene.today(case.zone)):
        taken = {one.task.id for one in found}
        found += [
            Held(task, way[0].giver)
            for task in tasks
            if task.holder == way[0].giver and task.id not in taken
            and not hindrance(definition, case, task, way, scene)
        ]  # fmt: skip
    return tuple(found)


def with_checks(case: Case) -> tuple[Task, ...]:
    """Every open task, those of whoever checks a journal included."""
    return (*case.tasks, *case.checks)


def stand_ins_of(definition: Definition, case: Case, task: Task, scene: Scene) -> tuple[str, ...]:
    """Those who may do this task for its holder now, the direct takers first."""
    ways = scene.chart.stood_in_for(task.holder, scene.now, scene.today(case.zone))
    return tuple(
        dict.fromkeys(way[-1].taker for way in ways if not hindrance(definition, case, task, way, scene))
    )


def why_not_for(
    definition: Definition, case: Case, roles: tuple[str, ...], actor: Actor, scene: Scene
) -> Label | None:
    """What keeps an actor from doing for another what was delegated to them; None if nothing of it was."""
    assert actor.person is not None
    for way in scene.chart.stands_for(actor.person, scene.now, scene.today(case.zone)):
        if actor.behalf in {None, way[0].giver}:
            for role in roles:
                found = _lent(definition, case, role, way, scene)
                if found:
                    return hindrance_label(definition, case, found.code, found.role)
    return None


def roles_of(definition: Definition, case: Case, person: str, scene: Scene) -> Mapping[str, bool]:
    """Which roles of the definition a person fills in this case today, or may act in for another."""
    actor = Actor(person=person)
    return {role: seat_of(definition, case, (role,), actor, scene) is not None for role in definition.roles}


class _Lent(NamedTuple):
    """What the giver could do by themselves, and why it cannot be done for them; "" if it can."""

    role: str
    code: str


def _lends(definition: Definition, case: Case, role: str, way: Way, scene: Scene) -> bool:
    """Whether the giver could act in this role, and may have it done for them by this way."""
    found = _lent(definition, case, role, way, scene)
    return found is not None and not found.code


def _lent(definition: Definition, case: Case, role: str, way: Way, scene: Scene) -> _Lent | None:
    giver = way[0].giver
    if may_act(definition, case, (role,), giver, scene) is None:
        return None
    if role == HOLDER:
        mine = next(task for task in case.waiting if task.holder == giver)
        return _Lent(mine.role, hindrance(definition, case, mine, way, scene))
    return _Lent(role, _hindered(definition, case, role, way, scene, case.entered_at))


def hindrance(definition: Definition, case: Case, task: Task, way: Way, scene: Scene) -> str:
    """Why a task cannot be done by this way for its holder, as a code of `HINDRANCES`; "" if it can."""
    if task in case.looks:  # any of its desk may look at it as themselves
        return "role"
    role = definition.roles[task.role]
    takers = {link.taker for link in way}
    if task.kind == "answer":
        if role.several or _unnamed(definition, case):
            return "by_name"
        asked = case.gathering.asked if case.gathering is not None else ()
        if any(one.person in takers for one in asked):
            return "apart"
    if task.kind == "escalation" and any(late.holder in takers for late in case.waiting):
        return "apart"
    opened_at = scene.now if task.kind == "check" else task.opened_at
    return _hindered(definition, case, task.role, way, scene, opened_at)


def _hindered(  # noqa: C901, PLR0911 - one return a reason, in the order in which they are told
    definition: Definition, case: Case, role: str, way: Way, scene: Scene, opened_at: int
) -> str:
    rule = definition.roles[role]
    if isinstance(rule.query, Subject) or way[0].giver == case.subject:
        return "own_work"
    if rule.several or isinstance(rule.query, Outside):
        return "by_name"
    if not rule.delegable:
        return "role"
    if not definition.states[case.state].delegable:
        return "state"
    if not all(_covers(definition, case, link, role) for link in way):
        return "scope"
    if any(not link.waiting and opened_at <= link.given_at for link in way):
        return "waiting"
    # A wish that names nobody yet asks what anybody could take.
    takers = [link.taker for link in way if link.taker]
    if case.subject in takers:
        return "subject"
    if not reserved(definition, case, role, scene).isdisjoint(takers):
        return "apart"
    today = scene.today(case.zone)
    serving = [scene.chart.at(taker, today) for taker in takers]
    if any(one is None or not one.serves_on(today) for one in serving):
        return "not_serving"
    if rule.trained and any(one and not scene.chart.trained(one, rule.trained, today) for one in serving):
        return "untrained"
    return ""


def hindrance_label(definition: Definition, case: Case, code: str, role: str) -> Label:
    """A hindrance in words; what a definition does not let others do, with its own reason."""
    labels = definition.texts.labels.get("delegations", {})
    if code == "role" and role in labels:
        return labels[role]
    if code == "state" and case.state in labels:
        return labels[case.state]
    return HINDRANCES[code]


#: why something cannot be done for another, by code
HINDRANCES: Mapping[str, Label] = {
    "own_work": Label(
        id="pekerjaan atas kasus sendiri tidak dapat dilimpahkan",
        en="work on one's own case cannot be delegated",
    ),
    "by_name": Label(
        id="yang diminta dengan nama menjawab sendiri", en="who was asked by name answers in person"
    ),
    "role": Label(id="tugas peran ini tidak dapat dilimpahkan", en="the work of this role is not delegated"),
    "state": Label(id="langkah ini tidak dapat dilimpahkan", en="this step is not delegated"),
    "scope": Label(id="pelimpahan itu tidak mencakup kasus ini", en="the delegation is not for this case"),
    "waiting": Label(
        id="pelimpahan itu tidak mencakup tugas yang sudah menunggu sebelumnya",
        en="the delegation leaves out what was waiting before it was given",
    ),
    "subject": Label(
        id="kasus ini tentang yang menerima pelimpahan; tidak seorang pun memutus kasusnya sendiri",
        en="this case is about somebody it was delegated to, and nobody decides their own case",
    ),
    "apart": Label(
        id="yang menerima pelimpahan memegang tugas lain dalam kasus ini yang harus dipegang orang berbeda",
        en="somebody it was delegated to has a duty in this case that must be another person's",
    ),
    "not_serving": Label(
        id="yang menerima pelimpahan hari ini tidak bertugas",
        en="somebody it was delegated to is not in service today",
    ),
    "untrained": Label(
        id="yang menerima pelimpahan tidak memiliki pelatihan yang diminta",
        en="somebody it was delegated to lacks the training that is asked for",
    ),
}


def _covers(definition: Definition, case: Case, link: Delegation, role: str) -> bool:
    workflow = definition.workflow.partition("#")[0]
    return link.covers(cycle=case.cycle, workflow=workflow, role=role, unit=case.unit, subject=case.subject)


def _unnamed(definition: Definition, case: Case) -> bool:
    gather = definition.states[case.state].gather
    return gather is not None and gather.anonymous > 0
