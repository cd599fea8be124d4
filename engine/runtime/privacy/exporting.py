"""Everything about one person, gathered to be handed to them: what is theirs, what they wrote, who looked at it.

What others wrote is no part of it, except as it was disclosed to them: that is what their cases show them, and whoever
renders the export asks for those as the person themselves.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from engine.core.case import Case
from engine.core.chart import Person
from engine.core.codec import decode
from engine.core.delegation import Delegation
from engine.core.permitting import demand_reason
from engine.core.privacy.classes import ClassName, class_of
from engine.core.privacy.erasing import PRIVACY, Erasure, Hold, erasures_told
from engine.core.privacy.glass import GLASS, Grant, grants_told
from engine.core.privacy.looks import Look
from engine.core.privacy.official import Official, demand_own_or_office
from engine.core.undoable import UNDONE
from engine.errors import NotFound
from engine.runtime.library import Library
from engine.runtime.privacy.beside import beside
from engine.runtime.privacy.holding import holds_of
from engine.runtime.privacy.saying import say, today_of
from engine.store import looking, queries, unsent
from engine.store.database import Database
from engine.store.mentions import acts_of
from engine.store.values import Letter
from engine.store.view import View

__all__ = ["Exporting", "Gathered", "Wrote"]

_MOST = 10_000
_CASE = "case/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrote:
    """Something the person wrote, in their own case or another's; or a reason beside no case, of what is `of`."""

    case: str
    seq: int
    at: int
    #: under which name it is kept; "" is a reason
    name: str
    data: ClassName
    value: Any
    of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What is kept about one person, except what their cases show them."""

    person: str
    at: int
    segments: tuple[Person, ...]
    cases: tuple[Case, ...]
    wrote: tuple[Wrote, ...]
    letters: tuple[Letter, ...]
    delegations: tuple[Delegation, ...]
    looks: tuple[Look, ...]
    erasures: tuple[Erasure, ...]
    holds: tuple[Hold, ...]
    #: break-glass grants to them, or for their cases
    glass: tuple[Grant, ...]


class Exporting:
    """Gathers what there is about a person, and tells it in the log."""

    def __init__(self, database: Database, library: Library) -> None:
        self._database = database
        self._library = library

    def gather(self, person: str, *, who: Official, reason: str) -> Gathered:
        """Everything about a person, for themselves or asked for by the office; the log tells of it.

        Raises: NotFound, NotYours, ReasonMissing (the person themselves need none).
        """
        told = "" if who.person == person else demand_reason(reason)
        with self._database.read() as view:
            chart = self._library.chart(view)
            if not chart.history(person):
                raise NotFound("person", person)
            demand_own_or_office(chart, who, person, today_of(self._library, chart, who))
            found = self._gathered(view, person, chart.history(person), own=who.person == person)
        with self._database.write() as unit:
            counts = {"cases": len(found.cases), "wrote": len(found.wrote), "letters": len(found.letters)}
            say(unit, self._library, "exported", {"object": person, "counts": counts}, who=who, reason=told)
        return found

    def _gathered(self, view: View, person: str, segments: tuple[Person, ...], *, own: bool) -> Gathered:
        """All of it for the person; for the office what they wrote in their own cases alone.

        What they wrote in cases of others was not disclosed to the office by being asked for.
        """
        cases = queries.cases(view, subject=person, limit=_MOST)
        about = {one.id for one in cases}
        objects = [person, *(one.id for one in cases)]
        grants = grants_told(queries.history(view, GLASS), view.statements(GLASS))
        erasures = erasures_told(queries.history(view, PRIVACY), view.statements(PRIVACY))
        return Gathered(
            person=person,
            at=self._library.now(),
            segments=segments,
            cases=cases,
            wrote=(
                *(one for one in _wrote(view, person) if own or one.case in about),
                *_said(view, person, objects, own=own),
                *(_unsent(view, person) if own else ()),
            ),
            letters=queries.messages_of(view, person, limit=_MOST),
            delegations=tuple(one for one in view.delegations() if person in {one.giver, one.taker}),
            looks=looking.of_object(view.driver, objects, limit=_MOST),
            erasures=tuple(
                one for one in erasures
                if person == one.scope.person or set(objects) & set(one.scope.cases)
            ),
            holds=tuple(one for one in holds_of(view) if one.object in objects),
            glass=tuple(one for one in grants if one.to.person == person or about & set(one.cases)),
        )  # fmt: skip


def _said(view: View, person: str, objects: Collection[str], *, own: bool) -> Iterator[Wrote]:
    """The reasons they gave that stand beside no case; for the office those about themselves."""
    for one, words in beside(view):
        if one.by == person and (own or not one.about.isdisjoint(objects)):
            yield Wrote(case="", seq=one.seq, at=one.at, name="", data="reasons", value=words, of=one.name)


def _unsent(view: View, person: str) -> Iterator[Wrote]:
    """What they typed and have sent to nobody: theirs alone to read."""
    for case, form, one in unsent.of_person(view.driver, person):
        value = {"form": one.values, "reason": one.reason}
        yield Wrote(case=case, seq=0, at=one.at, name=f"unsent {form}", data="forms", value=value)


def _wrote(view: View, person: str) -> Iterator[Wrote]:
    """What the person wrote in cases; what stood beside it of others, as evidence, is not their words."""
    for line in acts_of(view.driver, person):
        if not line.stream.startswith(_CASE):
            continue
        case = line.stream.removeprefix(_CASE)
        for one in queries.written(view, case, seq=line.seq):
            # Taking an act back puts back what was said before, each under its own entry.
            again = line.kind == UNDONE and one.form
            if not again and class_of(one.form) != "evidence" and not one.form.startswith("@"):
                yield Wrote(
                    case=case, seq=one.seq, at=line.at, name=one.form, data=class_of(one.form),
                    value=decode(one.value),
                )  # fmt: skip
