"""The pure rules: how long things last, how often they may be tried, which codes and passwords are taken."""

from __future__ import annotations

import hashlib
import hmac

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine.core.audit import START, entry
from engine.core.identity import totp
from engine.core.identity.account import NewAccount, account_problems
from engine.core.identity.account_log import ACCOUNT_KINDS, acting, say_account_entry
from engine.core.identity.expiry import LINK_LASTS, SKEW, Lasting, link_lives, token_lives
from engine.core.identity.password_rules import LONGEST, SHORTEST, password_problems
from engine.core.identity.scopes import SCOPES, scopes_allow, token_problems
from engine.core.identity.trying import share, take, wait_seconds

SECOND = 1_000_000
DAY = 86_400 * SECOND
INSTANT = st.integers(0, 2**52)
SPAN = st.integers(60 * SECOND, 40 * DAY)


@given(INSTANT, SPAN, SPAN, SPAN, SPAN)
def test_a_session_ends_by_either_limit_and_never_lives_again(
    made: int, idle: int, absolute: int, unused: int, later: int
) -> None:
    """At the first of both instants, and at every later one."""
    lasting = Lasting(idle=idle, absolute=absolute)
    seen = made + unused
    end = lasting.ends_at(made_at=made, seen_at=seen)

    assert end == min(made + absolute, seen + idle)
    assert lasting.lives(made_at=made, seen_at=seen, now=seen) == (seen < made + absolute)
    assert not lasting.lives(made_at=made, seen_at=seen, now=max(end, seen))
    assert not lasting.lives(made_at=made, seen_at=seen, now=max(end, seen) + later)


@given(INSTANT, SPAN, st.integers(0, 400 * DAY))
def test_a_clock_that_goes_back_gives_no_time(made: int, unused: int, back: int) -> None:
    """Further back than clocks of workers differ, what was signed in before is signed out."""
    seen = made + unused
    lives = Lasting(idle=400 * DAY, absolute=400 * DAY).lives(made_at=made, seen_at=seen, now=seen - back)
    assert lives == (back <= SKEW)
    assert not Lasting().is_fresh(made_at=made, now=made - SKEW - 1)
    assert not link_lives(made_at=made, now=made - SKEW - 1)
    assert not token_lives(made_at=made, expires_at=made + DAY, revoked_at=0, now=made - SKEW - 1)


@given(INSTANT, st.integers(-DAY, 3 * DAY))
def test_a_link_lives_a_day_and_a_token_until_its_end_or_its_revocation(made: int, after: int) -> None:
    """Each by its own rule."""
    now = made + after
    assert link_lives(made_at=made, now=now) == (-SKEW <= after < LINK_LASTS)
    assert token_lives(made_at=made, expires_at=made + 2 * DAY, revoked_at=0, now=now) == (
        -SKEW <= after < 2 * DAY
    )
    assert not token_lives(made_at=made, expires_at=made + 2 * DAY, revoked_at=1, now=now)


@given(INSTANT, st.integers(0, 10 * DAY))
def test_what_was_seen_is_noted_once_a_minute_and_never_earlier(seen: int, after: int) -> None:
    """So that a page with many parts writes once."""
    assert Lasting.to_be_noted(seen_at=seen, now=seen + after) == (after >= 60 * SECOND)
    assert not Lasting.to_be_noted(seen_at=seen, now=seen - after)


@given(
    st.integers(1, 50),
    st.integers(1, 7_200),
    INSTANT,
    st.lists(st.integers(0, 600 * SECOND), min_size=1, max_size=120),
)
def test_no_span_ever_holds_more_tries_than_twice_what_it_allows(
    most: int, seconds: int, began: int, waits: list[int]
) -> None:
    """At once no more than `most`; in any span no more than those and what came back meanwhile."""
    span, now, full_at = seconds * SECOND, began, 0
    allowed: list[int] = []
    for wait in waits:
        now += wait
        full_at, left = take(full_at, now, most=most, span=span)
        if not left:
            allowed.append(now)
        else:
            assert left <= span
            again, still = take(full_at, now + left, most=most, span=span)
            assert (0, True) == (still, again >= full_at)
    for at in allowed:
        assert 2 * most >= sum(at <= one < at + span for one in allowed)
        assert most >= sum(one == at for one in allowed)


