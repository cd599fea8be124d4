"""Examples kept beside a definition: given people, days and acts; expected states, days, recipients and refusals."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from engine.core.chart import Chart
from engine.core.definition import Definition, Transition
from engine.core.moments import Duration
from engine.core.parse.nodes import Node
from engine.core.parse.reading import Reading
from engine.core.places import Document, Mark, Value, nearest
from engine.core.source import read_yaml
from engine.errors import DefinitionInvalid
from engine.testing.people import read_chart

#: reads a file named in the examples, beside them
Opener = Callable[[str], bytes]

TOP_KEYS = ("workflow", "people", "given", "examples")
EXAMPLE_KEYS = ("says", "about", "opens", "period", "steps")
STEP_KEYS = (
    "on", "after", "do", "by", "with", "reason", "fact",
    "state", "holder", "due", "ended", "told", "refused",
)  # fmt: skip
#: stands for "nobody", "none" and "not at all" where a name or a day is expected
NOBODY = "nobody"


#: acts of every gathering
_ANSWERS = ("answer", "sign", "decline", "edit")
#: how an example may say that a case ended
#: what people are told of; see `engine.core.effects.Notify`
KINDS = ("task", "reminder", "notice", "escalation", "escalated", "handed_over", "moved", "ended", "note")
ENDS = ("no", "complete", "incomplete", "continued", "ended")


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What a step should come to; None is not asked. Persons are keys, "" is nobody."""

    state: str | None = None
    holder: str | None = None
    due: date | str | None = None
    ended: str | None = None
    #: whom the step tells, and of what kinds (empty: of any); nobody else is told
    told: Mapping[str, frozenset[str]] | None = None
    #: the code of the refusal; "" for any
    refused: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One step of an example: time passes, somebody acts or a fact becomes known, and something is expected."""

    mark: Mark
    on: date | None = None
    after: Duration | None = None
    do: str = ""
    #: a person's key; "" for the holder of the task
    by: str = ""
    forms: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    reason: str = ""
    fact: str = ""
    expected: Expected = field(default_factory=Expected)


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One story: about whom, from which day, through which steps."""

    name: str
    mark: Mark
    says: str
    about: str
    opens: date
    period: tuple[date, date]
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Examples:
    """All examples of a file, and the people they happen to."""

    chart: Chart
    examples: tuple[Example, ...]


def read_examples(text: str | bytes, definition: Definition, *, name: str, opener: Opener) -> Examples:
    """The examples of a file. Raises: DefinitionInvalid with all problems at once; what `opener` raises."""
    document = read_yaml(text, name)
    reading = Reading(document, Document(name="", values={}))
    if document.broken:
        raise DefinitionInvalid(name, reading.problems())
    top = Node(reading, document, (), document.values)
    fields = top.fields("a file of examples", TOP_KEYS, ("people", "examples"))
    if "workflow" in fields:
        fields["workflow"].one_of("`workflow`", (definition.workflow,))
    chart = read_chart(fields["people"], opener) if "people" in fields else None
    given = fields["given"].entries("`given`") if "given" in fields else {}
    reader = _Reader(definition, chart, {key: node.value for key, node in given.items()})
    found = [reader.example(node) for node in _named(fields)]
    problems = reading.problems()
    if problems or chart is None:
        raise DefinitionInvalid(name, problems)
    return Examples(chart=chart, examples=tuple(one for one in found if one is not None))


def _named(fields: Mapping[str, Node]) -> list[Node]:
    return list(fields["examples"].named("`examples`").values()) if "examples" in fields else []


