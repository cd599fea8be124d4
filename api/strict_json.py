"""JSON that is understood in one way only: whoever reads it, sees the same.

Programs differ on names that come twice and on numbers that are none. What they could read in two ways is refused
before anything else looks at it; half a letter in a text is left to whoever knows the field, and can say which.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from typing import Any

from api.problems import RequestInvalid

__all__ = ["DEEPEST", "MOST_VALUES", "demand_plain_json"]

#: how deep values may stand in one another, and how many there may be: a form of a definition needs a tenth of both
DEEPEST = 32
MOST_VALUES = 50_000
#: beyond this, programs that count in doubles change an integer without a word (RFC 7493, 2.2)
_LARGEST = (1 << 53) - 1


def demand_plain_json(data: bytes) -> None:
    """Raises: RequestInvalid unless these bytes are JSON that has one meaning."""
    try:
        value = json.loads(
            data.decode(),
            object_pairs_hook=_without_twins,
            parse_constant=_refuse_constant,
            parse_float=_finite,
            parse_int=_exact,
        )
    except UnicodeDecodeError:
        raise _refused("the body is not UTF-8") from None
    except RecursionError:
        raise _refused(f"values stand in one another more than {DEEPEST} deep") from None
    except json.JSONDecodeError as error:
        raise _refused(f"the body is not JSON: {error.msg} at character {error.pos}") from None
    _demand_measure(value)


def _demand_measure(value: Any) -> None:
    """Depth, number and letters, level by level."""
    level, counted = [value], 0
    for _ in range(DEEPEST):
        if not level:
            return
        counted += len(level)
        if counted > MOST_VALUES:
            raise _refused(f"there are more than {MOST_VALUES} values")
        below: list[Any] = []
        for one in level:
            if isinstance(one, str):
                _demand_letters(one)
            elif isinstance(one, list):
                below += one
            elif isinstance(one, dict):
                below += one.values()
        level = below
    if level:
        raise _refused(f"values stand in one another more than {DEEPEST} deep")


def _demand_letters(text: str) -> None:
    if "\0" in text:
        raise _refused("a text holds the character U+0000, which no database keeps")


def _without_twins(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        _demand_letters(name)
        if name in found:
            raise _refused(f"{name[:60]!r} stands twice in one object; programs differ on which one counts")
        found[name] = value
    return found


def _refuse_constant(name: str) -> Any:
    raise _refused(f"{name} is no number in JSON")


def _finite(text: str) -> float:
    value = float(text)
    if math.isinf(value):
        raise _refused("a number is larger than any program counts")
    return value


def _exact(text: str) -> int:
    if len(text) > len(str(_LARGEST)) + 1 or abs(int(text)) > _LARGEST:
        raise _refused(f"an integer is beyond {_LARGEST}, where programs change it unseen; send it as text")
    return int(text)


def _refused(why: str) -> RequestInvalid:
    return RequestInvalid(f"the request is not well formed: {why}", problems={"body": why})
