"""Examples kept beside a definition: given people, days and acts; expected states, days, recipients and refusals."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from engine.core.attachments import digest_of
from engine.core.chart import Chart
from engine.core.complaints import say
from engine.core.definition import Definition
from engine.core.moments import Duration
from engine.core.parse.nodes import Node
from engine.core.parse.reading import Reading
from engine.core.places import Document, Mark
from engine.core.source import read_yaml
from engine.errors import DefinitionInvalid
from engine.testing.deeds import BESIDE_KEYS, DEED_KEYS, Deed, DeedReader
from engine.testing.expecting import EXPECTED_KEYS, Expected, ExpectedReader
from engine.testing.naming import Names, day_of
from engine.testing.people import read_chart
from engine.testing.surroundings import SURROUNDING_KEYS, Surroundings, read_surroundings

#: reads a file named in the examples, beside them
Opener = Callable[[str], bytes]

TOP_KEYS = ("workflow", "people", "given", "files", "examples")
EXAMPLE_KEYS = ("says", "track", "about", "opens", "period", *SURROUNDING_KEYS, "steps")
STEP_KEYS = ("on", "after", *DEED_KEYS, *BESIDE_KEYS, *SURROUNDING_KEYS, *EXPECTED_KEYS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One step of an example: time passes, something happens here or in other cases, and something is expected."""

    mark: Mark
    on: date | None = None
    after: Duration | None = None
    deed: Deed | None = None
    #: a person's key; "" for the holder of the task
    by: str = ""
    reason: str = ""
    around: Surroundings = field(default_factory=Surroundings)
    expected: Expected = field(default_factory=Expected)


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One story: about whom, from which day, through which steps."""

    name: str
    mark: Mark
    says: str
    #: the track whose case it is about; "" for the case itself
    track: str
    about: str
    opens: date
    period: tuple[date, date]
    around: Surroundings
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Examples:
    """All examples of a file, the people they happen to, and the files that are attached, by their hash."""

    chart: Chart
    examples: tuple[Example, ...]
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)


def read_examples(text: str | bytes, definition: Definition, *, name: str, opener: Opener) -> Examples:
    """The examples of a file. Raises: DefinitionInvalid with all problems at once; what `opener` raises."""
    document = read_yaml(text, name)
    reading = Reading(document, Document(name="", values={}))
    if document.broken:
        raise DefinitionInvalid(name, reading.problems())
    top = Node(reading, document, (), document.values)
    fields = top.fields(say("examples_file"), TOP_KEYS, ("people", "examples"))
    if "workflow" in fields:
        fields["workflow"].one_of("`workflow`", (definition.workflow,))
    chart = read_chart(fields["people"], opener) if "people" in fields else None
    given = fields["given"].entries("`given`") if "given" in fields else {}
    files = {
        key: (node.text(say("a_file")) or "").encode()
        for key, node in (fields["files"].entries("`files`") if "files" in fields else {}).items()
    }
    reader = _Reader(
        definition, Names(definition, chart, {key: one.value for key, one in given.items()}, files)
    )
    found = [reader.example(node) for node in _named(fields)]
    problems = reading.problems()
    if problems or chart is None:
        raise DefinitionInvalid(name, problems)
    return Examples(
        chart=chart,
        examples=tuple(one for one in found if one is not None),
        files={digest_of(data): data for data in files.values()},
    )


def _named(fields: Mapping[str, Node]) -> list[Node]:
    return list(fields["examples"].named("`examples`").values()) if "examples" in fields else []


class _Reader:
    """Reads examples against a definition, its tracks and its people."""

    def __init__(self, definition: Definition, names: Names) -> None:
        self.definition, self.names = definition, names
        parts = {"": definition, **definition.tracks}
        self._deeds = {track: DeedReader(one, names) for track, one in parts.items()}
        self._expected = {track: ExpectedReader(one, names) for track, one in parts.items()}

    def example(self, node: Node) -> Example | None:
        needed = ("about", "opens", "period", "steps")
        fields = node.fields(say("an_example"), EXAMPLE_KEYS, needed)
        if not set(needed) <= fields.keys():
            return None
        about, opens = self.names.subject(fields["about"]), day_of(fields["opens"])
        period = self.period(fields["period"])
        track = self.track(fields["track"]) if "track" in fields else ""
        if track is None:
            return None
        moves = [self.move(one, track) for one in fields["steps"].items("`steps`")]
        says = fields["says"].text("`says`") if "says" in fields else None
        around = read_surroundings(fields, self.definition, self.names)
        if about is None or opens is None or period is None:
            return None
        return Example(
            name=node.key,
            mark=node.document.key_mark(node.path),
            says=says or "",
            track=track,
            about=about,
            opens=opens,
            period=period,
            around=around,
            moves=tuple(moves),
        )

    def track(self, node: Node) -> str | None:
        if not self.definition.tracks:
            node.error("unknown_name", say("no_tracks"), say("leave_track_out"), on_key=True)
            return None
        return node.one_of("`track`", self.definition.tracks)

    def period(self, node: Node) -> tuple[date, date] | None:
        """A year, for what is appraised by years; else the first and the last day."""
        rule = self.definition.period
        if isinstance(node.value, dict):
            fields = node.fields("`period`", ("from", "to"), ("from", "to"))
            days = [day_of(fields[key]) for key in ("from", "to") if key in fields]
            return (days[0], days[1]) if len(days) == 2 and days[0] and days[1] else None  # noqa: PLR2004 - both
        if rule.every != "year":
            node.error("wrong_shape", say("example_period"), say("write_from_to"))
            return None
        year = node.whole("`period`", 1901, 2199)
        if year is None:
            return None
        begins, ends = date(year, rule.from_month, rule.from_day), date(year, rule.to_month, rule.to_day)
        return begins, ends if ends >= begins else ends.replace(year=year + 1)

    def move(self, node: Node, track: str) -> Move:
        fields = node.fields(say("a_step"), STEP_KEYS)
        if "on" in fields and "after" in fields:
            fields["after"].error("bad_value", say("on_or_after"), on_key=True)
        for key in (*BESIDE_KEYS, "refused"):
            if key in fields and not set(DEED_KEYS) & fields.keys():
                fields[key].error("bad_value", say("belongs_to_an_act", key=key), say("say_do"), on_key=True)
        return Move(
            mark=node.mark,
            on=day_of(fields["on"]) if "on" in fields else None,
            after=fields["after"].duration("`after`") if "after" in fields else None,
            deed=self._deeds[track].deed(fields),
            by=(self.names.person(fields["by"]) or "") if "by" in fields else "",
            reason=(fields["reason"].text("`reason`") or "") if "reason" in fields else "",
            around=read_surroundings(fields, self.definition, self.names),
            expected=self._expected[track].expected(fields),
        )
