"""The parts of one definition as they are read, and what is asked of all of them together."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from engine.core.definition import (
    Choice,
    Due,
    Figure,
    Form,
    Grant,
    Journal,
    Ladder,
    Link,
    PauseRule,
    Promise,
    Public,
    Read,
    Setting,
    Window,
)
from engine.core.parse.forms import FormReader
from engine.core.parse.phases import PhaseReader
from engine.core.parse.reading import Reading
from engine.core.parse.tracks import TrackReader, filled_in
from engine.core.people import Role

__all__ = ["Parts", "filled_forms", "gathered_names", "settle_forms", "unread_names"]


@dataclass(slots=True)
class Parts:
    """What was read; complete only if nothing was complained of."""

    settings: dict[str, Setting] = field(default_factory=dict)
    roles: dict[str, Role] = field(default_factory=dict)
    forms: dict[str, Form] = field(default_factory=dict)
    figures: dict[str, Figure] = field(default_factory=dict)
    choices: dict[str, Choice] = field(default_factory=dict)
    ladders: dict[str, Ladder] = field(default_factory=dict)
    journals: dict[str, Journal] = field(default_factory=dict)
    due: Due | None = None
    timetable: dict[str, Window] = field(default_factory=dict)
    pauses: dict[str, PauseRule] = field(default_factory=dict)
    grants: tuple[Grant, ...] = ()
    linked: dict[str, Link] = field(default_factory=dict)
    publishes: tuple[str, ...] = ()
    reads: dict[str, Read] = field(default_factory=dict)
    form_reader: FormReader | None = None
    promises: tuple[Promise, ...] = ()
    public: tuple[Public, ...] = ()


def gathered_names(parts: Parts, phases: PhaseReader, tracks: TrackReader) -> list[str]:
    """The names under which answers are gathered, in the case and in its tracks, besides those of forms."""
    readers = (phases, *tracks.readers.values())
    gathers = (state.gather for reader in readers for state in reader.states.values())
    found = [one.name for one in gathers if one is not None and one.sign is None]
    return [name for name in found if name not in parts.forms]


def filled_forms(parts: Parts, phases: PhaseReader, tracks: TrackReader) -> set[str]:
    """The forms somebody fills, and those that describe the items of a list."""
    filled = {name for name, form in parts.forms.items() if form.item_only}
    for reader in (phases, *tracks.readers.values()):
        filled |= filled_in(reader.states.values())
    filled.update(journal.form for journal in parts.journals.values())
    return filled


def settle_forms(parts: Parts, phases: PhaseReader, tracks: TrackReader) -> None:
    """A form that describes list items may be filled by itself as well; then it is no mere item."""
    items = {name for name, form in parts.forms.items() if form.item_only}
    parts.forms = {name: replace(form, item_only=False) for name, form in parts.forms.items()}
    filled = filled_forms(parts, phases, tracks)
    for name in items - filled:
        parts.forms[name] = replace(parts.forms[name], item_only=True)


def unread_names(reading: Reading, parts: Parts) -> set[str]:
    """What conditions may well name but could not be read, so that its absence was already explained."""
    unread = set(reading.names("figure")) - parts.figures.keys()
    unread |= set(reading.names("setting")) - parts.settings.keys()
    for name, node in reading.names("form").items():
        if isinstance(node.value, dict):
            read = {one.name for one in parts.forms[name].fields}
            unread |= {f"{name}.{key}" for key in node.value if key not in read}
    return unread
