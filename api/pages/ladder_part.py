"""What follows if nobody acts, as a line from today: a mark for each thing to come, and a row of words for each mark.

The sentences are those that mails and the inbox say. Each kind of mark has a shape of its own and a number, so the
line can be read without colour; whatever it shows stands in the rows beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from api.pages.words import Words
from engine.core.outlook import Consequence
from engine.core.scene import Scene
from engine.core.telling import Telling
from engine.core.telling_ahead import say_each
from engine.core.telling_days import say_moment, say_span
from engine.core.telling_standing import say_stands
from engine.runtime import CaseView

__all__ = ["WIDTH", "Ladder", "Rung", "ladder_part", "places"]

Shape = Literal["reminds", "tells", "hands", "goes_on", "ends", "starts", "breaks", "stuck", "more"]

#: units the line is wide: as many as a small phone has points, so that a number on a mark can be read there too
WIDTH = 320
#: where today stands, where the first mark may and where the last one does, and how far two stand apart at least
_TODAY, _FIRST, _LAST, _APART = 14, 38, 306, 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One thing to come: its number and shape, where it stands on the line, its sentence, and how far off it is."""

    number: int
    shape: Shape
    x: int
    sentence: str
    away: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """The line and its rows; `says` are sentences of no day of their own, `paused` that the clock stands still."""

    rungs: tuple[Rung, ...]
    shapes: tuple[Shape, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]
    paused: bool
    as_of: str
    picture: str
    today: int = _TODAY
    width: int = WIDTH


def ladder_part(view: CaseView, telling: Telling, viewer: str, word: Words) -> Ladder:
    """What a reader of the case is told of it, with no mark where nothing has a day."""
    case, scene, language = view.case, view.scene, word.language
    coming = view.standing.consequences
    lines = say_each(view.definition, case, coming, scene.chart, language, viewer=viewer)
    told = telling.ignored
    # A task beside the case's own (a check, a look of the desk) has days of its own, or none.
    begins = told.index(lines[0]) if lines and lines[0] in told else len(told)
    drawn = lines if told[begins : begins + len(lines)] == lines else ()
    marks = coming if drawn else ()
    today = scene.today(case.zone)
    rungs = tuple(
        Rung(
            number=number,
            shape=_shape(view, one),
            x=x,
            sentence=line,
            away=_away(one.on, scene, today, word),
        )
        for number, (one, line, x) in enumerate(
            zip(marks, drawn, places([one.at for one in marks], scene.now), strict=True), start=1
        )
    )
    return Ladder(
        rungs=rungs,
        shapes=tuple(dict.fromkeys(one.shape for one in rungs)),
        before=told[:begins] if rungs else told,
        after=told[begins + len(rungs) :] if rungs else (),
        paused=bool(say_stands(view.definition, case, language)),
        as_of=say_moment(scene.now, case.zone, language),
        picture=word("ladder.picture", count=len(rungs)),
    )


def _away(day: date, scene: Scene, today: date, word: Words) -> str:
    if day <= today:
        return word("ladder.today")
    return word("ladder.away", span=say_span(today, day, scene.calendar, word.language))


def places(instants: Sequence[int], now: int) -> tuple[int, ...]:
    """Where marks stand on the line: by their time, the last at its end, none on another."""
    if not instants:
        return ()
    whole = max(instants[-1] - now, 1)
    found: list[int] = []
    for at in instants:
        wanted = _FIRST + (_LAST - _FIRST) * max(at - now, 0) // whole
        found.append(max(wanted, found[-1] + _APART) if found else wanted)
    most = _LAST
    for number in reversed(range(len(found))):
        found[number] = min(found[number], most)
        most = found[number] - _APART
    return tuple(found)


def _shape(view: CaseView, one: Consequence) -> Shape:
    match one.kind:
        case "rung":
            holder = view.case.task.holder if view.case.task is not None else None
            if one.taken_by is not None:
                return "hands"
            return "tells" if any(to != holder for to, _ in one.told) else "reminds"
        case "moves":
            leads = view.definition.states.get(one.to)
            return "ends" if leads is not None and leads.final is not None else "goes_on"
        case "undecided":
            return "stuck"
        case "promise":
            return "breaks"
        case "more":
            return "more"
        case _:
            return "starts"
