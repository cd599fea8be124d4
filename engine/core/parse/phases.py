"""Phases, their states, and the moves that are offered in many of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import cast, get_args

from engine.core.complaints import say
from engine.core.definition import DayOff, FinalKind, Phase, Scope, State, TaskRule, Transition
from engine.core.parse.dues import LadderUse, read_due, read_not_before
from engine.core.parse.gathers import declare_gathers, read_gather
from engine.core.parse.links import read_shown
from engine.core.parse.nodes import Node
from engine.core.parse.roles import read_delegable
from engine.core.parse.transitions import TransitionReader, Way
from engine.core.parse.words import PHASE_KEYS, RESERVED_PLACES
from engine.core.places import nearest, quoted

#: Words with another meaning where a state is named, besides a phase's own keys.
_RESERVED_STATES = tuple(word for word in RESERVED_PLACES if word not in PHASE_KEYS)
_STATE_KEYS = ("task", "gather", "transitions", "starts", "delegable", "final")
_TASK_KEYS = ("who", "form", "shows", "due", "not_before")
_FINAL_KINDS: tuple[FinalKind, ...] = get_args(FinalKind)


class PhaseReader:
    """Reads all phases into states that know every way out, and remembers where each thing stands."""

    def __init__(self, day_off: DayOff, states: str = "state") -> None:
        self.day_off = day_off
        #: the kind under which the names of its states are known: a track has states of its own
        self.kind = states
        self.phases: dict[str, Phase] = {}
        self.states: dict[str, State] = {}
        self.nodes: dict[str, Node] = {}
        self.rules: dict[str, Node] = {}
        self.ladder_uses: list[LadderUse] = []
        self.transitions = TransitionReader(states)
        self._ways: dict[str, list[Way]] = {}
        self._moves: dict[str, list[Way]] = {}

    @property
    def initial(self) -> str:
        """Where a case begins: the first state of the first phase."""
        return next((state for phase in self.phases.values() for state in phase.states), "")

    def declare(self, phases: Mapping[str, Node]) -> None:
        """Every phase and state by name, before anything is said about them."""
        for name, node in phases.items():
            if not isinstance(node.value, dict):
                continue
            entries = node.entries(say("the_phase", name=name))
            states = {key: one for key, one in entries.items() if key not in PHASE_KEYS}
            for key, one in states.items():
                if key in self.nodes:
                    hint = say("own_state_name")
                    one.error("clash", say("two_states", key=key), hint, on_key=True)
                self.nodes[key] = one
            node.reading.declare(self.kind, states)
            declare_gathers(states)

    def read(self, phases: Mapping[str, Node], anytime: Node | None) -> None:
        """All phases with their states, then the moves offered in many states."""
        for name, node in phases.items():
            self._read_phase(name, node)
        if anytime is not None:
            self._moves["anytime"] = self._read_moves("anytime", anytime)
        for name, state in self.states.items():
            self.states[name] = replace(state, transitions=tuple(self._ways_out(state)))

    def _read_phase(self, name: str, node: Node) -> None:
        entries = node.named(say("the_phase", name=name), _RESERVED_STATES)
        states: list[str] = []
        for key, one in entries.items():
            if key in PHASE_KEYS:
                continue
            if isinstance(one.value, dict):
                states.append(key)
                self.states[key] = self._read_state(name, key, one)
            else:
                node.reading.ways_unsure = True
                hint = nearest(key, PHASE_KEYS) or say("state_is_a_mapping")
                one.error("wrong_shape", say("no_key_no_state", key=quoted(key)), hint, on_key=True)
        if isinstance(node.value, dict) and not states:
            node.error(
                "wrong_shape", say("phase_without_state", name=name), say("write_a_state"), on_key=True
            )
        if "anytime" in entries:
            self._moves[name] = self._read_moves(name, entries["anytime"])
        due = read_due(entries["due"], self.day_off, self.ladder_uses) if "due" in entries else None
        not_before = read_not_before(entries["not_before"]) if "not_before" in entries else None
        self.phases[name] = Phase(name=name, states=tuple(states), not_before=not_before, due=due)

    def _read_state(self, phase: str, name: str, node: Node) -> State:
        fields = node.fields(say("the_state", name=name), _STATE_KEYS)
        final = None
        if "final" in fields:
            final = cast("FinalKind | None", fields["final"].one_of(say("how_it_ends"), _FINAL_KINDS))
            for key in ("task", "gather", "transitions", "starts", "delegable"):
                if key in fields:
                    hint = say("closed_case_rests")
                    fields[key].error("final_exits", say("final_has", name=name, key=key), hint, on_key=True)
            final = final or "complete"
        task = self._read_task(name, fields["task"]) if "task" in fields else None
        gather = (
            read_gather(name, fields["gather"], self.day_off, self.ladder_uses)
            if "gather" in fields
            else None
        )
        if "task" in fields and "gather" in fields:
            hint = say("keep_one_or_two_states")
            fields["gather"].error("clash", say("task_and_gathering", name=name), hint, on_key=True)
        if "transitions" in fields:
            entries = fields["transitions"].named(say("the_ways_out_of", name=name))
            ways = (self.transitions.read(name, key, one, "visit") for key, one in entries.items())
            self._ways[name] = [way for way in ways if way is not None]
        starts = fields["starts"].names(say("what_is_opened"), "link") if "starts" in fields else ()
        return State(
            name=name,
            phase=phase,
            task=task,
            gather=gather,
            final=final,
            starts=starts,
            delegable=read_delegable(fields),
        )

    def _read_task(self, state: str, node: Node) -> TaskRule | None:
        fields = node.fields(say("a_task"), _TASK_KEYS, ("who",))
        who = fields["who"].name(say("who_does_the_task"), "role") if "who" in fields else None
        form = fields["form"].name(say("a_named_form"), "form") if "form" in fields else None
        shows = read_shown(fields["shows"]) if "shows" in fields else ()
        due = (
            read_due(fields["due"], self.day_off, self.ladder_uses, state=state) if "due" in fields else None
        )
        not_before = read_not_before(fields["not_before"]) if "not_before" in fields else None
        if who is None:
            return None
        return TaskRule(who=who, form=form, shows=shows, due=due, not_before=not_before)

    def _read_moves(self, owner: str, node: Node) -> list[Way]:
        entries = node.named("`anytime`")
        scope: Scope = "case" if owner == "anytime" else "phase"
        ways = (self.transitions.read(owner, key, one, scope, anytime=True) for key, one in entries.items())
        return [way for way in ways if way is not None]

    def _ways_out(self, state: State) -> Iterable[Transition]:
        """Its own ways first, then its phase's, then the workflow's: at one instant the nearest wins."""
        for way in self._ways.get(state.name, []):
            yield self._placed(way, state)
        if state.final is not None:
            return
        for owner in (state.phase, "anytime"):
            for way in self._moves.get(owner, []):
                if not way.within or state.name in way.within or state.phase in way.within:
                    yield self._placed(way, state)

    def _placed(self, way: Way, state: State) -> Transition:
        self.rules[way.transition.rule] = way.node
        return replace(way.transition, source=state.name)

    def check_moves(self) -> None:
        """Complains of moves that are offered nowhere, in a closed case, or in another phase than their own."""
        for owner, ways in self._moves.items():
            for way in ways:
                for name in way.within:
                    self._check_where(owner, name, way.node)
                if way.transition.rule not in self.rules and not way.within:
                    message = say("offered_nowhere", name=way.transition.name)
                    way.node.error("nowhere", message, say("remove_it"), on_key=True)

    def _check_where(self, owner: str, name: str, node: Node) -> None:
        state = self.states.get(name)
        phase = state.phase if state is not None else name
        if state is not None and state.final is not None:
            node.error(
                "nowhere", say("offered_where_closed", key=node.key, name=name), say("name_open_states")
            )
        elif owner not in {"anytime", phase} and phase in self.phases:
            hint = say("put_under_anytime")
            node.error("nowhere", say("offered_outside_phase", key=node.key, owner=owner, name=name), hint)
