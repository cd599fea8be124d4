"""Both sides beside one another: what somebody answered to what others wrote of them, before it is decided."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from api.attaching import files_address
from api.pages.case_parts import day_and_time, naming
from api.pages.gathering_part import collected
from api.pages.told_forms import Told, told_values
from api.pages.words import Words
from engine.core.codec import decode
from engine.core.labels import what_label
from engine.core.telling import say_name
from engine.runtime import CaseView

__all__ = ["Side", "sides_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side: whose, and what they wrote, each with who and when in the case's zone."""

    title: str
    texts: tuple[tuple[str, Told], ...]


def sides_of(view: CaseView, viewer: str, word: Words) -> tuple[Side, ...]:
    """The subject's side and the other one, for whoever must decide now; empty where nobody was answered.

    Only what the work shows and the reader may read. There are two sides where the subject wrote something after what
    somebody else wrote about them, and both are shown.
    """
    task = view.definition.states[view.case.state].task
    if task is None or all(one.task.holder != viewer for one in view.held) or viewer == view.case.subject:
        return ()
    written = {
        name: seq for name, seq in view.case.filled.items() if name in task.shows and name in view.contents
    }
    actors = {name: _actor(view, seq) for name, seq in written.items()}
    own = [seq for name, seq in written.items() if actors[name] == view.case.subject]
    others = [seq for name, seq in written.items() if actors[name] != view.case.subject]
    if not own or not others or max(own) < min(others):
        return ()
    subject = say_name(view.scene.chart, view.case.subject, word.language)
    told = {True: list[tuple[str, Told]](), False: list[tuple[str, Told]]()}
    for name, seq in sorted(written.items(), key=lambda pair: pair[1]):
        form = told_values(
            view.definition, name, view.contents[name], word.language, naming(view, word), files_address(view)
        )
        told[actors[name] == view.case.subject].append((_head(view, seq, actors[name], word), form))
    for head, answer in _gathered(view, task.shows, word):
        told[head == subject].append((head, answer))
    return (
        Side(title=word("sides.own", person=subject), texts=tuple(told[True])),
        Side(title=word("sides.other"), texts=tuple(told[False])),
    )


def _actor(view: CaseView, seq: int) -> str:
    entry = next((one for one in view.history if one.seq == seq), None)
    person: str = "" if entry is None else decode(entry.body)["actor"].get("person", "")
    return person


def _head(view: CaseView, seq: int, actor: str, word: Words) -> str:
    """Who wrote it, and when."""
    entry = next(one for one in view.history if one.seq == seq)
    zone = view.case.zone
    day, clock = day_and_time(entry.at, zone, view.scene.calendar, word.language)
    name = say_name(view.scene.chart, actor, word.language) if actor else "–"
    return f"{name}, {day} {clock}"


def _gathered(view: CaseView, shows: tuple[str, ...], word: Words) -> Iterator[tuple[str, Told]]:
    """What each of them answered when both were asked."""
    titles = {what_label(view.definition, name)[word.language] for name in view.outcomes if name in shows}
    for one in collected(view, word):
        if one.title in titles:
            yield from one.answers
