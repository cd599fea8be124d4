"""A clock in doubt, as one fact of the database that every process goes by: noticed, counted through, accepted or over.

While it lasts nothing happens by itself, people go on working, and time is what was counted on (`Library.now`).
"""

from __future__ import annotations

from engine.core.audit import Entry, commitment
from engine.core.clock_doubt import STREAM, Doubt, Seen, SetBack, Verdict, judge
from engine.core.codec import canonical, decoder, encode, replace
from engine.core.permitting import demand_reason
from engine.core.privacy.official import Official
from engine.errors import Conflict, NotYours
from engine.runtime.clock_guard import GuardedClock
from engine.runtime.library import DOUBT, Library
from engine.store import accounts, queries
from engine.store.database import Database
from engine.store.unit import Unit
from engine.store.view import View

__all__ = ["ClockWatching"]

#: the fact of the database that holds when the clock was last seen to go back
_SET_BACK = "clock_set_back"

_set_back = decoder(SetBack)


class ClockWatching:
    """Holds clocks against each other, and tells what came of it."""

    def __init__(self, database: Database, library: Library) -> None:
        self._database = database
        self._library = library

    def look(self, guard: GuardedClock, worker: str) -> Seen:
        """What a beat of a worker sees of its clocks; as a rule they agree, and the database is asked nothing."""
        alone = judge(guard.watch, guard.tick(), None, worker=worker, limit=guard.limit)
        if alone.seen == "fine" and not guard.watch.fresh and not guard.watch.doubt:
            guard.watch = alone.watch
            return "fine"  # a doubt of another machine is met where it holds things back
        with self._database.read() as view:
            seen = self._judged(view, guard, worker)
        if seen.doubt is not None or seen.seen == "back":
            with self._database.write() as held:
                held.hold(STREAM)  # of two who see the same, the second finds what the first has told
                seen = self._judged(held, guard, worker)
                self._keep(held, guard, seen, worker)
            with self._database.read() as view:
                self._library.doubt(view)  # from here on this process goes by what is kept
        guard.watch = seen.watch
        return seen.seen

    def latest(self) -> Doubt | None:
        """The latest doubt, open or over; None if there was none."""
        with self._database.read() as view:
            return self._library.doubt(view)

    def latest_set_back(self) -> SetBack | None:
        """When the clock was last seen to go back; None if it never was."""
        with self._database.read() as view:
            return self._set_back(view)

    def history(self) -> tuple[tuple[Entry, str], ...]:
        """Everything that was seen of clocks, oldest first, each with the reason that was given for it, if any."""
        with self._database.read() as view:
            reasons = view.statements(STREAM)
            return tuple((one, reasons.get(one.seq, "")) for one in queries.history(view, STREAM))

    def accept(self, *, who: Official | None, reason: str) -> Doubt:
        """Say that the clock is right: what is due by it may happen from now on. Without `who` the operator says so.

        Raises: ReasonMissing, NotYours (no administrator), Conflict (no clock is in doubt).
        """
        told = demand_reason(reason)
        if who is not None and "administrator" not in who.roles:
            raise NotYours(
                "that a clock is right is said by an administrator, or by whoever runs the installation"
            )
        with self._database.write() as held:
            held.hold(STREAM)
            doubt = self._library.doubt(held)
            if doubt is None or not doubt.is_open:
                raise Conflict("no clock is in doubt; what is due happens by itself")
            over = replace(doubt, state="accepted")
            salt = self._library.salt()
            facts = {
                "actor": {"operator": True} if who is None else who.facts(),
                "doubt": doubt.id,
                "ahead_us": doubt.ahead_us,
                "content": {"reason": commitment("reason", canonical(told), salt)},
            }
            entry = held.append(STREAM, "clock_accepted", doubt.believed_at, facts)
            held.put_statement(STREAM, entry.seq, told, salt)
            held.put_meta(DOUBT, encode(over).decode())
        return over

    def _judged(self, view: View, guard: GuardedClock, worker: str) -> Verdict:
        now, kept = guard.tick(), self._library.doubt(view)
        verdict = judge(guard.watch, now, kept, worker=worker, limit=guard.limit)
        if not guard.watch.fresh or verdict.seen != "fine":
            return verdict
        # No steady clock reaches beyond the start of a process; but time that has been told is not told again.
        told = max((one.at for one in view.beats()), default=now.wall)
        return verdict._replace(seen="back") if now.wall < told - guard.limit else verdict

    def _keep(self, held: Unit, guard: GuardedClock, verdict: Verdict, worker: str) -> None:
        """Tell of what has changed; a clock that several processes saw go back is told once."""
        doubt = verdict.doubt
        if doubt is not None:
            if verdict.seen != "lasts":
                self._tell(held, verdict.seen, doubt)
            held.put_meta(DOUBT, encode(doubt).decode())
        elif verdict.seen == "back":
            latest = max((one.at for one in held.beats()), default=guard.watch.base.wall)
            back = SetBack(
                worker=worker, from_at=max(latest, guard.watch.base.wall), to_at=verdict.watch.base.wall
            )
            known = self._set_back(held)
            if known is None or not _same(known, back, guard.limit):
                facts = {"worker": worker, "from": back.from_at, "to": back.to_at}
                held.append(STREAM, "clock_set_back", back.to_at, facts)
                held.put_meta(_SET_BACK, encode(back).decode())
            for beat in held.beats():  # a standstill is noticed by them, and none of them lies ahead
                if beat.at > back.to_at:
                    held.put_beat(beat.worker, back.to_at)

    def _tell(self, held: Unit, seen: Seen, doubt: Doubt) -> None:
        facts = {
            "doubt": doubt.id,
            "worker": doubt.worker,
            "since": doubt.since_at,
            "said": doubt.told_at,
            "ahead_us": doubt.ahead_us,
        }
        held.append(STREAM, f"clock_{seen}", doubt.believed_at, facts)
        if seen != "doubted":
            return
        chart = self._library.chart(held)
        known = [accounts.account_of(held.driver, id=name) for name in accounts.administrators(held.driver)]
        for person in sorted({one.person for one in known if one is not None and chart.history(one.person)}):
            data = {"doubt": doubt.id, "since": doubt.since_at, "ahead_us": doubt.ahead_us}
            held.tell(person, "clock_doubted", f"{doubt.id}/{person}", data, doubt.believed_at)

    @staticmethod
    def _set_back(view: View) -> SetBack | None:
        told = view.meta(_SET_BACK)
        return _set_back.decode(told) if told else None


def _same(known: SetBack, seen: SetBack, limit: int) -> bool:
    """Whether another process told of it already."""
    return abs(known.from_at - seen.from_at) <= limit and abs(known.to_at - seen.to_at) <= limit
