"""What one person sees of a case: the roles they fill in it, the work they may do, and what they read.

What was written when is read only for who may read some of it as it once was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from engine.core.audit import Entry
from engine.core.case import Case
from engine.core.command import Contents
from engine.core.delegating import Held, held, roles_of
from engine.core.disclosing import Record, record_of
from engine.core.glass import opening
from engine.core.machine import Machine
from engine.core.outlook import Consequence, as_foreseen, if_nobody_acts
from engine.core.scene import Scene
from engine.core.sight import Sight, asks_for_record
from engine.core.visibility import Rights, rights, with_figures
from engine.runtime.library import Library
from engine.store import kin, queries
from engine.store.view import View

__all__ = ["Seeing", "Seen", "around_many", "around_of", "record_for", "rights_in"]

#: the reader in grants that is no role of a case
_AUDITOR = "auditor"
_NOBODY = ""
_NO_ROLES: Mapping[str, bool] = {}


class Seen(NamedTuple):
    """What one person sees of a case."""

    roles: frozenset[str]
    held: tuple[Held, ...]
    sight: Sight


class Seeing:
    """Tells what people see of one case, as one snapshot knows it."""

    def __init__(self, view: View, library: Library, machine: Machine, case: Case, scene: Scene) -> None:
        self._view, self._library = view, library
        self._machine, self._case, self._scene = machine, case, scene

    def by(
        self,
        viewer: str | None,
        contents: Contents,
        history: Iterable[Entry] | None = None,
        *,
        auditor: bool = False,
    ) -> Seen:
        """What a viewer sees; None sees nothing of what was written. `history` is read if it is not given.

        An `auditor` reads besides what the definition opens to auditors, never in their own case.
        """
        machine, case = self._machine, self._case
        definition, who = machine.definition, viewer or _NOBODY
        around = around_of(self._view, machine, case)
        roles, mine, found = rights_in(machine, case, viewer, self._scene, around, auditor=auditor)
        record = record_for(self._view, self._library, case, around, found, history)
        sight = Sight(
            definition=definition,
            case=case,
            person=who,
            rights=found,
            names=with_figures(definition, found),
            newest=contents,
            record=record,
        )
        return Seen(roles=roles, held=mine, sight=sight)

    def foreseen(
        self, contents: Contents, sight: Callable[[], Sight], *, for_others_than: str | None = None
    ) -> tuple[Consequence, ...]:
        """What will happen if nobody acts, as far as whoever sees this much may know it beforehand.

        With `for_others_than`, the holder of a task, only up to what first reaches others.
        """
        coming = if_nobody_acts(
            self._machine, self._case, contents, self._scene, for_others_than=for_others_than
        )
        if not any(one.transition is not None and self._machine.forks(one.transition) for one in coming):
            return coming
        known, seq = sight(), self._case.seq
        return as_foreseen(self._machine, coming, lambda condition: known.reads_condition(condition, seq))


def rights_in(
    machine: Machine,
    case: Case,
    viewer: str | None,
    scene: Scene,
    around: Iterable[Case],
    *,
    auditor: bool = False,
) -> tuple[frozenset[str], tuple[Held, ...], Rights]:
    """The roles somebody fills in a case, the work they may do there, and what they may read; it asks for nothing."""
    definition, who = machine.definition, viewer or _NOBODY
    filled = roles_of(definition, case, who, scene) if viewer else _NO_ROLES
    roles = frozenset(role for role, fills in filled.items() if fills)
    mine = held(definition, case, who, scene) if viewer else ()
    readers = frozenset(definition.roles) if opening(scene.glass, "read", who=who, case=case.id) else roles
    if auditor and who != case.subject:
        readers |= {_AUDITOR}
    found = rights(
        definition,
        case,
        who,
        readers,
        beside=frozenset(state for one in around for state in one.reached),
        givers=frozenset(one.behalf for one in mine if one.behalf is not None),
    )
    return roles, mine, found


def record_for(
    view: View,
    library: Library,
    case: Case,
    around: tuple[Case, ...],
    found: Rights,
    history: Iterable[Entry] | None = None,
) -> Record | None:
    """The record of a case and its tracks, if one of these rights asks for it; `history` is read if it is not given."""
    machines = [(one, library.machine(view, one.definition).disclosing) for one in (case, *around)]
    if not asks_for_record((rules for _, rules in machines), found):
        return None
    own: Iterable[Entry] = history if history is not None else queries.history(view, case.stream)
    histories = {case.id: (machines[0][1], own)}
    histories |= {one.id: (rules, queries.history(view, one.stream)) for one, rules in machines[1:]}
    rows = [(name, one.form, one.seq, one.value) for name in histories for one in queries.written(view, name)]
    return record_of(rows, histories)


def around_of(view: View, machine: Machine, case: Case) -> tuple[Case, ...]:
    """The tracks of a case, or the case of a track: what is written in one may be read in the other."""
    if "#" in case.definition:
        whole = kin.peek(view, case.parent) if case.parent else None
        return () if whole is None else (whole,)
    if not machine.definition.tracks:
        return ()
    return tuple(one for one in kin.children(view, case.id) if "#" in one.definition)


def around_many(view: View, library: Library, cases: Iterable[Case]) -> Mapping[str, tuple[Case, ...]]:
    """The same for many cases, by their ids: in two statements at most, and none where no rules have tracks."""
    cases = tuple(cases)
    tracks = [one for one in cases if "#" in one.definition and one.parent]
    split = [
        one
        for one in cases
        if "#" not in one.definition and library.machine(view, one.definition).definition.tracks
    ]
    whole = {one.id: one for one in kin.peek_many(view, [one.parent for one in tracks])}
    found = {one.id: (whole[one.parent],) for one in tracks if one.parent in whole}
    return found | kin.tracks_of(view, [one.id for one in split])
