"""Sessions and tokens: begun, found, over."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.core.identity.account import OPERATOR, NewAccount
from engine.errors import AccountInvalid, NotFound, NotYours
from engine.runtime.identity import Session
from tests.identity.conftest import DAY, HOUR, MINUTE, SECOND, House


def test_a_session_lasts_eight_hours_unused_and_twelve_in_all(house: House) -> None:
    """By the machine's clock."""
    account = house.person()
    token = house.sessions.begin(account.id, how="password", address="192.0.2.1").token
    house.clock.instant += 8 * HOUR - SECOND
    found = house.sessions.find(token)
    assert found is not None
    assert account == found.account
    house.clock.instant += 4 * HOUR
    assert house.sessions.find(token) is not None
    house.clock.instant += 2 * SECOND
    assert house.sessions.find(token) is None

    token = house.sessions.begin(account.id, how="password", address="").token
    house.clock.instant += 8 * HOUR
    assert house.sessions.find(token) is None
    assert () == house.sessions.of(account.id)
    assert 2 == house.sessions.tidy()


def test_what_was_seen_is_written_once_a_minute(house: House) -> None:
    """And tells when the session will end."""
    account = house.person()
    begun = house.sessions.begin(account.id, how="password", address="")
    house.clock.instant += MINUTE - SECOND
    house.sessions.find(begun.token)
    assert [begun.session.seen_at] == [one.seen_at for one in house.sessions.of(account.id)]
    house.clock.instant += SECOND
    house.sessions.find(begun.token)
    assert [house.clock.now()] == [one.seen_at for one in house.sessions.of(account.id)]
    assert [house.clock.now() + 8 * HOUR] == [one.ends_at for one in house.sessions.of(account.id)]


def test_signing_in_takes_the_place_of_the_session_before(house: House) -> None:
    """A token that somebody planted is good for nothing afterwards."""
    one, two = house.person(), house.person("lain")
    planted = house.sessions.begin(two.id, how="password", address="").token
    mine = house.sessions.begin(one.id, how="password+totp", address="", instead=planted).token
    assert house.sessions.find(planted) is None
    assert one.id == house.sessions.find(mine).account_id  # type: ignore[union-attr]

    turned = house.sessions.rotate(mine)
    assert turned is not None
    assert house.sessions.find(mine) is None
    assert house.sessions.rotate(mine) is None
    assert turned.session.made_at == house.sessions.find(turned.token).made_at  # type: ignore[union-attr]


def test_a_rotation_gives_no_time(house: House) -> None:
    """Twelve hours after the sign-in it is over, however often its token was changed."""
    account = house.person()
    token = house.sessions.begin(account.id, how="password", address="").token
    for _ in range(11):
        house.clock.instant += HOUR
        turned = house.sessions.rotate(token)
        assert turned is not None
        token = turned.token
    house.clock.instant += HOUR
    assert house.sessions.find(token) is None


def test_sessions_end_one_by_one_and_all_at_once_for_all_workers(worker: Callable[[], House]) -> None:
    """The next request of whoever was signed in finds nothing."""
    here, there = worker(), worker()
    account = here.person()
    tokens = [
        here.sessions.begin(account.id, how="password", address=str(number)).token for number in range(4)
    ]
    ids = [_found(here, token).id for token in tokens]

    assert there.sessions.end(tokens[0])
    assert not there.sessions.end(tokens[0])
    assert here.sessions.find(tokens[0]) is None
    assert there.sessions.end_one(account.id, ids[1], by=account.id)
    assert here.sessions.find(tokens[1]) is None
    assert not there.sessions.end_one(account.id, ids[1], by=account.id)
    assert 1 == there.sessions.end_all(account.id, but=tokens[3])
    assert [ids[3]] == [one.id for one in here.sessions.of(account.id)]
    assert 1 == there.sessions.end_all(account.id, by=OPERATOR)
    assert here.sessions.find(tokens[3]) is None
    assert 0 == there.sessions.end_all(account.id)


