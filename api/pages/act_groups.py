"""What is open to somebody on a page of a case: acts in groups of one form, with what was typed and what is wrong."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from api.pages.earlier_reasons import NO_REASONS, EarlierReason
from api.pages.form_summary import lost_files, told_problems
from api.pages.forms import Asked, Box, boxes, html_id
from api.pages.unsent_part import NOTHING_SAVED, SavedPart, keeps_drafts, saved_part
from api.pages.words import Words
from api.refusing import why_refused
from engine.core import gather_acts
from engine.core.attachments import files_in
from engine.core.definition import HOLDER, STAY, Form, Label
from engine.core.filling import nameable, pickable
from engine.core.gather_acts import EDITS, SIGNS
from engine.core.labels import transition_label
from engine.core.paths import sources_of
from engine.core.permitting import REASON_FIELD, Option
from engine.core.receiving import receiver
from engine.core.signing import short
from engine.core.telling_names import say_name
from engine.core.unsent import Unsent
from engine.runtime import CaseView

NO_PROBLEMS: Mapping[str, Label] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """An act to press; `to` names who gets the work by it, where that is known, and `hint` what stands against it."""

    trigger: str
    label: str
    to: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActGroup:
    """Acts that share a form, or that need none. `name` is what the page sends to say which group it was."""

    name: str
    form: str
    title: str
    boxes: tuple[Box, ...]
    buttons: tuple[Button, ...]
    takes_reason: bool
    reason_for: str
    reason: str
    reason_problem: str
    problem: str
    problems: tuple[tuple[str, str], ...]
    #: fields whose files must be chosen again
    lost: tuple[tuple[str, str], ...]
    used_up: tuple[str, ...]
    own: bool
    #: something was sent for this group, so it is shown open
    touched: bool
    key: str
    #: what whoever acts must know of it: what a signature binds, how answers without names are kept
    notes: tuple[str, ...] = ()
    #: the digest of the text that is signed here
    seen: str = ""
    #: what is said of saving it unsent; None where nothing can be typed
    saved: SavedPart | None = None
    #: reasons this viewer gave before for these acts
    earlier: tuple[EarlierReason, ...] = ()

    @property
    def id(self) -> str:
        """What ids of elements of this group end with."""
        return html_id(self.name).removeprefix("f-")


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What was sent for one group of acts: its values, its reason, and what was wrong with it."""

    group: str
    values: Mapping[str, Any]
    reason: str = ""
    problems: Mapping[str, Label] = field(default_factory=dict)
    #: a refusal that belongs to no field
    refusal: str = ""
    #: another text of the same form, saved elsewhere
    beside: Unsent | None = None
    #: what is said of a change on the page that sent nothing: a row more or less, an earlier reason put in
    notice: str = ""


def group_name(option: Option) -> str:
    """Which acts belong together: the holder's own with the same form, and each other act by itself."""
    own = "own" if option.role == HOLDER else option.transition.name
    return f"{own}:{option.form or ''}"


def act_groups(
    view: CaseView,
    viewer: str,
    word: Words,
    typed: Typed | None = None,
    unsent: Mapping[str, Unsent] = NOTHING_SAVED,
    earlier: Sequence[EarlierReason] = NO_REASONS,
) -> tuple[ActGroup, ...]:
    """What is open to this viewer: the task's own acts first, in the rules' order, one group for each form.

    Each act names who gets the work by it, if that is known. `unsent` is what they have typed and not sent, by group;
    `earlier` are reasons they gave before.
    """
    grouped: dict[str, list[Option]] = {}
    for option in view.options:
        if option.role is not None:
            grouped.setdefault(group_name(option), []).append(option)
    groups = [
        _group(
            view,
            viewer,
            word,
            options,
            typed=typed if typed is not None and typed.group == name else None,
            mine=unsent.get(name),
            earlier=earlier,
        )
        for name, options in grouped.items()
    ]
    return tuple(sorted(groups, key=lambda group: not group.own))


