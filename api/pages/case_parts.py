"""The parts of a case's page as values: phases, acts to choose from, what may be read, what has happened."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from api.attaching import files_address
from api.pages.forms import Asked, Box, anchor, boxes, html_id, labels_of, problems_in
from api.pages.told_forms import Told, told_values
from api.pages.words import Words
from api.policy import may_read_reason
from engine.core import gather_acts
from engine.core.attachments import files_in
from engine.core.calendar import Calendar
from engine.core.case_names import figure_kind
from engine.core.codec import decode
from engine.core.definition import HOLDER, STAY, Gather, Label, Language, State
from engine.core.draft import REASON
from engine.core.figures import figure_values
from engine.core.filling import nameable, pickable
from engine.core.gather_acts import EDITS, SIGNS
from engine.core.labels import number_words, transition_label, value_label
from engine.core.paths import sources_of
from engine.core.permitting import REASON_FIELD, Option, refusal_text
from engine.core.signing import short
from engine.core.telling import say_entry, say_name, say_short
from engine.core.zones import local_time
from engine.runtime import CaseView
from engine.store.values import Written

NO_PROBLEMS: Mapping[str, Label] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseMark:
    """A phase on the line: `place` is passed, here, ahead, or missed when the case ended without it."""

    label: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """An act to press; `hint` says what still stands against it."""

    trigger: str
    label: str
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
    used_up: tuple[str, ...]
    own: bool
    #: something was sent for this group, so it is shown open
    touched: bool
    key: str
    #: what whoever acts must know of it: what a signature binds, how answers without names are kept
    notes: tuple[str, ...] = ()
    #: the digest of the text that is signed here
    seen: str = ""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A line of history: when, in plain words, and the reason given if this reader may see it."""

    day: str
    clock: str
    sentence: str
    quote: str


def phase_line(view: CaseView, word: Words) -> tuple[PhaseMark, ...]:
    """The phases in order, with the present one marked; those never entered stay ahead while the case is open."""
    case, definition = view.case, view.definition
    marks = []
    never = "missed" if case.ended else "ahead"
    for name in definition.phases:
        place = "here" if name == case.phase else "passed" if name in case.phases else never
        marks.append(PhaseMark(label=definition.texts.label("phases", name)[word.language], place=place))
    return tuple(marks)


def group_name(option: Option) -> str:
    """Which acts belong together: the holder's own with the same form, and each other act by itself."""
    own = "own" if option.role == HOLDER else option.transition.name
    return f"{own}:{option.form or ''}"


def act_groups(view: CaseView, word: Words, typed: Typed | None = None) -> tuple[ActGroup, ...]:
    """What is open to this viewer: the task's own acts first, in the rules' order, one group for each form."""
    grouped: dict[str, list[Option]] = {}
    for option in view.options:
        if option.role is not None:
            grouped.setdefault(group_name(option), []).append(option)
    groups = [
        _group(view, word, name, options, typed if typed is not None and typed.group == name else None)
        for name, options in grouped.items()
    ]
    return tuple(sorted(groups, key=lambda group: not group.own))


