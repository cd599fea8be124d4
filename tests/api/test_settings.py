"""Settings come from the environment, and are refused when they make no sense."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from api.settings import Settings


def test_the_environment_sets_what_begins_with_siklus(monkeypatch) -> None:
    """What is unsaid keeps its default."""
    monkeypatch.setenv("SIKLUS_PORT", "9000")
    monkeypatch.setenv("SIKLUS_SMTP_HOST", "mail.example")
    settings = Settings()

    assert (9000, "mail.example", 25) == (settings.port, settings.smtp_host, settings.smtp_port)


@pytest.mark.parametrize(
    "wrong",
    [{"port": 70_000}, {"log_level": "loud"}, {"base_url": "localhost"}, {"smtp_encryption": "rot13"}],
)
def test_nonsense_is_refused(wrong) -> None:
    """A typo stops the start instead of going unnoticed."""
    with pytest.raises(ValidationError):
        Settings(**wrong)


def test_a_password_does_not_show() -> None:
    """Settings may be printed without giving a secret away."""
    assert "hush" not in repr(Settings(smtp_password="hush"))


def test_links_in_mails_lead_here() -> None:
    """One slash between address and page, however the address was typed."""
    assert "https://siklus.example/cases/c-1" == Settings(base_url="https://siklus.example/").link(
        "/cases/c-1"
    )