def _group(
    view: CaseView,
    viewer: str,
    word: Words,
    options: list[Option],
    *,
    typed: Typed | None,
    mine: Unsent | None,
    earlier: Sequence[EarlierReason],
) -> ActGroup:
    definition, language = view.definition, word.language
    name, form = group_name(options[0]), options[0].form or ""
    problems = typed.problems if typed else NO_PROBLEMS
    values = typed.values if typed else begun(view, options[0], mine)
    usable = [one for one in options if not one.exhausted]
    needing = [_label(view, one)[language] for one in usable if one.needs_reason]
    asked = asked_of(view, word, problems)
    shown = boxes(asked, definition.forms[form], values) if form else ()
    return ActGroup(
        name=name,
        form=form,
        title=definition.texts.label("forms", form)[language] if form else "",
        boxes=shown,
        buttons=tuple(_button(view, viewer, one, word) for one in usable),
        takes_reason=bool(needing),
        reason_for=", ".join(f"“{one}”" for one in needing) if len(needing) < len(usable) else "",
        reason=typed.reason if typed else mine.reason if mine else "",
        reason_problem=problems[REASON_FIELD][language] if REASON_FIELD in problems else "",
        problem=typed.refusal if typed else "",
        problems=told_problems(shown, problems, form, language) if form else (),
        lost=lost_files(shown),
        used_up=tuple(_label(view, one)[language] for one in options if one.exhausted),
        own=options[0].role == HOLDER,
        touched=typed is not None or mine is not None,
        key=secrets.token_urlsafe(16),
        notes=_notes(view, options[0], word),
        seen=view.digest if options[0].transition.rule == SIGNS else "",
        saved=saved_part(
            view, word, form, mine, typed.beside if typed else None, at_server=keeps_drafts(view, options[0])
        )
        if form or needing
        else None,
        earlier=tuple(one for one in earlier if any(one.rule == way.transition.rule for way in usable)),
    )


def asked_of(view: CaseView, word: Words, problems: Mapping[str, Label]) -> Asked:
    """What surrounds the boxes: the problems, and who and what may be chosen."""
    sources = sources_of(view.definition)

    def people(source: str) -> tuple[tuple[str, str], ...]:
        found = nameable(source, view.case, view.scene)
        return tuple(sorted(((one.key, one.name) for one in found), key=lambda pair: pair[1]))

    return Asked(
        definition=view.definition,
        language=word.language,
        word=word,
        problems=problems,
        people=people,
        picks=lambda path: pickable(sources, path, view.known),
        attached=lambda form: _attached(view, form),
    )


def _attached(view: CaseView, form: str) -> dict[str, str]:
    """The names of the files a form of the case holds, by their hash: those were sent already."""
    forms = view.definition.forms
    texts = (view.contents.get(form), view.drafts.get(form))
    return {one["sha256"]: one["name"] for text in texts for one in files_in(forms[form].fields, forms, text)}


def _notes(view: CaseView, option: Option, word: Words) -> tuple[str, ...]:
    """What an act of a gathering means, said before it is done."""
    rule = view.definition.states[view.case.state].gather
    match option.transition.rule:
        case gather_acts.SIGNS:
            digest = short(view.digest)
            return (word("gather.binds", digest=digest) if digest else word("gather.no_text"),)
        case gather_acts.EDITS:
            return (word("gather.lapses"),)
        case gather_acts.ANSWERS if rule is not None and rule.anonymous:
            promised = word("gather.promise", count=rule.anonymous)
            writes = rule.form is not None and _takes_text(view.definition.forms[rule.form])
            return (promised, word("gather.own_words")) if writes else (promised,)
        case _:
            return ()


def _takes_text(form: Form) -> bool:
    """Whether those who fill it write words of their own."""
    return any(one.kind == "text" for one in form.fields)


def begun(view: CaseView, option: Option, mine: Unsent | None) -> Mapping[str, Any]:
    """What a form begins with: what was typed and not sent; else what is written or was taken back, if it is one's own.

    A new note is empty.
    """
    if mine is not None:
        return mine.values
    form = option.form
    own = option.role == HOLDER and option.transition.to != STAY
    goes_on = own or option.transition.rule == EDITS
    if form is not None and form in view.drafts:
        return view.drafts[form]
    return view.contents.get(form, {}) if goes_on and form is not None else {}


def _label(view: CaseView, option: Option) -> Label:
    return transition_label(view.definition, option.transition)


def _button(view: CaseView, viewer: str, option: Option, word: Words) -> Button:
    """A button; where no form is to be filled that could still change it, the condition that does not hold is said."""
    gets = receiver(view.definition, view.case, option, viewer, view.scene)
    to = "" if gets is None or gets == viewer else say_name(view.scene.chart, gets, word.language)
    hint = ""
    verdict = option.verdicts.get(option.transition.rule)
    if option.form is None and verdict is not None and not verdict.passed:
        hint = why_refused(view, option, verdict)[word.language]
    return Button(trigger=option.transition.name, label=_label(view, option)[word.language], to=to, hint=hint)
