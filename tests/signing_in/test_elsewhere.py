"""Signing in through a real identity provider, from our page to there and back; and what an attacker makes of it."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from api.app import create_app
from api.settings import ProviderSettings, Settings
from engine.clock import SystemClock
from engine.core.identity.account import NewAccount
from tests.clients import Client
from tests.runtime.conftest import HandClock
from tests.signing_in.conftest import ADDRESS, DESK, STAFF, House, opened, told
from tests.signing_in.provider import CLIENT, SECRET, TestProvider, running

#: what somebody at the provider is found by
BY_NUMBER: dict[str, Any] = {"person_claim": "nip"}
BY_MAIL: dict[str, Any] = {"by_email": True}
GROUPS: dict[str, Any] = {"groups": {"siklus-admins": "administrator", "siklus-audit": "auditor"}}


@pytest.fixture(scope="module")
def there() -> Iterator[TestProvider]:
    with running(f"{ADDRESS}/sign-in/back", f"{ADDRESS}/signed-out") as provider:
        yield provider


@pytest.fixture(autouse=True)
def honest(there: TestProvider) -> Iterator[None]:
    yield
    there.lie("")
    there.people.clear()


class Joined:
    """A house that knows the provider."""

    def __init__(self, house: House, there: TestProvider) -> None:
        self.house, self.there = house, there

    def person(self, name: str) -> Any:
        return next(one for one in self.house.engine.chart.segments if one.name.startswith(name))

    def go(self, client: Client, login: str, path: str = "/sign-in/provider") -> str:
        """From our page to the provider and, signed in there, to the address it sends one back to."""
        way = client.get(path)
        assert 303 == way.status_code, told(way.text)
        address, _ = self.there.visit(way.headers["location"], login)
        return address.removeprefix(ADDRESS)

    def come(self, login: str, path: str = "/sign-in/provider") -> tuple[Client, Any]:
        """A browser that signs in there, and our answer to it."""
        client = self.house.browser()
        return client, client.get(self.go(client, login, path))


@pytest.fixture
def join(copied: Path, there: TestProvider) -> Iterator[Any]:
    """Makes the house with the settings a test wants."""
    made: list[House] = []

    def joined(**wanted: Any) -> Joined:
        clock, system = HandClock(), SystemClock()
        engine = opened(copied, clock, system)
        oidc = ProviderSettings(
            issuer=there.issuer, client_id=CLIENT, client_secret=SECRET, name="Agency", **wanted
        )
        app = create_app(engine, demo=None, settings=Settings(oidc=oidc), system=system)
        made.append(House(engine=engine, clock=clock, app=app))
        return Joined(made[-1], there)

    yield joined
    for house in made:
        house.engine.database.close()


def test_a_person_of_the_chart_comes_in_by_their_number(join: Any, there: TestProvider) -> None:
    joined = join(**BY_NUMBER)
    there.know("fadli", nip=joined.person(STAFF).person_id, name="Fadli")
    assert "Sign in with Agency" in joined.house.browser().get("/sign-in").text

    client, answer = joined.come("fadli", "/sign-in/provider?next=/messages")
    assert (303, "/messages") == (answer.status_code, answer.headers["location"])
    assert "My own case" in client.get("/").text
    first = joined.house.engine.accounts.by_oidc(there.issuer, "fadli")
    joined.come("fadli")
    assert [first.id] == [one.id for one in joined.house.engine.accounts.all()]
    assert frozenset() == first.roles


def test_an_address_counts_only_where_the_provider_has_verified_it(join: Any, there: TestProvider) -> None:
    joined = join(**BY_MAIL)
    mail = joined.person(STAFF).email.upper()
    for verified in (False, None, "true", 1):
        there.know("fadli", email=mail, **({} if verified is None else {"email_verified": verified}))
        assert 403 == joined.come("fadli")[1].status_code

    there.know("fadli", email=mail, email_verified=True)
    assert 303 == joined.come("fadli")[1].status_code


def test_an_address_is_found_by_its_own_letters_only(join: Any, there: TestProvider) -> None:
    """The sign of the kelvin becomes a small k in Unicode, and is another address."""
    joined = join(**BY_MAIL)
    mail = next(one.email for one in joined.house.engine.chart.segments if "k" in one.email)
    there.know("fadli", email=mail.replace("k", "\u212a"), email_verified=True)
    assert 403 == joined.come("fadli")[1].status_code


def test_what_is_not_allowed_by_the_settings_finds_nobody(join: Any, there: TestProvider) -> None:
    """Neither a number nor a verified address, where the settings name neither."""
    joined = join()
    person = joined.person(STAFF)
    there.know("fadli", nip=person.person_id, email=person.email, email_verified=True)

    _, answer = joined.come("fadli")
    assert 403 == answer.status_code
    assert "nobody on the organisation chart here fits" in answer.text


def test_an_account_of_a_person_becomes_theirs_there_too_but_never_anothers(
    join: Any, there: TestProvider
) -> None:
    joined = join(**BY_NUMBER)
    account = joined.house.account("fadli", person=STAFF)
    number = joined.person(STAFF).person_id
    there.know("fadli", nip=number)
    assert 303 == joined.come("fadli")[1].status_code
    assert account.id == joined.house.engine.accounts.by_oidc(there.issuer, "fadli").id

    there.know("mallory", nip=number)
    _, answer = joined.come("mallory")
    assert 403 == answer.status_code
    assert "belongs to another identity" in answer.text


def test_groups_give_roles_and_take_them_at_the_next_sign_in(join: Any, there: TestProvider) -> None:
    joined = join(**BY_NUMBER, **GROUPS)
    number = joined.person(STAFF).person_id
    joined.house.account("other", "administrator")
    there.know("fadli", nip=number, groups=["staff", "siklus-admins"], amr=["pwd", "mfa"])
    client, answer = joined.come("fadli")
    assert 303 == answer.status_code
    assert 200 == client.get("/accounts").status_code

    there.know("fadli", nip=number, groups=["staff"], amr=["pwd", "mfa"])
    after, _ = joined.come("fadli")
    assert 403 == after.get("/accounts").status_code
    assert 303 == client.get("/accounts").status_code, "the session with the old rights is over"
    assert frozenset() == joined.house.engine.accounts.by_oidc(there.issuer, "fadli").roles


def test_a_system_role_needs_a_second_factor_at_the_provider(join: Any, there: TestProvider) -> None:
    joined = join(**GROUPS)
    there.know("root", groups="siklus-audit", name="Root")
    assert 403 == joined.come("root")[1].status_code

    there.know("root", groups="siklus-audit", name="Root", amr=["otp"])
    client, answer = joined.come("root")
    assert 303 == answer.status_code
    assert "auditor" in client.get("/account").text


def test_groups_that_give_rights_nobody_may_hold_together_give_none(join: Any, there: TestProvider) -> None:
    joined = join(**GROUPS)
    there.know("root", groups=["siklus-audit", "siklus-admins"], amr=["mfa"])

    assert 403 == joined.come("root")[1].status_code
    assert () == joined.house.engine.accounts.all()


def test_a_disabled_account_stays_out_whatever_the_provider_says(join: Any, there: TestProvider) -> None:
    joined = join(**BY_NUMBER)
    there.know("fadli", nip=joined.person(STAFF).person_id)
    client, _ = joined.come("fadli")
    account = joined.house.engine.accounts.by_oidc(there.issuer, "fadli")
    joined.house.engine.accounts.disable(account.id, by="operator")

    assert 303 == client.get("/").status_code
    assert 403 == joined.come("fadli")[1].status_code


@pytest.fixture
def joined(join: Any, there: TestProvider) -> Joined:
    """A house where Fadli can come in."""
    made = join(**BY_NUMBER)
    there.know("fadli", nip=made.person(STAFF).person_id)
    there.know("zul", nip=made.person(DESK).person_id)
    assert isinstance(made, Joined)
    return made


def refused(client: Client, address: str) -> None:
    answer = client.get(address)
    assert 403 == answer.status_code, told(answer.text)
    assert "sign_in_refused" in answer.text
    assert "siklus" not in client.cookies


def test_an_answer_counts_once_even_with_a_copied_slip(joined: Joined) -> None:
    """Replay: the same address again, in the same browser and in one that holds a copy of what it carried."""
    client = joined.house.browser()
    address = joined.go(client, "fadli")
    copy = client.cookies["siklus-going"]
    assert 303 == client.get(address).status_code

    thief = joined.house.browser()
    thief.cookies.set("siklus-going", copy)
    refused(thief, address)
    again = client.get(address)
    assert 403 == again.status_code


def test_an_answer_of_another_browser_signs_nobody_in(joined: Joined) -> None:
    """Login CSRF: an attacker's own answer, given to somebody who began nothing, or something of their own."""
    attacker = joined.house.browser()
    address = joined.go(attacker, "zul")

    refused(joined.house.browser(), address)
    victim = joined.house.browser()
    victim.get("/sign-in/provider")
    refused(victim, address)