def _group(view: CaseView, word: Words, name: str, options: list[Option], typed: Typed | None) -> ActGroup:
    definition, language = view.definition, word.language
    form = options[0].form or ""
    problems = typed.problems if typed else NO_PROBLEMS
    values = typed.values if typed else _begun(view, options[0])
    usable = [one for one in options if not one.exhausted]
    needing = [_label(view, one)[language] for one in usable if one.needs_reason]
    asked = asked_of(view, word, problems)
    shown = boxes(asked, definition.forms[form], values) if form else ()
    names = labels_of(shown)
    listed = (
        [(anchor(path), label[language]) for path, label in problems_in(problems, form).items()]
        if form
        else []
    )
    return ActGroup(
        name=name,
        form=form,
        title=definition.texts.label("forms", form)[language] if form else "",
        boxes=shown,
        buttons=tuple(_button(view, one, word) for one in usable),
        takes_reason=bool(needing),
        reason_for=", ".join(f"“{one}”" for one in needing) if len(needing) < len(usable) else "",
        reason=typed.reason if typed else "",
        reason_problem=problems[REASON_FIELD][language] if REASON_FIELD in problems else "",
        problem=typed.refusal if typed else "",
        problems=tuple((at, f"{names[at]}: {told}" if at in names else told) for at, told in listed),
        used_up=tuple(_label(view, one)[language] for one in options if one.exhausted),
        own=options[0].role == HOLDER,
        touched=typed is not None,
        key=secrets.token_urlsafe(16),
        notes=_notes(view, options[0], word),
        seen=view.digest if options[0].transition.rule == SIGNS else "",
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
    files = files_in(forms[form].fields, forms, view.contents.get(form)) if form in view.readable else ()
    return {one["sha256"]: one["name"] for one in files}


def naming(view: CaseView, word: Words) -> Callable[[str], str]:
    """How people are called on a page about this case."""
    return lambda key: say_name(view.scene.chart, key, word.language)


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
            return (word("gather.promise", count=rule.anonymous),)
        case _:
            return ()


def _begun(view: CaseView, option: Option) -> Mapping[str, Any]:
    """What a form begins with: the holder's own goes on from what is written; a new note begins empty."""
    form = option.form
    own = option.role == HOLDER and option.transition.to != STAY
    goes_on = (own or option.transition.rule == EDITS) and form in view.readable
    return view.contents.get(form, {}) if goes_on and form is not None else {}


def _label(view: CaseView, option: Option) -> Label:
    return transition_label(view.definition, option.transition)


def _button(view: CaseView, option: Option, word: Words) -> Button:
    """A button; where no form is to be filled that could still change it, the condition that does not hold is said."""
    hint = ""
    verdict = option.verdicts.get(option.transition.rule)
    if option.form is None and verdict is not None and not verdict.passed:
        hint = refusal_text(view.definition, option.transition, verdict.reads)[word.language]
    return Button(trigger=option.transition.name, label=_label(view, option)[word.language], hint=hint)


def shown_now(state: State) -> tuple[str, ...]:
    """What whoever does the present work is shown: what it shows, and the text that is being signed."""
    work = state.work
    if work is None:
        return ()
    return (*work.shows, work.sign) if isinstance(work, Gather) and work.sign is not None else work.shows


def readable_forms(view: CaseView, word: Words) -> tuple[tuple[Told, bool], ...]:
    """The forms this viewer may read, those the present task shows opened."""
    shown = shown_now(view.definition.states[view.case.state])
    forms = [form for form in view.definition.forms.values() if form.name in view.readable]
    return tuple(
        (
            told_values(
                view.definition,
                form.name,
                view.contents[form.name],
                word.language,
                naming(view, word),
                files_address(view),
            ),
            form.name in shown,
        )
        for form in forms
        if form.name in view.contents
    )


def readable_figures(view: CaseView, word: Words) -> tuple[tuple[str, str], ...]:
    """The figures this viewer may read, by the words for them."""
    labels = view.definition.texts.labels
    found = figure_values(view.definition, view.known)
    told = []
    for name, figure in view.definition.figures.items():
        if name in found and name in view.readable:
            value = str(found[name])
            if value in figure_kind(figure).values:
                value = value_label(view.definition, name, value)[word.language]
            else:
                value = number_words(value, word.language)
            told.append((labels["figures"][name][word.language], value))
    return tuple(told)


def journal_lines(view: CaseView, word: Words) -> tuple[tuple[str, str, str], ...]:
    """The journals this viewer may open: its name, what it is called, and how it stands for them."""
    lines = []
    for one in view.journals:
        label = view.definition.texts.label("journals", one.journal.name)[word.language]
        parts = [word("journal.count_one") if one.count == 1 else word("journal.count", count=one.count)]
        if one.short:
            parts.append(word("journal.short", count=one.short))
        waiting = len(one.checks) + len(one.releases)
        if waiting:
            parts.append(word("journal.waiting", count=waiting))
        lines.append((one.journal.name, label, " · ".join(parts)))
    return tuple(lines)


def day_and_time(at: int, zone: str, calendar: Calendar, language: Language) -> tuple[str, str]:
    """When something happened: the very end of a day is its 24.00, as due times and forecasts say it."""
    day = calendar.date_of(at, zone)
    hour, minute = local_time(at, zone)
    if at == calendar.start_of(day, zone):
        day, hour = calendar.date_of(at - 1, zone), 24
    point = "." if language == "id" else ":"
    return say_short(day, language), f"{hour:02d}{point}{minute:02d}"


def history(view: CaseView, written: tuple[Written, ...], viewer: str, word: Words) -> tuple[Event, ...]:
    """What has happened, oldest first, with the reasons this viewer was told or gave."""
    reasons = {one.seq: decode(one.value) for one in written if one.form == REASON}
    zone, chart = view.case.zone, view.scene.chart
    events = []
    for entry in view.history:
        day, clock = day_and_time(entry.at, zone, view.scene.calendar, word.language)
        told = entry.seq in reasons and may_read_reason(decode(entry.body), viewer)
        events.append(
            Event(
                day=day,
                clock=clock,
                sentence=say_entry(view.definition, entry, chart, word.language),
                quote=str(reasons[entry.seq]) if told else "",
            )
        )
    return tuple(events)


def arrival(view: CaseView, events: tuple[Event, ...]) -> Event | None:
    """The move that brought the case where it stands; None for a case that never moved."""
    for entry, event in zip(reversed(view.history), reversed(events), strict=True):
        if entry.kind == "moved":
            return event
    return None
