"""What one person sees of a case's journals, and what they may do in them now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from engine.core.assigning import on_personnel_desk
from engine.core.case import Case
from engine.core.command import Actor
from engine.core.definition import Definition, Journal
from engine.core.delegating import seat_of
from engine.core.journal_checks import checkable, notebook
from engine.core.journal_pages import Page, is_within
from engine.core.journaling import is_outside, seat_in
from engine.core.scene import Scene
from engine.core.sight import Sight

__all__ = ["JournalView", "journals_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalView:
    """A journal as one person sees it: the entries they may read, and the numbers they may check or release.

    `count` is how many entries there are; of an anonymous journal that is not told yet it is 0.
    """

    journal: Journal
    pages: tuple[Page, ...]
    count: int
    open: bool
    may_write: bool
    checks: tuple[int, ...] = ()
    releases: tuple[int, ...] = ()
    may_link: bool = False

    @property
    def short(self) -> int:
        """How many entries are missing of those there should be."""
        return max(0, self.journal.least - self.count)


def journals_of(
    definition: Definition,
    case: Case,
    told: Mapping[str, Sequence[Page]],
    person: str,
    sight: Sight,
    scene: Scene,
) -> tuple[JournalView, ...]:
    """The journals of a case that this person may read or do something in, in the order of the rules."""
    names, open_to = sight.names, sight.pages(told)
    found = (
        _view(
            definition, case, journal, told.get(name, ()), person, scene,
            granted=open_to.get(name, ()) if name in names else None,
        )
        for name, journal in definition.journals.items()
    )  # fmt: skip
    return tuple(view for view in found if view is not None)


def _view(
    definition: Definition,
    case: Case,
    journal: Journal,
    pages: Sequence[Page],
    person: str,
    scene: Scene,
    *,
    granted: Sequence[Page] | None,
) -> JournalView | None:
    book, is_open = notebook(case, journal), is_within(journal, case)
    desk = (journal.held or journal.anonymous) and on_personnel_desk(case, person, scene)
    checks = _checks(definition, case, journal, person, scene)
    releases = (
        tuple(one.number for one in pages if one.held and not one.mark) if desk and journal.held else ()
    )
    seen = {one.number: one for one in pages if person and one.author == person}
    seen |= {one.number: one for one in pages if one.number in {*checks, *releases}}
    if granted is not None:
        seen |= {one.number: one for one in _granted(journal, granted, told=book.told)}
    may_write = (
        bool(person)
        and is_open
        and seat_in(definition, case, journal, Actor(person=person), scene) is not None
    )
    may_link = bool(desk) and is_open and is_outside(definition, journal)
    if not (seen or granted is not None or may_write or may_link):
        return None
    ordered = sorted(seen.values(), key=lambda one: repr(one.values) if journal.anonymous else "")
    return JournalView(
        journal=journal,
        pages=tuple(ordered if journal.anonymous else sorted(ordered, key=lambda one: one.number)),
        count=book.count - _drafts(pages, granted, seen),
        open=is_open,
        may_write=may_write,
        checks=checks,
        releases=releases,
        may_link=may_link,
    )


def _drafts(pages: Sequence[Page], granted: Sequence[Page] | None, seen: Mapping[int, Page]) -> int:
    """How many entries wait for the next disclosure, of which a reader is told nothing."""
    if granted is None:
        return 0
    open_to = seen.keys() | {one.number for one in granted}
    return sum(one.number not in open_to for one in pages)


def _checks(
    definition: Definition, case: Case, journal: Journal, person: str, scene: Scene
) -> tuple[int, ...]:
    """The entries this person may still check: never their own, and none in a closed case."""
    if journal.check is None or case.ended or not person:
        return ()
    seat = seat_of(definition, case, (journal.check.who,), Actor(person=person), scene)
    if seat is None:
        return ()
    apart = {person, seat.behalf, *seat.passed_by}
    waiting = [one for one in checkable(notebook(case, journal), scene) if one.author not in apart]
    return tuple(one.number for one in waiting)


def _granted(journal: Journal, pages: Sequence[Page], *, told: bool) -> Iterable[Page]:
    """What a grant opens: nothing that is held, and of an anonymous journal nothing before it was told whole."""
    counted = [page for page in pages if page.counts]
    if journal.anonymous and (not told or len(counted) < journal.anonymous):
        return ()
    return counted
