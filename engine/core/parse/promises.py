"""Promises: closed forms about what happens, or never happens, in every case."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from engine.core.complaints import Said, Sayable, say
from engine.core.definition import (
    AlwaysAfter,
    AtMost,
    By,
    EndsBy,
    NeverAfter,
    NeverBefore,
    NeverSame,
    Promise,
    State,
)
from engine.core.moments import CivilDate, DayAfterPeriod, FixedDate, Moment, Offset, PeriodEdge
from engine.core.parse.nodes import Node
from engine.core.places import nearest, quoted

_KEYS = ("never", "before", "after", "always", "within", "at_most", "of", "ends_by", "never_same")
#: the keys whose values are names
_NAMING = ("never", "before", "after", "always", "of", "never_same")
_FORMS = (
    {"never", "before"}, {"after", "always"}, {"after", "always", "within"}, {"after", "never"}, {"at_most", "of"},
    {"ends_by"}, {"never_same"},
)  # fmt: skip
_SHAPES = say("promises_known")
_MOST = 1_000
_TWO = 2


def read_promises(
    node: Node, states: Mapping[str, State], tracks: Mapping[str, Mapping[str, State]]
) -> tuple[Promise, ...]:
    """Every promise of a definition; each names states, and ways out by name or by rule, of the case or of a track."""
    own = _Known(states)
    beside = {name: _Known(one) for name, one in tracks.items()}
    found = (_read_promise(item, _about(item, own, beside)) for item in node.items("`promises`"))
    return tuple(one for one in found if one is not None)


def _about(node: Node, own: _Known, beside: Mapping[str, _Known]) -> _Known:
    """The machine whose names a promise uses: the case, unless it lacks one that a track has with all the others."""
    names = set(_named(node.value))
    if names <= own.every:
        return own
    for track in beside.values():
        if names <= track.every:
            return track
    # What no single machine knows is told with the one that knows the most of it.
    known = {
        say("the_case_itself"): own,
        **{say("the_track_called", name=name): one for name, one in beside.items()},
    }
    likeliest = max(known.values(), key=lambda one: len(names & one.every))
    likeliest.elsewhere = {
        name: where
        for where, one in reversed(known.items())
        if one is not likeliest
        for name in names & one.every
    }
    return likeliest


def _named(value: object) -> Iterator[str]:
    """What a promise as written names, whatever is wrong with it."""
    for word in _NAMING if isinstance(value, dict) else ():
        said = value.get(word)  # type: ignore[attr-defined]
        yield from (one for one in (said if isinstance(said, list) else [said]) if isinstance(one, str))


class _Known:
    """What promises about one machine may name."""

    def __init__(self, states: Mapping[str, State]) -> None:
        self.states = frozenset(states)
        ways = [way for state in states.values() for way in state.transitions]
        self.ways = _names(ways)
        self.acts = _names([way for way in ways if isinstance(way.trigger, By)])
        self.every = self.states | self.ways
        #: which other machine has a name that this one lacks
        self.elsewhere: Mapping[str, Said] = {}

    def event(self, node: Node) -> str | None:
        """A state to enter or a way to take."""
        return self._one_of(node, say("state_or_way"), self.states | self.ways)

    def act(self, node: Node) -> str | None:
        """A way that people take."""
        return self._one_of(node, say("act"), self.acts)

    def _one_of(self, node: Node, what: Sayable, known: Collection[str]) -> str | None:
        name = node.text(say("what_a_promise_names"))
        if name is None or node.reading.ways_unsure:
            return name
        if name in self.states & self.ways:
            hint = say("write_way_with_state")
            node.error("clash", say("name_of_state_and_way", name=name), hint)
            return None
        if name in self.elsewhere and name not in self.every:
            hint = say("promise_of_one")
            message = say("promise_of_two", name=name, elsewhere=self.elsewhere[name])
            node.error("clash", message, hint)
            return None
        if name not in known:
            node.error("unknown_name", say("there_is_no", kind=what, name=quoted(name)), nearest(name, known))
            return None
        return name


def _names(ways: Collection[object]) -> frozenset[str]:
    """Ways by their names and by their rules."""
    return frozenset(getattr(way, word) for way in ways for word in ("name", "rule"))


def _read_promise(node: Node, known: _Known) -> Promise | None:
    fields = node.fields(say("a_promise"), _KEYS)
    if not isinstance(node.value, dict) or len(fields) < len(node.value):
        return None
    if set(fields) not in _FORMS:
        node.error("wrong_shape", say("no_such_promise", keys=", ".join(fields) or say("nothing")), _SHAPES)
        return None
    if "ends_by" in fields:
        date = _day(fields["ends_by"])
        return None if date is None else EndsBy(date=date)
    if "never_same" in fields:
        return _never_same(fields["never_same"], known)
    if "at_most" in fields:
        most, of = fields["at_most"].whole("`at_most`", 1, _MOST), known.event(fields["of"])
        return None if most is None or of is None else AtMost(most=most, of=of)
    return _ordered(fields, known)


def _ordered(fields: Mapping[str, Node], known: _Known) -> Promise | None:
    """The promises that put one thing after another."""
    said = {
        word: known.event(fields[word]) for word in ("never", "before", "after", "always") if word in fields
    }
    names = {word: name for word, name in said.items() if name is not None}
    if len(names) < len(said):
        return None
    if "before" in names:
        return NeverBefore(never=names["never"], before=names["before"])
    if "never" in names:
        return NeverAfter(after=names["after"], never=names["never"])
    within = fields["within"].duration("`within`") if "within" in fields else None
    if "within" in fields and within is None:
        return None
    return AlwaysAfter(after=names["after"], always=names["always"], within=within)


def _never_same(node: Node, known: _Known) -> NeverSame | None:
    acts = [known.act(item) for item in node.items("`never_same`")]
    if None in acts:
        return None
    if len(set(acts)) < _TWO:
        node.error("wrong_shape", say("keep_two_apart"), say("name_two_acts"))
        return None
    return NeverSame(acts=tuple(dict.fromkeys(act for act in acts if act is not None)))


def _day(node: Node) -> Moment | None:
    """A day that is known when a case is opened."""
    moment = node.moment("`ends_by`")
    if moment is None or isinstance(moment, CivilDate | FixedDate | PeriodEdge | DayAfterPeriod):
        return moment
    if isinstance(moment, Offset) and moment.anchor in {"period.from", "period.to"}:
        return moment
    node.error("bad_value", say("promise_ends_by_day"), say("write_a_day_next_year"))
    return None
