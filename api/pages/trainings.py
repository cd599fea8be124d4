"""The page of trainings: which there are over all rules in force, what each lets its holder do, and who has it."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.pages.rendering import render
from api.pages.words import Words
from api.policy import may
from api.training_words import journal_label, lasts_label, readable_holders, role_label, when_label
from api.visiting import TheEngine, TheVisitor
from engine.core.chart import Chart
from engine.core.telling import say_date, say_name
from engine.core.training_catalogue import Held, Offered, Source, Use

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A training in words."""

    name: str
    title: str
    gained: tuple[str, ...]
    lets: tuple[str, ...]
    holders: tuple[str, ...]


@router.get("/trainings")
def trainings(request: Request, engine: TheEngine, visitor: TheVisitor) -> Response:
    """Every training of the rules in force, and who has it: to who may list people everybody, to others themselves."""
    word = Words(visitor.language)
    found = engine.trainings.catalogue(visitor.today)
    held = readable_holders(engine, visitor, found)
    rows = [
        _row(one, [each for each in held if each.name == one.name], found.chart, word)
        for one in found.offered
    ]
    everybody = may(engine, visitor, "person.list")
    return render(
        request, "trainings.html", visitor, title=word("trainings.title"), rows=rows, everybody=everybody
    )


def _row(one: Offered, held: list[Held], chart: Chart, word: Words) -> Row:
    title = one.title[word.language]
    return Row(
        name=one.name,
        title=title,
        gained=tuple(_gained(source, word) for source in one.sources),
        lets=tuple(_lets(use, word) for use in one.uses),
        holders=tuple(_holder(each, chart, word) for each in held),
    )


def _gained(one: Source, word: Words) -> str:
    language = word.language
    lasts = lasts_label(one)[language]
    return word(
        "trainings.gained",
        journal=journal_label(one)[language],
        rules=one.definition.texts.title[language],
        when=when_label(one)[language],
        lasts=word("trainings.lasts", span=lasts) if lasts else word("trainings.for_good"),
    )


def _lets(one: Use, word: Words) -> str:
    language = word.language
    return word("trainings.lets", role=role_label(one)[language], rules=one.definition.texts.title[language])


def _holder(one: Held, chart: Chart, word: Words) -> str:
    language = word.language
    since = (
        word("trainings.since", day=say_date(one.first, language))
        if one.first is not None
        else word("trainings.by_file")
    )
    until = (
        word("trainings.until", day=say_date(one.last, language))
        if one.last is not None
        else word("trainings.for_good")
    )
    return f"{say_name(chart, one.person, language)} ({since}, {until})"