def test_a_swapped_state_and_code_are_refused(joined: Joined) -> None:
    """The state of the victim's own way with the attacker's code: its verifier and nonce do not fit."""
    attacker, victim = joined.house.browser(), joined.house.browser()
    theirs = dict(parse_qsl(urlsplit(joined.go(attacker, "zul")).query))
    mine = dict(parse_qsl(urlsplit(joined.go(victim, "fadli")).query))

    refused(victim, f"/sign-in/back?{urlencode({**mine, 'code': theirs['code']})}")


@pytest.mark.parametrize(
    "change", [{"state": "x"}, {"iss": "https://issuer.example"}, {"code": "x"}, {"error": "access_denied"}]
)
def test_a_changed_answer_is_refused(joined: Joined, change: dict[str, str]) -> None:
    client = joined.house.browser()
    answer = dict(parse_qsl(urlsplit(joined.go(client, "fadli")).query))

    refused(client, f"/sign-in/back?{urlencode({**answer, **change})}")


def test_an_answer_that_says_a_thing_twice_is_refused(joined: Joined) -> None:
    client = joined.house.browser()
    address = joined.go(client, "fadli")

    assert 422 == client.get(f"{address}&state=x").status_code
    assert "siklus" not in client.cookies


@pytest.mark.parametrize("lie", ["none", "hs256 with the public key", "another nonce", "another issuer"])
def test_a_lying_token_signs_nobody_in(joined: Joined, there: TestProvider, lie: str) -> None:
    client = joined.house.browser()
    address = joined.go(client, "fadli")
    there.lie(lie)

    refused(client, address)
    assert () == joined.house.engine.accounts.all()


