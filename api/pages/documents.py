"""A document of a case, made for whoever reads the case; and what the log says of one, to whoever holds it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Request
from starlette.responses import Response

from api.officials import of_visitor
from api.pages.case_page import opened
from api.pages.document_sheet import document_pdf
from api.pages.instants import in_utc
from api.pages.rendering import render
from api.pages.words import Words
from api.visiting import TheEngine, TheVisitor, language_of, visitor_or_none
from engine.errors import NotFound
from engine.runtime.privacy.documenting import LogSays
from engine.store import queries

router = APIRouter(include_in_schema=False)

_MOST = 1 << 50
_MISSING = 404

Number = Annotated[int, Path(ge=1, le=_MOST)]
Digest = Annotated[str, Path(pattern=r"^[0-9a-f]{64}$")]


@router.post("/cases/{case_id}/document")
def make(request: Request, case_id: str, engine: TheEngine, visitor: TheVisitor) -> Response:
    """The PDF; that it was made is told in the log, with its hash."""
    view = opened(engine, visitor, case_id)
    made = engine.privacy.documents.make(view, who=of_visitor(visitor))
    with engine.database.read() as snapshot:
        written = queries.written(snapshot, case_id)
    address = f"{request.base_url}documents/{made.entry.seq}/{made.made_from.digest}"
    receipt = engine.receipts.of([made.entry])
    data = document_pdf(view, written, visitor, made, address=address, receipt=receipt)
    headers = {
        "content-disposition": f'attachment; filename="siklus-{case_id}-{made.made_from.seq}.pdf"',
        "content-security-policy": "default-src 'none'; sandbox",
        "x-content-type-options": "nosniff",
        "cache-control": "no-store",
    }
    return Response(data, media_type="application/pdf", headers=headers)


@router.get("/documents/{number}/{digest}")
def ask(request: Request, number: Number, digest: Digest, engine: TheEngine) -> Response:
    """When the document was made and sealed, and whether its case stands as it did; it names nobody."""
    visitor = visitor_or_none(request)
    word = Words(visitor.language if visitor else language_of(request))
    try:
        told = engine.privacy.documents.told(number, digest)
    except NotFound:
        told = None
    return render(
        request,
        "document.html",
        visitor,
        title=word("document.ask_title"),
        status=200 if told else _MISSING,
        digest=digest,
        finding=word("document.known", at=in_utc(told.made_at, word)) if told else word("document.unknown"),
        rows=_rows(told, word) if told else (),
        broken=told is not None and not told.holds,
    )


def _rows(told: LogSays, word: Words) -> list[tuple[str, str]]:
    sealed = word("document.not_sealed")
    if told.sealed_at is not None and told.leaf is not None:
        sealed = word(
            "document.sealed",
            at=in_utc(told.sealed_at, word),
            size=told.sealed_size,
            leaf=told.leaf,
            count=told.witnesses,
        )
    return [
        (
            word("document.row_case"),
            word("document.holds" if told.holds else "document.broken", entry=told.case_seq),
        ),
        (word("document.row_since"), word("document.older" if told.moved_on else "document.newest")),
        (word("document.row_seal"), sealed),
    ]
