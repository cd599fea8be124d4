"""Passwords, codes and what is said of refusals."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from argon2 import PasswordHasher

from engine.core.codec import decode
from engine.core.identity.account import OPERATOR, NewAccount
from engine.core.identity.trying import counted_address
from engine.errors import KeysUnusable, NotYours
from engine.keys import Keys
from engine.runtime.identity import Checked, Passwords
from tests.identity.conftest import DAY, HERE, HOUR, MINUTE, PASSWORD, SECOND, House

OTHER = "jendela biru sepeda tua"


def test_the_right_password_tells_whose_it_is(house: House) -> None:
    """However the login was typed; composed and decomposed characters are the same."""
    account = house.person(password="kafé di tepi kali yang tenang")
    assert account == house.check(" BUDI ", "kafe\u0301 di tepi kali yang tenang")
    assert house.check("budi", "Kafé di tepi kali yang tenang") is None


def test_every_refusal_costs_one_hash_and_says_the_same(house: House) -> None:
    """Unknown, wrong, disabled, without a password, a service, too long: counted, not timed."""
    house.person()
    house.accounts.create(NewAccount(login="tanpa", name="Tanpa Sandi"), by=OPERATOR)
    house.accounts.create(NewAccount(login="sistem", name="Sistem", kind="service"), by=OPERATOR)
    out = house.person("keluar")
    house.accounts.disable(out.id, by=OPERATOR)

    for login, password in (
        ("budi", OTHER), ("siapa", PASSWORD), ("", ""), ("tanpa", ""), ("tanpa", PASSWORD),
        ("sistem", PASSWORD), ("keluar", PASSWORD), ("budi", PASSWORD * 100), ("bu\udcffdi", "\udcff"),
    ):  # fmt: skip
        before = house.passwords.computed
        assert Checked() == house.accounts.check_password(
            login, password, address=f"from {login}{password[:9]}"
        )
        assert before + 1 == house.passwords.computed, (login, password)

    before = house.passwords.computed
    assert house.check("budi") is not None
    assert before + 1 == house.passwords.computed


def test_a_hash_of_old_parameters_is_made_anew_at_sign_in(house: House) -> None:
    """Only when the password was right, and once."""
    account = house.person()
    old = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1).hash(PASSWORD)
    with house.database.write() as unit:
        unit.driver.run(f"UPDATE credential SET password = '{old}'")

    assert house.check("budi", OTHER) is None
    assert _kept(house) == old
    assert account == house.check("budi")
    anew = _kept(house)
    assert anew.startswith("$argon2id$v=19$m=8,t=1,p=1$")
    assert account == house.check("budi")
    assert anew == _kept(house)


def test_a_password_that_is_set_anew_while_it_is_checked_lets_nobody_in(house: House) -> None:
    """What was right a moment ago is not enough."""
    account = house.person()
    fits = house.passwords.fits

    def slowly(kept: str, password: str) -> bool:
        found = fits(kept, password)
        house.accounts.set_password(account, OTHER)
        return found

    house.passwords.fits = slowly  # type: ignore[method-assign]
    assert house.check("budi") is None


def test_a_real_hash_has_the_parameters_that_are_written_down() -> None:
    """46 MiB, one pass, one lane."""
    passwords = Passwords()
    kept = passwords.hash(PASSWORD)
    assert kept.startswith("$argon2id$v=19$m=47104,t=1,p=1$")
    assert passwords.fits(kept, PASSWORD)
    assert not passwords.fits(kept, OTHER)
    assert not passwords.fits("", "")
    assert not passwords.is_old(kept)


def test_too_many_tries_wait_for_one_login_and_for_one_address(house: House) -> None:
    """The tenth from one place is looked at, the eleventh waits; another place does not."""
    house.person()
    for _ in range(10):
        assert Checked() == house.accounts.check_password("budi", OTHER, address="192.0.2.7")
    waiting = house.accounts.check_password("budi", PASSWORD, address="192.0.2.7")
    assert waiting.account is None
    assert 0 < waiting.wait_seconds <= 90
    assert house.check("budi", address="192.0.2.8") is not None

    house.clock.instant += waiting.wait_seconds * SECOND
    assert house.check("budi", address="192.0.2.7") is not None
    for number in range(30):
        house.accounts.check_password(f"orang{number}", OTHER, address="192.0.2.9")
    assert 0 < house.accounts.check_password("lain", OTHER, address="192.0.2.9").wait_seconds


def test_an_unknown_login_waits_like_a_known_one(house: House) -> None:
    """Waiting tells nobody which logins there are."""
    house.person()
    answers = {}
    for login in ("budi", "siapa"):
        answers[login] = [house.accounts.check_password(login, OTHER, address=login) for _ in range(12)]
    assert answers["budi"] == answers["siapa"]


def test_however_often_others_are_refused_the_owner_comes_in_from_where_they_were(house: House) -> None:
    """Guessing from thousands of addresses slows strangers; the password stays, and so does the owner's way in."""
    account = house.person()
    house.sessions.begin(account.id, how="password", address=HERE)
    with house.database.write() as unit:
        unit.driver.run("UPDATE credential SET refused = 99")
    for number in range(52):
        house.accounts.check_password("budi", OTHER, address=f"2001:db8:{number:x}::1")

    assert "many_refused" in house.told(account)
    assert house.accounts.check_password("budi", PASSWORD, address="192.0.2.77").wait_seconds
    assert house.check("budi", address=HERE) is not None
    house.clock.instant += 31 * DAY
    for number in range(52):
        house.accounts.check_password("budi", OTHER, address=f"2001:db8:{number:x}::1")
    assert house.accounts.check_password("budi", PASSWORD, address=HERE).wait_seconds


