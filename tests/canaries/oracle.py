"""Who may read which canary, said once more and by hand: from a definition's grants and the entries of its cases.

It shares nothing with `engine.core.visibility` and `sight`: ways are tried one by one, entries are read as they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from engine.core.codec import decode
from engine.core.definition import STAY, Definition
from engine.runtime import CaseView
from tests.canaries.planting import Canary

Entries = list[tuple[int, int, str, dict[str, Any]]]


def entries(view: CaseView) -> Entries:
    """The entries of a case: number, instant, kind and facts."""
    return [(one.seq, one.at, one.kind, decode(one.body)) for one in view.history]


def may_read(view: CaseView, person: str, canary: Canary) -> bool:
    """Whether somebody may read a canary that was written in this very case, as it stands now."""
    told = entries(view)
    if not canary.name:
        return _may_read_reason(told, person, canary)
    if canary.name in view.definition.journals:
        return _may_read_entry(view, told, person, canary)
    if canary.visit:
        return _may_read_answer(view, told, person, canary)
    return _at_work(view, person, canary.name) or _granted(view, told, person, canary)


def _may_read_answer(view: CaseView, told: Entries, person: str, canary: Canary) -> bool:
    """One's own while others are still asked, where answers have names; all of them once there were enough."""
    gather = view.definition.states[view.case.state].gather
    if view.case.visit == canary.visit:
        return gather is not None and not gather.anonymous and canary.by == person
    if not _kept(told, canary):
        return False
    return _at_work(view, person, canary.name) or _granted(view, told, person, canary)


def _at_work(view: CaseView, person: str, name: str) -> bool:
    """Whether somebody is shown something for the work they have now."""
    case, state = view.case, view.definition.states[view.case.state]
    if state.task is not None and case.task in [one.task for one in view.held]:
        return name in {*state.task.shows, state.task.form}
    if state.gather is None or case.gathering is None:
        return False
    if any(one.person == person and one.state != "dropped" for one in case.gathering.asked):
        return name in {*state.gather.shows, state.gather.sign}
    return state.gather.edit in view.roles and name == state.gather.sign


def _granted(view: CaseView, told: Entries, person: str, canary: Canary) -> bool:
    for grant in view.definition.grants:
        if grant.what != canary.name or grant.role not in view.roles:
            continue
        if not grant.since or not set(grant.since) <= view.definition.states.keys():
            return True  # what counts since a state of a track, or of a track's case, is tried elsewhere
        entered = [
            seq
            for seq, _, kind, facts in told
            if kind in {"launched", "moved", "ended"} and facts["to"] in grant.since
        ]
        if not entered:
            continue
        seq = _closing(told, canary) if canary.visit else canary.seq
        source = next(facts["from"] for number, _, _, facts in told if number == seq)
        if max(entered) >= seq or not _is_draft(view.definition, source, set(grant.since)):
            return True
        if canary.by == person and not canary.visit and canary.name not in view.definition.journals:
            return True
    return False


def _is_draft(definition: Definition, source: str, since: set[str]) -> bool:
    """Whether a case can be there without having been in one of these, and can still come to one."""
    return (
        source not in since
        and source in _walk(definition, definition.initial, since)
        and bool(since & _walk(definition, source, set()))
    )


def _walk(definition: Definition, start: str, but: set[str]) -> set[str]:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        name = waiting.pop()
        if name in seen or name in but:
            continue
        seen.add(name)
        for way in definition.states[name].transitions:
            waiting += [one for one in _targets(definition, way.to) if one != STAY]
            waiting += [one for one in _targets(definition, way.then or STAY) if one != STAY]
    return seen


def _targets(definition: Definition, to: str) -> Iterator[str]:
    if to in definition.choices:
        yield from (row.to for row in definition.choices[to].rows)
    else:
        yield to


def _closing(told: Entries, canary: Canary) -> int:
    """The entry with which the gathering of that visit was over."""
    return next(seq for seq, _, _, facts in told if facts["visit"] == canary.visit and "gathered" in facts)


def _kept(told: Entries, canary: Canary) -> bool:
    found = [
        facts["gathered"] for _, _, _, facts in told if facts["visit"] == canary.visit and "gathered" in facts
    ]
    return bool(found) and found[0]["enough"]


def _may_read_reason(told: Entries, person: str, canary: Canary) -> bool:
    facts = next(facts for seq, _, _, facts in told if seq == canary.seq)
    return person == canary.by or any(to == person for to, _ in facts.get("told", ()))


def _may_read_entry(view: CaseView, told: Entries, person: str, canary: Canary) -> bool:
    journal = view.definition.journals[canary.name]
    if person and canary.by == person:
        return True
    looked = [
        facts["entry"]["mark"]
        for _, _, kind, facts in told
        if kind == "released"
        and facts["entry"]["journal"] == journal.name
        and canary.number in facts["entry"]["numbers"]
    ]
    shown = next((one for one in view.journals if one.journal.name == journal.name), None)
    if shown is not None and canary.number in {*shown.checks, *shown.releases}:
        return (
            True  # who looks at entries reads them; that only the desk and the checker do is tested elsewhere
        )
    if looked[-1:] == ["withheld"] or (journal.held and not looked):
        return False
    at_work = _at_work(view, person, journal.name)
    if journal.anonymous:
        over = [seq for seq, _, kind, facts in told if kind == "journal_told"]
        return bool(over) and (
            at_work or _granted(view, told, person, Canary(**{**vars(canary), "seq": over[0]}))
        )
    return at_work or _granted(view, told, person, canary)
