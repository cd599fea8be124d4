"""What tests of the runtime interrupt: acts and sweeps of an engine that ends itself before its n-th statement."""

from __future__ import annotations

from datetime import timedelta

from engine.core.command import OPERATOR, Actor, Fire, Undo
from engine.runtime import Engine, calendaring, cancelling, outages
from engine.store import Database, queries
from engine.store.failpoints import killing_at
from tests.runtime.bulks import admit, most_of
from tests.runtime.conftest import OPENING, HandClock
from tests.runtime.storms import DECREED, WOKE, leave_declared
from tests.worlds import HOUR, plan

_DAY = 24 * HOUR


def load(url: str, *_: str) -> None:
    """Have the rules of all cases compiled, for every child."""
    engine = Engine(Database(url), HandClock())
    with engine.database.read() as view:
        machines = {case.definition for case in queries.cases(view, limit=500)}
        for digest in machines:
            engine._library.machine(view, digest)
    engine.database.close()


def act(url: str, case_id: str, person: str, number: str) -> None:
    """An employee hands in a plan, once."""
    engine = _engine(url, number, HandClock())
    engine.fire(case_id, "submit", actor=Actor(person=person), forms={"plan": plan(100)}, key="once")


def take_back(url: str, case_id: str, person: str, number: str) -> None:
    """An employee takes their plan back."""
    _engine(url, number, HandClock()).obey(case_id, Undo(actor=Actor(person=person)))


def sweep(url: str, *told: str) -> None:
    """Whatever is due five days later comes."""
    engine = _engine(url, told[-1], clock := HandClock())
    clock.instant += 5 * _DAY
    engine.fire_due()


def storm(url: str, number: str) -> None:
    """An engine wakes after a month."""
    engine = _engine(url, number, clock := HandClock())
    clock.put(WOKE)
    engine.standstills.notice("after", clock.instant, longer_than=_DAY, policy="collapse")
    engine._passing.fire_due(batch=2)
    engine.fire_due()


def calendar(url: str, number: str) -> None:
    """Collective leave is declared."""
    calendaring.BATCH = 2
    engine = _engine(url, number, clock := HandClock())
    clock.put(DECREED)
    desk = Actor(person=engine.person_keys()["DESK"])
    engine.calendars.apply(leave_declared(), actor=desk, reason="cuti bersama")


def outage(url: str, number: str) -> None:
    """Work stands still from two days after the launch on."""
    _stand_still(url, number, None)


def past_outage(url: str, number: str) -> None:
    """The same, told when work goes on already."""
    _stand_still(url, number, 4)


def _stand_still(url: str, number: str, last: int | None) -> None:
    outages._BATCH = 2
    engine = _engine(url, number, clock := HandClock())
    clock.put(OPENING + timedelta(days=9))
    until = None if last is None else OPENING + timedelta(days=last)
    engine.outages.begin("", OPENING + timedelta(days=2), last=until, actor=OPERATOR, reason="banjir")


def _engine(url: str, number: str, clock: HandClock) -> Engine:
    return Engine(Database(url, failpoint=killing_at(int(number))), clock)


def bulk(url: str, number: str) -> None:
    """The busiest rater agrees to all plans at once."""
    engine = _engine(url, number, HandClock())
    rater, rows = most_of(engine)
    agree = Fire(trigger="agree", actor=Actor(person=rater))
    engine.bulk.apply(rows, agree, key="once", admits=admit)


def cancel(url: str, number: str) -> None:
    """The cycle is cancelled as a whole."""
    cancelling.BATCH = 5
    engine = _engine(url, number, HandClock())
    engine.cancellations.ask("asn-tahunan-2026", actor=OPERATOR, reason="salah tanggal")
