"""Journals on real databases: kept whole, read by those who may, counted once, and out of everybody's way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from engine.core.command import Actor, AddEntry, CheckEntries, ReleaseEntries
from engine.core.journal_sight import JournalView
from engine.errors import FormInvalid, IdempotencyMismatch
from engine.runtime import Engine
from tests.runtime.conftest import NOBODY, Agency, HandClock, set_up
from tests.worlds import on_desk, ordinary

MONDAY = date(2026, 3, 2)


@pytest.fixture
def writing(place: str) -> Iterator[Agency]:
    """An agency whose cycle is all journals, on a Monday."""
    clock = HandClock()
    engine = set_up(place, clock, definition="tests/definitions/journal")
    clock.put(MONDAY)
    engine.launch("journal-cycle", opens=MONDAY, year=2026, actor=NOBODY)
    yield Agency(url=place, clock=clock, engine=engine)
    engine.database.close()


def somebody(engine: Engine) -> tuple[str, str, str]:
    """An ordinary employee's key and case, and their rater."""
    key = ordinary(engine.chart).key
    above = engine.chart.superior(key, MONDAY)
    assert above is not None
    return key, engine.cases(subject=key)[0].id, above.key


def add(
    engine: Engine,
    case: str,
    journal: str,
    by: str,
    *,
    key: str | None = None,
    about: date | None = None,
    **values: Any,
) -> Any:
    """An entry in a journal."""
    return engine.obey(
        case, AddEntry(journal=journal, values=values, actor=Actor(person=by), about=about), key=key
    )


def seen(engine: Engine, case: str, viewer: str, journal: str) -> JournalView | None:
    """A journal as one person sees it."""
    return next((one for one in engine.case(case, viewer).journals if one.journal.name == journal), None)


def test_an_entry_is_read_by_its_author_and_by_whom_it_is_granted_to(writing: Agency) -> None:
    """With day and author; the desk, which nothing grants it to, sees nothing of it."""
    engine = writing.engine
    own, case, rater = somebody(engine)
    add(engine, case, "daily", own, what="lima kunjungan rumah")

    for viewer in (own, rater):
        view = seen(engine, case, viewer, "daily")
        assert view is not None
        assert [({"what": "lima kunjungan rumah"}, own, MONDAY)] == [
            (page.values, page.author, page.about) for page in view.pages
        ]
        assert (1, 2) == (view.count, view.short)
    assert seen(engine, case, on_desk("personnel"), "daily") is None
    assert [] == engine.verify()


def test_an_open_form_does_not_turn_stale_by_entries(writing: Agency) -> None:
    """The visit stays; an act on the visit that was seen goes through."""
    engine = writing.engine
    own, case, rater = somebody(engine)
    visit = engine.case(case, rater).case.visit
    add(engine, case, "daily", own, what="x")

    moved = engine.fire(case, "stop", actor=Actor(person=rater), visit=visit)

    assert "rating" == moved.case.state


def test_the_same_request_is_written_once(writing: Agency) -> None:
    """With a key; another text under the same key is refused."""
    engine = writing.engine
    own, case, _ = somebody(engine)
    first = add(engine, case, "daily", own, key="k-1", what="x")
    again = add(engine, case, "daily", own, key="k-1", what="x")
    with pytest.raises(IdempotencyMismatch):
        add(engine, case, "daily", own, key="k-1", what="y")

    assert again.repeated
    assert first.entries == again.entries
    assert 1 == again.case.journals["daily"].count


def test_a_check_waits_in_the_raters_inbox_until_its_time_is_over(writing: Agency) -> None:
    """Three working days; then it is gone, and the entry stays unchecked."""
    engine = writing.engine
    own, case, rater = somebody(engine)
    add(engine, case, "daily", own, what="x")

    def checks() -> list[date | None]:
        return [one.task.due_on for one in engine.tasks(rater) if one.task.kind == "check"]

    assert [date(2026, 3, 5)] == checks()
    writing.hop_to(date(2026, 3, 5))
    assert [date(2026, 3, 5)] == checks()
    writing.hop_to(date(2026, 3, 6))
    assert [] == checks()
    view = seen(engine, case, rater, "daily")
    assert view is not None
    assert ([""], ()) == ([page.mark for page in view.pages], view.checks)


def test_a_confirmed_entry_leaves_the_inbox_and_bears_its_mark(writing: Agency) -> None:
    """For author and rater alike."""
    engine = writing.engine
    own, case, rater = somebody(engine)
    add(engine, case, "daily", own, what="x")
    before = seen(engine, case, rater, "daily")
    assert before is not None
    engine.obey(case, CheckEntries(journal="daily", numbers=before.checks, actor=Actor(person=rater)))

    assert [] == [one for one in engine.tasks(rater) if one.task.kind == "check"]
    view = seen(engine, case, own, "daily")
    assert view is not None
    assert ["confirmed"] == [page.mark for page in view.pages]


def test_what_is_held_is_seen_by_its_author_and_the_desk_alone_until_it_is_released(writing: Agency) -> None:
    """Then by those it is granted to; what is withheld never."""
    engine = writing.engine
    own, case, rater = somebody(engine)
    desk = on_desk("personnel")
    for says in ("membantu", "menghina"):
        add(engine, case, "remarks", rater, says=says)

    def read(viewer: str) -> list[object]:
        view = seen(engine, case, viewer, "remarks")
        return [page.values["says"] for page in view.pages] if view is not None else []

    assert ([], ["membantu", "menghina"], ["membantu", "menghina"]) == (read(own), read(desk), read(rater))
    actor = Actor(person=desk)
    engine.obey(case, ReleaseEntries(journal="remarks", numbers=(1,), actor=actor))
    engine.obey(
        case, ReleaseEntries(journal="remarks", numbers=(2,), actor=actor, mark="withheld", reason="menghina")
    )

    assert (["membantu"], []) == (read(own), read(desk))


def test_a_journal_takes_no_second_entry_from_another_process(writing: Agency) -> None:
    """The case remembers what was written, whoever serves it."""
    engine = writing.engine
    own, case, _ = somebody(engine)
    add(engine, case, "daily", own, what="x")
    other = writing.another()
    with pytest.raises(FormInvalid):
        add(other, case, "daily", own, what="y")
    other.database.close()
