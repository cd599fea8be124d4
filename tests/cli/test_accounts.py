"""`siklus setup` and `siklus account`."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.cli_speech import MISSING, REFUSED, UNUSABLE, WRONG
from api.settings import Settings
from api.wiring import Worker, open_installation
from engine.clock import SystemClock
from engine.errors import KeysUnusable
from engine.keys import Keys
from engine.runtime import Engine
from engine.store import Database
from tests.cli.conftest import EMPLOYEE, RATER

HOUR = 3_600_000_000
PASSWORD = "kuda lumping hijau dinding"


def test_a_new_agency_is_set_up_by_one_command(siklus, folder: Path) -> None:
    """Database, key file, and a link told once, which really sets the administrator's password."""
    made = siklus.json("setup")
    assert made["link"].startswith("http://127.0.0.1:8000/link/")
    assert Path(made["key_file"]) == Path("siklus.key")
    assert 0o600 == (folder / "siklus.key").stat().st_mode & 0o777

    with Database("siklus.db") as database:
        engine = Engine(database, SystemClock())
        account = engine.accounts.set_password(made["link"].rpartition("/")[2], PASSWORD)
        assert "administrator" == account.login
    assert siklus.json("setup")["link"] is None
    assert "accounts already" in siklus("setup").stdout
    assert "verifies" in siklus("audit", "verify").stdout


