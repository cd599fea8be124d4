"""A cycle that should not have been launched: each of its cases is closed as cancelled, and nothing in it is lost.

A cancelled case stays where it was, with all that was written; nobody has a task in it, no clock runs, nobody reads
it as a result. It is no judgement about anybody: promises that were open are owed no more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from engine.core.audit import Entry
from engine.core.case import Case, Watch
from engine.core.codec import decode
from engine.core.codec import replace as put
from engine.core.command import Cancel
from engine.core.definition import Promise
from engine.core.draft import Draft
from engine.core.effects import Await, Signal, Step
from engine.core.gathering import close_gathering
from engine.core.journal_checks import close_checks
from engine.core.machine import Machine
from engine.core.scene import Scene
from engine.core.watching import ended
from engine.errors import CaseClosed

__all__ = ["CANCELLED", "STREAM", "Cancelling", "acted_in", "cancel", "cancellings_told"]

#: how a case ended whose cycle was cancelled
CANCELLED = "cancelled"
#: the stream in which cancellings are asked for, agreed to and done
STREAM = "cancellings"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancelling:
    """A cancelling of a cycle as its entries tell it; people are keys, "" is nobody named.

    `cases` are those it closed, `stayed` those that were closed before.
    """

    id: str
    cycle: str
    asked_by: str
    asked_at: int
    reason: str
    #: whether a second person has to agree
    second: bool
    agreed_by: str = ""
    #: asked and waiting for the second person, being done, done, or refused
    state: str = "asked"
    cases: int = 0
    stayed: int = 0

    @property
    def counts(self) -> bool:
        """Whether the cycle is cancelled, or being cancelled."""
        return self.state in {"going", "done"}


def cancel(machine: Machine, case: Case, command: Cancel, scene: Scene) -> Step:
    """The case is closed where it stands. Raises: CaseClosed."""
    if case.ended:
        raise CaseClosed(f"case {case.id} is closed ({case.ended}) already", case=case.id)
    draft = Draft(machine, case, scene, command.actor, command.contents)
    draft.facts["cause"] = {"cancelled": command.cancelling}
    close_gathering(draft)
    for task in (*case.escalations, *case.looks, *((case.task,) if case.task is not None else ())):
        draft.end(task, "withdrawn")
    close_checks(draft)
    promises = dict(machine.promises)
    draft.change(
        ended=CANCELLED,
        visit=max(case.visit, case.visits) + 1,
        entered_at=scene.now,
        sleeps_until=None,
        task=None,
        escalations=(),
        undoable=None,
        questioned=None,
        deadlines=(),
        promises=tuple(_released(promises[one.number], one, draft) for one in case.promises),
    )
    definition = machine.definition
    if definition.reads or definition.linked:
        draft.effects.append(Await(waits=()))
    if case.parent or definition.publishes or definition.linked:
        draft.effects.append(Signal())
    return draft.close(CANCELLED)


def acted_in(case: Case) -> bool:
    """Whether people have done anything in a case."""
    return bool(case.acted) or any(book.count for book in case.journals.values())


def cancellings_told(entries: Iterable[Entry], words: Mapping[int, str]) -> tuple[Cancelling, ...]:
    """Every cancelling, the first one asked for first; `words` are the reasons that are not erased, by entry."""
    found: dict[str, Cancelling] = {}
    for line in entries:
        facts = decode(line.body)
        person = str(facts.get("actor", {}).get("person") or "")
        if line.kind == "cancel_asked":
            name = f"cancelling-{line.seq}"
            second = bool(facts["second"])
            found[name] = Cancelling(
                id=name,
                cycle=facts["cycle"],
                asked_by=person,
                asked_at=line.at,
                reason=words.get(line.seq, ""),
                second=second,
                state="asked" if second else "going",
            )
            continue
        one = found[facts["cancelling"]]
        match line.kind:
            case "cancel_agreed":
                found[one.id] = replace(one, state="going", agreed_by=person)
            case "cancel_refused":
                found[one.id] = replace(one, state="refused")
            case _:
                found[one.id] = replace(one, state="done", cases=facts["cases"], stayed=facts["stayed"])
    return tuple(found.values())


def _released(promise: Promise, watch: Watch, draft: Draft) -> Watch:
    """A promise about a case that should not have been: what was owed is owed no more, and nobody looks at it."""
    over = ended(promise, watch, draft.seq, draft.scene.now, outside=True)
    return put(over, task=None)
