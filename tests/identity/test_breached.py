"""Passwords that became known are not taken, wherever a password is set."""

from __future__ import annotations

import pytest

from engine.breached import is_breached
from engine.core.identity.account import OPERATOR
from engine.errors import AccountInvalid
from tests.identity.conftest import House


@pytest.mark.parametrize(
    "password",
    [
        "sayangkamu12", "bismillah123", "indonesia123", "QWERTYUIOP12", "Password1234", "aku sayang kamu",
        "qwertyuiop[]", "1qaz2wsx3edc", "iloveyou1234", "kawasakininja",
    ],
)  # fmt: skip
def test_what_was_stolen_elsewhere_is_known(password: str) -> None:
    """Long enough, and neither counting up nor repeating: typed as it was stolen, or with capitals."""
    assert is_breached(password)


@pytest.mark.parametrize(
    "password", ["kuda laut berenang pelan", "sedotan-kelapa-mogok-9", "pendek", "🦎" * 12]
)
def test_words_of_ones_own_are_not(password: str) -> None:
    """Nor is anything too short looked up, nor does a character of many bytes break it."""
    assert not is_breached(password)


def test_no_link_and_no_change_sets_one(house: House) -> None:
    """The refusal says what is wrong with it, and the link is still good."""
    account = house.person()
    link = house.accounts.invite(account.id, by=OPERATOR)
    for proof in (link, account):
        with pytest.raises(AccountInvalid) as refused:
            house.accounts.set_password(proof, "sayangkamu12")
        assert "stolen" in refused.value.problems["password"].en
    house.accounts.set_password(link, "kuda laut berenang pelan")