def test_nobody_ends_the_session_of_another_account_by_its_id(house: House) -> None:
    """A session is named together with whose it is."""
    one, two = house.person(), house.person("lain")
    begun = house.sessions.begin(one.id, how="password", address="")
    assert not house.sessions.end_one(two.id, begun.session.id, by=two.id)
    assert house.sessions.find(begun.token) is not None


def test_only_a_fresh_sign_in_administers_accounts(house: House) -> None:
    """Fifteen minutes."""
    account = house.person()
    begun = house.sessions.begin(account.id, how="password+totp", address="")
    assert begun.session.fresh
    house.clock.instant += 15 * MINUTE - SECOND
    assert house.sessions.find(begun.token).fresh  # type: ignore[union-attr]
    house.clock.instant += SECOND
    assert not house.sessions.find(begun.token).fresh  # type: ignore[union-attr]


@pytest.mark.parametrize("token", ["", "x", "siklus_", "é", "\udcff", "0" * 5_000, "' OR '1'='1"])
def test_what_nobody_was_given_finds_nothing(house: House, token: str) -> None:
    """Whatever is sent."""
    house.sessions.begin(house.person().id, how="password", address="")
    assert house.sessions.find(token) is None
    assert house.tokens.find(token) is None
    assert house.tokens.find(f"siklus_{token}") is None
    assert not house.sessions.end(token)


def test_a_service_account_has_tokens_and_never_signs_in(house: House) -> None:
    """It has no password, no link and no session."""
    service = house.accounts.create(
        NewAccount(login="laporan", name="Laporan", kind="service", roles={"auditor"}), by=OPERATOR
    )
    with pytest.raises(NotYours):
        house.sessions.begin(service.id, how="password", address="")
    with pytest.raises(NotYours):
        house.accounts.set_password(service, "kuda lumping hijau dinding")
    sent, made = house.tokens.make(service.id, "malam", {"read"}, house.clock.now() + DAY, OPERATOR)
    assert (made.scopes, service) == (house.tokens.find(sent)[0].scopes, house.tokens.find(sent)[1])  # type: ignore[index]


def test_a_token_is_good_until_its_end_or_its_revocation(house: House) -> None:
    """Its scopes are kept; when it was used is told to the minute."""
    account = house.person()
    sent, made = house.tokens.make(
        account.id, "laporan", {"act", "read"}, house.clock.now() + DAY, account.id
    )
    assert sent.startswith("siklus_")
    found = house.tokens.find(sent)
    assert found is not None
    assert {"read", "act"} == found[0].scopes
    assert [house.clock.now()] == [one.used_at for one in house.tokens.of(account.id)]
    assert house.tokens.find(sent.removeprefix("siklus_")) is None
    assert house.tokens.find(sent.swapcase()) is None
    assert house.tokens.find(sent[:-1]) is None

    house.clock.instant += DAY
    assert house.tokens.find(sent) is None
    other, listed = house.tokens.make(account.id, "lain", {"manage"}, house.clock.now() + DAY, account.id)
    assert house.tokens.revoke(listed.id, by=OPERATOR).revoked_at
    assert house.tokens.find(other) is None
    house.tokens.revoke(listed.id, by=OPERATOR)
    assert 1 == house.told(account).count("token_revoked")
    assert [listed.id, made.id] == [one.id for one in house.tokens.of(account.id)]
    with pytest.raises(NotFound, match="token"):
        house.tokens.revoke("t-none", by=OPERATOR)


def test_a_token_has_a_name_scopes_and_an_end(house: House) -> None:
    """All that is missing is said at once."""
    account = house.person()
    with pytest.raises(AccountInvalid) as refused:
        house.tokens.make(account.id, "", set(), house.clock.now() + 367 * DAY, account.id)
    assert {"name", "scopes", "expires_at"} == set(refused.value.problems)


def _found(house: House, token: str) -> Session:
    """The session of a token that has one."""
    found = house.sessions.find(token)
    assert found is not None
    return found
