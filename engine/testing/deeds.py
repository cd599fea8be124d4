"""What happens in one step of an example: an act, a fact, steering, something in a journal; read from its keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from engine.core.complaints import say
from engine.core.correction_acts import corrections_of
from engine.core.definition import Definition
from engine.core.gather_acts import ANSWER, DECLINE, EDIT, SIGN
from engine.core.journaling import is_outside
from engine.core.moments import Duration
from engine.core.parse.nodes import Node
from engine.core.pausing import reasons
from engine.testing.naming import Names, day_of

#: what a step may be, each by its own key
DEED_KEYS = (
    "do", "fact", "steer", "write", "confirm", "ask_again", "release", "withhold", "invite", "from_outside", "undo",
    "acknowledge",
)  # fmt: skip
#: what is said beside them
BESIDE_KEYS = ("by", "with", "reason", "day")

_MARKS: Mapping[str, Literal["confirmed", "asked", "released", "withheld"]] = {
    "confirm": "confirmed", "ask_again": "asked", "release": "released", "withhold": "withheld",
}  # fmt: skip
#: acts of every gathering
_ANSWERS = (ANSWER, SIGN, DECLINE, EDIT)
_STEERING = ("extend", "pause", "resume", "reassign", "remind")


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Somebody sets off a transition, or answers a gathering."""

    name: str
    forms: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Learn:
    """A fact becomes known."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Steer:
    """Somebody gives time or takes it away, or gives the task to another. `name` is one of five words."""

    name: str
    span: Duration | None = None
    restarted: bool = False
    kind: str = ""
    #: the key of a person
    to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Write:
    """An entry in a journal; from outside it comes by a link, without a name."""

    name: str
    journal: str
    values: Mapping[str, Any]
    day: date | None = None
    outside: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkEntries:
    """Entries of a journal are confirmed, asked for again, released or withheld."""

    name: str
    journal: str
    numbers: tuple[int, ...]
    mark: Literal["confirmed", "asked", "released", "withheld"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Invite:
    """A link to a journal is made for people from outside."""

    name: str
    journal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeBack:
    """Somebody takes this act of theirs back, if it is the latest."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LookAt:
    """Somebody of the desk says what was done about a broken promise, by its number from 0."""

    name: str
    promise: int


Deed = Act | Learn | Steer | Write | MarkEntries | Invite | TakeBack | LookAt


