"""Erasures: asked by one, decided by another, done in one transaction with the entry that tells them for ever.

What would break is told before anything goes: words of a case that still runs, or that another running case reads,
words under a legal hold, the name of somebody still in post. Afterwards the database is asked to leave no residue.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from engine.core.chart import Chart
from engine.core.chart_version import version_of
from engine.core.definition import Label
from engine.core.identity.account_log import STREAM as ACCOUNTS
from engine.core.identity.account_log import acting
from engine.core.permitting import demand_reason
from engine.core.privacy.beside import Said
from engine.core.privacy.classes import ERASABLE, class_of
from engine.core.privacy.erasing import (
    PRIVACY,
    Erasure,
    Ground,
    Hindrance,
    Scope,
    Word,
    digest_of,
    erasures_told,
)
from engine.core.privacy.naming import without_name
from engine.core.privacy.official import Official, demand_another, demand_office, demand_own_or_office
from engine.errors import Conflict, NotFound, NotYours, Refused
from engine.runtime.library import Library
from engine.runtime.privacy.beside import beside, reasons_of
from engine.runtime.privacy.hindering import NAMING, Hindering
from engine.runtime.privacy.residue import Residue, leave_residue, residue_of
from engine.runtime.privacy.saying import say, today_of
from engine.store import accounts as filed
from engine.store import erasing, kin, queries, unsent
from engine.store.database import Database
from engine.store.sealed import name_of, name_of_drafts, name_of_files, name_of_said, retire
from engine.store.unit import Unit
from engine.store.view import View

__all__ = ["MOST_CASES", "Erasures", "Plan"]

#: cases of one erasure: the entry names each
MOST_CASES = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What an erasure would take, how many rows of each class, and what stands in its way."""

    counts: dict[str, int]
    hindrances: tuple[Hindrance, ...]