def test_strangers_try_a_login_a_hundred_times_a_day_and_no_more(house: House) -> None:
    """From as many addresses as they like."""
    tried = 0
    for number in range(125):
        tried += not house.accounts.check_password("siapa", OTHER, address=str(number)).wait_seconds
        house.clock.instant += 100 * SECOND
    assert 100 <= tried <= 115


def test_a_whole_ipv6_network_is_one_address(house: House) -> None:
    """Whoever has one has 2^64 addresses; an IPv4 address written as IPv6 is itself."""
    waits = [
        house.accounts.check_password(
            f"orang{number}", OTHER, address=f"2001:db8:1:2::{number:x}"
        ).wait_seconds
        for number in range(32)
    ]
    assert [True, False] == [bool(waits[30]), bool(waits[29])]
    assert not house.accounts.check_password("lain", OTHER, address="2001:db8:1:3::1").wait_seconds
    assert "192.0.2.1" == counted_address("::ffff:192.0.2.1", ipv6_prefix=64)
    assert "2001:db8:1::/48" == counted_address("2001:db8:1:2::3%eth0", ipv6_prefix=48)
    assert "testclient" == counted_address("testclient", ipv6_prefix=64)


def test_refusals_are_told_once_an_hour_for_each_account(house: House) -> None:
    """All unknown logins together; how many there were is told with the next sign-in."""
    account = house.person()
    for _ in range(3):
        house.check("budi", OTHER)
        house.check("siapa", OTHER)
        house.check("siapa lagi", OTHER)
    assert 1 == house.told(account).count("refused")
    assert 2 == house.told().count("refused")
    house.clock.instant += HOUR
    house.check("budi", OTHER)
    assert 2 == house.told(account).count("refused")

    house.sessions.begin(account.id, how="password", address="")
    signed_in = decode(house.accounts.history(account.id)[0].entry.body)
    assert ("signed_in", 4) == (signed_in["kind"], signed_in["refused"])


def test_a_code_is_asked_for_where_there_is_an_app_and_taken_once(house: House) -> None:
    """Neither the same again nor one of an earlier step."""
    account = house.person()
    assert not house.accounts.check_password("budi", PASSWORD, address="").needs_totp
    secret, _ = house.with_app(account)
    assert house.accounts.check_password("budi", PASSWORD, address="").needs_totp

    code = house.code(secret)
    assert house.accounts.check_totp(account.id, f"{code[:3]} {code[3:]}")
    assert not house.accounts.check_totp(account.id, code)
    assert not house.accounts.check_totp(account.id, house.code(secret, -1))
    assert house.accounts.check_totp(account.id, house.code(secret, 1))
    house.clock.instant += HOUR
    assert not house.accounts.check_totp(account.id, code)


def test_a_code_is_taken_by_one_of_two_workers(worker: Callable[[], House]) -> None:
    """At the same time, on one database."""
    houses = [worker(), worker()]
    account = houses[0].person()
    secret, codes = houses[0].with_app(account)
    for code in (houses[0].code(secret), codes[0]):
        with ThreadPoolExecutor(2) as pool:
            taken = list(pool.map(lambda one: one.accounts.check_totp(account.id, code), houses))  # noqa: B023
        assert [False, True] == sorted(taken)


def test_codes_cannot_be_guessed_through(house: House) -> None:
    """Five tries at once, then one a minute; each counts against the account."""
    account = house.person()
    secret, _ = house.with_app(account)
    house.clock.instant += HOUR
    for _ in range(5):
        assert not house.accounts.check_totp(account.id, "000000")
    assert not house.accounts.check_totp(account.id, house.code(secret))
    house.clock.instant += 2 * MINUTE
    assert house.accounts.check_totp(account.id, house.code(secret))


