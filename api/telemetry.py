"""Logs for machines: one JSON line per request, step batch and beat, written after the commit.

A line says what happened with ids and numbers; names, texts and addresses of people have no place in it, and what has
not the shape of an id or a word of ours is not written (`api.redacting`). What other libraries log goes through the
same formatter, and of their exceptions only the kind and the place are kept: the sentence of a database error may
quote what somebody wrote.
"""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TextIO

import structlog
from structlog.typing import EventDict, WrappedLogger

from api.redacting import filled_in, redact

#: as many refused or failed cases as one line names
_MOST_NAMED = 20
_log = structlog.stdlib.get_logger("siklus")


def configure(level: str = "info", stream: TextIO | None = None) -> None:
    """Send every log of the process, ours and the libraries', as JSON lines to `stream` (standard error unsaid)."""
    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
        _place_only,
        _without_colour,
    ]
    structlog.configure(
        processors=[
            *shared[:2],
            *shared[3:5],
            redact,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            # A library's own values are looked at one by one, so the template comes without them.
            foreign_pre_chain=[*shared, filled_in],
            use_get_message=False,
            pass_foreign_args=True,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(sort_keys=True),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    _route_libraries()


def log_request(
    *,
    request_id: str,
    method: str,
    route: str,
    status: int,
    duration_us: int,
    person: str = "",
    case_id: str = "",
    code: str = "",
) -> None:
    """The one line of a served request. `route` is the pattern, not the address; `person` is a key, not a name."""
    _log.info(
        "request.served",
        request_id=request_id,
        method=method,
        route=route,
        status=status,
        duration_us=duration_us,
        **_said(person=person, case_id=case_id, code=code),
    )


def log_denied(*, who: str, action: str, what: str, rule: str) -> None:
    """The one line of a denial: pseudonyms, the action and the rule that said no."""
    _log.warning("access.denied", action=action, rule=rule, **_said(who=who, what=what))


def log_batch(
    *, worker: str, cases: int, steps: int, failed: Iterable[tuple[str, str]], late_us: int, duration_us: int
) -> None:
    """The one line of a committed batch of steps; failing cases are named by id, and by the kind of error."""
    wrong = [[case_id, error.split(":", 1)[0]] for case_id, error in failed]
    write = _log.warning if wrong else _log.info
    write(
        "batch.stepped",
        worker=worker,
        cases=cases,
        steps=steps,
        failed_count=len(wrong),
        late_us=late_us,
        duration_us=duration_us,
        **_said(failed=wrong[:_MOST_NAMED]),
    )


def log_standstill(*, worker: str, length_us: int, policy: str) -> None:
    """The one line of a standstill: how long no worker beat, and what rings for it where no ladder says."""
    _log.warning("engine.stood_still", worker=worker, length_us=length_us, policy=policy)


def log_clock(*, worker: str, seen: str) -> None:
    """The one line of a clock that jumped, came back or went back."""
    _log.warning("clock.seen", worker=worker, kind=seen)


def log_sealing(*, worker: str, added: int, size: int, problems: int) -> None:
    """The one line of a seal: entries that became leaves, leaves in all, entries that could not be sealed."""
    write = _log.error if problems else _log.info
    write("log.sealed", worker=worker, added=added, size=size, problems=problems)


def log_witness(*, worker: str, name: str, signed: int, grave: bool) -> None:
    """The one line of a witness that was asked: the size it signed, 0 for none; `grave` if it contradicts the log."""
    write = _log.error if grave else _log.info if signed else _log.warning
    write("log.witnessed", worker=worker, name=name, signed=signed, grave=grave)


def log_beat(*, worker: str, beat: int, late_us: int, duration_us: int) -> None:
    """The one line of a heartbeat: how late it came and how long it took."""
    _log.info("beat.done", worker=worker, beat=beat, late_us=late_us, duration_us=duration_us)


def log_dispatch(
    *, worker: str, claimed: int, outcomes: Mapping[str, int], failures: Iterable[tuple[int, str]]
) -> None:
    """The one line of a pass over the outbox; messages that could not be sent are named by id and kind of error."""
    wrong = [[message_id, code] for message_id, code in failures]
    write = _log.warning if wrong else _log.info
    write(
        "messages.settled",
        worker=worker,
        claimed=claimed,
        outcomes=dict(outcomes),
        failed_count=len(wrong),
        **_said(failed=wrong[:_MOST_NAMED]),
    )


def log_launch(*, cycle: str, launched: int, existing: int, refused: int, duration_us: int) -> None:
    """The one line of a launched cycle."""
    _log.info(
        "cycle.launched",
        cycle=cycle,
        launched=launched,
        existing=existing,
        refused=refused,
        duration_us=duration_us,
    )


def log_delivery(*, message_id: int, kind: str, channel: str, outcome: str, attempts: int) -> None:
    """The one line of a message that was settled."""
    _log.info(
        "message.settled",
        message_id=message_id,
        kind=kind,
        channel=channel,
        outcome=outcome,
        attempts=attempts,
    )


def log_failure(event: str, error: BaseException, **ids: str | int) -> None:
    """Something broke that nobody foresaw: its kind and its place, never its sentence."""
    _log.error(event, **_place(error), **ids)


def _said(**given: Any) -> dict[str, Any]:
    return {name: value for name, value in given.items() if value}


def _place_only(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Replace an exception by its kind and the places it passed: file name, line and function, innermost last."""
    info = event.pop("exc_info", None)
    if info is True:
        info = sys.exc_info()
    error = info[1] if isinstance(info, tuple) else info
    if isinstance(error, BaseException):
        event.update(_place(error))
    return event


def _place(error: BaseException) -> dict[str, Any]:
    frames = traceback.extract_tb(error.__traceback__)
    return {
        "error": type(error).__qualname__,
        "places": [f"{Path(frame.filename).name}:{frame.lineno}:{frame.name}" for frame in frames],
    }


def _without_colour(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    event.pop("color_message", None)
    return event


def _route_libraries() -> None:
    """Uvicorn and APScheduler speak through the root handler; uvicorn's access lines would double our own."""
    for name in ("uvicorn", "uvicorn.error", "apscheduler"):
        library = logging.getLogger(name)
        library.handlers.clear()
        library.propagate = True
    for name in ("apscheduler", "sqlalchemy"):
        logging.getLogger(name).setLevel(logging.WARNING)
    access = logging.getLogger("uvicorn.access")
    access.handlers.clear()
    access.propagate = False
