"""States and phases: where a case rests, and what it waits for there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.core.definition.times import Due
from engine.core.definition.ways import By, Transition
from engine.core.moments import Duration, Moment

FinalKind = Literal["complete", "incomplete", "continued", "ended"]
Pace = Literal["", "day", "working day", "week", "month"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRule:
    """The work a state waits for: who, with which form, seeing what, until when."""

    who: str
    form: str | None = None
    shows: tuple[str, ...] = ()
    due: Due | None = None
    not_before: Moment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gather:
    """Answers of several people, or their signatures under one text.

    `who` are roles; a role that names several people (`named_in`, `committee`) asks each of them. `name` is what the
    answers are known by in figures, `shows` and `visibility`. `need` is how many answers fulfil it (None: all);
    below `least` the result is "not enough", never a partial one.
    """

    who: tuple[str, ...]
    name: str
    form: str | None = None
    #: the form or figure whose digest each signature binds; any edit of it lapses all signatures
    sign: str | None = None
    #: the role that may edit the text while it is being signed
    edit: str | None = None
    need: int | None = None
    least: int = 0
    #: fewer answers than this are never shown one by one or at all; 0: not anonymous
    anonymous: int = 0
    may_decline: bool = False
    shows: tuple[str, ...] = ()
    due: Due | None = None
    not_before: Moment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A state where a case rests. `final` ends it; a state without task and gathering waits."""

    name: str
    phase: str
    task: TaskRule | None = None
    transitions: tuple[Transition, ...] = ()
    final: FinalKind | None = None
    gather: Gather | None = None
    #: linked cases that live while the case is here
    starts: tuple[str, ...] = ()
    #: whether what is done here may be done for another by delegation
    delegable: bool = True

    @property
    def work(self) -> TaskRule | Gather | None:
        """What the state waits for from people: a task, a gathering, or nothing."""
        return self.task or self.gather

    def form_of(self, way: Transition) -> str | None:
        """The form an act needs here: its own, else the task's when it is an act of the task's holder."""
        if not isinstance(way.trigger, By) or way.restores is not None:
            return None
        own = self.task.form if self.task is not None and not way.trigger.roles else None
        return way.form or own


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """A phase: planning, monitoring, evaluation, feedback, remediation, closed. `due` is armed once."""

    name: str
    states: tuple[str, ...]
    not_before: Moment | None = None
    due: Due | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """Who looks at a journal's entries, and until when; what nobody looked at stays unchecked."""

    who: str
    due: Due


@dataclass(frozen=True, slots=True, kw_only=True)
class Gives:
    """A training that an entry gives whom the case is about, if `when` is true of it; for good, or for so long.

    An entry of which `ends` is true ends it.
    """

    training: str
    when: str
    ends: str = ""
    lasts: Duration | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Journal:
    """Append-only entries beside the states; an entry never moves the case."""

    name: str
    by: tuple[str, ...]
    form: str
    #: states and phases in which it is open; empty means every open state
    within: tuple[str, ...] = ()
    one_per: Pace = ""
    #: how long after the day it is about an entry may still be written
    late: Duration | None = None
    check: Check | None = None
    #: how many entries there should be; a shortfall is shown, it blocks nothing
    least: int = 0
    #: fewer entries than this are never shown one by one; 0: not anonymous
    anonymous: int = 0
    #: entries that need a look before anybody reads them ("abuse"); "" for none
    held: str = ""
    #: trainings that roles may ask for
    gives: tuple[Gives, ...] = ()
