"""Who does what in a case: roles of the definition to persons of the chart, and who may act for a role."""

from __future__ import annotations

from datetime import date
from typing import Any

from engine.core.case import Case
from engine.core.case_lists import Why
from engine.core.chain import desk_holders, start_of
from engine.core.definition import HOLDER, Definition
from engine.core.moments import Offset, PeriodEdge, day_of
from engine.core.people import Desk, Resolution, Role, resolve, resolve_all
from engine.core.scene import Scene
from engine.core.segments import last_day_of
from engine.errors import NobodyFound, NotFound

#: whoever staffs this desk may extend, pause, reassign and remind, but never in their own case
PERSONNEL = "desk:personnel"


def find(definition: Definition, case: Case, role: str, scene: Scene) -> Resolution:
    """The person who fills a role of this case now, with the reasons; of several people the first.

    Raises: NobodyFound.
    """
    return resolve(
        role,
        definition.roles,
        scene.chart,
        case.subject,
        lambda name: as_of(definition.roles[name], case, scene),
        scene.today(case.zone),
        barred=kept_apart(definition, case, role),
        named=case.named,
    )


def find_all(definition: Definition, case: Case, role: str, scene: Scene) -> tuple[Resolution, ...]:
    """Everybody who fills a role of this case now: each member, each person named, else the one; () for nobody."""
    return resolve_all(
        role,
        definition.roles,
        scene.chart,
        case.subject,
        lambda name: as_of(definition.roles[name], case, scene),
        scene.today(case.zone),
        barred=kept_apart(definition, case, role),
        named=case.named,
    )


def listeners(definition: Definition, case: Case, role: str, scene: Scene) -> tuple[Resolution, ...]:
    """Everybody whom word to a role reaches; of a committee without members whoever does its work; () for nobody."""
    found = find_all(definition, case, role, scene)
    if found or not definition.roles[role].several:
        return found
    try:
        return (find(definition, case, role, scene),)
    except NobodyFound:
        return ()


def kept_apart(definition: Definition, case: Case, role: str) -> frozenset[str]:
    """Those who have acted in this case in a role that must not be one person with this one, either way round."""
    apart = set(definition.roles[role].exclude)
    apart |= {other.name for other in definition.roles.values() if role in other.exclude}
    return frozenset(person for name in apart for person in case.acted.get(name, ()))


def reserved(definition: Definition, case: Case, role: str, scene: Scene) -> frozenset[str]:
    """Those from whom a role is kept apart, by what they did or by what they fill now, either way round."""
    out = set(kept_apart(definition, case, role))
    apart = {*definition.roles[role].exclude}
    apart |= {other.name for other in definition.roles.values() if role in other.exclude}
    for name in sorted(apart):
        out.update(found.person for found in find_all(definition, case, name, scene))
    return frozenset(out)


def as_of(role: Role, case: Case, scene: Scene) -> date:
    """The day a role is asked for: entry into the visit, today, the period's end, or a moment before entry."""
    entry = scene.calendar.date_of(case.entered_at, case.zone)
    match role.as_of:
        case "now":
            return scene.today(case.zone)
        case "entry":
            return entry
        case "period.to":
            return last_day_of(case)
        case "period.from":
            return case.period_from
        case PeriodEdge() | Offset() as moment:
            return day_of(
                moment,
                calendar=scene.calendar,
                period_from=case.period_from,
                period_to=last_day_of(case),
                entry=entry,
            )
        case other:
            raise AssertionError(f"a role is asked as of {other!r}")


def follows(role: Role, case: Case, scene: Scene) -> bool:
    """Whether an open task of this role moves along when the chart changes: as of now, or of a day still to come."""
    if role.as_of == "entry" or isinstance(role.as_of, Offset):
        return False
    return role.as_of == "now" or as_of(role, case, scene) >= scene.today(case.zone)


def serves(case: Case, person: str, scene: Scene) -> bool:
    """Whether a person holds a post today; who does not can hold no task."""
    return scene.chart.at(person, scene.today(case.zone)) is not None


