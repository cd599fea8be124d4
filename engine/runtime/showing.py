"""What a page may show of other cases: what they publish, as far as the viewer's task or a grant names it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.core.case import Case
from engine.core.command import Contents
from engine.core.definition import Definition
from engine.core.paths import published_at
from engine.core.scene import Scene
from engine.core.segments import days_of
from engine.core.telling_parts import Part
from engine.runtime.library import Library
from engine.runtime.others import Others, parts_of_period
from engine.runtime.reports import Beside
from engine.store import kin
from engine.store.view import View


def parts_shown(view: View, definition: Definition, case: Case) -> tuple[Part, ...]:
    """The parts of a case's period, where it has more than one, with their days of all."""
    if not any(link.rest for link in definition.linked.values()):
        return ()
    cases = parts_of_period(view, definition.workflow, case)
    days = days_of(cases)
    whole = sum(count for _, count in days)
    found = tuple(
        Part(
            case=one.id,
            segment=one.segment,
            unit=one.unit,
            first=one.period_from,
            last=last,
            days=count,
            whole=whole,
        )
        for one, (last, count) in zip(cases, days, strict=True)
    )
    return found if len(found) > 1 else ()


class Showing:
    """Gathers what is to be shown beside one case, as one snapshot knows it."""

    def __init__(
        self, view: View, library: Library, definition: Definition, case: Case, scene: Scene
    ) -> None:
        self._view, self._library = view, library
        self._definition, self._case = definition, case
        self._others = Others(view, library, definition, case, scene)

    def of(self, readable: Iterable[str], contents: Contents) -> tuple[Beside, ...]:
        """Other cases by the reads and links that this viewer may read, in the order of their names."""
        return tuple(self._shown(sorted(readable), contents))

    def _shown(self, readable: Iterable[str], contents: Contents) -> Iterator[Beside]:
        for shown in readable:
            name, _, path = shown.partition(".")
            if name in self._definition.reads:
                yield from self._read(name, path, contents)
            elif shown in self._definition.linked:
                yield from self._opened(shown)

    def _read(self, name: str, path: str, contents: Contents) -> Iterator[Beside]:
        read = self._definition.reads[name]
        values = published_at(contents.reads.get(name, {}), path, many=read.many, fewest=read.least)
        cases = self._others.cases(read) if values else ()
        if cases:
            yield Beside(
                name=name, definition=self._rules(cases[-1]), cases=cases, many=read.many, values=values
            )

    def _opened(self, link: str) -> Iterator[Beside]:
        for one in kin.children(self._view, self._case.id, link):
            values = self._others.published(one)
            if values and "#" not in one.definition:
                yield Beside(name=link, definition=self._rules(one), cases=(one,), many=False, values=values)

    def _rules(self, case: Case) -> Definition:
        return self._library.machine(self._view, case.definition).definition
