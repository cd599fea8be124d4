"""What may stand in a log line: keys, counts and words of ours. Whatever is not of that shape is replaced.

A line of ours has a closed list of names, each with the shape its values have; a name or a value that is of no such
shape is never written, so no name of a person, no address, no number of an employee, no secret and nothing from a
form gets in by mistake. What libraries say is a template of theirs with values filled in: the template is kept, with
whatever looks like a secret or a person cut out, and the values only where they are numbers or plain words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from structlog.typing import EventDict, WrappedLogger

__all__ = ["REDACTED", "filled_in", "redact", "scrubbed"]

REDACTED = "[redacted]"
#: how many values of a list are written
_MOST = 64

_KEY = re.compile(r"(?:[a-z]{1,3}-[0-9a-z-]{1,64})?")
_CODE = re.compile(r"[a-z][a-z0-9_.-]{0,63}")
_HEX = re.compile(r"[0-9a-z]{1,16}")
_PLACE = re.compile(r"[A-Za-z0-9_<>-]{1,80}(?:\.[a-z]{1,4})?(?::[0-9]{1,7}:[A-Za-z0-9_<>]{1,80})?")
# The name of a class of errors: two words run together, or one of ours.
_KIND = re.compile(r"(?=(?:[^A-Z]*[A-Z]){2})[A-Z][A-Za-z.]{2,80}|Conflict|Refused|Restless")
_ROUTE = re.compile(r"(?:/(?:[a-z*][a-z0-9_.-]{0,19}|\{[a-z0-9_]{1,40}(?::path)?\})?)*")
_WORKER = re.compile(r"[a-z]{1,8}(?:@[A-Za-z0-9_.-]{0,120})?")
_WHEN = re.compile(r"[0-9T:.Z+-]{10,40}")
_METHOD = re.compile(r"[A-Z]{3,10}")
_LOGGER = re.compile(r"[a-z][a-zA-Z0-9_.]{0,120}")

#: the names a line of ours may have, and the shape of their texts; numbers and yes or no are always of a shape
_SHAPES: Mapping[str, re.Pattern[str]] = {
    "account": _KEY, "action": _CODE, "at": _WHEN, "case_id": _KEY, "channel": _CODE, "code": _CODE,
    "cycle": _CODE, "erasure": _KEY, "error": _KIND, "event": _CODE, "failed": _KEY, "grant": _KEY, "kind": _CODE,
    "level": _CODE, "logger": _LOGGER, "method": _METHOD, "outcome": _CODE, "outcomes": _CODE, "person": _KEY,
    "places": _PLACE, "policy": _CODE, "request_id": _HEX, "resource": _KEY, "route": _ROUTE, "rule": _CODE,
    "what": _KEY, "who": _KEY, "worker": _WORKER,
}  # fmt: skip
#: within a list of pairs, a case or a message beside the kind of its error
_PAIRED = frozenset({"failed"})
#: of random or counted digits, which may look like anybody's number
_COUNTED = frozenset({"at", "request_id"})

_MAIL = re.compile(r"[^\s@<>\"',;:/]+@[^\s@<>\"',;:/]+")
_EMPLOYEE = re.compile(r"(?<!\d)\d(?:[ .-]?\d){17}(?!\d)|(?<!\d)\d{16}(?!\d)")
_SECRETS = re.compile(
    r"siklus_[\w-]+|(?i:bearer|basic)\s+\S+|eyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?|(?<=://)[^\s/@]*@|/p/[^\s/]+"
    r"|(?i:pass(?:word|wd)?|secret|token|kata.?sandi|authorization|cookie|api.?key)\b['\"]?\s*[:=]\s*\S+"
    r"|[A-Za-z0-9_-]{40,}"
)
_PLAIN = re.compile(r"[a-z0-9_.:/@-]{1,80}")


def redact(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """A line of ours without anything that is not of the shape its name has."""
    return {name: _told(name, value) for name, value in event.items()}


def filled_in(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """A line of a library: its template, and of the values in it those that are numbers or plain words."""
    kept = {name: event[name] for name in event if name.startswith("_") or name in _SHAPES}
    kept["event"] = scrubbed(str(event.get("event", "")))
    given = event.get("positional_args") or ()
    if isinstance(given, Mapping):
        given = tuple(given.values())
    if given:
        kept["values"] = [_plain(value) for value in tuple(given)[:_MOST]]
    return {
        name: value if name.startswith("_") or name in {"event", "values"} else _told(name, value)
        for name, value in kept.items()
    }


def scrubbed(text: str) -> str:
    """A text without what looks like an address, an employee's number or a secret."""
    for pattern in (_SECRETS, _MAIL, _EMPLOYEE):
        text = pattern.sub(REDACTED, text)
    return text


def _told(name: str, value: Any) -> Any:
    if name.startswith("_") or value is None or isinstance(value, bool | int | float):
        return value
    shape = _SHAPES.get(name)
    if shape is None:
        return REDACTED
    if isinstance(value, str):
        fits = shape.fullmatch(value) and (name in _COUNTED or not _EMPLOYEE.search(value))
        return value if fits else REDACTED
    if isinstance(value, Mapping):
        return {_told("kind", str(key)): _told(name, one) for key, one in list(value.items())[:_MOST]}
    if isinstance(value, Sequence):
        if name in _PAIRED:
            return [[_told(name, one[0]), _paired(one[1])] for one in value[:_MOST]]
        return [_told(name, one) for one in value[:_MOST]]
    return REDACTED


def _paired(error: Any) -> Any:
    """The kind of an error, or the code of one of ours."""
    told = str(error)
    return told if _KIND.fullmatch(told) or _CODE.fullmatch(told) else REDACTED


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float):
        return value
    told = str(value)
    return told if _PLAIN.fullmatch(told) and scrubbed(told) == told else REDACTED
