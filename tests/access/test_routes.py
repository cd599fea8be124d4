"""No route and no page decides by itself, and none is served whose action is not known."""

from __future__ import annotations

from fastapi.routing import APIRoute, iter_route_contexts

from api import routes
from api.pages import page_routes
from api.route_actions import ACTIONS_OF, HOUSE, guard, name_of_endpoint
from api.signing_in import sign_in_routes
from engine.core.access import ACTIONS


def endpoints() -> dict[str, APIRoute]:
    """Every route of the API and every page, by the name of its function."""
    found = {}
    for router in (routes.router, page_routes(demo=True, clock=True), sign_in_routes()):
        for context in iter_route_contexts(router.routes):
            assert isinstance(context.original_route, APIRoute), context.path
            assert context.endpoint is not None
            found[name_of_endpoint(context.endpoint)] = context.original_route
            guards = [one.dependency for one in context.dependencies]
            assert guard in guards, f"{context.path} is served unguarded"
    return found


def test_every_route_and_page_has_an_action() -> None:
    """A new one without is found here, and refused where it is served."""
    assert set(endpoints()) == set(ACTIONS_OF)


def test_every_action_of_the_web_is_known() -> None:
    """And those that are about nobody in particular are demanded before their route runs."""
    named = {action for actions in ACTIONS_OF.values() for action in actions}
    assert named <= set(ACTIONS)
    assert set(ACTIONS) >= HOUSE
    mixed = [name for name, actions in ACTIONS_OF.items() if HOUSE & set(actions) and len(actions) > 1]
    assert not mixed
