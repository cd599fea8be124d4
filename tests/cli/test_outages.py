"""`siklus outage begin`, `end` and `list`."""

from __future__ import annotations

from tests.cli.conftest import DESK, EMPLOYEE

#: the day the demo opens on, and so does its clock
TODAY = "2025-12-01"
WHY = ("--reason", "Server kepegawaian mati.")


def test_an_outage_is_begun_listed_and_ended(siklus, demo):
    """The operator may as well; the same again changes nothing."""
    begun = siklus.json("outage", "begin", "--from", TODAY, "--as", DESK, *WHY, "--database", demo)
    again = siklus.json("outage", "begin", "--from", TODAY, *WHY, "--database", demo)
    (listed,) = siklus.json("outage", "list", "--database", demo)["outages"]
    told = siklus("outage", "list", "--database", demo).stdout
    siklus("outage", "end", "outage-1", "--reason", "Hidup lagi.", "--database", demo)
    (ended,) = siklus.json("outage", "list", "--database", demo)["outages"]

    assert ("outage-1", "", []) == (begun["outage"], begun["unit"], begun["failed"])
    assert ("outage-1", 0) == (again["outage"], again["cases"])
    assert (True, DESK, "Server kepegawaian mati.") == (
        listed["lasts"], listed["declared_by"], listed["reason"],
    )  # fmt: skip
    assert "all units" in told
    assert (False, "", "Hidup lagi.") == (ended["lasts"], ended["ended_by"], ended["end_reason"])


def test_who_may_not_and_what_is_not_are_told(siklus, demo):
    refused = siklus("outage", "begin", "--from", TODAY, "--as", EMPLOYEE, *WHY, "--database", demo, code=3)
    missing = siklus(
        "outage", "begin", "--from", TODAY, "--unit", "Tidak Ada", *WHY, "--database", demo, code=4
    )
    late = siklus("outage", "begin", "--from", "2190-01-01", *WHY, "--database", demo, code=3)

    assert "personnel desk" in refused.stderr
    assert "Tidak Ada" in missing.stderr
    assert "up to today" in late.stderr
