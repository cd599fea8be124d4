"""Which action of the rules each route and each page is. What stands not here is not served: `guard` refuses it.

An action about the agency as a whole is demanded before the route runs; one about a case, a person or a unit by the
route itself, once it knows which. That it did is looked at when it is done.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any

from fastapi import Request
from starlette.concurrency import run_in_threadpool

from api.policy import ASKING, Asking, asker_of, demand_of, demand_scope
from api.problems import OutOfScope
from api.telemetry import log_denied
from api.visiting import (
    engine_of,
    is_demo,
    just_signed_in,
    signed_in,
    signed_in_or_none,
    visitor,
    visitor_or_none,
)
from engine.core.access import NOTHING, AccountOf, Action, Asker, Resource
from engine.core.access.denying import TOKEN_SCOPE, WHERE_DONE
from engine.errors import NotYours

#: a name that we gave, as it stands in an address
_ID = re.compile(r"[a-z]-[0-9a-z]{1,40}")

__all__ = ["ACTIONS_OF", "HOUSE", "guard", "name_of_endpoint"]

#: actions that are about nobody in particular, or about the account that the address names
HOUSE: frozenset[Action] = frozenset(
    {
        "account.change",
        "account.list",
        "calendar.apply",
        "calendar.preview",
        "calendar.read",
        "case.list",
        "clock.accept",
        "clock.read",
        "cycle.cancel",
        "cycle.launch",
        "cycle.list",
        "definition.publish",
        "definition.read",
        "delegation.list",
        "denial.read",
        "audit.search",
        "outage.list",
        "own.account",
        "parked.list",
        "people.preview",
        "person.list",
        "promise.list",
    }
)

_OF_ONES_ACCOUNT = (
    "own_page", "end_session", "end_others", "refuse_request", "password_page", "change_password",
    "authenticator_page", "begin_authenticator", "confirm_authenticator", "new_codes", "make_token", "revoke_token",
)  # fmt: skip

_ROUTES: Mapping[str, Mapping[str, tuple[Action, ...]]] = {
    "routes.cases": {
        "list_cases": ("case.list",),
        "read_case": ("case.read",),
        "if_nobody_acts": ("case.read",),
        "history": ("case.read",),
        "read_file": ("case.read",),
    },
    "routes.acts": {
        "available": ("case.read",),
        **dict.fromkeys(("fire", "preview", "undo"), ("case.act",)),
    },
    "routes.bulk": {"bulk": ("case.act", "case.steer")},
    "routes.journals": {
        "journals": ("journal.read",),
        "write": ("journal.write",),
        "check": ("journal.write",),
        "release": ("case.release",),
        "invite": ("journal.write",),
    },
    "routes.steering": dict.fromkeys(("extend", "pause", "resume", "reassign", "remind"), ("case.steer",)),
    "routes.promises": {
        "list_promises": ("promise.list",),
        "count_promises": ("promise.list",),
        "acknowledge": ("case.act",),
    },
    "routes.superiors": dict.fromkeys(("question_superior", "answer_question"), ("case.act",)),
    "routes.people": {
        "list_people": ("person.list",),
        "preview": ("people.preview",),
        "import_people": ("people.import",),
        "undo": ("people.undo",),
        "tasks": ("person.tasks",),
        "messages": ("person.messages",),
        "mark_read": ("person.mark_read",),
        "handover_sheet": ("person.handover",),
    },
    "routes.delegations": {
        "list_delegations": ("delegation.list",),
        "candidates": ("delegation.give",),
        "give": ("delegation.give",),
        "end": ("delegation.end",),
    },
    "routes.cycles": {"list_cycles": ("cycle.list",), "launch": ("cycle.launch",)},
    "routes.cancelling": dict.fromkeys(("look", "list_cancellings", "ask", "decide"), ("cycle.cancel",)),
    "pages.cancelling": dict.fromkeys(("look", "ask", "decide"), ("cycle.cancel",)),
    "routes.definitions": {
        "list_definitions": ("definition.read",),
        "propose": ("definition.publish",),
        "approve": ("definition.publish",),
        "withdraw": ("definition.publish",),
        "rules": ("definition.read",),
        "texts": ("definition.read",),
    },
    "routes.calendars": {
        "list_calendars": ("calendar.read",),
        "preview": ("calendar.preview",),
        "apply": ("calendar.apply",),
        "calendar": ("calendar.read",),
    },
    "routes.outages": {
        "list_outages": ("outage.list",),
        "begin": ("outage.declare",),
        "end": ("outage.declare",),
    },
    "routes.denials": {"list_denials": ("denial.read",)},
    "routes.audit": {"search": ("audit.search",)},
    "pages.audit": {"search": ("audit.search",)},
    "pages.timeline": {"timeline": ("case.read",)},
    "pages.unit": {"unit": ("case.list",)},
    "pages.board": {"board": ("case.read",), "move": ("case.act", "case.read")},
    "routes.health": {"health": ("open",)},
    "routes.clock": {"read": ("clock.read",), "accept": ("clock.accept",)},
    "pages.clock": {"clock": ("clock.read",), "accept": ("clock.accept",)},
    "pages.shell": dict.fromkeys(
        ("choose_language", "about_problem", "choose_persona", "move_clock"), ("open",)
    ),
    "pages.inbox": {
        "inbox": ("open",),  # to nobody it offers a way to say who they are
    },
    "pages.messages": {"messages": ("person.messages",), "mark_read": ("person.mark_read",)},
    "pages.cases": {
        "cases": ("case.list",),
        "case": ("case.read",),
        "steer": ("case.steer", "case.read"),
    },
    "pages.acting": {"act": ("case.act", "case.read")},  # saving, or a row more in the form, is no act yet
    "pages.bulk": dict.fromkeys(("look", "do"), ("case.act", "case.steer")),
    "pages.undoing": {"take_back": ("case.act", "case.read")},
    "pages.journals": {
        "journal": ("journal.read",),
        "do": ("journal.write", "journal.read", "case.release"),
    },
    "pages.outside": dict.fromkeys(("outside", "answer"), ("open",)),  # who holds the link
    "pages.denials": {"denials": ("denial.read",)},
    # it names nobody, and whoever keeps one is a witness
    "pages.checkpoint": dict.fromkeys(("checkpoint", "on_paper"), ("open",)),
    # who holds a sheet of paper asks what the log says of it: it names nobody
    "pages.documents": {"make": ("case.read",), "ask": ("open",)},
    # figures of whole units, and whom it names has agreed to it
    "pages.public": {"public": ("open",)},
    "pages.my_year": {"my_year": ("person.tasks",)},
    "pages.parked": {"parked": ("parked.list",), "unpark": ("parked.retry",)},
    "pages.privacy": {
        "own_data": ("privacy.looks",),
        "classes": ("privacy.read",),
        "export": ("privacy.export", "privacy.looks"),
        "ask": ("privacy.ask", "privacy.looks"),
        **dict.fromkeys(("decide", "hold", "lift", "propose"), ("privacy.decide",)),
    },
    "routes.privacy": {
        "classes": ("privacy.read",),
        "export": ("privacy.export",),
        "looks": ("privacy.looks",),
        **dict.fromkeys(("erasures", "holds", "over"), ("privacy.office",)),
        "ask": ("privacy.ask",),
        **dict.fromkeys(("decide", "hold", "lift", "propose"), ("privacy.decide",)),
        "grants": ("glass.read",),
        "ask_glass": ("glass.break",),
        "decide_glass": ("glass.end", "glass.break"),
    },
    "pages.glass": {
        "grants": ("glass.read",),
        "ask": ("glass.break",),
        "decide": ("glass.end", "glass.break"),
    },
    "pages.superiors": dict.fromkeys(("question", "answer"), ("case.act", "case.read")),
    "pages.promises": {"promises": ("promise.list",), "acknowledge": ("case.act",)},
    "pages.delegations": {
        "delegations": ("delegation.list",),
        "give": ("delegation.give",),
        "end": ("delegation.end",),
    },
    "pages.handing": {"sheet": ("person.handover",)},
    "pages.importing": {
        "ask": ("people.preview",),
        "preview": ("people.preview",),
        "bring_in": ("people.import",),
        "undo": ("people.undo",),
    },
    "routes.trainings": {"list_trainings": ("definition.read",)},
    "pages.trainings": {"trainings": ("definition.read",)},
    "pages.lists": {"cycles": ("cycle.list",), "people": ("person.list",)},
    "pages.definitions": {
        "definitions": ("definition.read",),
        "definition": ("definition.read",),
        "matrix": ("definition.read",),
        "picture": ("definition.read",),
        "decide": ("definition.publish",),
    },
    "pages.calendars": {
        "calendars": ("calendar.read",),
        "calendar": ("calendar.read",),
        "preview": ("calendar.preview",),
        "apply": ("calendar.apply",),
    },
    # whoever signs in is nobody yet, and holds a secret or a link
    "signing_in.signing": dict.fromkeys(
        ("sign_in_page", "sign_in", "code_page", "code", "sign_out", "signed_out"), ("open",)
    ),
    "signing_in.elsewhere": dict.fromkeys(("go", "back"), ("open",)),
    "signing_in.links": dict.fromkeys(
        ("link_page", "set_by_link", "refusal_page", "refuse_by_letter"), ("open",)
    ),
    "signing_in.own": dict.fromkeys(_OF_ONES_ACCOUNT, ("own.account",)),
    "signing_in.accounts": {
        "list_accounts": ("account.list",),
        "account_page": ("account.list",),
        **dict.fromkeys(("add_account", "change", "invite", "decide", "act"), ("account.change",)),
    },
    "pages.outages": {"outages": ("outage.list",), "begin": ("outage.declare",), "end": ("outage.declare",)},
}

#: by the name of the endpoint: the actions one of which it is
ACTIONS_OF: Mapping[str, tuple[Action, ...]] = {
    f"api.{module}.{name}": actions for module, named in _ROUTES.items() for name, actions in named.items()
}


def name_of_endpoint(endpoint: Callable[..., Any]) -> str:
    """The name of a route's function, by which the table knows it."""
    return f"{endpoint.__module__}.{endpoint.__name__}"


