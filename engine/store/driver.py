"""What both database drivers are to the rest of the store: text in, tuples out, our errors only.

Statements of the hot path are compiled from Core to the driver's own text before they are needed
(`engine.store.texts`); everything else is compiled when it is first asked. No result is converted: the tables hold
only text, integers and bytes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, Protocol, TypeAlias

from sqlalchemy import ClauseElement
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import Dialect

from engine.errors import Conflict

Row: TypeAlias = tuple[Any, ...]
Kind: TypeAlias = Literal["sqlite", "postgresql"]

DIALECTS: dict[Kind, Dialect] = {
    "sqlite": SQLiteDialect_pysqlite(paramstyle="qmark"),
    "postgresql": PGDialect_psycopg(paramstyle="format"),  # type: ignore[no-untyped-call]
}


class Driver(Protocol):
    """One connection to the database, used by one thread at a time.

    After any statement has failed, `commit` refuses: what came before it in the unit is never kept by itself.
    """

    @property
    def kind(self) -> Kind:
        """Which engine this is."""
        ...

    @property
    def usable(self) -> bool:
        """Whether the connection is between transactions and may be used again."""
        ...

    def begin(self) -> None:
        """Open a transaction: one that writes, or a snapshot to read, as the connection was made for."""
        ...

    def commit(self) -> None:
        """Keep everything since `begin`. Raises: Conflict, if something in between has failed."""
        ...

    def rollback(self) -> None:
        """Forget everything since `begin`; never raises."""
        ...

    def close(self) -> None:
        """Give the connection back."""
        ...

    def fail(self) -> None:
        """Remember that this unit must not be committed."""
        ...

    def rows(self, text: str, values: Sequence[Any] = ()) -> list[Row]:
        """All rows of a statement that reads."""
        ...

    def run(self, text: str, values: Sequence[Any] = ()) -> int:
        """How many rows a statement that writes has touched."""
        ...

    def run_many(self, text: str, rows: Sequence[Sequence[Any]]) -> int:
        """How many rows a statement for many (see `engine.store.texts`) has touched; no rows, no statement."""
        ...

    def run_alone(self, text: str) -> None:
        """Run a statement that must stand outside any transaction."""
        ...


def unit_failed() -> Conflict:
    """What a commit raises when an earlier statement of the unit has failed and somebody went on all the same."""
    return Conflict("something in this unit of work has failed; nothing of it was kept")


def compiled(kind: Kind, statement: ClauseElement) -> tuple[str, tuple[str, ...]]:
    """A statement's text for a driver, and the names of its values in the order they are handed over."""
    done: Any = statement.compile(dialect=DIALECTS[kind])
    return str(done), tuple(done.positiontup or ())


def select(driver: Driver, statement: ClauseElement) -> list[Row]:
    """The rows of a Core statement whose values are in it."""
    return driver.rows(*_with_values(driver.kind, statement))


def execute(driver: Driver, statement: ClauseElement) -> int:
    """How many rows a Core statement that writes has touched."""
    return driver.run(*_with_values(driver.kind, statement))


class Prepared:
    """A Core statement, its values named by `bindparam`: built once, and compiled once for each engine."""

    __slots__ = ("_compiled", "_statement")

    def __init__(self, statement: ClauseElement) -> None:
        self._statement = statement
        #: what was compiled, its text, its values in their order, and those of them that are always the same
        self._compiled: dict[Kind, tuple[Any, str, tuple[str, ...], Mapping[str, object]]] = {}

    def rows(self, driver: Driver, **values: object) -> list[Row]:
        """All rows with these values, one for each name."""
        return driver.rows(*self._asked(driver.kind, values))

    def run(self, driver: Driver, **values: object) -> int:
        """How many rows a statement that writes has touched, with these values."""
        return driver.run(*self._asked(driver.kind, values))

    def _asked(self, kind: Kind, values: Mapping[str, object]) -> tuple[str, tuple[Any, ...]]:
        if kind not in self._compiled:
            done: Any = self._statement.compile(dialect=DIALECTS[kind])
            same = {name: one.value for name, one in done.binds.items() if not one.required}
            self._compiled[kind] = done, str(done), tuple(done.positiontup or ()), same
        done, text, names, fixed = self._compiled[kind]
        known = {**fixed, **values}
        if done.post_compile_params:  # lists of values, of a length of their own each time
            state = done.construct_expanded_state(known)
            return state.statement, tuple(state.positional_parameters)
        return text, tuple(known[name] for name in names)


#: statements compiled before, by the engine and by what they are but for the values in them
_compiled: dict[tuple[Kind, object], Any] = {}
#: more different statements than the program has
_MOST = 2_000


def _with_values(kind: Kind, statement: ClauseElement) -> tuple[str, tuple[Any, ...]]:
    """A statement's text for a driver and its values; statements that differ in values alone are compiled once."""
    known = statement._generate_cache_key()  # noqa: SLF001 - what a Connection of SQLAlchemy keeps its own by
    if known is None:  # rows of their own number
        done: Any = statement.compile(dialect=DIALECTS[kind])
        values = done.construct_params()
    else:
        done = _compiled.get((kind, known.key))
        if done is None:
            if len(_compiled) >= _MOST:
                _compiled.clear()
            done = _compiled[kind, known.key] = statement._compiler(DIALECTS[kind], cache_key=known)  # noqa: SLF001
        values = done.construct_params(extracted_parameters=known.bindparams)
    if done.post_compile_params:  # lists of values, of a length of their own each time
        state = done.construct_expanded_state(values)
        return state.statement, tuple(state.positional_parameters)
    return str(done), tuple(values[name] for name in done.positiontup or ())
