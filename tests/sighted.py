"""A case of the definition in which everything may be hidden, brought to where a test wants it on a real engine."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from engine.core.command import Actor, AddEntry
from engine.core.gather_acts import ANSWER
from engine.runtime import CaseView, Engine
from tests.runtime.conftest import NOBODY, HandClock, set_up

SIGHTED = "tests/definitions/sighted"
SUBJECT, RATER, REVIEWER = "Fadli Hunowu", "Nur Aida Pakaya", "Wirda Lasena"
DESK, STRANGER = "Zulkifli Ibura", "Salma Utiarahman"
PEERS = ("Sri Wahyuni Botutihe", "Iqbal Mantali", "Dian Purnama Igirisa")
MONDAY = date(2026, 3, 2)


@dataclass
class Sighted:
    """One case, its people by name, and what stands written in it."""

    engine: Engine
    clock: HandClock
    words: int = 0
    said: dict[str, Any] = field(default_factory=dict)

    def key(self, name: str) -> str:
        return next(one.key for one in self.engine.chart.segments if one.name.startswith(name))

    @property
    def case_id(self) -> str:
        return self.engine.cases(subject=self.key(SUBJECT))[0].id

    @property
    def state(self) -> str:
        return self.seen_by(None).case.state

    def seen_by(self, name: str | None) -> CaseView:
        """The case as somebody sees it."""
        return self.engine.case(self.case_id, self.key(name) if name is not None else None)

    def points(self, name: str) -> object:
        """The points of the rating as somebody reads them; None if they read none."""
        return self.seen_by(name).contents.get("rating", {}).get("points")

    def fire(self, trigger: str, by: str, reason: str = "", **forms: Any) -> None:
        self.clock.instant += 60_000_000
        actor = Actor(person=self.key(by))
        seen = self.engine.case(self.case_id, actor.person).digest if trigger == "sign" else ""
        self.engine.fire(self.case_id, trigger, actor=actor, forms=forms, reason=reason, seen=seen)
        self.settle()

    def settle(self) -> None:
        """Let everything happen that is due."""
        assert () == self.engine.fire_due().failed

    def remark(self, by: str, says: str) -> None:
        self.clock.instant += 60_000_000
        entry = AddEntry(
            journal="remarks", values={"says": says, "proof": []}, actor=Actor(person=self.key(by))
        )
        self.engine.obey(self.case_id, entry)

    def running(self) -> None:
        """Planned and agreed."""
        plan = {"goals": [{"title": "satu", "weight": 100}], "help": "bantuan", "sources": []}
        self.fire("submit", SUBJECT, plan=plan)
        self.fire("agree", RATER)

    def asking(self) -> None:
        """Peers are asked for their views."""
        self.running()
        self.fire("stop", RATER, reason="waktunya")
        peers = [self.key(one) for one in PEERS]
        self.fire("name", RATER, nomination={"peers": peers, "why": "dekat"})

    def rating(self) -> None:
        """The rater rates, with the views of three peers: 4, 5 and 6."""
        self.asking()
        for marks, peer in enumerate(PEERS, 4):
            self.fire(ANSWER, peer, view={"marks": marks, "fair": "fair", "comment": f"kata {marks}"})

    def rate(self, points: str, *, by: str = RATER, trigger: str = "rate") -> None:
        """A rating with these points is given."""
        self.fire(trigger, by, rating=self.rated(points))

    def rated(self, points: str, **other: Any) -> dict[str, Any]:
        """A rating with these points."""
        return {
            "goal": 1,
            "level": "as",
            "points": points,
            "seen": "2026-03-01",
            "calm": 5,
            "ticks": {"greets": "seen", "explains": "seen"},
            "steps": [{"what": "langkah"}],
            "reasons": f"alasan {points}",
            "proof": [],
            **other,
        }

    def disclosed(self, points: str = "60.00") -> None:
        """Rated, looked at and disclosed."""
        self.rating()
        self.rate(points)
        self.fire("seen", REVIEWER)

    def reopened(self) -> None:
        """Sent back to the rater after the disclosure of sixty points."""
        self.disclosed()
        self.fire("reopen", DESK, reason="salah hitung")


def sighted(place: str | Path) -> Sighted:
    """A new engine with one launched cycle."""
    clock = HandClock()
    clock.put(MONDAY)
    engine = set_up(str(place), clock, definition=SIGHTED)
    engine.launch("sighted", opens=MONDAY, actor=NOBODY)
    return Sighted(engine=engine, clock=clock)
