"""What must be true of every life: each claim gives sentences of what is wrong, none if nothing is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from engine.core.case import Case
from engine.core.codec import decode
from engine.core.definition import (
    AlwaysAfter,
    AtMost,
    Definition,
    EndsBy,
    NeverAfter,
    NeverBefore,
    NeverSame,
    Promise,
)
from engine.core.figures import figure_values
from engine.core.mining import designed, mined
from engine.core.moments import day_of
from engine.core.proof.endings import ends_of
from engine.core.proof.entries import year_of
from engine.core.proof.finding import Ground
from engine.core.roles import Subject
from engine.store import queries
from tests.practices.living import ZONE, Life
from tests.worlds import calendar


class Event(NamedTuple):
    """Something of a promise that happened: a way that was taken, with the state it led into ("" if none)."""

    at: int
    way: str
    entered: str
    actor: str


def events(life: Life, case: Case) -> list[Event]:
    """What happened in a case, oldest first."""
    found = []
    for one in life.engine.history(case.id):
        facts = decode(one.body)
        if one.kind in {"launched", "moved", "stayed", "ended"}:
            cause = facts.get("cause", {})
            rule = cause.get("act") or cause.get("moment") or ""
            entered = facts["to"] if one.kind != "stayed" else ""
            found.append(Event(one.at, rule, entered, facts["actor"].get("person", "")))
    return found


def unrested(life: Life) -> Iterator[str]:
    """Cases that are open and wait for nobody who could be reached."""
    serving = {one.key for one in life.engine.chart.people(life.today) if one.serves_on(life.today)}
    for case in life.all_cases(open_only=True):
        holders = {task.holder for task in case.tasks}
        later = case.next_at < life.clock.instant + 800 * 86_400_000_000
        if not later and not holders & serving:
            yield f"{case.cycle} {case.subject} rests in {case.state} with {sorted(holders)}"


def overdue(life: Life) -> Iterator[str]:
    """Cases that ended, or entered a state, after the latest day that was told or proven."""
    known: dict[tuple[str, int], Any] = {}
    for case in life.all_cases():
        if case.id in life.extended:
            continue
        definition = life.definition(case)
        told = life.latest.get(case.id)
        last = calendar().date_of(case.entered_at - 1, ZONE)
        if case.ended and told is not None and last > told:
            yield f"{case.cycle} {case.subject} ended in {case.state} on {last}, told was {told}"
        key = (definition.digest, case.period_from.year)
        if key not in known:
            ground = Ground(definition=definition, calendar=calendar(), year=case.period_from.year)
            known[key] = ends_of(year_of(ground))
        for one in events(life, case):
            proven = known[key].entered.get(one.entered)
            day = calendar().date_of(one.at - 1, ZONE)
            if proven is not None and day > proven:
                yield f"{case.cycle} {case.subject} entered {one.entered} on {day}, proven was {proven}"


def broken(life: Life) -> Iterator[str]:
    """Promises that are proven whatever people do, and that a case did not keep."""
    for case in life.all_cases():
        definition = life.definition(case)
        told = events(life, case)
        for number, promise in enumerate(definition.promises):
            if not _about(promise, definition) or life.proven(definition)[number] != "always":
                continue
            if not _kept(promise, told, case, definition, late=case.id in life.extended):
                yield f"{case.cycle} {case.subject} in {case.state} broke {promise}"


def unwatched(life: Life) -> Iterator[str]:
    """Promises that a case says it kept or broke, and its entries, read from the first, say otherwise."""
    for case in life.all_cases():
        definition, told = life.definition(case), events(life, case)
        for watch in case.promises:
            promise = definition.promises[watch.number]
            where = f"{case.cycle} {case.subject} in {case.state}: {promise} is {watch.standing}"
            kept = _kept(promise, told, case, definition, late=False)
            if watch.standing == "kept" and not kept:
                yield f"{where}, and was not kept"
            if watch.standing == "broken" and kept and case.ended:
                yield f"{where}, and was kept"
            if case.ended and watch.standing == "open":
                yield f"{where}, and the case is over"
            proven = life.proven(definition)[watch.number]
            if watch.standing == "broken" and proven == "always" and case.id not in life.extended:
                yield f"{where}, and was proven"


def _about(promise: Promise, definition: Definition) -> bool:
    """Whether what a promise names is this machine's: a track's is not its case's."""
    ways = {way.name for state in definition.states.values() for way in state.transitions}
    match promise:
        case NeverBefore(never=one, before=other) | AlwaysAfter(after=one, always=other):
            return all(name in definition.states or name in ways for name in (one, other))
        case NeverAfter(after=one, never=other):
            return all(name in definition.states or name in ways for name in (one, other))
        case _:
            return True


def _kept(promise: Promise, told: list[Event], case: Case, definition: Definition, *, late: bool) -> bool:
    match promise:
        case NeverBefore():
            first = _times(told, promise.before)
            return all(first and first[0] <= at for at in _times(told, promise.never))
        case NeverAfter():
            first = _times(told, promise.after)
            return not first or all(at < first[0] for at in _times(told, promise.never))
        case AlwaysAfter():
            return _followed(promise, told, case, definition, late=late)
        case AtMost():
            return len(_times(told, promise.of)) <= promise.most
        case EndsBy():
            day = day_of(
                promise.date, calendar=calendar(), period_from=case.period_from, period_to=case.period_to,
                entry=case.period_from, due=None, windows=case.windows,
            )  # fmt: skip
            return late or (bool(case.ended) and calendar().date_of(case.entered_at - 1, ZONE) <= day)
        case NeverSame():
            # One act done twice, as after a return, is no two acts.
            did = {(one.actor, act) for one in told if (act := one.way.rpartition(".")[2]) in promise.acts}
            who = [actor for actor, _ in did if actor]
            return len(who) == len(set(who))


