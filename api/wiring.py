"""Where an installation is put together, by hand and in one place: database, clock, engine, outbox, channel, heartbeat.

Nothing here happens at import, and nothing is global: whoever needs an installation is handed one.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from os import urandom
from pathlib import Path

from api.demo_clock import DemoClock, Travel
from api.sealing import asking_heart, tending_of
from api.settings import Settings
from api.telemetry import (
    log_batch,
    log_beat,
    log_clock,
    log_dispatch,
    log_failure,
    log_sealing,
    log_standstill,
)
from engine.clock import Clock, SystemClock
from engine.errors import SiklusError
from engine.keys import Keys
from engine.outbox import Outbox
from engine.runtime import DueReport, Engine
from engine.runtime.clock_guard import GuardedClock
from engine.scheduler import Heartbeat
from engine.store.database import Database
from engine.store.word_keys import WordKeys
from notifications.channels import Channel, KeptChannel, MailServer, SmtpChannel
from notifications.dispatch import dispatch

#: seconds between two beats
INTERVAL = 5.0
#: messages per pass, and how long one beat goes on sending when more are waiting
_PASS = 100
_SENDING_SECONDS = 20.0
_MINUTE_US = 60_000_000
_HOUR_US = 60 * _MINUTE_US
#: a worker keeps that it is alive once in so many beats: it counts as silent after a minute (`siklus doctor`)
_SAYING_BEATS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """An installation at work. `travel` moves the business clock, and exists in a demo only."""

    settings: Settings
    database: Database
    engine: Engine
    outbox: Outbox
    channel: Channel
    #: the machine's clock: leases, retries and beats run on it, whatever the business clock says
    system: Clock
    #: that clock as beats hold it against a steady one; a demo's time moves by hand, and none is in doubt there
    guard: GuardedClock | None
    travel: Travel | None
    worker: str

    def close(self) -> None:
        """Write the looks that wait, and give the database's connections back."""
        try:
            self.engine.privacy.reads.flush()
        except SiklusError as error:
            log_failure("looks.lost", error, worker=self.worker)
        self.channel.hang_up()
        self.database.close()


def open_installation(settings: Settings, *, worker: str, system: Clock | None = None) -> Installation:
    """An installation on the database that the settings name. Raises: StoreUnusable."""
    return assemble(Database(settings.database), settings, worker=worker, system=system)


def assemble(
    database: Database,
    settings: Settings,
    *,
    worker: str,
    system: Clock | None = None,
    steady: Callable[[], int] | None = None,
) -> Installation:
    """An installation on a database that is open. In a demo no mail leaves, whatever the settings say."""
    own = SystemClock()
    machine: Clock = system or own
    keys = Keys(Path(settings.key_file)) if settings.key_file else None
    travel: Travel | None = None
    guard: GuardedClock | None = None
    if database.kind == "demo":
        standing = DemoClock(database)
        engine = Engine(database, standing, machine, keys, settings.sign_in_rules())
        travel = Travel(engine, standing)
    else:
        # A clock that is handed in is its own measure, unless another one comes with it.
        counted = steady or (own.steady if system is None else system.now)
        machine = guard = GuardedClock(machine, counted, limit=int(settings.clock_jump_minutes * _MINUTE_US))
        engine = Engine(database, machine, machine, keys, settings.sign_in_rules())
        engine.clock_watching.latest()  # from its first act on it goes by a doubt that is open
    database.open_words(WordKeys(_word_keys_of(database, settings, engine.keys), engine.keys))
    return Installation(
        settings=settings,
        database=database,
        engine=engine,
        outbox=Outbox(database, urandom),
        channel=_channel(database, settings),
        system=machine,
        guard=guard,
        travel=travel,
        worker=f"{worker}@{socket.gethostname()}",
    )


def heart(house: Installation, *, seconds: float = INTERVAL) -> Hearts:
    """The hearts of this installation, not yet beating; a beat that fails is logged, and the next one comes."""
    worker = Worker(house, seconds=seconds)
    timers = Heartbeat(
        worker.beat,
        seconds=seconds,
        failed=lambda error: log_failure("beat.failed", error, worker=house.worker),
    )
    mail = Heartbeat(
        Postman(house).beat,
        seconds=seconds,
        failed=lambda error: log_failure("mail.failed", error, worker=house.worker),
        at_once=False,
    )
    asking = asking_heart(house.database, house.settings, house.system, house.worker, seconds=seconds)
    return Hearts(timers, mail, *(one for one in [asking] if one is not None and house.settings.seal_seconds))


class Hearts:
    """A heart for timers, one for mail, and one for witnesses: a slow mail server or witness holds no timer up."""

    def __init__(self, *hearts: Heartbeat) -> None:
        self._hearts = hearts

    def start(self) -> None:
        """Begin to beat; timers at once."""
        for one in self._hearts:
            one.start()

    def stop(self) -> None:
        """Stop after the beats that are under way."""
        for one in reversed(self._hearts):
            one.stop()


