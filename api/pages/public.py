"""The page that anybody may read without an account: work recognised with consent, and how units do."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.pages.case_parts import told_figures
from api.pages.rendering import render
from api.pages.told_forms import Told, told_values
from api.pages.words import Words
from api.visiting import TheEngine, language_of, signed_in_or_none
from engine.core.telling import say_date, say_name
from engine.runtime.public_register import Opened

router = APIRouter(include_in_schema=False)

#: kept by browsers and proxies, and asked about each time: what is withdrawn is gone at the next look
_KEPT = "public, no-cache"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One thing everybody may read: of a person or a unit."""

    head: str
    under: str
    cycle: str
    forms: tuple[Told, ...]
    figures: tuple[tuple[str, str], ...]
    hidden: bool


@router.get("/public")
def public(request: Request, engine: TheEngine) -> Response:
    """Whom the agency recognises, as far as they agreed; and figures of whole units, small groups left out."""
    word = Words(language_of(request))
    found = [(one.person is None, _shown(engine, one, word)) for one in engine.public_register.all()]
    page = render(
        request,
        "public.html",
        None,
        title=word("public.title"),
        people=[one for of_unit, one in found if not of_unit],
        units=[one for of_unit, one in found if of_unit],
    )
    if signed_in_or_none(request) is not None:
        return page  # it has a name on it
    tag = f'"{hashlib.sha256(bytes(page.body)).hexdigest()[:32]}"'
    headers = {"cache-control": _KEPT, "etag": tag, "vary": "Cookie"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    page.headers.update(headers)
    return page


def _shown(engine: TheEngine, one: Opened, word: Words) -> Shown:
    definition, language, chart = one.definition, word.language, engine.chart
    title = definition.texts.title[language]
    since = say_date(one.since, language)
    person = one.person
    return Shown(
        head=one.unit if person is None else person.name,
        under=title if person is None else f"{person.position}, {one.unit}",
        cycle=word("public.since", cycle=f"{title} {one.period[0].year}", day=since),
        forms=tuple(
            told_values(definition, name, values, language, lambda key: say_name(chart, key, language))
            for name, values in one.forms.items()
        ),
        figures=told_figures(definition, one.figures, language),
        hidden=one.hidden,
    )
