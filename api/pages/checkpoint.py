"""The page of the newest checkpoint, to be printed and kept. It names nobody; the more people keep one the better."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.code_picture import code_picture
from api.pages.checkpoint_sheet import as_pdf, checkpoint_sheet
from api.pages.rendering import render
from api.pages.words import Words
from api.visiting import TheEngine, language_of, visitor_or_none
from engine.errors import NotFound

router = APIRouter(include_in_schema=False)


@router.get("/checkpoint")
def checkpoint(request: Request, engine: TheEngine) -> Response:
    """The sheet, with the code that phones read."""
    visitor = visitor_or_none(request)
    word = Words(visitor.language if visitor else language_of(request))
    found = checkpoint_sheet(engine.database, word)
    return render(
        request,
        "checkpoint.html",
        visitor,
        title=word("checkpoint.title"),
        sheet=found,
        picture=code_picture(found.code) if found else "",
    )


@router.get("/checkpoint.pdf")
def on_paper(request: Request, engine: TheEngine) -> Response:
    """The same on a page of A4. Raises: NotFound, before the first seal."""
    visitor = visitor_or_none(request)
    word = Words(visitor.language if visitor else language_of(request))
    found = checkpoint_sheet(engine.database, word)
    if found is None:
        raise NotFound("checkpoint", "newest")
    headers = {
        "content-disposition": 'inline; filename="checkpoint.pdf"',
        "x-content-type-options": "nosniff",
    }
    return Response(as_pdf(found, word), media_type="application/pdf", headers=headers)
