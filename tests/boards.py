"""An agency in which everybody of two units is rated and waits for the session of their unit."""

from __future__ import annotations

from datetime import date

from engine.core.case import Case
from engine.core.command import Actor
from engine.runtime import Engine
from tests.runtime.conftest import NOBODY, TWO_UNITS, HandClock, set_up
from tests.worlds import ROOT

DAY = date(2026, 12, 1)
#: the results that people get, one after the other, on both sides
MARKS = ("above", "as", "below")


def rated(url: str, clock: HandClock, people: bytes = TWO_UNITS) -> Engine:
    """Everybody rated on one day: so many of one cell that not all of them are hidden."""
    clock.put(DAY)
    engine = set_up(url, clock, definition="tests/definitions/board/member", people=people)
    rules, texts = (ROOT / f"tests/definitions/board/session{end}" for end in (".yaml", ".texts.yaml"))
    engine.publish(
        rules.read_text(encoding="utf-8"),
        texts.read_text(encoding="utf-8"),
        name=rules.name,
        texts_name=texts.name,
        actor=NOBODY,
    )
    engine.launch("session", opens=DAY, year=2026, actor=NOBODY)
    engine.launch("member", opens=DAY, year=2026, actor=NOBODY)
    rate_all(engine)
    return engine


def rate_all(engine: Engine) -> None:
    """Rate everybody who waits for it."""
    waiting = [one for one in engine.cases(limit=500) if one.state == "rater_rates"]
    for number, one in enumerate(waiting):
        assert one.task is not None
        rating = {
            "results": MARKS[number // 3 % 3 if number % 4 else 0],
            "behaviour": MARKS[number % 3],
            "reasons": "sesuai bukti",
        }
        engine.fire(one.id, "rate", actor=Actor(person=one.task.holder), forms={"rating": rating})
    engine.fire_due()


def session_of(engine: Engine, unit: str) -> Case:
    """The session of a unit."""
    return next(one for one in engine.cases(limit=500) if one.unit == unit and one.cycle == "session-2026")


def member_of(engine: Engine, name: str) -> Case:
    """The case of a member by the beginning of their name."""
    key = next(one.key for one in engine.chart.segments if one.name.startswith(name))
    return next(one for one in engine.cases(subject=key) if one.cycle == "member-2026")
