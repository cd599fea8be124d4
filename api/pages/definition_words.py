"""A definition as people read it: each state with who acts, until when, and every way out in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from api.pages.fact_words import Others, said_fact
from api.pages.words import Words
from engine.core.condition_prose import say_condition
from engine.core.correction_acts import corrections_of, is_correction
from engine.core.definition import STAY, At, By, Definition, Due, Gather, State, TaskRule, Transition, Upon
from engine.core.labels import transition_label, what_label, window_labels
from engine.core.moments import Duration, MomentUnknown, describe, parse_duration, parse_moment
from engine.core.telling import say_list, say_role


@dataclass(frozen=True, slots=True, kw_only=True)
class WayRow:
    """One way out: what it is called, and the rest in words."""

    label: str
    told: str
    basis: str
    automatic: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StateRow:
    """One state in words."""

    name: str
    label: str
    who: str
    due: str
    form: str
    first: bool
    final: bool
    ways: tuple[WayRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseRows:
    """A phase with its states."""

    label: str
    due: str
    states: tuple[StateRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingRow:
    """What an agency may change, within which bounds, on what ground."""

    label: str
    value: str
    allow: str
    ground: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowRow:
    """When a window opens and closes, for one group of people if it is staggered."""

    label: str
    group: str
    opens: str
    closes: str


def state_rows(definition: Definition, word: Words, others: Others) -> tuple[PhaseRows, ...]:
    """Every phase with its states, in the order of the definition."""
    labels = definition.texts.label
    return tuple(
        PhaseRows(
            label=labels("phases", phase.name)[word.language],
            due=_due(definition, phase.due, word),
            states=tuple(_state(definition, definition.states[name], word, others) for name in phase.states),
        )
        for phase in definition.phases.values()
    )


def everywhere(definition: Definition, word: Words, others: Others) -> tuple[WayRow, ...]:
    """The ways out that every open state offers, told once."""
    rules = _everywhere(definition)
    ways = {way.rule: way for state in definition.states.values() for way in state.transitions}
    return tuple(_way(definition, way, word, others) for rule, way in ways.items() if rule in rules)


def _everywhere(definition: Definition) -> frozenset[str]:
    opened = [state for state in definition.states.values() if state.final is None]
    offered = [frozenset(way.rule for way in state.transitions if way.anytime) for state in opened]
    return frozenset.intersection(*offered)


def setting_rows(definition: Definition, word: Words) -> tuple[SettingRow, ...]:
    """Every setting with its value."""
    return tuple(
        SettingRow(
            label=definition.texts.label("settings", name)[word.language],
            value=_said(setting.value, word),
            allow=_allowed(setting.allow, word),
            ground="; ".join(part for part in (setting.basis, setting.note) if part),
        )
        for name, setting in definition.settings.items()
    )


def window_rows(definition: Definition, word: Words) -> tuple[WindowRow, ...]:
    """Every window of the timetable, for each group it is staggered by."""
    return tuple(
        WindowRow(
            label=definition.texts.label("windows", name)[word.language],
            group=word(f"group.{window.by}.{group}") if group else "",
            opens=describe(opening.from_, word.language) if opening.from_ is not None else "",
            closes=describe(opening.to, word.language),
        )
        for name, window in definition.timetable.items()
        for group, opening in window.openings.items()
    )


def _said(written: str, word: Words) -> str:
    """A setting's value in the reader's language; what is neither a span nor a moment stays as written."""
    try:
        return describe(parse_duration(written) or parse_moment(written), word.language)
    except MomentUnknown:
        return written


def _allowed(allow: str | tuple[str, ...], word: Words) -> str:
    if isinstance(allow, tuple):
        return ", ".join(_said(one, word) for one in allow)
    least, _, most = allow.partition(" .. ")
    if not most:
        return _said(least, word)
    return word("definitions.range", least=_said(least, word), most=_said(most, word))


def _state(definition: Definition, state: State, word: Words, others: Others) -> StateRow:
    work, told_once = state.work, _everywhere(definition)
    return StateRow(
        name=state.name,
        label=definition.texts.label("states", state.name)[word.language],
        who=_who(definition, work, word),
        due=_due(definition, work.due, word) if work else "",
        form=definition.texts.label("forms", work.form)[word.language] if work and work.form else "",
        first=state.name == definition.initial,
        final=state.final is not None,
        ways=tuple(
            _way(definition, way, word, others)
            for way in (*state.transitions, *corrections_of(definition, state))
            if way.rule not in told_once
        ),
    )


def _who(definition: Definition, work: TaskRule | Gather | None, word: Words) -> str:
    """Whose work a state waits for: one role's, or what it gathers from whom."""
    if work is None:
        return ""
    if isinstance(work, TaskRule):
        return say_role(definition, work.who, word.language)
    roles = say_list((say_role(definition, role, word.language) for role in work.who), word.language)
    if work.sign is not None:
        return word("gather.sign", roles=roles, text=what_label(definition, work.sign)[word.language])
    told = word("gather.answer", roles=roles)
    unnamed = word("gather.unnamed", count=work.anonymous)
    return f"{told}; {unnamed}" if work.anonymous else told


