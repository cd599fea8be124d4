"""Accounts: made, changed, invited, disabled."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from engine.core.identity.account import OPERATOR, NewAccount
from engine.errors import AccountInvalid, LinkOver, NotFound, NotYours, Refused
from tests.identity.conftest import DAY, PASSWORD, House
from tests.store.raw import TABLES


def test_the_first_start_makes_one_administrator_by_a_link_told_once(house: House) -> None:
    """No default password: the account has none until the link was used."""
    link = house.accounts.first()
    assert link is not None
    assert house.accounts.first() is None

    account = house.accounts.account_of_link(link)
    assert {"administrator"} == account.roles
    assert not account.has_password
    assert house.check(account.login, "administrator") is None

    assert house.accounts.set_password(link, PASSWORD).has_password
    assert account.id == house.check(account.login).id  # type: ignore[union-attr]
    assert ["password_set", "invited", "created"] == [one for one in house.told(account) if one != "refused"]


def test_of_two_workers_that_start_at_once_one_tells_the_link(worker: Callable[[], House]) -> None:
    """There is one administrator, and one link."""
    houses = [worker() for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        links = list(pool.map(lambda one: one.accounts.first(), houses))

    assert 1 == len([one for one in links if one is not None])
    assert ["administrator"] == [one.login for one in houses[0].accounts.all()]


def test_a_link_sets_a_password_once_and_for_a_day(house: House) -> None:
    """Used, replaced by another, or a day old, it leads nowhere."""
    account = house.accounts.create(NewAccount(login="budi", name="Budi"), by=OPERATOR)
    first, second = (house.accounts.invite(account.id, by=OPERATOR) for _ in range(2))

    with pytest.raises(LinkOver):
        house.accounts.set_password(first, PASSWORD)
    house.accounts.set_password(second, PASSWORD)
    with pytest.raises(LinkOver):
        house.accounts.set_password(second, PASSWORD)

    third = house.accounts.invite(account.id, by=OPERATOR)
    house.clock.instant += DAY
    with pytest.raises(LinkOver):
        house.accounts.account_of_link(third)
    with pytest.raises(LinkOver):
        house.accounts.set_password(third, PASSWORD)


def test_a_link_is_used_once_by_two_at_the_same_time(worker: Callable[[], House]) -> None:
    """One of them sets the password, the other is told that the link is over."""
    houses = [worker(), worker()]
    account = houses[0].accounts.create(NewAccount(login="budi", name="Budi"), by=OPERATOR)
    link = houses[0].accounts.invite(account.id, by=OPERATOR)

    def use(house: House) -> str:
        try:
            return house.accounts.set_password(link, PASSWORD).login
        except LinkOver:
            return "over"

    with ThreadPoolExecutor(2) as pool:
        assert ["budi", "over"] == sorted(pool.map(use, houses))


def test_a_password_that_is_not_taken_leaves_the_link(house: House) -> None:
    """What is wrong is said in both languages, all at once."""
    account = house.accounts.create(NewAccount(login="budi", name="Budi"), by=OPERATOR)
    link = house.accounts.invite(account.id, by=OPERATOR)

    with pytest.raises(AccountInvalid, match="at least 12 characters") as refused:
        house.accounts.set_password(link, "budi")
    assert "paling sedikit 12 tanda" in refused.value.problems["password"]["id"]  # type: ignore[index]
    assert house.accounts.set_password(link, PASSWORD).has_password


def test_everything_wrong_with_an_account_is_said_at_once(house: House) -> None:
    """By field."""
    wrong = NewAccount(
        login="Bu di",
        name=" ",
        email="x",
        roles={"administrator", "auditor"},
        kind="service",
        oidc_subject="s",
    )
    with pytest.raises(AccountInvalid) as refused:
        house.accounts.create(wrong, by=OPERATOR)
    assert {"login", "name", "email", "roles", "oidc_subject"} == set(refused.value.problems)
    assert () == house.accounts.all()


def test_a_login_a_person_and_a_subject_belong_to_one_account(house: House) -> None:
    """Also where two ask at once, the database says no."""
    new = NewAccount(login="budi", name="Budi", oidc_issuer="https://id.example", oidc_subject="7")
    account = house.accounts.create(new, by=OPERATOR)
    assert account == house.accounts.by_oidc("https://id.example", "7")
    assert account == house.accounts.by_login(" BUDI ")
    assert house.accounts.by_oidc("https://other.example", "7") is None

    with pytest.raises(AccountInvalid) as refused:
        house.accounts.create(new, by=OPERATOR)
    assert {"login", "oidc_subject"} == set(refused.value.problems)
    other = house.accounts.create(NewAccount(login="sari", name="Sari"), by=OPERATOR)
    with pytest.raises(AccountInvalid, match="another account has this login"):
        house.accounts.change(other.id, login="budi", by=OPERATOR)
    with pytest.raises(NotFound, match="person"):
        house.accounts.change(other.id, person="p-none", by=OPERATOR)


def test_nobody_administers_their_own_account(house: House) -> None:
    """Not its roles, its login or its state; their name and address they may."""
    one = house.person("satu", roles={"administrator"})
    house.person("dua", roles={"administrator"})

    for change in (
        {"roles": set()},
        {"login": "tiga"},
        {"oidc_issuer": "https://x.example", "oidc_subject": "1"},
    ):
        with pytest.raises(NotYours, match="own account"):
            house.accounts.change(one.id, by=one.id, **change)  # type: ignore[arg-type]
    for act in (house.accounts.disable, house.accounts.enable, house.accounts.reset_totp):
        with pytest.raises(NotYours, match="own account"):
            act(one.id, by=one.id)
    assert "Satu" == house.accounts.change(one.id, by=one.id, name="Satu").name


def test_one_administrator_is_always_left(house: House) -> None:
    """Whoever asks, also the operator."""
    one, two = (house.person(login, roles={"administrator"}) for login in ("satu", "dua"))
    house.accounts.disable(one.id, by=two.id)

    with pytest.raises(Refused, match="no administrator would be left"):
        house.accounts.disable(two.id, by=OPERATOR)
    with pytest.raises(Refused, match="no administrator would be left"):
        house.accounts.change(two.id, roles={"auditor"}, by=OPERATOR)
    house.accounts.enable(one.id, by=two.id)
    assert set() == house.accounts.change(two.id, roles=(), by=one.id).roles


def test_two_administrators_cannot_disable_one_another_at_once(worker: Callable[[], House]) -> None:
    """One of them comes first."""
    houses = [worker(), worker()]
    one, two = (houses[0].person(login, roles={"administrator"}) for login in ("satu", "dua"))

    def disable(asked: tuple[House, str, str]) -> str:
        house, whom, by = asked
        try:
            return house.accounts.disable(whom, by=by).state
        except (NotYours, Refused):
            return "refused"

    with ThreadPoolExecutor(2) as pool:
        asked = [(houses[0], one.id, two.id), (houses[1], two.id, one.id)]
        assert ["disabled", "refused"] == sorted(pool.map(disable, asked))


def test_whoever_is_disabled_is_out_at_once_everywhere(house: House) -> None:
    """Sessions, tokens, links and the password; enabled again, they sign in anew."""
    account = house.person()
    begun = house.sessions.begin(account.id, how="password", address="")
    sent, _ = house.tokens.make(account.id, "laporan", {"read"}, house.clock.now() + DAY, account.id)
    link = house.accounts.invite(account.id, by=OPERATOR)

    house.accounts.disable(account.id, by=OPERATOR)
    assert house.sessions.find(begun.token) is None
    assert house.tokens.find(sent) is None
    assert house.check("budi") is None
    with pytest.raises(LinkOver):
        house.accounts.set_password(link, PASSWORD)
    with pytest.raises(NotYours):
        house.sessions.begin(account.id, how="password", address="")

    house.accounts.enable(account.id, by=OPERATOR)
    assert house.sessions.find(begun.token) is None
    assert house.tokens.find(sent) is None
    assert house.check("budi") is not None


def test_of_an_erased_account_only_its_id_is_left(house: House) -> None:
    """In every table and in the file; the log still tells it from others, and nobody signs in with it again."""
    account = house.person(
        "budi", email="budi@telagabiru.example", oidc_issuer="https://id.example", oidc_subject="77"
    )
    other = house.person("lain")
    house.tokens.make(account.id, "laporan budi", {"read"}, house.clock.now() + DAY, account.id)
    with pytest.raises(Refused, match="disable it first"):
        house.accounts.erase(account.id, by=OPERATOR)
    house.accounts.disable(account.id, by=OPERATOR)
    with pytest.raises(NotYours):
        house.accounts.erase(other.id, by=account.id)

    gone = house.accounts.erase(account.id, by=other.id)
    assert (account.id, "", "", False) == (gone.login, gone.name, gone.email, gone.has_password)
    with house.database.read() as view:
        rows = [repr(view.driver.rows(f"SELECT * FROM {name}")) for name in TABLES]
        assert () == view.verify()
    assert not any("budi" in one or "telagabiru" in one for one in rows)
    with pytest.raises(Refused, match="make another"):
        house.accounts.enable(account.id, by=OPERATOR)
    assert "erased" == house.told(account)[0]
    assert house.person("budi").id != account.id


def test_whoever_is_disabled_administers_nothing_any_more(house: House) -> None:
    """Also where their session was looked up a moment before."""
    one, two = (house.person(login, roles={"administrator"}) for login in ("satu", "dua"))
    house.accounts.disable(one.id, by=two.id)
    with pytest.raises(NotYours, match="disabled"):
        house.accounts.disable(two.id, by=one.id)
    with pytest.raises(NotYours, match="disabled"):
        house.accounts.create(NewAccount(login="tiga", name="Tiga"), by=one.id)


def test_a_change_of_rights_ends_the_sessions(house: House) -> None:
    """A change of the name does not."""
    account = house.person()
    begun = house.sessions.begin(account.id, how="password", address="")
    house.accounts.change(account.id, name="Budi Santoso", by=OPERATOR)
    found = house.sessions.find(begun.token)
    assert found is not None
    assert "Budi Santoso" == found.account.name

    house.accounts.change(account.id, roles={"auditor"}, by=OPERATOR)
    assert house.sessions.find(begun.token) is None


def test_accounts_are_listed_by_login_a_page_at_a_time(house: House) -> None:
    """The last login of a page begins the next."""
    for login in ("wati", "adi", "budi"):
        house.accounts.create(NewAccount(login=login, name=login), by=OPERATOR)
    assert ["adi", "budi"] == [one.login for one in house.accounts.all(limit=2)]
    assert ["wati"] == [one.login for one in house.accounts.all("budi")]


def test_the_stream_of_accounts_verifies(house: House) -> None:
    """Every act is an entry of one chain."""
    account = house.person()
    house.sessions.begin(account.id, how="password", address="")
    house.accounts.disable(account.id, by=OPERATOR)
    with house.database.read() as view:
        assert () == view.verify()
    assert ["disabled", "signed_in", "password_set", "invited", "created"] == house.told(account)
