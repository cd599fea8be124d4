"""Walking through the entries of every case, one after the other, and telling what was not lawful."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from engine.lawful.beside import HANDLERS
from engine.lawful.days import UnknownDayError, Written
from engine.lawful.moves import arrives, moves
from engine.lawful.rules import RuleBook
from engine.lawful.standing import Breach, Life, World
from engine.lawful.stops import paused_by_itself

__all__ = ["ODD", "Walk"]

#: what an entry brings about that does not hold what its kind says
ODD = (
    KeyError,
    TypeError,
    ValueError,
    AttributeError,
    IndexError,
    AssertionError,
    OverflowError,
    RecursionError,
)
#: what may still happen once a case is over
_AFTERWARDS = frozenset({
    "stayed", "corrected", "acknowledged", "followed", "released", "checked", "journal_told", "link_opened",
    "entered", "undone", "noticed", "superior_answered",
})  # fmt: skip
#: what may happen between a move and its being taken back: what is written beside the states
_HARMLESS = frozenset({"entered", "checked", "released", "journal_told", "link_opened"})


class Walk:
    """All cases of a pack, entry by entry in the order of the log. Holds one small record for each case."""

    def __init__(self, world: World, keep: Callable[[Breach], None]) -> None:
        self._world, self._keep = world, keep
        self.lives: dict[str, Life] = {}
        self.entries = 0

    def take(self, leaf: int, told: Mapping[str, Any]) -> Life | None:
        """One more entry; the case it is of, if it is of one that can be judged."""
        stream = told["stream"]
        if not stream.startswith("case/"):
            return None
        self.entries += 1
        life = self.lives.get(stream)
        if life is None:
            life = self.lives[stream] = Life(self._world, stream, self._keep)
        if life.unjudged and life.book is None:
            return life
        try:
            self._judged(life, leaf, told)
            life.note_written(told)
        except UnknownDayError as unknown:
            life.unjudged = life.unjudged or str(unknown)
        except ODD as odd:
            life.say(
                "form", f"the entry lacks what its kind says ({type(odd).__name__} {odd})", "it is told whole"
            )
            life.state = str(told.get("to", life.state))
        return life

    def _judged(self, life: Life, leaf: int, told: Mapping[str, Any]) -> None:
        life.begin(leaf, told)
        kind = str(told["kind"])
        if life.seq == 1:
            _launched(life, told)
            return
        if kind == "launched":
            life.say("begin", "the case is launched a second time", "it is launched once")
        _as_it_stood(life, told)
        if life.book is None:
            return
        if life.ended and kind not in _AFTERWARDS:
            life.say(
                "end", f"something happened ({kind}) in a case that is over", "a closed case does not move"
            )
        if life.undo is not None and kind != "undone":
            _spends(life, told)
        if kind in {"moved", "stayed"}:
            moves(life, told)
            paused_by_itself(life, told)
            return
        handler = HANDLERS.get(kind)
        if handler is None:
            life.say("form", f"an entry of the kind {kind!r}", "no such kind is known of a case")
            return
        handler(life, told)
        if told["to"] != life.state:
            life.say("way", f"{kind} led to {told['to']}", f"the case stays in {life.state}")
            life.state = str(told["to"])


def _launched(life: Life, told: Mapping[str, Any]) -> None:
    life.definition, life.cycle, life.subject = (
        str(told["definition"]), str(told["cycle"]), str(told["subject"]),
    )  # fmt: skip
    book: RuleBook | None = life.world.book(life.definition)
    if book is None:
        life.unjudged = f"the definition {life.definition[:80]} is not in the pack, or cannot be read"
        return
    life.book = book
    life.zone = life.world.zone(str(told["zone"]))
    first, last = (date.fromisoformat(one) for one in told["period"])
    life.written = Written(book.settings, told.get("windows", {}), (first, last))
    life.parent, life.link = told.get("parent", ("", ""))
    life.opened = life.today
    if told["kind"] != "launched" or told["from"] or told["visit"]:
        life.say(
            "begin",
            f"the first entry is {told['kind']} from {told['from']!r}",
            "a case begins by being launched",
        )
    if told["to"] != book.initial:
        life.say("way", f"the case began in {told['to']}", f"it begins in {book.initial}")
    arrives(life, told)
    paused_by_itself(life, told)


def _as_it_stood(life: Life, told: Mapping[str, Any]) -> None:
    """The entry follows from how the case stood: the same rules, person, state and visit."""
    same = (told["definition"], told["cycle"], told["subject"], told["case"])
    if same != (life.definition, life.cycle, life.subject, life.stream[len("case/") :]):
        if told["definition"] != life.definition:
            life.say(
                "rules", f"it is told under the rules {str(told['definition'])[:80]}",
                f"the case was launched under {life.definition}, and no migration is recorded",
            )  # fmt: skip
        else:
            life.say("begin", "cycle, subject or case are others than before", "they never change")
    if told["from"] != life.state:
        life.say("way", f"it left {told['from']}", f"the case was in {life.state}")
        if life.book is not None and told["from"] in life.book.states:
            life.state = str(told["from"])
    if told["visit"] != life.visit:
        life.say("visit", f"it is told of visit {told['visit']}", f"this is visit {life.visit}")
        if isinstance(told["visit"], int):
            life.visit = told["visit"]


def _spends(life: Life, told: Mapping[str, Any]) -> None:
    """Whether somebody acted on a move that might have been taken back."""
    assert life.undo is not None
    _, _, mover, until = life.undo
    if life.at >= until:
        return
    kind = told["kind"]
    alone = {one[0] for one in told.get("told", ())} <= {mover}
    quiet = kind == "rung" and alone and "found" not in told and "reassigned" not in told
    if not quiet and kind not in _HARMLESS and not life.spent:
        life.spent = f"entry {life.seq} ({kind})"
