"""Which act is tried at a case next: mostly what makes sense where it stands, sometimes not."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

from tests.model.asked import Act, Kind
from tests.model.clocks import HOURS
from tests.model.life import Life
from tests.model.office import NAMES
from tests.model.rules import LEAVES, MOVES
from tests.model.world import World

_ACTS = ("submit", "agree", "return", "close", "finish", "opine", "answer", "correction", "nonsense")
_UNITS = ("working days", "days", "weeks")
#: so many brisk offices of how many
_BRISK, _OF = 2, 5
_STEERING: tuple[Kind, ...] = ("extend", "pause", "resume", "reassign", "remind", "notice", "recount")
_PAUSES = ("outage", "outage", "leave", "flood", "dispute", "superior_plan", "elsewhere")


def is_brisk(office: int) -> bool:
    """Whether people of an office mostly do what they are asked, so that its cases come to their ends."""
    return office % _OF < _BRISK


class Choosing:
    """Chooses acts from a fixed seed, looking at the model to know what makes sense."""

    def __init__(self, seed: str, world: World) -> None:
        self._random = random.Random(seed)
        self._world, self._lives = world, world.kin.lives
        #: whether any decree came
        self._decreed = False

    def _act(self, life: Life) -> Act:
        own = "d" if self._chance(0.75) else life.helper or "d" if self._chance(0.7) else self._anybody()
        by, behalf = self._for_another(life, own)
        weights = {**self._weights(life), **self._journal_weights(life)}
        kind = self._random.choices(list(weights), list(weights.values()))[0]
        told: dict[str, Any] = {"by": by, "behalf": behalf, "mute": self._chance(0.03)}
        draw = getattr(self, f"_draw_{kind}", None)
        told |= {} if draw is None else draw(life)
        return Act(case=life.case, part=life.part, kind=kind, **told)

    def _weights(self, life: Life) -> dict[Kind, float]:
        if life.ended:
            return {
                "fire": 10.0 if self._may_be_corrected(life) else 0.3,
                **dict.fromkeys(_STEERING, 0.1),
            } | {
                "acknowledge": 8.0 if life.looks else 0.1 if life.rules.promises else 0.0,
                "question": 0.05,
                "reply": 8.0 if life.question else 0.05,
            }
        few = len(life.asked) > len(life.waiting) == 1
        return {
            "fire": (60.0 if life.parted else 30.0 if is_brisk(life.case) else 4.0) if life.waiting else 0.3,
            "extend": 4.0 if life.waiting else 0.3,
            "pause": 4.0 if not life.pauses else 1.5,
            "resume": 8.0 if life.own_pauses not in ([], life.pauses) else 4.0 if life.own_pauses else 0.3,
            "reassign": 12.0 if few else 3.0 if life.waiting and life.holder != "e" else 0.3,
            "remind": 1.0,
            "undo": 25.0 if life.undoable is not None and self._world.now < life.undoable.until else 0.2,
            "notice": 1.2 if self._has_open(life) else 0.2 if is_brisk(life.case) else 0.7,
            "acknowledge": 4.0 if life.looks else 0.1 if life.rules.promises else 0.0,
            "question": 0.1 if life.question else 1.0,
            "reply": 2.0 if life.question else 0.05,
            "recount": 3.0 if self._decreed else 0.2,
        }

    def _journal_weights(self, life: Life) -> dict[Kind, float]:
        if not life.rules.journals:
            return {}
        daily, remarks, voices = (life.book(name) for name in life.rules.journals)
        if life.ended:
            return {
                "add": 0.1,
                "check": 0.1,
                "show": 2.0 if remarks.held else 0.1,
                "invite": 0.1,
                "visit": 0.2,
            }
        inside = life.is_within(life.rules.journals["voices"])
        return {
            "add": 3.0,
            "check": 3.0 if daily.unchecked else 0.1,
            "show": 3.0 if remarks.held else 0.1,
            "invite": 6.0 if inside and not voices.link else 0.2,
            "visit": 5.0 if voices.link else 0.1,
        }

    def _draw_fire(self, life: Life) -> dict[str, Any]:
        acts = ["correction"] if self._may_be_corrected(life) else [name for name, _ in life.here.acts]
        people = life.waiting or (["e", "d"] if life.ended else [])
        usual = self._random.choice(people) if people else ""
        by, behalf = self._for_another(life, usual if usual and self._chance(0.9) else self._anybody())
        known = acts if acts and self._chance(0.9) else [*_ACTS]
        return {"by": by, "behalf": behalf, "what": self._random.choice(known)}

    def _has_open(self, life: Life) -> bool:
        """Whether a case would end with this one."""
        return any(not one.ended for one in life.children("aside"))

    def _may_be_corrected(self, life: Life) -> bool:
        return life.state == life.rules.corrected

    def _draw_acknowledge(self, life: Life) -> dict[str, Any]:
        numbers = [*life.looks] if life.looks and self._chance(0.9) else [*range(len(life.stands))]
        return {"what": str(self._random.choice(numbers))}

    def _draw_question(self, _: Life) -> dict[str, Any]:
        return {"by": "e" if self._chance(0.9) else self._anybody(), "behalf": ""}

    def _draw_reply(self, _: Life) -> dict[str, Any]:
        return {"what": "corrected" if self._chance(0.5) else "right"}

    def _draw_undo(self, life: Life) -> dict[str, Any]:
        by = life.undoable.by if life.undoable is not None and self._chance(0.9) else self._anybody()
        return {"by": by}

    def _draw_notice(self, life: Life) -> dict[str, Any]:
        leaves = 16 if self._has_open(life) else 2
        fact = self._random.choices((MOVES, LEAVES, "it rains"), (8, leaves, 1))[0]
        return {"behalf": "", "what": fact}

    def _draw_extend(self, _: Life) -> dict[str, Any]:
        amount, unit = self._random.randint(0, 8), self._random.choice(_UNITS)
        return {"amount": amount, "unit": unit, "restarted": self._chance(0.3)}

    def _draw_pause(self, _: Life) -> dict[str, Any]:
        return {"what": self._random.choice(_PAUSES)}

    def _draw_reassign(self, _: Life) -> dict[str, Any]:
        return {"what": "d" if self._chance(0.2) else self._anybody()}

    def _draw_recount(self, _: Life) -> dict[str, Any]:
        return {"by": "d", "behalf": "", "past": "keep" if self._chance(0.6) else "move"}

    def _draw_add(self, life: Life) -> dict[str, Any]:
        journal = self._journal("daily" if self._chance(0.7) else "remarks")
        rater = life.office.rater(date.fromordinal(self._world.now // HOURS))
        ago = self._random.choice((0, 0, 0, 0, 1, 2, 3, 4, -1))
        if journal == "remarks" and self._chance(0.9):
            ago = 0
        usual = {"daily": ("e", "h"), "remarks": (rater, "d")}.get(journal, ("d", "x"))
        return {**self._usually(life, *usual), "what": journal, "amount": ago}

    def _draw_check(self, life: Life) -> dict[str, Any]:
        journal = self._journal("daily")
        rater = life.office.rater(date.fromordinal(self._world.now // HOURS))
        numbers = self._numbers([*life.book(journal).unchecked], life.book(journal).count)
        return {**self._usually(life, rater), "what": journal, "numbers": numbers, "again": self._chance(0.3)}

    def _draw_show(self, life: Life) -> dict[str, Any]:
        journal = self._journal("remarks")
        numbers = self._numbers(sorted(life.book(journal).held), life.book(journal).count)
        return {
            **self._usually(life, "d", "x"),
            "what": journal,
            "numbers": numbers,
            "again": self._chance(0.3),
        }

    def _draw_invite(self, life: Life) -> dict[str, Any]:
        return {**self._usually(life, "d", "x"), "what": self._journal("voices")}

    def _draw_visit(self, _: Life) -> dict[str, Any]:
        return {"by": "", "behalf": "", "what": "voices", "again": self._chance(0.1)}

    def _journal(self, usual: str) -> str:
        return usual if self._chance(0.95) else self._random.choice(("daily", "remarks", "voices"))

    def _numbers(self, waiting: list[int], count: int) -> tuple[int, ...]:
        some = waiting if waiting and self._chance(0.9) else [*range(1, count + 2)]
        least = 0 if self._chance(0.1) else 1
        return tuple(self._random.sample(some, self._random.randint(least, len(some))))

    def _usually(self, life: Life, *people: str) -> dict[str, str]:
        """One of these people, or somebody for them, or just anybody."""
        usual = self._random.choice(people) if self._chance(0.9) else self._anybody()
        by, behalf = self._for_another(life, usual)
        return {"by": by, "behalf": behalf}

    def _for_another(self, life: Life, by: str) -> tuple[str, str]:
        """Sometimes whoever it was delegated to does it, and sometimes says for whom."""
        ways = [(name, life.office.ways(name, self._world.now)) for name in NAMES]
        takers = [name for name, found in ways for way in found if way[0].giver == by for _ in way]
        if not takers or self._chance(0.25):
            return by, ""
        behalf = by if self._chance(0.4) else self._anybody() if self._chance(0.1) else ""
        return self._random.choice(takers), behalf

    def _anybody(self) -> str:
        return self._random.choice(NAMES)

    def _chance(self, share: float) -> bool:
        return self._random.random() < share
