"""What people see of cases: read in one snapshot, decided by the same pure functions that decide acts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from engine.core.audit import Entry
from engine.core.case import Case
from engine.core.codec import decode
from engine.core.command import Actor
from engine.core.glass import opening
from engine.core.horizon import latest_end
from engine.core.journal_pages import Page, is_line, pages
from engine.core.journal_sight import journals_of
from engine.core.permitting import options
from engine.core.signing import signed_digest
from engine.core.steering import steers
from engine.core.stepping_in import offers
from engine.core.visibility import own_answer
from engine.errors import NotFound
from engine.runtime.library import Library
from engine.runtime.on_demand import at_hand, contents_of
from engine.runtime.opening import Opener
from engine.runtime.reports import CaseView, LinkedCase
from engine.runtime.seeing import Seeing
from engine.runtime.showing import Showing, parts_shown
from engine.store import kin, queries
from engine.store.database import Database
from engine.store.view import View


def journal_lines(view: View, case_id: str) -> dict[str, tuple[Page, ...]]:
    """The entries of every journal of a case, as they are kept."""
    rows = queries.written(view, case_id)
    return pages((one.form, one.seq, decode(one.value)) for one in rows if is_line(one.form))


class Reading:
    """Answers questions; changes nothing."""

    def __init__(self, database: Database, library: Library, opener: Opener) -> None:
        self._database = database
        self._library = library
        self._opener = opener

    def case(self, case_id: str, viewer: str | None, *, auditor: bool = False) -> CaseView:
        """A case as one viewer may see it; None sees no contents and may do nothing. Raises: NotFound."""
        with self._database.read() as view:
            case = view.load(case_id)
            if case is None:
                raise NotFound("case", case_id)
            machine = self._library.machine(view, case.definition)
            scene = self._library.scene(view, machine, case)
            contents = contents_of(view, self._library, machine, case, scene)
            linked = self._linked_to(view, case)
            history = queries.history(view, case.stream)
            lines = journal_lines(view, case_id) if machine.definition.journals else {}
            contents = at_hand(contents)
            seeing = Seeing(view, self._library, machine, case, scene)
            roles, mine, sight = seeing.by(viewer, contents, history, auditor=auditor)
            coming = seeing.foreseen(contents, lambda: sight)
            who = sight.person
            glass = opening(scene.glass, "read", who=who, case=case.id)
            showing = Showing(view, self._library, machine.definition, case, scene)
            beside = showing.of(sight.names, contents)
            parts = parts_shown(view, machine.definition, case)
        return CaseView(
            case=case,
            definition=machine.definition,
            machine=machine,
            scene=scene,
            contents=sight.forms(),
            drafts={name: contents.drafts[name] for name, by in case.drafts.items() if by == viewer},
            known=contents,
            sight=sight,
            figures=sight.figures(),
            options=options(machine, case, who, scene, contents),
            consequences=coming,
            roles=roles,
            may_steer=bool(case.waiting)
            and steers(machine.definition, case, Actor(person=viewer), scene) is not None,
            held=mine,
            history=history,
            offers=offers(machine, case, viewer, scene) if viewer is not None else (),
            journals=journals_of(machine.definition, case, lines, who, sight, scene),
            gathered=sight.gathered(),
            outcomes=sight.outcomes(),
            own_answer=own_answer(case, contents, who),
            digest=signed_digest(machine.definition, case, contents, sight.names),
            linked=linked,
            beside=beside,
            parts=parts,
            glass=glass or opening(scene.glass, "steer", who=who, case=case.id),
        )

    def _linked_to(self, view: View, case: Case) -> tuple[LinkedCase, ...]:
        """The cases that hang together with this one."""
        linked: list[LinkedCase] = []
        parent = view.load(case.parent) if case.parent else None
        if parent is not None:
            linked.append(self._linked(view, "parent", parent))
        for one in kin.openings_of(view, case.id):
            child = view.load(one.child) if one.child else None
            hindered = None if one.outcome else self._opener.trouble(view, case, one)
            told = self._linked(view, one.asked.link, child, one.outcome)
            linked.append(replace(told, trouble=hindered))
        return tuple(linked)

    def _linked(self, view: View, link: str, case: Case | None, outcome: str = "opened") -> LinkedCase:
        definition = None if case is None else self._library.machine(view, case.definition).definition
        return LinkedCase(link=link, case=case, definition=definition, outcome=outcome)

    def latest_end(self, case: Case) -> date | None:
        """The latest day on which the definition lets this case be open; None if it sets no end."""
        with self._database.read() as view:
            machine = self._library.machine(view, case.definition)
            scene = self._library.scene(view, machine, case)
        return latest_end(machine, case, scene)

    def history(self, case_id: str) -> tuple[Entry, ...]:
        """Every entry of a case, oldest first. Raises: NotFound."""
        with self._database.read() as view:
            case = view.load(case_id)
            if case is None:
                raise NotFound("case", case_id)
            return queries.history(view, case.stream)
