"""What everybody may read, with no account: of people what they agreed to, of units only what counts many."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.core.complaints import say
from engine.core.conditions import names_in
from engine.core.definition import By, Condition, Public, State, SubjectKind
from engine.core.figures import paths_of
from engine.core.parse.head import read_condition
from engine.core.parse.nodes import Node
from engine.core.parse.parts import Parts
from engine.core.roles import Subject

__all__ = ["FEWEST", "read_public"]

#: of fewer people than this nothing is told to everybody
FEWEST = 5


def read_public(
    node: Node, subject: SubjectKind, parts: Parts, states: Mapping[str, State]
) -> tuple[Public, ...]:
    """What is open to everybody, by the state in which it is."""
    found = (
        _read(name, entry, subject, parts, states) for name, entry in node.entries(say("the_public")).items()
    )
    # Their order means nothing; a fixed one keeps equal definitions equal.
    return tuple(sorted((one for one in found if one is not None), key=lambda one: one.state))


def _read(
    name: str, node: Node, subject: SubjectKind, parts: Parts, states: Mapping[str, State]
) -> Public | None:
    node.reading.use(name, ("state",), node)
    person = subject == "person"
    needs = ("shows", "agreed") if person else ("shows",)
    fields = node.fields(say("what_is_public"), ("shows", "agreed"), needs)
    if "shows" not in fields:
        return None
    kinds = ("form", "figure") if person else ("figure",)
    shows = fields["shows"].names(say("what_is_public"), *kinds)
    agreed = read_condition(fields["agreed"]) if "agreed" in fields else None
    if person:
        _check_consent(node, agreed, parts, states)
        _check_way_back(node, parts, states.get(name))
        return Public(state=name, shows=shows, agreed=agreed)
    if agreed is not None:
        fields["agreed"].error(
            "bad_value", say("unit_agrees_to_nothing"), say("leave_agreed_out"), on_key=True
        )
    for figure in shows:
        for read in _too_few(figure, parts):
            fields["shows"].error(
                "too_few_people",
                say("public_of_few", figure=figure, read=read, fewest=FEWEST),
                say("write_least", fewest=FEWEST),
            )
    return Public(state=name, shows=shows)


def _check_consent(node: Node, agreed: Condition | None, parts: Parts, states: Mapping[str, State]) -> None:
    """Complains of a consent that somebody else writes than whom the case is about."""
    if agreed is None:
        return
    own = {
        state.task.form
        for state in states.values()
        if state.task is not None and state.task.who in _subjects(parts)
    }
    for read in names_in(agreed.text):
        form, dot, _ = read.partition(".")
        if dot and form in parts.forms and form not in own:
            node.error("bad_value", say("consent_by_another", form=form), say("ask_the_subject", form=form))


def _check_way_back(node: Node, parts: Parts, state: State | None) -> None:
    """Complains of a consent that nobody could withdraw."""
    own = _subjects(parts)
    if state is None:
        return
    holder = state.task.who if state.task is not None else ""
    acting = ({*(way.trigger.roles or (holder,))} for way in state.transitions if isinstance(way.trigger, By))
    if not any(own & roles for roles in acting):
        node.error("no_way_out", say("no_withdrawing", state=state.name), say("add_withdrawing"), on_key=True)


def _subjects(parts: Parts) -> set[str]:
    return {name for name, role in parts.roles.items() if isinstance(role.query, Subject)}


def _too_few(figure: str, parts: Parts) -> Iterator[str]:
    """The reads a figure rests on, all the way down, that are no set of enough people."""
    waiting, seen = [figure], {figure}
    while waiting:
        one = parts.figures.get(waiting.pop())
        for path in paths_of(one) if one is not None else ():
            read = parts.reads.get(path.partition(".")[0])
            if read is not None and not (read.many and read.least >= FEWEST):
                yield read.name
            if path in parts.figures and path not in seen:
                seen.add(path)
                waiting.append(path)