async def guard(request: Request) -> AsyncIterator[None]:
    """Demand what a route is before it runs, or look afterwards that it demanded it itself. Raises: NotYours."""
    name = name_of_endpoint(request.scope["endpoint"])
    actions = ACTIONS_OF[name]  # what has no action is not served
    asking = Asking()
    ASKING.set(asking)
    found = await run_in_threadpool(signed_in_or_none, request)
    try:
        if found is not None and actions != ("open",):
            demand_scope(found.scopes, actions)
        if HOUSE.issuperset(actions):
            await run_in_threadpool(_demand, request, actions[0])
        yield
    except (NotYours, OutOfScope) as refused:
        if "rule" not in refused.data:  # what the table denied is told already
            await run_in_threadpool(_tell, request, actions[0], refused)
        raise
    assert actions == ("open",) or asking.actions & set(actions), (
        f"{name} answered without asking whether it may"
    )


def _tell(request: Request, action: Action, refused: NotYours | OutOfScope) -> None:
    """Log a denial that is not of the table: four eyes, one's own, a token made for less."""
    found, asking = signed_in_or_none(request), ASKING.get()
    who = found.account.id if found is not None else str(getattr(request.state, "person", ""))
    told = asking.actions if asking is not None else frozenset[Action]()
    asked = action if not told or action in told else min(told)
    named = (str(one) for one in request.path_params.values())
    what = next((one for one in named if _ID.fullmatch(one)), "")
    rule = TOKEN_SCOPE if isinstance(refused, OutOfScope) else WHERE_DONE
    log_denied(who=who, action=asked, what=what, rule=rule)
    engine_of(request).access.denied(who, asked, what, rule)


def _demand(request: Request, action: Action) -> None:
    account = request.path_params.get("account_id")
    about: Resource = NOTHING if account is None else AccountOf(id=account)
    asker = _asker(request, action)
    demand_of(engine_of(request), asker, action, about)


def _asker(request: Request, action: Action) -> Asker:
    """Who asks: a person of the chart, or an account that is nobody there. Raises: NobodyAsks, SecondFactorMissing."""
    engine, found = engine_of(request), visitor_or_none(request)
    if found is not None:
        return asker_of(engine, found)
    if is_demo(request):
        return asker_of(engine, visitor(request))
    # one's own account is where a second factor is set up
    account = (just_signed_in if action == "own.account" else signed_in)(request).account
    return engine.access.asker(account.person, account=account.id, roles=account.roles)
