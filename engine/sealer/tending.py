"""The sealer within a worker: seals every few seconds, tells the heads once a day, says what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from engine.core.codec import canonical, decode
from engine.core.sealing.heads import Head, heads_root
from engine.errors import KeysUnusable, LogDamaged, SealerUnusable
from engine.sealer.sealing import Sealer, Sealing
from engine.store import Database, sealing, streams

__all__ = ["ALARM", "STREAM", "Alarm", "Standing", "Tending", "standing", "tell_heads"]

#: the stream in which the log tells of itself
STREAM = "log"
#: the fact of the database that says what is wrong with the log
ALARM = "log_alarm"
_DAY_US = 86_400_000_000
_MOST_PROBLEMS = 20


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
            tell_heads(self._database, now)
            done = self._sealer.seal(now, thorough=self._thorough)
        except LogDamaged as error:
            self._raise(now, error.problems)
            return None
        except (KeysUnusable, SealerUnusable) as error:
            self._raise(now, (error.message,))
            return None
        self._raise(now, done.problems)
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


def tell_heads(database: Database, now: int, *, at_once: bool = False) -> bool:
    """Tell the heads of all streams, if they were not told for a day and the log has grown; whether it was done."""
    with database.read() as view:
        last = streams.latest(view.driver, STREAM, limit=1)
        told = next((one for one in last if one.kind == "heads"), None)
        size = sealing.size(view.driver)
        if not size or (not at_once and told is not None and 0 <= now - told.at < _DAY_US):
            return False
        if told is not None and decode(told.body)["size"] >= size - 1:
            return False
        heads = sealing.heads_at(view.driver, size)
    with database.write() as unit:
        facts = {
            "actor": {"timer": True},
            "size": size,
            "count": len(heads),
            "root": heads_root(map(_head, heads)),
        }
        unit.append(STREAM, "heads", now, facts)
    return True


def standing(database: Database) -> Standing:
    """How the log stands, without looking at every entry."""
    with database.read() as view:
        point = sealing.latest(view.driver)
        return Standing(
            origin=view.meta("log_origin") or "",
            size=sealing.size(view.driver),
            signed=point.size if point else 0,
            signed_at=point.at if point else None,
            alarm=_alarm(view.meta(ALARM) or ""),
        )


def _head(row: tuple[str, int, str]) -> Head:
    stream, seq, chained = row
    return Head(stream=stream, seq=seq, hash=chained)


def _alarm(text: str) -> Alarm | None:
    if not text:
        return None
    told = decode(text)
    return Alarm(since=told["since"], problems=tuple(told["problems"]))
