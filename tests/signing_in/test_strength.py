"""How strong the ways in are: what secrets are made of, what a changed factor ends, what an old session may not do."""

from __future__ import annotations

import ast
import base64
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from engine.core.identity.totp import recovery_code
from engine.runtime.identity import proving, register
from engine.runtime.identity.proving import _TRIES
from tests.attacks.attackers import product
from tests.signing_in.conftest import DESK, HOUR, MINUTE, PASSWORD, STAFF, House
from tests.signing_in.test_accounts import NEW, link_on, secret_on

ROOT = Path(__file__).resolve().parents[2]
#: calls that make chance, by their own names
CHANCE = re.compile(r"(?:os\.)?urandom|secrets\.token_(?:bytes|hex|urlsafe)")
#: what is shorter: the nonce of AES-GCM, names of files that are being written, ids of requests, people and accounts,
#: none of them secrets; and recovery codes, 120 bits that are typed, counted like any other code
SHORTER = {
    ("engine/keys.py", 12), ("engine/secret_files.py", 4), ("api/doorway.py", 8), ("api/people_reading.py", 8),
    ("engine/runtime/identity/register.py", 8), ("engine/runtime/identity/proving.py", 15),
}  # fmt: skip


def chances() -> Iterator[tuple[str, ast.expr]]:
    """File and size of every draw of chance in the product."""
    for file, node in product():
        if isinstance(node, ast.Call) and CHANCE.fullmatch(ast.unparse(node.func)):
            yield file, node.args[0]


def size_of(file: str, told: ast.expr) -> int:
    """A size as it stands there, or as the constant of that name; the sizes of a decoy hash are both in its line."""
    if isinstance(told, ast.Constant):
        return int(told.value)
    room = import_module(file.removesuffix(".py").replace("/", "."))
    return 16 if ast.unparse(told) == "size" else int(getattr(room, ast.unparse(told)))


def test_every_secret_is_128_bits_of_the_operating_systems_chance_or_more() -> None:
    """Each draw in the product, but for those named; there is no other source (`test_supply`)."""
    drawn = [(file, size_of(file, told)) for file, told in chances()]
    assert 12 < len(drawn)
    assert SHORTER == {one for one in drawn if one[1] < 16}


