"""Pages for people, in Indonesian and English; every one works without JavaScript."""

from __future__ import annotations

from fastapi import APIRouter, Depends

from api.pages import (
    acting,
    audit,
    board,
    bulk,
    calendars,
    cancelling,
    cases,
    checkpoint,
    definitions,
    delegations,
    denials,
    documents,
    glass,
    handing,
    importing,
    inbox,
    journals,
    lists,
    messages,
    my_year,
    outages,
    outside,
    parked,
    privacy,
    promises,
    public,
    shell,
    superiors,
    timeline,
    trainings,
    undoing,
    unit,
)
from api.pages import clock as clock_page
from api.pages.shell import problem_page
from api.route_actions import guard

__all__ = ["page_routes", "problem_page"]


def page_routes(*, demo: bool, clock: bool) -> APIRouter:
    """The pages; those of a demo are there only in a demo, and those of its clock only where it has one."""
    routes = APIRouter(dependencies=[Depends(guard)])
    for part in (
        shell,
        inbox,
        messages,
        cases,
        acting,
        timeline,
        undoing,
        bulk,
        journals,
        outside,
        promises,
        superiors,
        delegations,
        handing,
        importing,
        lists,
        cancelling,
        definitions,
        calendars,
        outages,
        trainings,
        parked,
        audit,
        denials,
        privacy,
        glass,
        clock_page,
        checkpoint,
        documents,
        my_year,
        public,
        unit,
        board,
    ):
        routes.include_router(part.router)
    if demo:
        routes.include_router(shell.personas)
    if demo and clock:
        routes.include_router(shell.clock)
    return routes
