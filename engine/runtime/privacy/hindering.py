"""What stands in the way of an erasure, found before anything goes: what still runs, waits, is held or is needed."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from engine.core.case import Case
from engine.core.privacy.beside import Said
from engine.core.privacy.erasing import Hindrance, Scope
from engine.core.zones import local_date
from engine.runtime.library import Library
from engine.runtime.others import Others
from engine.runtime.privacy.holding import holds_of
from engine.store import accounts as filed
from engine.store import erasing, kin, queries
from engine.store.view import View

__all__ = ["NAMING", "Hindering"]

#: classes that say who somebody is: an account goes with the name it is of
NAMING = frozenset({"chart", "accounts"})
#: classes whose words other cases read
_READ = frozenset({"forms", "answers", "journals"})
_PAGE = 500


class Hindering:
    """Looks at everything an erasure would take: rows of content, and reasons beside no case."""

    def __init__(
        self,
        view: View,
        library: Library,
        scope: Scope,
        kept: Collection[erasing.Kept],
        said: Collection[Said],
    ) -> None:
        self._view = view
        self._library = library
        self._scope = scope
        self._kept = kept
        self._said = said

    def all(self, subjects: Collection[str], *, readers: bool) -> Iterator[Hindrance]:
        """Everything at once. Without `readers` running cases that read it are not looked for."""
        view, scope = self._view, self._scope
        yield from self._held(subjects)
        cases = [case for name in scope.cases if (case := view.load(name)) is not None]
        yield from (Hindrance("runs", one.id) for one in cases if not one.ended)
        ended = [one.id for one in cases if one.ended]
        yield from (Hindrance("waits", one) for one in erasing.open_tasks(view.driver, case_ids=ended))
        yield from (
            Hindrance("waits", one) for one in ended
            if any(not asked.outcome for asked in kin.openings_of(view, one))
        )  # fmt: skip
        yield from (
            Hindrance("stands", one) for one in sorted({said.name for said in self._said if not said.settled})
        )
        if readers and _READ & set(scope.classes):
            yield from (Hindrance("kin_runs", one) for one in self._readers(frozenset(ended)))
        if "chart" in scope.classes:
            yield from self._in_post(scope.person)
        account = filed.account_of(view.driver, person=scope.person) if scope.person else None
        if account is not None and account.active and NAMING & set(scope.classes):
            yield Hindrance("signs_in", account.id)

    def _held(self, subjects: Collection[str]) -> Iterator[Hindrance]:
        """Legal holds on anything of it: also on whom a letter, an answer or a value of another case is about."""
        held = {one.object: one.id for one in holds_of(self._view) if not one.lifted_at}
        if not held:
            return
        scope, driver = self._scope, self._view.driver
        touched = {*scope.cases, *subjects, *(one.case_id for one in self._kept)}
        touched |= erasing.read_in(driver, self._kept)
        touched.update(*(one.about for one in self._said))
        if "letters" in scope.classes:
            touched |= erasing.told_of(driver, scope.cases, scope.person)
        if scope.person and {"requests", "forms"} & set(scope.classes):
            touched |= erasing.answered_of(driver, scope.person)
        touched |= {case.subject for name in touched if (case := kin.peek(self._view, name)) is not None}
        yield from (Hindrance("held", held[one]) for one in sorted(touched & held.keys()))

    def _in_post(self, person: str) -> Iterator[Hindrance]:
        history = self._library.chart(self._view).history(person)
        today = local_date(self._library.now(), history[-1].zone)
        if any(one.valid_to is None or one.valid_to >= today for one in history):
            yield Hindrance("serves", person)
        if erasing.open_tasks(self._view.driver, holder=person):
            yield Hindrance("busy", person)

    def _readers(self, ended: frozenset[str]) -> Iterator[str]:
        """Open cases that read one of these by their definition, each of them looked at."""
        after = ""
        while ended and (page := queries.cases(self._view, ended="", after=after, limit=_PAGE)):
            after = page[-1].id
            yield from (case.id for case in page if case.id not in ended and self._reads(case, ended))

    def _reads(self, case: Case, ended: frozenset[str]) -> bool:
        machine = self._library.machine(self._view, case.definition)
        if not machine.definition.reads:
            return False
        scene = self._library.scene(self._view, machine, case)
        others = Others(self._view, self._library, machine.definition, case, scene)
        return any(
            one.id in ended for read in machine.definition.reads.values() for one in others.cases(read)
        )
