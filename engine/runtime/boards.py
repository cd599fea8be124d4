"""What a calibration's board is made of: where one reader sees many cases stand, in as few questions as one case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from engine.core.audit import Entry
from engine.core.board import cell_of
from engine.core.case import Case
from engine.core.codec import decode
from engine.core.command import Contents
from engine.core.definition import Grid
from engine.core.delegating import roles_of
from engine.core.disclosing import record_of
from engine.core.draft import REASON
from engine.core.kept import contents_of
from engine.core.machine import Machine
from engine.core.scene import Scene
from engine.core.segments import days_of
from engine.core.sight import Sight, asks_for_record
from engine.core.visibility import inputs_of, rights, with_figures
from engine.runtime.library import Library, in_unit
from engine.runtime.others import Others
from engine.store import queries
from engine.store.database import Database
from engine.store.values import Written
from engine.store.view import View

__all__ = ["Boards", "Placed", "Placing"]

_AUDITOR = "auditor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Placing:
    """An entry by which somebody came to stand in a cell, with its facts and the reason given ("" if none is kept)."""

    entry: Entry
    facts: Mapping[str, Any]
    cell: tuple[str, str] | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Where one case stands on the board as its reader sees it, and how it came there; the last placing counts."""

    case: Case
    machine: Machine
    scene: Scene
    roles: frozenset[str]
    cell: tuple[str, str] | None
    placings: tuple[Placing, ...]


class _Lived(NamedTuple):
    """A case with its world, what was written in it, and its entries."""

    case: Case
    machine: Machine
    scene: Scene
    rows: tuple[Written, ...]
    entries: tuple[Entry, ...]


class Boards:
    """Answers where cases stand on a grid; changes nothing."""

    def __init__(self, database: Database, library: Library) -> None:
        self._database, self._library = database, library

    def placed(
        self, cases: Iterable[Case], grid: Grid, viewer: str, *, auditor: bool = False
    ) -> tuple[Placed, ...]:
        """Every case whose grid this viewer may read, in the order given."""
        cases = tuple(cases)
        with self._database.read() as view:
            written = queries.written_in_many(view, [one.id for one in cases])
            lived = queries.histories(view, [one.stream for one in cases])
            calendars, scenes = self._library.calendars(view), dict[str, Scene]()
            found = []
            for case in cases:
                machine = self._library.machine(view, case.definition)
                if case.definition not in scenes:
                    scenes[case.definition] = self._library.scene(view, machine)
                scene = in_unit(calendars, machine, scenes[case.definition], case.unit, case.zone)
                rows, entries = written.get(case.id, ()), lived.get(case.stream, ())
                one = _Lived(case, machine, scene, rows, entries)
                sight, roles = self._sight(view, one, viewer, auditor=auditor)
                if not sight.names.isdisjoint({grid.name, grid.down.partition(".")[0]}):
                    found.append(
                        Placed(
                            case=case,
                            machine=machine,
                            scene=scene,
                            roles=roles,
                            cell=cell_of(grid, sight.forms(), sight.figures()),
                            placings=tuple(_placings(sight, grid, one)),
                        )
                    )
            return tuple(found)

    def _sight(self, view: View, one: _Lived, viewer: str, *, auditor: bool) -> tuple[Sight, frozenset[str]]:
        case, machine = one.case, one.machine
        definition = machine.definition
        roles = frozenset(
            role for role, fills in roles_of(definition, case, viewer, one.scene).items() if fills
        )
        readers = roles | {_AUDITOR} if auditor and viewer != case.subject else roles
        found = rights(definition, case, viewer, readers)
        record = None
        if asks_for_record([machine.disclosing], found):
            told = [(case.id, row.form, row.seq, row.value) for row in one.rows]
            record = record_of(told, {case.id: (machine.disclosing, one.entries)})
        sight = Sight(
            definition=definition,
            case=case,
            person=viewer,
            rights=found,
            names=with_figures(definition, found),
            newest=self._contents(view, one),
            record=record,
        )
        return sight, roles

    def _contents(self, view: View, one: _Lived) -> Contents:
        """What is written in the case; other cases are asked only where somebody's period is in parts."""
        definition, case = one.machine.definition, one.case
        told = contents_of((row.form, decode(row.value)) for row in one.rows)
        parts = [name for name, read in definition.reads.items() if read.of == "parts"]
        if case.segment == 1 and case.parted_on is None:
            own = tuple(days for _, days in days_of((case,)))
            return replace(told, reads={name: {} for name in parts}, days=dict.fromkeys(parts, own))
        others = Others(view, self._library, definition, case, one.scene)
        return replace(
            told,
            reads={name: others.read(name) or {} for name in parts},
            days={name: others.days(name) or () for name in parts},
        )


def _placings(sight: Sight, grid: Grid, one: _Lived) -> Iterator[Placing]:
    """Every version of the form behind the grid that is open to the reader, and where it put the case."""
    forms = {row.form for row in one.rows if row.form} & _behind(sight, grid)
    reasons = {row.seq: str(decode(row.value)) for row in one.rows if row.form == REASON}
    by_number = {entry.seq: entry for entry in one.entries}
    for row in one.rows:
        entry = by_number.get(row.seq)
        if row.form not in forms or entry is None or not sight.opens_version(row.form, row.seq):
            continue
        then = {**sight.newest.forms, row.form: decode(row.value)}
        at = replace(sight, newest=replace(sight.newest, forms=then), record=None)
        yield Placing(
            entry=entry,
            facts=decode(entry.body),
            cell=cell_of(grid, at.forms(), at.figures()),
            reason=reasons.get(row.seq, ""),
        )


def _behind(sight: Sight, grid: Grid) -> frozenset[str]:
    """The forms that decide where somebody stands: those the two sides are worked out from."""
    named = {grid.down.partition(".")[0], grid.across.partition(".")[0]}
    deep = {one.partition(".")[0] for one in inputs_of(sight.definition, grid.name)}
    return frozenset((named | deep) & sight.rights.keys())