class _Reader:
    """Reads examples against a definition and its people."""

    def __init__(self, definition: Definition, chart: Chart | None, given: Mapping[str, Value]) -> None:
        self.definition, self.chart, self.given = definition, chart, given
        #: the key of each person by person_id
        self.names = {one.person_id: one.key for one in chart.segments} if chart is not None else {}
        ways = [way for state in definition.states.values() for way in state.transitions]
        gathers = any(state.gather is not None for state in definition.states.values())
        self.acts = sorted(
            {way.name for way in ways} | {way.rule for way in ways} | set(_ANSWERS if gathers else ())
        )
        self.facts = sorted({text for way in ways for text in _facts(way)})

    def example(self, node: Node) -> Example | None:
        fields = node.fields("an example", EXAMPLE_KEYS, ("about", "opens", "period", "steps"))
        if not {"about", "opens", "period", "steps"} <= fields.keys():
            return None
        about, opens = self.person(fields["about"]), _day(fields["opens"])
        period = self.period(fields["period"])
        moves = [self.move(one) for one in fields["steps"].items("`steps`")]
        says = fields["says"].text("`says`") if "says" in fields else None
        if about is None or opens is None or period is None:
            return None
        return Example(
            name=node.key,
            mark=node.document.key_mark(node.path),
            says=says or "",
            about=about,
            opens=opens,
            period=period,
            moves=tuple(moves),
        )

    def period(self, node: Node) -> tuple[date, date] | None:
        """A year, for what is appraised by years; else the first and the last day."""
        rule = self.definition.period
        if isinstance(node.value, dict):
            fields = node.fields("`period`", ("from", "to"), ("from", "to"))
            days = [_day(fields[key]) for key in ("from", "to") if key in fields]
            return (days[0], days[1]) if len(days) == 2 and days[0] and days[1] else None  # noqa: PLR2004 - both
        if rule.every != "year":
            node.error(
                "wrong_shape", "`period` must say its first and last day", "write {from: DATE, to: DATE}"
            )
            return None
        year = node.whole("`period`", 1901, 2199)
        if year is None:
            return None
        begins, ends = date(year, rule.from_month, rule.from_day), date(year, rule.to_month, rule.to_day)
        return begins, ends if ends >= begins else ends.replace(year=year + 1)

    def move(self, node: Node) -> Move:
        fields = node.fields("a step", STEP_KEYS)
        for one, other in (("on", "after"), ("do", "fact")):
            if one in fields and other in fields:
                fields[other].error("bad_value", f"a step has `{one}` or `{other}`, not both", on_key=True)
        for key in ("by", "with", "reason", "refused"):
            if key in fields and not {"do", "fact"} & fields.keys():
                fields[key].error(
                    "bad_value", f"`{key}` belongs to an act", "say the act with `do:`", on_key=True
                )
        return Move(
            mark=node.mark,
            on=_day(fields["on"]) if "on" in fields else None,
            after=fields["after"].duration("`after`") if "after" in fields else None,
            do=(fields["do"].one_of("`do`", self.acts) or "") if "do" in fields else "",
            by=(self.person(fields["by"]) or "") if "by" in fields else "",
            forms=self.forms(fields["with"]) if "with" in fields else {},
            reason=(fields["reason"].text("`reason`") or "") if "reason" in fields else "",
            fact=self.fact(fields["fact"]) if "fact" in fields else "",
            expected=self.expected(fields),
        )

    def fact(self, node: Node) -> str:
        if not self.facts:
            node.error("unknown_name", "the definition waits for no fact", "leave `fact` out")
            return ""
        return node.one_of("`fact`", self.facts) or ""

    def expected(self, fields: Mapping[str, Node]) -> Expected:
        refused = fields["refused"].text("`refused`") if "refused" in fields else None
        ended = fields["ended"].one_of("`ended`", ENDS) if "ended" in fields else None
        return Expected(
            state=fields["state"].one_of("`state`", self.definition.states) if "state" in fields else None,
            holder=self.person(fields["holder"], nobody=True) if "holder" in fields else None,
            due=_due(fields["due"]) if "due" in fields else None,
            ended="" if ended == "no" else ended,
            told=self.told(fields["told"]) if "told" in fields else None,
            refused="" if refused == "true" else refused,
        )

    def told(self, node: Node) -> dict[str, frozenset[str]]:
        """Whom a step tells: names, or names with the kinds of what they are told."""
        if node.value == NOBODY:
            return {}
        if not isinstance(node.value, dict):
            keys = (self.person(one) for one in node.one_or_more("`told`"))
            return {key: frozenset() for key in keys if key is not None}
        found: dict[str, frozenset[str]] = {}
        for name, one in node.entries("`told`").items():
            if name not in self.names:
                hint = nearest(name, self.names) or "see `people`"
                one.error("unknown_name", f"there is no person '{name}'", hint, on_key=True)
                continue
            kinds = (item.one_of("what is told", KINDS) for item in one.one_or_more("`told`"))
            found[self.names[name]] = frozenset(kind for kind in kinds if kind is not None)
        return found

    def person(self, node: Node, *, nobody: bool = False) -> str | None:
        """The key of a person named by their person_id."""
        name = node.text("a person")
        if name is None or self.chart is None:
            return None
        if nobody and name == NOBODY:
            return ""
        if name not in self.names:
            hint = nearest(name, self.names) or "see `people`"
            node.error("unknown_name", f"there is no person '{name}'", hint)
            return None
        return self.names[name]

    def forms(self, node: Node) -> dict[str, Mapping[str, Any]]:
        """What is filled in, by form: its fields, or the name of what `given` holds."""
        found: dict[str, Mapping[str, Any]] = {}
        for name, one in node.entries("`with`").items():
            if name not in self.definition.forms:
                hint = nearest(name, self.definition.forms)
                one.error("unknown_name", f"the definition has no form '{name}'", hint, on_key=True)
            value: object = one.value
            if isinstance(value, str):
                if value not in self.given:
                    one.error("unknown_name", f"`given` has no '{value}'", nearest(value, self.given))
                    continue
                value = self.given[value]
            if isinstance(value, dict):
                found[name] = value
            else:
                one.error("wrong_shape", f"what is filled into '{name}' must be a mapping of fields")
        return found


def _facts(way: Transition) -> tuple[str, ...]:
    return getattr(way.trigger, "texts", ())


def _day(node: Node) -> date | None:
    text = node.text("a day")
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        node.error("bad_value", f"'{text}' is no day", "write it like 2026-01-31")
        return None


def _due(node: Node) -> date | str | None:
    return "" if node.value in {"none", NOBODY} else _day(node)
