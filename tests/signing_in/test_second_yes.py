"""On the pages: what one administrator asks for, another approves, and the owner refuses with one button."""

from __future__ import annotations

import re

from engine.core.codec import decode
from engine.core.identity.account import Account
from tests.signing_in.conftest import DAY, DESK, STAFF, House, copied, decided, founded, house, told

__all__ = ["copied", "founded", "house"]


def letters(house: House, to: str) -> list[tuple[str, str]]:
    """The kinds and pages of letters to somebody."""
    with house.engine.database.read() as view:
        rows = view.driver.rows("SELECT kind, data FROM outbox WHERE recipient = ? ORDER BY id", (to,))
    return [(kind, decode(bytes(data))["page"]) for kind, data in rows if kind.startswith("account")]


def asked(house: House) -> tuple[Account, Account, str, Account]:
    """Two administrators, and somebody whose app the first one asks to be taken off."""
    boss, other = (house.account(login, "administrator") for login in ("satu", "dua"))
    secrets = house.enrol(boss), house.enrol(other)
    house.clock.instant += 8 * DAY
    owner = house.account("zul", person=DESK)
    house.enrol(owner)
    admin = house.signed_in(boss, secrets[0])
    answer = admin.post(f"/accounts/{owner.id}/reset-authenticator")
    assert f"/accounts/{owner.id}?done=asked" == answer.headers["location"]
    page = told(admin.get(f"/accounts/{owner.id}?done=asked").text)
    assert "another administrator says yes" in page.lower()
    assert "Approve and carry out" not in page
    return boss, other, secrets[1], owner


def test_another_administrator_finds_it_on_the_list_and_carries_it_out(house: House) -> None:
    _, other, secret, owner = asked(house)
    second = house.signed_in(other, secret)
    assert "zul : taking the authenticator app off" in told(second.get("/accounts").text)

    answer = decided(second, owner, "approve")
    assert "What was asked for is carried out." in told(answer.text)
    assert not house.engine.accounts.find(owner.id).has_totp
    assert "Waits for approval" not in told(second.get("/accounts").text)


def test_the_owner_refuses_with_the_button_of_the_letter_or_of_their_own_page(house: House) -> None:
    """Nobody needs to be signed in for the first; opening the page alone does nothing."""
    boss, *_, owner = asked(house)
    kind, page = letters(house, owner.person)[-1]
    browser = house.browser()
    assert ("account_asked", 200) == (kind, browser.get(page).status_code)
    assert 200 == browser.get(page).status_code
    assert "is refused" in told(browser.post(page).text)
    assert (410, 410) == (browser.get(page).status_code, browser.post(page).status_code)
    assert house.engine.accounts.find(owner.id).has_totp

    plain = house.account("fadli", person=STAFF)
    request = house.engine.accounts.together.ask(_link(plain), by=boss.id)
    own = house.signed_in(plain)
    assert "If it is not what you need, refuse it" in told(own.get("/account").text)
    assert 404 == own.post("/account/refuse", data={"request": "r-0"}).status_code
    assert (
        "/account?done=refused"
        == own.post("/account/refuse", data={"request": request.id}).headers["location"]
    )
    assert () == house.engine.accounts.together.waiting(boss.id)


def test_a_new_link_for_an_account_in_use_is_shown_to_whoever_approves(house: House) -> None:
    boss, other, secret, _ = asked(house)
    plain = house.account("fadli", person=STAFF)
    house.engine.accounts.together.ask(_link(plain), by=boss.id)
    answer = decided(house.signed_in(other, secret), plain, "approve")
    link = re.search(r"/link/[\w-]+", answer.text)
    assert link
    assert 200 == house.browser().get(link[0]).status_code


def test_a_role_wanted_for_a_new_account_is_asked_for_with_it(house: House) -> None:
    admin, *_ = house.administrator()
    answer = admin.post("/accounts", data={"login": "baru", "name": "Baru", "role.auditor": "yes"})
    made = house.engine.accounts.by_login("baru")

    assert "/link/" in answer.text
    assert "A change of the account: roles auditor" in told(answer.text)
    assert frozenset() == made.roles


def test_nobody_decides_what_is_of_another_account(house: House) -> None:
    """The request of one account at the address of another is not found."""
    _, other, secret, owner = asked(house)
    second, stranger = house.signed_in(other, secret), house.account("fadli", person=STAFF)
    name = house.engine.accounts.together.waiting(other.id)[0].request.id
    assert 404 == second.post(f"/accounts/{stranger.id}/requests/{name}/approve").status_code
    assert 403 == house.signed_in(stranger).post(f"/accounts/{owner.id}/requests/{name}/approve").status_code


def _link(account: Account):
    from engine.core.identity.together import Act  # noqa: PLC0415

    return Act(kind="invite", account=account.id, fields={})
