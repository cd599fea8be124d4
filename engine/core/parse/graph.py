"""The ways between states: every state is reached, every state reaches an end, and nothing moves in circles alone.

A plain walk over the graph; whether moments fit the calendar is another proof's question.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from engine.core.complaints import say
from engine.core.definition import STAY, At, By, Choice, Ladder, PeriodRule, State, Transition, Upon
from engine.core.moments import CivilDate, DayAfterPeriod, DueItself, Moment, Offset, PeriodEdge, civil_day
from engine.core.parse.dues import LadderUse, reaches_somebody
from engine.core.parse.nodes import Node
from engine.core.periods import period_of

Edges = Mapping[str, frozenset[str]]

_YEARS = (2026, 2028)


def targets(transition: Transition, choices: Mapping[str, Choice]) -> frozenset[str]:
    """Every state a transition may lead to from its source; staying is no target."""
    found: set[str] = set()
    for name in (transition.to, transition.then):
        if name is not None:
            choice = choices.get(name)
            found.update([row.to for row in choice.rows] if choice is not None else [name])
    return frozenset(found - {STAY})


def leads_on(transition: Transition) -> bool:
    """Whether a way out is one to count on: not what happens to a case from outside (leaving, exemption)."""
    return isinstance(transition.trigger, At) or not transition.rule.startswith("anytime.")


def check_beside(
    states: Mapping[str, State],
    nodes: Mapping[str, Node],
    rules: Mapping[str, Node],
    period: PeriodRule | None,
) -> None:
    """Complains of ways out that cannot stand in their state, or beside one another."""
    for state in states.values():
        seen: dict[str, Transition] = {}
        moments: dict[object, Transition] = {}
        for transition in state.transitions:
            node = rules[transition.rule]
            if transition.name in seen:
                message = say("two_ways_called", state=state.name, transition=transition.name)
                node.error("clash", message, say("rename_one_of_them"), on_key=True)
            seen[transition.name] = transition
            _check_trigger(state, transition, node, _said(nodes[state.name]))
            moment = _moment_key(transition, period)
            if moment is not None and moment in moments:
                message = say(
                    "two_leave_at_once",
                    name=moments[moment].name,
                    transition=transition.name,
                    state=state.name,
                )
                node.error("same_moment", message, say("another_moment"), on_key=True)
            elif moment is not None:
                moments[moment] = transition


def _said(node: Node) -> set[str]:
    """What a state says of a task or gathering and its due time, whether or not it could be read."""
    said: set[str] = set()
    for key in ("task", "gather"):
        work = node.value.get(key) if isinstance(node.value, dict) else None
        if work is not None:
            said |= {key, *work} if isinstance(work, dict) else {key}
    return said


def _check_trigger(state: State, transition: Transition, node: Node, said: set[str]) -> None:
    match transition.trigger:
        case At(moment=DueItself()) | At(moment=Offset(anchor="due")):
            if "due" not in said:
                work = say("gathering") if "gather" in said else say("task")
                message = say("counts_from_no_due", transition=transition.name, work=work, state=state.name)
                node.error("no_due", message, say("add_due_to_work", work=work), on_key=True)
        case By(roles=()):
            if "task" not in said:
                message = say("nobody_could_act", state=state.name, transition=transition.name)
                node.error("nobody", message, say("add_by_or_task"), on_key=True)
        case _:
            pass


def _moment_key(transition: Transition, period: PeriodRule | None) -> object:
    """What makes two automatic moves one moment; nearer scopes win over wider ones, so they are no tie."""
    match transition.trigger:
        case At(moment=moment, at_least=at_least, day_off=day_off, scope=scope):
            return _days(moment, period), at_least, day_off, scope
        case Upon(texts=texts):
            return texts, transition.rule.partition(".")[0]
        case _:
            return None


def _days(moment: Moment, period: PeriodRule | None) -> object:
    """`31 December` and `period.to` are one day, however they are written: in a plain year and in a leap year."""
    if (
        period is None
        or period.every == "none"
        or not isinstance(moment, CivilDate | PeriodEdge | DayAfterPeriod)
    ):
        return moment
    return tuple(civil_day(moment, *period_of(period, date(year, 1, 1))) for year in _YEARS)


def check_reach(
    states: Mapping[str, State],
    choices: Mapping[str, Choice],
    initial: str,
    nodes: Mapping[str, Node],
    entered_from_outside: Collection[str] = (),
) -> None:
    """Complains of states that no case enters, that no case leaves for an end, and of circles without people.

    A child is led to its one `final: ended` by the end of the case that opened it: `entered_from_outside`.
    """
    edges = {
        name: frozenset(to for one in state.transitions for to in targets(one, choices))
        for name, state in states.items()
    }
    entered = _closure({initial}, edges)
    ordinary = {
        name: frozenset(to for one in state.transitions if leads_on(one) for to in targets(one, choices))
        for name, state in states.items()
    }
    backwards = {name: frozenset(one for one, to in ordinary.items() if name in to) for name in states}
    ending = _closure({name for name, state in states.items() if state.final is not None}, backwards)
    for name, state in states.items():
        if state.final is None and not ordinary[name]:
            message = say("no_way_out", name=name)
            hint = say("add_ways_or_final")
            nodes[name].error("no_way_out", message, hint, on_key=True)
        if name not in entered and name not in entered_from_outside:
            message = say("not_reached", initial=initial, name=name)
            nodes[name].error("unreachable", message, say("let_transition_lead_there"), on_key=True)
        elif name not in ending and ordinary[name]:
            message = say("no_way_to_end", name=name)
            nodes[name].error("no_end", message, say("lead_to_final"), on_key=True)
    alone = {
        name: frozenset(
            to for one in state.transitions if not isinstance(one.trigger, By) for to in targets(one, choices)
        )
        for name, state in states.items()
    }
    for circle in _circles(alone):
        message = say("turns_in_a_circle", names=" -> ".join(circle))
        nodes[circle[0]].error("circle", message, say("let_person_decide"), on_key=True)


def _closure(start: Iterable[str], edges: Edges) -> set[str]:
    found = set(start)
    waiting = list(found)
    while waiting:
        for name in edges.get(waiting.pop(), frozenset()):
            if name not in found:
                found.add(name)
                waiting.append(name)
    return found


def _circles(edges: Edges) -> list[tuple[str, ...]]:
    """One circle for each set of states that lead into each other, told from the state written first."""
    told: set[str] = set()
    found: list[tuple[str, ...]] = []
    for name in edges:
        if name in told:
            continue
        way = _way_back(name, edges)
        if way:
            found.append(way)
            told.update(way)
    return found


def _way_back(start: str, edges: Edges) -> tuple[str, ...]:
    """The shortest way from a state back to itself, or ()."""
    came: dict[str, str] = {}
    waiting = [start]
    for name in waiting:
        for to in sorted(edges.get(name, frozenset())):
            if to == start:
                way = [start, name]
                while name != start:
                    name = came[name]  # noqa: PLW2901 - walking back the way we came
                    way.append(name)
                return tuple(reversed(way)) if len(way) > 2 else (start, start)  # noqa: PLR2004 - start twice
            if to not in came:
                came[to] = name
                waiting.append(to)
    return ()


def check_ladders(
    uses: Iterable[LadderUse], ladders: Mapping[str, Ladder], states: Mapping[str, State]
) -> None:
    """Complains of due times nobody but the silent holder ever hears of, where no moment moves the case on."""
    for use in uses:
        ladder = ladders.get(use.ladder)
        if ladder is None or reaches_somebody(ladder):
            continue
        state = states.get(use.state)
        moves = state is not None and any(isinstance(one.trigger, At) for one in state.transitions)
        if not moves:
            message = say("ladder_only_reminds", ladder=use.ladder)
            hint = say("add_at_or_last_rung")
            use.node.error("dead_end", message, hint)