class Worker:
    """Does the work of one beat after another: notice a standstill, ring what is due, follow the chart, say so."""

    def __init__(self, house: Installation, *, seconds: float = INTERVAL) -> None:
        self._house = house
        self._seconds = seconds
        self._beats = 0
        self._last: float | None = None
        self._sealing = tending_of(house.database, house.settings) if house.settings.seal_seconds else None
        #: when it last kept that it is alive
        self._said: int | None = None
        self._tidied = self._parted = 0

    def beat(self) -> DueReport:
        """One beat; what it rang. Logs a line when it stepped anything, and one for the beat, after the commits."""
        began = time.monotonic()
        house = self._house
        self._look()
        self._notice()
        done = house.engine.fire_due()
        if done.cases or done.failed:
            log_batch(
                worker=house.worker,
                cases=done.cases,
                steps=done.steps,
                failed=done.failed,
                late_us=done.late_us,
                duration_us=_us(time.monotonic() - began),
            )
        house.engine.follow_chart()
        self._part()
        house.engine.calendars.finish()
        house.engine.privacy.tend()
        self._tidy()
        self._seal()
        self._say()
        late = 0.0 if self._last is None else max(0.0, began - self._last - self._seconds)
        self._last = began
        self._beats += 1
        log_beat(
            worker=house.worker,
            beat=self._beats,
            late_us=_us(late),
            duration_us=_us(time.monotonic() - began),
        )
        return done

    def _part(self) -> None:
        """Once a minute let accounts follow the chart: those of people who left, or are back."""
        house, now = self._house, self._house.system.now()
        if now - self._parted >= _MINUTE_US:
            house.engine.accounts.leaving.follow(house.engine.chart, house.engine.now())
            self._parted = now

    def _say(self) -> None:
        """Keep that this worker is alive, not at every beat: one that finds nothing to do writes nothing."""
        now = self._now()
        if self._said is not None and 0 <= now - self._said < _us(_SAYING_BEATS * self._seconds):
            return
        with self._house.database.write() as unit:
            unit.put_beat(self._house.worker, now)
        self._said = now

    def _seal(self) -> None:
        """Seal what was told, and log it; what is wrong with the log is an alarm, and holds no timer up."""
        if self._sealing is None:
            return
        done = self._sealing.beat(self._house.system.now())
        if done is not None and (done.added or done.problems):
            log_sealing(
                worker=self._house.worker, added=done.added, size=done.size, problems=len(done.problems)
            )

    def _tidy(self) -> None:
        """Once an hour forget sessions that are over, with the addresses in them, and tries that no longer count."""
        house, now = self._house, self._house.system.now()
        if now - self._tidied >= _HOUR_US:
            house.engine.sessions.tidy()
            house.engine.rates.tidy()
            self._tidied = now

    def _look(self) -> None:
        """Hold the clock against a steady one: what is not believed keeps everything from happening by itself."""
        house = self._house
        if house.guard is not None:
            seen = house.engine.clock_watching.look(house.guard, house.worker)
            if seen not in {"fine", "lasts", "obeyed"}:
                log_clock(worker=house.worker, seen=seen)

    def _now(self) -> int:
        """The instant beats are kept at: the machine's, as far as it is believed."""
        house = self._house
        return house.system.now() if house.travel is not None else house.engine.now()

    def _notice(self) -> None:
        """Tell of a standstill that ends with this beat; a demo's time moves by hand and never stands still."""
        house, settings = self._house, self._house.settings
        if house.travel is not None:
            return
        still = house.engine.standstills.notice(
            house.worker,
            self._now(),
            longer_than=int(settings.standstill_hours * _HOUR_US),
            policy=settings.catch_up,
        )
        if still is not None:
            log_standstill(worker=house.worker, length_us=still.to_at - still.from_at, policy=still.policy)


class Postman:
    """Sends the mail that waits, one beat after another."""

    def __init__(self, house: Installation) -> None:
        self._house = house

    def beat(self) -> None:
        """Send what waits, in passes, until nothing is left or the time for it is used up."""
        house, until = self._house, time.monotonic() + _SENDING_SECONDS
        while time.monotonic() < until:
            sent = dispatch(
                house.engine,
                house.outbox,
                house.channel,
                house.system,
                base_url=house.settings.base_url,
                limit=_PASS,
            )
            if sent.claimed:
                log_dispatch(
                    worker=house.worker, claimed=sent.claimed, outcomes=sent.outcomes, failures=sent.failures
                )
            if sent.claimed < _PASS or sent.left:
                return


def _word_keys_of(database: Database, settings: Settings, keys: Keys) -> Path:
    """Where the keys of words are: beside siklus.key those of siklus.db are in siklus-words.keys."""
    beside = Path(database.name if database.engine == "sqlite" else "siklus.db")
    return Path(settings.word_keys_file or keys.path.with_name(f"{beside.stem}-words.keys"))


def _channel(database: Database, settings: Settings) -> Channel:
    """The way mail takes: over SMTP, or nowhere in a demo and where no mail server is named."""
    if database.kind == "demo" or not settings.smtp_host:
        return KeptChannel(settings.smtp_from)
    return SmtpChannel(
        MailServer(
            host=settings.smtp_host,
            port=settings.smtp_port,
            encryption=settings.smtp_encryption,
            user=settings.smtp_user,
            password=settings.smtp_password.get_secret_value(),
            sender=settings.smtp_from,
        )
    )


def _us(seconds: float) -> int:
    return int(seconds * 1_000_000)
