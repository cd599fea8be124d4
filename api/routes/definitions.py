"""Definitions: the rules cases live by, readable by everybody they apply to."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Response

from api import shapes
from api.schemas import DefinitionLine
from api.visiting import TheEngine, TheVisitor
from engine.core.codec import decode

router = APIRouter(prefix="/definitions", tags=["definitions"])


@router.get("")
def list_definitions(engine: TheEngine, _: TheVisitor) -> list[DefinitionLine]:
    """Every published definition."""
    return [shapes.definition_line(one, engine.definition(one.digest)) for one in engine.definitions()]


@router.get("/{digest}")
def rules(digest: str, engine: TheEngine, _: TheVisitor, response: Response) -> dict[str, Any]:
    """The rules of one version, exactly as its digest was taken of them."""
    return _part(engine, digest, "rules", response)


@router.get("/{digest}/texts")
def texts(digest: str, engine: TheEngine, _: TheVisitor, response: Response) -> dict[str, Any]:
    """The words of one version, in both languages."""
    return _part(engine, digest, "texts", response)


def _part(engine: TheEngine, digest: str, part: str, response: Response) -> dict[str, Any]:
    definition = engine.definition(digest)
    response.headers["etag"] = f'"{digest}"'
    found: dict[str, Any] = decode(definition.source)[part]
    return found