class DeedReader:
    """Reads what a step does, against the case or the track that the example is about."""

    def __init__(self, definition: Definition, names: Names) -> None:
        self.definition, self.names = definition, names
        states = definition.states.values()
        ways = [way for state in states for way in (*state.transitions, *corrections_of(definition, state))]
        gathers = any(state.gather is not None for state in states)
        self.acts = sorted(
            {way.name for way in ways} | {way.rule for way in ways} | set(_ANSWERS if gathers else ())
        )
        self.facts = sorted({text for way in ways for text in getattr(way.trigger, "texts", ())})
        self.facts += sorted(
            fact.text
            for rule in definition.pauses.values()
            for fact in (rule.until, rule.while_)
            if fact is not None
        )

    def deed(self, fields: Mapping[str, Node]) -> Deed | None:
        """The one thing a step does; None if only time passes."""
        said = [key for key in fields if key in DEED_KEYS]
        for key in said[1:]:
            fields[key].error("bad_value", say("step_has_both", one=said[0], other=key), on_key=True)
        if not said:
            return None
        self._demand_by(said[0], fields)
        read: Callable[[Node, Mapping[str, Node]], Deed | None] = {
            "do": self._act,
            "fact": self._learn,
            "steer": self._steer,
            "write": self._write,
            "from_outside": self._write,
            "invite": self._invite,
            "undo": self._take_back,
            "acknowledge": self._look_at,
        }.get(said[0], self._marks)
        return read(fields[said[0]], fields)

    def _demand_by(self, key: str, fields: Mapping[str, Node]) -> None:
        if key in {"fact", "from_outside"}:
            if "by" in fields:
                fields["by"].error(
                    "bad_value", say("by_nobody_of_chart", key=key), say("leave_by_out"), on_key=True
                )
        elif key != "do" and "by" not in fields:
            fields[key].error("missing_key", say("says_not_by_whom", key=key), say("add_by"), on_key=True)
        for other, whose in (("with", ("do",)), ("day", ("write",))):
            if other in fields and key not in whose:
                fields[other].error(
                    "bad_value",
                    say("belongs_beside", other=other, whose=whose[0]),
                    say("leave_it_out"),
                    on_key=True,
                )

    def _act(self, node: Node, fields: Mapping[str, Node]) -> Deed | None:
        name = node.one_of("`do`", self.acts)
        forms = self.names.forms(fields["with"]) if "with" in fields else {}
        return None if name is None else Act(name=name, forms=forms)

    def _take_back(self, node: Node, _: Mapping[str, Node]) -> Deed | None:
        name = node.one_of("`undo`", self.acts)
        return None if name is None else TakeBack(name=name)

    def _look_at(self, node: Node, _: Mapping[str, Node]) -> Deed | None:
        number = node.whole(say("number_of_promise"), 1, len(self.definition.promises))
        return None if number is None else LookAt(name="acknowledge", promise=number - 1)

    def _learn(self, node: Node, _: Mapping[str, Node]) -> Deed | None:
        if not self.facts:
            node.error("unknown_name", say("waits_for_no_fact"), say("leave_fact_out"))
            return None
        # Both are one fact where rules wait for it: `unit reached calibrated`, `unit reaches calibrated`.
        spelt = {fact.replace(" reaches ", " reached "): fact for fact in self.facts}
        name = node.one_of("`fact`", (*self.facts, *(other for other in spelt if other not in self.facts)))
        return None if name is None else Learn(name=spelt.get(name, name))

    def _steer(self, node: Node, _: Mapping[str, Node]) -> Deed | None:
        """`resume` and `remind` say all; `extend`, `pause` and `reassign` say how long, what for and to whom."""
        if isinstance(node.value, str):
            name = node.one_of("`steer`", ("resume", "remind"))
            return None if name is None else Steer(name=name)
        fields = node.fields("`steer`", ("extend", "ladder", "pause", "reassign"))
        said = [key for key in fields if key != "ladder"]
        if len(said) != 1:
            node.error(
                "bad_value", say("steer_does_one_thing"), say("write_one_of", names=", ".join(_STEERING))
            )
            return None
        name = said[0]
        if name == "pause":
            kind = fields[name].one_of("`pause`", sorted(reasons(self.definition)))
            return None if kind is None else Steer(name=name, kind=kind)
        if name == "reassign":
            to = self.names.person(fields[name])
            return None if to is None else Steer(name=name, to=to)
        span = fields[name].duration("`extend`")
        ladder = fields["ladder"].one_of("`ladder`", ("kept", "restarted")) if "ladder" in fields else "kept"
        return None if span is None else Steer(name=name, span=span, restarted=ladder == "restarted")

    def _write(self, node: Node, fields: Mapping[str, Node]) -> Deed | None:
        found = self._journal(node)
        if found is None:
            return None
        journal = self.definition.journals[found.key]
        outside = node.key == "from_outside"
        if outside and not is_outside(self.definition, journal):
            found.error(
                "bad_value", say("no_outsider_writes_in", found=found.key), say("use_write"), on_key=True
            )
        values = self.names.values(found, journal.form)
        day = day_of(fields["day"]) if "day" in fields else None
        if values is None:
            return None
        return Write(name=node.key, journal=found.key, values=values, day=day, outside=outside)

    def _marks(self, node: Node, _: Mapping[str, Node]) -> Deed | None:
        found = self._journal(node)
        if found is None:
            return None
        numbers = tuple(
            one.whole(say("number_of_entry"), 1, 100_000) or 0
            for one in found.one_or_more(say("the_numbers"))
        )
        return MarkEntries(name=node.key, journal=found.key, numbers=numbers, mark=_MARKS[node.key])

    def _invite(self, node: Node, _: Mapping[str, Node]) -> Deed | None:
        outside = [name for name, one in self.definition.journals.items() if is_outside(self.definition, one)]
        if not outside:
            node.error("unknown_name", say("no_outsider_writes"), say("leave_invite_out"))
            return None
        name = node.one_of("`invite`", outside)
        return None if name is None else Invite(name="invite", journal=name)

    def _journal(self, node: Node) -> Node | None:
        """The one journal that is named, as the key of what stands under it."""
        named = node.entries(f"`{node.key}`")
        if len(named) > 1:
            node.error("bad_value", say("names_one_journal", key=node.key), say("write_step_for_each"))
        for one in named.values():
            return one if self.names.known(one, say("journal"), self.definition.journals) else None
        return None
