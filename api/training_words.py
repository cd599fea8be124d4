"""What a training is, in words of both languages: how it is gained, how long it counts, what it lets its holder do."""

from __future__ import annotations

from api.policy import may
from api.visiting import Visitor
from engine.core.condition_prose import say_condition
from engine.core.definition import Label
from engine.core.moments import describe
from engine.core.training_catalogue import Held, Source, Use
from engine.runtime import Engine
from engine.runtime.trainings import Catalogue

__all__ = ["journal_label", "lasts_label", "readable_holders", "role_label", "when_label"]

_FOR_GOOD = Label(id="", en="")


def readable_holders(engine: Engine, visitor: Visitor, catalogue: Catalogue) -> tuple[Held, ...]:
    """Who has which training, as far as this visitor may know: all for who may list people, otherwise their own."""
    return catalogue.held if may(engine, visitor, "person.list") else catalogue.of([visitor.key])


def when_label(one: Source) -> Label:
    """What an entry says that gives the training."""
    said = {
        language: say_condition(one.definition, one.gives.when, language, form=one.journal.form)
        for language in ("id", "en")
    }
    return Label(**said)


def lasts_label(one: Source) -> Label:
    """How long it counts; nothing where it counts for good."""
    if one.gives.lasts is None:
        return _FOR_GOOD
    return Label(id=describe(one.gives.lasts, "id"), en=describe(one.gives.lasts, "en"))


def journal_label(one: Source) -> Label:
    """What the journal is called."""
    return one.definition.texts.label("journals", one.journal.name)


def role_label(one: Use) -> Label:
    """What the role is called."""
    return one.definition.texts.label("roles", one.role)