def why(found: Resolution) -> Why:
    """A resolution as the case keeps it."""
    return Why(
        role=found.role,
        person=found.person,
        via=found.via,
        as_of=found.as_of,
        chart=found.chart,
        path=found.path,
    )


def found_facts(found: Resolution) -> dict[str, Any]:
    """A resolution as facts of an entry: who, which way, as of when, on which chart, who was passed over."""
    return {
        "role": found.role,
        "person": found.person,
        "via": found.via,
        "as_of": found.as_of.isoformat(),
        "chart": found.chart,
        "path": found.path,
    }


def barred(definition: Definition, case: Case, role: str, scene: Scene) -> frozenset[str]:
    """Those who may not hold a task of this role: the subject (unless it is theirs), and from whom it is kept apart."""
    rule = definition.roles[role]
    out = set(kept_apart(definition, case, role))
    if case.subject != _only(definition, case, role, scene):
        out.add(case.subject)
    for name in rule.exclude:
        out.update(found.person for found in find_all(definition, case, name, scene))
    return frozenset(out)


def may_act(
    definition: Definition, case: Case, roles: tuple[str, ...], actor: str, scene: Scene
) -> str | None:
    """The role in which an actor may in their own right do what these roles may do; None if in none of them.

    What they may do for others is for `engine.core.delegating`. Nobody does a task who has by now, under another role,
    done what must be kept apart from it.
    A desk is its whole staff, a committee all its members: each of them may act, whoever the task was given to.
    """
    for role in roles:
        if role == HOLDER:
            mine = [task for task in case.waiting if task.holder == actor]
            if any(actor not in kept_apart(definition, case, task.role) for task in mine):
                return role
        elif _is_among(definition, case, role, actor, scene):
            return role
    return None


def on_personnel_desk(case: Case, actor: str, scene: Scene) -> bool:
    """Whether the actor serves today on the personnel desk nearest to the subject, and the case is not their own."""
    return actor in personnel_desk(case, scene)


def personnel_desk(case: Case, scene: Scene) -> tuple[str, ...]:
    """Who serves today on the personnel desk nearest to the subject, but the subject."""
    today = scene.today(case.zone)
    subject = start_of(scene.chart, case.subject, today)
    if subject is None:
        return ()
    nearest = next(
        (one for one in desk_holders(scene.chart, "personnel", subject, today) if one.serves_on(today)), None
    )
    if nearest is None:
        return ()
    staff = scene.chart.on_duty(PERSONNEL, nearest.unit, today)
    return tuple(sorted({one.key for one in staff if one.serves_on(today)} - {case.subject}))


def _only(definition: Definition, case: Case, role: str, scene: Scene) -> str | None:
    try:
        return find(definition, case, role, scene).person
    except (NobodyFound, NotFound):
        return None


def _is_among(definition: Definition, case: Case, role: str, actor: str, scene: Scene) -> bool:
    """Whether the actor fills the role, alone or as one of several."""
    if _only(definition, case, role, scene) == actor or _on_desk(definition, case, role, actor, scene):
        return True
    several = definition.roles[role].several
    return several and any(one.person == actor for one in find_all(definition, case, role, scene))


def _on_desk(definition: Definition, case: Case, role: str, actor: str, scene: Scene) -> bool:
    """Whether the actor is on the same desk, in the same unit, as whoever the role was resolved to."""
    query = definition.roles[role].query
    if not isinstance(query, Desk) or actor == case.subject:
        return False
    found = _only(definition, case, role, scene)
    today = scene.today(case.zone)
    holder = scene.chart.at(found, today) if found is not None else None
    if holder is None or not _staffs(query.name, holder.unit, actor, scene, today):
        return False
    return actor not in barred(definition, case, role, scene)


def _staffs(desk: str, unit: str, actor: str, scene: Scene, today: date) -> bool:
    own = scene.chart.at(actor, today)
    return own is not None and own.unit == unit and f"desk:{desk}" in own.duties and own.serves_on(today)