def test_recovery_codes_work_once_each_and_are_replaced_together(house: House) -> None:
    """For when the app is lost."""
    account = house.person()
    _, codes = house.with_app(account)
    assert 10 == len(set(codes)) == house.accounts.recovery_codes_left(account.id)
    assert house.accounts.check_totp(account.id, codes[3].upper())
    assert not house.accounts.check_totp(account.id, codes[3])
    assert 9 == house.accounts.recovery_codes_left(account.id)
    house.clock.instant += HOUR

    anew = house.accounts.new_recovery_codes(account.id)
    assert not house.accounts.check_totp(account.id, codes[0])
    assert house.accounts.check_totp(account.id, anew[0])
    other = house.person("lain")
    house.with_app(other)
    assert not house.accounts.check_totp(other.id, anew[1])


def test_a_new_app_counts_only_when_a_code_confirmed_it(house: House) -> None:
    """Until then the one before is good; a reset takes it off."""
    account = house.person()
    secret, _ = house.with_app(account)
    house.accounts.begin_totp(account.id)
    assert house.accounts.confirm_totp(account.id, "000000") is None
    assert house.accounts.check_totp(account.id, house.code(secret))

    house.accounts.reset_totp(account.id, by=OPERATOR)
    house.clock.instant += HOUR
    assert not house.accounts.check_totp(account.id, house.code(secret))
    assert not house.accounts.check_password("budi", PASSWORD, address="").needs_totp
    assert 0 == house.accounts.recovery_codes_left(account.id)


def test_confirming_a_code_cannot_be_guessed_through(house: House) -> None:
    """As checking one."""
    account = house.person()
    house.accounts.begin_totp(account.id)
    for _ in range(5):
        assert house.accounts.confirm_totp(account.id, "000000") is None
    with pytest.raises(NotYours, match="wait"):
        house.accounts.confirm_totp(account.id, "000000")


def test_secrets_of_apps_open_with_the_key_file_of_the_database_only(
    house: House, worker: Callable[[], House]
) -> None:
    """Without it, with another, or for another account they do not; what would work is said."""
    account, other = house.person(), house.person("lain")
    secret, _ = house.with_app(account)
    with house.database.write() as unit:
        row = unit.driver.rows(f"SELECT totp FROM credential WHERE account_id = '{account.id}'")
        text = "UPDATE credential SET totp = {} WHERE account_id = {}"
        mark = "?" if unit.driver.kind == "sqlite" else "%s"
        unit.driver.run(text.format(mark, mark), (bytes(row[0][0]), other.id))
    with pytest.raises(KeysUnusable, match="does not open"):
        house.accounts.check_totp(other.id, house.code(secret))

    moved = house.keys.path.rename(house.keys.path.with_name("away"))
    later = worker()
    with pytest.raises(KeysUnusable, match="there is no key file"):
        later.accounts.check_totp(account.id, house.code(secret))
    assert Keys(house.keys.path).make()
    with pytest.raises(KeysUnusable, match="another installation"):
        later.accounts.begin_totp(account.id)
    moved.replace(house.keys.path)
    assert worker().accounts.check_totp(account.id, house.code(secret))


def test_no_secret_stands_in_the_database_or_in_the_log(house: House, tmp_path: object) -> None:
    """Neither passwords, tokens, codes, links nor the secret of an app; logins and addresses not in the log."""
    account = house.person()
    secret, codes = house.with_app(account)
    shown = house.accounts.begin_totp(account.id).secret
    link = house.accounts.invite(account.id, by=OPERATOR)
    begun = house.sessions.begin(account.id, how="password+totp", address="192.0.2.77")
    sent, _ = house.tokens.make(account.id, "laporan", {"read"}, house.clock.now() + HOUR, account.id)
    house.check("budi", "salah sekali kata ini", address="192.0.2.78")
    house.check("rahasia-di-kolom-login", "x", address="192.0.2.79")

    secrets = [PASSWORD, secret.hex(), secret, shown, link, begun.token, sent, sent.removeprefix("siklus_"), *codes,
               codes[0].replace("-", ""), house.keys.path.read_text().strip(), "salah sekali kata ini",
               "rahasia-di-kolom-login", "192.0.2.78", "192.0.2.79"]  # fmt: skip
    dump = _dump(house)
    for one in secrets:
        raw = one if isinstance(one, bytes) else one.encode()
        assert raw not in dump
        assert raw.hex().encode() not in dump
    log = b"".join(one.entry.body for one in house.accounts.history(limit=1_000))
    for personal in (b"budi", b"192.0.2", b"laporan"):
        assert personal not in log


def _kept(house: House) -> str:
    with house.database.read() as view:
        return str(view.driver.rows("SELECT password FROM credential")[0][0])


def _dump(house: House) -> bytes:
    """Every row of every table, and the file itself where there is one."""
    from pathlib import Path  # noqa: PLC0415

    from tests.store.raw import TABLES  # noqa: PLC0415

    with house.database.read() as view:
        rows = [repr(view.driver.rows(f"SELECT * FROM {name}")) for name in TABLES]
    told = "\n".join(rows).encode()
    if house.database.engine == "sqlite":
        for end in ("", "-wal"):
            path = Path(house.database.name + end)
            told += path.read_bytes() if path.exists() else b""
    return told