def test_the_way_back_leads_to_our_own_pages_only(joined: Joined) -> None:
    for back in ("//evil.example", "https://evil.example", "/\\evil.example"):
        _, answer = joined.come("fadli", f"/sign-in/provider?{urlencode({'next': back})}")
        assert "/" == answer.headers["location"]


def test_tokens_of_the_provider_reach_neither_the_browser_nor_the_database(joined: Joined) -> None:
    """What came of them is a session of ours; they themselves are kept nowhere."""
    client, answer = joined.come("fadli")
    pages = [answer.text, str(answer.headers), *(client.get(one).text for one in ("/", "/account"))]
    kept = " ".join(client.cookies.values())
    with joined.house.engine.database.read() as view:
        tables = [name for (name,) in view.driver.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = repr([view.driver.rows(f"SELECT * FROM {name}") for name in tables])
    for text in (*pages, kept, rows):
        assert not re.search(r"eyJ[\w-]{10,}\.", text)
        assert "access_token" not in text
        assert "id_token" not in text


def test_signing_out_ends_the_session_there_as_well(joined: Joined, there: TestProvider) -> None:
    client, _ = joined.come("fadli")
    gone = client.post("/sign-out")
    assert "/signed-out?language=en&there=yes" == gone.headers["location"]
    answer = client.get(gone.headers["location"])

    assert f"{there.issuer}/session/end?" in answer.headers["refresh"]
    assert "you are being taken there" in answer.text
    assert 303 == client.get("/").status_code


def test_to_sign_in_again_the_provider_asks_again(join: Any, there: TestProvider) -> None:
    """Coming from there is not yet having been asked there: that may have been this morning."""
    joined = join(**GROUPS)
    there.know("root", groups=["siklus-admins"], amr=["mfa"], name="Root")
    client, _ = joined.come("root")
    assert 200 == client.get("/accounts").status_code
    answer = client.post("/accounts", data={"login": "baru", "name": "Baru"})
    assert (303, "/sign-in?next=%2F&why=again") == (answer.status_code, answer.headers["location"])
    page = client.get("/sign-in?why=again&next=/accounts").text
    assert "/sign-in/provider?next=/accounts&amp;again=1" in page

    answer = client.get(joined.go(client, "root", "/sign-in/provider?next=/accounts&again=1"))
    assert "/accounts" == answer.headers["location"]
    assert 200 == client.post("/accounts", data={"login": "baru", "name": "Baru"}).status_code
    asked = dict(parse_qsl(urlsplit(client.get("/sign-in/provider?again=1").headers["location"]).query))
    assert ("login", "300") == (asked["prompt"], asked["max_age"])


@pytest.mark.parametrize(
    "lie",
    ["not asked again", "asked before we sent them", "asked tomorrow", "asked at no time", "asked in words"],
)
def test_a_provider_that_lies_about_when_it_asked_signs_nobody_in_again(
    join: Any, there: TestProvider, lie: str
) -> None:
    """It asked within the way there and back, or it did not ask."""
    joined = join(**GROUPS)
    there.know("root", groups=["siklus-admins"], amr=["mfa"], name="Root")
    client = joined.house.browser()
    address = joined.go(client, "root", "/sign-in/provider?again=1")
    there.lie(lie)
    assert 403 == client.get(address).status_code
    assert 303 == client.get("/accounts").status_code


def test_without_a_provider_in_the_settings_there_is_no_way_to_one(house: House) -> None:
    assert 404 == house.browser().get("/sign-in/provider").status_code
    assert 404 == house.browser().get("/sign-in/back?state=x&code=y").status_code


def test_a_provider_that_does_not_answer_leaves_the_password(house: House) -> None:
    settings = Settings(oidc=ProviderSettings(issuer="http://127.0.0.1:1", client_id="a", client_secret="b"))
    app = create_app(house.engine, demo=None, settings=settings, system=house.clock)
    client = Client(app, base_url=ADDRESS, follow_redirects=False)

    began = time.monotonic()
    assert 503 == client.get("/sign-in/provider").status_code
    assert time.monotonic() - began < 30
    assert 200 == client.get("/sign-in").status_code


def test_a_login_made_here_cannot_be_taken_by_a_name_given_there(join: Any, there: TestProvider) -> None:
    """The provider's names for people are not logins: who is called 'admin' there is not our admin."""
    joined = join(**BY_NUMBER)
    admin = joined.house.engine.accounts.create(
        NewAccount(login="admin", name="Admin", roles=["administrator"]), by="operator"
    )
    there.know("admin", nip=joined.person(STAFF).person_id, preferred_username="admin", name="Admin")
    joined.come("admin")

    assert admin.id != joined.house.engine.accounts.by_oidc(there.issuer, "admin").id
    assert "" == joined.house.engine.accounts.find(admin.id).oidc_subject
