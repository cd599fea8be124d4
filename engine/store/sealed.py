"""Words as they stand in the tables: sealed on their way in, opened on their way out, in this one room.

A driver that has keys opens whatever sealed value its statements read, so nobody who reads has to know. Writers name
the key: one for each class of words of a case, one for each reason of another stream.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from engine.core.codec import DecodeError, decode
from engine.core.privacy.classes import class_of
from engine.store.batch import Batch
from engine.store.driver import Driver, Kind, Row, execute, select
from engine.store.tables import attachment, cases, content, statement
from engine.store.tables_unsent import unsent
from engine.store.word_keys import WordKeys, is_sealed, key_number

__all__ = [
    "SEALED", "SealingDriver", "expect_words", "name_of", "name_of_drafts", "name_of_files", "name_of_said",
    "retire", "saying", "seal_batch", "seal_page", "sealed", "sealed_text", "unused",
]  # fmt: skip

_FILES, _DRAFTS = "files", "drafts"
#: where words stand
SEALED = (content, statement, attachment, unsent)
_PAGE = 1_000
_BESIDE = "beside/"


class SealingDriver:
    """A driver that opens what it reads; all else is done by the one it stands before."""

    __slots__ = ("keys", "plain")

    def __init__(self, plain: Driver, keys: WordKeys) -> None:
        self.plain = plain
        self.keys = keys

    @property
    def kind(self) -> Kind:
        """Which engine this is."""
        return self.plain.kind

    @property
    def usable(self) -> bool:
        """Whether the connection may be used again."""
        return self.plain.usable

    def begin(self) -> None:
        """Open a transaction."""
        self.plain.begin()

    def commit(self) -> None:
        """Keep everything since `begin`."""
        self.plain.commit()

    def rollback(self) -> None:
        """Forget everything since `begin`."""
        self.plain.rollback()

    def close(self) -> None:
        """Give the connection back."""
        self.plain.close()

    def fail(self) -> None:
        """Remember that this unit must not be committed."""
        self.plain.fail()

    def rows(self, text: str, values: Sequence[Any] = ()) -> list[Row]:
        """All rows of a statement that reads, with words that people can read. Raises: KeysUnusable."""
        rows = self.plain.rows(text, values)
        return self._opened(rows) if rows and _reads_words(text) else rows

    def run(self, text: str, values: Sequence[Any] = ()) -> int:
        """How many rows a statement that writes has touched."""
        return self.plain.run(text, values)

    def run_many(self, text: str, rows: Sequence[Sequence[Any]]) -> int:
        """How many rows a statement for many has touched."""
        return self.plain.run_many(text, rows)

    def run_alone(self, text: str) -> None:
        """Run a statement outside any transaction."""
        self.plain.run_alone(text)

    def _opened(self, rows: list[Row]) -> list[Row]:
        places = [
            (at, number) for at, row in enumerate(rows) for number, one in enumerate(row) if is_sealed(one)
        ]
        if not places:
            return rows
        changed = [list(row) for row in rows]
        for (at, number), value in zip(
            places, self.keys.opened([rows[at][number] for at, number in places]), strict=True
        ):
            changed[at][number] = value
        return [tuple(row) for row in changed]


@lru_cache(maxsize=2_000)
def _reads_words(text: str) -> bool:
    return any(table.name in text for table in SEALED)


def name_of(case_id: str, form: str) -> str:
    """The key of the words of a form of a case, or of a reason (form "")."""
    return f"case/{case_id}/{class_of(form)}"


def name_of_files(case_id: str) -> str:
    """The key of the files of a case."""
    return f"case/{case_id}/{_FILES}"


def name_of_drafts(case_id: str) -> str:
    """The key of what people have typed in a case and not sent."""
    return f"case/{case_id}/{_DRAFTS}"


def name_of_said(stream: str, seq: int) -> str:
    """The key of the reason behind an entry of a stream that is no case's."""
    return f"{_BESIDE}{stream}/{seq}"


def sealed(driver: Driver, name: str, value: bytes) -> bytes:
    """A value as it is written: sealed with the key of this name, or as it is where there are no keys."""
    return driver.keys.seal(name, value) if isinstance(driver, SealingDriver) else value


def sealed_text(driver: Driver, name: str, value: str) -> str:
    """The same of a text."""
    return driver.keys.seal_text(name, value) if isinstance(driver, SealingDriver) else value


def expect_words(driver: Driver, cases_begun: Iterable[str]) -> None:
    """Have the keys ready that every case needs sooner or later."""
    if isinstance(driver, SealingDriver):
        driver.keys.ready([name_of(one, form) for one in sorted(cases_begun) for form in ("form", "")])


