"""Parties to open cases follow the chart: worked out and written page by page, three statements for each."""

from __future__ import annotations

from dataclasses import replace

from engine.core.case import Case
from engine.core.party import Party, parties_of, reconciled
from engine.core.scene import Scene
from engine.runtime.library import Library, in_unit
from engine.store import queries
from engine.store.database import Database
from engine.store.view import View

__all__ = ["Seating"]

_PAGE = 500


class Seating:
    """Keeps who fills which role of which case as the chart has it."""

    def __init__(self, database: Database, library: Library) -> None:
        self._database = database
        self._library = library

    def follow(self) -> int:
        """Let the parties to every open case follow the chart; how many rows were set."""
        after, written = "", 0
        while True:
            with self._database.read() as view:
                page = queries.cases(view, ended="", after=after, limit=_PAGE)
                rows = self._changed(view, page) if page else []
            if rows:
                with self._database.write() as unit:
                    unit.put_parties(rows)
            written += len(rows)
            if len(page) < _PAGE:
                return written
            after = page[-1].id

    def _changed(self, view: View, page: tuple[Case, ...]) -> list[tuple[str, Party]]:
        stored = view.parties(case.id for case in page)
        calendars = self._library.calendars(view)
        scenes: dict[str, Scene] = {}
        rows: list[tuple[str, Party]] = []
        for case in page:
            machine = self._library.machine(view, case.definition)
            if case.definition not in scenes:
                scenes[case.definition] = self._library.scene(view, machine)
            scene = in_unit(calendars, machine, scenes[case.definition], case.unit, case.zone)
            scene = replace(scene, now=max(scene.now, case.last_at))
            wanted = parties_of(machine.definition, case, scene)
            today = scene.today(case.zone)
            there = stored.get(case.id, ())
            rows += [(case.id, one) for one in reconciled(machine.definition, case, there, wanted, today)]
        return rows
