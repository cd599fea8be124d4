"""Erasing rows: the words of cases, statements, letters, answers to requests; and what the database says remains."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import sqlalchemy as sa

from engine.core.codec import decode
from engine.core.privacy.classes import ClassName, class_of
from engine.core.privacy.erasing import Word
from engine.store.driver import Driver, execute, select
from engine.store.tables import attachment, content, idempotency, outbox, statement, task
from engine.store.tables_privacy import erased

__all__ = [
    "Kept", "answered_of", "attachments_gone", "classes_in", "contents_gone", "erased_words", "kept_of",
    "letters_gone", "mark", "open_tasks", "read_in", "requests_gone", "statements_gone", "told_of", "words_of",
]  # fmt: skip

_AT_ONCE = 400
#: what is kept about a case in a table of its own
_BESIDE: tuple[tuple[sa.Table, ClassName], ...] = ((attachment, "files"), (outbox, "letters"))


class Kept(NamedTuple):
    """A row of content, by its key."""

    case_id: str
    form: str
    seq: int

    @property
    def word(self) -> Word:
        """What an entry calls it."""
        return (f"case/{self.case_id}", self.seq, self.form or "reason")


def kept_of(driver: Driver, case_ids: Sequence[str], classes: Iterable[ClassName]) -> Iterator[Kept]:
    """The rows of content of cases that are of these classes.

    What other cases keep of what they read of one of these is of class evidence, too.
    """
    wanted = set(classes)
    key = (content.c.case_id, content.c.form, content.c.seq)
    for part in _parts(case_ids):
        for row in select(driver, sa.select(*key).where(content.c.case_id.in_(part)).order_by(*key)):
            if class_of(row[1]) in wanted:
                yield Kept(*row)
    if "evidence" in wanted:
        yield from _read_elsewhere(driver, set(case_ids))


def classes_in(driver: Driver, case_ids: Sequence[str]) -> dict[str, set[ClassName]]:
    """Of which classes something is kept in each of these cases, or about it."""
    found: dict[str, set[ClassName]] = {}
    for part in _parts(case_ids):
        asked = sa.select(content.c.case_id, content.c.form).distinct().where(content.c.case_id.in_(part))
        for case_id, form in select(driver, asked):
            found.setdefault(case_id, set()).add(class_of(form))
        for table, name in _BESIDE:
            for (case_id,) in select(
                driver, sa.select(table.c.case_id).distinct().where(table.c.case_id.in_(part))
            ):
                found.setdefault(case_id, set()).add(name)
    return found


def _read_elsewhere(driver: Driver, case_ids: set[str]) -> Iterator[Kept]:
    """Evidence is seldom and no page asks for it, so all of it is looked through."""
    asked = sa.select(content.c.case_id, content.c.form, content.c.seq, content.c.value)
    asked = asked.where(content.c.form >= "<", content.c.form < "=")
    for case_id, form, seq, value in select(driver, asked.order_by(content.c.case_id, content.c.form)):
        if case_id not in case_ids and any(one[0] in case_ids for one in decode(value)["of"]):
            yield Kept(case_id, form, seq)


def read_in(driver: Driver, rows: Iterable[Kept]) -> set[str]:
    """The cases whose values stand in evidence among these rows."""
    found: set[str] = set()
    for one in rows:
        if class_of(one.form) == "evidence":
            named = (content.c.case_id == one.case_id, content.c.form == one.form, content.c.seq == one.seq)
            for (value,) in select(driver, sa.select(content.c.value).where(*named)):
                found |= {read[0] for read in decode(value)["of"]}
    return found


def told_of(driver: Driver, case_ids: Sequence[str], person: str) -> set[str]:
    """The cases and people that letters about these cases, and those to a person, are about."""
    found: set[str] = set()
    asked = [outbox.c.case_id.in_(part) for part in _parts(case_ids)]
    for one in (*asked, *((outbox.c.recipient == person,) if person else ())):
        for case_id, data in select(driver, sa.select(outbox.c.case_id, outbox.c.data).where(one)):
            told = decode(data)
            found |= {
                case_id,
                *told.get("cases", ()),
                *(str(told.get(who, "")) for who in ("giver", "taker")),
            }
    return found - {""}


def answered_of(driver: Driver, person: str) -> set[str]:
    """The cases at which a person asked for something and was answered."""
    asked = sa.select(idempotency.c.response).where(idempotency.c.actor == person)
    return {str(decode(answer).get("case", "")) for (answer,) in select(driver, asked)} - {""}


def contents_gone(driver: Driver, rows: Iterable[Kept]) -> int:
    """Take contents away; how many."""
    return sum(
        execute(
            driver,
            sa.delete(content).where(
                content.c.case_id == one.case_id, content.c.form == one.form, content.c.seq == one.seq
            ),
        )
        for one in rows
    )


def attachments_gone(driver: Driver, case_ids: Sequence[str]) -> int:
    """Take the files of cases away; how many."""
    return sum(
        execute(driver, sa.delete(attachment).where(attachment.c.case_id.in_(part)))
        for part in _parts(case_ids)
    )


def letters_gone(driver: Driver, case_ids: Sequence[str], person: str) -> int:
    """Take the letters about cases, and those to a person, away; how many."""
    gone = sum(
        execute(driver, sa.delete(outbox).where(outbox.c.case_id.in_(part))) for part in _parts(case_ids)
    )
    return gone + (execute(driver, sa.delete(outbox).where(outbox.c.recipient == person)) if person else 0)


def requests_gone(driver: Driver, case_ids: Sequence[str], person: str) -> int:
    """Forget what requests at cases, and those of a person, were answered; how many."""
    gone = execute(driver, sa.delete(idempotency).where(idempotency.c.actor == person)) if person else 0
    for case_id in case_ids:
        begins = (
            f'{{"case":"{case_id}"'.encode()
        )  # as `engine.runtime.firing` writes it: canonical, the case first
        of_case = (idempotency.c.response >= begins, idempotency.c.response < begins + b"\xff")
        gone += execute(driver, sa.delete(idempotency).where(*of_case))
    return gone


def statements_gone(driver: Driver, words: Iterable[tuple[str, int]]) -> int:
    """Take the words of entries of streams that are no case's away; how many."""
    return sum(
        execute(driver, sa.delete(statement).where(statement.c.stream == stream, statement.c.seq == seq))
        for stream, seq in words
    )


