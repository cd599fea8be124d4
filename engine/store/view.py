"""What can be read within one transaction: a snapshot of the database, values out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.core.case import Case
from engine.core.codec import decode, decoder
from engine.core.command import Contents
from engine.core.delegation import Delegation
from engine.core.journal_pages import is_line
from engine.core.kept import contents_of
from engine.core.party import Party
from engine.core.people import Person
from engine.store import delegations, denials, filing, parties, publishing, replacing, verifying
from engine.store.driver import Driver
from engine.store.texts import texts
from engine.store.values import Beat, Cycle, Proposal, Replaced, StoredCalendar, StoredDefinition

_case = decoder(Case)


class View:
    """A snapshot of the database; `engine.store.queries` asks it what pages show."""

    __slots__ = ("_texts", "driver")

    def __init__(self, driver: Driver) -> None:
        self.driver = driver
        self._texts = texts(driver.kind)

    def load(self, case_id: str) -> Case | None:
        """The case, or None."""
        return self._one_case(self._texts.load, case_id)

    def contents(self, case_id: str) -> Contents:
        """What has been written in the case: the latest of each form, answer and gathering, all of each journal."""
        rows = self.driver.rows(self._texts.contents, (case_id, ""))
        latest = {name: value for name, value in rows if not is_line(name)}
        lines = [(name, value) for name, value in rows if is_line(name)]
        return contents_of((name, decode(value)) for name, value in (*latest.items(), *lines))

    def next_at(self) -> int | None:
        """The earliest instant at which any case does something by itself; None if none will."""
        found: int | None = self.driver.rows(self._texts.next_at)[0][0]
        return found

    def recall(self, actor: str, key: str) -> tuple[str, bytes] | None:
        """The hash of the request an actor made under this key, and what it was answered."""
        return filing.recall(self.driver, actor, key)

    def meta(self, key: str) -> str | None:
        """A fact about the database itself ("kind", "clock", "people_version"), or None."""
        return filing.meta_of(self.driver, key)

    def metas(self) -> dict[str, str]:
        """All facts about the database itself, in one statement."""
        return filing.metas(self.driver)

    def definition(self, digest: str) -> StoredDefinition | None:
        """The published definition with this digest, or None."""
        return filing.definition_of(self.driver, digest)

    def definitions(self) -> tuple[StoredDefinition, ...]:
        """All published definitions, by workflow and version."""
        return filing.definitions(self.driver)

    def proposals(self) -> tuple[Proposal, ...]:
        """The definitions that wait for approval, by workflow and version."""
        return publishing.proposals(self.driver)

    def statements(self, stream: str) -> dict[int, str]:
        """The words that entries of a stream commit to, by their number."""
        return publishing.statements(self.driver, stream)

    def calendar(self, name: str, version: str | None = None) -> StoredCalendar | None:
        """A version of a calendar, the one that knows the latest decree if none is named; or None."""
        return filing.calendar_of(self.driver, name, version)

    def people(self) -> tuple[tuple[Person, ...], str]:
        """All segments of all people, and the version of the chart they make ("" before the first import)."""
        return filing.people(self.driver)

    def delegations(self) -> tuple[Delegation, ...]:
        """Every delegation there has been, ended ones included."""
        return delegations.all_of(self.driver)

    def replaced(self) -> Replaced | None:
        """What the last import of people replaced; None if it cannot be taken back any more."""
        return replacing.last(self.driver)

    def followed_since(self, at: int) -> tuple[tuple[str, int, str, bytes], ...]:
        """What cases followed or noticed since an instant: stream, number, kind and body of the entry."""
        return replacing.followed_since(self.driver, at)

    def denials(self, asked: denials.Asked) -> tuple[denials.Denial, ...]:
        """What was denied, the latest hour first."""
        return denials.latest(self.driver, asked)

    def parties(self, ids: Iterable[str]) -> Mapping[str, tuple[Party, ...]]:
        """The parties to these cases, by id."""
        return parties.of_cases(self.driver, ids)

    def cycle(self, cycle_id: str) -> Cycle | None:
        """A launched cycle, or None."""
        return filing.cycle_of(self.driver, cycle_id)

    def cycles(self) -> tuple[Cycle, ...]:
        """All launched cycles, in the order they were launched."""
        return filing.cycles(self.driver)

    def beats(self) -> tuple[Beat, ...]:
        """When each worker last said that it is alive."""
        return filing.beats(self.driver)

    def verify(self) -> tuple[str, ...]:
        """What is wrong with the log, and where cases or heads do not agree with it; empty when all is well."""
        return verifying.problems(self.driver)

    def _one_case(self, text: str, case_id: str) -> Case | None:
        found = self.driver.rows(text, (case_id,))
        return _case.decode(found[0][0]) if found else None