class Erasures:
    """Asks for erasures and decides them."""

    def __init__(self, database: Database, library: Library) -> None:
        self._database = database
        self._library = library
        self.residue = Residue(database)

    def about(self, person: str) -> Scope:
        """Everything that can be erased of a person: their cases, letters, requests, and their name."""
        with self._database.read() as view:
            cases = queries.cases(view, subject=person, limit=MOST_CASES)
        return Scope(
            person=person, cases=tuple(one.id for one in cases), classes=(*ERASABLE, "requests", "chart")
        )

    def plan(self, scope: Scope, *, readers: bool = True) -> Plan:
        """What would go, and what stands in the way; nothing is kept. Raises: NotFound, Refused.

        Without `readers` it is not asked which running cases read it: that looks at every open case.
        """
        with self._database.read() as view:
            return self._plan(view, scope, readers=readers)

    def ask(self, scope: Scope, ground: Ground, *, who: Official, reason: str) -> Erasure:
        """Ask for an erasure. Raises: NotFound, NotYours, ReasonMissing, Refused."""
        told = demand_reason(reason)
        with self._database.write() as unit:
            unit.hold(PRIVACY)
            chart, subjects = self._library.chart(unit), self._subjects(unit, scope)
            about = scope.person if subjects == {scope.person} else ""
            demand_own_or_office(chart, who, about, today_of(self._library, chart, who))
            self._demand_known(unit, scope)
            self._plan(unit, scope, readers=False)
            facts = {"scope": scope.facts(), "ground": ground}
            seq = say(unit, self._library, "erasure_asked", facts, who=who, reason=told)
            return next(one for one in self._known(unit) if one.id == f"e-{seq}")

    def refuse(self, name: str, *, who: Official, reason: str) -> Erasure:
        """Decide that nothing is erased; whoever asked may take it back so. Raises: as `approve`."""
        told = demand_reason(reason)
        with self._database.write() as unit:
            asked = self._named(unit, name)
            if not who.same(asked.asked_by):
                chart = self._library.chart(unit)
                demand_office(chart, who, today_of(self._library, chart, who))
                if who.person and who.person in self._subjects(unit, asked.scope):
                    raise NotYours(
                        "nobody decides about the erasure of their own data; let somebody else of the office do it"
                    )
            _still_asked(asked)
            say(unit, self._library, "erasure_refused", {"erasure": name}, who=who, reason=told)
            return next(one for one in self._known(unit) if one.id == name)

    def approve(self, name: str, *, who: Official, reason: str) -> Erasure:
        """Erase what was asked for, now and for good.

        Raises: NotFound, NotYours (also for whoever asked, and whoever it is about), ReasonMissing, Conflict (decided
        already), Refused (what stands in the way, all of it).
        """
        told = demand_reason(reason)
        with self._database.write() as unit:
            chart = self._library.chart(unit)
            demand_office(chart, who, today_of(self._library, chart, who))
            asked = _still_asked(self._named(unit, name))
            scope = asked.scope
            subjects = self._subjects(unit, scope)
            demand_another(chart, who, asked.asked_by, subjects, today_of(self._library, chart, who))
            for case_id in sorted(scope.cases):  # held in the order in which every writer locks them
                unit.load(case_id)
            plan = self._plan(unit, scope)
            if plan.hindrances:
                raise _hindered(plan.hindrances)
            words, counts = self._erase(unit, chart, name, scope, who)
            facts = {
                "erasure": name,
                "scope": scope.facts(),
                "ground": asked.ground,
                "asked_by": asked.asked_by.facts(),
                "counts": counts,
                "words": {"count": len(words), "digest": digest_of(words)},
            }
            say(unit, self._library, "erased", facts, who=who, reason=told)
            leave_residue(unit, name)
        self.residue.overwrite()
        return next(one for one in self.known() if one.id == name)

    def known(self) -> tuple[Erasure, ...]:
        """Every erasure that was asked for, the latest first."""
        with self._database.read() as view:
            return tuple(reversed(self._known(view)))

    def words_gone(self) -> dict[str, tuple[Word, ...]]:
        """The words that are gone by each erasure, in order."""
        with self._database.read() as view:
            gone = erasing.erased_words(view.driver)
        found: dict[str, list[Word]] = {}
        for word, erasure in sorted(gone.items()):
            found.setdefault(erasure, []).append(word)
        return {erasure: tuple(words) for erasure, words in found.items()}

    def _erase(
        self, unit: Unit, chart: Chart, name: str, scope: Scope, who: Official
    ) -> tuple[list[Word], dict[str, int]]:
        """Take it all away; which words of entries went, and how many rows of each class."""
        counts: dict[str, int] = {}
        kept = list(erasing.kept_of(unit.driver, scope.cases, scope.classes))
        said = reasons_of(unit, scope)
        words = [*(one.word for one in kept), *((one.stream, one.seq, "reason") for one in said)]
        erasing.mark(unit.driver, name, words)  # first: the database lets no word go that is on no list
        retire(unit.driver, _keys_of(scope, kept, said))
        erasing.contents_gone(unit.driver, kept)
        erasing.statements_gone(unit.driver, ((one.stream, one.seq) for one in said))
        counts["reasons"] = len(said)
        for one in kept:
            counts[class_of(one.form)] = counts.get(class_of(one.form), 0) + 1
        if "forms" in scope.classes:
            unsent.drop_of(
                unit.driver, scope.cases, scope.person
            )  # never told to anybody, so no entry counts it
        if "files" in scope.classes:
            counts["files"] = erasing.attachments_gone(unit.driver, scope.cases)
        if "letters" in scope.classes:
            counts["letters"] = erasing.letters_gone(unit.driver, scope.cases, scope.person)
        if "requests" in scope.classes or "forms" in scope.classes:
            counts["requests"] = erasing.requests_gone(unit.driver, scope.cases, scope.person)
        if "chart" in scope.classes:
            counts["chart"] = self._unname(unit, chart, scope.person)
        if NAMING & set(scope.classes):
            counts["accounts"] = _account_gone(unit, scope.person, who, self._library.now())
        return words, {name: count for name, count in counts.items() if count}

    def _unname(self, unit: Unit, chart: Chart, person: str) -> int:
        segments = without_name(chart.segments, person)
        version = version_of(segments, chart.delegations, chart.trainings)
        unit.put_people(segments, version, before=chart.version)
        unit.put_replaced(None)  # it holds people as they were before the last import
        return len(chart.history(person))

    @staticmethod
    def _demand_known(view: View, scope: Scope) -> None:
        """Raises: NotFound, if a reason is named that is not there."""
        known = {one.name for one, _ in beside(view)}
        for name in scope.said:
            if name not in known:
                raise NotFound("reason", name, sorted(known))

    def _plan(self, view: View, scope: Scope, *, readers: bool = True) -> Plan:
        if (
            not scope.classes
            or len(scope.cases) > MOST_CASES
            or (NAMING & set(scope.classes) and not scope.person)
        ):
            raise _refusal(
                Label(
                    id=f"Sebutkan golongan data dan paling banyak {MOST_CASES} kasus; nama hanya untuk satu orang.",
                    en=f"name the classes of data and at most {MOST_CASES} cases; names go of one person only",
                )
            )
        subjects = self._subjects(view, scope)
        kept = tuple(erasing.kept_of(view.driver, scope.cases, scope.classes))
        said = reasons_of(view, scope)
        counts = Counter(class_of(one.form) for one in kept)
        counts["reasons"] += len(said)
        hindering = Hindering(view, self._library, scope, kept, said)
        return Plan(
            counts={name: count for name, count in counts.items() if count},
            hindrances=tuple(hindering.all(subjects, readers=readers)),
        )

    def _subjects(self, view: View, scope: Scope) -> set[str]:
        """Whose data it is. Raises: NotFound."""
        subjects = {scope.person} if scope.person else set()
        if scope.person and not self._library.chart(view).history(scope.person):
            raise NotFound("person", scope.person)
        for name in scope.cases:
            case = kin.peek(view, name)
            if case is None:
                raise NotFound("case", name)
            subjects.add(case.subject)
        if scope.said:
            named = {one for said in reasons_of(view, scope) if said.name in scope.said for one in said.about}
            chart = self._library.chart(view)
            subjects |= {one for one in named if chart.history(one)}
            subjects |= {case.subject for one in named if (case := kin.peek(view, one)) is not None}
        return subjects

    def _named(self, unit: Unit, name: str) -> Erasure:
        unit.hold(PRIVACY)
        found = next((one for one in self._known(unit) if one.id == name), None)
        if found is None:
            raise NotFound("erasure", name)
        return found

    def _known(self, view: View) -> tuple[Erasure, ...]:
        left = residue_of(view)
        told = erasures_told(queries.history(view, PRIVACY), view.statements(PRIVACY))
        return tuple(replace(one, residue=True) if one.id in left else one for one in told)


