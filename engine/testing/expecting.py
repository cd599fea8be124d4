"""What a step of an example should come to: read from its keys, and compared with what came."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from engine.core.complaints import say
from engine.core.definition import Definition
from engine.core.parse.nodes import Node
from engine.core.places import nearest
from engine.testing.naming import NOBODY, Names, day_of
from engine.testing.world import World

EXPECTED_KEYS = (
    "state",
    "holder",
    "waits_for",
    "due",
    "ended",
    "told",
    "refused",
    "opened",
    "entries",
    "promises",
)
#: what people are told of; see `engine.core.effects.Notify`
KINDS = (
    "task", "reminder", "notice", "escalation", "escalated", "handed_over", "moved", "ended", "note", "extended",
    "check", "asked_again", "held", "lapsed", "corrected", "breach",
)  # fmt: skip
#: how an example may say that a case ended
ENDS = ("no", "complete", "incomplete", "continued", "ended")
#: how a promise stands
STANDINGS = ("open", "kept", "broken", "lost")
#: stands for nothing where names or a day are expected
_NOTHING = ("none", NOBODY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What a step should come to; None is not asked. Persons are keys, "" is nobody."""

    state: str | None = None
    holder: str | None = None
    #: everybody whose answer or work is still missing
    waits_for: frozenset[str] | None = None
    due: date | str | None = None
    ended: str | None = None
    #: whom the step tells, and of what kinds (empty: of any); nobody else is told
    told: Mapping[str, frozenset[str]] | None = None
    #: the code of the refusal; "" for any
    refused: str | None = None
    #: the links by which the step opens other cases; no others
    opened: frozenset[str] | None = None
    #: journal to how many entries of it may be read and counted
    entries: Mapping[str, int] | None = None
    #: how promises stand, by their number from 0
    promises: Mapping[int, str] | None = None


class ExpectedReader:
    """Reads what is expected, against the case or the track that the example is about."""

    def __init__(self, definition: Definition, names: Names) -> None:
        self.definition, self.names = definition, names

    def expected(self, fields: Mapping[str, Node]) -> Expected:
        """What a step should come to."""
        refused = fields["refused"].text("`refused`") if "refused" in fields else None
        ended = fields["ended"].one_of("`ended`", ENDS) if "ended" in fields else None
        names = self.names
        return Expected(
            state=fields["state"].one_of("`state`", self.definition.states) if "state" in fields else None,
            holder=names.person(fields["holder"], nobody=True) if "holder" in fields else None,
            waits_for=names.persons(fields["waits_for"], "`waits_for`") if "waits_for" in fields else None,
            due=_due(fields["due"]) if "due" in fields else None,
            ended="" if ended == "no" else ended,
            told=self._told(fields["told"]) if "told" in fields else None,
            refused="" if refused == "true" else refused,
            opened=self._opened(fields["opened"]) if "opened" in fields else None,
            entries=self._entries(fields["entries"]) if "entries" in fields else None,
            promises=self._promises(fields["promises"]) if "promises" in fields else None,
        )

    def _told(self, node: Node) -> dict[str, frozenset[str]]:
        """Whom a step tells: names, or names with the kinds of what they are told."""
        if not isinstance(node.value, dict):
            return {key: frozenset() for key in self.names.persons(node, "`told`")}
        found: dict[str, frozenset[str]] = {}
        for name, one in node.entries("`told`").items():
            if name not in self.names.people:
                hint = nearest(name, self.names.people) or say("see_people")
                one.error("unknown_name", say("there_is_no_person", name=name), hint, on_key=True)
                continue
            kinds = (
                item.one_of(say("what_is_expected_told"), KINDS)
                for item in one.one_or_more(say("what_is_expected_told"))
            )
            found[self.names.people[name]] = frozenset(kind for kind in kinds if kind is not None)
        return found

    def _opened(self, node: Node) -> frozenset[str]:
        if node.value in _NOTHING:
            return frozenset()
        links = (one.one_of("`opened`", self.definition.linked) for one in node.one_or_more("`opened`"))
        return frozenset(link for link in links if link is not None)

    def _entries(self, node: Node) -> dict[str, int]:
        return {
            name: one.whole(say("how_many_entries"), 0, 100_000) or 0
            for name, one in node.entries("`entries`").items()
            if self.names.known(one, say("journal"), self.definition.journals)
        }

    def _promises(self, node: Node) -> dict[int, str]:
        """By their number from 1, in the order in which the rules make them."""
        numbers = [str(number) for number, _ in enumerate(self.definition.promises, 1)]
        found: dict[int, str] = {}
        for number, one in node.entries("`promises`").items():
            if number not in numbers:
                hint = say("promises_are", most=len(numbers)) if numbers else say("leave_it_out")
                one.error("unknown_name", say("no_promise_numbered", number=number), hint, on_key=True)
                continue
            standing = one.one_of(say("how_a_promise_stands"), STANDINGS)
            if standing is not None:
                found[int(number) - 1] = standing
        return found


def differences(world: World, expected: Expected, first: int) -> list[str]:
    """What came out otherwise since the step with this number, as sentences."""
    case = world.case
    waiting = case.waiting
    found: list[tuple[str, object, object]] = []
    if expected.state is not None:
        found.append(("the case is in", case.state, expected.state))
    if expected.holder is not None:
        holder = case.task.holder if case.task is not None else ""
        found.append(("the task is with", _name(world, holder), _name(world, expected.holder)))
    if expected.waits_for is not None:
        holders = frozenset(one.holder for one in waiting)
        found.append(("it waits for", _all(world, holders), _all(world, expected.waits_for)))
    if expected.due is not None:
        due = waiting[0].due_on if waiting else None
        found.append(("it is due", due or "at no time", expected.due or "at no time"))
    if expected.ended is not None:
        found.append(("it ended", case.ended or "not", expected.ended or "not"))
    if expected.opened is not None:
        came = ", ".join(sorted(world.opened_since(first)))
        found.append(("it opened", came or "nothing", ", ".join(sorted(expected.opened)) or "nothing"))
    for journal, count in (expected.entries or {}).items():
        there = len(world.contents.journals.get(journal, ()))
        found.append((f"the entries of {journal} that count are", there, count))
    standings = {one.number: one.standing for one in case.promises}
    for number, standing in (expected.promises or {}).items():
        found.append((f"promise {number + 1} is", standings[number], standing))
    told = [f"{what} {was}, and should be {should}" for what, was, should in found if was != should]
    return told + _told_otherwise(world, expected.told, first)


def _told_otherwise(world: World, should: Mapping[str, frozenset[str]] | None, first: int) -> list[str]:
    if should is None:
        return []
    came = world.told_since(first)
    differs = [
        f"{_name(world, key)} is told, and should not be" for key in sorted(came.keys() - should.keys())
    ]
    differs += [
        f"{_name(world, key)} is not told, and should be" for key in sorted(should.keys() - came.keys())
    ]
    for key in sorted(came.keys() & should.keys()):
        if should[key] and should[key] != came[key]:
            was, meant = (", ".join(sorted(kinds)) for kinds in (came[key], should[key]))
            differs.append(f"{_name(world, key)} is told {was}, and should be told {meant}")
    return differs


def _name(world: World, key: str) -> str:
    return world.chart.person(key).person_id if key else NOBODY


def _all(world: World, keys: frozenset[str]) -> str:
    return ", ".join(sorted(_name(world, key) for key in keys)) or NOBODY


def _due(node: Node) -> date | str | None:
    return "" if node.value in _NOTHING else day_of(node)
