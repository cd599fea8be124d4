"""One's own account, and the accounts an administrator looks after: what may be done, and what never on one's own."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.signing_in.conftest import ADDRESS, DAY, DESK, MINUTE, PASSWORD, STAFF, House, decided, told

NEW = "gerimis di dermaga tua"


def link_on(page: str) -> str:
    found = re.search(rf"{re.escape(ADDRESS)}(/link/[\w-]+)", page)
    assert found, told(page)
    return found[1]


def secret_on(page: str) -> str:
    return re.search(r'<code class="long">([A-Z2-7 ]+)</code>', page)[1]  # type: ignore[index]


def test_the_first_administrator_comes_by_a_link_and_needs_an_app_before_anything_else(house: House) -> None:
    token = house.engine.accounts.first()
    client = house.browser()
    assert "Set a password" in client.get(f"/link/{token}").text

    answer = client.post(f"/link/{token}", data={"password": NEW, "again": NEW})
    assert "/account/authenticator" == answer.headers["location"]
    for path in ("/", "/accounts", "/account", "/cases"):
        assert "/account/authenticator" == client.get(path).headers["location"], path
    assert 403 == client.get("/api/v1/cases").status_code

    page = client.post("/account/authenticator").text
    assert "<svg" in page
    before = client.cookies["siklus"]
    assert 422 == client.post("/account/authenticator/confirm", data={"code": "000000"}).status_code
    codes = client.post("/account/authenticator/confirm", data={"code": house.code(secret_on(page))})
    assert 10 == codes.text.count("<li><code>")
    assert house.engine.sessions.find(before) is None, "another session, with the app"
    assert "Accounts" in client.get("/accounts").text
    assert house.engine.accounts.first() is None


def test_an_app_is_set_up_right_after_signing_in_only(house: House) -> None:
    """Whoever finds a session open later cannot make it their own for good."""
    for account in (house.account("boss", "auditor"), house.account("fadli", person=STAFF)):
        client = house.signed_in(account)
        house.clock.instant += 15 * MINUTE
        answer = client.post("/account/authenticator")

        assert "/sign-in?next=%2F&why=again" == answer.headers["location"]
        assert not house.engine.accounts.find(account.id).has_totp


def test_a_link_works_once_and_for_a_day(house: House) -> None:
    account = house.account("fadli", person=STAFF)
    used, late = house.engine.accounts.invite(account.id), ""
    client = house.browser()
    assert 303 == client.post(f"/link/{used}", data={"password": NEW, "again": NEW}).status_code
    assert 410 == house.browser().get(f"/link/{used}").status_code
    assert 410 == house.browser().post(f"/link/{used}", data={"password": NEW, "again": NEW}).status_code

    late = house.engine.accounts.invite(account.id)
    house.clock.instant += 24 * 60 * MINUTE
    assert 410 == house.browser().get(f"/link/{late}").status_code
    assert 410 == house.browser().get("/link/made-up").status_code


def test_a_link_sets_only_a_password_that_holds(house: House) -> None:
    link = house.engine.accounts.invite(house.account("fadli", person=STAFF).id)
    client = house.browser()
    for password, again, said in (
        (NEW, NEW + "x", "not the same"),
        ("pendek", "pendek", "12"),
        ("fadli fadli fadli", "fadli fadli fadli", ""),
    ):
        answer = client.post(f"/link/{link}", data={"password": password, "again": again})
        assert 422 == answer.status_code
        assert said in told(answer.text)
        assert password not in answer.text.replace("fadli", "")
    assert 303 == client.post(f"/link/{link}", data={"password": NEW, "again": NEW}).status_code


def test_a_link_does_not_stand_in_for_the_app(house: House) -> None:
    account = house.account("fadli", person=STAFF)
    secret = house.enrol(account)
    client = house.browser()
    answer = client.post(
        f"/link/{house.engine.accounts.invite(account.id)}", data={"password": NEW, "again": NEW}
    )

    assert "/sign-in/code" == answer.headers["location"]
    assert 303 == client.get("/").status_code
    assert "/" == client.post("/sign-in/code", data={"code": house.code(secret)}).headers["location"]


def test_the_password_changes_with_the_present_one_and_ends_what_was_open(house: House) -> None:
    account = house.account("fadli", person=STAFF)
    here, there = house.signed_in(account), house.signed_in(account)
    answer = here.post("/account/password", data={"present": "bukan", "password": NEW, "again": NEW})
    assert 422 == answer.status_code

    answer = here.post("/account/password", data={"present": PASSWORD, "password": NEW, "again": NEW})
    assert "/account?done=password" == answer.headers["location"]
    assert (200, 303) == (here.get("/account").status_code, there.get("/account").status_code)


def test_one_ends_a_session_of_ones_own_and_of_nobody_else(house: House) -> None:
    mine, theirs = house.account("fadli", person=STAFF), house.account("zul", person=DESK)
    here, there, other = house.signed_in(mine), house.signed_in(mine), house.signed_in(theirs)
    ids = {one.id for one in house.engine.sessions.of(theirs.id)}
    for session in ids:
        here.post("/account/sessions/end", data={"session": session})
    assert 200 == other.get("/account").status_code

    page = here.get("/account").text
    here.post(
        "/account/sessions/end", data={"session": re.search(r'name="session" value="([^"]+)"', page)[1]}
    )
    assert (200, 303) == (here.get("/account").status_code, there.get("/account").status_code)


def token_on(page: str) -> str:
    return re.search(r"siklus_[\w-]+", page)[0]  # type: ignore[index]


def test_a_token_reads_and_may_not_act_unless_made_for_it(house: House) -> None:
    client = house.signed_in(house.account("fadli", person=STAFF))
    page = client.post("/account/tokens", data={"name": "laporan", "scope.read": "yes", "days": "30"}).text
    program = house.program(token_on(page))
    case = house.engine.cases(subject=house.key_of(STAFF))[0].id

    assert 200 == program.get("/api/v1/cases").status_code
    answer = program.post(f"/api/v1/cases/{case}/acts/submit", json={})
    assert (403, "out_of_scope") == (answer.status_code, answer.json()["code"])
    assert token_on(page) not in client.get("/account").text, "shown once"


@pytest.mark.parametrize(
    ("scopes", "path", "refused"),
    [
        (["act"], "/api/v1/cases", True),
        (["act", "manage"], "/api/v1/health", False),
        (["read"], "/api/v1/cases", False),
    ],
)
def test_no_scope_includes_another(house: House, scopes: list[Any], path: str, refused: bool) -> None:
    account = house.account("fadli", person=STAFF)
    token, _ = house.engine.tokens.make(
        account.id, "x", scopes, house.clock.now() + 60 * MINUTE, by=account.id
    )

    assert (403 if refused else 200) == house.program(token).get(path).status_code


def test_managing_needs_its_own_scope(house: House) -> None:
    account = house.account("zul", person=DESK)
    ends = house.clock.now() + 60 * MINUTE
    acting, managing = (
        house.program(house.engine.tokens.make(account.id, "x", [scope], ends, by=account.id)[0])
        for scope in ("act", "manage")
    )
    for path in ("/api/v1/cycles", "/api/v1/outages", "/api/v1/people/import", "/api/v1/calendars/apply"):
        assert "out_of_scope" == acting.post(path, json={}).json()["code"]
        assert "out_of_scope" != managing.post(path, json={}).json()["code"]


def test_a_token_is_for_the_api_alone_and_never_beside_a_cookie(house: House) -> None:
    account = house.account("fadli", person=STAFF)
    token, made = house.engine.tokens.make(
        account.id, "x", ["read", "act"], house.clock.now() + 60 * MINUTE, by=account.id
    )
    program = house.program(token)
    assert 303 == program.get("/").status_code
    assert 303 == program.get("/account").status_code

    for said in (token.upper(), token[:-1], token[len("siklus_") :], f"siklus_{'A' * 43}", ""):
        assert 401 == house.program(said).get("/api/v1/cases").status_code
    browser = house.signed_in(account)
    answer = browser.get("/api/v1/cases", headers={"Authorization": f"Bearer {token}"})
    assert 422 == answer.status_code
    house.engine.tokens.revoke(made.id, by=account.id)
    assert 401 == program.get("/api/v1/cases").status_code


def test_a_token_ends_with_its_time_and_with_its_account(house: House) -> None:
    account = house.account("fadli", person=STAFF)
    first, second = (
        house.program(
            house.engine.tokens.make(
                account.id, "x", ["read"], house.clock.now() + hours * 60 * MINUTE, by=account.id
            )[0]
        )
        for hours in (1, 5)
    )
    house.clock.instant += 60 * MINUTE
    assert (401, 200) == (first.get("/api/v1/cases").status_code, second.get("/api/v1/cases").status_code)

    house.engine.accounts.disable(account.id, by="operator")
    assert 401 == second.get("/api/v1/cases").status_code


def test_nobody_revokes_a_token_of_somebody_else(house: House) -> None:
    mine, theirs = house.account("fadli", person=STAFF), house.account("zul", person=DESK)
    _, token = house.engine.tokens.make(
        theirs.id, "x", ["read"], house.clock.now() + 60 * MINUTE, by=theirs.id
    )

    answer = house.signed_in(mine).post("/account/tokens/revoke", data={"token": token.id})
    assert 404 == answer.status_code
    assert not house.engine.tokens.of(theirs.id)[0].revoked_at


def test_an_administrator_makes_an_account_whose_owner_comes_by_the_link(house: House) -> None:
    admin, _, _ = house.administrator()
    person = next(one for one in house.engine.chart.segments if one.name.startswith(STAFF))
    answer = admin.post(
        "/accounts",
        data={"login": "Fadli", "name": "Fadli Hunowu", "email": "", "person_id": person.person_id},
    )
    assert 200 == answer.status_code, told(answer.text)

    owner = house.browser()
    answer = owner.post(link_on(answer.text), data={"password": NEW, "again": NEW})
    assert "/" == answer.headers["location"]
    assert "My own case" in owner.get("/").text


def test_everything_wrong_with_a_new_account_is_said_at_once(house: House) -> None:
    admin, _, _ = house.administrator()
    answer = admin.post(
        "/accounts", data={"login": "ñ", "name": "", "role.administrator": "yes", "role.auditor": "yes"}
    )

    assert 422 == answer.status_code
    assert 3 == answer.text.count('class="wrong"')
    assert 404 == admin.post("/accounts", data={"login": "a", "name": "A", "person_id": "000"}).status_code


def test_changing_rights_ends_the_sessions_and_asks_for_the_app(house: House) -> None:
    admin, boss, secret = house.administrator()
    account = house.account("fadli", person=STAFF)
    client = house.signed_in(account)
    person = next(one for one in house.engine.chart.segments if one.name.startswith(STAFF)).person_id
    answer = admin.post(
        f"/accounts/{account.id}/change",
        data={"name": "Fadli", "email": "", "person_id": person, "role.auditor": "yes"},
    )
    assert f"/accounts/{account.id}?done=asked" == answer.headers["location"]
    assert 200 == client.get("/").status_code
    house.clock.instant += DAY
    client = house.signed_in(account)
    assert 200 == decided(house.signed_in(boss, secret), account, "approve").status_code

    assert "/sign-in?next=%2F" == client.get("/").headers["location"]
    again = house.signed_in(account)
    assert "/account/authenticator" == again.get("/").headers["location"]


@pytest.mark.parametrize("act", ["disable", "enable", "reset-authenticator", "change"])
def test_nobody_looks_after_their_own_account(house: House, act: str) -> None:
    admin, account, _ = house.administrator()
    house.account("second", "administrator")

    answer = admin.post(f"/accounts/{account.id}/{act}", data={"name": "Admin", "role.auditor": "yes"})
    assert 403 == answer.status_code
    assert house.engine.accounts.find(account.id).roles == {"administrator"}
    assert "looks after their own account" in admin.get(f"/accounts/{account.id}").text


@pytest.mark.parametrize("role", [None, "auditor", "privacy"])
def test_accounts_are_for_administrators_alone(house: House, role: Any) -> None:
    account = house.account("fadli", *([role] if role else []), person=STAFF)
    client = house.signed_in(account, house.enrol(account))
    other = house.account("zul", person=DESK)

    assert 403 == client.get("/accounts").status_code
    assert 403 == client.get(f"/accounts/{other.id}").status_code
    for act in ("disable", "invite", "change", "sign-out"):
        assert 403 == client.post(f"/accounts/{other.id}/{act}").status_code
    assert 403 == client.post("/accounts", data={"login": "x", "name": "X"}).status_code


def test_an_administrator_who_signed_in_long_ago_signs_in_again(house: House) -> None:
    admin, account, secret = house.administrator()
    other = house.account("zul", person=DESK)
    house.clock.instant += 15 * MINUTE
    assert 200 == admin.get("/accounts").status_code

    answer = admin.post(
        f"/accounts/{other.id}/disable", headers={"Referer": f"{ADDRESS}/accounts/{other.id}"}
    )
    assert f"/sign-in?next=%2Faccounts%2F{other.id}&why=again" == answer.headers["location"]
    assert house.engine.accounts.find(other.id).active
    admin.post(
        "/sign-in", data={"login": account.login, "password": PASSWORD, "next": f"/accounts/{other.id}"}
    )
    answer = admin.post("/sign-in/code", data={"code": house.code(secret)})
    assert f"/accounts/{other.id}" == answer.headers["location"]
    assert 303 == admin.post(f"/accounts/{other.id}/disable").status_code
    assert not house.engine.accounts.find(other.id).active


def test_an_administrator_signs_somebody_out_everywhere_and_takes_a_lost_app_off(house: House) -> None:
    admin, boss, app = house.administrator()
    account = house.account("zul", person=DESK)
    secret = house.enrol(account)
    client = house.signed_in(account, secret)
    admin.post(f"/accounts/{account.id}/sign-out")
    assert 303 == client.get("/").status_code

    asked = admin.post(f"/accounts/{account.id}/reset-authenticator")
    assert f"/accounts/{account.id}?done=asked" == asked.headers["location"]
    assert house.engine.accounts.find(account.id).has_totp
    house.clock.instant += DAY
    admin = house.signed_in(boss, app)
    assert 200 == decided(admin, account, "approve").status_code
    assert not house.engine.accounts.find(account.id).has_totp
    assert 404 == admin.post(f"/accounts/{account.id}/nothing-known").status_code


def test_an_account_of_nobody_is_told_so_kindly(house: House) -> None:
    admin, _, _ = house.administrator()

    assert "/account" == admin.get("/").headers["location"]
    assert "linked to nobody" in admin.get("/account").text
    answer = admin.get("/cases")
    assert 403 == answer.status_code
    assert 2 == answer.text.count("belongs to nobody")  # the name of the page and its heading
    assert "can link it to a person" in answer.text
    assert "no_person" == admin.get("/api/v1/cases").json()["code"]


def test_recovery_codes_stand_in_once_each_and_are_made_anew(house: House) -> None:
    account = house.account("zul", person=DESK)
    secret = house.enrol(account)
    client = house.signed_in(account, secret)
    page = client.post("/account/recovery-codes").text
    codes = re.findall(r"<li><code>([^<]+)</code>", page)

    for used, status in ((codes[0], 303), (codes[0], 403), (codes[1].upper().replace("-", " "), 303)):
        other = house.browser()
        other.post("/sign-in", data={"login": "zul", "password": PASSWORD})
        assert status == other.post("/sign-in/code", data={"code": used}).status_code
    assert "8 recovery codes" in client.get("/account").text


def test_a_service_account_has_no_browser(house: House) -> None:
    from engine.core.identity.account import NewAccount  # noqa: PLC0415

    made = house.engine.accounts.create(
        NewAccount(login="feed", name="Feed", kind="service", roles=["administrator"]), by="operator"
    )
    token, _ = house.engine.tokens.make(
        made.id, "x", ["read", "manage"], house.clock.now() + 60 * MINUTE, by="operator"
    )

    assert 303 == house.program(token).get("/accounts").status_code
    assert "no_person" == house.program(token).get("/api/v1/cases").json()["code"]
    admin, _, _ = house.administrator()
    assert 409 == admin.post(f"/accounts/{made.id}/invite").status_code
