"""Looks at personal data: noted in memory while a page is made, written together a little later.

Whoever reads waits for nobody: a look is put aside, and the next beat writes all of them as one entry and its rows.
A process that is killed loses the looks of its last seconds, and no more. Looks under a break-glass grant are the
exception: each is written by itself, before anything is shown.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Iterator
from typing import Protocol

from engine.core.case import Case
from engine.core.definition import Definition
from engine.core.privacy.classes import ClassName
from engine.core.privacy.looks import READS, UNNAMED, Look, facts_of, hour_of, parted
from engine.core.telling_gathering import hides_names
from engine.runtime.library import Library
from engine.runtime.reports import CaseView
from engine.store import looking
from engine.store.database import Database

__all__ = ["Looking", "asked_unnamed"]

#: looks of the present hour that are remembered, so that each is written once; more are written again
_MOST_KNOWN = 100_000
#: of one case or person, of one actor: as many as one page shows
_MOST_SHOWN = 500


class Listed(Protocol):
    """What a look at a case is told from: the case, its rules, the roles its reader fills, and a grant they read by."""

    @property
    def case(self) -> Case:
        """The case."""
        ...

    @property
    def definition(self) -> Definition:
        """Its rules."""
        ...

    @property
    def roles(self) -> frozenset[str]:
        """The roles its reader fills."""
        ...

    @property
    def glass(self) -> str:
        """The break-glass grant it is read by; "" by everyday rights."""
        ...


class Looking:
    """Notes looks, writes them, and tells who looked."""

    def __init__(self, database: Database, library: Library) -> None:
        self._database = database
        self._library = library
        self._waiting: set[Look] = set()
        #: what was noted in the hour that is going on
        self._known: set[Look] = set()
        self._hour = 0
        self._lock = threading.Lock()

    def note(self, actor: str, of: str, classes: Iterable[str]) -> None:
        """Somebody looks at these classes of a case's or a person's data; written with the next `flush`."""
        hour = hour_of(self._library.now())
        with self._lock:
            if hour != self._hour or len(self._known) >= _MOST_KNOWN:
                self._hour, self._known = hour, set()
            new = {Look(of, hour, actor, data) for data in classes} - self._known
            self._known |= new
            self._waiting |= new

    def seen(self, view: CaseView, who: str, *more: ClassName) -> None:
        """Somebody is shown a case; what they may read of it tells the classes, and `more` what else they are given.

        One's own case is one's own to read. By break-glass each look is written before anything is shown.
        """
        self._look(view, who, {*_classes(view), *more})

    def listed(self, view: Listed, who: str) -> None:
        """Somebody is told where a case stands, as a line among others."""
        self._look(view, who, {"log"})

    def _look(self, view: Listed, who: str, classes: Collection[str]) -> None:
        if view.glass:
            self.write(who, view.case.id, classes, under=view.glass)
        elif who and who != view.case.subject:
            self.note(UNNAMED if asked_unnamed(view, who) else who, view.case.id, classes)

    def flush(self) -> int:
        """Write what was noted since the last time; how many looks that were. What cannot be written waits on."""
        with self._lock:
            taken, self._waiting = self._waiting, set()
        if not taken:
            return 0
        try:
            with self._database.write() as unit:
                for part in parted(taken):
                    unit.append(READS, "looked", self._library.now(), facts_of(part))
                    looking.put(unit.driver, part)
        except BaseException:
            with self._lock:
                self._waiting |= taken
            raise
        return len(taken)

    def write(self, actor: str, of: str, classes: Iterable[str], *, under: str) -> None:
        """Write a look under a break-glass grant at once, each by itself: the hour does not gather them."""
        now = self._library.now()
        told = [Look(of, hour_of(now), actor, data, under) for data in sorted(set(classes))]
        with self._database.write() as unit:
            unit.append(READS, "looked_under", now, facts_of(told))
            looking.put(unit.driver, told)

    def of(self, *objects: str) -> tuple[Look, ...]:
        """Who looked at these cases or people, the latest first."""
        with self._database.read() as view:
            return looking.of_object(view.driver, objects, limit=_MOST_SHOWN)

    def by(self, actor: str) -> tuple[Look, ...]:
        """At what somebody looked, the latest first."""
        with self._database.read() as view:
            return looking.by_actor(view.driver, actor, limit=_MOST_SHOWN)


def asked_unnamed(view: Listed, who: str) -> bool:
    """Whether a look by name would tell the subject who was asked for an answer without a name."""
    gathers = [state.gather for state in view.definition.states.values()]
    roles = {role for one in gathers if one is not None and one.anonymous for role in one.who}
    asked = view.case.gathering.asked if view.case.gathering is not None else ()
    if hides_names(view.definition, view.case.state) and any(one.person == who for one in asked):
        return True
    return bool(view.roles) and view.roles <= roles


def _classes(view: CaseView) -> Iterator[ClassName]:
    """The classes of data that a case shows its viewer; its history, in pseudonyms, is always among them."""
    yield "log"
    if view.readable & view.contents.keys():
        yield "forms"
    if view.readable & view.gathered.keys():
        yield "answers"
    if any(shown.pages for shown in view.journals):
        yield "journals"