def _followed(
    promise: AlwaysAfter, told: list[Event], case: Case, definition: Definition, *, late: bool
) -> bool:
    """What comes from outside (the person leaves, an exemption) keeps nothing and breaks nothing."""
    if case.ended == "ended":
        return True
    for at in _times(told, promise.after):
        then = [one for one in _times(told, promise.always) if one >= at]
        if not then:
            return False
        if promise.within is not None and not late:
            # what a clock does at the end of a day is done at its last moment
            first, last = (calendar().date_of(one, ZONE) for one in (at, then[0] - 1))
            if last > calendar().add(first, promise.within.amount, promise.within.unit):
                return False
    return True


def _times(told: list[Event], name: str) -> list[int]:
    """When something happened: a state was entered, or a way was taken."""
    return [one.at for one in told if name in (one.entered, one.way, one.way.rpartition(".")[2])]


def usurped(life: Life) -> Iterator[str]:
    """Cases in which somebody acted, or was to act, on themselves as somebody else."""
    for case in life.all_cases():
        roles = life.definition(case).roles
        own = {name for name, role in roles.items() if isinstance(role.query, Subject)}
        for name, people in case.acted.items():
            if case.subject in people and name not in own:
                yield f"{case.cycle} {case.subject} acted as {name} on themselves"
        for id_, name, holder in life.held:
            if id_ == case.id and holder == case.subject and name not in own:
                yield f"{case.cycle} {case.subject} was to act as {name} on themselves"


def undesigned(life: Life) -> Iterator[str]:
    """Moves that the net of their rules has no transition for, or not from where the case was before."""
    for case in life.all_cases():
        ways = designed(life.definition(case))
        with life.engine.database.read() as view:
            told = [mined(0, one.body) for one in queries.history(view, case.stream)]
        at = ""
        for one in told:
            if one.way and (one.way not in ways or one.source != at):
                yield f"{case.id} entry {one.seq}: {one.way} from {at} is in no net"
            at = one.target or at


def linkable(life: Life) -> Iterator[str]:
    """Answers without names that can be traced to who gave them, in entries or in what is kept."""
    for case in life.all_cases():
        definition = life.definition(case)
        gathers = {
            name: state.gather for name, state in definition.states.items() if state.gather is not None
        }
        unnamed = {name: rule for name, rule in gathers.items() if rule.anonymous}
        for one in life.engine.history(case.id):
            facts = decode(one.body)
            named = facts["actor"].get("person")
            if one.kind in {"answered", "declined"} and facts["from"] in unnamed and named:
                yield f"{case.cycle} {case.subject}: {one.kind} by {named}"
        with life.engine.database.read() as view:
            rows = queries.written(view, case.id)
        for rule in unnamed.values():
            for row in rows:
                held, single = row.form.startswith(f"{rule.name}#"), "." in row.form
                if held and (single or (case.ended and decode(row.value) is not None)):
                    yield f"{case.cycle} {case.subject}: {row.form} is kept"


def unopened(life: Life, follow_up: str, link: str) -> Iterator[str]:
    """Cases whose figure says that something follows and that opened nothing."""
    for case in life.all_cases():
        view = life.engine.case(case.id, None)
        if link not in view.definition.linked or case.state != "done":
            continue
        poor = figure_values(view.definition, view.known).get(follow_up) in {"kurang", "sangat_kurang"}
        if poor and not any(one.startswith(f"{link}:") for one in case.opened):
            yield f"{case.cycle} {case.subject} was rated poor and no {link} was opened"


def unlisted(life: Life, fact: str) -> Iterator[str]:
    """Members on a unit's list that did not follow its session, and others that did."""
    for unit in life.all_cases():
        for listed in unit.lists.values():
            if fact.rpartition(" ")[2] not in unit.reached:
                continue
            for case in life.all_cases():
                if case.unit != unit.unit or case.period_from != unit.period_from or case.id == unit.id:
                    continue
                followed = fact in case.facts
                if followed and case.id not in listed.cases:
                    yield f"{case.cycle} {case.subject} followed {unit.subject} and is not on its list"


def missing_quarters(life: Life, workflow: str) -> Iterator[str]:
    """Years that ran to their end without every quarter since they began to run, or with one still open."""
    cases = life.all_cases()
    for case in cases:
        if life.definition(case).workflow != workflow or "last_quarter" not in case.reached:
            continue
        ran = next(one.at for one in events(life, case) if one.entered == "running")
        first = max(calendar().date_of(ran, ZONE), case.period_from)
        wanted = {date(first.year, month, 1) for month in (1, 4, 7, 10) if month + 2 >= first.month}
        quarters = [one for one in cases if one.parent == case.id and one.link == "quarters"]
        if {one.period_from for one in quarters} != wanted:
            yield f"{case.cycle} {case.subject} has quarters {[one.period_from for one in quarters]}, not {wanted}"
        if case.ended and any(not one.ended for one in quarters):
            yield f"{case.cycle} {case.subject} ended with open quarters"
