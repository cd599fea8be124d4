"""What several families of attacks share: every address there is, and what a case was before somebody tried."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from typing import Any

from fastapi.routing import APIRoute, iter_route_contexts

from engine.store import queries
from tests.api.conftest import Office
from tests.signing_in.conftest import House

ROOT = Path(__file__).resolve().parents[2]
#: letters that are code somewhere: markup, formulas, statements, templates, folders, headers, logs
HOSTILE = (
    "<script>window.owned=1</script>",
    "\"'><img data-owned src=x onerror=window.owned=1>",
    "javascript:window.owned=1",
    "{{7*7}}${7*7}#{7*7}",
    '=HYPERLINK("http://evil.example")',
    "' OR '1'='1",
    "'; DROP TABLE cases; --",
    "%' UNION SELECT * FROM people --",
    "../../../../etc/passwd",
    "..\\..\\windows\\win.ini",
    "a\r\nSet-Cookie: siklus=evil",
    "\u202egnp.exe",
    "\ufeff\u200b\u2066hidden\u2069",
    "ﬁne ①",
    "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
    "%s%n%x" * 10,
    "$(sleep 9)`sleep 9`|sleep 9",
    "*)(uid=*",
    "A" * 3000,
)


@cache
def product() -> tuple[tuple[str, ast.AST], ...]:
    """Every call, import and attribute of the product, with its file: read once for all who look at it."""
    return tuple(
        (path.relative_to(ROOT).as_posix(), node)
        for package in ("api", "engine", "notifications", "workflows")
        for path in sorted((ROOT / package).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call | ast.Import | ast.ImportFrom | ast.Attribute)
    )


def routes_of(office: Office | House) -> list[tuple[str, str]]:
    """Method and pattern of everything that is served, pages and API; files of ours left out."""
    found = [
        (method, context.path)
        for context in iter_route_contexts(office.app.routes)
        if isinstance(context.original_route, APIRoute)
        for method in sorted(context.methods or ())
    ]
    assert len(found) > 80
    return found


def kept_of(office: Office, case: str) -> Any:
    """All that is kept of a case and was written about it."""
    found = office.engine.case(case, None).case
    with office.engine.database.read() as view:
        return found, queries.history(view, found.stream), queries.written(view, case)
