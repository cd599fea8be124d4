"""The parts of a page of a case that are read: phases, forms, figures, journals, and what has happened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from api.attaching import files_address
from api.pages.told_forms import Told, told_values
from api.pages.words import Words
from api.policy import may_read_reason
from engine.core.calendar import Calendar
from engine.core.case_names import figure_kind
from engine.core.codec import decode
from engine.core.definition import Definition, Gather, Language, State
from engine.core.draft import REASON
from engine.core.labels import number_words, value_label
from engine.core.telling import say_entry, say_name, say_short, say_since, say_waiting
from engine.core.telling_days import on_the_clock, say_moment
from engine.core.telling_lately import work_since
from engine.core.undoable import taken_back
from engine.core.zones import zone_label
from engine.runtime import CaseView
from engine.store.values import Written

_ALL_SAID: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseMark:
    """A phase on the line: `place` is passed, here, ahead, or missed when the case ended without it."""

    label: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A line of history: when, in plain words, and the reason given if this reader may see it."""

    seq: int
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


def whose_turn(view: CaseView, word: Words) -> str:
    """Whose turn it is and since when; "" while the case waits for nobody."""
    case, language = view.case, word.language
    if not case.waiting:
        return ""
    since = say_since(case, work_since(view.standing), view.scene, language)
    seats = [one for one in view.held if one.task in case.waiting]
    if seats and seats[0].behalf is None:
        return word("case.turn_yours", since=since)
    name = say_waiting(view.definition, case, view.scene.chart, language)
    return word("case.turn_behalf" if seats else "case.turn_other", name=name, since=since)


def naming(view: CaseView, word: Words) -> Callable[[str], str]:
    """How people are called on a page about this case."""
    return lambda key: say_name(view.scene.chart, key, word.language)


def shown_now(state: State) -> tuple[str, ...]:
    """What whoever does the present work is shown: what it shows, and the text that is being signed."""
    work = state.work
    if work is None:
        return ()
    return (*work.shows, work.sign) if isinstance(work, Gather) and work.sign is not None else work.shows


def readable_forms(view: CaseView, word: Words) -> tuple[tuple[Told, bool], ...]:
    """The forms this viewer may read, those the present task shows opened."""
    shown = shown_now(view.definition.states[view.case.state])
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
        for form in view.definition.forms.values()
        if form.name in view.contents
    )


def readable_figures(view: CaseView, word: Words) -> tuple[tuple[str, str], ...]:
    """The figures this viewer may read, by the words for them; of one that would tell of few people, that it does."""
    unsaid = dict.fromkeys(view.sight.unsaid_figures(), word("public.hidden"))
    return told_figures(view.definition, view.figures, word.language, unsaid)


def told_figures(
    definition: Definition,
    figures: Mapping[str, int | str],
    language: Language,
    unsaid: Mapping[str, str] = _ALL_SAID,
) -> tuple[tuple[str, str], ...]:
    """Figures by the words for them, in the order of the definition; for some, why they are not told."""
    labels = definition.texts.labels
    told = []
    for name, figure in definition.figures.items():
        if name in figures:
            value = str(figures[name])
            if value in figure_kind(figure).values:
                value = value_label(definition, name, value)[language]
            else:
                value = number_words(value, language)
            told.append((labels["figures"][name][language], value))
        elif name in unsaid:
            told.append((labels["figures"][name][language], unsaid[name]))
    return tuple(told)


def journal_lines(view: CaseView, word: Words) -> tuple[tuple[str, str, str], ...]:
    """The journals this viewer may open: its name, what it is called, and how it stands for them."""
    lines = []
    for one in view.journals:
        label = view.definition.texts.label("journals", one.journal.name)[word.language]
        parts = [word("journal.count", count=one.count)]
        if one.short:
            parts.append(word("journal.short", count=one.short))
        waiting = len(one.checks) + len(one.releases)
        if waiting:
            parts.append(word("journal.waiting", count=waiting))
        lines.append((one.journal.name, label, " · ".join(parts)))
    return tuple(lines)


def as_of(view: CaseView, word: Words) -> str:
    """The instant a page about a case is of, and the zone its times are in."""
    case, scene = view.case, view.scene
    zone = zone_label(case.zone, scene.today(case.zone))
    time = say_moment(scene.now, case.zone, word.language)
    return word("case.as_of", time=time, zone=zone)


def day_and_time(at: int, zone: str, calendar: Calendar, language: Language) -> tuple[str, str]:
    """When something happened, day and time with its zone apart, in little room."""
    day, hour, minute = on_the_clock(at, zone, calendar)
    point = "." if language == "id" else ":"
    return say_short(day, language), f"{hour:02d}{point}{minute:02d} {zone_label(zone, day)}"


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
                seq=entry.seq,
                day=day,
                clock=clock,
                sentence=say_entry(view.definition, entry, chart, word.language),
                quote=str(reasons[entry.seq]) if told else "",
            )
        )
    return tuple(events)


def arrival(view: CaseView, events: tuple[Event, ...]) -> Event | None:
    """The move that brought the case where it stands; None for a case that never moved."""
    gone = taken_back(view.history)
    for entry, event in zip(reversed(view.history), reversed(events), strict=True):
        if entry.kind == "moved" and entry.seq not in gone:
            return event
    return None
