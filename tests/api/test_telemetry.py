"""One JSON line for each thing that happened, with ids and without personal text."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from api import telemetry


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """Where the process's logs go during one test."""
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    stream = io.StringIO()
    telemetry.configure("info", stream)
    yield stream
    root.handlers[:] = before
    root.setLevel(level)
    structlog.reset_defaults()


def told(lines: io.StringIO) -> list[dict]:
    return [json.loads(line) for line in lines.getvalue().splitlines()]


def test_a_request_is_one_line(lines) -> None:
    """What is known is said, what is not is left out."""
    telemetry.log_request(
        request_id="r1", method="GET", route="/cases/{case_id}", status=200, duration_us=12, person="p-1"
    )

    (line,) = told(lines)
    line.pop("at")
    assert {
        "event": "request.served", "level": "info", "logger": "siklus", "request_id": "r1", "method": "GET",
        "route": "/cases/{case_id}", "status": 200, "duration_us": 12, "person": "p-1",
    } == line  # fmt: skip


def test_a_batch_names_failing_cases_by_id_and_kind_only(lines) -> None:
    """The sentence of an error may quote what somebody wrote, so it stays out."""
    telemetry.log_batch(
        worker="w", cases=3, steps=4, failed=[("c-1", "KeyError: 'Siti Aminah'")], late_us=0, duration_us=5
    )

    (line,) = told(lines)
    assert ([["c-1", "KeyError"]], 1, "warning") == (line["failed"], line["failed_count"], line["level"])
    assert "Siti" not in lines.getvalue()


def test_a_beat_a_launch_and_a_delivery_are_a_line_each(lines) -> None:
    """Every kind of line has its event's name."""
    telemetry.log_beat(worker="w", beat=7, late_us=0, duration_us=3)
    telemetry.log_launch(cycle="asn-2026", launched=60, existing=0, refused=0, duration_us=9)
    telemetry.log_delivery(message_id=1, kind="task", channel="mail", outcome="sent", attempts=1)

    assert ["beat.done", "cycle.launched", "message.settled"] == [line["event"] for line in told(lines)]


def test_a_failure_tells_its_kind_and_place_and_not_its_sentence(lines) -> None:
    """Whoever mends it needs the place; nobody needs the name in it."""
    try:
        int("Siti Aminah wrote this")
    except ValueError as error:
        telemetry.log_failure("request.failed", error, request_id="r1")

    (line,) = told(lines)
    assert ("ValueError", "r1") == (line["error"], line["request_id"])
    assert line["places"][-1].startswith("test_telemetry.py:")
    assert "Siti" not in lines.getvalue()


def test_what_libraries_log_becomes_a_line_too(lines) -> None:
    """Uvicorn's own exceptions pass the same filter, and its colours are dropped."""
    try:
        int("Siti Aminah wrote this")
    except ValueError:
        logging.getLogger("uvicorn.error").exception(
            "Exception in ASGI application", extra={"color_message": "x"}
        )

    (line,) = told(lines)
    assert ("ValueError", "uvicorn.error") == (line["error"], line["logger"])
    assert "color_message" not in line
    assert "Siti" not in lines.getvalue()


def test_uvicorn_does_not_tell_of_requests_a_second_time(lines) -> None:
    """The access log has addresses in it, and ours has the patterns."""
    logging.getLogger("uvicorn.access").info('127.0.0.1 - "GET /cases/c-1?name=siti HTTP/1.1" 200')

    assert "" == lines.getvalue()
