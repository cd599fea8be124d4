"""What the page of a case tells first: how the case came here, what to read before acting, where to look afterwards."""

from __future__ import annotations

import re

import pytest

from tests.api.conftest import MANAGER, RATER, STAFF, hidden, typed_plan
from tests.api.test_pages import read
from tests.worlds import plan

HR = "Zulkifli Ibura"


@pytest.fixture
def case(office) -> str:
    return f"/cases/{office.case_of()}"


@pytest.fixture
def disclosed(office) -> str:
    """The staff member's case with its result disclosed."""
    address = f"/cases/{office.rating_time()}"
    rating = {"results": "as", "behaviour": "as", "reasons": "Sesuai target"}
    office.fire("rate", RATER, rating=rating)
    view = office.engine.case(office.case_of(), None)
    office.fire("seen", office.engine.chart.person(view.case.task.holder).name)
    return address


def standing(page: str) -> str:
    """The words of the card on top, which says where the case stands."""
    return read(page.split('class="card standing', 1)[1].split("</section>", 1)[0])


def test_who_gets_a_plan_back_reads_on_top_by_whom_and_why(office, case) -> None:
    """Not at the far end of the history, below the whole form."""
    office.planned()
    office.fire("send_back", MANAGER, reason="Target belum terukur")
    told = standing(office.browser(STAFF).get(case).text)

    assert "Why now: Ratna Dewi Lamusu chose “Send back to the employee”" in told
    assert "Reason: Target belum terukur" in told


def test_a_reason_on_top_is_kept_from_who_was_not_told(office, case) -> None:
    """As in the history."""
    office.planned()
    office.fire("send_back", MANAGER, reason="Target belum terukur")
    told = standing(office.browser(HR).get(case).text)

    assert "The step before" in told
    assert "Target belum terukur" not in told


def test_a_case_that_has_not_moved_has_no_step_before(office, case) -> None:
    """It was only opened."""
    assert "The step before" not in standing(office.browser(STAFF).get(case).text)


def test_the_due_time_does_not_repeat_whose_turn_it_is(office, case) -> None:
    """That stands one line above it."""
    office.planned()
    told = standing(office.browser(HR, "id").get(case).text)

    assert "Giliran Ratna Dewi Lamusu sejak Senin, 1 Desember 2025" in told
    assert "Tenggat paling lambat Rabu, 3 Desember 2025" in told


def test_where_nobody_is_waited_for_nothing_is_due(office, case) -> None:
    """It is said once that nobody is waited for."""
    office.planned()
    for trigger, who in (("pass", MANAGER), ("agree", RATER), ("sign", STAFF), ("set_plan", RATER)):
        office.fire(trigger, who)
    told = standing(office.browser(STAFF).get(case).text)

    assert "Waiting for nobody" in told
    assert "Due" not in told


def test_a_result_is_read_before_it_is_answered(office, disclosed) -> None:
    """On a narrow screen too: the result stands above the buttons, with a way to go straight to them."""
    page = office.browser(STAFF).get(disclosed).text

    assert page.index("Performance predicate") < page.index('value="received"')
    assert '<a href="#doing">' in page


def test_acts_keep_the_order_of_the_rules(office, disclosed) -> None:
    """Having received a result comes first, objecting to it second and as an alternative."""
    page = office.browser(STAFF).get(disclosed).text

    assert page.index('value="received"') < page.index('value="object"')
    assert "Or: Objection" in read(page)


def test_an_empty_form_is_filled_before_anything_is_read(office, case) -> None:
    """Where nothing is shown to decide on, the form comes first."""
    assert '<a href="#doing">' not in office.browser(STAFF).get(case).text


def test_a_refused_form_comes_back_where_it_is(office, case) -> None:
    """On a phone the form is far below the top of the page, and a keyboard goes on from what was wrong with it."""
    client = office.browser(STAFF)
    page = client.get(case).text
    (place,) = set(re.findall(r' action="/cases/[^"]+/acts#([^"]+)"', page))
    sent = client.post(f"{case}/acts", data={**hidden(page), **typed_plan(60), "trigger": "submit"}).text

    (heading,) = re.findall(rf'<[^>]* id="{place}"[^>]*>', sent)
    assert 'role="alert"' in heading
    assert 'tabindex="-1"' in heading
    assert "<title>Not recorded – Case of Fadli Hunowu: Employee drafts the plan – Siklus</title>" in sent


def test_a_new_row_is_where_the_reader_is_taken(office, case) -> None:
    """The button names the row that will be there; removing one leads back to its list."""
    client = office.browser(STAFF)
    page = client.get(case).text
    (place,) = re.findall(r'value="add:plan\.results" formaction="[^"#]+#([^"]+)"', page)
    more = client.post(f"{case}/acts", data={**hidden(page), **typed_plan(60), "op": "add:plan.results"}).text

    assert f'id="{place}"' not in page
    assert f'id="{place}"' in more
    for there in re.findall(r'value="drop:[^"]+" formaction="[^"#]+#([^"]+)"', more):
        assert f'id="{there}"' in more


def test_an_old_page_says_what_happened_meanwhile(office, case) -> None:
    """And who did it."""
    client = office.browser(STAFF)
    fields = hidden(client.get(case).text)
    office.planned()
    told = read(client.post(f"{case}/acts", data={**fields, **typed_plan(70, 30), "trigger": "submit"}).text)

    assert "The last step: Fadli Hunowu chose “Submit the plan”" in told


def test_who_was_brought_in_reads_you(office, case) -> None:
    """And not the own name as somebody else's."""
    office.wait(8)

    asked = standing(office.browser(RATER).get(case).text)
    late = standing(office.browser(STAFF).get(case).text)

    assert "You were asked to step in on Wednesday 10 December 2025, 24:00 WITA." in asked
    assert "Nur Aida Pakaya (Rater) was asked to step in on Wednesday 10 December 2025, 24:00 WITA." in late


def test_a_message_says_that_its_task_is_done(office) -> None:
    """Before somebody follows it for nothing; with the hour it came at."""
    before = read(office.browser(STAFF).get("/messages").text)
    office.fire("submit", STAFF, plan=plan(60, 40))
    after = read(office.browser(STAFF).get("/messages").text)

    assert "done or passed on" not in before
    assert "1 Dec 2025 08:00" in before
    assert "done or passed on" in after
