"""What a picture of a definition shows, in words and in order, before anything has a place on paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from engine.core.condition_prose import say_condition
from engine.core.correction_acts import corrections_of, is_correction
from engine.core.definition import (
    STAY,
    At,
    By,
    Choice,
    Definition,
    Due,
    Language,
    Rung,
    State,
    Transition,
    Upon,
)
from engine.core.diagram.words import FINALS, UNITS, WORDS
from engine.core.labels import transition_label, window_labels
from engine.core.moments import Moment, describe

Kind = Literal["task", "gather", "wait", "choice", "final", "anytime"]
MarkKind = Literal["act", "moment", "fact", "row"]
TickKind = Literal["remind", "notify", "task", "reassign"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One way out of a card: how it is set off, its words, what is said beside it, and the card it leads to."""

    mark: MarkKind
    text: str
    note: str = ""
    #: the key of the card it leads to; "" when the case stays
    target: str = ""
    #: the role whose act it is, if not the card's own
    role: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """One rung of a ladder: `-2 wd`, and what it does."""

    text: str
    kinds: tuple[TickKind, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A state, a choice, or what is offered in many states; `key` is unique in the picture."""

    key: str
    kind: Kind
    title: str
    #: roles whose turn it is
    roles: tuple[str, ...] = ()
    who: str = ""
    badge: str = ""
    ticks: tuple[Tick, ...] = ()
    lines: tuple[Line, ...] = ()
    first: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """A phase or a track: its cards from top to bottom."""

    key: str
    title: str
    note: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """The whole picture; `roles` are (key, label) in the order in which colours and shapes are given out."""

    title: str
    language: Language
    lanes: tuple[Lane, ...]
    roles: tuple[tuple[str, str], ...]
    #: the card a case stands at, by its key; "" for the rules alone
    here: str = ""


def picture_of(definition: Definition, language: Language) -> Picture:
    """The picture of a definition in one language; tracks follow the phases as lanes of their own."""
    lanes = list(_Drawing(definition, language, "").lanes())
    for name, track in definition.tracks.items():
        lanes.extend(_Drawing(track, language, f"{name}/").lanes())
    labels = definition.texts.labels.get("roles", {})
    roles = tuple((name, labels[name][language] if name in labels else name) for name in definition.roles)
    title = f"{definition.texts.title[language]} ({definition.name})"
    return Picture(title=title, language=language, lanes=tuple(lanes), roles=roles)


class _Drawing:
    """One definition or track being put into cards; `prefix` keeps the cards of tracks apart."""

    def __init__(self, definition: Definition, language: Language, prefix: str) -> None:
        self.definition, self.language, self.prefix = definition, language, prefix
        self.word = WORDS[language]
        self.placed = _homes(definition)

    def lanes(self) -> Iterator[Lane]:
        names = list(self.definition.phases)
        for number, (name, phase) in enumerate(self.definition.phases.items()):
            cards: list[Card] = []
            shared = self._shared(phase.states, name)
            if shared:
                cards.append(self._anytime(name, "anytime_phase", shared))
            for state in phase.states:
                cards.append(self._state(self.definition.states[state]))
                cards.extend(self._choice(one) for one in self.placed.get(state, ()))
            if number == len(names) - 1:
                everywhere = self._shared(tuple(self.definition.states), "anytime")
                if everywhere:
                    cards.append(self._anytime("", "anytime", everywhere))
            notes = [self.word["track"]] if self.prefix else []
            if phase.not_before is not None:
                notes.append(self.word["opens"].format(day=self._day(phase.not_before)))
            if phase.due is not None:
                notes.append(self.word["due"].format(day=self._due(phase.due)))
            yield Lane(
                key=f"{self.prefix}{name}",
                title=self._label("phases", name),
                note="; ".join(notes),
                cards=tuple(cards),
            )

    def _label(self, section: str, name: str) -> str:
        label = self.definition.texts.labels.get(section, {}).get(name)
        return label[self.language] if label is not None else name.replace("_", " ")

    def _shared(self, states: tuple[str, ...], owner: str) -> tuple[Transition, ...]:
        """The moves offered in many states that `owner` (a phase, or "anytime") declares, once each."""
        found: dict[str, Transition] = {}
        for state in states:
            for way in self.definition.states[state].transitions:
                if way.anytime and way.rule.partition(".")[0] == owner:
                    found.setdefault(way.rule, way)
        return tuple(found.values())

    def _anytime(self, name: str, title: str, ways: tuple[Transition, ...]) -> Card:
        lines = tuple(line for way in ways for line in self._lines(way))
        return Card(key=f"{self.prefix}{name}*", kind="anytime", title=self.word[title], lines=lines)

    def _state(self, state: State) -> Card:
        kind: Kind = "wait"
        roles: tuple[str, ...] = ()
        who = self.word["waits"]
        due: Due | None = None
        if state.final is not None:
            kind, who = "final", FINALS[self.language][state.final]
        elif state.gather is not None:
            kind, roles, due = "gather", state.gather.who, state.gather.due
            named = ", ".join(self._label("roles", role) for role in roles)
            who = f"{self.word['gather']}: {named}"
        elif state.task is not None:
            kind, roles, due = "task", (state.task.who,), state.task.due
            who = self._label("roles", state.task.who)
        ladder = self.definition.ladders.get(due.ladder) if due is not None else None
        offered = (
            *(way for way in state.transitions if not way.anytime),
            *corrections_of(self.definition, state),
        )
        starts = self._starts(state.starts)
        return Card(
            key=f"{self.prefix}{state.name}",
            kind=kind,
            title=self._label("states", state.name),
            roles=roles,
            who=f"{who}; {starts}" if starts else who,
            badge=self._due(due) if due is not None else "",
            ticks=tuple(self._tick(rung) for rung in ladder.rungs) if ladder is not None else (),
            lines=tuple(line for way in offered for line in self._lines(way)),
            first=state.name == self.definition.initial,
        )

    def _choice(self, choice: Choice) -> Card:
        lines = []
        for row in choice.rows:
            text = self.word["otherwise"]
            if row.when is not None:
                said = say_condition(self.definition, row.when.text, self.language)
                text = self.word["if"].format(condition=said)
            target = "" if row.to == STAY else f"{self.prefix}{row.to}"
            lines.append(Line(mark="row", text=text, note=self._starts(row.starts), target=target))
        return Card(
            key=f"{self.prefix}{choice.name}", kind="choice", title=self.word["choice"], lines=tuple(lines)
        )

    def _lines(self, way: Transition) -> Iterator[Line]:
        label = transition_label(self.definition, way)[self.language]
        opened = self.word["corrects"] if is_correction(way) else self._starts(way.starts)
        notes = [self._moment(way), opened]
        if way.when is not None:
            said = say_condition(self.definition, way.when.text, self.language)
            notes.append(self.word["if"].format(condition=said))
        if way.at_most is not None:
            once = way.at_most == 1
            notes.append(self.word["once"] if once else self.word["at_most"].format(n=way.at_most))
        role = way.trigger.roles[0] if isinstance(way.trigger, By) and way.trigger.roles else ""
        yield Line(
            mark=_mark(way),
            text=label,
            note="; ".join(note for note in notes if note),
            target="" if way.to == STAY else f"{self.prefix}{way.to}",
            role=role,
        )
        if way.then is not None:
            target = "" if way.then == STAY else f"{self.prefix}{way.then}"
            yield Line(mark=_mark(way), text=f"{label}, {self.word['then']}", target=target, role=role)

    def _starts(self, links: tuple[str, ...]) -> str:
        if not links:
            return ""
        return self.word["starts"].format(links=", ".join(self._label("linked", link) for link in links))

    def _moment(self, way: Transition) -> str:
        match way.trigger:
            case At(moment=moment, at_least=at_least):
                said = self._day(moment)
                if at_least is None:
                    return said
                least = self.word["at_least"].format(span=describe(at_least, self.language))
                return f"{said}, {least}"
            case Upon() | By():
                return ""

    def _day(self, moment: Moment) -> str:
        return describe(moment, self.language, window_labels(self.definition, self.language))

    def _due(self, due: Due) -> str:
        if due.within is not None:
            return self.word["within"].format(span=describe(due.within, self.language))
        assert due.date is not None
        said = self._day(due.date)
        if due.at_least is None:
            return said
        return f"{said}, {self.word['at_least'].format(span=describe(due.at_least, self.language))}"

    def _tick(self, rung: Rung) -> Tick:
        text = "0"
        if rung.offset is not None:
            unit = self.word[UNITS[rung.offset.unit]]
            text = f"{'−' if rung.before else '+'}{rung.offset.amount} {unit}"
        kinds: list[TickKind] = []
        if rung.remind:
            kinds.append("remind")
        if rung.notify:
            kinds.append("notify")
        if rung.task is not None:
            kinds.append("task")
        if rung.reassign is not None:
            kinds.append("reassign")
        return Tick(text=text, kinds=tuple(kinds))


def _homes(definition: Definition) -> dict[str, tuple[Choice, ...]]:
    """Below which state each choice is drawn: the first that leads to it."""
    homes: dict[str, list[Choice]] = {}
    left = dict(definition.choices)
    for state in definition.states.values():
        for way in state.transitions:
            for target in (way.to, way.then):
                if target in left:
                    homes.setdefault(state.name, []).append(left.pop(target))
    return {name: tuple(found) for name, found in homes.items()}


def _mark(way: Transition) -> MarkKind:
    match way.trigger:
        case By():
            return "act"
        case At():
            return "moment"
        case Upon():
            return "fact"
