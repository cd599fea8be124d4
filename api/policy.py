"""Where the web asks whether something is allowed: `engine.core.access` decides, here it is demanded, logged and told.

What a person may do in a case is decided once more, exactly, by the case itself (`engine.core.acting`,
`engine.core.steering`), and what they may read of its forms by the definition (`CaseView.readable`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from typing import Any

from api.problems import NOBODYS, NoPerson, OutOfScope
from api.telemetry import log_denied
from api.visiting import Visitor
from engine.core.access import (
    NOTHING,
    SCOPES,
    Action,
    Asker,
    CaseOf,
    DelegationOf,
    PersonOf,
    Resource,
    UnitOf,
    decide,
    name_of,
    rules_of,
)
from engine.core.access.who import DelegateOf, Holder, Party, PersonOfChart, Self, Subject
from engine.core.case import Case
from engine.core.chart import Person
from engine.core.delegation import Delegation
from engine.core.identity.scopes import Scope, scopes_allow
from engine.core.roster import Roster
from engine.errors import NotFound, NotYours
from engine.runtime import CaseView, Engine


@dataclass(slots=True)
class Asking:
    """One request: what it has asked of the rules so far, and who asks, worked out once."""

    actions: set[Action] = field(default_factory=set)
    askers: dict[tuple[str, str], Asker] = field(default_factory=dict)


#: the request that is being answered; None outside of one
ASKING: ContextVar[Asking | None] = ContextVar("asking", default=None)
#: what an account has only by its person
_OF_PEOPLE = (Subject, Self, Party, Holder, PersonOfChart, DelegateOf)


def asker_of(engine: Engine, visitor: Visitor) -> Asker:
    """Who asks, as the rules look at them."""
    account = visitor.account.id if visitor.account is not None else ""
    asking = ASKING.get() or Asking()
    who = (visitor.key, account)
    if who not in asking.askers:
        asking.askers[who] = engine.access.asker(
            visitor.key, account=account, roles=visitor.roles, scopes=visitor.scopes
        )
    return asking.askers[who]


def may(engine: Engine, visitor: Visitor, action: Action, resource: Resource = NOTHING) -> bool:
    """Whether it is allowed, asked before anybody tries: for what a page offers."""
    return decide(asker_of(engine, visitor), action, resource).allowed


def demand(engine: Engine, visitor: Visitor, action: Action, resource: Resource = NOTHING) -> None:
    """Pass if it is allowed; a denial is logged. Raises: NotYours with the reason in both languages."""
    demand_of(engine, asker_of(engine, visitor), action, resource)


def demand_of(engine: Engine, asker: Asker, action: Action, resource: Resource) -> None:
    """Pass if whoever asks may; a denial is logged. Raises: NotYours."""
    asking = ASKING.get()
    if asking is not None:
        asking.actions.add(action)
    decision = engine.access.decide(asker, action, resource)
    if decision.allowed:
        return
    log_denied(who=asker.known_as, action=action, what=name_of(resource), rule=decision.rule)
    if (
        asker.account
        and not asker.person
        and any(isinstance(one.who, _OF_PEOPLE) for one in rules_of(action))
    ):
        raise NoPerson(NOBODYS.en, label=NOBODYS)
    about = {"case": resource.id} if isinstance(resource, CaseOf) else {}
    raise NotYours(decision.reason.en, label=decision.reason, rule=decision.rule, **about)


def demand_scope(scopes: Collection[Scope] | None, actions: Iterable[Action]) -> None:
    """Pass if a token with these scopes is made for one of the actions; None is no token. Raises: OutOfScope."""
    needed = sorted({SCOPES[action] for action in actions})
    if scopes is not None and not any(scopes_allow(scopes, one) for one in needed):
        raise OutOfScope(
            f"this token is not made for that: it needs the scope {' or '.join(map(repr, needed))}, and has"
            f" {', '.join(sorted(scopes))}; make one with that scope",
            needed=needed,
        )


def demand_case(engine: Engine, visitor: Visitor, case: Case, action: Action = "case.read") -> None:
    """Pass if this may be done with the case. Raises: NotYours."""
    demand(engine, visitor, action, engine.access.case(case))


def demand_case_by_id(engine: Engine, visitor: Visitor, case_id: str, action: Action) -> None:
    """Pass if this may be done with the case of this id. Raises: NotFound, NotYours."""
    demand(engine, visitor, action, engine.access.case_by_id(case_id))


def demand_journals(engine: Engine, visitor: Visitor, view: CaseView, action: Action) -> None:
    """Pass if this may be done in the journals of a case, also by those who only read or write in one.

    Whoever is shown a journal is no writer by it: that is who may write, check, release or invite in one now.
    Raises: NotYours.
    """
    case = engine.access.case(view.case)
    reading = SCOPES[action] == "read"
    if any(reading or one.may_write or one.checks or one.releases or one.may_link for one in view.journals):
        case = replace(case, writers=frozenset({visitor.key}))
    demand(engine, visitor, action, case)


def demand_person(engine: Engine, visitor: Visitor, asked: Person, action: Action) -> None:
    """Pass if this may be done with what is a person's. Raises: NotYours."""
    demand(engine, visitor, action, PersonOf(key=asked.key, external=asked.external))