@given(st.integers(1, 50), st.integers(1, 7_200), INSTANT, st.integers(0, 400 * DAY))
def test_a_clock_that_goes_back_shuts_nobody_out(most: int, seconds: int, now: int, back: int) -> None:
    """The longest wait is the span, whatever the clock did."""
    span = seconds * SECOND
    full_at = 0
    for _ in range(most):
        full_at, left = take(full_at, now, most=most, span=span)
        assert not left
    _, left = take(full_at, max(0, now - back), most=most, span=span)
    assert left <= 2 * span
    assert wait_seconds(left) * SECOND >= left > (wait_seconds(left) - 1) * SECOND
    assert share(most, span) * most <= span


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"),
     (2000000000, "279037"), (20000000000, "353130")],
)  # fmt: skip
def test_the_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    """The last six digits of RFC 6238, appendix B, SHA-1."""
    assert code == totp.code_at(b"12345678901234567890", seconds // 30)


@given(st.binary(min_size=20, max_size=20), st.integers(10, 2**40), st.integers(-5, 5), st.integers(-5, 5))
def test_a_code_is_taken_within_a_step_and_only_after_the_last_one(
    secret: bytes, step: int, off: int, after: int
) -> None:
    """Apps' clocks are not exact; a code is never taken twice."""
    now = step * 30 * SECOND + 7
    codes = [totp.code_at(secret, step + one) for one in range(-6, 7)]
    assume(len(set(codes)) == len(codes))
    found = totp.step_of(secret, totp.code_at(secret, step + off), now=now, after=step + after)
    assert found == (step + off if abs(off) <= 1 and off > after else None)


@given(st.text(max_size=12))
def test_nothing_else_is_a_code(typed: str) -> None:
    """Whatever is typed is compared as it stands."""
    secret = b"12345678901234567890"
    right = {totp.code_at(secret, step) for step in (1, 2, 3)}
    assume("".join(typed.split()) not in right)
    assert totp.step_of(secret, typed, now=2 * 30 * SECOND, after=0) is None


@given(st.binary(min_size=15, max_size=15))
def test_recovery_codes_are_read_however_they_are_typed(random: bytes) -> None:
    """With capitals, without dashes; they are not mistaken for codes of an app."""
    code = totp.recovery_code(random)
    assert 4 == len(code.split("-"))
    assert totp.is_recovery_code(code.upper().replace("-", " "))
    assert totp.recovery_hash(code) == totp.recovery_hash(code.upper().replace("-", ""))
    assert not totp.is_recovery_code("123456")


def test_an_app_reads_the_secret_from_one_address() -> None:
    """The form that apps agree on; what is not plain is escaped."""
    uri = totp.enrolment_uri(b"12345678901234567890", login="budi@dinas", issuer="Dinas Biru & Co")
    assert (
        "otpauth://totp/Dinas%20Biru%20%26%20Co:budi%40dinas?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
        "&issuer=Dinas%20Biru%20%26%20Co" == uri
    )


KNOWN = {"login": "budi.santoso", "name": "Budi Santoso", "email": "budi@telagabiru.example"}
AGENCY = ("Dinas Kesehatan", "198708222013121015", "19870822")


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("pendek", "12 characters"),
        ("x" * 129, "128 characters"),
        ("BudiSantoso1990", "without your name"),
        ("dinas kesehatan 12", "without your name"),
        ("19870822-budi", "without your name"),
        ("password1234", "without your name"),
        ("abcabcabcabcabc", "repeats"),
        ("aaaaaaaaaaaaa", "repeats"),
        ("123456789012345", "repeats"),
        ("abcdefghijklmn", "repeats"),
        ("zyxwvutsrqponm", "repeats"),
    ],
)
def test_a_password_that_is_tried_first_is_not_taken(password: str, why: str) -> None:
    """Whoever knows the person or the agency needs one guess."""
    found = password_problems(password, **KNOWN, agency=AGENCY)
    assert any(why in one.en for one in found), found