def seal_batch(driver: Driver, batch: Batch) -> None:
    """Have the words among the rows of steps sealed, if there are keys."""
    if isinstance(driver, SealingDriver):
        for key, (case_id, form, number, value, salt) in batch.contents.items():
            kept = driver.keys.seal(name_of(case_id, form), value)
            batch.contents[key] = (case_id, form, number, kept, salt)
        batch.attachments = [
            (case_id, digest, seq, form, driver.keys.seal(name_of_files(case_id), value))
            for case_id, digest, seq, form, value in batch.attachments
        ]


def retire(driver: Driver, names: Iterable[str]) -> None:
    """Seal nothing more with these keys, because what they sealed is being erased."""
    if isinstance(driver, SealingDriver):
        driver.keys.retire(sorted(set(names)))


def unused(driver: SealingDriver) -> list[int]:
    """The retired keys that nothing in the database is sealed with."""
    return [
        number for number, name in driver.keys.retired() if number not in set(_numbers(driver.plain, name))
    ]


def _numbers(driver: Driver, name: str) -> Iterator[int]:
    """The numbers of the keys that what may be sealed under a name is sealed with."""
    asked: Any
    if name.startswith(_BESIDE):
        stream, _, seq = name.removeprefix(_BESIDE).rpartition("/")
        asked = sa.select(statement.c.value).where(statement.c.stream == stream, statement.c.seq == int(seq))
    else:
        case_id, _, kind = name.removeprefix("case/").rpartition("/")
        table = {_FILES: attachment, _DRAFTS: unsent}.get(kind, content)
        asked = sa.select(table.c.value).where(table.c.case_id == case_id)
    for (value,) in select(driver, asked):
        if is_sealed(value):
            yield key_number(value)


def saying(
    driver: SealingDriver, words: str, *, subject: str = "", unit: str = ""
) -> Iterator[tuple[str, int]]:
    """Stream and number of entries whose reason says so, of the cases of somebody or of a unit: each is opened."""
    sought, after = words.casefold(), ("", -sys.maxsize)
    of_cases: Any = sa.select(content.c.case_id, content.c.seq, content.c.value).where(content.c.form == "")
    if subject or unit:
        named = [one == name for one, name in ((cases.c.subject, subject), (cases.c.unit, unit)) if name]
        of_cases = of_cases.where(content.c.case_id.in_(sa.select(cases.c.id).where(*named)))
    place = sa.tuple_(content.c.case_id, content.c.seq)
    of_cases = of_cases.order_by(content.c.case_id, content.c.seq).limit(_PAGE)
    while rows := select(driver, of_cases.where(place > after)):
        yield from ((f"case/{case}", seq) for case, seq, said in rows if sought in _text(said))
        after = (rows[-1][0], rows[-1][1])
    for stream, seq, said in select(
        driver, sa.select(statement.c.stream, statement.c.seq, statement.c.value)
    ):
        if sought in said.casefold():
            yield stream, seq


def _text(value: bytes) -> str:
    """What a reason says, as it is looked for."""
    try:
        return str(decode(value)).casefold()
    except DecodeError:
        return ""


def seal_page(driver: SealingDriver, table: sa.Table, after: Row | None) -> tuple[int, Row | None]:
    """Seal a page of rows that are not yet; how many were, and after which row the next page begins, if one does."""
    key = list(table.primary_key.columns)
    asked = sa.select(*key, table.c.value).order_by(*key).limit(_PAGE)
    if after is not None:
        asked = asked.where(sa.tuple_(*key) > after)
    rows = select(driver.plain, asked)
    done = 0
    for row in rows:
        *place, value = row
        if is_sealed(value):
            continue
        one = dict(zip((column.name for column in key), place, strict=True))
        name = _name_in(table, one)
        kept = (
            sealed_text(driver, name, value) if isinstance(value, str) else sealed(driver, name, bytes(value))
        )
        execute(driver, sa.update(table).where(*(table.c[at] == one[at] for at in one)).values(value=kept))
        done += 1
    return done, tuple(rows[-1][:-1]) if len(rows) == _PAGE else None


def _name_in(table: sa.Table, row: dict[str, Any]) -> str:
    if table is statement:
        return name_of_said(row["stream"], row["seq"])
    if table is content:
        return name_of(row["case_id"], row["form"])
    return name_of_files(row["case_id"]) if table is attachment else name_of_drafts(row["case_id"])
