"""Journals: entries beside the states, checks of them, and looks at what was held. None of it moves the case.

An entry is one line of the case's stream, with a commitment to what was written; only an anonymous journal is told
whole, once, when its time is over (see `engine.core.journal_pages` for how the words are kept).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from engine.core.assigning import find, on_personnel_desk, why
from engine.core.case import Case, Notebook, Task
from engine.core.case_lists import Unchecked
from engine.core.codec import replace
from engine.core.command import (
    TIMER,
    Actor,
    AddEntry,
    CheckEntries,
    Journalling,
    OpenLink,
    ReleaseEntries,
    TellJournal,
)
from engine.core.content import check_form
from engine.core.definition import Definition, Journal
from engine.core.delegating import Seat, seat_of
from engine.core.draft import Draft
from engine.core.effects import Step
from engine.core.evidence import bear_out, behind_form
from engine.core.filling import around
from engine.core.journal_checks import (
    check_entries,
    checkable,
    demand_open,
    keep,
    notebook,
    release_entries,
)
from engine.core.journal_days import first_day, last_day, still_open, unfit_day
from engine.core.journal_pages import check_id, is_within, line_name
from engine.core.machine import Machine
from engine.core.qualifying import qualify
from engine.core.roles import COLLEAGUES, Outside
from engine.core.scene import Scene
from engine.errors import FormInvalid, NobodyFound, NotFound, Refused, WrongPerson

__all__ = [
    "is_outside",
    "journalled",
    "put_entry",
    "seat_in",
]

#: what the day of an entry is called where problems of a form are listed
ABOUT = "about"


def journalled(machine: Machine, case: Case, command: Journalling, scene: Scene) -> Step:
    """The step of something done in a journal. Raises: NotFound (no such journal) and every Refused."""
    journal = machine.definition.journals.get(command.journal)
    if journal is None:
        raise NotFound("journal", command.journal[:60], sorted(machine.definition.journals))
    match command:
        case AddEntry():
            return _add(machine, case, journal, command, scene)
        case CheckEntries():
            return check_entries(machine, case, journal, command, scene)
        case ReleaseEntries():
            return release_entries(machine, case, journal, command, scene)
        case TellJournal():
            return _tell(machine, case, journal, command, scene)
        case OpenLink():
            return _open_link(machine, case, journal, command, scene)


def is_outside(definition: Definition, journal: Journal) -> bool:
    """Whether people of no chart write in it, by a link."""
    return any(
        role in definition.roles and isinstance(definition.roles[role].query, Outside) for role in journal.by
    )


def seat_in(definition: Definition, case: Case, journal: Journal, actor: Actor, scene: Scene) -> Seat | None:
    """In which role, and for whom, an actor may write in a journal; None if in none. Nobody is their own colleague."""
    person = actor.person
    if person is None:
        return None
    roles = tuple(role for role in journal.by if role != COLLEAGUES)
    if len(roles) < len(journal.by) and actor.behalf is None and _is_colleague(case, person, scene):
        return Seat(COLLEAGUES)
    return seat_of(definition, case, roles, actor, scene)


def _is_colleague(case: Case, person: str, scene: Scene) -> bool:
    today = scene.today(case.zone)
    subject, own = scene.chart.near(case.subject, today), scene.chart.at(person, today)
    if subject is None or own is None or person == case.subject:
        return False
    return own.unit == subject.unit and own.serves_on(today)


def _add(machine: Machine, case: Case, journal: Journal, command: AddEntry, scene: Scene) -> Step:
    person = command.actor.person
    demand_open(journal, case)
    seat = seat_in(machine.definition, case, journal, command.actor, scene)
    if person is None or seat is None:
        raise WrongPerson(
            f"the journal {journal.name!r} is for {', '.join(journal.by)}, and you are not", case=case.id
        )
    forms = machine.definition.forms
    surrounded = around(machine, case, journal.form, command.contents, scene, command.files)
    values, problems = check_form(forms[journal.form], forms, command.values, surrounded)
    problems = {f"{journal.form}.{path}": label for path, label in problems.items()}
    today = scene.today(case.zone)
    about = command.about or today
    taken = frozenset(first for author, first in notebook(case, journal).taken if author == person)
    unfit = unfit_day(journal, about, today, scene.calendar, taken)
    if unfit is not None:
        problems[ABOUT] = unfit
    if problems:
        lines = "; ".join(f"{path}: {label.en}" for path, label in problems.items())
        raise FormInvalid(f"this cannot be written in {journal.name!r}: {lines}", problems=problems)
    draft = Draft(machine, case, scene, seat.actor(command.actor))
    draft.facts["cause"] = seat.facts()
    bear_out(draft, behind_form(machine, journal.form), command.contents)
    put_entry(draft, journal, person, about, values)
    draft.attach(journal.form, values, command.files)
    return draft.close("entered")


def put_entry(draft: Draft, journal: Journal, author: str, about: date, values: Mapping[str, Any]) -> None:
    """Add an entry to a draft: its words, what the case remembers of it, and the task of whoever checks."""
    book = notebook(draft.case, journal)
    number = book.count + 1
    told = {"number": number, "about": about.isoformat(), "by": author, "values": values}
    draft.write(line_name(journal.name), {**told, "held": True} if journal.held else told)
    draft.facts["entry"] = {
        "journal": journal.name,
        "number": number,
        "about": about.isoformat(),
        "author": author,
    }
    qualify(draft, journal, number, values)
    draft.change(journals={**draft.case.journals, journal.name: _turned(journal, book, author, about, draft)})
    if journal.held:
        _tell_desk(draft, journal)
    if journal.check is not None:
        _await_check(draft, journal, number, author, about)


def _turned(journal: Journal, book: Notebook, author: str, about: date, draft: Draft) -> Notebook:
    """The notebook with one entry more, without what no entry can concern any more."""
    scene = draft.scene
    today, number = scene.today(draft.case.zone), book.count + 1
    taken = book.taken
    if journal.one_per:
        pace = journal.one_per
        taken = tuple(
            (who, first)
            for who, first in (*taken, (author, first_day(pace, about)))
            if last_day(pace, first) >= today
            or still_open(journal, last_day(pace, first), today, scene.calendar)
        )
    held = (*book.held, number) if journal.held else book.held
    return replace(book, count=number, taken=taken, held=held, unchecked=checkable(book, scene))


def _await_check(draft: Draft, journal: Journal, number: int, author: str, about: date) -> None:
    """One task per journal covers all that may still be checked, and lasts as long as the latest of it."""
    assert journal.check is not None
    assert journal.check.due.within is not None, "the reader takes no other due time here"
    case, scene = draft.case, draft.scene
    within = journal.check.due.within
    due_on = scene.calendar.roll(
        scene.calendar.add(scene.today(case.zone), within.amount, within.unit), journal.check.due.day_off
    )
    waiting = Unchecked(
        number=number,
        author=author,
        about=about,
        due_on=due_on,
        due_at=scene.calendar.end_of(due_on, case.zone),
    )
    book = notebook(case, journal)
    book = replace(book, unchecked=(*book.unchecked, waiting))
    try:
        found = find(draft.machine.definition, case, journal.check.who, scene)
    except NobodyFound:
        draft.facts.setdefault("not_told", []).append(journal.check.who)
        keep(draft, journal, book)
        return
    last = max(one.due_at for one in book.unchecked)
    before = book.check
    task = Task(
        id=check_id(case, journal),
        kind="check",
        visit=case.visit,
        state=case.state,
        role=journal.check.who,
        holder=found.person,
        why=why(found),
        opened_at=scene.now if before is None else before.opened_at,
        due_on=max(one.due_on for one in book.unchecked),
        due_at=last,
    )
    draft.open(task)
    keep(draft, journal, replace(book, check=task))
    if before is None or before.holder != task.holder:
        draft.found(found)
        draft.tell(found.person, "check", str(draft.seq), task.id, journal=journal.name, number=number)


def _tell(machine: Machine, case: Case, journal: Journal, command: TellJournal, scene: Scene) -> Step:
    """The one entry of an anonymous journal. Raises: Refused while it is open, or once it was told."""
    book = notebook(case, journal)
    if not journal.anonymous or book.told or is_within(journal, case):
        raise Refused(f"the journal {journal.name!r} is not to be told now", case=case.id)
    draft = Draft(machine, case, scene, TIMER)
    draft.facts["entry"] = {"journal": journal.name, "count": command.count, "digest": command.digest}
    keep(draft, journal, replace(book, count=command.count, told=True))
    return draft.close("journal_told")


def _open_link(machine: Machine, case: Case, journal: Journal, command: OpenLink, scene: Scene) -> Step:
    person = command.actor.person
    demand_open(journal, case)
    if person is None or not on_personnel_desk(case, person, scene):
        raise WrongPerson("links for people from outside are made by the personnel desk", case=case.id)
    if not is_outside(machine.definition, journal):
        raise Refused(f"nobody from outside writes in {journal.name!r}", case=case.id)
    if notebook(case, journal).told:
        raise Refused(
            f"the journal {journal.name!r} was told already; nothing more is written in it", case=case.id
        )
    draft = Draft(machine, case, scene, command.actor)
    draft.facts["entry"] = {"journal": journal.name}
    return draft.close("link_opened")


def _tell_desk(draft: Draft, journal: Journal) -> None:
    """The personnel desk nearest to the subject hears of what is held, once for each entry."""
    for person in _desk(draft):
        draft.tell(person, "held", str(draft.seq), None, journal=journal.name)


def _desk(draft: Draft) -> tuple[str, ...]:
    scene, case = draft.scene, draft.case
    serving = scene.chart.on_duty("desk:personnel", "", scene.today(case.zone))
    return tuple(one.key for one in serving if on_personnel_desk(case, one.key, scene))
