"""One door to the templates: what every page shares, and the answer it becomes."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse

from api.dressing import WITH_OWN_SCRIPT
from api.pages.demo_bar import demo_bar
from api.pages.instants import zoned
from api.pages.words import Words
from api.policy import asker_of, may, on_desk
from api.visiting import Visitor, engine_of, language_of, signed_in_or_none
from engine.store import queries

_HERE = Path(__file__).parent
STATIC = _HERE / "static"
_LOCAL = "/"


def _sentence(text: str) -> str:
    """Words that were to stand within a sentence, as one of their own."""
    stop = "" if text.endswith((".", "!", "?", "…")) else "."
    return f"{text[:1].upper()}{text[1:]}{stop}"


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["sentence"] = _sentence
    for name, file in (("style_version", "siklus.css"), ("script_version", "keeping.js")):
        made.globals[name] = hashlib.sha256((STATIC / file).read_bytes()).hexdigest()[:12]
    return made


def render(
    request: Request,
    template: str,
    visitor: Visitor | None,
    *,
    title: str,
    status: int = 200,
    done: str = "",
    **values: Any,
) -> HTMLResponse:
    """A page with its frame: menu, language, the demo's bar, and a sentence on what was just done.

    Where the values name a `script`, it loads the one script of ours, which keeps what is typed.
    """
    values.setdefault("script", False)
    language = visitor.language if visitor else language_of(request)
    word = Words(language)
    signed = signed_in_or_none(request)
    administers = signed is not None and signed.whole and "administrator" in signed.account.roles
    text = (
        _environment()
        .get_template(template)
        .render(
            word=word,
            language=language,
            visitor=visitor,
            signed=signed,
            title=title,
            done=done,
            unread=_unread(request, visitor),
            sees_accounts=administers,
            doubted=administers and _in_doubt(request),
            parked=_parked(request, visitor),
            glass=_glass(request, visitor, word),
            sees_desk=visitor is not None and on_desk(engine_of(request), visitor),
            sees_unit=visitor is not None and asker_of(engine_of(request), visitor).leads,
            sees_all=visitor is not None and may(engine_of(request), visitor, "promise.list"),
            demo=demo_bar(engine_of(request), visitor, word, travels=request.app.state.demo is not None),
            documented=request.app.openapi_url is not None,
            here=_here(request),
            path=request.url.path,
            **values,
        )
    )
    headers = {"content-security-policy": WITH_OWN_SCRIPT} if values["script"] else {}
    return HTMLResponse(text, status_code=status, headers=headers)


def page_text(template: str, **values: Any) -> str:
    """A page without our frame, to be kept elsewhere."""
    return _environment().get_template(template).render(**values)


def to_page(address: str, *, at: str = "", **query: str) -> RedirectResponse:
    """Go on to a page of ours, or a place on it, after something was done (303: reloading does not do it again)."""
    asked = f"?{urlencode(query)}" if query else ""
    place = f"#{at}" if at else ""
    return RedirectResponse(f"{address}{asked}{place}", status_code=303)


def own_address(address: str) -> str:
    """An address if it is a page of ours, else the first page: a form must not send people elsewhere."""
    parts = urlsplit(address)
    ours = not parts.scheme and not parts.netloc and address.startswith("/") and not address.startswith("//")
    if not ours or "\\" in address or any(ord(letter) < 0x20 for letter in address):  # noqa: PLR2004 - control letters
        return _LOCAL
    return address


def _here(request: Request) -> str:
    """This page's address for coming back to it, without what was just done; a page that was sent goes to its case."""
    if request.method != "GET":
        case_id = request.path_params.get("case_id")
        return f"/cases/{case_id}" if case_id else _LOCAL
    kept = [(name, value) for name, value in parse_qsl(request.url.query) if name not in {"done", "again"}]
    return f"{request.url.path}?{urlencode(kept)}" if kept else request.url.path


def _unread(request: Request, visitor: Visitor | None) -> int:
    if visitor is None:
        return 0
    with engine_of(request).database.read() as view:
        return queries.unread_count(view, visitor.key)


def _parked(request: Request, visitor: Visitor | None) -> int:
    """How many cases time could not move, for those who can help them."""
    if visitor is None or not may(engine_of(request), visitor, "parked.list"):
        return 0
    return len(engine_of(request).parking.listed())


def _in_doubt(request: Request) -> bool:
    doubt = engine_of(request).clock_watching.latest()
    return doubt is not None and doubt.is_open


def _glass(request: Request, visitor: Visitor | None, word: Words) -> list[dict[str, str]]:
    """What break-glass has opened to this visitor: every page of theirs says so."""
    if visitor is None:
        return []
    found = engine_of(request).privacy.glass.open_now()
    return [
        {"glass": one.id, "until": zoned(one.until_at, visitor, word)}
        for one in found
        if one.is_of(visitor.key)
    ]