def test_what_people_are_given_is_that_chance_and_all_of_it(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sessions, tokens, links, seeds of apps and recovery codes say the very bytes that were drawn for them."""
    account = house.account("fadli", person=STAFF)
    drawn: list[bytes] = []

    def draw(size: int) -> bytes:
        drawn.append(bytes([len(drawn) + 1]) * size)
        return drawn[-1]

    for room in (register, proving):
        monkeypatch.setattr(room, "urandom", draw)
    sent, _ = house.engine.tokens.make(account.id, "laporan", {"read"}, house.clock.now() + HOUR, account.id)
    begun = house.engine.sessions.begin(account.id, how="password", address="")
    link = house.engine.accounts.invite(account.id)
    for token in (sent.removeprefix("siklus_"), begun.token, link):
        plain = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        assert plain in drawn
        assert 32 == len(plain)
    seed = house.engine.accounts.begin_totp(account.id).secret.replace(" ", "")
    plain = base64.b32decode(seed + "=" * (-len(seed) % 8))
    assert plain in drawn
    assert 20 == len(plain)
    codes = house.engine.accounts.confirm_totp(account.id, house.code(seed))
    assert codes
    assert set(codes) <= {recovery_code(one) for one in drawn}


def test_another_factor_ends_every_other_session(house: House) -> None:
    """Setting up an app, as changing the password does; the one it was done in goes on under another token."""
    account = house.account("fadli", person=STAFF)
    here, there = house.signed_in(account), house.signed_in(account)
    page = here.post("/account/authenticator").text
    assert 200 == there.get("/account").status_code
    here.post("/account/authenticator/confirm", data={"code": house.code(secret_on(page))})

    assert (200, 303) == (here.get("/account").status_code, there.get("/account").status_code)


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/account/authenticator", {}),
        ("/account/authenticator/confirm", {"code": "000000"}),
        ("/account/recovery-codes", {}),
        ("/account/password", {"present": PASSWORD, "password": NEW, "again": NEW}),
        ("/account/tokens", {"name": "laporan", "days": "30", "scope.read": "1"}),
    ],
)
def test_no_factor_changes_in_a_session_that_was_left_open(
    house: House, path: str, told: dict[str, str]
) -> None:
    """It asks to sign in anew, and with the app where there is one; nothing is changed."""
    account = house.account("fadli", person=STAFF)
    client = house.signed_in(account, house.enrol(account))
    before = house.engine.accounts.find(account.id), house.engine.tokens.of(account.id)
    codes = house.engine.accounts.recovery_codes_left(account.id)
    house.clock.instant += 15 * MINUTE
    answer = client.post(path, data=told)

    assert 303 == answer.status_code
    assert answer.headers["location"].startswith("/sign-in?")
    assert before == (house.engine.accounts.find(account.id), house.engine.tokens.of(account.id))
    assert codes == house.engine.accounts.recovery_codes_left(account.id)


def test_every_way_in_begins_at_one_place_that_asks_for_the_app() -> None:
    """Sessions are begun in one room of the web, and whoever leads there has looked for an app."""
    begins = {
        file for file, node in product()
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("sessions.begin")
    }  # fmt: skip
    assert {"api/signing_in/beginning.py"} == begins
    leads = {
        file for file, node in product()
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] == "begin_on"
    }  # fmt: skip
    assert {file for file in leads if not file.startswith("api/signing_in/")} == set()


def test_without_the_code_no_way_in_opens_anything(house: House) -> None:
    """By password, by a link to a new one, and by that new one."""
    account = house.account("fadli", person=STAFF)
    house.enrol(account)
    by_password = house.browser()
    by_password.post("/sign-in", data={"login": "fadli", "password": PASSWORD})
    by_link = house.browser()
    by_link.post(f"/link/{house.engine.accounts.invite(account.id)}", data={"password": NEW, "again": NEW})
    by_new = house.browser()
    by_new.post("/sign-in", data={"login": "fadli", "password": NEW})
    for client in (by_password, by_link, by_new):
        assert "siklus" not in client.cookies
        assert 303 == client.get("/cases").status_code
        assert 401 == client.get("/api/v1/cases").status_code


def test_how_guessing_is_slowed_is_written_as_it_is() -> None:
    """The page says the numbers of the program."""
    page = (ROOT / "docs/security.md").read_text(encoding="utf-8")
    words = {
        "sign-in-both": "{} in {} minutes for a login from one address",
        "sign-in-login": "{} in an hour for a login",
        "sign-in-login-day": "for a login also {} a day",
        "sign-in-address": "{} in {} minutes for an address",
        "code": "{} codes in {} minutes",
    }
    assert words.keys() == _TRIES.keys()
    for kind, (most, seconds) in _TRIES.items():
        assert words[kind].format(most, seconds // 60) in page


def test_every_try_to_come_in_is_told(house: House) -> None:
    """Good and bad, of whom where that is known; what was typed is in no entry."""
    account = house.account("fadli", person=STAFF)
    admin, boss, _ = house.administrator()
    page = admin.post("/accounts", data={"login": "rina", "name": "Rina"}, follow_redirects=True)
    house.browser().post(link_on(page.text), data={"password": NEW, "again": NEW})
    house.browser().post("/sign-in", data={"login": "fadli", "password": "bukan ini sama sekali"})
    house.browser().post("/sign-in", data={"login": "tidak ada", "password": PASSWORD})
    client = house.signed_in(account)
    client.post("/sign-out")
    wrong = house.browser()
    wrong.post("/sign-in", data={"login": boss.login, "password": PASSWORD})
    wrong.post("/sign-in/code", data={"code": "000000"})
    told = [one.entry for one in house.engine.accounts.history(limit=100)]
    kinds = [one.kind for one in told]

    assert {"signed_in", "signed_out", "refused", "password_set", "invited"} <= set(kinds)
    assert 3 <= kinds.count("refused")
    assert all(b"bukan ini" not in one.body and b"tidak ada" not in one.body for one in told)


def test_desks_have_no_other_way(house: House) -> None:
    """A service account, a token in a cookie's place, a session in a token's place: none of them signs anybody in."""
    account = house.account("zul", person=DESK)
    client = house.signed_in(account)
    session = client.cookies["siklus"]
    sent, _ = house.engine.tokens.make(account.id, "laporan", {"read"}, house.clock.now() + HOUR, account.id)
    swapped = house.browser()
    swapped.cookies.set("siklus", sent)

    assert 303 == swapped.get("/").status_code
    assert 401 == house.program(session).get("/api/v1/cases").status_code
