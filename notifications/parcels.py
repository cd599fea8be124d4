"""What is to be sent to whom: mails of their own for what is urgent, one mail for what else came to be for a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.core.case import Case
from engine.core.chart import Person
from engine.core.codec import decode
from engine.outbox import Outcome
from engine.runtime import CaseView, Engine
from engine.store import queries
from engine.store.values import Letter
from notifications.account_holders import holder_of
from notifications.account_words import accounts_named
from notifications.channels.channel import usable
from notifications.composing import is_urgent
from notifications.message import Brief, Mail, Matter
from notifications.render import brief, render, render_beside, render_digest

__all__ = ["Parcel", "matter_of", "parcels", "superseded"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """Messages that go together, and the mail that tells them; without one, what became of them or what went wrong."""

    letters: tuple[Letter, ...]
    mail: Mail | None = None
    outcome: Outcome | None = None
    error: Exception | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ready:
    """A message as a mail of its own, and, unless it must go alone, as one of several to a person."""

    letter: Letter
    mail: Mail
    person: Person
    brief: Brief | None = None


def parcels(engine: Engine, letters: Sequence[Letter], base_url: str) -> Iterator[Parcel]:
    """What these messages come to as things stand now, person by person, each in the order in which they came to be.

    It never raises: a message that cannot be put into words stops no other.
    """
    people: dict[str, list[Letter]] = {}
    for letter in letters:
        people.setdefault(letter.to, []).append(letter)
    for own in people.values():
        together: list[tuple[_Ready, Brief]] = []
        for letter in own:
            found = _ready(engine, letter, base_url)
            if isinstance(found, Parcel):
                yield found
            elif found.brief is None:
                yield Parcel(letters=(letter,), mail=found.mail)
            else:
                together.append((found, found.brief))
        yield from _together(together, base_url)


def _together(found: Sequence[tuple[_Ready, Brief]], base_url: str) -> Iterator[Parcel]:
    """One mail for what is ordinary; a single message goes as itself."""
    if not found:
        return
    letters = tuple(one.letter for one, _ in found)
    first = found[0][0]
    if len(found) == 1:
        yield Parcel(letters=letters, mail=first.mail)
        return
    try:
        mail = render_digest(letters, [told for _, told in found], first.person, base_url)
    except Exception as error:  # noqa: BLE001 - whatever is wrong with it, other people get theirs
        yield Parcel(letters=letters, error=error)
    else:
        yield Parcel(letters=letters, mail=mail)


def _ready(engine: Engine, letter: Letter, base_url: str) -> _Ready | Parcel:
    """A message in words, or why there is no mail for it."""
    try:
        return _written(engine, letter, base_url)
    except Exception as error:  # noqa: BLE001 - whatever is wrong with one message must not hold up the rest
        return Parcel(letters=(letter,), error=error)


def _written(engine: Engine, letter: Letter, base_url: str) -> _Ready | Parcel:
    if not letter.case_id:
        return _beside(engine, letter, base_url)
    view = engine.case(letter.case_id, letter.to)
    lent = "behalf" not in letter.data or any(one.task.id == letter.task_id for one in view.held)
    if superseded(letter, view.case) or not lent:
        return Parcel(letters=(letter,), outcome="superseded")
    known = view.scene.chart.history(letter.to)
    person = view.scene.chart.near(letter.to, view.scene.today(view.case.zone)) if known else None
    if person is None or not usable(person.email.strip()):
        return Parcel(letters=(letter,), outcome="no_address")
    matter = matter_of(view, _note(engine, letter))
    return _Ready(
        letter=letter,
        mail=render(letter, matter, person, base_url),
        person=person,
        brief=None if is_urgent(letter, matter) else brief(letter, matter, person, base_url),
    )


def matter_of(view: CaseView, note: str = "") -> Matter:
    """What a message is about: the case as its reader may see it."""
    return Matter(
        definition=view.definition,
        case=view.case,
        consequences=view.consequences,
        scene=view.scene,
        roles=tuple(role for role in view.definition.roles if role in view.roles),
        note=note,
        history=view.history,
        offers=view.offers,
    )


def _beside(engine: Engine, letter: Letter, base_url: str) -> _Ready | Parcel:
    """The mail of a message that is about no case: always one of its own."""
    chart = engine.chart
    person = chart.person(letter.to) if chart.history(letter.to) else holder_of(engine, letter)
    if person is None or not usable(person.email.strip()):
        return Parcel(letters=(letter,), outcome="no_address")
    if person.key != letter.to:  # an account, whose person gets the same at the same address
        return Parcel(letters=(letter,), outcome="superseded")
    names = engine.accounts.names(accounts_named(letter))
    return _Ready(letter=letter, mail=render_beside(letter, chart, person, base_url, names), person=person)


def superseded(letter: Letter, case: Case) -> bool:
    """Whether a message has been overtaken by what happened since: its task is done, or somebody else's by now."""
    holder = letter.data.get("behalf", letter.to)
    waits = any(task.id == letter.task_id and task.holder == holder for task in case.waiting)
    match letter.kind:
        case "task" | "reminder" if not letter.data.get("role"):
            return not waits
        case "extended" | "escalated" | "lapsed":
            return not waits
        case "escalation":
            return all(one.id != letter.task_id or one.holder != holder for one in case.escalations)
        case "breach" | "superior":
            return all(one.id != letter.task_id or one.holder != letter.to for one in case.looks)
        case "reminder" | "notice":
            return _no_longer_due(letter, case)
        case "handed_over":
            return waits
        case _:
            return False


def _no_longer_due(letter: Letter, case: Case) -> bool:
    """Whether what was to be done in time has been done: the visit is over, or the phase, or the case."""
    scope, _, phase = str(letter.data.get("deadline", "task")).partition(":")
    if scope == "case":
        return bool(case.ended)
    if scope == "phase":
        return bool(case.ended) or case.phase != phase
    return case.visit != letter.data["visit"]


def _note(engine: Engine, letter: Letter) -> str:
    """The note somebody wrote to go with a reminder; "" if there is none, or it was erased since."""
    seq = letter.data.get("note")
    if not isinstance(seq, int):
        return ""
    with engine.database.read() as view:
        rows = queries.written(view, letter.case_id, seq=seq)
    return next((str(decode(row.value)) for row in rows if row.form == ""), "")