def test_the_key_file_stands_where_it_is_said(siklus, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By SIKLUS_KEY_FILE."""
    place = folder / "elsewhere.key"
    monkeypatch.setenv("SIKLUS_KEY_FILE", str(place))
    siklus("setup")
    assert Keys(place).derive("totp")
    assert not (folder / "siklus.key").exists()


def test_a_demo_is_not_set_up(siklus, demo: str) -> None:
    """Its people sign in as nobody."""
    told = siklus.json("setup", "--database", demo, code=UNUSABLE)
    assert "nobody signs in" in told["error"]["message"]


def test_an_account_is_made_shown_changed_and_listed(siklus, agency: str) -> None:
    """Linked to a person by their number."""
    added = siklus.json("account", "add", "Budi", "--name", "Budi Santoso", "--person", EMPLOYEE)
    assert ("budi", EMPLOYEE, [], False) == (
        added["login"],
        added["person"],
        added["roles"],
        added["has_password"],
    )
    assert "/link/" in added["link"]

    changed = siklus.json(
        "account", "change", "budi", "--email", "budi@telagabiru.example", "--person", RATER
    )
    assert (RATER, "budi@telagabiru.example") == (changed["person"], changed["email"])
    assert siklus.json("account", "change", "budi", "--person", "")["person"] is None
    assert ["auditor", "privacy"] == siklus.json("account", "roles", "budi", "auditor", "privacy")["roles"]
    assert [] == siklus.json("account", "roles", "budi")["roles"]
    assert added["id"] in siklus("account", "show", "budi").stdout
    told = siklus.json("account", "show", added["id"], "--lang", "id")["lately"]
    assert any("Operator sistem membuat akun budi" in one["text"] for one in told)
    assert ["budi"] == [one["login"] for one in siklus.json("account", "list")["accounts"]]
    assert "invited, no password yet" in siklus("account", "list").stdout


def test_everything_wrong_with_an_account_is_told(siklus, agency: str) -> None:
    """In both languages for programs, with the nearest login where one is unknown."""
    told = siklus.json(
        "account", "add", "bu di", "--name", " ", "--role", "boss", code=WRONG
    )["error"]  # fmt: skip
    assert ("account_invalid", {"login", "name", "roles"}) == (
        told["code"],
        {one["at"] for one in told["problems"]},
    )
    assert all(one["text"]["id"] and one["text"]["en"] for one in told["problems"])

    siklus("account", "add", "budi", "--name", "Budi")
    unknown = siklus.json("account", "disable", "budy", code=MISSING)["error"]
    assert "known: budi" in unknown["message"]
    siklus.json("account", "add", "sari", "--name", "Sari", "--person", "000", code=MISSING)
    siklus.json("account", "add", "sari", "--name", "Sari", "--as", "nobody", code=MISSING)
    assert "budi" not in siklus("account", "show", "sari", code=MISSING).stdout


def test_who_did_it_is_told(siklus, folder: Path) -> None:
    """The operator, or the account that was named; nobody their own."""
    siklus("setup")
    role = ("account", "add", "kedua", "--name", "Kedua", "--role", "administrator")
    refused = siklus.json(*role, "--as", "administrator", code=REFUSED)["error"]
    assert "make the account without one" in refused["message"]
    siklus(*role)
    refused = siklus.json("account", "disable", "kedua", "--as", "kedua", code=REFUSED)["error"]
    assert "own account" in refused["message"]
    siklus("account", "disable", "administrator", "--as", "kedua")
    left = siklus.json("account", "disable", "kedua", code=REFUSED)["error"]
    assert "no administrator would be left" in left["message"]
    siklus("account", "enable", "administrator")
    siklus("account", "reset-totp", "administrator", "--as", "kedua")
    shown = siklus("account", "show", "administrator").stdout
    assert "kedua disabled the account administrator" in shown
    assert "The operator of the system enabled the account administrator again" in shown


def test_of_an_erased_account_the_id_is_left(siklus, agency: str) -> None:
    """Once it is disabled."""
    made = siklus.json("account", "add", "budi", "--name", "Budi")
    siklus.json("account", "erase", "budi", code=REFUSED)
    siklus("account", "disable", "budi")
    assert made["id"] == siklus.json("account", "erase", "budi")["login"]
    siklus.json("account", "show", "budi", code=MISSING)
    assert made["id"] in siklus("account", "show", made["id"]).stdout


def test_a_service_has_tokens_that_are_shown_once(siklus, agency: str) -> None:
    """Listed without what is sent, and revoked by their id."""
    added = siklus.json("account", "add", "laporan", "--name", "Laporan", "--service", "--role", "auditor")
    assert added["link"] is None
    siklus.json("account", "invite", "laporan", code=REFUSED)
    made = siklus.json("account", "token", "laporan", "--name", "malam", "--scope", "read", "--days", "30")
    assert made["token"].startswith("siklus_")
    listed = siklus("account", "tokens", "laporan").stdout
    assert made["id"] in listed
    assert made["token"] not in listed
    siklus("account", "revoke", made["id"])
    assert siklus.json("account", "tokens", "laporan")["tokens"][0]["revoked"]
    siklus.json("account", "revoke", "t-none", code=MISSING)
    wrong = siklus.json("account", "token", "laporan", "--name", "x", "--scope", "all", code=WRONG)
    assert ["scopes"] == [one["at"] for one in wrong["error"]["problems"]]


def test_an_account_is_signed_out_from_the_shell(siklus, agency: str) -> None:
    """In one place, and everywhere."""
    siklus("account", "add", "budi", "--name", "Budi")
    link = siklus.json("account", "invite", "budi")["link"].rpartition("/")[2]
    with Database(agency) as database:
        engine = Engine(database, SystemClock())
        account = engine.accounts.set_password(link, PASSWORD)
        begun = [engine.sessions.begin(account.id, how="password", address="192.0.2.1") for _ in range(3)]
    listed = siklus.json("account", "sessions", "budi")["sessions"]
    assert {one.session.id for one in begun} == {one["id"] for one in listed}
    assert "192.0.2.1" in siklus("account", "sessions", "budi").stdout
    assert 1 == siklus.json("account", "sign-out", "budi", "--session", begun[0].session.id)["ended"]
    siklus.json("account", "sign-out", "budi", "--session", begun[0].session.id, code=MISSING)
    assert "signed out of 2 places" in siklus("account", "sign-out", "budi").stdout


def test_doctor_says_whether_the_key_file_is_the_right_one(siklus, folder: Path) -> None:
    """Missing, another's, or right."""
    siklus("setup")
    found = {one["name"]: one for one in siklus.json("doctor")["findings"]}
    assert found["key file"]["ok"]
    (folder / "siklus.key").unlink()
    assert "there is no key file" in siklus("doctor", code=UNUSABLE).stdout
    Keys(folder / "siklus.key").make()
    assert "belongs to another installation" in siklus("doctor", code=UNUSABLE).stdout


def test_a_beat_forgets_what_is_over(siklus, folder: Path) -> None:
    """Sessions with the addresses in them, and tries that no longer count; once an hour."""
    siklus("setup")
    clock = Moved()
    house = open_installation(Settings(), worker="test", system=clock)
    try:
        account = house.engine.accounts.all()[0]
        house.engine.sessions.begin(account.id, how="link", address="192.0.2.1")
        house.engine.rates.take("x", most=1, per_seconds=60)
        worker = Worker(house)
        for hours, left in ((0, 1), (0, 1), (13, 0)):
            clock.instant += hours * HOUR
            worker.beat()
            with house.database.read() as view:
                assert [(left,)] == view.driver.rows("SELECT count(*) FROM session")
                assert [(left,)] == view.driver.rows("SELECT count(*) FROM rate WHERE key LIKE '%x'")
    finally:
        house.close()


class Moved(SystemClock):
    """The machine's clock, moved."""

    instant = 1_780_000_000_000_000

    def now(self) -> int:
        return self.instant


def test_without_the_key_file_an_app_is_not_set_up(siklus, folder: Path) -> None:
    """The file is named, and what would work."""
    siklus("setup")
    (folder / "siklus.key").unlink()
    with Database("siklus.db") as database:
        engine = Engine(database, SystemClock())
        with pytest.raises(KeysUnusable, match="bring it there, or name its place with SIKLUS_KEY_FILE"):
            engine.accounts.begin_totp(engine.accounts.all()[0].id)


def test_what_opens_an_account_is_asked_for_by_one_and_carried_out_by_another(siklus, agency: str) -> None:
    """Named with --as; the operator of the machine does it at once."""
    for login in ("satu", "dua"):
        siklus("account", "add", login, "--name", login, "--role", "administrator")
    siklus("account", "add", "budi", "--name", "Budi")
    told = siklus("account", "roles", "budi", "auditor", "--as", "satu").stdout
    name = told.partition(" ")[0]
    assert "waits for another administrator" in told
    found = siklus.json("account", "requests", "--as", "dua")["requests"]
    assert [(name, "budi", ["roles"], "satu")] == [
        (one["request"], one["account"], one["fields"], one["asked_by"]) for one in found
    ]
    refused = siklus.json("account", "approve", name, "--as", "dua", code=REFUSED)
    assert "no other administrator" in refused["error"]["message"]
    assert ["auditor"] == siklus.json("account", "approve", name)["roles"]
    siklus("account", "roles", "budi", "privacy", "--as", "satu")
    again = siklus.json("account", "requests")["requests"][0]["request"]
    assert "nothing was changed" in siklus("account", "refuse", again, "--as", "dua").stdout
    assert "satu asked for" in siklus("account", "show", "budi").stdout
