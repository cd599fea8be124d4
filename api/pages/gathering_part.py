"""Gatherings on the page of a case: how far one has come, the reader's own part in it, and what came of others."""

from __future__ import annotations

from dataclasses import dataclass

from api.attaching import files_address
from api.pages.case_parts import naming
from api.pages.told_forms import Told, told_values
from api.pages.words import Words
from engine.core.case_lists import Outcome
from engine.core.labels import what_label
from engine.core.telling import say_name, say_progress, say_waiting
from engine.runtime import CaseView

_STANDING = {"answered": "gather.answered", "declined": "gather.declined"}


@dataclass(frozen=True, slots=True, kw_only=True)
class GatheringPart:
    """The gathering that is under way: how far it is, and what this reader did in it."""

    progress: str
    standing: str
    own: Told | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """The answers of a gathering that is over: each under who gave it, or a number where nobody is named."""

    title: str
    answers: tuple[tuple[str, Told], ...]
    note: str


def gathering_part(view: CaseView, viewer: str, word: Words) -> GatheringPart | None:
    """What the page says of the gathering under way; None if there is none."""
    case, language = view.case, word.language
    rule = view.definition.states[case.state].gather
    if case.gathering is None or rule is None:
        return None
    progress = say_progress(view.definition, case, language)
    if case.waiting:
        names = say_waiting(view.definition, case, view.scene.chart, language, viewer)
        progress = word("gather.waiting", progress=progress, names=names)
    mine = next((one for one in case.gathering.asked if one.person == viewer), None)
    standing = ""
    if mine is not None and mine.state in _STANDING:
        signed = rule.sign is not None and mine.state == "answered"
        standing = word("gather.signed" if signed else _STANDING[mine.state])
    own = None
    if rule.form is not None and view.own_answer is not None:
        own = told_values(
            view.definition, rule.form, view.own_answer, language, naming(view, word), files_address(view)
        )
    return GatheringPart(progress=progress, standing=standing, own=own)


def collected(view: CaseView, word: Words) -> tuple[Collected, ...]:
    """What came of the gatherings that are over, as far as this reader may read them."""
    forms = {
        state.gather.name: state.gather.form
        for state in view.definition.states.values()
        if state.gather is not None and state.gather.form is not None
    }
    return tuple(
        _collected(view, name, forms[name], outcome, word)
        for name, outcome in view.outcomes.items()
        if name in forms
    )


def _collected(view: CaseView, name: str, form: str, outcome: Outcome, word: Words) -> Collected:
    title = what_label(view.definition, name)[word.language]
    answers = view.gathered.get(name)
    if answers is None:
        note = word("gather.not_enough", answered=outcome.answered, asked=outcome.asked)
        return Collected(title=title, answers=(), note=note)
    told = [
        told_values(view.definition, form, answer, word.language, naming(view, word), files_address(view))
        for answer in answers
    ]
    if len(outcome.by) == len(told):
        heads = [say_name(view.scene.chart, person, word.language) for person in outcome.by]
    else:
        heads = [word("gather.of", number=at, count=len(told)) for at in range(1, len(told) + 1)]
    return Collected(title=title, answers=tuple(zip(heads, told, strict=True)), note="")
