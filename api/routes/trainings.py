"""The catalogue of trainings: which there are, what gives them, what they are for, and who has them."""

from __future__ import annotations

from fastapi import APIRouter

from api import shapes
from api.schemas import TrainingHolderOut, TrainingOut, TrainingSourceOut, TrainingUseOut
from api.training_words import journal_label, lasts_label, readable_holders, role_label, when_label
from api.visiting import TheEngine, TheVisitor
from engine.core.chart import Chart
from engine.core.training_catalogue import Held, Source, Use

router = APIRouter(prefix="/trainings", tags=["definitions"])


@router.get("")
def list_trainings(engine: TheEngine, visitor: TheVisitor) -> list[TrainingOut]:
    """Every training that the definitions in force give or ask for, by name."""
    found = engine.trainings.catalogue(visitor.today)
    held = readable_holders(engine, visitor, found)
    return [
        TrainingOut(
            name=one.name,
            title=shapes.text(one.title),
            given_by=[_source(source) for source in one.sources],
            needed_by=[_use(use) for use in one.uses],
            holders=[_holder(found.chart, holder) for holder in held if holder.name == one.name],
        )
        for one in found.offered
    ]


def _source(one: Source) -> TrainingSourceOut:
    return TrainingSourceOut(
        definition=one.definition.name,
        title=shapes.text(one.definition.texts.title),
        journal=shapes.text(journal_label(one)),
        when=shapes.text(when_label(one)),
        lasts=shapes.text(lasts_label(one)),
    )


def _use(one: Use) -> TrainingUseOut:
    return TrainingUseOut(
        definition=one.definition.name,
        title=shapes.text(one.definition.texts.title),
        role=shapes.text(role_label(one)),
    )


def _holder(chart: Chart, one: Held) -> TrainingHolderOut:
    return TrainingHolderOut(person=shapes.person(chart, one.person), first=one.first, last=one.last)
