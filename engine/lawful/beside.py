"""What happens in a case beside its moves: other holders, answers, facts, taking back, the end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from engine.lawful.acting import acts, fits, persons_of, takes_work
from engine.lawful.clocks import armed_clocks
from engine.lawful.looks import breach_looked_at, superior_answered, superior_questioned
from engine.lawful.rungs import handed, rings
from engine.lawful.standing import Life
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
            handed(life, str(one["from"]), one)
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
            handed(life, str(one["from"]), one)
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


def _promise(life: Life, told: Mapping[str, Any]) -> None:
    over_in_time(life, f"promise:{told['cause']['promise']}", str(told["cause"]["due"]), told)
    follow_clocks(life, told)


def _plain(life: Life, told: Mapping[str, Any]) -> None:
    """What changes nothing but, perhaps, which clocks run."""
    follow_clocks(life, told)


def _reminded(life: Life, told: Mapping[str, Any]) -> None:
    steered(life, told)


HANDLERS = {
    "rung": rings, "extended": extended_case, "paused": paused_case, "resumed": resumed_clocks,
    "given_back": given_back,
    "recounted": recounted_case, "reassigned": _reassigned, "reminded": _reminded, "followed": _followed,
    "answered": _answered, "signed": _answered, "declined": _answered, "edited": _edited, "noticed": _noticed,
    "woke": _woke, "undone": _undone, "ended": _ended, "cancelled": _cancelled, "acknowledged": breach_looked_at,
    "promise": _promise, "opened": _plain, "corrected": _plain, "entered": _plain, "checked": _plain,
    "released": _plain, "journal_told": _plain, "link_opened": _plain,
    "superior_questioned": superior_questioned, "superior_answered": superior_answered,
}  # fmt: skip
