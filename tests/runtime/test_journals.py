"""Journals on real databases: kept whole, read by those who may, counted once, and out of everybody's way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from engine.core.codec import decode
from engine.core.command import Actor, AddEntry, CheckEntries, ReleaseEntries
from engine.core.figures import figure_values
from engine.core.journal_sight import JournalView
from engine.errors import FormInvalid, IdempotencyMismatch, NotFound, Refused
from engine.runtime import CaseView, Engine
from tests.runtime.conftest import NOBODY, Agency, HandClock, set_up
from tests.store.raw import Raw
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


def view_of(engine: Engine, case: str, viewer: str) -> CaseView:
    """The case as one person sees it."""
    return engine.case(case, viewer)


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


def invited(agency: Agency) -> tuple[str, str, str]:
    """A case, its rater, and the token of a link made by the desk."""
    _, case, rater = somebody(agency.engine)
    return case, rater, agency.engine.invite(case, "views", actor=Actor(person=on_desk("personnel")))


def stored(agency: Agency) -> str:
    """Everything the database holds, as one text."""
    raw = Raw(agency.url)
    found = repr(raw.everything())
    raw.close()
    return found


def test_a_link_leads_to_its_journal_and_only_its_hash_is_kept(writing: Agency) -> None:
    """Another link ends the one before; a strange one leads nowhere."""
    case, _, token = invited(writing)
    asked = writing.engine.asked(token)

    assert (case, "views", "view", True, None) == (
        asked.case.id, asked.journal.name, asked.form.name, asked.once, asked.refusal,
    )  # fmt: skip
    assert token not in stored(writing)
    again = writing.engine.invite(case, "views", actor=Actor(person=on_desk("personnel")))
    for gone in (token, "x", again[:-1]):
        with pytest.raises(NotFound):
            writing.engine.asked(gone)
    assert case == writing.engine.asked(again).case.id


def test_answers_from_outside_leave_no_entry_and_wait_for_the_desk(writing: Agency) -> None:
    """Neither history nor case changes; nobody but the desk reads a word; too many are refused."""
    engine = writing.engine
    case, rater, token = invited(writing)
    with pytest.raises(FormInvalid):
        engine.answer(token, {"friendly": "rude"})
    before = engine.case(case, rater)
    receipts = {
        engine.answer(token, {"friendly": "friendly", "says": f"saran {number}"}) for number in range(4)
    }
    with pytest.raises(Refused, match="As many answers"):
        engine.answer(token, {"friendly": "friendly"})

    after = engine.case(case, rater)
    assert 4 == len(receipts)
    assert (before.case, before.history) == (after.case, after.history)
    assert seen(engine, case, rater, "views") is None
    desk = seen(engine, case, on_desk("personnel"), "views")
    assert desk is not None
    assert ((1, 2, 3, 4), {""}) == (desk.releases, {page.author for page in desk.pages})


def test_a_journal_from_outside_is_told_whole_when_its_time_is_over(writing: Agency) -> None:
    """One entry with their number and what binds them; from then on who may read it reads what was released."""
    engine = writing.engine
    case, rater, token = invited(writing)
    for number in range(4):
        engine.answer(token, {"friendly": "friendly" if number else "unfriendly", "says": f"saran {number}"})
    desk = Actor(person=on_desk("personnel"))
    engine.release(case, ReleaseEntries(journal="views", numbers=(1, 2, 3), actor=desk))
    engine.release(
        case, ReleaseEntries(journal="views", numbers=(4,), actor=desk, mark="withheld", reason="x")
    )
    assert seen(engine, case, rater, "views") is None
    engine.fire(case, "stop", actor=Actor(person=rater))
    engine.fire_due()
    engine.fire_due()

    told = [decode(one.body)["entry"] for one in engine.history(case) if one.kind == "journal_told"]
    assert [("views", 4)] == [(one["journal"], one["count"]) for one in told]
    view = seen(engine, case, rater, "views")
    assert view is not None
    assert {"saran 0", "saran 1", "saran 2"} == {page.values["says"] for page in view.pages}
    figures = figure_values(view_of(engine, case, rater).definition, view_of(engine, case, rater).known)
    assert "0.67" == figures["friendly"]
    with pytest.raises(NotFound):
        engine.asked(token)
    assert [] == engine.verify()


def test_few_answers_are_shown_to_nobody(writing: Agency) -> None:
    """Two of at least three: told as two, read by none, and no figure counts them."""
    engine = writing.engine
    case, rater, token = invited(writing)
    for _ in range(2):
        engine.answer(token, {"friendly": "friendly"})
    actor = Actor(person=on_desk("personnel"))
    engine.release(case, ReleaseEntries(journal="views", numbers=(1, 2), actor=actor))
    engine.fire(case, "stop", actor=Actor(person=rater))
    engine.fire_due()

    view = seen(engine, case, rater, "views")
    assert view is not None
    assert ((), 2) == (view.pages, view.count)
    shown = view_of(engine, case, rater)
    assert "friendly" not in figure_values(shown.definition, shown.known)


def test_entries_count_in_figures(writing: Agency) -> None:
    """As many as there are, at once."""
    engine = writing.engine
    own, case, rater = somebody(engine)
    add(engine, case, "daily", own, what="x")
    shown = view_of(engine, case, rater)

    assert 1 == figure_values(shown.definition, shown.known)["work_days"]