@pytest.mark.parametrize(
    "password",
    [
        "kuda lumping hijau dinding",
        "correct horse battery",
        "tZ8!kq02.Vn4",
        "rumah pohon di tepi kali",
        "日本語のパスワードです、はい",
    ],
)
def test_a_password_of_any_characters_is_taken(password: str) -> None:
    """No rule about kinds of characters; spaces and other scripts are welcome."""
    assert () == password_problems(password, **KNOWN, agency=AGENCY)


@given(st.text(min_size=0, max_size=200))
def test_length_is_counted_as_it_is_hashed(password: str) -> None:
    """Never refused without a reason that is true, never taken outside the limits."""
    import unicodedata  # noqa: PLC0415

    length = len(unicodedata.normalize("NFC", password))
    told = [one.en for one in password_problems(password, **KNOWN)]
    assert (length < SHORTEST) == any("at least" in one for one in told)
    assert (length > LONGEST) == any("at most" in one for one in told)


@pytest.mark.parametrize("login", ["budi", "b", "199003242014041013", "budi.s@dinas.go.id", "a+b_c-d"])
def test_logins_people_have_are_taken(login: str) -> None:
    """Numbers of employees and addresses too."""
    assert {} == account_problems(NewAccount(login=login, name="Budi"))


@pytest.mark.parametrize(
    "login",
    [
        "",
        "Budi",
        "bu di",
        "-budi",
        "budi-",
        "bu\u0000di",
        "b\u00fcdi",
        "\u0430dmin",
        "a-12",
        "operator",
        "x" * 101,
        "b\u202eudi",
    ],
)
def test_logins_that_look_like_others_are_not(login: str) -> None:
    """Small ASCII letters only; not what the log calls an account or the operator."""
    assert {"login"} == set(account_problems(NewAccount(login=login, name="Budi")))


@given(st.text(max_size=30))
def test_a_name_has_no_character_that_is_not_seen(name: str) -> None:
    """Nothing turns the direction of a line or ends it."""
    taken = "name" not in account_problems(NewAccount(login="budi", name=name))
    if taken:
        assert not set(name) & set("\u202e\u200b\u0000\n\r\u2028\u2066")


def test_a_scope_includes_no_other() -> None:
    """Whoever may act needs `read` as well to read."""
    assert [(one, two) for one in SCOPES for two in SCOPES if scopes_allow({one}, two)] == [
        (one, one) for one in SCOPES
    ]
    assert {"name", "scopes", "expires_at"} == set(token_problems(" ", ["all"], expires_at=0, now=0))
    assert {"expires_at"} == set(token_problems("x", ["read"], expires_at=367 * DAY, now=0))
    assert {} == token_problems("x", ["read", "act"], expires_at=366 * DAY, now=0)


@pytest.mark.parametrize("kind", ACCOUNT_KINDS)
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_kind_of_entry_is_told_in_words(kind: str, language: str) -> None:
    """By login, never by id where the account is known."""
    facts = {"actor": acting("a-1"), "account": "a-2", "count": 3, "how": "oidc", "why": "totp", "token": "t-1",
             "scopes": ["read"], "fields": ["name"], "roles": ["auditor"], "refused": 2}  # fmt: skip
    made = entry("accounts", 1, START, kind, 0, facts)
    told = say_account_entry(made, {"a-1": "wati", "a-2": "budi"}, language)  # type: ignore[arg-type]

    assert told.endswith(".")
    assert "a-1" not in told
    assert "{" not in told
    assert say_account_entry(
        entry("accounts", 1, START, kind, 0, {"actor": acting("operator")}), {}, language
    )  # type: ignore[arg-type]


def test_our_codes_agree_with_a_second_reading_of_the_standard() -> None:
    """Dynamic truncation written out another way."""
    for step in range(0, 5_000, 7):
        mac = hmac.new(b"secret of twenty by.", step.to_bytes(8, "big"), hashlib.sha1).digest()
        at = mac[19] & 15
        bits = int(mac.hex()[at * 2 : at * 2 + 8], 16) & 0x7FFFFFFF
        assert str(bits)[-6:].rjust(6, "0") == totp.code_at(b"secret of twenty by.", step)
