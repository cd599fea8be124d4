"""Who may look and who may launch, in one room: everything that is not allowed here is refused.

What a person may *do* in a case is decided by the case itself (`engine.core.acting`, `engine.core.steering`), and
what they may read of its forms by the definition (`CaseView.readable`). This room decides only which cases, people
and desks are open to them at all. It reads the chart as of today.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from engine.core.assigning import PERSONNEL
from engine.core.case import Case
from engine.core.chart import Person
from engine.core.delegating import roles_of
from engine.core.scene import Scene
from engine.errors import NotYours
from engine.runtime import CaseView, Engine

#: cases looked at for one page of somebody who may not list all
_MOST_LOOKED_AT = 2_000


def on_personnel_desk(person: Person, today: date) -> bool:
    """Whether this person serves on a personnel desk today."""
    return PERSONNEL in person.duties and person.serves_on(today)


def lists_all(person: Person, today: date) -> bool:
    """Whether every case of the agency may be listed: by the personnel desk and an external official in office."""
    return on_personnel_desk(person, today) or (person.external and person.holds_on(today))


def takes_part(case: Case, person: str) -> bool:
    """Whether the case is this person's own or has a task of theirs."""
    asked = case.gathering.asked if case.gathering is not None else ()
    holders = {task.holder for task in case.tasks} | {one.person for one in asked}
    return person == case.subject or person in holders


def may_open(view: CaseView, person: Person, today: date) -> bool:
    """Whether a case may be opened: by whoever takes part in it, fills a role in it, or may list all."""
    return takes_part(view.case, person.key) or bool(view.held or view.roles) or lists_all(person, today)


def demand_case(view: CaseView, person: Person, today: date) -> None:
    """Raises: NotYours unless this person may open the case."""
    if not may_open(view, person, today):
        raise NotYours(
            "this case is open to the employee it is about, to those who hold a role in it, and to the personnel"
            " desk; you are none of them",
            case=view.case.id,
        )


def demand_person(asked: Person, person: Person, today: date) -> None:
    """Raises: NotYours unless this person may see the tasks or messages of the one asked for."""
    if asked.key != person.key and not (on_personnel_desk(person, today) and not asked.external):
        raise NotYours("tasks of other people are open to the personnel desk only; ask for your own")


def demand_messages(asked: Person, person: Person) -> None:
    """Raises: NotYours unless these are the person's own messages: nobody reads another's."""
    if asked.key != person.key:
        raise NotYours("messages are open to the person they were written to and to nobody else")


def demand_desk(person: Person, today: date) -> None:
    """Raises: NotYours unless this person serves on a personnel desk."""
    if not on_personnel_desk(person, today):
        raise NotYours("this is for the personnel desk; ask somebody there, or open your own cases")


def demand_all(person: Person, today: date) -> None:
    """Raises: NotYours unless this person may list every case of the agency."""
    if not lists_all(person, today):
        raise NotYours("this is for the personnel desk and for external officials; open your own cases")


def may_read_reason(facts: Mapping[str, Any], person: str) -> bool:
    """Whether the reason of an entry is for this person: who gave it, and whom that entry told of it."""
    actor = facts.get("actor", {})
    return person in {actor.get("person"), actor.get("behalf")} or any(
        to == person for to, _ in facts.get("told", ())
    )


def visible_cases(  # noqa: PLR0913 - each filter is a word of the question
    engine: Engine,
    person: Person,
    today: date,
    *,
    cycle: str | None = None,
    state: str | None = None,
    phase: str | None = None,
    open_only: bool = False,
    after: str = "",
    limit: int = 50,
) -> tuple[tuple[Case, ...], str]:
    """A page of the cases this person may list, by id, and where the next page begins ("": there is none).

    For those who may not list all, many cases may have to be looked at: a page can then be short, and still have
    a next one.
    """
    everything = lists_all(person, today)
    roles = _Roles(engine, person.key)
    found: list[Case] = []
    looked = 0
    while True:
        page = engine.cases(
            cycle=cycle, state=state, phase=phase, open_only=open_only, after=after, limit=max(limit, 100)
        )
        for case in page:
            if len(found) == limit or looked == _MOST_LOOKED_AT:
                return tuple(found), after
            looked += 1
            after = case.id
            if everything or takes_part(case, person.key) or roles.fills_any(case):
                found.append(case)
        if len(page) < max(limit, 100):
            return tuple(found), ""


def own_cases(engine: Engine, person: Person) -> tuple[Case, ...]:
    """The cases that are about this person, open ones first, the newest of them first."""
    cases = engine.cases(subject=person.key, limit=100)
    return tuple(sorted(cases, key=lambda case: (bool(case.ended), -case.opened_at)))


class _Roles:
    """Asks which cases a person fills a role in, reading calendar and chart once per definition and unit."""

    def __init__(self, engine: Engine, person: str) -> None:
        self._engine = engine
        self._person = person
        self._scenes: dict[tuple[str, str], Scene] = {}

    def fills_any(self, case: Case) -> bool:
        definition = self._engine.definition(case.definition)
        where = (case.definition, case.unit)
        scene = self._scenes.get(where)
        if scene is None:
            calendar = self._engine.calendars.of(case)
            scene = Scene(now=self._engine.now(), calendar=calendar, chart=self._engine.chart, seed=b"")
            self._scenes[where] = scene
        return any(roles_of(definition, case, self._person, scene).values())
