"""What happens in a case beside its moves: rungs, pauses, more time, other holders, answers, facts, taking back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from engine.lawful.clocks import (
    armed_clocks,
    clocks_after,
    counted_day,
    extended_clock,
    holding_clocks,
    rung_instant,
    skipping,
)
from engine.lawful.days import UnknownDayError, instant_of
from engine.lawful.moves import acts, fits, no_subject, persons_of, takes_work
from engine.lawful.standing import Asked, Life, Running

__all__ = ["HANDLERS", "paused_by_itself"]

_OF_WORK = ("task", "case")


def _rung(life: Life, told: Mapping[str, Any]) -> None:
    """Rungs ring in order, none early, each once for a due day, and do what the ladder says."""
    assert life.book is not None
    cause = told["cause"]
    clock = life.clocks.get(str(cause["deadline"]))
    rule = None if clock is None else life.due_rule(clock.name)
    if clock is None or rule is None or not rule.ladder:
        life.say("rung", f"a rung of {cause['deadline']} rang", "no such clock with a ladder runs")
        return
    if cause["ladder"] != rule.ladder:
        life.say("rung", f"a rung of the ladder {cause['ladder']} rang", f"this clock has {rule.ladder}")
        return
    if cause["due"] != clock.due.isoformat():
        life.say("deadline", f"it says that {clock.name} was due on {cause['due']}", f"it was due on {clock.due}")
    if cause["generation"] != clock.generation:
        life.say("rung", f"it is told of round {cause['generation']} of the ladder", f"this is {clock.generation}")
    rungs = life.book.rungs[rule.ladder]
    numbers = [int(one) for one in told.get("caught_up", {}).get("rungs", (cause["rung"],))]
    for number in numbers:
        if not 0 <= number < len(rungs):
            life.say("rung", f"rung {number} rang", f"the ladder {rule.ladder} has {len(rungs)}")
            return
        _once(life, told, clock, number, alone=len(numbers) == 1)
        clock.fired.add(number)
    if clock.holds:
        life.say("pause", f"rung {cause['rung']} rang while its clock stood still", "it waits until that is over")
    if not told.get("actor", {}).get("timer"):
        life.say("role", "a rung is told as an act of people", "it rings by itself")
    allowed = {str(rungs[number].get("task")) for number in numbers}
    passes = {str(rungs[number].get("reassign")) for number in numbers} - {"None"}
    if ("reassigned" in told) and not passes:
        life.say("rung", f"rung {cause['rung']} gave work to somebody else", "this rung does not")
    for one in told.get("found", ()):
        if "from" in one:
            _handed(life, str(one["from"]), one)
        elif one["role"] in allowed:
            _not_silent(life, one)
    if "reassigned" in told:
        _handed(life, str(told["reassigned"]["from"]), told["reassigned"])


def _once(life: Life, told: Mapping[str, Any], clock: Running, number: int, *, alone: bool) -> None:
    if number in clock.fired:
        life.say("rung", f"rung {number} of {clock.name} rang a second time", "each rings at most once for a due day")
    elif number in clock.skipped and not clock.stood:
        life.say("rung", f"rung {number} of {clock.name} rang", "its day was over when the clock began: it never rings")
    try:
        wanted = rung_instant(life, clock, number)
    except UnknownDayError as unknown:
        life.unjudged = life.unjudged or str(unknown)
        return
    if life.at < wanted:
        life.say("early", f"rung {number} of {clock.name} rang at {life.at}", f"not before {wanted}")
    late = told.get("late_us")
    if alone and not clock.stood and isinstance(late, int) and life.at - timedelta(microseconds=late) != wanted:
        life.say("lateness", f"rung {number} says it was late by {late} us", f"it was due at {wanted}")


def _not_silent(life: Life, one: Mapping[str, Any]) -> None:
    """Whoever is asked to step in is not the one who is silent, nor the subject."""
    assert life.book is not None
    if life.holding(one["person"]) is not None:
        life.say("rung", f"{one['person']} was asked to step in for themselves", "somebody else")
    if one["person"] == life.subject and not life.book.is_subject(one["role"]):
        life.say("own case", f"{one['person']} was asked to step in in their own case", "another person")


def _handed(life: Life, before: str, found: Mapping[str, Any]) -> None:
    work = life.holding(before)
    if work is None:
        if not life.unnamed:
            life.say("role", f"work of {before} was given to {found['person']}", f"{before} holds none")
        return
    fits(life, work.role, str(found["person"]))
    work.person = str(found["person"])


def _steered(life: Life, told: Mapping[str, Any]) -> None:
    """Whoever steers a case gives a reason, and never steers their own."""
    person, behalf = persons_of(told)
    if person is None and not told.get("actor", {}).get("operator"):
        life.say("role", f"{told['kind']} is told as nobody's act", "people steer a case")
    if life.subject in {person, behalf}:
        life.say("own case", f"{life.subject} steered their own case ({told['kind']})", "another person")
    if "reason" not in told.get("content", {}):
        life.say("reason", f"{told['kind']} without a reason", "steering needs a reason")


def _extended(life: Life, told: Mapping[str, Any]) -> None:
    _steered(life, told)
    extended_clock(life, told)


def _paused(life: Life, told: Mapping[str, Any]) -> None:
    assert life.book is not None
    cause = told["cause"]
    kind = str(cause.get("paused"))
    own = life.book.own_pauses.get(kind)
    if "outage" not in cause and not (own or {}).get("by"):
        _steered(life, told)
    if kind not in life.book.pauses and own is None:
        life.say("pause", f"a clock stands still for {kind!r}", f"reasons: {', '.join(_reasons(life))}")
    elif own is not None and not own.get("by"):
        life.say("pause", f"somebody let a clock stand still for {kind!r}", "that pause begins by itself")
    else:
        _longest(life, kind, str(cause["until"]), told, by_unit="outage" in cause)
    names = [str(one) for one in cause.get("clocks", ())]
    for name in names:
        if "outage" not in cause and kind not in stopping(life, name):
            life.say("pause", f"{name} stands still for {kind!r}", "this clock does not stop for it")
    given = told.get("given_back")
    if given:
        _given(life, told)
    holding_clocks(life, kind, names)
    _follow_clocks(life, told)


def _reasons(life: Life) -> list[str]:
    assert life.book is not None
    return sorted({*life.book.pauses, *life.book.own_pauses})


def stopping(life: Life, name: str) -> frozenset[str]:
    """The reasons for which a clock of the present state stops."""
    assert life.book is not None
    rule = life.due_rule(name)
    if rule is None:
        return frozenset()
    if name == "task":
        if rule.within is None:
            return frozenset()
        return frozenset(one for one in life.book.pauses if one not in life.book.own_pauses) | set(rule.pauses)
    return frozenset(rule.pauses) if name.startswith("move:") else frozenset()


def _longest(life: Life, kind: str, until: str, told: Mapping[str, Any], *, by_unit: bool) -> None:
    """No pause lasts longer than its longest."""
    assert life.book is not None
    assert life.written is not None
    own = life.book.own_pauses.get(kind)
    span = life.written.span(str(own["longest"])) if own is not None else life.book.pauses.get(kind)
    versions = [version for name, (_, version) in clocks_after(life, told).items() if name == f"resume:{kind}"]
    if span is None or by_unit or not versions:
        return
    try:
        latest = life.days(versions[0]).counted(life.today, *span)
    except UnknownDayError as unknown:
        life.unjudged = life.unjudged or str(unknown)
        return
    if until != latest.isoformat():
        life.say("pause", f"it stands still for {kind!r} until {until} at most", f"until {latest}")


def paused_by_itself(life: Life, told: Mapping[str, Any]) -> None:
    """Pauses that begin as things are: those that the definition lists, and outages of the unit."""
    assert life.book is not None
    for kind, until in told.get("pauses", ()):
        own = life.book.own_pauses.get(kind)
        if kind == "outage":
            names = [name for name in life.clocks if name == "task" or name.startswith(("phase:", "case"))]
        elif own is None or own.get("by"):
            life.say("pause", f"clocks stand still for {kind!r} by itself", f"reasons: {', '.join(_reasons(life))}")
            continue
        else:
            names = [name for name in life.clocks if kind in stopping(life, name)]
            _longest(life, kind, until, told, by_unit=False)
        holding_clocks(life, kind, names)


def _resumed(life: Life, told: Mapping[str, Any]) -> None:
    cause = told.get("cause", {})
    if told["kind"] == "resumed" and "pause_over" not in cause and "outage" not in cause:
        kinds = {kind for clock in life.clocks.values() for kind in clock.holds}
        assert life.book is not None
        if not any(life.book.own_pauses.get(kind, {}).get("by") for kind in kinds):
            _steered(life, told)
    if "pause_over" in cause:
        _over_in_time(life, f"resume:{cause['pause_over']}", str(cause["due"]), told)
    again = cause.get("resumed", ())
    _follow_clocks(life, told)
    for name, due in again:
        clock = life.clocks.get(name)
        if clock is None:
            life.say("pause", f"{name} runs on", "no such clock stands still")
            continue
        if not clock.holds:
            life.say("pause", f"{name} runs on", "it did not stand still")
        if date.fromisoformat(due) < clock.due and not clock.grown:
            life.say("deadline", f"{name} runs on until {due}", "a pause gives no time away")
        clock.due, clock.grown, clock.holds = date.fromisoformat(due), True, {}
        clock.skipped = set()
        skipping(life, clock)
    if told["kind"] == "resumed":
        _let_go(life, told)


def _let_go(life: Life, told: Mapping[str, Any]) -> None:
    """Clocks that another reason still holds stand on for that one alone."""
    left = {
        name[len("resume:") :] if name.startswith("resume:") else "outage"
        for name in life.clocks
        if name.startswith("resume:") or name == "outage"
    }
    for clock in life.clocks.values():
        clock.holds = {kind: since for kind, since in clock.holds.items() if kind in left}


def _over_in_time(life: Life, name: str, due: str, told: Mapping[str, Any]) -> None:
    assert life.zone is not None
    day = date.fromisoformat(due)
    clock = life.clocks.get(name) or life.clocks.get("outage")
    if clock is None or clock.due != day:
        life.say("deadline", f"{told['kind']} says that {due} was over", "no clock ran until that day")
    if life.at < life.zone.end(day):
        life.say("early", f"{told['kind']} came at {life.at}", f"{day} is over at {life.zone.end(day)}")


def _follow_clocks(life: Life, told: Mapping[str, Any]) -> None:
    """Take over which clocks run by now; what none of the other rules explains is told where it matters."""
    if "clocks" not in told or life.ended:
        return
    after = clocks_after(life, told)
    life.clocks = {name: one for name, one in life.clocks.items() if name in after}
    for name, (day, version) in after.items():
        clock = life.clocks.get(name)
        if clock is None:
            life.clocks[name] = Running(name, day, version, life.visit)
        elif (clock.due, clock.calendar) != (day, version):
            clock.grown = True
            clock.due, clock.calendar = day, version


def _given(life: Life, told: Mapping[str, Any]) -> None:
    for name, start, end in told.get("given_back", ()):
        clock = life.clocks.get(name)
        if clock is None or clock.due.isoformat() != start:
            life.say("deadline", f"{name} is told as due on {start} before days were given back", "it was not")
            continue
        if end < start:
            life.say("deadline", f"{name} is given days back and is due on {end}", f"not before {start}")
        clock.due, clock.grown, clock.stood = date.fromisoformat(end), True, True
        version = clocks_after(life, told).get(name, (clock.due, clock.calendar))[1]
        clock.calendar = version
        skipping(life, clock)


def _given_back(life: Life, told: Mapping[str, Any]) -> None:
    _given(life, told)
    _follow_clocks(life, told)


def _recounted(life: Life, told: Mapping[str, Any]) -> None:
    """A calendar that counts now moves each clock to the day it comes to by it, or leaves it."""
    for one in told.get("recounted", ()):
        clock = life.clocks.get(one["clock"])
        if clock is None or clock.due.isoformat() != one["from"]:
            life.say("deadline", f"{one['clock']} is told as due on {one['from']} before it was counted again", "it was not")
            continue
        clock.calendar = one["calendars"][1]
        kept = bool(one.get("kept"))
        try:
            wanted = None if kept or clock.grown else counted_day(life, clock)
        except UnknownDayError as unknown:
            life.unjudged = life.unjudged or str(unknown)
            wanted = None
        if wanted is not None and wanted.isoformat() != one["to"]:
            life.say("deadline", f"{one['clock']} is counted again to {one['to']}", f"by {clock.calendar}: {wanted}")
        clock.due, clock.grown = date.fromisoformat(one["to"]), clock.grown or kept
        clock.skipped |= set(one.get("skipped", ()))
        clock.stood = True
    _follow_clocks(life, told)


def _reassigned(life: Life, told: Mapping[str, Any]) -> None:
    _steered(life, told)
    to = str(told["cause"]["to"])
    officials = [one for one in life.waiting() if one.person != life.subject]
    if not officials:
        life.say("role", f"work was given to {to}", "nobody's work waits that could be given away")
        return
    work = officials[0]
    fits(life, work.role, to)
    work.person = to


def _followed(life: Life, told: Mapping[str, Any]) -> None:
    for one in told.get("found", ()):
        if "from" in one and life.holding(str(one["from"])) is not None:
            _handed(life, str(one["from"]), one)
    _dropped(life, told)


def _dropped(life: Life, told: Mapping[str, Any]) -> None:
    for person in told.get("dropped", ()):
        for one in life.asked:
            if one.person == person and one.state != "declined":
                one.state = "dropped"


def _answered(life: Life, told: Mapping[str, Any]) -> None:
    """An answer or a signature of somebody who was asked."""
    gather, kind = life.place.gather, told["kind"]
    if gather is None:
        life.say("way", f"something was {kind} in {life.state}", "nothing is gathered there")
        return
    if (kind == "signed") != ("sign" in gather) and kind != "declined":
        life.say("way", f"something was {kind} in {life.state}", "that is not what is asked for there")
    if kind == "declined" and not gather.get("may_decline"):
        life.say("way", f"somebody declined in {life.state}", "nobody may decline there")
    if told.get("actor", {}).get("unnamed"):
        if "anonymous" not in gather:
            life.say("role", "an answer has no name", "only answers that are asked without names have none")
        life.unnamed += kind == "answered"
        if kind == "declined":
            _one_less(life)
        return
    acts(life, told, told.get("cause", {}), ("holder",))
    person, behalf = persons_of(told)
    work = life.holding(behalf or person)
    if work is None:
        return
    life.has_acted(work.role, person, behalf, *told.get("cause", {}).get("passed_by", ()))
    _lapsed(life, told)
    work.state = "declined" if kind == "declined" else "answered"


def _one_less(life: Life) -> None:
    """Somebody who was asked without a name declined: who, the log does not tell."""
    life.unnamed += 0
    left = life.waiting()
    if left:
        left[-1].state = "declined"


def _lapsed(life: Life, told: Mapping[str, Any]) -> None:
    for person in told.get("lapsed", ()):
        for one in life.asked:
            if one.person == person:
                one.state = "waiting"
    for one in told.get("found", ()):
        if "from" in one:
            _handed(life, str(one["from"]), one)
    _dropped(life, told)


def _edited(life: Life, told: Mapping[str, Any]) -> None:
    gather = life.place.gather or {}
    role = gather.get("edit")
    acts(life, told, told.get("cause", {}), (str(role),))
    person, behalf = persons_of(told)
    life.has_acted(str(role), person, behalf)
    _lapsed(life, told)


def _noticed(life: Life, told: Mapping[str, Any]) -> None:
    if life.subject in persons_of(told):
        life.say("own case", f"{life.subject} recorded a fact in their own case", "another person")
    life.facts.add(str(told["cause"]["fact"]))
    _resumed(life, told)
    _follow_clocks(life, told)
    paused_by_itself(life, told)


def _woke(life: Life, told: Mapping[str, Any]) -> None:
    assert life.zone is not None
    day = date.fromisoformat(told["cause"]["due"])
    if life.sleeps is None:
        life.say("opening", f"{life.state} opened again", "it was open")
    elif day != life.sleeps or life.at < life.zone.begin(day):
        life.say("opening", f"{life.state} opened at {life.at}", f"it opens on {life.sleeps}")
    life.sleeps = None
    life.entered = life.today
    if not life.phases:
        life.opened = life.today
    life.phases.setdefault(life.place.phase, life.today)
    kept = {name: one for name, one in life.clocks.items() if name != "wake"}
    takes_work(life, told)
    armed_clocks(life, told, kept)
    paused_by_itself(life, told)


def _undone(life: Life, told: Mapping[str, Any]) -> None:
    """A move is taken back within its time, by whoever made it, before anybody acted on it."""
    cause = told["cause"]
    if life.undo is None or life.before is None or life.undo[0] != cause["undoes"]:
        life.say("undo", f"entry {cause['undoes']} was taken back", "it is no move that could still be taken back")
        return
    _, rule, mover, until = life.undo
    if life.at >= until:
        life.say("undo", f"{rule} was taken back at {life.at}", f"not from {until} on")
    if persons_of(told)[0] != mover:
        life.say("undo", f"{persons_of(told)[0]} took {rule} back", f"only {mover} may, who did it")
    if life.spent:
        life.say("undo", f"{rule} was taken back", f"{life.spent} came in between")
    if told["to"] != life.before["state"]:
        life.say("way", f"taking {rule} back led to {told['to']}", f"it leads back to {life.before['state']}")
    visits = max(life.visit, life.visits)
    life.restore(life.before)
    life.visits, life.before, life.undo = visits, None, None
    _follow_clocks(life, told)


def _ended(life: Life, told: Mapping[str, Any]) -> None:
    assert life.book is not None
    if told["cause"].get("parent") != life.parent:
        life.say("end", f"it ended with {told['cause'].get('parent')}", f"it was opened by {life.parent or 'nobody'}")
    place = life.book.states.get(str(told["to"]))
    if place is None or place.final != "ended":
        life.say("end", f"it ended in {told['to']}", "in the one state that ends a case from outside")
    _close(life, told, str(told["to"]))


def _cancelled(life: Life, told: Mapping[str, Any]) -> None:
    if told["to"] != life.state:
        life.say("way", f"cancelling led to {told['to']}", f"it leaves the case where it stands: {life.state}")
    _close(life, told, life.state)


def _close(life: Life, told: Mapping[str, Any], state: str) -> None:
    life.state, life.ended = state, str(told.get("ended", ""))
    life.visit = life.visits = max(life.visit, life.visits) + 1
    life.asked, life.clocks, life.before, life.undo = [], {}, None, None


def _acknowledged(life: Life, told: Mapping[str, Any]) -> None:
    if life.subject in persons_of(told):
        life.say("own case", f"{life.subject} looked at a breach in their own case", "another person")
    if "reason" not in told.get("content", {}):
        life.say("reason", "a breach was looked at without saying what was done", "it needs a reason")


def _promise(life: Life, told: Mapping[str, Any]) -> None:
    _over_in_time(life, f"promise:{told['cause']['promise']}", str(told["cause"]["due"]), told)
    _follow_clocks(life, told)


def _plain(life: Life, told: Mapping[str, Any]) -> None:
    """What changes nothing but, perhaps, which clocks run."""
    _follow_clocks(life, told)


def _reminded(life: Life, told: Mapping[str, Any]) -> None:
    _steered(life, told)


HANDLERS = {
    "rung": _rung, "extended": _extended, "paused": _paused, "resumed": _resumed, "given_back": _given_back,
    "recounted": _recounted, "reassigned": _reassigned, "reminded": _reminded, "followed": _followed,
    "answered": _answered, "signed": _answered, "declined": _answered, "edited": _edited, "noticed": _noticed,
    "woke": _woke, "undone": _undone, "ended": _ended, "cancelled": _cancelled, "acknowledged": _acknowledged,
    "promise": _promise, "opened": _plain, "corrected": _plain, "entered": _plain, "checked": _plain,
    "released": _plain, "journal_told": _plain, "link_opened": _plain,
}  # fmt: skip
