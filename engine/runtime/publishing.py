"""Bringing rules into force: proposed by one person, approved by another, each with a reason; a demo does it alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from engine.core.audit import commitment, stamp
from engine.core.chart import Person
from engine.core.codec import canonical
from engine.core.command import Actor
from engine.core.definition import Definition
from engine.core.parse import read, reopen
from engine.core.publication import (
    REASON,
    STREAM,
    Publication,
    Status,
    demand_another,
    demand_entitled,
    demand_reason,
    parted,
    publications,
)
from engine.core.zones import local_date, midnight
from engine.errors import Conflict, NotFound, StoreUnusable
from engine.runtime.library import Library
from engine.runtime.vetting import Rules, vet
from engine.store import queries
from engine.store.database import Database
from engine.store.unit import Unit
from engine.store.values import Proposal, StoredDefinition
from engine.store.view import View


class Publishing:
    """Proposes, approves, withdraws. Every act is one transaction: the row, its entry, and the words behind it."""

    def __init__(self, database: Database, library: Library) -> None:
        self._database = database
        self._library = library

    def propose(self, given: Rules, *, actor: Actor, reason: str) -> Publication:
        """A version that waits for approval; the same one proposed twice waits once.

        Raises: DefinitionInvalid with all problems; NotYours; ReasonMissing; Conflict if that version has other
        content already.
        """
        told = demand_reason(reason, "propose")
        with self._database.read() as view:
            vetted = vet(given, view, self._library)
        definition, remarks = vetted.definition, list(vetted.remarks)
        with self._database.write() as unit:
            author, _ = self._official(unit, actor)
            if self._waits_or_holds(unit, definition):
                return _one(_all(unit), definition.digest)
            now = self._library.now()
            unit.put_proposal(
                Proposal(
                    digest=definition.digest,
                    workflow=definition.workflow,
                    version=definition.version,
                    source=definition.source,
                    author=author,
                    proposed_at=now,
                )
            )
            facts: dict[str, object] = {"definition": definition.digest, "name": definition.name}
            if definition.agency:
                facts["agency"] = definition.agency
            if remarks:
                facts["remarks"] = remarks
            self._tell(unit, "proposed", facts, actor=actor, reason=told, now=now)
            return _one(_all(unit), definition.digest)

    def approve(self, name: str, *, actor: Actor, reason: str, effective: date) -> Publication:
        """A proposed version, in force from the beginning of a day in the approver's zone.

        `name` is like `asn-tahunan@1`. Raises: NotFound, NotYours, ReasonMissing, Conflict.
        """
        told = demand_reason(reason, "approve")
        with self._database.write() as unit:
            approver, person = self._official(unit, actor)
            waiting = _waiting(unit, name)
            demand_another(waiting.author, approver, name)
            now = self._library.now()
            _take(unit, waiting)
            unit.put_definition(
                StoredDefinition(
                    digest=waiting.digest,
                    workflow=waiting.workflow,
                    version=waiting.version,
                    source=waiting.source,
                    published_at=now,
                    effective_at=midnight(effective.toordinal(), person.zone),
                )
            )
            facts = {
                "definition": waiting.digest,
                "name": name,
                "author": waiting.author,
                "effective": effective.isoformat(),
                "zone": person.zone,
            }
            self._tell(unit, "published", facts, actor=actor, reason=told, now=now)
            return _one(_all(unit), waiting.digest)

    def withdraw(self, name: str, *, actor: Actor, reason: str) -> Publication:
        """A proposal taken back; its version is free again. Raises: NotFound, NotYours, ReasonMissing, Conflict."""
        told = demand_reason(reason, "withdraw")
        with self._database.write() as unit:
            self._official(unit, actor)
            waiting = _waiting(unit, name)
            _take(unit, waiting)
            facts = {"definition": waiting.digest, "name": name, "author": waiting.author}
            self._tell(unit, "withdrawn", facts, actor=actor, reason=told, now=self._library.now())
            return _one(_all(unit), waiting.digest)

    def put_in_force(self, given: Rules, *, actor: Actor) -> Definition:
        """A definition that holds at once and needs nobody's approval: in a demo, and its entry says so.

        Raises: DefinitionInvalid; StoreUnusable for a real database; Conflict.
        """
        if self._database.kind != "demo":
            raise StoreUnusable(
                f"{self._database.name} is a real agency's: there a definition is proposed and approved by two people"
                " (siklus publish, siklus approve); only a demo publishes by itself"
            )
        definition = _read(given)
        with self._database.write() as unit:
            if self._waits_or_holds(unit, definition):
                return definition
            now = self._library.now()
            unit.put_definition(
                StoredDefinition(
                    digest=definition.digest,
                    workflow=definition.workflow,
                    version=definition.version,
                    source=definition.source,
                    published_at=now,
                )
            )
            facts = {"definition": definition.digest, "name": definition.name, "demo": True}
            unit.append(STREAM, "published", now, {"actor": actor.facts(), **facts})
        return definition

    def all(self) -> tuple[Publication, ...]:
        """What became of every version, by workflow and version."""
        with self._database.read() as view:
            return _all(view)

    def proposed(self, digest: str) -> Definition:
        """A definition that waits for approval. Raises: NotFound."""
        with self._database.read() as view:
            for one in view.proposals():
                if one.digest == digest:
                    return reopen(one.source)
        raise NotFound("definition", digest)

    def _official(self, unit: Unit, actor: Actor) -> tuple[str, Person]:
        """Who acts, if they may. Raises: NotYours."""
        history = self._library.chart(unit).history(actor.person) if actor.person is not None else ()
        person = history[-1] if history else None
        today = local_date(self._library.now(), "UTC" if person is None else person.zone)
        chart = self._library.chart(unit)
        key = demand_entitled(chart, person, today)
        return key, chart.at(key, today) or chart.person(key)

    def _waits_or_holds(self, unit: Unit, definition: Definition) -> bool:
        """Whether this very definition is filed already. Raises: Conflict, if its version has other content."""
        filed: list[StoredDefinition | Proposal] = [*unit.definitions(), *unit.proposals()]
        known = {(one.workflow, one.version): one.digest for one in filed}
        before = known.get((definition.workflow, definition.version))
        if before == definition.digest:
            return True
        if before is not None:
            waits = any(one.digest == before for one in unit.proposals())
            free = max(version for workflow, version in known if workflow == definition.workflow) + 1
            told = (
                "is proposed already with other content; withdraw that proposal first (siklus withdraw), or"
                if waits
                else "is published already with other content, and a published version never changes;"
            )
            raise Conflict(f"{definition.name} {told} give this one version: {free}", digest=before)
        return False

    def _tell(
        self, unit: Unit, kind: Status, facts: Mapping[str, object], *, actor: Actor, reason: str, now: int
    ) -> None:
        """The entry of an act, and the words behind it where they can be erased."""
        salt = self._library.salt()
        content = {REASON: commitment(REASON, canonical(reason), salt)}
        told = {"actor": actor.facts(), **facts, "content": content}
        entry = unit.append(STREAM, kind, now, told)
        unit.put_statement(STREAM, entry.seq, reason, salt)


def not_in_force(view: View, workflow: str) -> str:
    """Why no cycle of a workflow can be launched yet, as the end of a sentence; "" if nothing is known of it."""
    later = [one for one in view.definitions() if one.workflow == workflow]
    if later:
        first = min(later, key=lambda one: one.effective_at)
        return f"version {first.version} is approved and takes effect at {stamp(first.effective_at)[:16]}Z"
    waiting = [one for one in view.proposals() if one.workflow == workflow]
    if waiting:
        return f"version {waiting[-1].version} is proposed and waits for approval by another person (siklus approve)"
    return ""


def _read(given: Rules) -> Definition:
    return read(given.rules, given.texts, name=given.name, texts_name=given.texts_name)


def _all(view: View) -> tuple[Publication, ...]:
    return publications(queries.history(view, STREAM), view.statements(STREAM))


def _one(known: tuple[Publication, ...], digest: str) -> Publication:
    return next(one for one in known if one.digest == digest)


def _take(unit: Unit, waiting: Proposal) -> None:
    """Take a proposal away. Raises: Conflict, if somebody else was quicker."""
    if not unit.drop_proposal(waiting.digest):
        raise Conflict(
            f"{waiting.workflow}@{waiting.version} was approved or withdrawn by somebody else meanwhile"
        )


def _waiting(unit: Unit, name: str) -> Proposal:
    """The proposal of that name. Raises: NotFound, and Conflict if it is in force already."""
    version = parted(name)
    found = unit.proposals()
    for one in found:
        if (one.workflow, one.version) == version:
            return one
    if any((one.workflow, one.version) == version for one in unit.definitions()):
        raise Conflict(f"{name} is in force already; a published version never changes, propose the next one")
    raise NotFound("proposal", name, [f"{one.workflow}@{one.version}" for one in found])
