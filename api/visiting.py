"""Who asks. There is no sign-in yet: in a demo a visitor says which person to be, by cookie or by header.

`create_app` refuses a real database for exactly this reason, so nothing here can be reached outside a demo.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, cast

from fastapi import Depends, Request

from api.problems import NobodyAsks
from engine.core.chart import Person
from engine.core.command import Actor
from engine.core.definition import Language
from engine.core.zones import local_date
from engine.errors import NotFound
from engine.runtime import Engine

PERSONA_COOKIE = "persona"
PERSONA_HEADER = "x-siklus-persona"
LANGUAGE_COOKIE = "language"


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """The person who asks, as the chart has them today, and the language they read."""

    person: Person
    today: date
    language: Language

    @property
    def key(self) -> str:
        """The person's key, as it stands in entries."""
        return self.person.key

    @property
    def actor(self) -> Actor:
        """The person as the one who asks something of a case."""
        return Actor(person=self.person.key)


def engine_of(request: Request) -> Engine:
    """The engine this application serves."""
    return cast(Engine, request.app.state.engine)


def visitor_or_none(request: Request) -> Visitor | None:
    """Who asks, or None when nobody known is named."""
    engine = engine_of(request)
    person_id = request.headers.get(PERSONA_HEADER) or request.cookies.get(PERSONA_COOKIE, "")
    if not person_id:
        return None
    try:
        newest = engine.person_by_id(person_id)
    except NotFound:
        return None
    today = local_date(engine.now(), newest.zone)
    person = engine.chart.near(newest.key, today) or newest
    request.state.person = person.key
    return Visitor(person=person, today=today, language=language_of(request, person))


def visitor(request: Request) -> Visitor:
    """Who asks. Raises: NobodyAsks when no known person is named."""
    found = visitor_or_none(request)
    if found is None:
        raise NobodyAsks(
            "the request does not say which known person asks; in a demo choose one on the first page, or send the"
            " header X-Siklus-Persona with a person_id"
        )
    return found


def language_of(request: Request, person: Person | None = None) -> Language:
    """The language to answer in: the one chosen, else the person's own, else Indonesian."""
    chosen = request.cookies.get(LANGUAGE_COOKIE) or (person.language if person else "id")
    return "en" if chosen == "en" else "id"


TheEngine = Annotated[Engine, Depends(engine_of)]
TheVisitor = Annotated[Visitor, Depends(visitor)]
