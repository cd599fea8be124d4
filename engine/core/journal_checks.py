"""Looks at the entries of journals: checks by whoever the rules name, and the personnel desk's look at what is held."""

from __future__ import annotations

from collections.abc import Iterable

from engine.core.assigning import on_personnel_desk, why
from engine.core.case import Case, Notebook, Task
from engine.core.case_lists import Unchecked
from engine.core.codec import replace
from engine.core.command import CheckEntries, ReleaseEntries
from engine.core.definition import Journal, Label
from engine.core.delegating import seat_of
from engine.core.draft import REASON, Draft
from engine.core.effects import Step
from engine.core.journal_days import first_day
from engine.core.journal_pages import checked_journal, is_within, line_name
from engine.core.machine import Machine
from engine.core.people import Resolution
from engine.core.permitting import demand_reason
from engine.core.scene import Scene
from engine.errors import CaseClosed, Refused, WrongPerson

__all__ = [
    "check_entries",
    "checkable",
    "close_checks",
    "demand_open",
    "hand_check",
    "keep",
    "notebook",
    "release_entries",
]

_BLANK = Notebook()


def check_entries(
    machine: Machine, case: Case, journal: Journal, command: CheckEntries, scene: Scene
) -> Step:
    """Confirm, with a comment or without, or ask again: then its author may write about that time once more."""
    person = command.actor.person
    rule, definition = journal.check, machine.definition
    if case.ended:
        demand_open(journal, case)
    seat = None
    if rule is not None and person is not None:
        seat = seat_of(definition, case, (rule.who,), command.actor, scene)
    if rule is None or person is None or seat is None:
        who = rule.who if rule is not None else "nobody"
        raise WrongPerson(
            f"the entries of {journal.name!r} are checked by {who}, and you are not", case=case.id
        )
    book = notebook(case, journal)
    open_now = {one.number: one for one in checkable(book, scene)}
    wrong = [number for number in command.numbers if number not in open_now]
    authors = {person, seat.behalf, *seat.passed_by}
    own = [number for number in command.numbers if number in open_now and open_now[number].author in authors]
    if not command.numbers or wrong or own:
        raise _uncheckable(case, wrong, own)
    draft = Draft(machine, case, scene, seat.actor(command.actor))
    if command.mark == "asked" or command.note.strip():
        draft.write(REASON, demand_reason(command.note))
    numbers = tuple(sorted(set(command.numbers)))
    mark(draft, journal, numbers, command.mark)
    left = tuple(one for number, one in open_now.items() if number not in numbers)
    again = [open_now[number] for number in numbers] if command.mark == "asked" else []
    freed = {(one.author, first_day(journal.one_per, one.about)) for one in again}
    taken = tuple(one for one in book.taken if one not in freed)
    task = book.check
    if task is not None and not left:
        draft.end(task, "done")
        task = None
    keep(draft, journal, replace(book, unchecked=left, taken=taken, check=task))
    for author in sorted({one.author for one in again}):
        draft.tell(
            author, "asked_again", str(draft.seq), None, journal=journal.name, by=person, note=draft.seq
        )
    return draft.close("checked")


def _uncheckable(case: Case, wrong: Iterable[int], own: Iterable[int]) -> Refused:
    if own:
        told = ", ".join(map(str, own))
        label = Label(
            id="Catatan sendiri diperiksa oleh orang lain",
            en="One's own entries are checked by somebody else",
        )
        return WrongPerson(
            f"entries {told} are your own: somebody else checks them", case=case.id, label=label
        )
    label = Label(
        id="Catatan itu tidak (lagi) menunggu pemeriksaan",
        en="Those entries do not wait for a check (any more)",
    )
    told = ", ".join(map(str, wrong)) or "none"
    return Refused(f"no check is open for these entries: {told}", case=case.id, label=label)


def release_entries(
    machine: Machine, case: Case, journal: Journal, command: ReleaseEntries, scene: Scene
) -> Step:
    """Held entries are read by the personnel desk first, never by the one they are about."""
    person = command.actor.person
    if not journal.held or person is None or not on_personnel_desk(case, person, scene):
        raise WrongPerson(
            f"what is held of {journal.name!r} is looked at by the personnel desk, and you are not on it",
            case=case.id,
        )
    book = notebook(case, journal)
    numbers = tuple(sorted(set(command.numbers)))
    if not numbers or not set(numbers) <= {*book.held, *command.waiting}:
        label = Label(id="Catatan itu tidak (lagi) ditahan", en="Those entries are not held (any more)")
        raise Refused("not all of these entries are held", case=case.id, label=label)
    draft = Draft(machine, case, scene, command.actor)
    if command.mark == "withheld" or command.reason.strip():
        draft.write(REASON, demand_reason(command.reason))
    mark(draft, journal, numbers, command.mark)
    keep(draft, journal, replace(book, held=tuple(one for one in book.held if one not in numbers)))
    return draft.close("released")


def mark(draft: Draft, journal: Journal, numbers: tuple[int, ...], mark: str) -> None:
    draft.write(line_name(journal.name), {"numbers": list(numbers), "mark": mark})
    draft.facts["entry"] = {"journal": journal.name, "numbers": list(numbers), "mark": mark}


def hand_check(draft: Draft, task: Task, found: Resolution) -> None:
    """The check of a journal goes to whoever has its role now, with all that may still be checked."""
    journal = checked_journal(task)
    number = draft.case.journals[journal].unchecked[-1].number
    draft.put_task(replace(task, holder=found.person, why=why(found), since="followed"))
    key = f"check/{task.id}/{draft.seq}"
    draft.tell(found.person, "check", key, task.id, journal=journal, number=number)
    draft.tell(task.holder, "handed_over", key, task.id, after=found.person, journal=journal)


def close_checks(draft: Draft) -> None:
    """Nothing is checked in a closed case any more: withdraw what waits for it."""
    books = dict(draft.case.journals)
    for name, book in books.items():
        if book.check is not None:
            draft.end(book.check, "withdrawn")
            books[name] = replace(book, check=None)
    draft.change(journals=books)


def checkable(book: Notebook, scene: Scene) -> tuple[Unchecked, ...]:
    """What may still be checked; what nobody looked at in time stays unchecked."""
    return tuple(one for one in book.unchecked if one.due_at > scene.now)


def notebook(case: Case, journal: Journal) -> Notebook:
    """How a journal of this case stands; blank before its first entry."""
    return case.journals.get(journal.name, _BLANK)


def keep(draft: Draft, journal: Journal, book: Notebook) -> None:
    """Let the case remember how a journal stands."""
    draft.change(journals={**draft.case.journals, journal.name: book})


def demand_open(journal: Journal, case: Case) -> None:
    """Raises: CaseClosed, or Refused where the journal is not open now."""
    if case.ended:
        raise CaseClosed(
            f"case {case.id} is closed ({case.ended}); nothing is written in it any more", case=case.id
        )
    if not is_within(journal, case):
        label = Label(id="Jurnal ini sedang tidak dibuka", en="This journal is not open now")
        places = ", ".join(journal.within) or "every open state"
        raise Refused(
            f"the journal {journal.name!r} is open in {places}, and the case is in {case.state!r}",
            case=case.id, label=label,
        )  # fmt: skip
