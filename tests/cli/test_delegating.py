"""`siklus people delegate`, `undelegate`, `delegations`."""

from __future__ import annotations

from api.cli_speech import MISSING, REFUSED
from tests.cli.conftest import DESK, EMPLOYEE, MANAGER, RATER

DAYS = ("--from", "2025-12-01", "--to", "2025-12-19")


def test_work_is_delegated_listed_and_ended(siklus, demo) -> None:
    """With what it covers now; the log names who did it."""
    to = ("--database", demo)
    made = siklus.json("people", "delegate", RATER, MANAGER, *DAYS, "--reason", "cuti", "--as", RATER, *to)
    listed = siklus.json("people", "delegations", *to)["delegations"]
    table = siklus("people", "delegations", *to).stdout
    over = siklus.json("people", "undelegate", made["id"], "--reason", "kembali", "--as", RATER, *to)

    assert (RATER, MANAGER, False) == (made["giver"], made["taker"], made["ended"])
    assert [made["id"]] == [one["id"] for one in listed]
    assert made["id"] in table
    assert over["ended"]


def test_what_cannot_be_delegated_is_told(siklus, demo) -> None:
    """A person to themselves, an unknown role, somebody else's work."""
    to = ("--database", demo)
    own = siklus.json("people", "delegate", RATER, RATER, *DAYS, "--reason", "x", *to, code=REFUSED)
    role = siklus.json(
        "people", "delegate", RATER, MANAGER, *DAYS, "--role", "ratr", "--reason", "x", *to, code=MISSING
    )
    others = siklus.json(
        "people", "delegate", RATER, MANAGER, *DAYS, "--reason", "x", "--as", EMPLOYEE, *to, code=REFUSED
    )

    assert ["refused", "not_found", "not_yours"] == [told["error"]["code"] for told in (own, role, others)]


def test_the_personnel_desk_says_what_stays(siklus, demo) -> None:
    """In a sentence a person reads."""
    told = siklus(
        "people", "delegate", RATER, MANAGER, *DAYS, "--reason", "sakit", "--as", DESK, "--database", demo
    )

    assert "may act for" in told.stdout
    assert "it covers" in told.stdout