def demanded_person(engine: Engine, visitor: Visitor, number: str, action: Action) -> Person:
    """The person with this number, if this may be done with what is theirs.

    Whoever may not is told so alike where nobody has the number: numbers can be guessed. Raises: NotYours, NotFound.
    """
    try:
        asked = engine.person_by_id(number)
    except NotFound:
        demand(engine, visitor, action, PersonOf(key=""))
        raise
    demand_person(engine, visitor, asked, action)
    return asked


def demanded_key(engine: Engine, visitor: Visitor, number: str, action: Action) -> str:
    """The key of the person with this number, or without one the visitor's own. Raises: NotYours, NotFound."""
    if number:
        return demanded_person(engine, visitor, number, action).key
    demand(engine, visitor, action, PersonOf(key=visitor.key))
    return visitor.key


def demand_outage(engine: Engine, visitor: Visitor, unit: str) -> None:
    """Pass if this visitor may stop or start the clocks of a unit; never of the one their own case is in.

    Raises: NotYours.
    """
    own = engine.cases(subject=visitor.key, open_only=True)
    touches = frozenset({visitor.key}) if unit and any(one.unit == unit for one in own) else frozenset()
    demand(engine, visitor, "outage.declare", UnitOf(name=unit, touches=touches))


def demand_import(engine: Engine, visitor: Visitor, roster: Roster | None = None) -> None:
    """Pass if this visitor may import people at all, or these: never their own line. Raises: NotYours."""
    touches = frozenset[str]() if roster is None else engine.access.changed_by(roster)
    demand(engine, visitor, "people.import", UnitOf(touches=touches))


def demand_undo(engine: Engine, visitor: Visitor) -> None:
    """Pass if this visitor may take the last import back: not if it changed their own line. Raises: NotYours."""
    demand(engine, visitor, "people.undo", UnitOf(touches=engine.access.changed_last()))


def demand_delegation(engine: Engine, visitor: Visitor, name: str) -> None:
    """Pass if this visitor may end a delegation. Raises: NotFound, NotYours."""
    known = engine.delegating.known()
    one = next((one for one in known if one.id == name), None)
    if one is None:
        raise NotFound("delegation", name)
    demand(engine, visitor, "delegation.end", _delegation(one))


def readable_delegations(engine: Engine, visitor: Visitor) -> tuple[Delegation, ...]:
    """The delegations this visitor may read, the latest first."""
    asker, known = asker_of(engine, visitor), engine.delegating.known()
    return tuple(one for one in known if decide(asker, "delegation.read", _delegation(one)).allowed)


def _delegation(one: Delegation) -> DelegationOf:
    return DelegationOf(id=one.id, giver=one.giver, taker=one.taker)


def on_desk(engine: Engine, visitor: Visitor) -> bool:
    """Whether this visitor serves on a personnel desk today."""
    return asker_of(engine, visitor).personnel


def case_for(engine: Engine, visitor: Visitor, case_id: str) -> CaseView:
    """A case as this visitor may see it; whether they may open it at all is still to be asked. Raises: NotFound."""
    return engine.case(case_id, visitor.key, auditor=visitor.audits)


def may_read_reason(facts: Mapping[str, Any], person: str) -> bool:
    """Whether the reason of an entry is for this person: who gave it, and whom that entry told of it."""
    actor = facts.get("actor", {})
    return person in {actor.get("person"), actor.get("behalf")} or any(
        to == person for to, _ in facts.get("told", ())
    )


def visible_cases(
    engine: Engine,
    visitor: Visitor,
    *,
    cycle: str | None = None,
    state: str | None = None,
    phase: str | None = None,
    open_only: bool = False,
    after: str = "",
    limit: int = 50,
) -> tuple[tuple[Case, ...], str]:
    """A page of the cases this visitor may open, by id, and where the next page begins ("": there is none)."""
    return engine.access.visible(
        asker_of(engine, visitor),
        cycle=cycle,
        state=state,
        phase=phase,
        open_only=open_only,
        after=after,
        limit=limit,
    )


def own_cases(engine: Engine, visitor: Visitor) -> tuple[Case, ...]:
    """The cases that are about this visitor, open ones first, the newest of them first."""
    cases = engine.cases(subject=visitor.key, limit=100)
    return tuple(sorted(cases, key=lambda case: (bool(case.ended), -case.opened_at)))
