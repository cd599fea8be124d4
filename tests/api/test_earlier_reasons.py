"""At an act that needs a reason one is offered what one wrote for the same act before, and nobody else's words."""

from __future__ import annotations

import pytest

from engine.core.command import Actor
from engine.core.privacy.erasing import Scope
from engine.core.privacy.official import Official
from tests.api.conftest import MANAGER, RATER, STAFF, Office, hidden
from tests.api.test_pages import read
from tests.worlds import HOUR, plan

#: whose plans the same manager checks; the third reports to the same superior as the staff member
IQBAL, SRI = "Iqbal Mantali", "Sri Wahyuni Botutihe"
FIRST, SECOND = "Bobot hasil kerja utama belum 60", "Indikator waktu belum ada"


def handed_in(office: Office, name: str) -> str:
    """The case of somebody with the manager."""
    case = office.case_of(name)
    office.fire("submit", name, case, plan=plan(60, 40))
    return case


@pytest.fixture
def returned(office: Office) -> Office:
    """Two plans were sent back by the same manager, for two reasons; a third waits."""
    for name, reason in ((STAFF, FIRST), (IQBAL, SECOND)):
        office.fire("send_back", MANAGER, handed_in(office, name), reason=reason)
        office.clock.instant += HOUR
    handed_in(office, SRI)
    return office


def third(office: Office) -> str:
    return office.case_of(SRI)


def offered(office: Office, name: str, case: str) -> list[str]:
    """The buttons that put in a reason."""
    page = office.browser(name).get(f"/cases/{case}").text
    return [part.partition('"')[0] for part in page.split('value="reason:')[1:]]


def test_the_own_reasons_for_the_same_act_are_offered_newest_first(returned: Office) -> None:
    page = read(returned.browser(MANAGER).get(f"/cases/{third(returned)}").text)

    assert 2 == len(offered(returned, MANAGER, third(returned)))
    assert page.index(SECOND) < page.index(FIRST)
    assert "Your earlier reasons (2)" in page


def test_the_same_words_are_offered_once(returned: Office) -> None:
    returned.fire("send_back", MANAGER, third(returned), reason=f"  {FIRST}")
    fourth = handed_in(returned, STAFF)

    assert 2 == len(offered(returned, MANAGER, fourth))


def test_another_act_offers_none_of_them_and_nobody_else_is_shown_them(returned: Office) -> None:
    case = third(returned)
    returned.fire("pass", MANAGER, case)
    page = returned.browser(RATER).get(f"/cases/{case}").text

    assert 'value="send_back"' not in page
    assert [] == offered(returned, RATER, case)
    assert FIRST not in page
    assert SECOND not in page


def test_choosing_one_puts_it_in_the_field_and_sends_nothing(returned: Office) -> None:
    case = third(returned)
    browser = returned.browser(MANAGER)
    fields = hidden(browser.get(f"/cases/{case}").text)
    op = f"reason:{offered(returned, MANAGER, case)[1]}"

    page = browser.post(f"/cases/{case}/acts", data={**fields, "op": op})
    now = hidden(browser.get(f"/cases/{case}").text)
    beside = browser.post(f"/cases/{case}/acts", data={**now, "op": op, "reason": "Sudah dibicarakan."})

    assert f"\n{FIRST}</textarea>" in page.text
    assert "Nothing has been sent." in read(page.text)
    assert f"\nSudah dibicarakan.\n{FIRST}</textarea>" in beside.text.replace("\r\n", "\n")
    assert "manager_checks" == returned.engine.case(case, None).case.state


def test_nobody_gets_words_by_naming_an_entry(returned: Office) -> None:
    """Somebody who may act there, and names the entry of another, finds an empty field."""
    case, stolen = third(returned), offered(returned, MANAGER, third(returned))[0]
    returned.fire("pass", MANAGER, case)
    browser = returned.browser(RATER)
    fields = hidden(browser.get(f"/cases/{case}").text)

    page = browser.post(f"/cases/{case}/acts", data={**fields, "op": f"reason:{stolen}"}).text

    assert SECOND not in page


def test_what_was_erased_is_offered_to_nobody(returned: Office) -> None:
    desk, second = (
        Official(person=one.key)
        for one in returned.engine.chart.people(returned.travel.today("Asia/Jakarta"))
        if "desk:personnel" in one.duties
    )
    returned.engine.fire(
        returned.case_of(STAFF), "exempt", actor=Actor(person=desk.person), reason="Cuti di luar tanggungan"
    )
    scope = Scope(cases=(returned.case_of(STAFF),), classes=("reasons",))
    erasures = returned.engine.privacy.erasures
    asked = erasures.ask(scope, "request", who=desk, reason="Permohonan")
    erasures.approve(asked.id, who=second, reason="Diperiksa")

    page = returned.browser(MANAGER).get(f"/cases/{third(returned)}").text
    assert SECOND in page
    assert FIRST not in page
