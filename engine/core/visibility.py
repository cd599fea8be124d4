"""Who may read what in a case: grants only, each since a moment that never reverts; everything else is hidden.

The holder of a task reads what the task shows and fills for as long as it is theirs; whoever is asked in a gathering
what it shows, and the text they are to sign. A figure without a grant is read by whoever reads all it is worked out
from. Which version of a form is read, after a case was sent back, is `engine.core.sight`'s.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from engine.core.case import Case
from engine.core.command import Contents
from engine.core.definition import Definition, Gather, TaskRule
from engine.core.figures import paths_of
from engine.core.kept import answer_name
from engine.core.paths import Lost, find, sources_of

#: by what is read, the grants it is read by: each as the states it counts since, none of them for ever and all of it
Rights = Mapping[str, frozenset[tuple[str, ...]]]

#: read as it stands now: granted `always`, or shown to whoever is at work
NEWEST: tuple[str, ...] = ()


def rights(
    definition: Definition,
    case: Case,
    person: str,
    roles: Iterable[str],
    *,
    beside: frozenset[str] = frozenset(),
    givers: frozenset[str] = frozenset(),
) -> Rights:
    """What this person reads in this case now, given the roles they fill in it, and by which grants.

    `beside` are states that its tracks have reached, or for a track those of its case: grants may name them too.
    `givers` are those whose work in this case they may do for them.
    """
    filled = frozenset(roles)
    found = {name: set(ways) for name, ways in granted(definition, case, filled, beside).items()}
    rule = definition.states[case.state].work
    if rule is not None:
        for name in _for_the_work(rule, case, givers | {person}, filled):
            found.setdefault(name, set()).add(NEWEST)
    return {name: frozenset(ways) for name, ways in found.items()}


def granted(definition: Definition, case: Case, roles: Collection[str], beside: frozenset[str]) -> Rights:
    """What those who fill roles in this case may read by grants that count now; `beside` as in `rights`."""
    reached = beside.union(case.reached)
    found: dict[str, set[tuple[str, ...]]] = {}
    for grant in definition.grants:
        if grant.role in roles and (not grant.since or any(state in reached for state in grant.since)):
            found.setdefault(grant.what, set()).add(tuple(grant.since))
    return {name: frozenset(ways) for name, ways in found.items()}


def readers_of(definition: Definition, what: str) -> tuple[str, ...]:
    """The roles that come to read something in some state, by a grant or for their work, in the order of the rules."""
    found = {grant.role for grant in definition.grants if grant.what == what}
    for state in definition.states.values():
        rule = state.work
        if rule is not None and what in rule.shows:
            found.update((rule.who,) if isinstance(rule.who, str) else rule.who)
    return tuple(role for role in definition.roles if role in found)


def readable(
    definition: Definition,
    case: Case,
    person: str,
    roles: Iterable[str],
    *,
    beside: frozenset[str] = frozenset(),
    givers: frozenset[str] = frozenset(),
) -> frozenset[str]:
    """The forms and figures this person may read in this case now; the rest as in `rights`."""
    return with_figures(definition, rights(definition, case, person, roles, beside=beside, givers=givers))


def with_figures(definition: Definition, names: Iterable[str]) -> frozenset[str]:
    """These names, and the figures of which all that they are worked out from is among them."""
    open_to = set(names)
    for name in definition.figures:
        if name not in open_to and reads_inputs(definition, name, open_to):
            open_to.add(name)
    return frozenset(open_to)


def reads_inputs(definition: Definition, figure: str, open_to: Iterable[str]) -> bool:
    """Whether all that a figure is worked out from is among these."""
    names = frozenset(open_to)
    inputs = {one for one in inputs_of(definition, figure) if not _of_parts(definition, one)}
    return bool(inputs) and all(one in names or one.partition(".")[0] in names for one in inputs)


def _of_parts(definition: Definition, path: str) -> bool:
    """Whether a path leads to earlier parts of the period: who may read this part's number may read their mean."""
    read = definition.reads.get(path.partition(".")[0])
    return read is not None and read.of == "parts"


def own_answer(case: Case, contents: Contents, person: str) -> Mapping[str, object] | None:
    """What this person has answered in the present visit; None if nothing, or if answers have no names here."""
    if case.gathering is None:
        return None
    found = contents.answers.get(answer_name(case.gathering.name, case.visit, person))
    return found if isinstance(found, Mapping) else None


def _for_the_work(
    rule: TaskRule | Gather, case: Case, people: frozenset[str], roles: frozenset[str]
) -> set[str]:
    """What whoever does the present work reads while it is theirs; who has answered reads on until all have."""
    if isinstance(rule, TaskRule):
        mine = case.task is not None and case.task.holder in people
        return {*rule.shows, *((rule.form,) if rule.form else ())} if mine else set()
    signed = {rule.sign} if rule.sign is not None else set()
    asked = case.gathering.asked if case.gathering is not None else ()
    if any(one.person in people and one.state != "dropped" for one in asked):
        return {*rule.shows, *signed}
    return signed if rule.edit in roles else set()


def inputs_of(definition: Definition, figure: str) -> frozenset[str]:
    """The forms, gatherings, journals and reads (`members.predicate`) a figure is worked out from, all the way down."""
    sources = sources_of(definition)
    found: set[str] = set()
    waiting, seen = [figure], {figure}
    while waiting:
        for path in paths_of(definition.figures[waiting.pop()]):
            way = find(sources, path)
            if isinstance(way, Lost) or way.root == "setting":
                continue
            if way.root == "figure":
                if way.name not in seen:
                    seen.add(way.name)
                    waiting.append(way.name)
            else:
                found.add(path if way.root == "read" else way.name)
    return frozenset(found)
