"""Sessions, tokens and links of a real agency: forged, fixed, cut, borrowed; and accounts of other people."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from tests.attacks.attackers import HOSTILE, routes_of
from tests.signing_in.conftest import APPROVER, PASSWORD, STAFF, House

DAY = 86_400_000_000
COOKIE = "siklus"


def twisted(token: str) -> Iterator[str]:
    """What one may make of a token one has seen, or would like to have."""
    yield from (token[:-1], token[1:], token + "A", token.swapcase(), token.lower(), token[::-1], token + "=")
    yield from (f"{token}%00", f'"{token}', token.replace("siklus_", ""), f"siklus_{token}")
    yield from (
        "",
        "null",
        "undefined",
        "true",
        "0",
        "[]",
        "*",
        "%",
        "' OR '1'='1",
        "../" * 9,
        "A" * 43,
        "-" * 43,
        "A" * 4000,
    )
    # Tokens that say themselves whose they are: we have none, and believe none.
    yield from ("eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9.", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhLTAifQ.AAAA")


def test_no_twisted_session_opens_anything(house: House) -> None:
    """Only the token itself does, under its own name."""
    account = house.account("siti", person=STAFF)
    client = house.signed_in(account)
    token = client.cookies[COOKIE]
    assert 200 == client.get("/account").status_code

    for forged in set(twisted(token)) - {token}:
        stranger = house.browser()
        answer = stranger.get("/account", headers={"Cookie": f"{COOKIE}={forged}"})
        assert 200 != answer.status_code, forged[:60]
    for name in ("session", "Siklus", "siklus2", "__Secure-siklus", "sessionid", "persona"):
        answer = house.browser().get("/account", headers={"Cookie": f"{name}={token}"})
        assert 200 != answer.status_code, name


def test_no_twisted_token_of_a_program_opens_anything(house: House) -> None:
    """Nor under another scheme, in an address, in a body, or as a cookie."""
    account = house.account("siti", person=STAFF)
    token, _ = house.engine.tokens.make(
        account.id, "laporan", ["read"], house.clock.instant + DAY, by=account.id
    )
    address = "/api/v1/cases"
    assert 200 == house.program(token).get(address).status_code

    for forged in twisted(token):
        if forged.isascii() and "\0" not in forged:
            assert house.program(forged).get(address).status_code in {401, 403, 422}, forged[:60]
    stranger = house.browser()
    for headers in (
        {"Authorization": token}, {"Authorization": f"Basic {token}"}, {"Authorization": f"Token {token}"},
        {"X-Api-Key": token}, {"Cookie": f"{COOKIE}={token}"}, {"Proxy-Authorization": f"Bearer {token}"},
    ):  # fmt: skip
        assert 401 == stranger.get(address, headers=headers).status_code, headers
    for asked in (f"?token={token}", f"?access_token={token}", f"?authorization=Bearer+{token}"):
        assert 401 == stranger.get(address + asked).status_code


def test_a_session_that_was_planted_is_worth_nothing(house: House) -> None:
    """Whoever puts a token into somebody's browser before the sign-in has nothing of it (fixation)."""
    account = house.account("siti", person=STAFF)
    for planted in ("planted" * 6, house.browser().get("/sign-in").cookies.get(COOKIE, "A" * 43)):
        victim = house.browser()
        victim.cookies.set(COOKIE, planted, domain="127.0.0.1", path="/")
        victim.post("/sign-in", data={"login": "siti", "password": PASSWORD, "next": "/"})
        assert 200 != house.browser().get("/account", headers={"Cookie": f"{COOKIE}={planted}"}).status_code

    own = house.signed_in(account)
    before = own.cookies[COOKIE]
    own.post("/sign-in", data={"login": "siti", "password": PASSWORD, "next": "/"})
    assert 200 != house.browser().get("/account", headers={"Cookie": f"{COOKIE}={before}"}).status_code


def test_nobody_makes_themselves_an_administrator(house: House) -> None:
    """By no field of a form of one's own, and by no address of somebody else's account."""
    house.administrator()
    siti = house.account("siti", person=STAFF)
    other = house.account("budi", person=APPROVER)
    client, secret = house.signed_in(siti), "x"
    wishes = {
        "roles": "administrator", "role.administrator": "1", "role": "administrator", "state": "active",
        "by": "operator", "account_id": other.id, "id": other.id, "person": house.key_of(APPROVER), "login": "root",
    }  # fmt: skip
    mine = {
        "present": PASSWORD,
        "password": "ubur-ubur terbang",
        "again": "ubur-ubur terbang",
        "code": secret,
    }
    before = [house.engine.accounts.find(one.id) for one in (siti, other)]
    opened = []
    for method, pattern in routes_of(house):
        if "/account" not in pattern or pattern == "/account/password":
            continue
        address = pattern.format(account_id=other.id, act="disable", request_id="r-1", decision="approve")
        sent = {"data": wishes | mine} if method == "POST" else {}
        answer = client.request(method, address, **sent)
        if pattern.startswith("/accounts") and answer.status_code not in {403, 404, 405}:
            opened.append((method, address, answer.status_code))
    after = [house.engine.accounts.find(one.id) for one in (siti, other)]

    assert [] == opened
    for was, now in zip(before, after, strict=True):
        assert was is not None
        assert now is not None
        assert (was.login, was.roles, was.person, was.state) == (now.login, now.roles, now.person, now.state)


def test_a_stranger_reaches_no_page_and_no_data(house: House) -> None:
    """Every address there is, asked by nobody, leads to the sign-in or is refused."""
    case = house.engine.cases(limit=1)[0].id
    known = {"case_id": case, "person_id": "198708222013121015", "token": "x" * 43}
    free = {
        "/sign-in",
        "/signed-out",
        "/language",
        "/api/v1/health",
        "/link/{token}",
        "/p/{token}",
        "/problems/{code}",
        "/checkpoint",
        "/checkpoint.pdf",
        "/documents/{number}/{digest}",
        "/public",
    }
    opened = []
    for method, pattern in routes_of(house):
        address = "/".join(
            known.get(one[1:-1], "x") if one.startswith("{") else one for one in pattern.split("/")
        )
        sent = {"json": {}} if address.startswith("/api/") else {"data": {"a": "1"}}
        answer = house.browser().request(method, address, **(sent if method == "POST" else {}))
        leads = answer.headers.get("location", "/sign-in")
        shown = answer.status_code < 300 or (method == "POST" and not leads.startswith("/sign-in"))
        if shown and answer.status_code < 400 and pattern not in free and not pattern.startswith("/sign-"):
            opened.append((method, pattern, answer.status_code))

    assert [] == opened


def test_hostile_logins_find_nobody_and_break_nothing(house: House) -> None:
    """Statements, other letters that look alike, other forms of the same letters."""
    house.account("siti", person=STAFF)
    wide = "siti".translate({one: one + 0xFEE0 for one in range(0x61, 0x7B)})
    alike = (
        "s\u0131ti", "siti\u200b", "s\u0456ti", wide, "siti\u0301", "siti\0", "' OR login='siti", "siti%", "s_ti",
    )  # fmt: skip
    for login, password in itertools.product((*alike, *HOSTILE[:12]), (PASSWORD, "' OR '1'='1")):
        answer = house.browser().post("/sign-in", data={"login": login, "password": password, "next": "/"})
        assert answer.status_code in {403, 422, 429}, login
        assert COOKIE not in answer.cookies