def _keys_of(scope: Scope, kept: Sequence[erasing.Kept], said: Sequence[Said]) -> list[str]:
    """The keys of all that goes: of what stays under one of them nothing is lost, it is only sealed anew later."""
    names = [
        *(name_of(one.case_id, one.form) for one in kept),
        *(name_of_said(one.stream, one.seq) for one in said),
    ]
    if "files" in scope.classes:
        names += map(name_of_files, scope.cases)
    if "forms" in scope.classes:
        names += map(name_of_drafts, scope.cases)
    return names


def _account_gone(unit: Unit, person: str, who: Official, now: int) -> int:
    """Leave of somebody's disabled account its id alone; how many there were."""
    account = filed.account_of(unit.driver, person=person)
    if account is None:
        return 0
    filed.erase(unit.driver, account.id)
    unit.append(ACCOUNTS, "erased", now, {"actor": acting(who.account), "account": account.id})
    return 1


def _still_asked(one: Erasure) -> Erasure:
    """It, if nobody has decided it. Raises: Conflict."""
    if one.state != "asked":
        raise Conflict(f"{one.id} was decided already: {one.state}")
    return one


def _hindered(hindrances: Sequence[Hindrance]) -> Refused:
    return _refusal(
        Label(
            id="; ".join(one.label.id for one in hindrances), en="; ".join(one.label.en for one in hindrances)
        )
    )


def _refusal(why: Label) -> Refused:
    return Refused(f"this cannot be erased: {why.en}", label=why)
