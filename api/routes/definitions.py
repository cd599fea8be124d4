"""Definitions: the rules cases live by, readable by everybody they apply to."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Response

from api import shapes
from api.checking import neighbours
from api.requests import ApprovalIn, ProposalIn, ReasonIn
from api.schemas import DefinitionLine
from api.visiting import TheEngine, TheVisitor
from engine.core.codec import decode
from engine.core.publication import Publication
from engine.runtime import Rules

router = APIRouter(prefix="/definitions", tags=["definitions"])


@router.get("")
def list_definitions(engine: TheEngine, _: TheVisitor) -> list[DefinitionLine]:
    """Every version that was ever proposed or published."""
    return [_line(engine, one) for one in engine.publications()]


@router.post("", status_code=201)
def propose(asked: ProposalIn, engine: TheEngine, visitor: TheVisitor) -> DefinitionLine:
    """Propose a definition, for approval by another person; checked whole first."""
    given = Rules(
        rules=asked.rules, texts=asked.texts, name="rules", texts_name="texts", override=asked.override
    )
    given = replace(given, beside=neighbours(given, None))
    return _line(engine, engine.propose(given, actor=visitor.actor, reason=asked.reason))


@router.post("/{digest}/approve")
def approve(digest: str, asked: ApprovalIn, engine: TheEngine, visitor: TheVisitor) -> DefinitionLine:
    """Bring a proposed definition into force from a day on, as somebody else than its author."""
    name = _named(engine, digest)
    done = engine.approve(name, actor=visitor.actor, reason=asked.reason, effective=asked.effective)
    return _line(engine, done)


@router.post("/{digest}/withdraw")
def withdraw(digest: str, asked: ReasonIn, engine: TheEngine, visitor: TheVisitor) -> DefinitionLine:
    """Take a proposal back."""
    name = _named(engine, digest)
    return _line(engine, engine.withdraw(name, actor=visitor.actor, reason=asked.reason))


@router.get("/{digest}")
def rules(digest: str, engine: TheEngine, _: TheVisitor, response: Response) -> dict[str, Any]:
    """The rules of one version, exactly as its digest was taken of them."""
    return _part(engine, digest, "rules", response)


@router.get("/{digest}/texts")
def texts(digest: str, engine: TheEngine, _: TheVisitor, response: Response) -> dict[str, Any]:
    """The words of one version, in both languages."""
    return _part(engine, digest, "texts", response)


def _named(engine: TheEngine, digest: str) -> str:
    return engine.definition(digest).name


def _line(engine: TheEngine, told: Publication) -> DefinitionLine:
    known = None if told.status == "withdrawn" else engine.definition(told.digest)
    return shapes.definition_line(told, known, engine.chart)


def _part(engine: TheEngine, digest: str, part: str, response: Response) -> dict[str, Any]:
    definition = engine.definition(digest)
    response.headers["etag"] = f'"{digest}"'
    found: dict[str, Any] = decode(definition.source)[part]
    return found
