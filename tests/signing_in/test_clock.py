"""A clock in doubt at the door: everybody sees that it is, an administrator says that it is right, nobody else may."""

from __future__ import annotations

from api.doctor import examine_clock
from engine.runtime.clock_guard import GuardedClock
from notifications.people_words import lead_beside, line_beside, page_beside
from tests.signing_in.conftest import HOUR, MINUTE, STAFF, House, told

AHEAD = 3 * HOUR


def doubt(house: House) -> GuardedClock:
    """The clock runs three hours ahead between two beats."""
    stands = house.clock.instant
    guard = GuardedClock(house.clock, lambda: stands, limit=15 * MINUTE)
    house.engine.clock_watching.look(guard, "serve@one")
    house.clock.instant += AHEAD
    assert "doubted" == house.engine.clock_watching.look(guard, "serve@one")
    return guard


def test_health_and_doctor_tell_of_a_clock_in_doubt(house: House) -> None:
    before = house.browser().get("/api/v1/health").json()
    doubt(house)
    after = house.browser().get("/api/v1/health").json()
    (found,) = [one for one in examine_clock(house.engine) if one.name == "clock"]

    assert ("ok", None) == (before["status"], before["clock"])
    assert ("clock_in_doubt", "open", AHEAD) == (
        after["status"], after["clock"]["state"], after["clock"]["ahead_us"],
    )  # fmt: skip
    assert before["now"] == after["now"]
    assert not found.ok
    assert "siklus clock accept" in found.remedy


def test_an_administrator_accepts_a_clock_on_its_page(house: House) -> None:
    doubt(house)
    client, _, _ = house.administrator()
    page = told(client.get("/clock").text)
    refused = client.post("/clock", data={"reason": " "})
    done = client.post("/clock", data={"reason": "Jam peladen tertinggal sejak kemarin."})
    over = told(client.get("/clock?done=accepted").text)
    again = client.post("/clock", data={"reason": "Lagi."})

    assert "nothing happens by itself" in page
    assert "Ahead by 3 hours" in page
    assert (422, 303, 422) == (refused.status_code, done.status_code, again.status_code)
    assert "The clock is accepted." in over
    assert "That the clock is right, 3 hours ahead, was accepted" in over
    assert "what was held goes on (Jam peladen tertinggal sejak kemarin.)" in over
    assert not house.engine.clock_watching.latest().is_open


def test_the_page_speaks_indonesian(house: House) -> None:
    guard = doubt(house)
    client, _, _ = house.administrator()
    client.cookies.set("language", "id")
    page = told(client.get("/clock").text)
    house.clock.instant -= AHEAD
    house.engine.clock_watching.look(guard, "serve@one")
    house.clock.instant += AHEAD  # the session's own clock
    over = told(client.get("/clock").text)

    assert "Maju 3 jam" in page
    assert "Jam peladen diragukan" in page
    assert "Jam serve@one kembali benar" in over


def test_a_program_with_a_token_to_manage_accepts_it_and_nobody_else_sees_it(house: House) -> None:
    doubt(house)
    other = house.signed_in(house.account("fadli", person=STAFF))
    _, account, _ = house.administrator()
    until = house.clock.instant + 24 * HOUR
    token, _ = house.engine.tokens.make(
        account.id, "jam", frozenset({"read", "manage"}), expires_at=until, by=account.id
    )
    program = house.program(token)
    seen = program.get("/api/v1/clock").json()
    done = program.post("/api/v1/clock/accept", json={"reason": "Benar."}).json()

    assert ("open", "accepted") == (seen["state"], done["state"])
    assert 403 == other.get("/clock").status_code
    assert "/clock" not in other.get("/").text


def test_the_letter_says_what_is_held_and_what_to_do(house: House) -> None:
    key = house.key_of(STAFF)
    house.account("admin", "administrator", person=STAFF)
    doubt(house)
    (letter,) = [one for one in house.engine.messages(key) if one.kind == "clock_doubted"]
    lines = [line_beside(letter, house.engine.chart, language) for language in ("id", "en")]
    leads = [lead_beside(letter, house.engine.chart, language) for language in ("id", "en")]

    assert "Jam peladen diragukan: tiba-tiba maju 3 jam" == lines[0]
    assert "The server's clock is in doubt: it suddenly ran ahead by 3 hours" == lines[1]
    assert "nyatakan di halaman Jam" in leads[0]
    assert "say so on the page Clock" in leads[1]
    assert "/clock" == page_beside(letter)