def mark(driver: Driver, erasure: str, words: Sequence[Word]) -> None:
    """Keep which words went with an erasure."""
    for first in range(0, len(words), _AT_ONCE):
        rows = [
            {"stream": stream, "seq": seq, "name": name, "erasure": erasure}
            for stream, seq, name in words[first : first + _AT_ONCE]
        ]
        execute(driver, sa.insert(erased).values(rows))


def words_of(driver: Driver, erasure: str) -> tuple[Word, ...]:
    """The words that went with an erasure."""
    asked = sa.select(erased.c.stream, erased.c.seq, erased.c.name).where(erased.c.erasure == erasure)
    return tuple((stream, seq, name) for stream, seq, name in select(driver, asked))


def erased_words(driver: Driver, stream: str | None = None) -> Mapping[Word, str]:
    """By which erasure words went: those of one stream, or all."""
    asked = sa.select(erased)
    if stream is not None:
        asked = asked.where(erased.c.stream == stream)
    return {(name, seq, form): erasure for name, seq, form, erasure in select(driver, asked)}


def open_tasks(driver: Driver, *, case_ids: Sequence[str] = (), holder: str = "") -> tuple[str, ...]:
    """The cases in which a task is open: of these cases, or of one holder."""
    found: set[str] = set()
    for part in _parts(case_ids):
        found |= {
            name for (name,) in select(driver, sa.select(task.c.case_id).where(task.c.case_id.in_(part)))
        }
    if holder:
        found |= {
            name for (name,) in select(driver, sa.select(task.c.case_id).where(task.c.holder == holder))
        }
    return tuple(sorted(found))


def _parts(names: Sequence[str]) -> Iterator[list[str]]:
    ordered = sorted(set(names))
    for first in range(0, len(ordered), _AT_ONCE):
        yield ordered[first : first + _AT_ONCE]
