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


def test_how_long_signing_in_lasts_is_set_within_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Never longer than a day; who is another person, never by less than a day."""
    hour = 3_600_000_000
    rules = Settings().sign_in_rules()
    assert (8 * hour, 12 * hour, hour // 4) == (
        rules.lasting.idle,
        rules.lasting.absolute,
        rules.lasting.fresh,
    )
    assert (24 * hour, 7 * 24 * hour, 64) == (rules.alone, rules.apart, rules.ipv6_prefix)
    for name, good, bad in (
        ("SESSION_IDLE_HOURS", "0.5", "25"), ("SESSION_HOURS", "24", "48"), ("FRESH_MINUTES", "5", "90"),
        ("ALONE_HOURS", "1", "0"), ("APART_DAYS", "1", "0"), ("IPV6_PREFIX", "48", "0"),
    ):  # fmt: skip
        monkeypatch.setenv(f"SIKLUS_{name}", bad)
        with pytest.raises(ValidationError):
            Settings()
        monkeypatch.setenv(f"SIKLUS_{name}", good)
    changed = Settings().sign_in_rules()
    assert (hour // 2, 24 * hour, hour // 12) == (
        changed.lasting.idle, changed.lasting.absolute, changed.lasting.fresh,
    )  # fmt: skip
    assert (hour, 24 * hour, 48) == (changed.alone, changed.apart, changed.ipv6_prefix)
