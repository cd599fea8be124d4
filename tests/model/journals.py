"""Journals beside the states of a case: entries, checks of them, looks at what is held, what visitors say."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from tests.model.asked import Act
from tests.model.clocks import day_of, over
from tests.model.office import DESK
from tests.model.refusals import No
from tests.model.rules import CHECKED_WITHIN, MOST_VISITORS, WORKED, Journal
from tests.model.steered import Steered


@dataclass
class Entry:
    """An entry that waits for a check."""

    author: str
    about: date
    due: date


@dataclass
class Book:
    """How a journal stands."""

    count: int = 0
    #: whose entry about which day there is
    taken: set[tuple[str, date]] = field(default_factory=set)
    unchecked: dict[int, Entry] = field(default_factory=dict)
    held: set[int] = field(default_factory=set)
    #: who is to check
    check: str = ""
    answers: int = 0
    link: bool = False
    told: bool = False

    def open(self, now: int) -> dict[int, Entry]:
        """What may still be checked."""
        return {number: one for number, one in self.unchecked.items() if over(one.due) > now}


@dataclass
class Journalled(Steered):
    """A case with journals."""

    books: dict[str, Book] = field(default_factory=dict)

    def book(self, name: str) -> Book:
        """How a journal stands by now."""
        return self.books.setdefault(name, Book())

    def is_within(self, journal: Journal) -> bool:
        """Whether a journal is open where the case stands."""
        return not self.ended and journal.phase in {"", self.here.phase}

    def tell_voices(self) -> None:
        """What visitors said is told whole, once the time to say something is over."""
        for name, book in self.books.items():
            if book.link and not self.is_within(self.rules.journals[name]):
                book.link, book.told, book.count = False, True, book.answers
                self.world.seen["tell journal"] += 1
                self._write("journal_told", name)

    def _strayed(self) -> list[Book]:
        """Whose check is another's by the chart, as long as there is anything to check."""
        now = self.world.now
        rater = self.office.rater(day_of(now))
        return [one for one in self.books.values() if one.check not in {"", rater} and one.open(now)]

    def _follow_checks(self) -> None:
        for book in self._strayed():
            before, book.check = book.check, self.office.rater(day_of(self.world.now))
            self._tell(book.check, "check")
            self._told.append((before, "handed_over", "check"))
            self.world.seen["a check follows the chart"] += 1

    def _write(self, kind: str, journal: str) -> None:
        """An entry about a journal."""
        self._close(kind)

    def _close_books(self) -> None:
        for book in self.books.values():
            book.check = ""

    def _add(self, act: Act) -> None:
        journal, book = self._opened(act), self.book(act.what)
        if not self._acts_in(act, journal.by):
            raise No("wrong_person")
        today = day_of(self.world.now)
        about = today - timedelta(act.amount)
        late = about > today or act.amount > journal.late
        if act.mute or late or (journal.one_per_day and (act.by, about) in book.taken):
            raise No("form_invalid")
        book.count += 1
        if journal.one_per_day:
            book.taken.add((act.by, about))
        if journal.held:
            book.held.add(book.count)
            self._told += [(one, "held") for one in DESK]
        if journal.checked:
            due = self.world.days.after(today, CHECKED_WITHIN, WORKED)
            book.unchecked = {**book.open(self.world.now), book.count: Entry(act.by, about, due)}
            checker, before = self.office.rater(today), book.check
            book.check = checker
            if checker != before:
                self._tell(checker, "check")
        self._write("entered", act.what)

    def _check(self, act: Act) -> None:
        self._must_be_open()
        journal, book = self.rules.journals[act.what], self.book(act.what)
        if not journal.checked or not self._acts_in(act, ("rater",)):
            raise No("wrong_person")
        open_now = book.open(self.world.now)
        if any(open_now[one].author in self._parties for one in act.numbers if one in open_now):
            raise No("wrong_person")
        if not act.numbers or any(one not in open_now for one in act.numbers):
            raise No("refused")
        if act.again and act.mute:
            raise No("reason_missing")
        looked = [open_now.pop(one) for one in set(act.numbers)]
        book.unchecked = open_now
        if act.again:
            book.taken -= {(one.author, one.about) for one in looked}
            self._told += [(one.author, "asked_again") for one in looked]
            self.world.seen["an entry asked for again"] += 1
        if not open_now:
            book.check = ""
        self._write("checked", act.what)

    def _show(self, act: Act) -> None:
        journal, book = self.rules.journals[act.what], self.book(act.what)
        if not journal.held or act.by not in DESK:
            raise No("wrong_person")
        if not act.numbers or not set(act.numbers) <= book.held:
            raise No("refused")
        if act.again and act.mute:
            raise No("reason_missing")
        book.held -= set(act.numbers)
        self.world.seen["an entry released after the end"] += self.ended
        self._write("released", act.what)

    def _invite(self, act: Act) -> None:
        journal, book = self._opened(act), self.book(act.what)
        if act.by not in DESK:
            raise No("wrong_person")
        if not journal.outside or book.told:
            raise No("refused")
        book.link = True
        self._write("link_opened", act.what)

    def _visit(self, act: Act) -> None:
        """Somebody from outside answers, by the link as it is now, or by the one before."""
        journal, book = self.rules.journals[act.what], self.book(act.what)
        if not book.link or act.again:
            raise No("not_found")
        if not self.is_within(journal) or book.answers >= MOST_VISITORS:
            raise No("refused")
        if act.mute:
            raise No("form_invalid")
        book.answers += 1

    def _opened(self, act: Act) -> Journal:
        self._must_be_open()
        journal = self.rules.journals[act.what]
        if not self.is_within(journal):
            raise No("refused")
        return journal

    def _acts_in(self, act: Act, roles: tuple[str, ...]) -> bool:
        """Whether this person may do what these roles may, by the chart of today."""
        held = {
            "employee": ("e",),
            "rater": (self.office.rater(day_of(self.world.now)),),
            "head": (self.office.head(day_of(self.world.now)),),
            "hr": DESK,
        }
        return any(
            self._acts(act, one, role, self.entered_at) for role in roles for one in held.get(role, ())
        )
