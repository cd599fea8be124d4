"""The sealer within a worker: seals every few seconds, tells the heads once a day, says what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from engine.core.codec import canonical, decode
from engine.errors import Conflict, KeysUnusable, LogDamaged, SealerUnusable
from engine.sealer.sealing import ORIGIN, STREAM, Sealer, Sealing
from engine.sealer.tracing import trace_leaves
from engine.store import Database, sealing, streams

__all__ = ["ALARM", "Alarm", "Standing", "Tending", "heads_due", "standing"]

#: the fact of the database that says what is wrong with the log
ALARM = "log_alarm"
_DAY_US = 86_400_000_000
_MOST_PROBLEMS = 20
#: leaves made ready to be looked up at one beat
_MOST_TRACED = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """What is wrong with the log, and since when it is known, by the machine's clock."""

    since: int
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How the log stands: leaves, how many of them are signed, when that was (None: never), and what is wrong."""

    origin: str
    size: int
    signed: int
    signed_at: int | None
    alarm: Alarm | None


class Tending:
    """Seals with the beats of a worker, no more often than every so many microseconds.

    The sealer is put together at the first beat: what keeps it from working is an alarm, and stops no timer.
    """

    def __init__(
        self, database: Database, sealer: Callable[[], Sealer], *, every_us: int, thorough: bool = False
    ) -> None:
        self._database = database
        self._opens = sealer
        self._sealer: Sealer | None = None
        self._every_us = every_us
        self._thorough = thorough
        self._last: int | None = None
        #: leaves that can be looked up
        self._traced = 0

    def beat(self, now: int) -> Sealing | None:
        """Seal, if it is time again; what came of it. What is wrong is kept where doctor and health see it."""
        if self._last is not None and 0 <= now - self._last < self._every_us:
            return None
        self._last = now
        return self.seal(now)

    def seal(self, now: int) -> Sealing | None:
        """Seal now; None if nothing could be signed, which the alarm then tells."""
        try:
            if self._sealer is None:
                self._sealer = self._opens()
            due = heads_due(self._database, now)
            done = self._sealer.seal_heads(now) if due else self._sealer.seal(now, thorough=self._thorough)
        except LogDamaged as error:
            self._raise(now, error.problems)
            return None
        except (KeysUnusable, SealerUnusable) as error:
            self._sealer = None  # what has changed meanwhile is seen when it is put together again
            self._raise(now, (error.message,))
            return None
        except Conflict:
            return None  # another sealer is at work: the next pass sees what it did
        self._raise(now, done.problems)
        if self._traced < done.size:
            self._traced = trace_leaves(self._database, most=_MOST_TRACED)
        return done

    def _raise(self, now: int, problems: tuple[str, ...]) -> None:
        """Keep what is wrong, or that nothing is, if that has changed."""
        with self._database.read() as view:
            before = view.meta(ALARM) or ""
        known = _alarm(before)
        if (known.problems if known else ()) == problems[:_MOST_PROBLEMS]:
            return
        said = (
            canonical({"since": now, "problems": list(problems[:_MOST_PROBLEMS])}).decode()
            if problems
            else ""
        )
        with self._database.write() as unit:
            unit.put_meta(ALARM, said)


def heads_due(database: Database, now: int) -> bool:
    """Whether the heads of all streams were not told for a day and the log has grown since."""
    with database.read() as view:
        size = sealing.size(view.driver)
        told = sealing.leaves_of_kind(view.driver, STREAM, "heads", size, last=True)
        if not size:
            return False
        if not told:
            return True
        index, body = told[-1]
        at = streams.history(view.driver, STREAM, decode(body)["seq"] - 1, 1)[0].at
        return index < size - 1 and not 0 <= now - at < _DAY_US


def standing(database: Database) -> Standing:
    """How the log stands, without looking at every entry."""
    with database.read() as view:
        point = sealing.latest(view.driver)
        return Standing(
            origin=view.meta(ORIGIN) or "",
            size=sealing.size(view.driver),
            signed=point.size if point else 0,
            signed_at=point.at if point else None,
            alarm=_alarm(view.meta(ALARM) or ""),
        )


def _alarm(text: str) -> Alarm | None:
    if not text:
        return None
    told = decode(text)
    return Alarm(since=told["since"], problems=tuple(told["problems"]))
