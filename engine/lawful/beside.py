"""What happens in a case beside its moves: rungs, other holders, answers, facts, taking back, the end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from engine.lawful.acting import acts, fits, persons_of, takes_work
from engine.lawful.clocks import armed_clocks, rung_instant
from engine.lawful.days import UnknownDayError
from engine.lawful.standing import Life, Running
from engine.lawful.stops import (
    extended_case,
    follow_clocks,
    given_back,
    over_in_time,
    paused_by_itself,
    paused_case,
    recounted_case,
    resumed_clocks,
    steered,
)

__all__ = ["HANDLERS"]


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
        life.say(
            "deadline", f"it says that {clock.name} was due on {cause['due']}", f"it was due on {clock.due}"
        )
    if cause["generation"] != clock.generation:
        life.say(
            "rung", f"it is told of round {cause['generation']} of the ladder", f"this is {clock.generation}"
        )
    rungs = life.book.rungs[rule.ladder]
    numbers = [int(one) for one in told.get("caught_up", {}).get("rungs", (cause["rung"],))]
    if not all(0 <= number < len(rungs) for number in numbers):
        life.say("rung", f"rung {cause['rung']} rang", f"the ladder {rule.ladder} has {len(rungs)}")
        return
    for number in numbers:
        _rings_once(life, told, clock, number, alone=len(numbers) == 1)
        clock.fired.add(number)
    if clock.holds:
        life.say(
            "pause", f"rung {cause['rung']} rang while its clock stood still", "it waits until that is over"
        )
    if not told.get("actor", {}).get("timer"):
        life.say("role", "a rung is told as an act of people", "it rings by itself")
    _does_as_said(life, told, [rungs[number] for number in numbers])


def _does_as_said(life: Life, told: Mapping[str, Any], rungs: list[Mapping[str, Any]]) -> None:
    """A rung asks and hands over what the ladder says, and nothing else."""
    allowed = {str(rung.get("task")) for rung in rungs}
    if "reassigned" in told and not any("reassign" in rung for rung in rungs):
        life.say("rung", f"rung {told['cause']['rung']} gave work to somebody else", "this rung does not")
    for one in told.get("found", ()):
        if "from" in one:
            _handed(life, str(one["from"]), one)
        elif one["role"] in allowed:
            _not_silent(life, one)
    if "reassigned" in told:
        _handed(life, str(told["reassigned"]["from"]), told["reassigned"])


def _rings_once(life: Life, told: Mapping[str, Any], clock: Running, number: int, *, alone: bool) -> None:
    if number in clock.fired:
        life.say(
            "rung",
            f"rung {number} of {clock.name} rang a second time",
            "each rings at most once for a due day",
        )
    elif number in clock.skipped and not clock.stood:
        life.say(
            "rung",
            f"rung {number} of {clock.name} rang",
            "its day was over when the clock began: it never rings",
        )
    try:
        wanted = rung_instant(life, clock, number)
    except UnknownDayError as unknown:
        life.unjudged = life.unjudged or str(unknown)
        return
    if life.at < wanted:
        life.say("early", f"rung {number} of {clock.name} rang at {life.at}", f"not before {wanted}")
    late = told.get("late_us")
    if (
        alone
        and not clock.stood
        and isinstance(late, int)
        and life.at - timedelta(microseconds=late) != wanted
    ):
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


def _reassigned(life: Life, told: Mapping[str, Any]) -> None:
    steered(life, told)
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
    resumed_clocks(life, told)
    follow_clocks(life, told)
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
        life.say(
            "undo", f"entry {cause['undoes']} was taken back", "it is no move that could still be taken back"
        )
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
    follow_clocks(life, told)


def _ended(life: Life, told: Mapping[str, Any]) -> None:
    assert life.book is not None
    if told["cause"].get("parent") != life.parent:
        life.say(
            "end",
            f"it ended with {told['cause'].get('parent')}",
            f"it was opened by {life.parent or 'nobody'}",
        )
    place = life.book.states.get(str(told["to"]))
    if place is None or place.final != "ended":
        life.say("end", f"it ended in {told['to']}", "in the one state that ends a case from outside")
    _close(life, told, str(told["to"]))


def _cancelled(life: Life, told: Mapping[str, Any]) -> None:
    if told["to"] != life.state:
        life.say(
            "way", f"cancelling led to {told['to']}", f"it leaves the case where it stands: {life.state}"
        )
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
    over_in_time(life, f"promise:{told['cause']['promise']}", str(told["cause"]["due"]), told)
    follow_clocks(life, told)


def _plain(life: Life, told: Mapping[str, Any]) -> None:
    """What changes nothing but, perhaps, which clocks run."""
    follow_clocks(life, told)


def _reminded(life: Life, told: Mapping[str, Any]) -> None:
    steered(life, told)


HANDLERS = {
    "rung": _rung, "extended": extended_case, "paused": paused_case, "resumed": resumed_clocks,
    "given_back": given_back,
    "recounted": recounted_case, "reassigned": _reassigned, "reminded": _reminded, "followed": _followed,
    "answered": _answered, "signed": _answered, "declined": _answered, "edited": _edited, "noticed": _noticed,
    "woke": _woke, "undone": _undone, "ended": _ended, "cancelled": _cancelled, "acknowledged": _acknowledged,
    "promise": _promise, "opened": _plain, "corrected": _plain, "entered": _plain, "checked": _plain,
    "released": _plain, "journal_told": _plain, "link_opened": _plain,
}  # fmt: skip
