"""Who acts: in a role that may, on work that is theirs, never on their own case, with duties kept apart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.lawful.standing import Asked, Life

__all__ = [
    "acts",
    "adds_up",
    "fits",
    "gathers_enough",
    "no_subject",
    "note_actors",
    "persons_of",
    "takes_work",
]


def persons_of(told: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """Who acted, and for whom."""
    actor = told.get("actor", {})
    return actor.get("person"), actor.get("behalf")


def acts(life: Life, told: Mapping[str, Any], cause: Mapping[str, Any], roles: tuple[str, ...]) -> None:
    """Whoever acted did so in a role that may, held the work if it is its holder's, and kept duties apart."""
    role = str(cause.get("role"))
    person, behalf = persons_of(told)
    if told.get("actor", {}).get("unnamed"):
        return
    if person is None:
        life.say("role", "nobody is named as the one who acted", "an act is a person's")
        return
    if role not in roles:
        life.say("role", f"{person} acted as {role}", f"it is for {', '.join(roles)}")
        return
    acting = role
    if role == "holder":
        work = life.holding(behalf or person)
        if work is None:
            holders = ", ".join(one.person for one in life.waiting()) or "nobody"
            if not life.unnamed:
                life.say("role", f"{behalf or person} acted as the task's holder", f"it is held by {holders}")
            return
        acting = work.role
    no_subject(life, told, acting)
    apart = life.apart(acting)
    for one in (person, behalf, *cause.get("passed_by", ())):
        if one in apart:
            life.say(
                "duties",
                f"{one} acted as {acting} after acting as {apart[one]}",
                "these duties are never one person's",
            )


def no_subject(life: Life, told: Mapping[str, Any], role: str) -> None:
    """Nobody acts on their own case, but in the role that is theirs."""
    assert life.book is not None
    if life.book.is_subject(role):
        return
    if life.subject in persons_of(told):
        life.say(
            "own case", f"{life.subject} acted as {role or 'an official'} in their own case", "another person"
        )


def note_actors(life: Life, told: Mapping[str, Any], cause: Mapping[str, Any]) -> None:
    """Who acted in which role from now on."""
    person, behalf = persons_of(told)
    role = str(cause.get("role"))
    if role == "holder":
        work = life.holding(behalf or person)
        if work is None:
            return
        role = work.role
    else:
        work = life.holding(behalf or person)
        role = role if work is None or role != "holder" else work.role
    life.has_acted(role, person, behalf, *cause.get("passed_by", ()))


def takes_work(life: Life, told: Mapping[str, Any]) -> None:
    """Whoever is asked in a new visit was found for the role that the definition names."""
    place = life.place
    found = told.get("found", ())
    if place.gather is not None:
        who = place.gather["who"]
        roles = (who,) if isinstance(who, str) else tuple(who)
        life.asked = [Asked(one["role"], one["person"]) for one in found if one["role"] in roles]
    elif place.who is not None:
        mine = [one for one in found if one["role"] == place.who]
        if not mine:
            life.say("role", f"nobody was found for the task of {life.state}", f"somebody who is {place.who}")
        life.asked = [Asked(one["role"], one["person"]) for one in mine[:1]]
    for one in life.asked:
        fits(life, one.role, one.person)


def fits(life: Life, role: str, person: str) -> None:
    """Nobody is given work about themselves, nor what must be kept apart from what they did."""
    assert life.book is not None
    if person == life.subject and not life.book.is_subject(role):
        life.say("own case", f"{person} was given work as {role} in their own case", "another person")
    other = life.apart(role).get(person)
    if other is not None:
        life.say("duties", f"{person} was given work as {role} after acting as {other}", "somebody else")


def gathers_enough(life: Life) -> bool:
    """Whether what is gathered has what it needs, as far as entries tell."""
    gather = life.place.gather
    if gather is None:
        return False
    answered = sum(one.state == "answered" for one in life.asked)
    gone = sum(one.state == "dropped" for one in life.asked)
    waiting = len(life.waiting())
    need = gather.get("need")
    needed = None if need in {None, "all"} else int(need)
    if life.unnamed:
        return waiting - life.unnamed <= 0 or (needed is not None and life.unnamed >= needed)
    if "sign" in gather:
        return answered >= max(1, needed if needed is not None else len(life.asked) - gone)
    return not waiting or (needed is not None and answered >= needed)


def adds_up(life: Life, told: Mapping[str, Any]) -> None:
    """What came of a gathering is what its entries add up to."""
    said = told.get("gathered")
    if said is None or life.unnamed:
        return
    counts = {
        state: sum(one.state == state for one in life.asked) for state in ("answered", "declined", "dropped")
    }
    mine = {"asked": len(life.asked), **counts}
    theirs = {name: said.get(name) for name in mine}
    if mine != theirs:
        life.say("gathering", f"it says {theirs}", f"its entries add up to {mine}")
