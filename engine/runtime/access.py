"""Who may see what, asked of the database: who asks, a case as the rules look at it, lists, and what was denied."""

from __future__ import annotations

from engine.clock import Clock
from engine.core.access import Action, Asker, CaseOf, Decision, Resource, asker_of, decide, name_of
from engine.core.access.resources import case_of
from engine.core.case import Case
from engine.core.chart import Person
from engine.core.identity.account import SystemRole
from engine.core.identity.scopes import Scope
from engine.core.roster import Roster
from engine.errors import NotFound
from engine.runtime.library import Library
from engine.store import kin, reach
from engine.store.database import Database
from engine.store.denials import HOUR, Asked, Denial
from engine.store.queries import Tally

__all__ = ["Access"]

_STREAM = "denials"
_NOBODY: frozenset[SystemRole] = frozenset()


class Access:
    """Answers what the rules need to know, and keeps what they denied."""

    def __init__(self, database: Database, library: Library, system: Clock) -> None:
        self._database = database
        self._library = library
        self._system = system

    def asker(
        self,
        person: str,
        *,
        account: str = "",
        roles: frozenset[SystemRole] = _NOBODY,
        scopes: frozenset[Scope] | None = None,
    ) -> Asker:
        """Who asks now: a person (a key, "" for none), by an account unless it is a demo."""
        with self._database.read() as view:
            chart, now = self._library.chart(view), self._library.now()
            opened = [
                one for one in self._library.glass(view)
                if now < one.until_at and (one.is_of(person) or one.is_of(account))
            ]  # fmt: skip
        return asker_of(
            chart,
            person,
            now,
            account=account,
            roles=roles,
            scopes=scopes,
            glass=frozenset(name for one in opened for name in one.cases),
            steered=frozenset(name for one in opened if "steer" in one.rights for name in one.cases),
        )

    def case_by_id(self, case_id: str) -> CaseOf:
        """A case as the rules look at it. Raises: NotFound."""
        with self._database.read() as view:
            case = view.load(case_id)
            if case is None:
                raise NotFound("case", case_id)
            definition = self._library.machine(view, case.definition).definition
            return case_of(definition, case, view.parties((case_id,)).get(case_id, ()))

    def case(self, case: Case) -> CaseOf:
        """A case as the rules look at it, with its parties."""
        with self._database.read() as view:
            machine = self._library.machine(view, case.definition)
            return case_of(machine.definition, case, view.parties((case.id,)).get(case.id, ()))

    def earlier(self, case: Case, workflow: str, asker: Asker) -> Case | None:
        """The case of the same workflow about the same person in the period before, if this asker may read it.

        It is for what a page offers: what they may not read is left out, and is no denial.
        """
        with self._database.read() as view:
            before = [
                one
                for one in kin.cases_about(view, workflow, case.subject)
                if one.case.period_to < case.period_from
            ]
        latest = max(before, key=lambda one: (one.case.period_to, one.case.opened_at), default=None)
        if latest is None or not decide(asker, "case.read", self.case(latest.case)).allowed:
            return None
        return latest.case

    def visible(
        self,
        asker: Asker,
        *,
        cycle: str | None = None,
        state: str | None = None,
        phase: str | None = None,
        subject: str | None = None,
        open_only: bool = False,
        after: str = "",
        limit: int = 50,
    ) -> tuple[tuple[Case, ...], str]:
        """A page of the cases this asker may read, by id, and where the next begins ("" if there is none)."""
        with self._database.read_as(asker) as view:
            found = reach.visible(
                view,
                asker,
                cycle=cycle,
                state=state,
                phase=phase,
                subject=subject,
                open_only=open_only,
                after=after,
                limit=limit + 1,
            )
        page = found[:limit]
        return page, page[-1].id if len(found) > limit else ""

    def counts(self, asker: Asker, cycle: str | None = None) -> tuple[Tally, ...]:
        """How many of the cases this asker may read rest where."""
        with self._database.read_as(asker) as view:
            return reach.counts(view, asker, cycle)

    def changed_by(self, roster: Roster) -> frozenset[str]:
        """The people (keys) whose lines of the chart an import of this roster would change."""
        with self._database.read() as view:
            chart = self._library.chart(view)
        named: dict[str, list[Person]] = {}
        for one in roster.people:
            named.setdefault(one.key, []).append(one)
        return frozenset(
            key
            for key, lines in named.items()
            if chart.history(key) != tuple(sorted(lines, key=lambda one: one.valid_from))
        )

    def changed_last(self) -> frozenset[str]:
        """The people whose lines the last import changed, as long as it can be taken back."""
        with self._database.read() as view:
            last = view.replaced()
        return frozenset() if last is None else frozenset({*last.added, *(one.key for one in last.segments)})

    def decide(self, asker: Asker, action: Action, resource: Resource) -> Decision:
        """Whether it is allowed; a denial is counted, and the first of an hour is told in the log."""
        decision = decide(asker, action, resource)
        if not decision.allowed:
            self.denied(asker.known_as, action, name_of(resource), decision.rule)
        return decision

    def denials(self, asked: Asked | None = None) -> tuple[Denial, ...]:
        """What was denied, the latest hour first."""
        with self._database.read() as view:
            return view.denials(asked or Asked())

    def denied(self, who: str, action: Action, what: str, rule: str) -> None:
        """Count what was denied, by the rules or where it is done; the first of an hour is told in the log."""
        at = self._system.now()
        with self._database.write() as unit:
            if unit.count_denial((who, action, what, at // HOUR), rule):
                facts = {"who": who, "action": action, "what": what, "rule": rule}
                unit.append(_STREAM, "denied", self._library.now(), facts)
