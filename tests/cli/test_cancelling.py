"""`siklus cycle cancel`: looked at without a reason, done with one."""

from __future__ import annotations

from tests.cli.conftest import DESK


def test_a_cycle_is_looked_at_and_cancelled(siklus, demo):
    line = ("cycle", "cancel", "asn-tahunan-2026", "--database", demo)
    look = siklus(*line)
    counts = siklus.json(*line)
    done = siklus(*line, "--reason", "salah tanggal", "--as", DESK)
    again = siklus(*line, "--reason", "salah tanggal", code=5)

    assert f"asn-tahunan-2026: {counts['open']} cases and 0 that they opened would be closed" in look.stdout
    assert "Nothing was done" in look.stderr
    assert f"asn-tahunan-2026 is cancelled: {counts['open']} cases closed" in done.stdout
    assert "is about asn-tahunan-2026 already" in again.stderr
    siklus("cycle", "agree", "cancelling-1", "--reason", "x", "--database", demo, code=3)
