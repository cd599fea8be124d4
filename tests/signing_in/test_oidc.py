"""What a provider says is believed only where all of it fits: tried on a real one that can be made to lie."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from api.problems import ProviderUnreachable, SignInRefused
from api.signing_in.oidc import Provider, Registration
from api.signing_in.provider_description import is_private
from api.signing_in.slips import Going
from tests.signing_in.provider import CLIENT, SECRET, TestProvider, running

CALLBACK, AFTER = "http://127.0.0.1:8000/sign-in/back", "http://127.0.0.1:8000/signed-out"
GOING = Going(state="s" * 43, nonce="n" * 43, verifier="v" * 43, back="/", since=0)


@pytest.fixture(scope="module")
def there() -> Iterator[TestProvider]:
    with running(CALLBACK, AFTER) as provider:
        provider.know("rina", name="Rina", email="rina@agency.example", email_verified=True, nip="1990")
        yield provider


@pytest.fixture(autouse=True)
def honest(there: TestProvider) -> Iterator[None]:
    yield
    there.lie("")


def registration(there: TestProvider) -> Registration:
    return Registration(
        issuer=there.issuer,
        client_id=CLIENT,
        client_secret=SECRET,
        scope="openid profile email",
        redirect_uri=CALLBACK,
        wanted=frozenset({"nip", "email"}),
    )


def now() -> int:
    return time.time_ns() // 1_000  # noqa: TID251 - a real provider lives in real time


def came_back(there: TestProvider, provider: Provider, going: Going = GOING) -> dict[str, str]:
    return there.visit(provider.way_there(going), "rina")[1]


def test_whoever_signs_in_at_the_provider_arrives_with_their_claims(there: TestProvider) -> None:
    provider = Provider(registration(there))
    claims = provider.arrived(GOING, came_back(there, provider), now())

    assert ("rina", "1990", "rina@agency.example", True) == (
        claims["sub"],
        claims["nip"],
        claims["email"],
        claims.get("email_verified", True),
    )


def test_the_way_there_carries_state_nonce_and_the_hash_of_the_verifier_only(there: TestProvider) -> None:
    asked = parse_qs(urlsplit(Provider(registration(there)).way_there(GOING)).query)

    assert ["S256"] == asked["code_challenge_method"]
    assert ([GOING.state], [GOING.nonce]) == (asked["state"], asked["nonce"])
    assert GOING.verifier not in str(asked)


LIES = (
    "none",
    "hs256 with the public key",
    "hs256 with the modulus",
    "another key",
    "its own key in the header",
    "a broken signature",
    "another nonce",
    "no nonce",
    "another audience",
    "two audiences",
    "another issuer",
    "expired",
    "no expiry",
    "from the future",
    "an unknown critical header",
    "another access token",
    "no token",
)


@pytest.mark.parametrize("lie", LIES)
def test_a_wrong_identity_token_is_refused(there: TestProvider, lie: str) -> None:
    provider = Provider(registration(there))
    answer = came_back(there, provider)
    there.lie(lie)

    with pytest.raises(SignInRefused) as refused:
        provider.arrived(GOING, answer, now())

    assert "token" == refused.value.data["why"]


def test_the_claims_of_somebody_else_are_refused(there: TestProvider) -> None:
    provider = Provider(registration(there))
    answer = came_back(there, provider)
    there.lie("somebody else")

    with pytest.raises(SignInRefused, match="somebody else"):
        provider.arrived(GOING, answer, now())


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"state": "another"}, "state"),
        ({"state": ""}, "state"),
        ({"iss": "https://issuer.example"}, "issuer"),
        ({"iss": None}, "issuer"),
        ({"code": ""}, "code"),
        ({"code": "made up"}, "code"),
        ({"code": "x" * 5000}, "code"),
        ({"error": "access_denied"}, "denied"),
    ],
)
def test_an_answer_that_is_not_the_one_waited_for_is_refused(
    there: TestProvider, change: dict[str, str | None], why: str
) -> None:
    provider = Provider(registration(there))
    answer = {**came_back(there, provider), **change}

    with pytest.raises(SignInRefused) as refused:
        provider.arrived(GOING, {name: value for name, value in answer.items() if value is not None}, now())

    assert why == refused.value.data["why"]


def test_a_code_counts_once(there: TestProvider) -> None:
    provider = Provider(registration(there))
    answer = came_back(there, provider)
    provider.arrived(GOING, answer, now())

    with pytest.raises(SignInRefused) as refused:
        provider.arrived(GOING, answer, now())

    assert "code" == refused.value.data["why"]


def test_a_code_of_another_browser_is_worth_nothing(there: TestProvider) -> None:
    provider = Provider(registration(there))
    stolen = came_back(there, provider)
    own = replace(GOING, verifier="w" * 43)

    with pytest.raises(SignInRefused) as refused:
        provider.arrived(own, stolen, now())

    assert "code" == refused.value.data["why"]


def test_a_token_does_not_outlive_its_time(there: TestProvider) -> None:
    provider = Provider(registration(there))
    answer = came_back(there, provider)

    with pytest.raises(SignInRefused) as refused:
        provider.arrived(GOING, answer, now() + 3_600_000_000)

    assert "token" == refused.value.data["why"]


def test_a_key_we_do_not_know_spoils_no_other(there: TestProvider) -> None:
    """Providers list keys of kinds that come later; those we can check with are taken."""
    provider = Provider(registration(there))
    there.lie("a strange key besides")
    claims = provider.arrived(GOING, came_back(there, provider), now())

    assert "rina" == claims["sub"]


def test_asked_to_ask_again_the_provider_does(there: TestProvider) -> None:
    provider = Provider(registration(there))
    again = replace(GOING, fresh=True, since=now() // 1_000_000)

    assert "auth_time" in provider.arrived(again, came_back(there, provider, again), now())

    answer = came_back(there, provider, again)
    there.lie("not asked again")
    with pytest.raises(SignInRefused) as refused:
        provider.arrived(again, answer, now())
    assert "stale" == refused.value.data["why"]


def test_whom_the_provider_does_not_know_is_told_so(there: TestProvider) -> None:
    provider = Provider(registration(there))
    _, answer = there.visit(provider.way_there(GOING), "nobody")

    with pytest.raises(SignInRefused) as refused:
        provider.arrived(GOING, answer, now())

    assert "denied" == refused.value.data["why"]


@pytest.mark.parametrize("lie", ["calls itself otherwise", "endless"])
def test_a_provider_whose_description_does_not_fit_is_not_used(there: TestProvider, lie: str) -> None:
    there.lie(lie)

    with pytest.raises(ProviderUnreachable):
        Provider(registration(there)).way_there(GOING)


@pytest.mark.parametrize(
    ("address", "private"),
    [
        ("https://login.agency.example/realms/a/token?x=1&y=%20", True),
        ("http://127.0.0.1:9000/token", True),
        ("http://login.agency.example/token", False),
        ("ftp://127.0.0.1/token", False),
        ("https://login.agency.example/\r\nset-cookie: a=b", False),
        ('https://login.agency.example/"', False),
        ("https://[", False),
        ("", False),
        (None, False),
    ],
)
def test_addresses_of_a_provider_are_private_and_plain(address: object, private: bool) -> None:
    """One stands in a header of ours, and passwords and codes go to the others."""
    assert private == is_private(address)


def test_a_provider_that_is_not_there_is_told_of_as_such() -> None:
    of = Registration(
        issuer="http://127.0.0.1:1", client_id="a", client_secret="b", scope="openid", redirect_uri=CALLBACK
    )

    with pytest.raises(ProviderUnreachable, match="identity provider"):
        Provider(of).way_there(GOING)


def test_a_provider_that_does_not_answer_is_spared_for_a_moment(there: TestProvider) -> None:
    """While it hangs, only one in ten seconds waits for it; the others are told at once."""
    provider = Provider(registration(there))
    there.lie("endless")
    with pytest.raises(ProviderUnreachable):
        provider.way_there(GOING)
    there.lie("")

    with pytest.raises(ProviderUnreachable):
        provider.way_there(GOING)
    assert provider._description._spared is not None
    provider._description._spared = (provider._description._spared[0] - 10, provider._description._spared[1])
    assert provider.way_there(GOING)


def test_the_way_out_leads_to_the_providers_own_end_and_back(there: TestProvider) -> None:
    out = Provider(registration(there)).way_out(AFTER)

    assert out is not None
    assert [AFTER] == parse_qs(urlsplit(out).query)["post_logout_redirect_uri"]
    assert out.startswith(f"{there.issuer}/session/end?")