def _way(definition: Definition, way: Transition, word: Words, others: Others) -> WayRow:
    target = word("way.corrects") if is_correction(way) else _target(definition, way.to, word)
    parts = [_trigger(definition, way, word, others), target]
    if way.when is not None:
        parts.append(word("way.when", condition=say_condition(definition, way.when.text, word.language)))
    if way.reason_required:
        parts.append(word("way.reason"))
    if way.at_most is not None:
        once = way.at_most == 1
        parts.append(word("way.at_most_once") if once else word("way.at_most", times=way.at_most))
    if way.undo is not None:
        hours, minutes = divmod(way.undo, 60)
        parts.append(
            word("way.undo_minutes", count=way.undo) if minutes else word("way.undo_hours", count=hours)
        )
    return WayRow(
        label=transition_label(definition, way)[word.language],
        told="; ".join(part for part in parts if part),
        basis=way.basis,
        automatic=not isinstance(way.trigger, By),
    )


def _trigger(definition: Definition, way: Transition, word: Words, others: Others) -> str:
    match way.trigger:
        case By(roles=roles):
            named = say_list((say_role(definition, role, word.language) for role in roles), word.language)
            return word("way.by", roles=named) if named else ""
        case At(moment=moment, at_least=at_least):
            told = describe(moment, word.language, window_labels(definition, word.language))
            return _at_least(word("way.at", moment=told), at_least, word)
        case Upon(facts=facts):
            told = say_list((said_fact(definition, one, word, others) for one in facts), word.language)
            return word("way.upon", fact=told)
        case _:
            assert_never(way.trigger)


def _target(definition: Definition, to: str, word: Words) -> str:
    if to == STAY:
        return word("way.stay")
    if to in definition.choices:
        states = dict.fromkeys(row.to for row in definition.choices[to].rows)
        named = say_list((_called(definition, name, word) for name in states), word.language)
        return word("way.choice", states=named)
    return word("way.to", state=_called(definition, to, word))


def _called(definition: Definition, name: str, word: Words) -> str:
    return f"“{definition.texts.label('states', name)[word.language]}”"


def _due(definition: Definition, due: Due | None, word: Words) -> str:
    if due is None:
        return ""
    if due.within is not None:
        return word("due.within", span=describe(due.within, word.language))
    assert due.date is not None, "a due time is a duration or a date"
    told = describe(due.date, word.language, window_labels(definition, word.language))
    return _at_least(word("due.by", moment=told), due.at_least, word)


def _at_least(told: str, least: Duration | None, word: Words) -> str:
    return (
        told
        if least is None
        else ", ".join((told, word("due.at_least", span=describe(least, word.language))))
    )
