"""What can be done within one transaction: `Unit` writes beside what a `View` reads. It does not commit.

Values in, values out. The statements of a step go to the driver as text compiled once; a single step costs one
statement per table it touches on SQLite and one statement in all on PostgreSQL.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from engine.core.audit import Entry
from engine.core.case import Case
from engine.core.codec import decoder, encode
from engine.core.delegation import Delegation
from engine.core.effects import Step
from engine.core.party import Party
from engine.core.people import Person
from engine.errors import Conflict
from engine.store import (
    delegations,
    denials,
    filing,
    letters,
    parties,
    publishing,
    replacing,
    streams,
)
from engine.store.batch import Batch, case_row, gather, lost_race
from engine.store.sealed import expect_words, seal_batch
from engine.store.texts import step_text
from engine.store.values import Cycle, Letter, Proposal, Replaced, StoredCalendar, StoredDefinition
from engine.store.view import View

_case = decoder(Case)


class Unit(View):
    """A unit of work: what it writes is kept as a whole, or not at all."""

    __slots__ = ()

    def load(self, case_id: str, *, lock: bool = True) -> Case | None:
        """The case, held against other writers until the unit ends unless `lock` is off; or None."""
        return self._one_case(self._texts.load_locked if lock else self._texts.load, case_id)

    def claim_due(self, now: int, limit: int, after: tuple[int, str] | None = None) -> list[Case]:
        """Open cases whose time has come, earliest first, that no other sweep holds; held until the unit ends.

        `after` is the (next_at, id) of the last case of the batch before, so that a case which cannot be moved
        on does not come again in the same sweep.
        """
        if after is None:
            found = self.driver.rows(self._texts.due, (now, limit))
        else:
            at, case_id = after
            found = self.driver.rows(self._texts.due_after, (now, at, at, case_id, limit))
        return [_case.decode(body) for (body,) in found]

    def save(self, steps: Sequence[Step]) -> None:
        """Write the steps of one case or of many. Steps of one case follow one another in the order given.

        Raises: Conflict, when a case is no longer at the version its first step began from; then nothing of the
        whole unit can be kept any more.
        """
        if not steps:
            return
        batch = gather(steps)
        seal_batch(self.driver, batch)
        if len(steps) == 1 and self.driver.kind == "postgresql" and batch.is_plain:
            moved = self._save_at_once(batch)
        else:
            moved = self._save_by_table(batch)
        if moved != len(batch.cases):
            self.driver.fail()
            raise lost_race(batch, moved)

    def insert_cases(self, steps: Sequence[Step]) -> frozenset[str]:
        """Write new cases with their first steps; the ids of those skipped because they are there already.

        A case is there if the cycle has one for the same subject and segment.
        """
        there = self._there(steps)
        new = [step for step in steps if (step.case.cycle, step.case.subject, step.case.segment) not in there]
        batch = gather(new)
        expect_words(self.driver, batch.cases)
        seal_batch(self.driver, batch)
        write, names = self.driver.run_many, self._texts
        write(names.entries, batch.entries)
        write(names.new_cases, [case_row(case) for _, case in batch.cases.values()])
        self._write_beside(batch)
        return frozenset(step.case.id for step in steps) - batch.cases.keys()

    def put_parties(self, rows: Iterable[tuple[str, Party]]) -> None:
        """Set parties of many cases, each with the id of its case: one that is there gets another end."""
        self.driver.run_many(self._texts.parties, [parties.row(case_id, one) for case_id, one in rows])

    def count_denial(self, denied: denials.Denied, rule: str) -> bool:
        """Count that somebody was denied something; whether for the first time in that hour."""
        return denials.count(self.driver, denied, rule)

    def append(self, stream: str, kind: str, at: int, facts: Mapping[str, Any]) -> Entry:
        """The entry written next in a stream that is no case's ("people", "definitions", ...)."""
        return streams.append(self.driver, stream, kind, at, facts)

    def hold(self, stream: str, *, shared: bool = False) -> None:
        """Let nobody else write in a stream, or hold it, until the unit ends; if `shared`, others may hold it so too.

        It is held before any case: whoever writes in a stream and then in cases waits for nobody who waits for them.
        """
        streams.hold(self.driver, stream, shared=shared)

    def remember(self, actor: str, key: str, request_hash: str, response: bytes, at: int) -> None:
        """Keep what a request was answered. Raises: Conflict, if this key was used in the meantime."""
        filing.remember(self.driver, actor, key, request_hash, response, at)

    def put_meta(self, key: str, value: str) -> None:
        """Set a fact about the database itself; its kind is set once and for all when it is made."""
        filing.put_meta(self.driver, key, value)

    def swap_meta(self, key: str, before: str, after: str) -> bool:
        """Set a fact about the database itself if it is still this one; whether it was."""
        return filing.swap_meta(self.driver, key, before, after)

    def put_definition(self, stored: StoredDefinition) -> bool:
        """File a definition; whether it was new. Raises: Conflict, if this version has another content already."""
        return filing.put_definition(self.driver, stored)

    def put_proposal(self, proposed: Proposal) -> None:
        """File a proposal. Raises: Conflict, if this version is proposed already."""
        publishing.put_proposal(self.driver, proposed)

    def drop_proposal(self, digest: str) -> bool:
        """Take a proposal away; whether it was still there."""
        return publishing.drop_proposal(self.driver, digest)

    def put_statement(self, stream: str, seq: int, value: str, salt: bytes) -> None:
        """Keep the words that an entry commits to, where they can be erased."""
        publishing.put_statement(self.driver, stream, seq, value, salt)

    def put_calendar(self, stored: StoredCalendar) -> bool:
        """File a version of a calendar; whether it was new. Raises: Conflict, if it has another content already."""
        return filing.put_calendar(self.driver, stored)

    def put_people(self, segments: Iterable[Person], version: str, *, before: str | None = None) -> None:
        """Put this chart in the place of the one before.

        Whoever worked the chart out from another names that one's version as `before`. Raises: Conflict, if it is
        no longer the one in force.
        """
        filing.put_people(self.driver, segments, version, before)

    def put_replaced(self, one: Replaced | None) -> None:
        """Keep what an import replaced in the place of what the one before did; None forgets it."""
        if one is None:
            replacing.drop(self.driver)
        else:
            replacing.put(self.driver, one)

    def put_delegation(self, one: Delegation, version: str, *, before: str) -> None:
        """Keep a delegation as it stands now; the people are of another version with it. Raises: Conflict."""
        delegations.put(self.driver, one, version, before)

    def tell(self, to: str, kind: str, key: str, data: Mapping[str, object], at: int) -> None:
        """A letter that is about no case, once for ever under its key."""
        self.driver.run_many(self._texts.notes, [(key, to, kind, "", None, encode(dict(data)), at, 0)])

    def put_cycle(self, cycle: Cycle) -> bool:
        """File a cycle; whether it was new. Raises: Conflict, if this id is another cycle already."""
        return filing.put_cycle(self.driver, cycle)

    def put_beat(self, worker: str, at: int) -> None:
        """Say that a worker is alive."""
        filing.put_beat(self.driver, worker, at)

    def claim_letters(self, now: int, limit: int, lease_us: int, fence: str) -> tuple[Letter, ...]:
        """Unsettled letters nobody else holds, oldest first; they are this claim's until `now + lease_us`.

        `fence` is a token no other claim has ever used.
        """
        return letters.claim(self.driver, now, limit, lease_us, fence)

    def renew_letters(self, letter_ids: Sequence[int], fence: str, until: int) -> bool:
        """Hold letters of one claim until then; False if one of them is settled, or another claim's by now."""
        return letters.renew(self.driver, letter_ids, fence, until)

    def settle(self, letter_id: int, fence: str, outcome: str, at: int, retry_at: int | None = None) -> bool:
        """Record what came of a letter, for good or until `retry_at`; False if it is another claim's by now."""
        return letters.settle(self.driver, letter_id, fence, outcome, at, retry_at)

    def let_go(self, now: int) -> int:
        """Let the messages that were held until now be told; how many."""
        return letters.let_go(self.driver, now)

    def mark_read(self, person: str, letter_ids: Iterable[int], at: int) -> int:
        """Mark letters to this person as read; how many were unread."""
        return letters.mark_read(self.driver, person, letter_ids, at)

    def _save_by_table(self, batch: Batch) -> int:
        write, names = self.driver.run_many, self._texts
        write(names.entries, batch.entries)  # first: the guard of a case asks for its entry
        moved = write(names.moves, batch.moves())
        if moved == len(batch.cases):
            self._write_beside(batch)
        return moved

    def _write_beside(self, batch: Batch) -> None:
        write, names = self.driver.run_many, self._texts
        write(names.tasks_gone, [(task_id,) for task_id in batch.gone])
        write(names.tasks, list(batch.tasks.values()))
        write(names.contents_written, list(batch.contents.values()))
        write(names.notes, batch.notes)
        write(names.parties, list(batch.parties.values()))
        if not batch.is_plain:
            write(names.attachments, batch.attachments)
            write(names.waits_gone, [(case_id,) for case_id in batch.waits])
            write(names.waits, [row for rows in batch.waits.values() for row in rows])
            write(names.signals, list(batch.signals.values()))
            write(names.openings, batch.openings)
            self._drop_held(batch)

    def _drop_held(self, batch: Batch) -> None:
        """Raises: Conflict, if one of them was let go in the meantime: then the time to drop it is over."""
        if letters.drop(self.driver, batch.dropped) != len(batch.dropped):
            self.driver.fail()
            raise Conflict(
                "a message that told of the move has been let go: it cannot be taken back any more"
            )

    def _save_at_once(self, batch: Batch) -> int:
        text = step_text(
            len(batch.gone), len(batch.tasks), len(batch.contents), len(batch.notes), len(batch.parties)
        )
        values = [*batch.entries[0], *batch.moves()[0], *batch.gone]
        for rows in (batch.tasks.values(), batch.contents.values(), batch.notes, batch.parties.values()):
            for row in rows:
                values.extend(row)
        return int(self.driver.rows(text, values)[0][0])

    def _there(self, steps: Sequence[Step]) -> set[tuple[str, str, int]]:
        """Which of the cases are there, with their cycles held against other launches."""
        there: set[tuple[str, str, int]] = set()
        for cycle_id in sorted({step.case.cycle for step in steps}):
            subjects = [step.case.subject for step in steps if step.case.cycle == cycle_id]
            there |= filing.launched(self.driver, cycle_id, subjects)
        return there
